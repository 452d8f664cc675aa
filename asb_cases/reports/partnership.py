"""The year's report to the council about the partnership's work: prose, a table, and how each number was counted.

Which sentence is about which period is part of the report: enforcement is of the year, the out-of-hours service of the
months from November to May, case reviews of all the time since the first application.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import FigureKind
from asb_cases.domain.periods import Period, between
from asb_cases.domain.permissions import Actor, FiguresScope, Permission
from asb_cases.queries.figures import FigureSet, figures_of
from asb_cases.queries.record_dates import counted_since
from asb_cases.reports.case_review_prose import case_review_paragraph
from asb_cases.reports.enforcement_prose import enforcement_paragraph
from asb_cases.reports.export import number
from asb_cases.reports.out_of_hours_prose import out_of_hours_paragraph
from asb_cases.reports.partners_prose import partners_paragraph
from asb_cases.reports.prose import Paragraph, Sentence
from asb_cases.reports.table import TableRow, compared

TITLE = "Partnership report"

#: The rows of the table, in the order in which a case goes.
TABLE = (
    "cpw_issued",
    "cpw_recipients",
    "cpn_issued",
    "cpn_recipients",
    "cpw_to_cpn_rate",
    "cpn_appeals",
    "cpn_withdrawn",
    "breaches_recorded",
    "fpn_issued",
    "fpn_paid",
    "prosecutions_started",
    "prosecutions_convicted",
    "cases_opened",
    "cases_closed",
    "cases_open_at_end",
    "complaints_received",
    "out_of_hours_requests",
    "case_review_applications",
    "case_review_threshold_met",
    "case_review_threshold_not_met",
    "case_reviews_held",
    "case_reviews_with_recommendations",
)


@dataclass(frozen=True)
class PartnershipReport:
    """The report of one financial year. `so_far` is set to the day of the report where the year was not over."""

    year: Period
    before: Period
    paragraphs: tuple[Paragraph, ...]
    table: tuple[TableRow, ...]
    so_far: date | None

    @property
    def title(self) -> str:
        return f"{TITLE} {self.year.label}"

    @property
    def why_not_known(self) -> list[str]:
        """The reasons for which values of the table are not known, each once."""
        values = [value for row in self.table for value in (row.now, row.before) if value is not None]
        return list(dict.fromkeys(value.note for value in values if value.value is None and value.note))


def partnership_report(year: Period, actor: Actor, *, today: date) -> PartnershipReport:
    """The report of a financial year as it stands today. Raises NotPermitted: it is about the whole service."""
    actor.check(Permission.SEE_FIGURES)
    if actor.figures_scope is not FiguresScope.ALL:
        raise NotPermitted(Permission.SEE_FIGURES.value)
    now = figures_of(year, actor, broken_down={"cpn_issued"})
    before = figures_of(year.previous, actor, broken_down=())
    paragraphs = [
        *_from_partners(now, before),
        enforcement_paragraph(now, before),
        *_out_of_hours(year, actor, today),
        case_review_paragraph(now, _case_reviews(year, actor, today)),
    ]
    return PartnershipReport(
        year=year,
        before=year.previous,
        paragraphs=tuple(paragraphs),
        table=tuple(compared(now, before, (*TABLE, *_supplied(now)))),
        so_far=today if today < year.last else None,
    )


def _from_partners(now: FigureSet, before: FigureSet) -> Iterable[Paragraph]:
    """What others supplied for the year; nothing where nobody did."""
    if codes := _supplied(now):
        yield partners_paragraph(now, before, codes)


def _out_of_hours(year: Period, actor: Actor, today: date) -> Iterable[Paragraph]:
    """1 November to 31 May, the months of student parties; nothing where they are still to come."""
    first, last = date(year.first.year, 11, 1), date(year.last.year, 5, 31)
    if first <= today:
        season = between(first, min(last, today))
        yield out_of_hours_paragraph(figures_of(season, actor, codes={"out_of_hours_requests"}))


def _case_reviews(year: Period, actor: Actor, today: date) -> FigureSet:
    """All the time since applications began; the year alone where there is none before it."""
    codes = {"case_review_applications", "case_review_applications_met", "case_reviews_held"}
    began = counted_since("case_review_applications", actor)
    since = year.first if began is None else min(began, year.first)
    last = max(min(year.last, today), year.first)
    return figures_of(between(since, last), actor, codes=codes, broken_down=())


def _supplied(figures: FigureSet) -> list[str]:
    """The series that others supplied a value of."""
    return [
        code
        for code, each in figures.values.items()
        if each.figure.kind is FigureKind.SERIES and each.value is not None
    ]


def partnership_json(report: PartnershipReport) -> dict[str, Any]:
    """The report ready for `json.dumps`."""
    return {
        "title": report.title,
        "year": report.year.label,
        "from": report.year.first.isoformat(),
        "to": report.year.last.isoformat(),
        "so_far": report.so_far.isoformat() if report.so_far else None,
        "paragraphs": [
            {
                "code": paragraph.code,
                "title": paragraph.title,
                "text": paragraph.text,
                "sentences": [_sentence_json(sentence) for sentence in paragraph.sentences],
            }
            for paragraph in report.paragraphs
        ],
        "table": [_row_json(row) for row in report.table],
    }


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {
        "from": sentence.period.first.isoformat(),
        "to": sentence.period.last.isoformat(),
        "period": sentence.period.label,
        "text": sentence.text,
        "numbers": [
            {"figure": each.figure, "value": number(each.value), "words": each.words, "rows_path": each.path}
            for each in sentence.numbers
        ],
    }


def _row_json(row: TableRow) -> dict[str, Any]:
    return {
        "figure": row.figure.code,
        "title": row.figure.title,
        "value": number(row.now.value),
        "before": number(row.before.value) if row.before else None,
        "change_per_cent": number(row.change.per_cent),
        "counted_by": row.figure.counted_by,
        "note": row.now.note,
        "before_note": row.before.note if row.before else None,
        "rows_path": row.now_path,
        "before_rows_path": row.before_path,
    }
