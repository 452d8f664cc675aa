"""The columns of the register of people and bodies as a file: what its list shows, no contact details and no needs."""

from asb_cases.web.list_file import CsvColumn, code_of, iso_day, yes_no

COLUMNS = (
    CsvColumn("name", lambda row: row.name),
    CsvColumn("kind", lambda row: code_of(row.kind)),
    CsvColumn("born_on", lambda row: iso_day(row.born_on)),
    CsvColumn("address", lambda row: row.address),
    CsvColumn("contact_warning", lambda row: yes_no(row.warned)),
)
