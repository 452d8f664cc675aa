"""Who "the occupier" or "the owner" of premises turned out to be (2014 Act s.45): one subject, on two records.

What was given to the unnamed one stays on its own record; a later step may be taken against the one identified.
"""

from dataclasses import dataclass
from datetime import date

from asb_cases.domain.corrections import LATER_ROWS_STAND
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.people import PersonKind
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, reason_given, words_given

UNNAMED = frozenset({PersonKind.OCCUPIER, PersonKind.OWNER})

ONLY_THE_UNNAMED = Refusal(
    "only_the_unnamed_is_identified",
    "Only “the occupier” or “the owner” of premises is identified as somebody.",
    "2014 Act s.45",
    "Two records of one named person are a matter for merging.",
    field="person",
)
NEEDS_A_NAME = Refusal(
    "identified_as_the_unnamed",
    "Whom it turned out to be must be a named individual or body.",
    "2014 Act s.45",
    "Record the person or body by name first.",
    field="identified_as",
)
IDENTIFIED_ALREADY = Refusal(
    "identified_already",
    "It is recorded already who this is.",
    AUTHORITY,
    "If that was wrong, undo it with a reason first.",
    field="identified_as",
)
NOT_IDENTIFIED = Refusal(
    "not_identified",
    "It is not recorded who this is: there is nothing to undo.",
    AUTHORITY,
    "Nothing needs to be done.",
)
STAYS_UNNAMED = Refusal(
    "identified_stays_unnamed",
    "It is recorded who this occupier or owner is: the record stays that of the unnamed one.",
    AUTHORITY,
    "Change the record of the one identified; or undo the identification with a reason first.",
    field="kind",
)


@dataclass(frozen=True)
class Identification:
    """Somebody being identified: which kind of record as which, on which day, and how that is known."""

    kind: PersonKind
    as_kind: PersonKind
    on: date
    today: date
    because: str | None
    already: bool = False


def check_identification(facts: Identification) -> Findings:
    """Whether it may be recorded."""
    return gathered([
        None if facts.kind in UNNAMED else ONLY_THE_UNNAMED,
        NEEDS_A_NAME if facts.as_kind in UNNAMED else None,
        IDENTIFIED_ALREADY if facts.already else None,
        day_has_come("The day of the identification", facts.on, facts.today, "identified_on"),
        words_given("How it is known", facts.because, "identified_because"),
    ])  # fmt: skip


def check_undoing(*, identified: bool, reason: str | None, later_rows: int) -> Findings:
    """Whether it may be undone: not while a step against the one rests on a step against the other (`later_rows`)."""
    return gathered([
        None if identified else NOT_IDENTIFIED,
        reason_given("Undoing an identification", reason),
        LATER_ROWS_STAND.of(count=later_rows) if later_rows else None,
    ])  # fmt: skip


def check_kind(kind: PersonKind, *, identified: bool) -> Findings:
    """Whether a record may become one of a kind."""
    return gathered([STAYS_UNNAMED if identified and kind not in UNNAMED else None])
