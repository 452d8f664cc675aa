"""The steps of an application: told to the applicant, passed to the bodies, decided, reviewed, seen through, taken further."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_steps import Weighed
from asb_cases.domain.permissions import Permission
from asb_cases.models.case_review_work import CaseReviewAction, CaseReviewBody, CaseReviewRecommendation
from asb_cases.queries.case_review_work import part_of, work_on
from asb_cases.queries.case_reviews import count_for
from asb_cases.queries.policy import values_in_force
from asb_cases.services import case_reviews as acts
from asb_cases.services.case_review_bodies import answer_of_body, chase_body, pass_on
from asb_cases.services.case_review_escalations import decide_escalation, escalate
from asb_cases.services.case_review_meetings import (
    Arranged,
    Asked,
    answer_recommendation,
    arrange_review,
    close_review,
    follow_up_action,
    plan_action,
    recommend,
    record_review_held,
    send_outcome,
    talk_plan_over,
)
from asb_cases.web.access import current_actor, requires
from asb_cases.web.case_reviews import step_forms as forms
from asb_cases.web.case_reviews.step_page import application, step

review_steps = Blueprint("review_steps", __name__, url_prefix="/case-reviews/<reference>")

MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET
#: What the form about the arrangements calls as the row does.
ARRANGED = (
    "planned_on", "chair", "chair_because", "victim_invited_on", "victim_choice", "representative", "risk_assessed_on",
    "risk_note",
)  # fmt: skip


@review_steps.route("/acknowledge", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def acknowledge(reference: str) -> ResponseReturnValue:
    """The applicant was told that it arrived."""
    review = application(reference)
    form = forms.LetterSentForm(version=review.version, sent_on=today())

    def act() -> None:
        acts.acknowledge_application(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            on=form.sent_on.data,
            way=form.way.data,
            version=form.version.data,
        )

    return step(review, form, "Record that it was acknowledged", "Record it", act, said="It is acknowledged.")


@review_steps.route("/pass-on", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def pass_to_bodies(reference: str) -> ResponseReturnValue:
    """It was passed to relevant bodies."""
    review = application(reference)
    form = forms.PassOnForm(version=review.version, sent_on=today())
    form.body_ids.choices = [(str(body.id), body.name) for body in work_on(review.id).to_pass_on]

    def act() -> None:
        pass_on(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            body_ids=form.body_ids.data if "body_ids" in form else [],
            sent_on=form.sent_on.data,
            how=form.how.data,
            proof=form.proof.data,
            asked=form.asked.data,
            version=form.version.data,
        )

    if form.body_ids.choices:
        intro = [
            "The decision is the relevant bodies’ (section 104(1)). Each has the application, and its answer is waited for."
        ]
    else:
        del form.body_ids
        intro = [
            "No relevant body waits for it. An administrator says which bodies are relevant, under Teams and partner bodies."
        ]
    return step(review, form, "Pass it to the relevant bodies", "Record it", act, said="It is passed on.", intro=intro)


@review_steps.route("/bodies/<int:body_part_id>/chase", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def chase(reference: str, body_part_id: int) -> ResponseReturnValue:
    """A body was reminded."""
    review = application(reference)
    row = part_of(CaseReviewBody, review.id, body_part_id)
    form = forms.ChaseForm(version=row.version, on=today())

    def act() -> None:
        chase_body(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            part_id=body_part_id,
            on=form.on.data,
            version=form.version.data,
        )

    return step(review, form, "Record a reminder to a body", "Record it", act, said="The reminder is recorded.")


@review_steps.route("/bodies/<int:body_part_id>/answer", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def answer(reference: str, body_part_id: int) -> ResponseReturnValue:
    """What a body answered."""
    review = application(reference)
    row = part_of(CaseReviewBody, review.id, body_part_id)
    form = forms.AnswerForm(version=row.version, on=today())

    def act() -> None:
        answer_of_body(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            part_id=body_part_id,
            on=form.on.data,
            view=form.view.data,
            view_said=form.view_said.data,
            knew_and_did=form.knew_and_did.data,
            version=form.version.data,
        )

    return step(review, form, "Record the answer of a body", "Record it", act, said="The answer is recorded.")


@review_steps.route("/decide", methods=["GET", "POST"])
@requires(Permission.DECIDE_CASE_REVIEWS)
def decide(reference: str) -> ResponseReturnValue:
    """Whether the threshold is met."""
    review = application(reference)
    count = count_for(review)
    found = count.assessment
    form = forms.DecideForm(version=review.version, decided_on=today())
    must_be_met = found is not None and found.met
    form.decision.choices = [(MET.value, "It is met"), *([] if must_be_met else [(NOT_MET.value, "It is not met")])]
    if must_be_met:
        for name in ("persistence", "harm", "response"):
            del form[name]

    def act() -> None:
        weighed = None
        if not must_be_met:
            weighed = Weighed(form.persistence.data, form.harm.data, form.response.data)
        acts.decide_threshold(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            decision=form.decision.data,
            reason=form.reason.data,
            weighed=weighed,
            decided_on=form.decided_on.data,
            cautions_reason=form.cautions_reason.data,
            version=form.version.data,
        )

    return step(
        review, form, "Decide whether the threshold is met", "Record the decision", act, said="The decision is recorded.",
        count=count, must_be_met=must_be_met,
    )  # fmt: skip


@review_steps.route("/notify", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def notify(reference: str) -> ResponseReturnValue:
    """The applicant was told the decision."""
    review = application(reference)
    form = forms.LetterSentForm(version=review.version, sent_on=today())

    def act() -> None:
        acts.notify_decision(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            sent_on=form.sent_on.data,
            way=form.way.data,
            version=form.version.data,
        )

    return step(
        review, form, "Record that the applicant was told the decision", "Record it", act, said="They are told."
    )


@review_steps.route("/arrange", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def arrange(reference: str) -> ResponseReturnValue:
    """How the review is arranged."""
    review = application(reference)
    work = work_on(review.id)
    meeting = work.meeting if work.meeting and work.meeting.held_on is None else None
    form = forms.ArrangeForm(
        version=review.version,
        independent=None if meeting is None else "yes" if meeting.chair_independent else "no",
        **{name: getattr(meeting, name) for name in ARRANGED} if meeting else {},
        asked=[{"name": each.name, "body": each.body} for each in work.attendees] if meeting else [],
    )

    def act() -> None:
        arranged = Arranged(
            chair=form.chair.data,
            independent=form.independent.data == "yes",
            chair_because=form.chair_because.data,
            planned_on=form.planned_on.data,
            asked=[Asked(each["name"] or "", each["body"]) for each in form.asked.data],
            victim_invited_on=form.victim_invited_on.data,
            victim_choice=form.victim_choice.data,
            representative=form.representative.data,
            risk_assessed_on=form.risk_assessed_on.data,
            risk_note=form.risk_note.data,
        )
        arrange_review(
            actor=current_actor(), now=now(), case_review_id=review.id, arranged=arranged, version=form.version.data
        )

    intro = ["The risk is assessed on the page of the case; say here on which day that was done for the review."]
    return step(review, form, "Arrange the review", "Save", act, said="The arrangements are saved.", intro=intro)


@review_steps.route("/hold", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def hold(reference: str) -> ResponseReturnValue:
    """The review was held."""
    review = application(reference)
    form = forms.HoldForm(version=review.version, held_on=today())
    form.attended.choices = [
        (str(each.id), f"{each.name}{f', {each.body}' if each.body else ''}") for each in work_on(review.id).attendees
    ]
    if not form.attended.choices:
        del form.attended

    def act() -> None:
        record_review_held(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            held_on=form.held_on.data,
            recommendations=0,
            minutes=form.minutes.data,
            attended=(form.attended.data or ()) if "attended" in form else (),
            cautions_reason=form.cautions_reason.data,
            version=form.version.data,
        )

    intro = ["What it recommends and the actions that it plans are recorded afterwards, one by one."]
    return step(review, form, "Record that the review was held", "Record it", act, said="It is recorded.", intro=intro)


@review_steps.route("/recommendations/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def new_recommendation(reference: str) -> ResponseReturnValue:
    """What the review recommends."""
    review = application(reference)
    form = forms.RecommendForm(version=review.version)

    def act() -> None:
        recommend(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            addressee=form.addressee.data,
            text=form.text.data,
            due_on=form.due_on.data,
            version=form.version.data,
        )

    return step(review, form, "Record a recommendation", "Record it", act, said="The recommendation is recorded.")


@review_steps.route("/recommendations/<int:recommendation_id>/answer", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def answer_to_recommendation(reference: str, recommendation_id: int) -> ResponseReturnValue:
    """What whoever it is made to answered."""
    review = application(reference)
    row = part_of(CaseReviewRecommendation, review.id, recommendation_id)
    form = forms.RegardForm(version=row.version, on=today())

    def act() -> None:
        answer_recommendation(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            part_id=recommendation_id,
            on=form.on.data,
            regard=form.regard.data,
            answer=form.answer.data,
            version=form.version.data,
        )

    title = f"Record the answer to recommendation {row.number}"
    return step(review, form, title, "Record it", act, said="The answer is recorded.", intro=[row.text])


@review_steps.route("/actions/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def new_action(reference: str) -> ResponseReturnValue:
    """An action of the plan."""
    review = application(reference)
    form = forms.ActionForm(version=review.version)

    def act() -> None:
        plan_action(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            text=form.text.data,
            owner=form.owner.data,
            due_on=form.due_on.data,
            version=form.version.data,
        )

    return step(review, form, "Plan an action", "Plan it", act, said="The action is planned.")


@review_steps.route("/actions/<int:action_id>", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def action(reference: str, action_id: int) -> ResponseReturnValue:
    """What became of an action."""
    review = application(reference)
    row = part_of(CaseReviewAction, review.id, action_id)
    form = forms.FollowUpForm(version=row.version, on=today())

    def act() -> None:
        follow_up_action(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            part_id=action_id,
            on=form.on.data,
            evidence=form.evidence.data,
            version=form.version.data,
        )

    title = f"Follow up action {row.number}"
    intro = [f"{row.text}: {row.owner}"]
    return step(review, form, title, "Record it", act, said="It is recorded.", intro=intro)


@review_steps.route("/plan", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def plan_talked_over(reference: str) -> ResponseReturnValue:
    """The victim was asked about the action plan."""
    review = application(reference)
    form = forms.PlanToldForm(version=review.version, on=today())

    def act() -> None:
        talk_plan_over(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            on=form.on.data,
            said=form.said.data,
            version=form.version.data,
        )

    return step(review, form, "Record what the victim says of the plan", "Record it", act, said="It is recorded.")


@review_steps.route("/outcome", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def outcome(reference: str) -> ResponseReturnValue:
    """The outcome was sent."""
    review = application(reference)
    form = forms.OutcomeForm(version=review.version, sent_on=today())
    if review.recommendations:
        del form.no_recommendations_because

    def act() -> None:
        send_outcome(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            sent_on=form.sent_on.data,
            way=form.way.data,
            no_recommendations_because=None if review.recommendations else form.no_recommendations_because.data,
            cautions_reason=form.cautions_reason.data,
            version=form.version.data,
        )

    return step(review, form, "Record that the outcome was sent", "Record it", act, said="The outcome is sent.")


@review_steps.route("/close", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def close(reference: str) -> ResponseReturnValue:
    """Everything is seen through."""
    review = application(reference)
    form = forms.CloseForm(version=review.version)

    def act() -> None:
        close_review(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            cautions_reason=form.cautions_reason.data,
            version=form.version.data,
        )

    return step(review, form, "Close the case review", "Close it", act, said="It is closed.")


@review_steps.route("/withdraw", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def withdraw(reference: str) -> ResponseReturnValue:
    """The applicant withdrew."""
    review = application(reference)
    form = forms.WithdrawForm(version=review.version, withdrawn_on=today())

    def act() -> None:
        acts.withdraw_application(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            reason=form.reason.data,
            withdrawn_on=form.withdrawn_on.data,
            version=form.version.data,
        )

    return step(review, form, "Record that it was withdrawn", "Record it", act, said="It is withdrawn.")


@review_steps.route("/escalate", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def take_further(reference: str) -> ResponseReturnValue:
    """The applicant takes it further."""
    review = application(reference)
    form = forms.EscalateForm(version=review.version, asked_on=today())
    intro = [values_in_force().text("public_escalation", today())]

    def act() -> None:
        escalate(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            asked_on=form.asked_on.data,
            asks=form.asks.data,
            route=form.route.data,
            version=form.version.data,
        )

    return step(review, form, "Record that it is taken further", "Record it", act, said="It is recorded.", intro=intro)


@review_steps.route("/escalation", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def escalation_decided(reference: str) -> ResponseReturnValue:
    """What was decided of what was taken further."""
    review = application(reference)
    form = forms.EscalationDecidedForm(version=review.version, decided_on=today())

    def act() -> None:
        decide_escalation(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            decided_on=form.decided_on.data,
            outcome=form.outcome.data,
            finding=form.finding.data,
            version=form.version.data,
        )

    return step(review, form, "Record what was decided of it", "Record it", act, said="What was decided is recorded.")


@review_steps.route("/entered-in-error", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def in_error(reference: str) -> ResponseReturnValue:
    """The application is a mistake."""
    review = application(reference)
    form = forms.ReasonForm(version=review.version)

    def act() -> None:
        acts.mark_case_review_entered_in_error(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            reason=form.reason.data,
            version=form.version.data,
        )

    return step(review, form, "Mark as entered in error", "Mark it", act, said="It is marked as entered in error.")
