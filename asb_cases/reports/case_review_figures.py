"""The yearly publication about case reviews (2014 Act s.104(9)): as the record has it now, and as it was published."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import FIGURES, NOT_RECORDED, Dimension
from asb_cases.domain.history import canonical_json
from asb_cases.domain.periods import Period, between
from asb_cases.domain.permissions import Actor, FiguresScope, Permission
from asb_cases.domain.publications import FOUR, changes, footnotes, paragraph
from asb_cases.domain.small_numbers import LEAST_PUBLISHED, safe_parts
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.queries.figures import FigureSet, figures_of
from asb_cases.queries.publications import latest_publications, publications_of, straddling
from asb_cases.reports.addresses import rows_path
from asb_cases.reports.export import csv_text

TITLE = "ASB case reviews (Community Trigger)"
HEADER = (
    *("from", "to", "status", "code", "title", "value", "first_published", "counted_by"),
    *("published_on", "revised_because", "notes"),
)

#: The columns of a publication that hold the four numbers.
COLUMNS = dict(zip(FOUR, ("applications", "threshold_not_met", "reviews_held", "with_recommendations"), strict=True))

#: What stands in the place of a part that is not shown.
HIDDEN = f"not shown, so that no number below {LEAST_PUBLISHED} can be read or worked out"
#: As many periods as stand side by side in the table.
YEARS_SHOWN = 6


@dataclass(frozen=True)
class YearsFigures:
    """What the record says of a period. A number is None where records of the period were not kept; `unknown` says why."""

    period: Period
    numbers: Mapping[str, int | None]
    unknown: Mapping[str, str]
    notes: tuple[str, ...]
    by_ward: Mapping[str, int | None] | None

    @property
    def known(self) -> dict[str, int]:
        """The four numbers, those that are known."""
        return {code: number for code, number in self.numbers.items() if number is not None}

    @property
    def text(self) -> str:
        """The paragraph; what is missing where a number is not known."""
        return " ".join(self.unknown.values()) if self.unknown else paragraph(self.period, self.known)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that would be published."""
        return digest(self.period, self.numbers, self.text, self.notes, self.by_ward)


@dataclass(frozen=True)
class Revision:
    """A correction of what was published: what it changed, why, on which day and by whom."""

    on: date
    by: str | None
    because: str
    changed: Sequence[tuple[str, int, int]]


@dataclass(frozen=True)
class PublishedFigures:
    """What stands published of a period: the last row, the day and name of the first, and the corrections between."""

    row: CaseReviewPublication
    first: CaseReviewPublication
    revisions: tuple[Revision, ...]

    @property
    def numbers(self) -> dict[str, int]:
        return numbers_of(self.row)

    @property
    def notes(self) -> list[str]:
        return self.row.notes.splitlines()

    @property
    def by_ward(self) -> dict[str, int | None] | None:
        found: dict[str, int | None] | None = json.loads(self.row.by_ward) if self.row.by_ward else None
        return found

    @property
    def published_on(self) -> date:
        return _day(self.first.published_at)


@dataclass(frozen=True)
class CaseReviewReport:
    """The page of a period: what is published, if anything is, and what the record says now."""

    period: Period
    now: YearsFigures
    published: PublishedFigures | None
    so_far: date | None

    @property
    def title(self) -> str:
        return f"{TITLE} {self.period.label}"

    @property
    def numbers(self) -> Mapping[str, int | None]:
        """The figures of the report: as published, else as the record has them."""
        return self.published.numbers if self.published else self.now.numbers

    @property
    def text(self) -> str:
        return self.published.row.text if self.published else self.now.text

    @property
    def notes(self) -> Sequence[str]:
        return self.published.notes if self.published else self.now.notes

    @property
    def by_ward(self) -> Mapping[str, int | None] | None:
        return self.published.by_ward if self.published else self.now.by_ward

    @property
    def drift(self) -> list[tuple[str, int, int]]:
        """Where the record has come to say something else than what is published."""
        if self.published is None or self.now.unknown:
            return []
        return changes(self.published.numbers, self.now.known)


def case_review_report(period: Period, actor: Actor, *, today: date) -> CaseReviewReport:
    """The report of a period. Raises NotPermitted: it is about the whole service."""
    return CaseReviewReport(
        period=period,
        now=figures_now(period, actor),
        published=published_figures(publications_of(period)),
        so_far=today if today <= period.last else None,
    )


def figures_now(period: Period, actor: Actor) -> YearsFigures:
    """What the record says of a period today. Raises NotPermitted."""
    actor.check(Permission.SEE_FIGURES)
    if actor.figures_scope is not FiguresScope.ALL:
        raise NotPermitted(Permission.SEE_FIGURES.value)
    found = figures_of(period, actor, codes=FOUR, broken_down={"case_review_applications"})
    numbers = {code: found.count(code) for code in FOUR}
    return YearsFigures(
        period=period,
        numbers=numbers,
        unknown={code: found.values[code].note or "" for code, number in numbers.items() if number is None},
        notes=(*footnotes(straddling(period, actor)), *_days_not_known(found)),
        by_ward=_by_ward(found.breakdowns.get("case_review_applications", {}).get(Dimension.WARD, {})),
    )


