"""Who a warning or notice may be issued to (2014 Act ss.43(1), 44, 45)."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.people import PersonKind, age_on

ADULT = 18

Finding = TypeVar("Finding", Refusal, Caution)

UNDER_AGE = Refusal(
    "recipient_under_age",
    "The recipient was {age} on {day}. Only someone aged {minimum} or over can be given a community protection notice.",
    "2014 Act s.43(1)",
    "Work with the parent or guardian and youth services instead. If the birth date is wrong, correct it first.",
    field="subject",
)
AGE_NOT_RECORDED = Refusal(
    "age_not_recorded",
    "Nothing shows that the recipient is {minimum} or over: the birth date is not recorded.",
    "2014 Act s.43(1)",
    "Record the birth date, or why the recipient is believed to be {minimum} or over.",
    field="subject",
)
NO_BASIS = Refusal(
    "no_basis_for_owner",
    "The recipient owns or lets the premises; it is not said why the conduct counts as theirs.",
    "2014 Act s.44",
    "Say how they own, lease, occupy, control, operate or maintain the premises, and how they can be expected to affect "
    "the conduct.",
    field="subject_basis",
)
WARNING_UNDER_AGE = Caution(
    "warned_under_age",
    "The recipient was {age} on {day}: no community protection notice could follow before they are {minimum}.",
    field="subject",
)
WARNING_AGE_NOT_RECORDED = Caution(
    "warned_age_not_recorded",
    "Nothing shows yet that the recipient is {minimum} or over, as a community protection notice would need.",
    field="subject",
)
YOUNG_RECIPIENT = Caution(
    "recipient_16_or_17",
    "The recipient is under 18: speak to the parent or guardian and to youth justice or social care first.",
    field="subject",
)


@dataclass(frozen=True)
class Recipient:
    """Whom it is issued to. `linked_ids` are other records of the same person: "the occupier" identified later, a merge.

    `answers_for_premises` marks owners and landlords, whose `basis` (s.44) must be stated; a `PersonKind.OWNER` always is.
    """

    subject_id: int | str
    kind: PersonKind
    born_on: date | None = None
    believed_because: str | None = None
    answers_for_premises: bool = False
    basis: str | None = None
    linked_ids: frozenset[int | str] = frozenset()

    def is_same(self, subject_id: int | str) -> bool:
        """Whether another record is of the same person or body."""
        return subject_id == self.subject_id or subject_id in self.linked_ids

    def age(self, on: date) -> int | None:
        """Age on a day; None for bodies and the unnamed, and where no birth date is recorded."""
        if self.kind is not PersonKind.INDIVIDUAL or self.born_on is None:
            return None
        return age_on(self.born_on, on)


def check_recipient(recipient: Recipient, *, on: date, minimum: int, imported: bool = False) -> Findings:
    """Whether a notice may be issued to the recipient on a day. An imported row's blanks are 'not recorded'."""
    under_age = _under_age(recipient, UNDER_AGE, on, minimum)
    if imported:
        return gathered([under_age])
    return gathered([
        under_age,
        AGE_NOT_RECORDED.of(minimum=minimum) if _age_unknown(recipient) else None,
        NO_BASIS if _lacks_basis(recipient) else None,
        young(recipient, on),
    ])  # fmt: skip


def check_warned(recipient: Recipient, *, on: date, minimum: int) -> Findings:
    """What to point out about the recipient of a warning. The Act sets the age for the notice, not for the warning."""
    return gathered([
        _under_age(recipient, WARNING_UNDER_AGE, on, minimum),
        WARNING_AGE_NOT_RECORDED.of(minimum=minimum) if _age_unknown(recipient) else None,
        NO_BASIS if _lacks_basis(recipient) else None,
        young(recipient, on),
    ])  # fmt: skip


def young(recipient: Recipient, on: date) -> Caution | None:
    """A caution where the recipient is known to be under 18."""
    age = recipient.age(on)
    return YOUNG_RECIPIENT if age is not None and age < ADULT else None


def _under_age(recipient: Recipient, kind: Finding, on: date, minimum: int) -> Finding | None:
    age = recipient.age(on)
    if age is None or age >= minimum:
        return None
    return kind.of(age=age, day=in_words(on), minimum=minimum)


def _age_unknown(recipient: Recipient) -> bool:
    told = recipient.born_on or (recipient.believed_because or "").strip()
    return recipient.kind is PersonKind.INDIVIDUAL and not told


def _lacks_basis(recipient: Recipient) -> bool:
    answers = recipient.answers_for_premises or recipient.kind is PersonKind.OWNER
    return answers and not (recipient.basis or "").strip()
