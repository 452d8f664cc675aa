"""The columns of the list of case reviews as a file."""

from asb_cases.domain.case_content import CaseContent
from asb_cases.web.list_file import CsvColumn, code_of, iso_day, without_words, yes_no

COLUMNS = (
    CsvColumn("reference", lambda row: row.reference),
    CsvColumn("applied_on", lambda row: iso_day(row.applied_on)),
    CsvColumn("status", lambda row: code_of(row.status)),
    CsvColumn("next_due", lambda row: iso_day(row.next_due)),
    CsvColumn("applicant", lambda row: row.applicant or row.contact_name, words=True),
    CsvColumn("case", lambda row: row.case_reference or row.case_reference_as_recorded),
    CsvColumn("threshold", lambda row: code_of(row.threshold)),
    CsvColumn("decided_on", lambda row: iso_day(row.decided_on)),
    CsvColumn("review_held_on", lambda row: iso_day(row.review_held_on)),
    CsvColumn("outcome_sent_on", lambda row: iso_day(row.outcome_sent_on)),
    CsvColumn("withdrawn_on", lambda row: iso_day(row.withdrawn_on)),
    CsvColumn("local_scheme", lambda row: yes_no(row.local_scheme)),
    CsvColumn("entered_in_error", lambda row: yes_no(row.entered_in_error_on)),
)


def columns_for(content: CaseContent) -> list[CsvColumn]:
    """Those that the reader is shown: who applied stands in the register of people."""
    return list(COLUMNS) if content.register else without_words(COLUMNS)