def _by_ward(parts: Mapping[str, int]) -> dict[str, int | None] | None:
    """The applications by ward, as far as they may be shown; None where no ward is recorded."""
    return safe_parts(parts) if set(parts) - {NOT_RECORDED} else None


def published_figures(rows: Sequence[CaseReviewPublication]) -> PublishedFigures | None:
    """What was published of one period, from its rows in their order; None where nothing was."""
    if not rows:
        return None
    revisions = tuple(
        Revision(
            on=_day(row.published_at),
            by=row.published_by.name if row.published_by else None,
            because=row.because or "",
            changed=changes(numbers_of(before), numbers_of(row)),
        )
        for before, row in pairwise(rows)
    )
    return PublishedFigures(rows[-1], rows[0], revisions)


def numbers_of(row: CaseReviewPublication) -> dict[str, int]:
    """The four numbers that a row holds, by their codes."""
    return {code: getattr(row, column) for code, column in COLUMNS.items()}


def digest(
    period: Period,
    numbers: Mapping[str, int | None],
    text: str,
    notes: Sequence[str],
    by_ward: Mapping[str, int | None] | None,
) -> str:
    """The SHA-256 of what is published, from its canonical JSON."""
    content = {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "numbers": dict(numbers),
        "text": text,
        "notes": list(notes),
        "by_ward": None if by_ward is None else dict(by_ward),
    }
    return sha256(canonical_json(content).encode()).hexdigest()


def case_review_context(report: CaseReviewReport) -> dict[str, Any]:
    """What the templates of the report need: this period beside those published before it."""
    before = [row for row in latest_publications() if row.last_on < report.period.first][: YEARS_SHOWN - 1]
    return {
        "report": report,
        "columns": [(between(row.first_on, row.last_on), numbers_of(row)) for row in reversed(before)],
        "titles": FOUR,
        "counted_by": {code: FIGURES[code].counted_by for code in FOUR},
        "paths": {code: rows_path(code, report.period) for code in FOUR},
        "hidden": HIDDEN,
        "may_drill_down": True,
    }


def report_json(report: CaseReviewReport) -> dict[str, Any]:
    """The report ready for `json.dumps`: its figures as published, else as they stand."""
    published = report.published
    return {
        "title": report.title,
        "year": report.period.label,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "so_far": report.so_far.isoformat() if report.so_far else None,
        "status": _status(report),
        "figures": {
            code: {
                "value": report.numbers[code],
                "title": FOUR[code],
                "counted_by": FIGURES[code].counted_by,
                "rows_path": rows_path(code, report.period),
                "note": report.now.unknown.get(code) if published is None else None,
            }
            for code in FOUR
        },
        "text": report.text,
        "notes": list(report.notes),
        "by_ward": None if report.by_ward is None else dict(report.by_ward),
        "published_on": published.published_on.isoformat() if published else None,
        "sha256": published.row.sha256 if published else None,
        "corrections": [
            {
                "on": revision.on.isoformat(),
                "because": revision.because,
                "changed": [{"title": title, "from": old, "to": new} for title, old, new in revision.changed],
            }
            for revision in (published.revisions if published else ())
        ],
        "record_now": dict(report.now.numbers),
    }


def report_csv(report: CaseReviewReport) -> str:
    """The four rows of the report as a CSV file, with what was published first beside what stands."""
    return csv_text(HEADER, _csv_rows(report))


def _csv_rows(report: CaseReviewReport) -> Iterator[Sequence[object]]:
    days = (report.period.first.isoformat(), report.period.last.isoformat())
    published, notes = report.published, " ".join(report.notes)
    on = published.published_on.isoformat() if published else None
    because = published.row.because if published else None
    first = numbers_of(published.first) if published else {}
    for code, value in report.numbers.items():
        counted_by = FIGURES[code].counted_by
        yield *days, _status(report), code, FOUR[code], value, first.get(code), counted_by, on, because, notes


def _status(report: CaseReviewReport) -> str:
    if report.published is None:
        return "not published"
    return "published, revised" if report.published.revisions else "published"


def _days_not_known(found: FigureSet) -> Iterable[str]:
    """What the figures themselves say of decisions whose day an old register did not give."""
    note = found.values["case_review_threshold_not_met"].note
    return () if note is None else (f"{FOUR['case_review_threshold_not_met']}: {note[:1].lower()}{note[1:]}",)


def _day(moment: datetime) -> date:
    return local(moment).date()
