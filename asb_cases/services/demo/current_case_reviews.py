"""Applications for a case review of the past months, one at each stage, with what is late and what is still asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, Application, ApplicationChannel, VictimConsent
from asb_cases.domain.case_review_count import Ground
from asb_cases.domain.case_review_meeting import BodyView, Involvement, Regard
from asb_cases.domain.case_review_steps import EscalationOutcome
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.queries.case_review_work import work_on
from asb_cases.queries.complaints import standing_complaints_of
from asb_cases.services.case_review_counting import MadeElsewhere, add_complaint_elsewhere, set_complaint_aside
from asb_cases.services.case_review_escalations import decide_escalation, escalate
from asb_cases.services.case_review_meetings import (
    Arranged,
    Asked,
    answer_recommendation,
    arrange_review,
    follow_up_action,
    plan_action,
    recommend,
    record_review_held,
    send_outcome,
    talk_plan_over,
)
from asb_cases.services.case_reviews import (
    acknowledge_application,
    decide_threshold,
    notify_decision,
    receive_application,
    withdraw_application,
)
from asb_cases.services.demo.behaviour import MUSIC, PARTIES, ROWDY
from asb_cases.services.demo.cases import Beginning, Matter, Plot, begins
from asb_cases.services.demo.review_bodies import AGREED, LITTLE, pass_round
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.staff import LANDLORD, POLICE
from asb_cases.services.demo.stories import Story, Telling

MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET
BY_PHONE = Application(
    channel=ApplicationChannel.PHONE,
    applicant_role=ApplicantRole.VICTIM,
    words="It has gone on since the summer. I rang each time and nothing changes.",
)
FOR_SOMEBODY = Application(
    channel=ApplicationChannel.LETTER,
    applicant_role=ApplicantRole.COUNCILLOR,
    on_behalf_of="Odette Quillfeather",
    victim_consent=VictimConsent.NOT_ASKED,
    words="I write for a constituent who is afraid to complain again.",
)
CHAIR = Arranged(
    chair="Dr Winifred Larkmoor, safer neighbourhoods adviser",
    independent=True,
    asked=(Asked("Sergeant Ottoline Ferngate", POLICE), Asked("Hazel Underbough", LANDLORD)),
    victim_choice=Involvement.ATTENDS,
    representative="A friend sits with her",
)


def current_case_reviews(scene: Scene) -> Iterator[Story]:
    """A story for each stage."""
    yield _received(scene)
    yield _for_somebody_else(scene)
    yield _acknowledged(scene)
    yield _asking(scene)
    yield _not_met(scene)
    yield _untold(scene)
    yield _met(scene)
    yield _held(scene, 55, sent=False)
    yield _held(scene, 150, sent=True)
    yield _taken_further(scene)
    yield _withdrawn(scene)


def _begun(scene: Scene, days_ago: int, complaints: int) -> Beginning:
    """What it is about. Ends with the matter."""
    kind = scene.chance.choice((MUSIC, PARTIES, ROWDY))
    matter = yield from begins(scene, Plot(scene.ago(days_ago + 25), kind, complaints=complaints))
    return matter


def _applied(scene: Scene, days_ago: int, complaints: int = 3, said: Application = BY_PHONE) -> Telling:
    """Somebody who complained applies. Ends with the application's id."""
    matter = yield from _begun(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago), "10:20")
    return _received_from(matter, now, said)


def _received_from(matter: Matter, now: datetime, said: Application) -> int:
    return receive_application(
        actor=matter.officer, now=now, case_id=matter.case_id, applicant_id=matter.complainant_ids[0], said=said
    )


def _answered(scene: Scene, days_ago: int, complaints: int = 3) -> Telling:
    """The same, and the applicant was told that it arrived."""
    review = yield from _applied(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago - 1), "09:10")
    acknowledge_application(actor=scene.staff["officer"], now=now, case_review_id=review, way=ContactWay.LETTER)
    return review


def _passed_on(scene: Scene, days_ago: int, complaints: int = 3) -> Telling:
    """The same, and the bodies answered."""
    review = yield from _answered(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago - 2), "11:30")
    pass_round(scene, review, now, answers=AGREED)
    return review


def _decided(scene: Scene, days_ago: int, decision: ThresholdDecision, complaints: int = 3) -> Telling:
    """The same, and decided after six days."""
    review = yield from _passed_on(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago - 6), "14:00")
    decide_threshold(
        actor=scene.staff["manager"],
        now=now,
        case_review_id=review,
        decision=decision,
        weighed=None if decision is MET else LITTLE,
    )
    return review


def _told(scene: Scene, days_ago: int, decision: ThresholdDecision, complaints: int = 3) -> Telling:
    """The same, and the applicant was told."""
    review = yield from _decided(scene, days_ago, decision, complaints)
    now = yield at(scene.ago(days_ago - 7), "15:00")
    notify_decision(actor=scene.staff["officer"], now=now, case_review_id=review, way=ContactWay.LETTER)
    return review


def _arranged(scene: Scene, days_ago: int) -> Telling:
    """The same, and the review is arranged."""
    review = yield from _told(scene, days_ago, MET)
    now = yield at(scene.ago(days_ago - 10), "12:00")
    invited = now.date()
    arrange_review(
        actor=scene.staff["officer"],
        now=now,
        case_review_id=review,
        arranged=Arranged(
            **{
                **CHAIR.__dict__,
                "planned_on": scene.office_day(scene.ago(days_ago - 22)),
                "victim_invited_on": invited,
                "risk_assessed_on": invited,
                "risk_note": "Medium: sleep and work affected, no threat of violence.",
            }
        ),
    )
    return review


