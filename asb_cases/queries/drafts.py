"""Drafts of warnings and notices as pages show them before they are changed: what each holds now, and its like in the case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.domain.draft_content import COLUMNS, Asked, Content, Evidence, StatutoryNuisance, Told
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import Part, PersonKind, age_on
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.references import parse_reference
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import Base, db
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence, ScreeningAnswer
from asb_cases.models.person import Person
from asb_cases.models.requirement import Requirement
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import parts_in_case
from asb_cases.queries.visibility import interventions_visible_to

Hanging = TypeVar("Hanging", bound=Base)


@dataclass(frozen=True)
class Recipient:
    """Whom a draft is to. `age` is that of today, where the birth date is known."""

    id: int
    version: int
    name: str
    kind: PersonKind
    born_on: date | None
    believed_because: str | None
    age: int | None
    parts: frozenset[Part]


@dataclass(frozen=True)
class Earlier:
    """The warning that a notice follows."""

    reference: str
    issued_on: date | None
    comply_by: date | None
    issued_by_body: str | None
    content: Content


@dataclass(frozen=True)
class OtherDraft:
    """Another draft of the same power in the same case, which may be kept in step."""

    id: int
    version: int
    reference: str
    recipient: str
    content: Content


@dataclass(frozen=True)
class DraftInHand:
    """A draft that somebody is about to change."""

    id: int
    version: int
    reference: str
    power: str
    case_id: int
    case_reference: str
    drafter_id: int | None
    recipient: Recipient
    content: Content
    follows: Earlier | None
    others: Sequence[OtherDraft]


def draft_in_hand(actor: Actor, reference: str, today: date) -> DraftInHand:
    """The draft with this reference. Raises `NotFound`, and `RuleBroken` where it is a draft no more."""
    step = step_called(actor, reference, today)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.status != "draft" or step.power not in ("CPW", "CPN"):
        remedy = "What was authorised can be sent back to drafting; what was given is varied or withdrawn."
        raise RuleBroken((NO_SUCH_MOVE.of(move="change the draft", status=step.status, remedy=remedy),))
    others = [each for each in _drafts_like(step, actor, today) if each.id != step.id]
    held = contents_of([step, *others, *([step.follows] if step.follows else [])])
    return DraftInHand(
        id=step.id,
        version=step.version,
        reference=step.reference,
        power=step.power,
        case_id=step.case_id,
        case_reference=step.case.reference,
        drafter_id=step.drafter_id,
        recipient=_recipient(step.subject, step.case_id, today),
        content=held[step.id],
        follows=_earlier(step.follows, held) if step.follows else None,
        others=[OtherDraft(each.id, each.version, each.reference, each.subject.name, held[each.id]) for each in others],
    )


def step_called(actor: Actor, reference: str, today: date) -> Intervention:
    """The intervention with this reference, with its case, its subject and the step it follows. Raises `NotFound`."""
    parsed = parse_reference(reference)
    query = (
        select(Intervention)
        .where(Intervention.reference == (str(parsed) if parsed else reference), interventions_visible_to(actor, today))
        .options(joinedload(Intervention.case), joinedload(Intervention.subject), joinedload(Intervention.follows))
    )
    step = db.session.scalars(query).one_or_none()
    if step is None:
        raise NotFound("intervention")
    return step


def contents_of(steps: Sequence[Intervention]) -> dict[int, Content]:
    """What each of the steps holds, by its id: four queries, however many there are."""
    ids = [step.id for step in steps]
    evidence, told = _hanging(InterventionEvidence, ids), _hanging(Consultee, ids)
    screen, required = _hanging(ScreeningAnswer, ids), _hanging(Requirement, ids)
    return {
        step.id: Content(
            **{column: getattr(step, column) for column in COLUMNS if column != "statutory_nuisance"},
            statutory_nuisance=StatutoryNuisance(step.statutory_nuisance) if step.statutory_nuisance else None,
            evidence=[_evidence(row) for row in evidence[step.id]],
            consultees=[Told(row.name, row.told_on, row.note) for row in told[step.id]],
            screen=[Screened(row.item, row.raised, row.note) for row in screen[step.id]],
            requirements=[_asked(row) for row in _standing(required[step.id])],
        )
        for step in steps
    }


def _drafts_like(step: Intervention, actor: Actor, today: date) -> Sequence[Intervention]:
    query = (
        select(Intervention)
        .where(
            Intervention.case_id == step.case_id,
            Intervention.power == step.power,
            Intervention.status == "draft",
            Intervention.entered_in_error_on.is_(None),
            interventions_visible_to(actor, today),
        )
        .options(joinedload(Intervention.subject))
        .order_by(Intervention.id)
    )
    return db.session.scalars(query).all()


def _hanging(table: type[Hanging], ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    rows: Any = table
    for row in db.session.scalars(select(rows).where(rows.intervention_id.in_(ids)).order_by(rows.id)):
        found[row.intervention_id].append(row)
    return found


def _evidence(row: InterventionEvidence) -> Evidence:
    return Evidence(
        row.limb,
        description=row.description,
        complaint_id=row.complaint_id,
        note_id=row.note_id,
        attachment_id=row.attachment_id,
        contact_entry_id=row.contact_entry_id,
        incident_id=row.incident_id,
    )


def _standing(rows: Iterable[Requirement]) -> list[Requirement]:
    return sorted((row for row in rows if row.to_on is None), key=lambda row: row.number)


def _asked(row: Requirement) -> Asked:
    return Asked(row.kind, row.text, row.comply_by)


def _recipient(person: Person, case_id: int, today: date) -> Recipient:
    return Recipient(
        id=person.id,
        version=person.version,
        name=person.name,
        kind=person.kind,
        born_on=person.born_on,
        believed_because=person.believed_16_or_over_because,
        age=age_on(person.born_on, today) if person.born_on else None,
        parts=frozenset(parts_in_case(case_id, person.id)),
    )


def _earlier(warning: Intervention, held: dict[int, Content]) -> Earlier:
    return Earlier(warning.reference, warning.issued_on, warning.comply_by, warning.issued_by_body, held[warning.id])
