"""The columns of the list of cases as a file. A row is a case with its marks."""

from asb_cases.domain.case_content import CaseContent
from asb_cases.web.list_file import CsvColumn, iso_day, without_words, yes_no

COLUMNS = (
    CsvColumn("reference", lambda row: row[0].reference),
    CsvColumn("status", lambda row: row[0].status.value),
    CsvColumn("title", lambda row: row[0].title, words=True),
    CsvColumn("priority", lambda row: row[0].priority),
    CsvColumn("categories", lambda row: "; ".join(row[1].categories)),
    CsvColumn("subjects", lambda row: "; ".join(row[1].subjects), words=True),
    CsvColumn("address", lambda row: row[0].address, words=True),
    CsvColumn("ward", lambda row: row[0].ward),
    CsvColumn("team", lambda row: row[0].team),
    CsvColumn("officer", lambda row: row[0].owner or row[0].officer_as_recorded),
    CsvColumn("opened_on", lambda row: iso_day(row[0].opened_on)),
    CsvColumn("closed_on", lambda row: iso_day(row[0].closed_on)),
    CsvColumn("notice_in_force", lambda row: yes_no(row[0].notice_in_force)),
    CsvColumn("restricted", lambda row: yes_no(row[0].restricted)),
    CsvColumn("entered_in_error", lambda row: yes_no(row[0].entered_in_error_on)),
)


def columns_for(content: CaseContent) -> list[CsvColumn]:
    """Those that the reader is shown."""
    return list(COLUMNS) if content.words else without_words(COLUMNS)
