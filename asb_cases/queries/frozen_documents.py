"""Documents as they left, for whoever may see what they hang on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.frozen_document import FrozenDocument
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import (
    case_reviews_visible_to,
    complaints_visible_to,
    interventions_visible_to,
    of_visible_case,
)

#: Who may read letters and notices about an intervention.
READERS = (Permission.DRAFT, Permission.AUTHORISE)


def frozen_of_intervention(intervention_id: int, kind: str | None = None) -> Sequence[Any]:
    """Those of an intervention, the latest first. Whoever asks has been shown the intervention."""
    query = _listed().where(FrozenDocument.intervention_id == intervention_id)
    return db.session.execute(query.where(FrozenDocument.kind == kind) if kind else query).all()


def frozen_of_case(actor: Actor, case_id: int, today: date) -> Sequence[Any]:
    """All those of a case that the actor may read, the latest first; with those of its complaints."""
    of_case = or_(FrozenDocument.case_id == case_id, Complaint.case_id == case_id)
    return db.session.execute(_listed().where(of_case, _readable_by(actor, today))).all()


def frozen_of_case_review(case_review_id: int) -> Sequence[Any]:
    """Those of an application for a case review, the latest first. Whoever asks has been shown the application."""
    return db.session.execute(_listed().where(FrozenDocument.case_review_id == case_review_id)).all()


def frozen_document(actor: Actor, document_id: int, today: date) -> Any:
    """One of them. Raises `NotFound`."""
    query = _listed().where(FrozenDocument.id == document_id, _readable_by(actor, today))
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFound("document")
    return row


def frozen_hashes_on_record(after: str, size: int) -> list[str]:
    """Every hash that a frozen document has, in order, a piece at a time: those after one."""
    query = select(FrozenDocument.sha256).where(FrozenDocument.sha256 > after).distinct()
    return list(db.session.scalars(query.order_by(FrozenDocument.sha256).limit(size)))


def frozen_with_hash(sha256: str) -> list[int]:
    """The frozen documents whose bytes have this hash."""
    return list(db.session.scalars(select(FrozenDocument.id).where(FrozenDocument.sha256 == sha256)))


def _listed() -> Select[*tuple[Any, ...]]:
    columns = (each for each in FrozenDocument.__table__.columns if each.name != "data")
    return (
        select(
            *columns,
            User.name.label("made_by"),
            Intervention.reference.label("reference"),
            Case.reference.label("case_reference"),
        )
        .outerjoin(User, User.id == FrozenDocument.made_by_id)
        .outerjoin(Intervention, Intervention.id == FrozenDocument.intervention_id)
        .outerjoin(Case, Case.id == FrozenDocument.case_id)
        .outerjoin(Complaint, Complaint.id == FrozenDocument.complaint_id)
        .outerjoin(CaseReview, CaseReview.id == FrozenDocument.case_review_id)
        .order_by(FrozenDocument.made_at.desc(), FrozenDocument.id.desc())
    )


def _readable_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """Notices and what goes with them for whoever drafts or authorises; letters to those who complained for whoever works
    the case; letters about a case review for whoever works those."""
    of_step = FrozenDocument.intervention_id.is_not(None)
    of_review = FrozenDocument.case_review_id.is_not(None)
    parts: list[ColumnElement[bool]] = [false()]
    if any(actor.may(each) for each in READERS):
        parts.append(and_(of_step, interventions_visible_to(actor, today)))
    if actor.may(Permission.WORK_CASES):
        of_case = of_visible_case(FrozenDocument.case_id, actor, today)
        of_complaint = and_(FrozenDocument.complaint_id.is_not(None), complaints_visible_to(actor, today))
        parts.append(and_(~of_step, ~of_review, or_(of_case, of_complaint)))
    if actor.may(Permission.WORK_CASE_REVIEWS):
        parts.append(and_(of_review, case_reviews_visible_to(actor, today)))
    return or_(*parts)
