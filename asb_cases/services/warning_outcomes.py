"""What became of a warning: it was heeded, or the conduct went on after the time it gave; and of single requirements."""

from collections.abc import Mapping
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.community_protection_warning import check_not_heeded
from asb_cases.domain.record_keeping import day_has_come, day_to_come, days_in_order, words_given
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement import intervention_to_work_on, requirements_of
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import DUE, IN_FORCE
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, result_in
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def record_compliance(
    *, actor: Actor, now: datetime, intervention_id: int, assessment: str, version: int | None = None
) -> None:
    """Record that a warning was heeded, and how that is known."""
    _assess("record_compliance", actor, now, intervention_id, assessment, version, Findings())


@transaction
def record_not_heeded(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    evidence_on: date | None,
    assessment: str,
    version: int | None = None,
) -> None:
    """Record that a warning was not heeded: `evidence_on` is a day, after the time the warning gave, on which the conduct
    was seen to go on."""
    today = local(now).date()
    warning = intervention_to_work_on(intervention_id, actor=actor, today=today)
    found = check_not_heeded(
        comply_by=warning.comply_by, evidence_on=evidence_on, given_on=warning.issued_on
    ) + gathered([
        day_has_come("The day of the evidence", evidence_on, today, "evidence_on"),
    ])  # fmt: skip
    seen_on = {"evidence_on": evidence_on.isoformat()} if evidence_on else {}
    _assess("record_not_heeded", actor, now, intervention_id, assessment, version, found, seen_on)


@transaction
def record_requirement_met(
    *, actor: Actor, now: datetime, intervention_id: int, requirement_id: int, met_on: date, assessment: str
) -> None:
    """Record that a requirement of a notice was met on a day; its clock ends."""
    actor.check(Permission.ASSESS_COMPLIANCE)
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    if requirement_id not in {row.id for row in requirements_of(notice.id)}:
        raise NotFound("requirement")
    gathered([
        *why_not_reviewed(notice),
        words_given("The assessment", assessment, "assessment"),
        day_has_come("The day", met_on, today, "met_on"),
        days_in_order(("the notice was given", notice.issued_on), ("Meeting it", met_on), "met_on"),
    ]).raise_if_refused()  # fmt: skip
    deadlines.meet(DUE, of=Links(requirement_id=requirement_id), at=met_on, because="Requirement met")
    details = {"requirement_id": requirement_id}
    record("compliance_assessed", about(notice), actor=actor, now=now, details=details, reason=assessment)


@transaction
def record_review(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    assessment: str,
    next_review_on: date | None = None,
    version: int | None = None,
) -> None:
    """Record that a notice in force was reviewed; the next review runs from today, or to the day named."""
    actor.check(Permission.ASSESS_COMPLIANCE)
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(notice, version)
    gathered([
        *why_not_reviewed(notice),
        words_given("The assessment", assessment, "assessment"),
        day_to_come("The next review", next_review_on, today, "next_review_on"),
    ]).raise_if_refused()  # fmt: skip
    of = Links(case_id=notice.case_id, intervention_id=notice.id)
    deadlines.meet("cpn_review", of=of, at=today, because="Reviewed")
    notice.review_on = next_review_on
    clock = deadlines.start("cpn_review", today, of, policy=policy_in_force())
    deadlines.name_last_day(clock, next_review_on, where="at the review")
    record("compliance_assessed", about(notice), actor=actor, now=now, details={"review": True}, reason=assessment)


def why_not_reviewed(notice: Intervention) -> tuple[Refusal, ...]:
    """Why a notice can't be reviewed, or a requirement of it recorded as met: it does not stand."""
    if notice.status in IN_FORCE and notice.entered_in_error_on is None:
        return ()
    remedy = "A notice is reviewed, and what it requires recorded as met, while it is in force."
    return (NO_SUCH_MOVE.of(move="review", status=notice.status.replace("_", " "), remedy=remedy),)


def _assess(
    move: str,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    assessment: str,
    version: int | None,
    found: Findings,
    details: Mapping[str, str] | None = None,
) -> None:
    today = local(now).date()
    warning = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(warning, version)
    check_move(warning, move, actor)
    (found + gathered([words_given("The assessment", assessment, "assessment")])).raise_if_refused()
    if move == "record_compliance":
        deadlines.meet("cpw_compliance", of=Links(intervention_id=warning.id), at=today, because="Warning heeded")
    make_move(warning, move, today)
    result_in(warning, warning.status, today)
    record(
        "compliance_assessed",
        about(warning),
        actor=actor,
        now=now,
        details={"result": warning.status, **(details or {})},
        reason=assessment,
    )
