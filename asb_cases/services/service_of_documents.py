"""How a signed document reached its recipient. The first giving of a warning or notice is what it counts from; a later
one is another record of service, never another notice."""

from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.community_protection_notice import check_given
from asb_cases.domain.service import ServiceFacts, ServiceMethod, check_service, deemed_day
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.service import Service
from asb_cases.queries.enforcement import intervention_to_work_on, requirements_of
from asb_cases.queries.enforcement_facts import notice_facts
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.services.enforcement_clocks import start_clocks
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, said
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: The statuses in which a document that was given may be given again.
GIVEN_AGAIN = ("served", "not_heeded", "complied", "in_force", "appealed", "issued", "unpaid")


@dataclass(frozen=True)
class Giving:
    """How and when a document was given. Of a posted one `sent_on` is the day of posting, and `given_on` may be left out:
    it is then the day it would arrive. `given_at` matters where the order within a day does. `enquiries_note` says what
    was done to find the owner or occupier (s.45), unless the draft says so already."""

    method: ServiceMethod
    given_on: date | None = None
    given_at: datetime | None = None
    sent_on: date | None = None
    deemed_because: str | None = None
    address: str | None = None
    address_basis: str | None = None
    enquiries_note: str | None = None
    witness: str | None = None
    note: str | None = None
    proof_id: int | None = None
    server_id: int | None = None


@transaction
def record_service(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    giving: Giving,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> int:
    """Record how a signed document was given. The first time, a warning or notice is thereby issued, its clocks start,
    and the warning it follows is escalated. Returns the id of the record of service."""
    actor.check(Permission.RECORD_SERVICE)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    again = step.issued_on is not None and step.status in GIVEN_AGAIN
    if not again or step.entered_in_error_on is not None:
        check_move(step, "record_service", actor)
    policy = policy_in_force()
    given_on = _day_given(giving, today, policy)
    step.enquiries_note = giving.enquiries_note or step.enquiries_note
    found = _judge(step, giving, given_on, today, policy)
    if step.power == "CPN" and not again:
        notice = notice_facts(step, authoriser_id=step.authoriser_id, on=given_on, at=giving.given_at, policy=policy)
        found += check_given(notice)
    found.raise_unless_reasoned(cautions_reason)
    service = _keep(step, giving, given_on, actor)
    if step.issued_on is None:
        _issue_by_giving(step, service, policy, today)
    db.session.flush()
    details = {"service_id": service.id, "method": giving.method.value, "again": again}
    record("service_recorded", about(step), actor=actor, now=now, details=details, reason=said(cautions_reason))
    return service.id


def count_from(step: Intervention, service: Service, policy: Policy) -> None:
    """Let a document count from a record of service: its day, its requirements', and the clocks that run from it."""
    given_on = service.given_on
    if given_on is None:
        raise ValueError("A record of service of ours has its day.")
    step.issued_on, step.issued_at = given_on, service.given_at
    for requirement in requirements_of(step.id):
        if requirement.version == 1 and requirement.made_by == "issue":
            requirement.from_on = given_on
    db.session.flush()
    start_clocks(step, "record_service", given_on, policy)


def _issue_by_giving(step: Intervention, service: Service, policy: Policy, today: date) -> None:
    make_move(step, "record_service", today)
    count_from(step, service, policy)
    warning = step.follows
    if warning is not None and warning.power == "CPW" and warning.status not in ("escalated", "withdrawn"):
        make_move(warning, "escalate", today)


def _day_given(giving: Giving, today: date, policy: Policy) -> date:
    if giving.given_on is not None:
        return giving.given_on
    if giving.given_at is not None:
        return local(giving.given_at).date()
    if giving.method is ServiceMethod.POST and giving.sent_on is not None:
        return _deemed_day(giving.sent_on, policy)
    return today


def _deemed_day(sent_on: date, policy: Policy) -> date:
    return deemed_day(sent_on, policy.holidays, policy.values.number("deemed_service_days", sent_on))


def _judge(step: Intervention, giving: Giving, given_on: date, today: date, policy: Policy) -> Findings:
    power = POWERS[step.power]
    posted = giving.method is ServiceMethod.POST and giving.sent_on is not None
    facts = ServiceFacts(
        method=giving.method,
        given_on=given_on,
        today=today,
        signed_on=local(step.signed_at).date() if step.signed_at else None,
        sent_on=giving.sent_on,
        deemed_on=_deemed_day(giving.sent_on, policy) if posted and giving.sent_on else None,
        deemed_because=giving.deemed_because,
        address=giving.address,
        enquiries_note=step.enquiries_note,
        has_proof=giving.proof_id is not None,
    )
    return check_service(power.document, power.services, facts)


def _keep(step: Intervention, giving: Giving, given_on: date, actor: Actor) -> Service:
    service = Service(
        intervention_id=step.id,
        power=step.power,
        method=giving.method,
        sent_on=giving.sent_on,
        given_on=given_on,
        given_at=giving.given_at,
        deemed_because=giving.deemed_because or None,
        address=giving.address or None,
        address_basis=giving.address_basis or None,
        server_id=giving.server_id or actor.user_id,
        witness=giving.witness or None,
        note=giving.note or None,
        proof_id=giving.proof_id,
    )
    db.session.add(service)
    return service
