"""What the council has decided, as administrators see it: every value of a code by its day, bank holidays by year, and since
when records are complete."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import extract, select

from asb_cases.adapters.bank_holidays import shipped_bank_holiday_titles
from asb_cases.domain.legal_values import LegalValue, shipped
from asb_cases.extensions import db
from asb_cases.models.policy import BankHolidayChange, PolicyValue, RecordCoverage
from asb_cases.models.user import User


@dataclass(frozen=True)
class ShownValue:
    """One value of a code and from when it applies. `state`: "now", "to_come", "past", or "corrected" by a later entry
    for its day. What ships was entered by nobody."""

    from_on: date
    value: str
    source: str
    state: str
    entered_at: datetime | None = None
    entered_by: str | None = None

    @property
    def ships(self) -> bool:
        return self.entered_at is None


@dataclass(frozen=True)
class ShownHoliday:
    """A bank holiday, or one that was taken away. `own`: the council changed it."""

    day: date
    title: str
    observed: bool
    own: bool


def values_of(entry: LegalValue, today: date) -> list[ShownValue]:
    """Every value of a code, the latest day first, corrected ones below what took their place."""
    added = db.session.execute(
        select(PolicyValue, User.name)
        .outerjoin(User, User.id == PolicyValue.entered_by_id)
        .where(PolicyValue.code == entry.code)
        .order_by(PolicyValue.from_on.desc(), PolicyValue.id.desc())
    )
    rows: list[tuple[date, int, str, str, datetime | None, str | None]] = [
        (row.from_on, row.id, entry.written(entry.read(row.value)), row.source, row.entered_at, name)
        for row, name in added
    ]
    of_shipped = shipped()[entry.code].values
    rows += [(each.from_on, 0, entry.written(each.value), each.source, None, None) for each in of_shipped]
    rows.sort(key=lambda row: (row[0], row[1]), reverse=True)
    current = max((row[0] for row in rows if row[0] <= today), default=None)
    shown: list[ShownValue] = []
    seen: set[date] = set()
    for from_on, _id, value, source, entered_at, name in rows:
        state = "to_come" if from_on > today else "now" if from_on == current else "past"
        state = "corrected" if from_on in seen else state
        seen.add(from_on)
        shown.append(ShownValue(from_on, value, source, state, entered_at, name))
    return shown


def bank_holidays_of(year: int) -> list[ShownHoliday]:
    """The bank holidays of a year in order, with those that were added and those that were taken away."""
    changes = db.session.scalars(select(BankHolidayChange).where(extract("year", BankHolidayChange.day) == year))
    found = {
        day: ShownHoliday(day, title, observed=True, own=False)
        for day, title in shipped_bank_holiday_titles().items()
        if day.year == year
    }
    for change in changes:
        found[change.day] = ShownHoliday(change.day, change.title, change.observed, own=True)
    return [found[day] for day in sorted(found)]


def bank_holiday_on(day: date) -> ShownHoliday | None:
    """The bank holiday of a day, taken away or not."""
    return next((each for each in bank_holidays_of(day.year) if each.day == day), None)


def coverages() -> dict[str, RecordCoverage]:
    """Since when records are complete, by the figure that counts them."""
    return {row.figure: row for row in db.session.scalars(select(RecordCoverage))}
