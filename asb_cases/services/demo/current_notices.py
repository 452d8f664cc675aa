"""Notices of the past year: one in each status, with appeals of every outcome, and the situations that are hard."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from asb_cases.domain.appeals import AppealGround, AppealOutcome
from asb_cases.domain.people import Part
from asb_cases.domain.requirements import RequirementKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.enforcement import standing_requirements
from asb_cases.services.appeals import record_direction
from asb_cases.services.demo.behaviour import DOGS, DRINKING, GARDEN, MUSIC, PARTIES, ROWDY, Behaviour
from asb_cases.services.demo.cases import Matter, begins, closing, joins
from asb_cases.services.demo.current_warnings import occupier_of, plot
from asb_cases.services.demo.notices import (
    Escalated,
    appeals,
    authorises_notices,
    court_decides,
    drafts_notice,
    ends,
    escalates,
    notice_content,
    serves,
    signs_notices,
)
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.demo.warnings import content_of, goes_on, warns, withdraws
from asb_cases.services.draft_content import NoticeTo
from asb_cases.services.drafting import draft_notice, draft_warning
from asb_cases.services.endings import discharge
from asb_cases.services.interventions import authorise, check_afterwards, issue
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.services.requirement_versions import Change
from asb_cases.services.service_of_documents import Giving, record_service
from asb_cases.services.variations import vary_notice
from asb_cases.services.warning_outcomes import record_requirement_met, record_review

#: So many days lie between the warning and the notice here: time for the longest one to be heeded, and holidays.
BETWEEN = 40
ENQUIRIES = "Land Registry, the letting agent and two neighbours asked on three days: nobody knows who lives there."
DISMISSED, MODIFIED, QUASHED = AppealOutcome.DISMISSED, AppealOutcome.MODIFIED, AppealOutcome.QUASHED
GROUND = AppealGround


def current_notices(scene: Scene) -> Iterator[Story]:
    """A story for each status and each situation."""
    yield _drafted(scene)
    yield _authorised(scene)
    yield _waiting_to_be_given(scene)
    yield _in_force(scene, 10, MUSIC)
    yield _in_force(scene, GARDEN.days - 1, GARDEN)  # all to be done by tomorrow
    yield _in_force(scene, 45, GARDEN)  # should have been done
    yield _partly_done(scene)
    yield _closed_in_force(scene)
    yield _ended(scene)
    yield _withdrawn(scene)
    yield _discharged(scene)
    yield _varied(scene)
    yield _appeal_running(scene)
    yield _appeal_running(scene, stop_suspended=True)
    yield _late_appeal(scene)
    yield _appeal_over(scene, DISMISSED, GROUND.NOT_UNREASONABLE)
    yield _appeal_over(scene, QUASHED, GROUND.WRONG_PERSON, GROUND.MATERIAL_DEFECT)
    yield _appeal_over(scene, AppealOutcome.WITHDRAWN, GROUND.NO_DETRIMENTAL_EFFECT)
    yield _appeal_modified(scene)
    yield _occupier_unknown(scene)
    yield _shared_house(scene)
    yield _at_the_door(scene, 9, checked=True)
    yield _at_the_door(scene, 1, checked=False)
    yield _on_a_police_warning(scene)


def noticed(scene: Scene, days_ago: int, behaviour: Behaviour, officer: str = "officer") -> Escalated:
    """A notice given so many days ago, after a warning that was not heeded."""
    warned_on, noticed_on = scene.ago(days_ago + BETWEEN), scene.ago(days_ago)
    return escalates(scene, plot(warned_on, behaviour, officer), warned_on, noticed_on)


def _about_to(scene: Scene, behaviour: Behaviour, *, days_ago: int) -> Escalated:
    """A warning that was not heeded, and a draft of a notice of so many days ago."""
    warned_on, day = scene.ago(days_ago + BETWEEN), scene.ago(days_ago)
    matter = yield from begins(scene, plot(warned_on, behaviour))
    warnings = yield from warns(scene, matter, warned_on)
    yield from goes_on(scene, matter, warnings[0], warned_on)
    (draft,) = yield from drafts_notice(matter, warnings, day)
    return matter, draft, day


def _drafted(scene: Scene) -> Story:
    yield from _about_to(scene, DOGS, days_ago=2)


def _authorised(scene: Scene) -> Story:
    _, draft, day = yield from _about_to(scene, PARTIES, days_ago=2)
    yield from authorises_notices(scene, [draft], at(day, "16:10"))


def _waiting_to_be_given(scene: Scene) -> Story:
    matter, draft, day = yield from _about_to(scene, ROWDY, days_ago=1)
    yield from authorises_notices(scene, [draft], at(day, "11:00"))
    yield from signs_notices(matter, [draft], at(day, "12:00"))


def _in_force(scene: Scene, days_ago: int, behaviour: Behaviour) -> Story:
    yield from noticed(scene, days_ago, behaviour)


def _partly_done(scene: Scene) -> Story:
    """One requirement was met in time, and the notice has been reviewed once."""
    matter, notice, day = yield from noticed(scene, 120, GARDEN, "streets")
    now = yield at(day + timedelta(days=18), "10:00")
    first = standing_requirements(notice)[0]
    said = "All waste is gone; photographs taken."
    met_on = now.date()
    record_requirement_met(
        actor=matter.officer, now=now, intervention_id=notice, requirement_id=first.id, met_on=met_on, assessment=said
    )
    now = yield at(day + timedelta(days=85), "10:00")
    said = "Clean on each of three visits. Kept for the winter, when it was worst last year."
    record_review(actor=matter.officer, now=now, intervention_id=notice, assessment=said)


def _closed_in_force(scene: Scene) -> Story:
    matter, _, _ = yield from noticed(scene, 150, MUSIC)
    review_on = scene.office_day(scene.today + timedelta(days=12))
    quiet = "Quiet since the notice, which stays in force."
    yield from closing(scene, matter.case_id, scene.ago(60), outcome="notice", reason=quiet, review_on=review_on)


def _ended(scene: Scene) -> Story:
    matter, notice, day = yield from noticed(scene, 390, PARTIES)
    yield from ends(scene, matter, notice, day)


def _withdrawn(scene: Scene) -> Story:
    _, notice, day = yield from noticed(scene, 90, DOGS)
    yield from withdraws(scene, notice, day + timedelta(days=12), "The dogs have a new home; the notice serves no end.")


def _discharged(scene: Scene) -> Story:
    _, notice, day = yield from noticed(scene, 200, ROWDY)
    now = yield at(day + timedelta(days=120), "13:30")
    discharge(
        actor=scene.staff["manager"],
        now=now,
        intervention_id=notice,
        reason="Four quiet months, and help with alcohol taken up.",
        recipient_told=True,
        victim_told=True,
    )


def _varied(scene: Scene) -> Story:
    _, notice, day = yield from noticed(scene, 70, PARTIES)
    now = yield at(day + timedelta(days=25), "13:00")
    change = Change(
        "Stop holding gatherings of more than twelve people at the premises between 11 pm and 8 am", number=1
    )
    more = Change("Keep the garden door shut between 11 pm and 8 am", kind=RequirementKind.STOP)
    reason = "Representations of the household: eleven people live there."
    vary_notice(actor=scene.staff["manager"], now=now, intervention_id=notice, reason=reason, changes=[change, more])


def _appeal_running(scene: Scene, *, stop_suspended: bool = False) -> Story:
    """Do and steps requirements rest (s.46(3)); in one case the court has suspended the stop requirement too."""
    matter, notice, day = yield from noticed(scene, 19, MUSIC if stop_suspended else GARDEN)
    appeal = yield from appeals(matter, notice, day + timedelta(days=8), GROUND.REQUIREMENT_UNREASONABLE)
    if stop_suspended:
        now = yield at(day + timedelta(days=14), "16:00")
        note = "Suspended until the hearing: the recipient teaches music at home by day."
        record_direction(actor=scene.staff["legal"], now=now, appeal_id=appeal, stop_suspended_on=now.date(), note=note)


def _late_appeal(scene: Scene) -> Story:
    matter, notice, day = yield from noticed(scene, 50, DOGS)
    yield from appeals(matter, notice, day + timedelta(days=35), GROUND.CANNOT_CONTROL)


def _appeal_over(scene: Scene, outcome: AppealOutcome, *grounds: AppealGround) -> Story:
    matter, notice, day = yield from noticed(scene, 130, MUSIC)
    appeal = yield from appeals(matter, notice, day + timedelta(days=15), *grounds)
    yield from court_decides(scene, appeal, day + timedelta(days=70), outcome, "After a hearing of one hour.")


def _appeal_modified(scene: Scene) -> Story:
    matter, notice, day = yield from noticed(scene, 140, GARDEN)
    appeal = yield from appeals(matter, notice, day + timedelta(days=12), GROUND.REQUIREMENT_UNREASONABLE)
    decided_on = day + timedelta(days=60)
    more_time = Change(GARDEN.rules[0].text, comply_by=decided_on + timedelta(days=35), number=1)
    note = "The court allows five weeks for the removal."
    yield from court_decides(scene, appeal, decided_on, MODIFIED, note, more_time)


def _occupier_unknown(scene: Scene) -> Story:
    """Nobody knows who lives there: warning and notice are posted on the premises (s.45)."""
    warned_on, noticed_on = scene.ago(48), scene.ago(8)
    begun = plot(warned_on, GARDEN, subjects=(occupier_of("the house with the blue shutters"),))
    matter = yield from begins(scene, begun)
    posted = ServiceMethod.POSTED_ON_PREMISES
    says = {"enquiries_note": ENQUIRIES}
    warnings = yield from warns(scene, matter, warned_on, method=posted, says=says)
    yield from goes_on(scene, matter, warnings[0], warned_on)
    yield from serves(scene, matter, warnings, noticed_on, method=posted, says=says)


def _shared_house(scene: Scene) -> Story:
    """Five students in one house: one drafting, one document each. Two heed the warning by moving out."""
    warned_on, noticed_on = scene.ago(55), scene.ago(15)
    five = tuple(scene.crowd.adult(warned_on) for _ in range(5))
    matter = yield from begins(scene, plot(warned_on, PARTIES, subjects=five))
    warnings = yield from warns(scene, matter, warned_on)
    for warning in warnings[:3]:
        yield from goes_on(scene, matter, warning, warned_on)
    yield from serves(scene, matter, warnings[:3], noticed_on, subject_ids=matter.subject_ids[:3])


def _at_the_door(scene: Scene, days_ago: int, *, checked: bool) -> Story:
    """A notice at the door at night, on one signature, after a written warning earlier that night; policy asks for a
    second person's check on the next working day."""
    night = scene.ago(days_ago)
    matter = yield from begins(scene, plot(night, PARTIES, "streets"))
    now = yield at(night, "20:10")
    (warning,) = draft_warning(
        actor=matter.officer, now=now, case_id=matter.case_id, subject_ids=matter.subject_ids,
        content=content_of(matter, night),
    )  # fmt: skip
    yield from _out_at_once(matter, [warning], at(night, "20:15"))
    now = yield at(night, "23:20")
    (notice,) = draft_notice(
        actor=matter.officer, now=now, case_id=matter.case_id,
        recipients=[NoticeTo(matter.subject_id, warning)], content=notice_content(matter, night),
    )  # fmt: skip
    yield from _out_at_once(matter, [notice], at(night, "23:25"))
    if checked:
        now = yield at(scene.office_day(night + timedelta(days=1)), "09:30")
        remark = "Body-worn video seen: three hours were enough to turn the music off."
        check_afterwards(actor=scene.staff["manager"], now=now, intervention_id=notice, remark=remark)


