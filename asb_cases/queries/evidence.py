"""What of a case may be named as evidence: incidents, complaints, contacts, notes and files, the latest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.calendar import local
from asb_cases.domain.draft_content import Evidence
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import BreachEvidence
from asb_cases.models.casework import Attachment, AttachmentLink, ContactEntry, Note
from asb_cases.models.complaint import Complaint
from asb_cases.models.incident import Incident
from asb_cases.models.intervention import InterventionEvidence
from asb_cases.queries.visibility import of_complete_imports

#: What tells a reader which record evidence is: its reference, or its day.
NAMED_BY = (
    Complaint.reference.label("complaint"),
    Note.written_at.label("noted_at"),
    ContactEntry.at.label("contact_at"),
    ContactEntry.channel,
    Attachment.received_at,
)

#: The latest of each kind; what is older and not picked already can be described in words.
OFFERED = 20


@dataclass(frozen=True)
class Record:
    """A record of the case. `kind` names the column by which evidence refers to it, without its `_id`; `code` is its
    channel, direction or kind of note."""

    kind: str
    id: int
    on: date
    text: str
    reference: str | None = None
    code: str | None = None


def with_records(
    query: Select[*tuple[Any, ...]], evidence: type[InterventionEvidence] | type[BreachEvidence]
) -> Select[*tuple[Any, ...]]:
    """A query of evidence with the records that `NAMED_BY` is read from."""
    return (
        query.outerjoin(Complaint, Complaint.id == evidence.complaint_id)
        .outerjoin(Note, Note.id == evidence.note_id)
        .outerjoin(ContactEntry, ContactEntry.id == evidence.contact_entry_id)
        .outerjoin(Attachment, Attachment.id == evidence.attachment_id)
    )


def evidence_offered(case_id: int, picked: Iterable[Evidence] = ()) -> list[Record]:
    """What may be picked, and what is picked already."""
    picked = list(picked)
    found = [
        *_incidents(case_id, [each.incident_id for each in picked]),
        *_complaints(case_id, [each.complaint_id for each in picked]),
        *_contacts(case_id, [each.contact_entry_id for each in picked]),
        *_notes(case_id, [each.note_id for each in picked]),
        *_files(case_id, [each.attachment_id for each in picked]),
    ]
    return sorted(found, key=lambda record: (record.on, record.kind, record.id), reverse=True)


def _incidents(case_id: int, picked: Sequence[int | None]) -> list[Record]:
    query = select(Incident).where(Incident.case_id == case_id, Incident.entered_in_error_on.is_(None))
    rows = _latest(query, Incident.happened_on, Incident.id, picked)
    return [
        Record("incident", row.id, row.happened_on, row.seen, code="evidence" if row.evidence else None) for row in rows
    ]


def _complaints(case_id: int, picked: Sequence[int | None]) -> list[Record]:
    query = select(Complaint).where(
        Complaint.case_id == case_id, Complaint.entered_in_error_on.is_(None), of_complete_imports(Complaint)
    )
    rows = _latest(query, Complaint.made_on, Complaint.id, picked)
    return [Record("complaint", row.id, row.made_on, row.description or "", row.reference) for row in rows]


def _contacts(case_id: int, picked: Sequence[int | None]) -> list[Record]:
    query = select(ContactEntry).where(ContactEntry.case_id == case_id, of_complete_imports(ContactEntry))
    rows = _latest(query, ContactEntry.at, ContactEntry.id, picked)
    return [Record("contact_entry", row.id, local(row.at).date(), row.told, code=row.channel.value) for row in rows]


def _notes(case_id: int, picked: Sequence[int | None]) -> list[Record]:
    """Neither those that a later one corrects, nor those that are withheld."""
    later = aliased(Note)
    query = select(Note).where(
        Note.case_id == case_id,
        Note.withheld_on.is_(None),
        ~exists().where(later.corrects_id == Note.id),
        of_complete_imports(Note),
    )
    rows = _latest(query, Note.written_at, Note.id, picked)
    return [Record("note", row.id, local(row.written_at).date(), row.text, code=row.kind.value) for row in rows]


def _files(case_id: int, picked: Sequence[int | None]) -> list[Record]:
    of_case = exists().where(AttachmentLink.attachment_id == Attachment.id, AttachmentLink.case_id == case_id)
    query = select(Attachment).where(of_case, Attachment.withheld_on.is_(None))
    rows = _latest(query, Attachment.received_at, Attachment.id, picked)
    return [Record("attachment", row.id, local(row.received_at).date(), row.name) for row in rows]


def _latest(query: Any, by: Any, id_: Any, picked: Sequence[int | None]) -> Sequence[Any]:
    ids = [each for each in picked if each is not None]
    newest = query.with_only_columns(id_).order_by(by.desc(), id_.desc()).limit(OFFERED).correlate(None)
    return db.session.scalars(query.where(or_(id_.in_(newest), id_.in_(ids)))).all()
