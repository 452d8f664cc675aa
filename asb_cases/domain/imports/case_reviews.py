"""A row of applications for an ASB case review (Community Trigger): columns and cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.imports.cells import RECORDS_BEGIN, Cells
from asb_cases.domain.imports.columns import Format
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting

FORMAT = Format(
    name="case-reviews",
    needed=("applied_on",),
    optional=(
        "reference",
        "applicant_name",
        "case_reference",
        "threshold",
        "decided_on",
        "review_held_on",
        "recommendations",
        "outcome_sent_on",
        "withdrawn_on",
    ),
)
COMMENCED = "act_section_104"
AFTER_APPLICATION = ("decided_on", "review_held_on", "outcome_sent_on", "withdrawn_on")
MOST_RECOMMENDATIONS = 1000


@dataclass(frozen=True, kw_only=True)
class CaseReviewRow:
    """What one row says. None is "not recorded". `local_scheme`: applied for before the Act's scheme began."""

    applied_on: date
    local_scheme: bool
    reference: str | None
    applicant_name: str | None
    case_reference: str | None
    threshold: ThresholdDecision | None
    recommendations: int | None
    decided_on: date | None
    review_held_on: date | None
    outcome_sent_on: date | None
    withdrawn_on: date | None


def read_row(given: Mapping[str, str], setting: Setting) -> tuple[CaseReviewRow | None, list[Problem]]:
    """What a row says, or what is wrong with it."""
    cells = Cells(given)
    applied_on = cells.day("applied_on", needed=True, since=RECORDS_BEGIN, until=setting.today)
    days = {column: cells.day(column, until=setting.today) for column in AFTER_APPLICATION}
    for column, day in days.items():
        cells.in_order("applied_on", applied_on, column, day)
    recommendations = cells.number("recommendations", places=0, largest=MOST_RECOMMENDATIONS)
    if recommendations is not None and recommendations < 0:
        cells.refuse("recommendations", "negative", "There can’t be fewer than none.", "Write 0, or leave it blank.")
    reference = cells.keyed("reference")
    applicant_name = cells.keyed("applicant_name")
    case_reference = cells.keyed("case_reference")
    threshold = cells.choice("threshold", ThresholdDecision)
    if cells.problems or applied_on is None:
        return None, cells.problems
    row = CaseReviewRow(
        applied_on=applied_on,
        local_scheme=applied_on < setting.values[COMMENCED].values[0].from_on,
        reference=reference,
        applicant_name=applicant_name,
        case_reference=case_reference,
        threshold=threshold,
        recommendations=None if recommendations is None else int(recommendations),
        **days,
    )
    return row, []
