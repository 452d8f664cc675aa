"""What officers keep on a case: contacts, notes and tasks."""

from datetime import date, datetime

from sqlalchemy import select

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.domain.record_keeping import (
    ALREADY_CORRECTED,
    ALREADY_DONE,
    day_has_come,
    days_in_order,
    words_given,
)
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.casework import ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import parts_in_case
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: Those to whom a first response is owed.
OWED_A_RESPONSE = {Part.COMPLAINANT, Part.VICTIM}


@transaction
def add_contact(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    channel: Channel,
    direction: Direction,
    told: str,
    at: datetime | None = None,
    person_id: int | None = None,
) -> int:
    """Record a contact with somebody. Returns the id.

    One that we made with a complainant or victim (or with nobody named) is the first response and the acknowledgement
    still owed: those clocks are met, or missed where it came late.
    """
    actor.check(Permission.ADD_TO_CASE)
    today, at = local(now).date(), at or now
    case = case_to_work_on(case_id, actor=actor, today=today)
    parts = parts_in_case(case.id, person_id) if person_id is not None else OWED_A_RESPONSE
    if not parts:
        raise NotFound("person in the case")
    gathered([
        words_given("What was said", told, "told"),
        day_has_come("The day of the contact", local(at).date(), today, "at"),
    ]).raise_if_refused()  # fmt: skip
    contact = ContactEntry(
        case_id=case.id,
        person_id=person_id,
        at=at,
        channel=channel,
        direction=direction,
        told=told.strip(),
        author_id=actor.user_id,
    )
    db.session.add(contact)
    db.session.flush()
    if direction is Direction.OUT and parts & OWED_A_RESPONSE:
        owed = (*RESPONSE_CLOCKS.values(), "acknowledge")
        deadlines.meet(*owed, of=Links(case_id=case.id), at=at, because="Contact made")
    index("contact_entry", contact.id, case.id, contact.told)
    about = Subject("contact_entry", contact.id, case.id)
    record("contact_recorded", about, actor=actor, now=now, details={"direction": direction.value})
    return contact.id


@transaction
def add_note(*, actor: Actor, now: datetime, case_id: int, text: str, kind: NoteKind = NoteKind.INTERNAL) -> int:
    """Add a note to a case. A partner's is always part of the record. Returns the id."""
    actor.check(Permission.ADD_TO_CASE)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    kind = NoteKind.RECORD if actor.role is Role.PARTNER else kind
    note = _written(case.id, text, kind, actor, now)
    record("note_added", Subject("note", note.id, case.id), actor=actor, now=now, details={"kind": kind.value})
    return note.id


@transaction
def correct_note(*, actor: Actor, now: datetime, note_id: int, text: str) -> int:
    """Write a note that takes the place of another, which stays to be read beneath it. Returns the new one's id."""
    actor.check(Permission.WORK_CASES)
    note = db.session.get(Note, note_id)
    if note is None:
        raise NotFound("note")
    case = case_to_work_on(note.case_id, actor=actor, today=local(now).date())
    later = db.session.scalar(select(Note.id).where(Note.corrects_id == note.id))
    gathered([ALREADY_CORRECTED if later else None]).raise_if_refused()
    correction = _written(case.id, text, note.kind, actor, now, corrects_id=note.id)
    about = Subject("note", correction.id, case.id)
    record("note_corrected", about, actor=actor, now=now, details={"corrects_id": note.id})
    return correction.id


@transaction
def add_task(
    *, actor: Actor, now: datetime, case_id: int, title: str, due_on: date, owner_id: int | None = None
) -> int:
    """Ask somebody (the actor, if nobody is named) to do something on a case by a day. Returns the id."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([
        words_given("What is to be done", title, "title"),
        days_in_order(("today", today), ("The day it is due", due_on), "due_on"),
    ]).raise_if_refused()  # fmt: skip
    task = Task(
        case_id=case.id, title=title.strip(), owner_id=owner_id or actor.user_id, created_on=today, due_on=due_on
    )
    db.session.add(task)
    db.session.flush()
    about = Subject("task", task.id, case.id)
    record("task_added", about, actor=actor, now=now, details={"owner_id": task.owner_id})
    return task.id


@transaction
def finish_task(
    *, actor: Actor, now: datetime, task_id: int, outcome: str | None = None, version: int | None = None
) -> None:
    """Record that a task is done, and what came of it."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    task = db.session.get(Task, task_id)
    if task is None:
        raise NotFound("task")
    case = case_to_work_on(task.case_id, actor=actor, today=today)
    check_version(task, version)
    gathered([ALREADY_DONE if task.done_on else None]).raise_if_refused()
    task.done_on, task.outcome = today, outcome or None
    record("task_done", Subject("task", task.id, case.id), actor=actor, now=now)


def _written(
    case_id: int, text: str, kind: NoteKind, actor: Actor, now: datetime, corrects_id: int | None = None
) -> Note:
    gathered([words_given("The note", text, "text")]).raise_if_refused()
    note = Note(
        case_id=case_id,
        kind=kind,
        text=text.strip(),
        written_at=now,
        author_id=actor.user_id,
        corrects_id=corrects_id,
    )
    db.session.add(note)
    db.session.flush()
    index("note", note.id, case_id, note.text)
    return note
