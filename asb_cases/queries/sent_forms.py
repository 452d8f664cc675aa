"""What became of a form that was sent."""

from dataclasses import dataclass

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import HistoryEntry, SentForm
from asb_cases.models.intervention import Intervention

#: Kinds of record with a page of their own, and where their reference stands.
_REFERENCES = {
    "case": Case.reference,
    "complaint": Complaint.reference,
    "intervention": Intervention.reference,
    "case_review": CaseReview.reference,
}


@dataclass(frozen=True)
class Outcome:
    """The record that the act was about, and its case: by kind and id, and by reference where they have one."""

    kind: str
    id: int | None
    reference: str | None
    case_reference: str | None


def outcome_of_form(form_key: str) -> Outcome | None:
    """What was done with the form of this key; None where nothing was."""
    found = db.session.execute(
        select(HistoryEntry.entity_kind, HistoryEntry.entity_id, HistoryEntry.case_id)
        .join(SentForm, SentForm.history_id == HistoryEntry.id)
        .where(SentForm.form_key == form_key)
    ).one_or_none()
    if found is None:
        return None
    kind, entity_id, case_id = found
    return Outcome(kind, entity_id, _reference(kind, entity_id), _reference("case", case_id))


def _reference(kind: str, entity_id: int | None) -> str | None:
    column = _REFERENCES.get(kind)
    if column is None or entity_id is None:
        return None
    reference: str | None = db.session.scalar(select(column).where(column.class_.id == entity_id))
    return reference