def _received(scene: Scene) -> Story:
    yield from _applied(scene, 1)


def _for_somebody_else(scene: Scene) -> Story:
    """A councillor applies for somebody whose consent is not asked yet; one of three complaints was made to the police, and
    nobody knows yet when."""
    review = yield from _applied(scene, 7, complaints=2, said=FOR_SOMEBODY)
    now = yield at(scene.ago(6), "10:00")
    made = MadeElsewhere(body=POLICE, complainant="Odette Quillfeather", incident="Shouting under the window")
    add_complaint_elsewhere(actor=scene.staff["officer"], now=now, case_review_id=review, made=made)


def _acknowledged(scene: Scene) -> Story:
    yield from _answered(scene, 5)


def _asking(scene: Scene) -> Story:
    """The bodies are asked; one disagrees, one is silent, and a colleague’s confirmation is waited for."""
    matter = yield from _begun(scene, 9, 3)
    now = yield at(scene.ago(9), "10:20")
    review = _received_from(matter, now, BY_PHONE)
    now = yield at(scene.ago(8), "09:30")
    officer = scene.staff["officer"]
    acknowledge_application(actor=officer, now=now, case_review_id=review, way=ContactWay.EMAIL)
    pass_round(scene, review, now, answers=(BodyView.AGREES, BodyView.DISAGREES, None))
    now = yield at(scene.ago(3), "16:10")
    set_complaint_aside(
        actor=officer,
        now=now,
        case_review_id=review,
        ground=Ground.NOT_THIS_BEHAVIOUR,
        reason="It is about the bins, which another household leaves out.",
        complaint_id=standing_complaints_of(matter.case_id)[-1].id,
    )


def _not_met(scene: Scene) -> Story:
    yield from _told(scene, 34, NOT_MET, complaints=1)


def _untold(scene: Scene) -> Story:
    """Decided, and the letter is late."""
    yield from _decided(scene, 24, MET)


def _met(scene: Scene) -> Story:
    yield from _arranged(scene, 16)


def _held(scene: Scene, days_ago: int, *, sent: bool) -> Story:
    review = yield from _arranged(scene, days_ago)
    now = yield at(scene.ago(days_ago - 22), "13:00")
    officer = scene.staff["officer"]
    came = [each.id for each in work_on(review).attendees]
    record_review_held(
        actor=officer,
        now=now,
        case_review_id=review,
        held_on=now.date(),
        recommendations=0,
        minutes="The victim told the panel how it has been since the summer. The bodies went through what each knew and did.",
        attended=came,
    )
    if not sent:
        return
    later = now.date() + timedelta(days=30)
    for addressee, text in (
        (LANDLORD, "Consider a demotion of the tenancy, and tell the panel the decision."),
        (POLICE, "Name one officer whom the victim can reach."),
    ):
        recommend(actor=officer, now=now, case_review_id=review, addressee=addressee, text=text, due_on=later)
    for text, owner in (("Fit a door camera", LANDLORD), ("Ring the victim each week", "ASB Investigation Team")):
        plan_action(actor=officer, now=now, case_review_id=review, text=text, owner=owner, due_on=later)
    now = yield at(scene.ago(days_ago - 25), "10:00")
    talk_plan_over(
        actor=officer, now=now, case_review_id=review, on=now.date(), said="She agrees, and asks for calls after six."
    )
    now = yield at(scene.ago(days_ago - 27), "13:00")
    send_outcome(actor=officer, now=now, case_review_id=review, way=ContactWay.LETTER)
    now = yield at(scene.ago(days_ago - 40), "09:00")
    work = work_on(review)
    answer_recommendation(
        actor=officer, now=now, case_review_id=review, part_id=work.recommendations[1].id, on=now.date(),
        regard=Regard.ACCEPTED, answer="A neighbourhood officer was named.",
    )  # fmt: skip
    follow_up_action(
        actor=officer, now=now, case_review_id=review, part_id=work.actions[1].id, on=now.date(),
        evidence="Weekly calls are in the contact record.",
    )  # fmt: skip


def _taken_further(scene: Scene) -> Story:
    """Not met, taken to a senior officer, and sent back to be decided again; then met."""
    review = yield from _told(scene, 70, NOT_MET, complaints=1)
    officer = scene.staff["officer"]
    now = yield at(scene.ago(50), "10:00")
    escalate(
        actor=officer, now=now, case_review_id=review, asked_on=now.date(),
        asks="Nobody asked me about the nights on which I did not ring.", route="Head of service, who had no part in it",
    )  # fmt: skip
    now = yield at(scene.ago(40), "10:00")
    decide_escalation(
        actor=officer, now=now, case_review_id=review, decided_on=now.date(), outcome=EscalationOutcome.REMITTED,
        finding="The harm was weighed without asking the applicant.",
    )  # fmt: skip


def _withdrawn(scene: Scene) -> Story:
    review = yield from _answered(scene, 40)
    now = yield at(scene.ago(36), "16:00")
    reason = "It has been quiet since the neighbours moved."
    withdraw_application(actor=scene.staff["officer"], now=now, case_review_id=review, reason=reason)
