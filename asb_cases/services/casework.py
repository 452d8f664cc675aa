"""What officers keep on a case: contacts, notes and tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from asb_cases.domain.calendar import local
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import OWED_AN_ANSWER
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.domain.record_keeping import (
    ALREADY_CORRECTED,
    ALREADY_DONE,
    ALREADY_WITHHELD,
    DONE_BY_CHECKING,
    NOTE_WITHHELD,
    day_has_come,
    days_in_order,
    moment_has_come,
    reason_given,
    words_given,
)
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.models.deadline import Deadline
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.casework import check_awaited, corrected_by
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people import parts_in_case
from asb_cases.queries.response_pauses import open_pause
from asb_cases.services import deadlines
from asb_cases.services.case_owners import check_works_cases
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.response_clock import run_again
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version
from asb_cases.services.victim_updates import update_given


@dataclass(frozen=True)
class ContactMade:
    """What recording a contact did: the clocks that it met or was too late for, and whether the wait for the person who
    reported is over."""

    id: int
    answered: tuple[Deadline, ...] = ()
    resumed: bool = False


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
    somebody_else: bool = False,
    reached: bool = True,
) -> ContactMade:
    """Record a contact with somebody, or that it was tried.

    One that we made with a complainant or victim is the first response and the acknowledgement still owed: those clocks
    are met, or missed where it came late. One that they made ends a wait for them. Where nobody is named it was whoever
    reported, unless it was `somebody_else`.
    """
    actor.check(Permission.ADD_TO_CASE)
    at = at or now
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    parts = set(OWED_AN_ANSWER) if not somebody_else else set()
    if person_id is not None and not (parts := parts_in_case(case.id, person_id)):
        raise NotFound("person in the case")
    gathered([
        words_given("What was said", told, "told"),
        day_has_come("The day of the contact", local(at).date(), local(now).date(), "at"),
        moment_has_come("The time of the contact", at, now, "at_time"),
    ]).raise_if_refused()  # fmt: skip
    contact = ContactEntry(
        case_id=case.id,
        person_id=person_id,
        at=at,
        channel=channel,
        direction=direction,
        told=told.strip(),
        reached=reached,
        author_id=actor.user_id,
    )
    db.session.add(contact)
    db.session.flush()
    made = ContactMade(contact.id)
    if reached and parts & OWED_AN_ANSWER:
        made = _settled(case, contact)
    index("contact_entry", contact.id, case.id, contact.told)
    about = Subject("contact_entry", contact.id, case.id)
    details = {"direction": direction.value, "channel": channel.value, "reached": reached}
    record("contact_recorded", about, actor=actor, now=now, details=details)
    return made


def _settled(case: Case, contact: ContactEntry) -> ContactMade:
    """What is settled once we and the person who reported have spoken."""
    pause = open_pause(case.id)
    # What they told us before we began to wait for them is not what we waited for.
    over = pause is not None and (contact.direction is Direction.OUT or contact.at >= pause.began_at)
    if over:
        run_again(case, contact.at)
    if contact.direction is Direction.IN:
        return ContactMade(contact.id, resumed=over)
    owed = (*RESPONSE_CLOCKS.values(), "acknowledge")
    answered = deadlines.meet(*owed, of=Links(case_id=case.id), at=contact.at, because="Contact made")
    update_given(case, contact.at)
    return ContactMade(contact.id, tuple(answered), resumed=over)


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
def correct_note(*, actor: Actor, now: datetime, note_id: int, text: str, reason: str) -> int:
    """Write a note that takes the place of another, which stays to be read beneath it. Returns the new one's id."""
    actor.check(Permission.WORK_CASES)
    note, case = _note_to_work_on(note_id, actor, now)
    later = db.session.scalar(select(Note.id).where(Note.corrects_id == note.id))
    gathered([
        ALREADY_CORRECTED if later else None,
        NOTE_WITHHELD if note.withheld_on else None,
        reason_given("Correcting a note", reason),
    ]).raise_if_refused()  # fmt: skip
    correction = _written(case.id, text, note.kind, actor, now, corrects=note, because=reason)
    about = Subject("note", correction.id, case.id)
    record("note_corrected", about, actor=actor, now=now, details={"corrects_id": note.id}, reason=reason)
    return correction.id


