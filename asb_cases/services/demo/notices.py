"""Notices in stories: drafted, authorised by the manager, signed and given by the officer; appeals, breaches, endings."""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from asb_cases.domain.appeals import AppealGround, AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.calendar import plus_months
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.enforcement import standing_requirements
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal
from asb_cases.services.breaches import allege_breach, decide_breach
from asb_cases.services.demo.cases import Matter, Plot, begins
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story, Telling
from asb_cases.services.demo.warnings import AS_USUAL, CAUTIONS, Says, content_of, gives, goes_on, warns
from asb_cases.services.draft_content import Content, NoticeTo, Told
from asb_cases.services.drafting import draft_notice
from asb_cases.services.endings import end_notice
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.requirement_versions import Change

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
LIFE_IN_MONTHS = 12
ENOUGH_TIME = "More than the days the warning gave have passed; the conduct was seen again after they were over."
TOLD = "Neighbourhood policing team"
COURT = "Oxford Magistrates’ Court"

Noticed = Generator[datetime, datetime, tuple[int, ...]]
Escalated = Generator[datetime, datetime, tuple[Matter, int, date]]


def notice_content(matter: Matter, on: date) -> Content:
    """What a notice of a day says: as the warning did, and why there was time, who was told, and when it ends."""
    return replace(
        content_of(matter, on),
        comply_by=None,
        enough_time_reason=ENOUGH_TIME,
        consultees=[Told(TOLD, on - ONE_DAY, "They had nothing to add to the draft.")],
        ends_on=plus_months(on, LIFE_IN_MONTHS) - ONE_DAY,
    )


def drafts_notice(
    matter: Matter,
    warning_ids: Sequence[int],
    on: date,
    *,
    subject_ids: Sequence[int] | None = None,
    says: Says = AS_USUAL,
) -> Noticed:
    """A draft for each subject, on the warning that they had; `says` replaces parts of what it says."""
    recipients = [NoticeTo(*pair) for pair in zip(subject_ids or matter.subject_ids, warning_ids, strict=True)]
    now = yield at(on, "09:20")
    ids = draft_notice(
        actor=matter.officer,
        now=now,
        case_id=matter.case_id,
        recipients=recipients,
        content=replace(notice_content(matter, on), **says),
    )
    return tuple(ids)


def authorises_notices(scene: Scene, ids: Sequence[int], moment: datetime) -> Story:
    """The manager looks at drafts that an officer made."""
    now = yield moment
    for each in ids:
        authorise(actor=scene.staff["manager"], now=now, intervention_id=each, cautions_reason=CAUTIONS)


def signs_notices(matter: Matter, ids: Sequence[int], moment: datetime) -> Story:
    """The officer, authorised under s.53, signs."""
    now = yield moment
    for each in ids:
        issue(actor=matter.officer, now=now, intervention_id=each, cautions_reason=CAUTIONS)


def serves(
    scene: Scene,
    matter: Matter,
    warning_ids: Sequence[int],
    on: date,
    *,
    method: ServiceMethod = ServiceMethod.HAND,
    subject_ids: Sequence[int] | None = None,
    says: Says = AS_USUAL,
) -> Noticed:
    """A notice to each subject, given on the day (a posted one is issued on the day it would arrive)."""
    ids = yield from drafts_notice(matter, warning_ids, on, subject_ids=subject_ids, says=says)
    yield from authorises_notices(scene, ids, at(on, "11:00"))
    yield from signs_notices(matter, ids, at(on, "12:00"))
    yield from gives(scene, matter, ids, on, method)
    return ids


def escalates(
    scene: Scene,
    plot: Plot,
    warned_on: date,
    noticed_on: date | None = None,
    *,
    method: ServiceMethod = ServiceMethod.HAND,
    says: Says = AS_USUAL,
) -> Escalated:
    """A case with a warning that is not heeded, and the notice: a week after that was found, if no day is given. Ends
    with the case, the notice and its day."""
    matter = yield from begins(scene, plot)
    warnings = yield from warns(scene, matter, warned_on)
    assessed = yield from goes_on(scene, matter, warnings[0], warned_on)
    day = noticed_on or scene.office_day(assessed + WEEK)
    (notice,) = yield from serves(scene, matter, warnings, day, method=method, says=says)
    return matter, notice, day


def appeals(matter: Matter, notice_id: int, lodged_on: date, *grounds: AppealGround) -> Telling:
    """The recipient appeals. Ends with the appeal's id."""
    now = yield at(lodged_on, "14:30")
    return lodge_appeal(
        actor=matter.officer, now=now, intervention_id=notice_id, lodged_on=lodged_on, grounds=grounds, court=COURT
    )


def court_decides(scene: Scene, appeal_id: int, on: date, outcome: AppealOutcome, note: str, *changes: Change) -> Story:
    """The court ends an appeal."""
    now = yield at(on, "16:00")
    order = Order(outcome=outcome, determined_on=on, note=note, changes=changes)
    determine_appeal(actor=scene.staff["legal"], now=now, appeal_id=appeal_id, order=order)


def fails(
    matter: Matter, notice_id: int, on: date, *, recorded_on: date | None = None, account: str | None = None
) -> Telling:
    """The first requirement is alleged not to have been complied with on a day. Ends with the breach's id."""
    now = yield at(recorded_on or on + ONE_DAY, "10:10")
    return allege_breach(
        actor=matter.officer,
        now=now,
        intervention_id=notice_id,
        requirement_ids=[standing_requirements(notice_id)[0].id],
        from_on=on,
        evidence="Seen and heard by an officer; statement and notebook entry.",
        account=account,
        cautions_reason=CAUTIONS,
    )


def decides(scene: Scene, breach_id: int, on: date, decision: BreachDecision, *, by: str = "manager") -> Story:
    """What is to be done about an alleged breach."""
    now = yield at(on, "15:00")
    decide_breach(
        actor=scene.staff[by],
        now=now,
        breach_id=breach_id,
        decision=decision,
        reason="The evidence is clear, no reasonable excuse was put forward, and this is proportionate.",
        account="Invited by letter to give an account; said that friends had come round.",
        cautions_reason=CAUTIONS,
    )


def ends(scene: Scene, matter: Matter, notice_id: int, drafted_on: date) -> Story:
    """The notice's last day passes; a case that is closed with the notice in force is then simply closed."""
    last_day = plus_months(drafted_on, LIFE_IN_MONTHS) - ONE_DAY
    now = yield at(scene.office_day(last_day + ONE_DAY), "09:05")
    end_notice(actor=matter.officer, now=now, intervention_id=notice_id)
