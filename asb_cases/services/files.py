"""Files of a case: taken in, described, attached to one of its records, withheld. Never changed, never deleted.

What is sent is received, hashed and judged before an act begins (adapters/storage.py, adapters/recognition/); the act records
it, and as its last step gives each file its place.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from asb_cases.adapters.storage import Received, Storage
from asb_cases.domain.calendar import local
from asb_cases.domain.case_content import content_for
from asb_cases.domain.errors import gathered
from asb_cases.domain.files import (
    ALL_THERE_ALREADY,
    MOST_AT_ONCE,
    NOT_WITHHELD,
    TOO_MANY,
    WITHHELD_ALREADY,
    FileKind,
    FileMark,
    FileOf,
    media_type_of,
)
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, reason_given
from asb_cases.extensions import db
from asb_cases.models.casework import Attachment, AttachmentLink
from asb_cases.models.file_description import FileDescription, FileMarked
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.file_records import in_case
from asb_cases.queries.files import file_to_work_on, same_bytes_in_case
from asb_cases.queries.not_found import NotFound
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class NewFile:
    """A file that was received and judged: its bytes, the name to show, and what it is."""

    received: Received
    name: str
    kind: FileKind


@dataclass(frozen=True)
class Said:
    """What is said about files. `taken` is the moment, or the day where the time is not known."""

    description: str | None = None
    taken: datetime | date | None = None
    taken_by: str | None = None
    marks: Collection[FileMark] = ()

    @property
    def taken_on(self) -> date | None:
        return local(self.taken).date() if isinstance(self.taken, datetime) else self.taken

    @property
    def taken_at(self) -> datetime | None:
        return self.taken if isinstance(self.taken, datetime) else None


@dataclass(frozen=True)
class About:
    """The record of the case that files belong to."""

    kind: FileOf
    id: int


@dataclass(frozen=True)
class Added:
    """The files taken in by their ids, and the names of those that the case had already."""

    ids: list[int]
    there_already: list[str]


@transaction
def add_files(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    storage: Storage,
    files: Sequence[NewFile],
    said: Said = Said(),
    about: About | None = None,
) -> Added:
    """Take files into a case, and let them belong to one of its records (the case itself, where none is named).

    One that the case has already, byte for byte, is not kept twice: it is only attached to the record. Refused where
    nothing new comes of it.
    """
    actor.check(Permission.ADD_TO_CASE)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    about = about or About(FileOf.CASE, case.id)
    if not in_case(about.kind, about.id, case.id, content_for(actor)):
        raise NotFound("record of the case")
    gathered([
        TOO_MANY.of(count=len(files)) if len(files) > MOST_AT_ONCE else None,
        day_has_come("The day it was taken", said.taken_on, today, "taken_on"),
    ]).raise_if_refused()  # fmt: skip
    known = same_bytes_in_case(case.id, {file.received.sha256 for file in files}, actor)
    there_already = [file.name for file in files if file.received.sha256 in known]
    attached = [file_id for file_id in known.values() if _attach(file_id, case.id, about)]
    new = {file.received.sha256: file for file in files if file.received.sha256 not in known}
    if not new and not attached:
        gathered([ALL_THERE_ALREADY.of(names=", ".join(there_already))]).raise_if_refused()
    rows = [_added(file, said, case.id, about, actor, now) for file in new.values()]
    ids = [row.id for row in rows]
    details = {"attachment_ids": ids, "attached_ids": attached, "to": about.kind.value, "to_id": about.id}
    subject = Subject("attachment", ids[0] if ids else attached[0], case.id)
    record("attachment_added" if ids else "attachment_linked", subject, actor=actor, now=now, details=details)
    for file in new.values():
        storage.keep(file.received)
    return Added(ids, there_already)


@transaction
def describe_file(*, actor: Actor, now: datetime, file_id: int, version: int | None, said: Said) -> None:
    """Say anew what a file shows, when and by whom it was taken, and what is to be minded about it."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    file, case_id = _to_work_on(file_id, actor, today)
    gathered([day_has_come("The day it was taken", said.taken_on, today, "taken_on")]).raise_if_refused()
    row = db.session.get(FileDescription, file.id)
    if row is None:
        row = FileDescription(attachment_id=file.id)
        db.session.add(row)
    else:
        check_version(row, version)
    _say(row, said)
    db.session.execute(delete(FileMarked).where(FileMarked.attachment_id == file.id))
    _mark(file.id, said.marks)
    details = {"marks": sorted(mark.value for mark in said.marks)}
    record("attachment_described", Subject("attachment", file.id, case_id), actor=actor, now=now, details=details)


