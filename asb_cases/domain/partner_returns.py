"""Returns that partners owe: which periods a series is supplied for, by which day, and when its contact is reminded."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.periods import Period, financial_year_of, month, quarter

AUTHORITY = "How the record works"
#: How long before the day a return is due its contact is told.
NOTICE = timedelta(days=7)
#: Returns further back than this are no longer chased.
CHASED = 400


class Rhythm(StrEnum):
    """How often a partner supplies a series."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Confidence(StrEnum):
    """How far a supplied value can be relied on."""

    FIRM = "firm"
    PROVISIONAL = "provisional"
    ESTIMATE = "estimate"


class Stage(StrEnum):
    """What a partner's contact is told of a return."""

    COMING = "coming"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Return:
    """The value of one period, and the last day on which it is expected."""

    period: Period
    due_on: date

    def stage(self, today: date) -> Stage | None:
        """What there is to tell on a day; None before there is."""
        if today > self.due_on:
            return Stage.OVERDUE
        return Stage.COMING if today >= self.due_on - NOTICE else None


def returns_expected(rhythm: Rhythm, days: int, since: date, today: date) -> list[Return]:
    """The returns of periods that ended since a day and by now, newest first: each is due so many days after its end."""
    found: list[Return] = []
    period = _period_of(rhythm, today).previous
    while period.first >= since and (today - period.last).days <= CHASED:
        found.append(Return(period, period.last + timedelta(days=days)))
        period = period.previous
    return found


def _period_of(rhythm: Rhythm, day: date) -> Period:
    if rhythm is Rhythm.YEAR:
        return financial_year_of(day)
    return month(day.year, day.month) if rhythm is Rhythm.MONTH else quarter(day.year, (day.month + 2) // 3)


SAYS_NOTHING = Refusal(
    "says_nothing", "Neither a value nor a change is given.", AUTHORITY, "Enter the value.", field="value"
)
REVISION_NEEDS_REASON = Refusal(
    "revision_needs_reason",
    "A value for this period stands already.",
    AUTHORITY,
    "Say why the new one takes its place. The old one stays in the history.",
    field="because",
)
SAME_VALUE = Refusal(
    "same_value", "This is what stands for the period already.", AUTHORITY, "Nothing needs to be done.", field="value"
)
NOT_OVER = Refusal(
    "period_not_over", "The period ends on {day}, which has not come yet.", AUTHORITY, "Check the days.", field="last"
)
RHYTHM_NEEDS_DAYS = Refusal(
    "rhythm_needs_days",
    "A series that is returned regularly needs the days within which it is due.",
    AUTHORITY,
    "Say how many days after the end of each period.",
    field="due_after_days",
)


@dataclass(frozen=True)
class Value:
    """What a return says."""

    value: Decimal | None
    qualifier: str | None = None
    change_per_cent: Decimal | None = None
    confidence: str | None = None


def check_value(new: Value, standing: Value | None, because: str, last: date, today: date) -> Findings:
    """Whether a value may be recorded for a period that ends on `last`, over what stands for it."""
    return gathered([
        SAYS_NOTHING if new.value is None and new.change_per_cent is None else None,
        NOT_OVER.of(day=in_words(last)) if last > today else None,
        SAME_VALUE if standing == new else None,
        REVISION_NEEDS_REASON if standing is not None and standing != new and not because.strip() else None,
    ])  # fmt: skip


def check_rhythm(rhythm: Rhythm | None, days: int | None) -> Findings:
    """Whether it is said when returns are due."""
    return gathered([RHYTHM_NEEDS_DAYS if rhythm is not None and days is None else None])
