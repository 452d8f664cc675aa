"""Applications for a case review of the past months, one at each stage."""

from collections.abc import Iterator

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.services.case_reviews import (
    acknowledge_application,
    decide_threshold,
    receive_application,
    record_review_held,
    send_outcome,
    withdraw_application,
)
from asb_cases.services.demo.behaviour import MUSIC, PARTIES, ROWDY
from asb_cases.services.demo.cases import Plot, begins
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story, Telling

MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET


def current_case_reviews(scene: Scene) -> Iterator[Story]:
    """A story for each stage."""
    yield _received(scene)
    yield _acknowledged(scene)
    yield _not_met(scene)
    yield _met(scene)
    yield _held(scene, 55, sent=False)
    yield _held(scene, 150, sent=True)
    yield _withdrawn(scene)


def _applied(scene: Scene, days_ago: int, complaints: int = 3) -> Telling:
    """Somebody who complained applies. Ends with the application's id."""
    kind = scene.chance.choice((MUSIC, PARTIES, ROWDY))
    matter = yield from begins(scene, Plot(scene.ago(days_ago + 25), kind, complaints=complaints))
    now = yield at(scene.ago(days_ago), "10:20")
    applicant = matter.complainant_ids[0]
    return receive_application(actor=matter.officer, now=now, case_id=matter.case_id, applicant_id=applicant)


def _answered(scene: Scene, days_ago: int, complaints: int = 3) -> Telling:
    """The same, and the applicant was told that it arrived."""
    review = yield from _applied(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago - 1), "09:10")
    acknowledge_application(actor=scene.staff["officer"], now=now, case_review_id=review)
    return review


def _decided(scene: Scene, days_ago: int, decision: ThresholdDecision, complaints: int = 3) -> Telling:
    """The same, and decided after six days."""
    review = yield from _answered(scene, days_ago, complaints)
    now = yield at(scene.ago(days_ago - 6), "14:00")
    reason = None if decision is MET else "One complaint in six months, and it was answered at once."
    decide_threshold(actor=scene.staff["manager"], now=now, case_review_id=review, decision=decision, reason=reason)
    return review


def _received(scene: Scene) -> Story:
    yield from _applied(scene, 1)


def _acknowledged(scene: Scene) -> Story:
    yield from _answered(scene, 5)


def _not_met(scene: Scene) -> Story:
    review = yield from _decided(scene, 34, NOT_MET, complaints=1)
    now = yield at(scene.ago(27), "15:00")
    send_outcome(actor=scene.staff["officer"], now=now, case_review_id=review)


def _met(scene: Scene) -> Story:
    yield from _decided(scene, 16, MET)


def _held(scene: Scene, days_ago: int, *, sent: bool) -> Story:
    review = yield from _decided(scene, days_ago, MET)
    now = yield at(scene.ago(days_ago - 22), "13:00")
    officer = scene.staff["officer"]
    record_review_held(actor=officer, now=now, case_review_id=review, held_on=now.date(), recommendations=3 * sent)
    if sent:
        now = yield at(scene.ago(days_ago - 27), "13:00")
        send_outcome(actor=officer, now=now, case_review_id=review)


def _withdrawn(scene: Scene) -> Story:
    review = yield from _answered(scene, 40)
    now = yield at(scene.ago(36), "16:00")
    reason = "It has been quiet since the neighbours moved."
    withdraw_application(actor=scene.staff["officer"], now=now, case_review_id=review, reason=reason)
