"""The columns of the list of interventions as a file."""

from asb_cases.domain.case_content import CaseContent
from asb_cases.web.list_file import CsvColumn, iso_day, without_words, yes_no

COLUMNS = (
    CsvColumn("reference", lambda row: row.reference),
    CsvColumn("power", lambda row: row.power),
    CsvColumn("status", lambda row: row.status),
    CsvColumn("against", lambda row: row.subject, words=True),
    CsvColumn("given_on", lambda row: iso_day(row.issued_on)),
    CsvColumn("issued_by_body", lambda row: row.issued_by_body),
    CsvColumn("ends_on", lambda row: iso_day(row.ends_on)),
    CsvColumn("case", lambda row: row.case_reference),
    CsvColumn("incomplete", lambda row: yes_no(row.incomplete)),
    CsvColumn("entered_in_error", lambda row: yes_no(row.entered_in_error_on)),
)


def columns_for(content: CaseContent) -> list[CsvColumn]:
    """Those that the reader is shown."""
    return list(COLUMNS) if content.words else without_words(COLUMNS)
