"""The review: arranged, held, and what comes of it: recommendations, an action plan, the outcome sent, all seen through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.case_review_letters import LetterKind
from asb_cases.domain.case_review_meeting import (
    Involvement,
    Regard,
    cautions_of_meeting,
    check_action,
    check_answered,
    check_arranged,
    check_closed,
    check_recommendation,
)
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.domain.case_review_steps import PLAN_NOT_TALKED_OVER, check_held, check_outcome_sent
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.errors import Refusal, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, days_in_order, words_given
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.case_review_work import (
    CaseReviewAction,
    CaseReviewAttendee,
    CaseReviewMeeting,
    CaseReviewRecommendation,
)
from asb_cases.queries.case_review_work import (
    attendees_of,
    how_many_wait,
    latest_meeting,
    next_number,
    part_of,
    work_on,
)
from asb_cases.queries.case_reviews import case_review_to_work_on
from asb_cases.services import deadlines
from asb_cases.services.case_reviews import about, facts_of, keep_letter, links_of, move, own
from asb_cases.services.history import record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

NOT_HELD_YET = Refusal(
    "case_review_not_held", "The review has not been held yet.", AUTHORITY, "Record that it was held first."
)
#: While the outcome of a review may still change, and while it is followed up.
AFTER_HELD = (ReviewStatus.REVIEW_HELD, ReviewStatus.OUTCOME_ISSUED, ReviewStatus.ACTIONS_MONITORING)


@dataclass(frozen=True)
class Asked:
    """Somebody asked to the review; `attended` is None until it was held."""

    name: str
    body: str | None = None
    attended: bool | None = None


@dataclass(frozen=True)
class Arranged:
    """How the review is arranged: when, who chairs it, how the victim takes part, and the risk assessed again."""

    chair: str
    independent: bool
    chair_because: str | None = None
    planned_on: date | None = None
    asked: Sequence[Asked] = ()
    victim_invited_on: date | None = None
    victim_choice: Involvement | None = None
    representative: str | None = None
    risk_assessed_on: date | None = None
    risk_note: str | None = None


@transaction
def arrange_review(
    *, actor: Actor, now: datetime, case_review_id: int, arranged: Arranged, version: int | None = None
) -> None:
    """Record how the review is arranged, or how that has changed."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    found = check_arranged(
        chair=arranged.chair,
        independent=arranged.independent,
        because=arranged.chair_because,
        planned_on=arranged.planned_on,
        decided_on=review.decided_on,
        invited_on=arranged.victim_invited_on,
        today=today,
    )
    choice_without = arranged.victim_choice is not None and arranged.victim_invited_on is None
    late = day_has_come("The day the risk was assessed", arranged.risk_assessed_on, today, "risk_assessed_on")
    missing = words_given("The day the victim was invited", None, "victim_invited_on") if choice_without else None
    (found + gathered([late, missing])).raise_if_refused()
    move(review, "arrange")
    meeting = latest_meeting(review.id)
    if meeting is None or meeting.held_on is not None:
        meeting = CaseReviewMeeting(case_review_id=review.id)
        db.session.add(meeting)
    meeting.planned_on, meeting.chair = arranged.planned_on, arranged.chair.strip()
    meeting.chair_independent, meeting.chair_because = arranged.independent, _typed(arranged.chair_because)
    meeting.victim_invited_on, meeting.victim_choice = arranged.victim_invited_on, arranged.victim_choice
    meeting.representative = _typed(arranged.representative)
    meeting.risk_assessed_on, meeting.risk_note = arranged.risk_assessed_on, _typed(arranged.risk_note)
    db.session.flush()
    _keep_asked(meeting, arranged.asked)
    record("case_review_arranged", about(review), actor=actor, now=now, details={"meeting_id": meeting.id})


