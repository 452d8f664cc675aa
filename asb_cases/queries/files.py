"""Files of a case, for whoever may see them: who sees the case, and of a partner's people those that their own body added.

A withheld file is still there to be seen by its name and the reason; its bytes are for those alone who may withhold.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true, union
from sqlalchemy.orm import aliased

from asb_cases.domain.case_content import content_for
from asb_cases.domain.files import FileMark, FileOf
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import BreachEvidence
from asb_cases.models.annual_report import AnnualReportAppendix, AnnualReportOutput
from asb_cases.models.case import Case
from asb_cases.models.casework import Attachment, AttachmentLink
from asb_cases.models.file_description import FileDescription, FileMarked
from asb_cases.models.intervention import InterventionEvidence
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.file_records import Belonging, belongings_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.paging import STATEMENTS, Order, Page, Place, read_page
from asb_cases.queries.visibility import ACTORS_AT_ONCE, of_visible_case

NEWEST = Order(lambda attachment: (attachment.received_at,), descending=True)

#: What names a kept file by its hash.
KEPT = (Attachment.sha256, AnnualReportAppendix.sha256, AnnualReportOutput.sha256)


@dataclass(frozen=True)
class FileShown:
    """A file, what is said about it, and what it belongs to. `facts` has the columns that `_columns` names."""

    facts: Any
    marks: Sequence[FileMark]
    belongs_to: Sequence[Belonging]
    may_open: bool


@lru_cache(maxsize=ACTORS_AT_ONCE)
def files_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Attachment` under which the actor is shown that it is there."""
    if not actor.may(Permission.SEE_FILES):
        return false()
    of_case = exists().where(
        AttachmentLink.attachment_id == Attachment.id, of_visible_case(AttachmentLink.case_id, actor, today)
    )
    return and_(of_case, added_by_own_body(actor))


def added_by_own_body(actor: Actor) -> ColumnElement[bool]:
    """Everybody's, but for a partner, who is shown what people of their own body added."""
    content = content_for(actor)
    if content.files:
        return true()
    if not content.words or actor.body_id is None:
        return false()
    return Attachment.received_by_id.in_(select(User.id).where(User.partner_body_id == actor.body_id))


def files_page(actor: Actor, today: date, case_id: int, place: Place | None) -> tuple[Page, list[FileShown]]:
    """One page of a case's files, the newest first. Three queries, and one for each kind of record they belong to."""
    page = read_page(_listed(actor, today, case_id), Attachment, NEWEST, place)
    return page, _shown(page.rows, actor)


@lru_cache(maxsize=STATEMENTS)
def _listed(actor: Actor, today: date, case_id: int) -> Select[*tuple[Any, ...]]:
    of_case = exists().where(AttachmentLink.attachment_id == Attachment.id, AttachmentLink.case_id == case_id)
    return _columns().where(of_case, files_visible_to(actor, today))


def file_shown(actor: Actor, file_id: int, today: date) -> FileShown:
    """One file with all that is said about it. Raises `NotFound`."""
    row = db.session.execute(_columns().where(Attachment.id == file_id, files_visible_to(actor, today))).one_or_none()
    if row is None:
        raise NotFound("file")
    return _shown([row], actor)[0]


def _columns() -> Select[*tuple[Any, ...]]:
    receiver = aliased(User)
    case_of = (
        select(func.min(AttachmentLink.case_id))
        .where(AttachmentLink.attachment_id == Attachment.id)
        .correlate(Attachment)
        .scalar_subquery()
    )
    return (
        select(
            *Attachment.__table__.columns,
            FileDescription.description,
            FileDescription.taken_on,
            FileDescription.taken_at,
            FileDescription.taken_by,
            FileDescription.version,
            receiver.name.label("receiver"),
            Case.id.label("case_id"),
            Case.reference.label("case_reference"),
        )
        .outerjoin(FileDescription, FileDescription.attachment_id == Attachment.id)
        .outerjoin(receiver, receiver.id == Attachment.received_by_id)
        .join(Case, Case.id == case_of)
    )


def _shown(rows: Iterable[Any], actor: Actor) -> list[FileShown]:
    found = list(rows)
    ids = [row.id for row in found]
    marks: dict[int, list[FileMark]] = defaultdict(list)
    for file_id, mark in db.session.execute(
        select(FileMarked.attachment_id, FileMarked.mark).where(FileMarked.attachment_id.in_(ids))
    ):
        marks[file_id].append(mark)
    belongings = belongings_of(ids, content_for(actor))
    order = list(FileMark)
    return [
        FileShown(
            facts=row,
            marks=sorted(marks[row.id], key=order.index),
            belongs_to=belongings[row.id],
            may_open=row.withheld_on is None or actor.may(Permission.WITHHOLD),
        )
        for row in found
    ]


def file_to_work_on(file_id: int, *, actor: Actor, today: date) -> tuple[Attachment, int]:
    """A file for an act, and the id of its case, whose row the act locks. Raises `NotFound`."""
    case_id = (
        select(func.min(AttachmentLink.case_id))
        .where(AttachmentLink.attachment_id == Attachment.id)
        .correlate(Attachment)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Attachment, case_id)
        .where(Attachment.id == file_id, files_visible_to(actor, today))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("file")
    return row[0], row[1]


def same_bytes_in_case(case_id: int, hashes: Iterable[str], actor: Actor) -> dict[str, int]:
    """Of these hashes those that a file of the case has which the actor is shown, each with the first such file. Nobody
    comes to know what others have by sending it."""
    found = db.session.execute(
        select(Attachment.sha256, func.min(Attachment.id))
        .join(AttachmentLink, AttachmentLink.attachment_id == Attachment.id)
        .where(AttachmentLink.case_id == case_id, Attachment.sha256.in_(list(hashes)), added_by_own_body(actor))
        .group_by(Attachment.sha256)
    )
    return {row[0]: row[1] for row in found}


def files_of_complaint_alone(complaint_id: int) -> list[int]:
    """The files that belong to a complaint and to nothing else, and are named nowhere as evidence or as proof: they go where
    it goes."""
    other = aliased(AttachmentLink)
    of_it = and_(AttachmentLink.entity_kind == FileOf.COMPLAINT.value, AttachmentLink.entity_id == complaint_id)
    named = [
        exists().where(column == AttachmentLink.attachment_id)
        for column in (InterventionEvidence.attachment_id, BreachEvidence.attachment_id, Service.proof_id)
    ]
    besides = exists().where(other.attachment_id == AttachmentLink.attachment_id, other.id != AttachmentLink.id)
    return list(db.session.scalars(select(AttachmentLink.attachment_id).where(of_it, ~besides, ~or_(*named))))


def hashes_on_record(after: str, size: int) -> list[str]:
    """Every hash that a file on record has, in order, a piece at a time: those after one."""
    kept = [select(column.label("sha256")).where(column > after) for column in KEPT]
    hashes = union(*kept).subquery()
    return list(db.session.scalars(select(hashes.c.sha256).order_by(hashes.c.sha256).limit(size)))
