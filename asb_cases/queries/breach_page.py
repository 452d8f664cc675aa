"""One alleged breach of a notice with all that hangs on it, for its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachEvidence
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.requirement import Requirement
from asb_cases.models.user import User
from asb_cases.queries.enforcement import requirements_breached, steps_for_breach
from asb_cases.queries.evidence import NAMED_BY, with_records
from asb_cases.queries.measures import measures_shown
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports


@dataclass(frozen=True)
class BreachPage:
    """An alleged breach: of which requirements, what it rests on, the steps taken for it, its clocks, who decided, and what
    else was done about it."""

    row: AllegedBreach
    requirements: Sequence[Requirement]
    evidence: Sequence[Any]
    steps: Sequence[Intervention]
    clocks: Sequence[Deadline]
    decider: str | None
    measures: Sequence[Any] = ()


def breach_of_notice(notice_id: int, breach_id: int) -> AllegedBreach:
    """The alleged breach of this notice, with the notice, its subject and the step it follows. Whether the notice may be
    seen was asked before. Raises `NotFound`."""
    notice = joinedload(AllegedBreach.intervention)
    query = (
        select(AllegedBreach)
        .where(
            AllegedBreach.id == breach_id,
            AllegedBreach.intervention_id == notice_id,
            of_complete_imports(AllegedBreach),
        )
        .options(notice.joinedload(Intervention.subject), notice.joinedload(Intervention.follows))
    )
    breach = db.session.scalars(query).one_or_none()
    if breach is None:
        raise NotFound("alleged breach")
    return breach


def breach_page(breach: AllegedBreach) -> BreachPage:
    """Everything about it: six queries."""
    clocks = select(Deadline).where(Deadline.breach_id == breach.id).order_by(Deadline.id)
    decider = db.session.scalar(select(User.name).where(User.id == breach.decider_id)) if breach.decider_id else None
    return BreachPage(
        row=breach,
        requirements=requirements_breached(breach.id),
        evidence=_evidence(breach.id),
        steps=[*steps_for_breach(breach.id, "FPN"), *steps_for_breach(breach.id, "PROSECUTION")],
        clocks=list(db.session.scalars(clocks)),
        decider=decider,
        measures=measures_shown(breach.id),
    )


def _evidence(breach_id: int) -> Sequence[Any]:
    named = select(BreachEvidence.note_id, BreachEvidence.contact_entry_id, BreachEvidence.attachment_id, *NAMED_BY)
    query = with_records(named, BreachEvidence).where(BreachEvidence.breach_id == breach_id)
    return db.session.execute(query.order_by(BreachEvidence.id)).all()
