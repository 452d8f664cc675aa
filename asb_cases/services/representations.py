"""What a recipient puts forward about a warning, notice or penalty, and what they are answered. It may come at any time, and
is considered (Stannard v CPS [2019] EWHC 84 (Admin)); a notice that should not stand is varied, withdrawn or discharged."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import (
    ALREADY_DONE,
    IN_ERROR,
    day_has_come,
    days_in_order,
    words_given,
)
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.representation import Representation
from asb_cases.queries.enforcement import intervention_to_work_on, representation_to_work_on
from asb_cases.services.history import record
from asb_cases.services.moves import about
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def record_representation(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    received_on: date,
    text: str,
    made_by: str | None = None,
) -> int:
    """Record what somebody put forward. It stops no clock. Returns the id."""
    actor.check(Permission.RECORD_REPRESENTATION)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_given(step)
    gathered([
        words_given("What was put forward", text, "text"),
        day_has_come("The day received", received_on, today, "received_on"),
    ]).raise_if_refused()  # fmt: skip
    representation = Representation(
        intervention_id=step.id,
        received_on=received_on,
        made_by=(made_by or "").strip() or None,
        text=text.strip(),
        recorded_by_id=actor.user_id,
    )
    db.session.add(representation)
    db.session.flush()
    details = {"representation_id": representation.id}
    record("representation_recorded", about(step), actor=actor, now=now, details=details)
    return representation.id


@transaction
def answer_representation(
    *,
    actor: Actor,
    now: datetime,
    representation_id: int,
    answered_on: date,
    answer: str,
    version: int | None = None,
) -> None:
    """Record what the recipient was answered, and why."""
    actor.check(Permission.RECORD_REPRESENTATION)
    today = local(now).date()
    representation = representation_to_work_on(representation_id, actor=actor, today=today)
    check_version(representation, version)
    step = intervention_to_work_on(representation.intervention_id, actor=actor, today=today)
    gathered([
        ALREADY_DONE if representation.answer else None,
        words_given("The answer", answer, "answer"),
        day_has_come("The day of the answer", answered_on, today, "answered_on"),
        days_in_order(("it was received", representation.received_on), ("The answer", answered_on), "answered_on"),
    ]).raise_if_refused()  # fmt: skip
    representation.answered_on, representation.answer = answered_on, answer.strip()
    representation.answered_by_id = actor.user_id
    details = {"representation_id": representation.id}
    record("representation_answered", about(step), actor=actor, now=now, details=details)


def check_given(step: Intervention) -> None:
    """Representations are about a document that somebody has. Raises `RuleBroken`."""
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.issued_on is None:
        remedy = "Representations are about a document that was given. Record a contact on the case instead."
        raise RuleBroken((NO_SUCH_MOVE.of(move="record a representation", status=step.status, remedy=remedy),))
