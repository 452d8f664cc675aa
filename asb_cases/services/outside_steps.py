"""A warning or notice that another body gave: the police, a designated landlord. Ours may stand on it; it is not counted as
ours, and no clock of ours runs for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.community_protection_notice import check_given
from asb_cases.domain.powers.legal_test import check_worded
from asb_cases.domain.record_keeping import day_has_come, days_in_order, words_given
from asb_cases.domain.requirements import Requirement
from asb_cases.domain.service import ServiceFacts, ServiceMethod, check_service
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.service import Service
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import intervention_to_work_on, requirements_of
from asb_cases.queries.enforcement_facts import notice_facts
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.draft_content import Asked, add_requirements
from asb_cases.services.history import record
from asb_cases.services.moves import about, make_move
from asb_cases.services.new_steps import check_case_open, index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.transaction import transaction


@dataclass(frozen=True)
class Outside:
    """What is known of it. `power` is CPW or CPN; a notice names the warning it followed. The copy is attached to the case."""

    power: str
    body: str
    given_on: date
    given_at: datetime | None = None
    conduct: str | None = None
    requirements: Sequence[Asked] = ()
    method: ServiceMethod | None = None
    ends_on: date | None = None
    follows_id: int | None = None


@transaction
def record_outside_step(*, actor: Actor, now: datetime, case_id: int, subject_id: int, outside: Outside) -> int:
    """Record a warning or notice of another body as one that was given. Returns the id."""
    actor.check(Permission.DRAFT)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_case_open(case)
    subject = person_to_work_on(subject_id, actor=actor, today=today)
    follows = intervention_to_work_on(outside.follows_id, actor=actor, today=today) if outside.follows_id else None
    _check(outside, case, subject, follows, today)
    status = POWERS[outside.power].given_status
    step = new_step(
        outside.power, case, reference_year=outside.given_on.year, actor=actor, subject=subject, follows=follows
    )
    step.status, step.issued_on, step.issued_at = status, outside.given_on, outside.given_at
    step.issued_by_body, step.conduct, step.ends_on = outside.body.strip(), outside.conduct or None, outside.ends_on
    db.session.flush()
    play_part(case.id, subject.id, Part.SUBJECT)
    _keep_details(step, outside)
    if outside.power == "CPN" and follows is not None and follows.status not in ("escalated", "withdrawn"):
        make_move(follows, "escalate", today)
    index_step(step)
    record("drafted", about(step), actor=actor, now=now, details={"power": outside.power, "outside": True})
    return step.id


def _check(outside: Outside, case: Case, subject: Person, follows: Intervention | None, today: date) -> None:
    if outside.power not in ("CPW", "CPN"):
        remedy = "Another body’s warning or notice may be recorded."
        raise RuleBroken((NO_SUCH_MOVE.of(move=f"record a {outside.power}", status="none", remedy=remedy),))
    found = gathered([
        words_given("Who gave it", outside.body, "issued_by_body"),
        day_has_come("The day given", outside.given_on, today, "given_on"),
        days_in_order(("it was given", outside.given_on), ("Its last day", outside.ends_on), "ends_on"),
    ])  # fmt: skip
    power = POWERS[outside.power]
    asked = tuple(
        Requirement(number, 1, each.kind, each.text, each.comply_by)
        for number, each in enumerate(outside.requirements, 1)
    )
    found += check_worded(asked, power.time_limited_kinds)
    if outside.method is not None:
        facts = ServiceFacts(outside.method, outside.given_on, today, imported=True)
        found += check_service(power.document, power.services, facts)
    if outside.power == "CPN":
        judged = Intervention(power="CPN", case_id=case.id, subject=subject, follows=follows)
        notice = notice_facts(
            judged, authoriser_id=None, on=outside.given_on, at=outside.given_at, policy=policy_in_force()
        )
        found += check_given(notice)
    found.raise_if_refused()


def _keep_details(step: Intervention, outside: Outside) -> None:
    add_requirements(step, outside.requirements)
    db.session.flush()
    for requirement in requirements_of(step.id):
        requirement.from_on = outside.given_on
    if outside.method is not None:
        service = Service(
            intervention_id=step.id,
            power=step.power,
            method=outside.method,
            given_on=outside.given_on,
            given_at=outside.given_at,
        )
        db.session.add(service)
