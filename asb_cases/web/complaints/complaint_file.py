"""The columns of the list of complaints as a file."""

from asb_cases.web.list_file import CsvColumn, code_of, iso_day, yes_no

COLUMNS = (
    CsvColumn("reference", lambda row: row.reference),
    CsvColumn("made_on", lambda row: iso_day(row.made_on)),
    CsvColumn("occurred_on", lambda row: iso_day(row.occurred_on)),
    CsvColumn("channel", lambda row: code_of(row.channel)),
    CsvColumn("triage", lambda row: code_of(row.triage)),
    CsvColumn("complainant", lambda row: row.complainant),
    CsvColumn("anonymous", lambda row: yes_no(row.anonymous)),
    CsvColumn("description", lambda row: row.whole_description),
    CsvColumn("categories", lambda row: row.categories),
    CsvColumn("place", lambda row: row.address),
    CsvColumn("ward", lambda row: row.ward),
    CsvColumn("received_by_body", lambda row: row.received_by_body),
    CsvColumn("case", lambda row: row.case_reference),
    CsvColumn("outcome", lambda row: row.outcome),
    CsvColumn("entered_in_error", lambda row: yes_no(row.entered_in_error_on)),
)