@transaction
def withhold_note(*, actor: Actor, now: datetime, note_id: int, reason: str) -> None:
    """Hide the words of a note, and those that it corrected, from everybody but those who may do this. Nothing is
    deleted, and the reason is read by all who would have read the note."""
    actor.check(Permission.CORRECT_RECORDS)
    note, case = _note_to_work_on(note_id, actor, now)
    gathered([
        ALREADY_WITHHELD if note.withheld_on else None,
        reason_given("Withholding a note", reason),
    ]).raise_if_refused()  # fmt: skip
    for each in corrected_by(note):
        if each.withheld_on is None:
            each.withheld_on, each.withheld_because = local(now).date(), reason.strip()
            index("note", each.id, case.id)
    record("note_withheld", Subject("note", note.id, case.id), actor=actor, now=now, reason=reason)


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
    owner_id = owner_id or actor.user_id
    check_works_cases(owner_id, "owner_id")
    task = Task(case_id=case.id, title=title.strip(), owner_id=owner_id, created_on=today, due_on=due_on)
    db.session.add(task)
    db.session.flush()
    about = Subject("task", task.id, case.id)
    record("task_added", about, actor=actor, now=now, details={"owner_id": task.owner_id})
    return task.id


@transaction
def change_task(
    *,
    actor: Actor,
    now: datetime,
    task_id: int,
    owner_id: int | None,
    due_on: date,
    reason: str,
    version: int | None = None,
) -> None:
    """Give a task to somebody else, or move the day it is due, and say why."""
    actor.check(Permission.WORK_CASES)
    task, case = _task_to_work_on(task_id, actor, now)
    check_version(task, version)
    before = {"from_owner_id": task.owner_id, "from_due_on": task.due_on.isoformat()}
    gathered([
        ALREADY_DONE if task.done_on else None,
        days_in_order(("the task was added", task.created_on), ("The day it is due", due_on), "due_on"),
        reason_given("Giving a task to somebody else or moving its day", reason),
    ]).raise_if_refused()  # fmt: skip
    if owner_id != task.owner_id:
        check_works_cases(owner_id, "owner_id")
    task.owner_id, task.due_on = owner_id, due_on
    about, details = Subject("task", task.id, case.id), {**before, "owner_id": owner_id, "due_on": due_on.isoformat()}
    record("task_changed", about, actor=actor, now=now, details=details, reason=reason)


@transaction
def finish_task(
    *, actor: Actor, now: datetime, task_id: int, outcome: str | None = None, version: int | None = None
) -> None:
    """Record that a task is done, and what came of it."""
    actor.check(Permission.WORK_CASES)
    task, case = _task_to_work_on(task_id, actor, now)
    check_version(task, version)
    awaited = check_awaited(task)
    gathered([
        ALREADY_DONE if task.done_on else None,
        DONE_BY_CHECKING.of(reference=awaited) if awaited else None,
    ]).raise_if_refused()  # fmt: skip
    task.done_on, task.outcome = local(now).date(), outcome or None
    record("task_done", Subject("task", task.id, case.id), actor=actor, now=now)


def _note_to_work_on(note_id: int, actor: Actor, now: datetime) -> tuple[Note, Case]:
    note = db.session.get(Note, note_id)
    if note is None:
        raise NotFound("note")
    case = case_to_work_on(note.case_id, actor=actor, today=local(now).date())
    db.session.refresh(note)  # it may have been withheld while the lock on its case was waited for
    return note, case


def _task_to_work_on(task_id: int, actor: Actor, now: datetime) -> tuple[Task, Case]:
    task = db.session.get(Task, task_id)
    if task is None:
        raise NotFound("task")
    return task, case_to_work_on(task.case_id, actor=actor, today=local(now).date())


def _written(
    case_id: int,
    text: str,
    kind: NoteKind,
    actor: Actor,
    now: datetime,
    corrects: Note | None = None,
    because: str | None = None,
) -> Note:
    gathered([words_given("The note", text, "text")]).raise_if_refused()
    note = Note(
        case_id=case_id,
        kind=kind,
        text=text.strip(),
        written_at=now,
        author_id=actor.user_id,
        corrects_id=corrects.id if corrects else None,
        corrected_because=because and because.strip(),
    )
    db.session.add(note)
    db.session.flush()
    index("note", note.id, case_id, note.text)
    return note
