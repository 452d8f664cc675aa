"""Recording how the case review procedures were looked at, and what came of it (2014 Act, Sch. 4)."""

from datetime import datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.procedure_reviews import ProcedureReviewed, check_corrected, check_procedure_review
from asb_cases.extensions import db
from asb_cases.models.procedure_review import ProcedureReview
from asb_cases.queries.procedure_reviews import is_corrected, procedure_review
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction


@transaction
def record_procedure_review(*, actor: Actor, now: datetime, found: ProcedureReviewed) -> int:
    """Record a review of the procedures. Returns the id."""
    actor.check(Permission.DECIDE_CASE_REVIEWS)
    check_procedure_review(found, local(now).date()).raise_if_refused()
    row = _written(found, actor, now)
    details = {"year_from": found.year_first_on.isoformat()}
    record("procedure_review_recorded", Subject("procedure_review", row.id), actor=actor, now=now, details=details)
    return row.id


@transaction
def correct_procedure_review(
    *, actor: Actor, now: datetime, review_id: int, found: ProcedureReviewed, because: str
) -> int:
    """Put another entry in the place of one, with the reason: both stay to be read. Returns the id of the new one."""
    actor.check(Permission.DECIDE_CASE_REVIEWS)
    wrong = procedure_review(review_id)
    checked = check_procedure_review(found, local(now).date())
    (checked + check_corrected(corrected=is_corrected(wrong.id), because=because)).raise_if_refused()
    row = _written(found, actor, now, corrects_id=wrong.id, because=because.strip())
    about = Subject("procedure_review", row.id)
    record("procedure_review_corrected", about, actor=actor, now=now, details={"corrects": wrong.id}, reason=because)
    return row.id


def _written(
    found: ProcedureReviewed, actor: Actor, now: datetime, *, corrects_id: int | None = None, because: str | None = None
) -> ProcedureReview:
    row = ProcedureReview(
        **vars(found), corrects_id=corrects_id, because=because, recorded_at=now, recorded_by_id=actor.user_id
    )
    db.session.add(row)
    db.session.flush()
    return row
