"""The council's policy as it stands: dated values and bank holidays, shipped ones with what administrators added."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, case, literal, select, union_all

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.calendar import Holidays
from asb_cases.domain.caseload import NO_CONTACT_DAYS, no_contact_since
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.extensions import db
from asb_cases.models.policy import BankHolidayChange, PolicyValue

#: What a row of the one query is: a dated value, or a change of a bank holiday.
VALUE, OBSERVED, NOT_OBSERVED = "value", "observed", "not_observed"


@dataclass(frozen=True)
class Policy:
    """What rules about time and amounts take as given. One is read for an act, or for a whole import."""

    values: LegalValues
    holidays: Holidays


def policy_in_force() -> Policy:
    """Values and holidays together, in one query; pass it on where many clocks are started."""
    rows = db.session.execute(_everything()).all()
    added = (AddedValue(row.code, row.day, row.value, row.source) for row in rows if row.kind == VALUE)
    changes = [(row.day, row.kind == OBSERVED) for row in rows if row.kind != VALUE]
    return Policy(LegalValues.load(added), _changed(changes))


def no_contact_from(policy: Policy, today: date) -> date:
    """The day from which on somebody must have been reached for a case not to count as without contact."""
    return no_contact_since(today, policy.values.number(NO_CONTACT_DAYS, today), policy.holidays)


def values_in_force() -> LegalValues:
    """Every dated value: ask it for the value of the day that counts (`.on(code, day)`, `.number(code, day)`)."""
    rows = db.session.scalars(select(PolicyValue).order_by(PolicyValue.code, PolicyValue.from_on, PolicyValue.id))
    return LegalValues.load(AddedValue(row.code, row.from_on, row.value, row.source) for row in rows)


def holidays() -> Holidays:
    """Bank holidays as they ship, with those the council added and without those it took away."""
    changes = db.session.execute(select(BankHolidayChange.day, BankHolidayChange.observed)).all()
    return _changed((day, observed) for day, observed in changes)


def _changed(changes: Iterable[tuple[date, bool]]) -> Holidays:
    """Those that ship, with every change by day and whether it is observed."""
    observed = dict(changes)
    added = {day for day, is_observed in observed.items() if is_observed}
    return (shipped_bank_holidays() | added) - (observed.keys() - added)


@cache
def _everything() -> Select[*tuple[Any, ...]]:
    nothing = literal("")
    change = case((BankHolidayChange.observed, OBSERVED), else_=NOT_OBSERVED)
    rows = union_all(
        select(
            literal(VALUE).label("kind"),
            PolicyValue.code.label("code"),
            PolicyValue.from_on.label("day"),
            PolicyValue.value.label("value"),
            PolicyValue.source.label("source"),
            PolicyValue.id.label("entered"),
        ),
        select(change, nothing, BankHolidayChange.day, nothing, nothing, literal(0)),
    ).subquery()
    return select(rows).order_by(rows.c.code, rows.c.day, rows.c.entered)