@transaction
def record_review_held(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    held_on: date,
    recommendations: int | None,
    minutes: str | None = None,
    attended: Sequence[int] = (),
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that the review was held, its minutes and who came. `recommendations` counts those not written down here: 0
    where each is to be recorded by itself, None where their number is not known any more."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    found = check_held(facts_of(review), held_on, recommendations, today)
    meeting = latest_meeting(review.id)
    if meeting is not None and meeting.held_on is None:
        found += cautions_of_meeting(
            risk_refreshed=meeting.risk_assessed_on is not None, invited=meeting.victim_invited_on is not None
        )
        meeting.held_on, meeting.minutes = held_on, _typed(minutes)
        for each in attendees_of(meeting.id):
            each.attended = each.id in attended
    found.raise_unless_reasoned(cautions_reason)
    move(review, "hold")
    review.review_held_on, review.recommendations = held_on, recommendations
    deadlines.meet("case_review_hold", of=own(review), at=held_on, because="Held")
    if not review.local_scheme:
        deadlines.start("case_review_outcome", held_on, links_of(review))
    details = {"recommendations": recommendations}
    record("case_review_held", about(review), actor=actor, now=now, details=details, reason=cautions_reason)


@transaction
def recommend(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    addressee: str,
    text: str,
    due_on: date | None = None,
    version: int | None = None,
) -> int:
    """Record what the review recommends, and to whom; an answer is waited for where a day is named. Returns its number."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    review = _held(case_review_id, actor, now, version)
    check_recommendation(
        addressee=addressee, text=text, held_on=review.review_held_on, due_on=due_on
    ).raise_if_refused()
    number = next_number(CaseReviewRecommendation, review.id)
    clock = deadlines.start("case_review_recommendation", due_on, links_of(review)) if due_on else None
    row = CaseReviewRecommendation(
        case_review_id=review.id,
        number=number,
        addressee=addressee.strip(),
        text=text.strip(),
        due_on=due_on,
        deadline=clock,
    )
    db.session.add(row)
    review.recommendations = max(number, review.recommendations or 0)
    record("case_review_recommended", about(review), actor=actor, now=now, details={"number": number})
    return number


@transaction
def answer_recommendation(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    part_id: int,
    on: date,
    regard: Regard,
    answer: str,
    version: int | None = None,
) -> None:
    """Record what whoever a recommendation is to answered: they must have regard to it (s.104(7))."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    row = part_of(CaseReviewRecommendation, review.id, part_id, lock=True)
    check_version(row, version)
    done = row.answered_on is not None
    check_answered(answered=done, on=on, today=today, what="The answer", text=answer, field="answer").raise_if_refused()
    gathered([days_in_order(("the review", review.review_held_on), ("The answer", on), "on")]).raise_if_refused()
    row.answered_on, row.regard, row.answer = on, regard, answer.strip()
    if row.deadline_id is not None:
        deadlines.meet(of=links_of(review), at=on, because="Answered", only=[row.deadline_id])
    details = {"number": row.number, "regard": regard.value}
    record("case_review_recommendation_answered", about(review), actor=actor, now=now, details=details)


@transaction
def plan_action(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    text: str,
    owner: str,
    due_on: date | None = None,
    version: int | None = None,
) -> int:
    """Add an action to the review's plan. Returns its number."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    review = _held(case_review_id, actor, now, version)
    check_action(text=text, owner=owner, held_on=review.review_held_on, due_on=due_on).raise_if_refused()
    number = next_number(CaseReviewAction, review.id)
    clock = deadlines.start("case_review_action", due_on, links_of(review)) if due_on else None
    row = CaseReviewAction(
        case_review_id=review.id, number=number, text=text.strip(), owner=owner.strip(), due_on=due_on, deadline=clock
    )
    db.session.add(row)
    if review.status is ReviewStatus.OUTCOME_ISSUED:
        move(review, "monitor")
    record("case_review_action_planned", about(review), actor=actor, now=now, details={"number": number})
    return number


@transaction
def follow_up_action(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    part_id: int,
    on: date,
    evidence: str | None = None,
    version: int | None = None,
) -> None:
    """Record what shows that an action is done or, without it, that its owner was reminded."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    row = part_of(CaseReviewAction, review.id, part_id, lock=True)
    check_version(row, version)
    chased = not (evidence or "").strip()
    what = "The reminder" if chased else "What shows that it is done"
    check_answered(
        answered=row.done_on is not None, on=on, today=today, what=what, text=evidence or "reminded", field="evidence"
    ).raise_if_refused()
    gathered([days_in_order(("the review", review.review_held_on), (what, on), "on")]).raise_if_refused()
    if chased:
        row.chased_on = on
    else:
        row.done_on, row.evidence = on, (evidence or "").strip()
        if row.deadline_id is not None:
            deadlines.meet(of=links_of(review), at=on, because="Done", only=[row.deadline_id])
    kind = "case_review_action_chased" if chased else "case_review_action_done"
    record(kind, about(review), actor=actor, now=now, details={"number": row.number})


@transaction
def talk_plan_over(
    *, actor: Actor, now: datetime, case_review_id: int, on: date, said: str, version: int | None = None
) -> None:
    """Record that the victim was asked about the action plan before it is final, and what they said."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = _held(case_review_id, actor, now, version)
    gathered([
        day_has_come("The day the victim was asked", on, today, "on"),
        days_in_order(("the review", review.review_held_on), ("Asking the victim", on), "on"),
        words_given("What the victim said", said, "said"),
    ]).raise_if_refused()  # fmt: skip
    review.plan_told_on, review.plan_victim_said = on, said.strip()
    record("case_review_plan_talked_over", about(review), actor=actor, now=now)


@transaction
def send_outcome(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    sent_on: date | None = None,
    way: ContactWay | None = None,
    no_recommendations_because: str | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that the applicant was told what the review found and recommended (s.104(8)). What is planned is then followed
    up."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    sent_on, done = sent_on or today, work_on(review.id)
    found = check_outcome_sent(
        facts_of(review), sent_on, today, recommendations=review.recommendations, because=no_recommendations_because
    )
    untold = bool(done.actions) and review.plan_told_on is None
    found += gathered([PLAN_NOT_TALKED_OVER if untold else None])
    found.raise_unless_reasoned(cautions_reason)
    move(review, "send_outcome")
    if any(each.done_on is None for each in done.actions):
        move(review, "monitor")
    review.outcome_sent_on = sent_on
    review.no_recommendations_because = _typed(no_recommendations_because)
    deadlines.meet("case_review_outcome", of=own(review), at=sent_on, because="Outcome sent")
    keep_letter(review, LetterKind.OUTCOME, sent_on, way, actor)
    record("case_review_outcome_sent", about(review), actor=actor, now=now, reason=cautions_reason)


@transaction
def close_review(
    *,
    actor: Actor,
    now: datetime,
    case_review_id: int,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that everything is seen through. What still waits asks for a reason, and its clocks stop."""
    actor.check(Permission.WORK_CASE_REVIEWS)
    today = local(now).date()
    review = case_review_to_work_on(case_review_id, actor=actor, today=today)
    check_version(review, version)
    check_closed(how_many_wait(review.id)).raise_unless_reasoned(cautions_reason)
    move(review, "close")
    deadlines.stop(of=own(review), on=today, because="Closed")
    record("case_review_closed", about(review), actor=actor, now=now, reason=cautions_reason)


def _held(case_review_id: int, actor: Actor, now: datetime, version: int | None) -> CaseReview:
    review = case_review_to_work_on(case_review_id, actor=actor, today=local(now).date())
    check_version(review, version)
    gathered([None if review.status in AFTER_HELD else NOT_HELD_YET]).raise_if_refused()
    return review


def _keep_asked(meeting: CaseReviewMeeting, asked: Sequence[Asked]) -> None:
    """Who is asked, as it stands now: nobody has come yet, so a new list takes the place of the earlier one."""
    wanted = {(each.name.strip(), _typed(each.body)) for each in asked if each.name.strip()}
    for row in attendees_of(meeting.id):
        if (row.name, row.body) in wanted:
            wanted.discard((row.name, row.body))
        else:
            db.session.delete(row)
    for name, body in sorted(wanted, key=str):
        db.session.add(CaseReviewAttendee(meeting_id=meeting.id, name=name, body=body))


def _typed(text: str | None) -> str | None:
    return (text or "").strip() or None
