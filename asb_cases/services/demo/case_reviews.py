"""Eight applications for a case review, from September 2014 to March 2016: four met the threshold and were held.

How many recommendations those reviews made is not known, and is not invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.services.case_review_meetings import close_review, record_review_held, send_outcome
from asb_cases.services.case_reviews import (
    acknowledge_application,
    decide_threshold,
    notify_decision,
    receive_application,
)
from asb_cases.services.demo.behaviour import DOGS, GARDEN, MUSIC, PARTIES, ROWDY
from asb_cases.services.demo.cases import Plot, begins, closing
from asb_cases.services.demo.review_bodies import AGREED, LITTLE, pass_round
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story

MET, NOT_MET = ThresholdDecision.MET, ThresholdDecision.NOT_MET
ENOUGH, TOO_FEW = 3, 1
#: From this day the section's clocks run.
IN_FORCE = date(2014, 10, 20)


@dataclass(frozen=True)
class Application:
    """An application of a day and its decision. `old_reference` is what an application names where no case of ours is."""

    on: date
    decision: ThresholdDecision
    reason: str | None = None
    old_reference: str | None = None


#: The first came before the section was in force: a local scheme's.
APPLICATIONS = (
    Application(date(2014, 9, 22), NOT_MET, "One report only, to one body.", "Housing file 4471"),
    Application(date(2014, 11, 24), MET),
    Application(date(2015, 2, 9), NOT_MET, "The reports were about planning, and no further one is known.", "PL/15/0088"),
    Application(date(2015, 5, 18), MET),
    Application(date(2015, 9, 14), NOT_MET, "One complaint in six months; the harm is low and was answered at once."),
    Application(date(2015, 12, 7), MET),
    Application(date(2016, 1, 25), MET),
    Application(date(2016, 3, 7), NOT_MET, "One complaint in six months, and it was acted on the same day."),
)  # fmt: skip
KINDS = (MUSIC, ROWDY, GARDEN, PARTIES, DOGS, MUSIC, GARDEN, ROWDY)


def since_2014(scene: Scene) -> Iterator[Story]:
    """A story for each application."""
    for application, behaviour in zip(APPLICATIONS, KINDS, strict=True):
        if application.old_reference:
            yield _decided(scene, application)
            continue
        complaints = ENOUGH if application.decision is MET else TOO_FEW
        plot = Plot(application.on - timedelta(days=26), behaviour, "former", complaints=complaints)
        yield _about_a_case(scene, application, plot)


def _about_a_case(scene: Scene, application: Application, plot: Plot) -> Story:
    matter = yield from begins(scene, plot)
    yield from _decided(scene, application, matter.case_id, matter.complainant_ids[0])
    quiet = application.on + timedelta(days=200)
    yield from closing(scene, matter.case_id, quiet, outcome="resolved", reason="Nothing was reported for four months.")


def _decided(
    scene: Scene, application: Application, case_id: int | None = None, applicant_id: int | None = None
) -> Story:
    """Received, acknowledged, decided; and held, where the threshold was met; and the outcome sent."""
    officer, manager = scene.staff["officer"], scene.staff["manager"]
    now = yield at(scene.office_day(application.on), "10:05")
    review_id = receive_application(
        actor=officer,
        now=now,
        applied=now,
        case_id=case_id,
        case_reference=application.old_reference,
        applicant_id=applicant_id,
    )
    if application.on >= IN_FORCE:
        now = yield at(scene.office_day(application.on + timedelta(days=1)), "09:30")
        acknowledge_application(actor=officer, now=now, case_review_id=review_id)
        pass_round(scene, review_id, now, answers=AGREED)
    now = yield at(scene.office_day(application.on + timedelta(days=8)), "14:00")
    decide_threshold(
        actor=manager,
        now=now,
        case_review_id=review_id,
        decision=application.decision,
        reason=application.reason,
        weighed=None if application.decision is MET else LITTLE,
    )
    notify_decision(actor=officer, now=now, case_review_id=review_id)
    if application.decision is MET:
        now = yield at(scene.office_day(application.on + timedelta(days=28)), "13:00")
        held_on = now.date()
        record_review_held(actor=officer, now=now, case_review_id=review_id, held_on=held_on, recommendations=None)
        now = yield at(scene.office_day(held_on + timedelta(days=6)), "11:00")
        send_outcome(actor=officer, now=now, case_review_id=review_id)
        close_review(actor=officer, now=now, case_review_id=review_id)