def _out_at_once(matter: Matter, ids: Sequence[int], moment: datetime) -> Story:
    """Authorised, signed and handed over within minutes."""
    now = yield moment
    reason = "Sixty people and music in the street; the notice could not wait until the morning."
    for each in ids:
        authorise(actor=matter.officer, now=now, intervention_id=each, cautions_reason=reason)
        issue(actor=matter.officer, now=now, intervention_id=each, cautions_reason=reason)
    now = yield now + timedelta(minutes=5)
    for each in ids:
        giving = Giving(ServiceMethod.HAND, given_at=now, address=matter.place, witness="Constable at the scene")
        record_service(actor=matter.officer, now=now, intervention_id=each, giving=giving, cautions_reason=reason)


def _on_a_police_warning(scene: Scene) -> Story:
    """The police gave the written warning; the notice is the council's."""
    warned_on, noticed_on = scene.ago(40), scene.ago(18)
    matter = yield from begins(scene, plot(warned_on, DRINKING, "streets"))
    now = yield at(warned_on, "09:00")
    joins(matter, now, scene.crowd.neighbour(), Part.PROFESSIONAL)
    now = yield at(warned_on, "09:30")
    outside = Outside(
        "CPW", "Thames Valley Police", warned_on, now, DRINKING.conduct.format(place=matter.place),
        DRINKING.asked(warned_on), ServiceMethod.HAND,
    )  # fmt: skip
    warning = record_outside_step(
        actor=matter.officer, now=now, case_id=matter.case_id, subject_id=matter.subject_id, outside=outside
    )
    yield from serves(scene, matter, [warning], noticed_on)
