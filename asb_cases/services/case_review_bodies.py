"""The relevant bodies of an application: it is passed to each, each is asked and reminded, and answers or is silent."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review_meeting import BodyView, check_answered
from asb_cases.domain.case_review_steps import PASSED_ALREADY, TO_NO_BODY, check_passed_on
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, days_in_order
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.case_review_work import CaseReviewBody
from asb_cases.models.partner_body import PartnerBody
from asb_cases.queries.case_review_work import bodies_of, part_of
from asb_cases.queries.case_reviews import case_review_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.services import deadlines
from asb_cases.services.case_reviews import about, facts_of, links_of, move
from asb_cases.services.history import record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

ANSWER = "case_review_body_answer"


@transaction
def pass_on(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    body_ids: list[int],
    sent_on: date,
    how: str,
    proof: str,
    asked: str | None = None,
    version: int | None = None,
) -> None:
    """Record that the application was passed to bodies, with what shows it, and what they were asked. Their answers are
    waited for."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    check_passed_on(facts_of(review), sent_on, today, how=how, proof=proof).raise_if_refused()
    gathered([None if body_ids else TO_NO_BODY]).raise_if_refused()
    have_it = {each.partner_body_id for each in bodies_of(review.id)}
    for body_id in body_ids:
        body = db.session.get(PartnerBody, body_id)
        if body is None:
            raise NotFound("partner body")
        gathered([PASSED_ALREADY.of(body=body.name) if body_id in have_it else None]).raise_if_refused()
        clock = None if review.local_scheme else deadlines.start(ANSWER, sent_on, links_of(review))
        db.session.add(
            CaseReviewBody(
                case_review_id=review.id,
                partner_body_id=body_id,
                sent_on=sent_on,
                how=how.strip(),
                proof=proof.strip(),
                asked=(asked or "").strip() or None,
                deadline=clock,
            )
        )
    move(review, "pass_on")
    record("case_review_passed_on", about(review), actor=actor, now=now, details={"bodies": sorted(body_ids)})


@transaction
def chase_body(
    *, actor: Actor, now: datetime, case_review_id: int, part_id: int, on: date, version: int | None = None
) -> None:
    """Record that a body was reminded of an answer that it owes; its time begins again."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review, row = _body(case_review_id, part_id, actor, today, version)
    gathered([
        ALREADY_DONE if row.answered_on else None,
        day_has_come("The day of the reminder", on, today, "on"),
        days_in_order(("it was passed on", row.chased_on or row.sent_on), ("The reminder", on), "on"),
    ]).raise_if_refused()  # fmt: skip
    row.chased_on, row.chases = on, row.chases + 1
    if row.deadline_id is not None:
        deadlines.supersede(of=links_of(review), on=on, because="Reminded", only=[row.deadline_id])
        row.deadline = deadlines.start(ANSWER, on, links_of(review))
    details = {"body_id": row.partner_body_id, "times": row.chases}
    record("case_review_body_chased", about(review), actor=actor, now=now, details=details)


@transaction
def answer_of_body(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    part_id: int,
    on: date,
    view: BodyView,
    view_said: str | None = None,
    knew_and_did: str | None = None,
    version: int | None = None,
) -> None:
    """Record what a body answered: its view of the decision, and what it knew and did."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review, row = _body(case_review_id, part_id, actor, today, version)
    said = view_said if view is BodyView.DISAGREES else view.value
    check_answered(
        answered=row.answered_on is not None, on=on, today=today, what="The answer", text=said, field="view_said"
    ).raise_if_refused()
    gathered([days_in_order(("it was passed on", row.sent_on), ("The answer", on), "on")]).raise_if_refused()
    row.answered_on, row.view = on, view
    row.view_said, row.knew_and_did = (view_said or "").strip() or None, (knew_and_did or "").strip() or None
    if row.deadline_id is not None:
        deadlines.meet(ANSWER, of=links_of(review), at=on, because="Answered", only=[row.deadline_id])
    details = {"body_id": row.partner_body_id, "view": view.value}
    record("case_review_body_answered", about(review), actor=actor, now=now, details=details)


def _body(
    case_review_id: int, part_id: int, actor: Actor, today: date, version: int | None
) -> tuple[CaseReview, CaseReviewBody]:
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    row = part_of(CaseReviewBody, review.id, part_id, lock=True)
    check_version(row, version)
    return review, row
