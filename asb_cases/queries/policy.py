"""The council's policy as it stands: dated values and bank holidays, shipped ones with what administrators added."""

from dataclasses import dataclass

from sqlalchemy import select

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.calendar import Holidays
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.extensions import db
from asb_cases.models.policy import BankHolidayChange, PolicyValue


@dataclass(frozen=True)
class Policy:
    """What rules about time and amounts take as given. One is read for an act, or for a whole import."""

    values: LegalValues
    holidays: Holidays


def policy_in_force() -> Policy:
    """Values and holidays together. Two short queries; pass it on where many clocks are started."""
    return Policy(values_in_force(), holidays())


def values_in_force() -> LegalValues:
    """Every dated value: ask it for the value of the day that counts (`.on(code, day)`, `.number(code, day)`)."""
    rows = db.session.scalars(select(PolicyValue).order_by(PolicyValue.code, PolicyValue.from_on))
    return LegalValues.load(AddedValue(row.code, row.from_on, row.value, row.source) for row in rows)


def holidays() -> Holidays:
    """Bank holidays as they ship, with those the council added and without those it took away."""
    changes = db.session.execute(select(BankHolidayChange.day, BankHolidayChange.observed)).all()
    added = {day for day, observed in changes if observed}
    removed = {day for day, observed in changes if not observed}
    return (shipped_bank_holidays() | added) - removed
