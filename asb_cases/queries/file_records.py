"""The records that a file may belong to: the case itself, a complaint, a contact, a step, an alleged breach, a service."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, cast, exists, func, literal, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from asb_cases.domain.calendar import local
from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.files import FileOf
from asb_cases.extensions import UtcDateTime, db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.casework import AttachmentLink, ContactEntry
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention
from asb_cases.models.service import Service
from asb_cases.queries.visibility import of_complete_imports

#: So many records are offered to choose from: the latest.
MOST_OFFERED = 200


@dataclass(frozen=True)
class Belonging:
    """A record that a file belongs to: its kind and id; the reference and power of the step that it is or hangs on; a code
    that tells it from others (a channel, a way of service), and its day."""

    kind: FileOf
    id: int
    reference: str | None = None
    power: str | None = None
    code: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class _Source:
    """Where one kind of record stands: its columns, the column of its id and that of its case."""

    columns: Select[*tuple[Any, ...]]
    id: InstrumentedAttribute[int]
    case_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


def _columns(
    kind: FileOf,
    row_id: Any,
    *,
    reference: Any = None,
    power: Any = None,
    code: Any = None,
    day: Any = None,
    at: Any = None,
) -> Select[*tuple[Any, ...]]:
    def words(column: Any) -> ColumnElement[Any]:
        return cast(null() if column is None else column, String)

    return select(
        literal(kind.value).label("kind"),
        row_id.label("id"),
        words(reference).label("reference"),
        words(power).label("power"),
        words(code).label("code"),
        cast(null(), Date).label("day") if day is None else day.label("day"),
        cast(null(), UtcDateTime).label("at") if at is None else at.label("at"),
    )


_SOURCES: dict[FileOf, _Source] = {
    FileOf.COMPLAINT: _Source(
        _columns(
            FileOf.COMPLAINT, Complaint.id, reference=Complaint.reference, code=Complaint.channel, day=Complaint.made_on
        ).where(of_complete_imports(Complaint)),
        Complaint.id,
        Complaint.case_id,
    ),
    FileOf.CONTACT: _Source(
        _columns(FileOf.CONTACT, ContactEntry.id, code=ContactEntry.channel, at=ContactEntry.at).where(
            of_complete_imports(ContactEntry)
        ),
        ContactEntry.id,
        ContactEntry.case_id,
    ),
    FileOf.INTERVENTION: _Source(
        _columns(
            FileOf.INTERVENTION, Intervention.id, reference=Intervention.reference, power=Intervention.power,
            day=Intervention.issued_on,
        ).where(of_complete_imports(Intervention)),
        Intervention.id,
        Intervention.case_id,
    ),
    FileOf.BREACH: _Source(
        _columns(
            FileOf.BREACH, AllegedBreach.id, reference=Intervention.reference, power=Intervention.power,
            day=AllegedBreach.from_on,
        )
        .join(Intervention, Intervention.id == AllegedBreach.intervention_id)
        .where(of_complete_imports(AllegedBreach)),
        AllegedBreach.id,
        Intervention.case_id,
    ),
    FileOf.SERVICE: _Source(
        _columns(
            FileOf.SERVICE, Service.id, reference=Intervention.reference, power=Intervention.power, code=Service.method,
            day=func.coalesce(Service.given_on, Service.sent_on),
        )
        .join(Intervention, Intervention.id == Service.intervention_id)
        .where(of_complete_imports(Service)),
        Service.id,
        Intervention.case_id,
    ),
}  # fmt: skip


def shown_kinds(content: CaseContent) -> list[FileOf]:
    """The kinds of record, besides the case itself, that the reader is shown."""
    kinds = []
    if content.complaints:
        kinds.append(FileOf.COMPLAINT)
    if content.internal_notes:
        kinds.append(FileOf.CONTACT)
    if content.interventions:
        kinds += [FileOf.INTERVENTION, FileOf.BREACH, FileOf.SERVICE]
    return kinds


def belongings_of(file_ids: Sequence[int], content: CaseContent) -> Mapping[int, list[Belonging]]:
    """What each file belongs to, as far as the reader is shown it, in the order in which it was said. Two queries."""
    links = db.session.execute(
        select(AttachmentLink.attachment_id, AttachmentLink.entity_kind, AttachmentLink.entity_id)
        .where(AttachmentLink.attachment_id.in_(file_ids))
        .order_by(AttachmentLink.id)
    ).all()
    ids: dict[str, set[int]] = defaultdict(set)
    for _file, kind, row_id in links:
        ids[kind].add(row_id)
    named = {
        (each.kind.value, each.id): each
        for each in _read([
            _SOURCES[kind].columns.where(_SOURCES[kind].id.in_(ids[kind]), _still_of_case(kind, file_ids))
            for kind in shown_kinds(content) if ids[kind]
        ])
    }  # fmt: skip
    found: dict[int, list[Belonging]] = defaultdict(list)
    for file_id, kind, row_id in links:
        if kind == FileOf.CASE:
            found[file_id].append(Belonging(FileOf.CASE, row_id))
        elif (kind, row_id) in named:
            found[file_id].append(named[kind, row_id])
    return found


def _still_of_case(kind: FileOf, file_ids: Sequence[int]) -> ColumnElement[bool]:
    """That a record is of the case that the file is in: a complaint that was moved to another case is for those who see
    that."""
    source = _SOURCES[kind]
    return exists().where(
        AttachmentLink.attachment_id.in_(file_ids),
        AttachmentLink.entity_kind == kind.value,
        AttachmentLink.entity_id == source.id,
        AttachmentLink.case_id == source.case_id,
    )


def records_offered(case_id: int, content: CaseContent) -> list[Belonging]:
    """The records of a case that a file may belong to, the latest first; the case itself is none of them. One query."""
    found = _read([
        _SOURCES[kind].columns.where(_SOURCES[kind].case_id == case_id).order_by(_SOURCES[kind].id.desc())
        .limit(MOST_OFFERED)
        for kind in shown_kinds(content)
    ])  # fmt: skip
    return sorted(found, key=lambda each: (each.day or date.max, each.id), reverse=True)


def in_case(kind: FileOf, row_id: int, case_id: int, content: CaseContent) -> bool:
    """Whether a record is the case, or one of its records that the reader is shown."""
    if kind is FileOf.CASE:
        return row_id == case_id
    if kind not in shown_kinds(content):
        return False
    source = _SOURCES[kind]
    return bool(_read([source.columns.where(source.id == row_id, source.case_id == case_id)]))


def _read(selects: Sequence[Select[*tuple[Any, ...]]]) -> list[Belonging]:
    if not selects:
        return []
    rows = db.session.execute(union_all(*(select(each.subquery()) for each in selects)))
    return [
        Belonging(
            FileOf(row.kind), row.id, row.reference, row.power, row.code, local(row.at).date() if row.at else row.day
        )
        for row in rows
    ]
