"""What a warning or notice says and rests on, as plain values: typed by whoever drafts it, kept by a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.requirements import RequirementKind


class StatutoryNuisance(StrEnum):
    """Whether the conduct may be a statutory nuisance: a notice never takes the place of the duty to serve an abatement
    notice (Environmental Protection Act 1990 ss.79, 80; Explanatory Notes to the 2014 Act, 160-162)."""

    NO = "no"
    TOLD = "told"
    TO_TELL = "to_tell"


@dataclass(frozen=True)
class Asked:
    """One requirement. Of a notice, only `do` and `steps` may carry a last day (s.43(8))."""

    kind: RequirementKind
    text: str
    comply_by: date | None = None


@dataclass(frozen=True)
class Evidence:
    """What one limb rests on: a record of the case, by its id, or a description of something outside it."""

    limb: str
    description: str | None = None
    complaint_id: int | None = None
    note_id: int | None = None
    attachment_id: int | None = None
    contact_entry_id: int | None = None
    incident_id: int | None = None


@dataclass(frozen=True)
class Told:
    """A body or individual told before a notice (s.43(6))."""

    name: str
    told_on: date
    note: str | None = None


@dataclass(frozen=True)
class Content:
    """What a warning or notice says and rests on. `comply_by` is a warning's last day; `review_on` and `ends_on` are a
    notice's. `subject_basis` says why the conduct counts as an owner's or landlord's (s.44). `screen` holds the answers
    to single questions of the screen, `screening` what follows from them."""

    conduct: str | None = None
    detrimental_effect: str | None = None
    persistent_or_continuing: str | None = None
    unreasonable: str | None = None
    evidence: Sequence[Evidence] = ()
    requirements: Sequence[Asked] = ()
    subject_basis: str | None = None
    enquiries_note: str | None = None
    enough_time_reason: str | None = None
    consultees: Sequence[Told] = ()
    no_consultees_reason: str | None = None
    screen: Sequence[Screened] = ()
    screening: str | None = None
    screening_flags: bool | None = None
    comply_by: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    statutory_nuisance: StatutoryNuisance | None = None
    statutory_nuisance_note: str | None = None


#: Those fields of `Content` that are kept as rows of their own.
ROWS = ("evidence", "requirements", "consultees", "screen")
#: Those that are columns of the row.
COLUMNS = tuple(name for name in Content.__dataclass_fields__ if name not in ROWS)