@transaction
def attach_file(*, actor: Actor, now: datetime, file_id: int, about: About) -> None:
    """Let a file belong to one more record of its case."""
    actor.check(Permission.ADD_TO_CASE)
    today = local(now).date()
    file, case_id = _to_work_on(file_id, actor, today)
    if not in_case(about.kind, about.id, case_id, content_for(actor)):
        raise NotFound("record of the case")
    gathered([None if _attach(file.id, case_id, about) else ALREADY_DONE.at("belongs_to")]).raise_if_refused()
    details = {"to": about.kind.value, "to_id": about.id}
    record("attachment_linked", Subject("attachment", file.id, case_id), actor=actor, now=now, details=details)


@transaction
def withhold_file(*, actor: Actor, now: datetime, file_id: int, reason: str) -> None:
    """Withhold a file: its name, its hash and the reason stay to be seen, and nobody opens it who may not withhold."""
    actor.check(Permission.WITHHOLD)
    today = local(now).date()
    file, case_id = _to_work_on(file_id, actor, today)
    gathered([
        WITHHELD_ALREADY if file.withheld_on else None,
        reason_given("Withholding a file", reason),
    ]).raise_if_refused()  # fmt: skip
    file.withheld_on, file.withheld_because = today, reason.strip()
    record("attachment_withheld", Subject("attachment", file.id, case_id), actor=actor, now=now, reason=reason)


@transaction
def release_file(*, actor: Actor, now: datetime, file_id: int, reason: str) -> None:
    """Let everybody who sees the case open the file again. That it was withheld stays in the history."""
    actor.check(Permission.WITHHOLD)
    file, case_id = _to_work_on(file_id, actor, local(now).date())
    gathered([
        None if file.withheld_on else NOT_WITHHELD,
        reason_given("Releasing a file", reason),
    ]).raise_if_refused()  # fmt: skip
    file.withheld_on = file.withheld_because = None
    record("attachment_released", Subject("attachment", file.id, case_id), actor=actor, now=now, reason=reason)


def _to_work_on(file_id: int, actor: Actor, today: date) -> tuple[Attachment, int]:
    """The file, read again behind the lock on its case."""
    _file, case_id = file_to_work_on(file_id, actor=actor, today=today)
    case_to_work_on(case_id, actor=actor, today=today)
    return file_to_work_on(file_id, actor=actor, today=today)


def _added(file: NewFile, said: Said, case_id: int, about: About, actor: Actor, now: datetime) -> Attachment:
    row = Attachment(
        sha256=file.received.sha256,
        size_bytes=file.received.size,
        media_type=media_type_of(file.kind, file.name),
        name=file.name,
        received_at=now,
        received_by_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    description = FileDescription(attachment_id=row.id)
    _say(description, said)
    db.session.add(description)
    _mark(row.id, said.marks)
    _attach(row.id, case_id, about)
    return row


def _say(row: FileDescription, said: Said) -> None:
    row.description = (said.description or "").strip() or None
    row.taken_on, row.taken_at = said.taken_on, said.taken_at
    row.taken_by = (said.taken_by or "").strip() or None


def _mark(file_id: int, marks: Collection[FileMark]) -> None:
    db.session.add_all(FileMarked(attachment_id=file_id, mark=mark) for mark in sorted(set(marks)))


def _attach(file_id: int, case_id: int, about: About) -> bool:
    """Let a file belong to a record. Returns whether it did not before."""
    known = db.session.scalar(
        select(AttachmentLink.id).where(
            AttachmentLink.attachment_id == file_id,
            AttachmentLink.entity_kind == about.kind.value,
            AttachmentLink.entity_id == about.id,
        )
    )
    if known is not None:
        return False
    db.session.add(
        AttachmentLink(attachment_id=file_id, case_id=case_id, entity_kind=about.kind.value, entity_id=about.id)
    )
    db.session.flush()
    return True
