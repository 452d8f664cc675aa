"""Contacts, notes and tasks of cases, for the pages that show and change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.case_content import CaseContent, content_for
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.casework import Note, NoteKind, Task
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, of_unmerged, of_visible_case


@dataclass(frozen=True)
class Involved:
    """Somebody with a part in a case."""

    person_id: int
    name: str
    parts: tuple[Part, ...]


def involved_in(case_id: int, content: CaseContent) -> list[Involved]:
    """Everybody with a part in the case that goes on, whom the reader is told by name, each once."""
    rows = db.session.execute(
        select(Person.id, Person.name, Participant.part)
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.case_id == case_id,
            Participant.to_on.is_(None),
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .order_by(Participant.id)
    )
    found: dict[int, Involved] = {}
    for person_id, name, part in rows:
        if part in content.named:
            parts = found[person_id].parts if person_id in found else ()
            found[person_id] = Involved(person_id, name, (*parts, part))
    return list(found.values())


def responses_owed(case_id: int) -> Sequence[Deadline]:
    """The clocks that run until the person who reported has heard from us."""
    return db.session.scalars(
        select(Deadline)
        .where(
            Deadline.case_id == case_id,
            Deadline.rule.in_((*RESPONSE_CLOCKS.values(), "acknowledge")),
            Deadline.state == DeadlineState.RUNNING,
            of_complete_imports(Deadline),
        )
        .order_by(Deadline.last_day, Deadline.id)
    ).all()


def note_for(actor: Actor, note_id: int, today: date) -> tuple[Note, Case]:
    """A note with its author, and its case, for whoever may read it. Raises `NotFound`."""
    wanted: list[ColumnElement[bool]] = [of_visible_case(Note.case_id, actor, today), of_complete_imports(Note)]
    content = content_for(actor)
    if not content.words:
        raise NotFound("note")
    if not content.internal_notes:
        wanted.append(Note.kind == NoteKind.RECORD)
    note = db.session.scalars(
        select(Note).where(Note.id == note_id, *wanted).options(joinedload(Note.author))
    ).one_or_none()
    if note is None:
        raise NotFound("note")
    return note, db.session.get_one(Case, note.case_id)


def corrected_by(note: Note) -> list[Note]:
    """The note, and those that it took the place of, the latest first."""
    of_case = {
        each.id: each
        for each in db.session.scalars(
            select(Note).where(Note.case_id == note.case_id).options(joinedload(Note.author))
        )
    }
    chain, at = [], of_case.get(note.id)
    while at is not None:
        chain.append(at)
        at = of_case.get(at.corrects_id or 0)
    return chain


def later_note_of(note: Note) -> int | None:
    """The note that took this one's place."""
    return db.session.scalar(select(Note.id).where(Note.corrects_id == note.id))


def was_corrected() -> ColumnElement[bool]:
    """The condition on `Note` that another took its place."""
    later = aliased(Note)
    return exists().where(later.corrects_id == Note.id)


def task_for(actor: Actor, task_id: int, today: date) -> tuple[Task, Case]:
    """A task with its owner, and its case, for whoever reads what the service keeps for itself. Raises `NotFound`."""
    task = None
    if content_for(actor).internal_notes:
        found = select(Task).where(Task.id == task_id, of_visible_case(Task.case_id, actor, today))
        task = db.session.scalars(found.options(joinedload(Task.owner))).one_or_none()
    if task is None:
        raise NotFound("task")
    return task, db.session.get_one(Case, task.case_id)


def check_awaited(task: Task) -> str | None:
    """The document whose second person's check this open task asks for, while that check is not recorded."""
    if task.check_of_id is None or task.done_on is not None:
        return None
    return db.session.scalar(select(Intervention.reference).where(Intervention.id == task.check_of_id, _check_waits()))


def awaiting_check() -> ColumnElement[bool]:
    """The condition on which a document is joined to the open task that asks for its check."""
    return and_(Intervention.id == Task.check_of_id, Task.done_on.is_(None), _check_waits())


def _check_waits() -> ColumnElement[bool]:
    return and_(
        Intervention.checked_on.is_(None),
        Intervention.signed_at.is_not(None),
        Intervention.entered_in_error_on.is_(None),
    )


def tasks_of(case_id: int) -> Sequence[Any]:
    """Every task of a case, those still to be done first, by the day they are due. `owner` is a name, `check_of` the
    reference of the document whose check it asks for."""
    return db.session.execute(
        select(
            Task.id,
            Task.title,
            Task.owner_id,
            Task.due_on,
            Task.done_on,
            Task.outcome,
            User.name.label("owner"),
            Intervention.reference.label("check_of"),
        )
        .outerjoin(User, User.id == Task.owner_id)
        .outerjoin(Intervention, awaiting_check())
        .where(Task.case_id == case_id)
        .order_by(Task.done_on.is_not(None), Task.done_on.desc(), Task.due_on, Task.id)
    ).all()
