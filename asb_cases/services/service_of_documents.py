"""How a signed document reached its recipient. The first giving of a warning or notice is what it counts from; a later
one is another record of service, never another notice. What is posted is recorded that day, and as given once it would
have arrived."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.record_keeping import ALREADY_DONE, IN_ERROR, day_has_come, days_in_order
from asb_cases.domain.service import NOT_POSTED, ServiceFacts, ServiceMethod, check_service, deemed_day
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.service import Service
from asb_cases.queries.enforcement import (
    check_evidence_of_case,
    clocks_of,
    in_the_post,
    intervention_to_work_on,
    requirements_of,
    service_to_work_on,
    services_of,
)
from asb_cases.queries.enforcement_records import LIVE
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.queries.rulings import on_giving
from asb_cases.services import deadlines
from asb_cases.services.case_owners import check_may_have_done
from asb_cases.services.deadlines import Links
from asb_cases.services.enforcement_clocks import start_clocks
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, said
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: Whose roles give documents: those of the day, and those of the night.
SERVERS = (Permission.RECORD_SERVICE, Permission.RECORD_OUT_OF_HOURS)
#: The statuses in which a document that was given may be given again.
GIVEN_AGAIN = ("served", "not_heeded", "complied", "in_force", "appealed", "issued", "unpaid")


@dataclass(frozen=True)
class Giving:
    """How and when a document was given. Of a posted one `sent_on` is the day of posting, and `given_on` may be left out:
    it is then the day it would arrive. What the record of its posting says need not be said again. `given_at` matters
    where the order within a day does. `proof_follows`: a file that shows it is taken in at the same time
    (services/proof_of_service.py). `enquiries_note` says what was done to find the owner or occupier (s.45), unless
    the draft says so already."""

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
    proof_follows: bool = False
    server_id: int | None = None


@dataclass(frozen=True)
class Posting:
    """Where and when a document was posted: today, unless `sent_on` is an earlier day."""

    address: str | None
    sent_on: date | None = None
    address_basis: str | None = None
    note: str | None = None
    proof_id: int | None = None
    server_id: int | None = None


@transaction
def record_posting(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    posting: Posting,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> int:
    """Record that a signed document was posted. It is not given yet, and no clock starts: `record_service` by post, on the
    day it would arrive or later, completes the same record. Returns its id."""
    today = local(now).date()
    step = _to_be_given(intervention_id, actor, today, version)
    _check_proof(step, posting.proof_id)
    check_may_have_done(posting.server_id, "server", *SERVERS)
    giving = Giving(
        ServiceMethod.POST,
        sent_on=posting.sent_on or today,
        address=posting.address,
        address_basis=posting.address_basis,
        note=posting.note,
        proof_id=posting.proof_id,
        server_id=posting.server_id,
    )
    policy = policy_in_force()
    facts = _facts(step, giving, None, now, policy)
    found = _judge(step, facts)
    if facts.deemed_on and not LIVE.was_handed_over(step.id) and not step.imported:
        found += on_giving(step, on=facts.deemed_on, at=None, policy=policy, posted=True)
    found.raise_unless_reasoned(cautions_reason)
    service = _keep(Service(intervention_id=step.id, power=step.power), giving, None, actor)
    db.session.flush()
    details = {"service_id": service.id}
    record("posting_recorded", about(step), actor=actor, now=now, details=details, reason=said(cautions_reason))
    return service.id


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
    and the warning it follows is escalated. Returns the id of the record of service: that of its posting, if it was
    recorded when it was posted."""
    today = local(now).date()
    step = _to_be_given(intervention_id, actor, today, version)
    _check_proof(step, giving.proof_id)
    check_may_have_done(giving.server_id, "server", *SERVERS)
    again = _may_be_given_again(step)
    first = not LIVE.was_handed_over(step.id) if step.power == "FPN" else not again
    policy = policy_in_force()
    posted = in_the_post(step.id, giving.sent_on) if giving.method is ServiceMethod.POST else None
    giving = _as_posted(giving, posted) if posted else giving
    given_on = _day_given(giving, today, policy)
    step.enquiries_note = giving.enquiries_note or step.enquiries_note
    facts = _facts(step, giving, given_on, now, policy)
    # Of a date before the posting was spoken when it was posted.
    found = _judge(step, replace(facts, dated_on=None) if posted else facts)
    if first:
        posting = giving.method is ServiceMethod.POST
        found += on_giving(step, on=given_on, at=giving.given_at, policy=policy, posted=posting)
    found.raise_unless_reasoned(cautions_reason)
    service = _keep(posted or Service(intervention_id=step.id, power=step.power), giving, given_on, actor)
    if step.issued_on is None:
        _issue_by_giving(step, service, policy, today)
    elif step.power == "CPN":
        _appeal_from_giving(step, given_on, policy)
    db.session.flush()
    details = {"service_id": service.id, "method": giving.method.value, "again": again}
    record("service_recorded", about(step), actor=actor, now=now, details=details, reason=said(cautions_reason))
    return service.id


@transaction
def record_returned_post(
    *, actor: Actor, now: datetime, service_id: int, returned_on: date, note: str | None = None
) -> None:
    """Record that the post brought a document back. What had not arrived yet will not; what was recorded as given stays so
    until it is given again, or marked as entered in error: that it never arrived is for the council to weigh and for
    the recipient to show (Interpretation Act 1978 s.7)."""
    actor.check(Permission.RECORD_SERVICE)
    today = local(now).date()
    service = service_to_work_on(service_id, actor=actor, today=today)
    step = intervention_to_work_on(service.intervention_id, actor=actor, today=today)
    gathered([
        IN_ERROR if service.entered_in_error_on else None,
        ALREADY_DONE if service.returned_on else None,
        None if service.method is ServiceMethod.POST else NOT_POSTED,
        day_has_come("The day it came back", returned_on, today, "returned_on"),
        days_in_order(("the day of posting", service.sent_on), ("The day it came back", returned_on), "returned_on"),
    ]).raise_if_refused()  # fmt: skip
    service.returned_on, service.returned_note = returned_on, (note or "").strip() or None
    details = {"service_id": service.id, "given": service.given_on is not None}
    record("post_returned", about(step), actor=actor, now=now, details=details, reason=note)


def count_from(step: Intervention, service: Service, policy: Policy) -> None:
    """Let a document count from a record of service: its day, its requirements', and the clocks that run from it."""
    given_on = service.given_on
    if given_on is None:
        raise ValueError("A record of service of ours has its day.")
    step.issued_on, step.issued_at = given_on, service.given_at
    for requirement in requirements_of(step.id):
        if requirement.version == 1 and requirement.made_by == "issue":
            requirement.from_on = min(given_on, requirement.to_on or given_on)
    db.session.flush()
    start_clocks(step, "record_service", given_on, policy)


def _to_be_given(intervention_id: int, actor: Actor, today: date, version: int | None) -> Intervention:
    """The signed document, which may be given for the first time or again."""
    actor.check(Permission.RECORD_SERVICE)
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    if not _may_be_given_again(step) or step.entered_in_error_on is not None:
        check_move(step, "record_service", actor)
    return step


def _check_proof(step: Intervention, proof_id: int | None) -> None:
    """What shows the giving is a file of the case. Raises `NotFound`."""
    check_evidence_of_case(step.case_id, "attachment_id", [proof_id] if proof_id is not None else [])


def _may_be_given_again(step: Intervention) -> bool:
    return step.issued_on is not None and step.status in GIVEN_AGAIN


def _as_posted(giving: Giving, posted: Service) -> Giving:
    """What is said of the giving, completed by what was recorded at the posting."""
    return replace(
        giving,
        sent_on=posted.sent_on,
        address=giving.address or posted.address,
        address_basis=giving.address_basis or posted.address_basis,
        note=said(posted.note, giving.note),
        proof_id=giving.proof_id or posted.proof_id,
        server_id=giving.server_id or posted.server_id,
    )


def _issue_by_giving(step: Intervention, service: Service, policy: Policy, today: date) -> None:
    make_move(step, "record_service", today)
    count_from(step, service, policy)
    warning = step.follows
    if warning is not None and warning.power == "CPW" and warning.status not in ("escalated", "withdrawn"):
        make_move(warning, "escalate", today)


def _appeal_from_giving(notice: Intervention, given_on: date, policy: Policy) -> None:
    """The time to appeal against a notice as varied runs from the day on which the variation is given. Until then it runs
    from the variation; what is given once more after that changes nothing."""
    of = Links(case_id=notice.case_id, intervention_id=notice.id)
    clock = next(iter(deadlines.running("cpn_appeal", of=of)), None)
    if clock is None or notice.issued_on is None or not notice.issued_on < clock.starts_on < given_on:
        return
    if not any(each.given_on and clock.starts_on <= each.given_on < given_on for each in services_of(notice.id)):
        deadlines.supersede("cpn_appeal", of=of, on=given_on, because="Given as varied")
        deadlines.start("cpn_appeal", given_on, of, policy=policy)


def appeal_as_varied(notice: Intervention, varied: date, on: date, policy: Policy) -> None:
    """Where a record of service was a mistake: let the time to appeal against a varied notice run from the first giving
    since the variation that stands, else from the variation."""
    given = [each.given_on for each in services_of(notice.id) if each.given_on and each.given_on >= varied]
    event, known = min(given, default=varied), clocks_of("cpn_appeal", notice.id)
    if known and known[-1].starts_on != event:
        of = Links(case_id=notice.case_id, intervention_id=notice.id)
        deadlines.supersede("cpn_appeal", of=of, on=on, because="Service entered in error")
        deadlines.start("cpn_appeal", event, of, policy=policy)


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


def _judge(step: Intervention, facts: ServiceFacts) -> Findings:
    power = POWERS[step.power]
    return check_service(power.document, power.services, facts)


def _facts(step: Intervention, giving: Giving, given_on: date | None, now: datetime, policy: Policy) -> ServiceFacts:
    posted = giving.method is ServiceMethod.POST and giving.sent_on is not None
    return ServiceFacts(
        method=giving.method,
        given_on=given_on,
        today=local(now).date(),
        signed_on=local(step.signed_at).date() if step.signed_at else None,
        sent_on=giving.sent_on,
        deemed_on=_deemed_day(giving.sent_on, policy) if posted and giving.sent_on else None,
        deemed_because=giving.deemed_because,
        address=giving.address,
        enquiries_note=step.enquiries_note,
        has_proof=giving.proof_id is not None or giving.proof_follows,
        dated_on=step.issued_on if step.power == "FPN" else None,
        given_at=giving.given_at,
        signed_at=step.signed_at,
        now=now,
        named=step.subject.kind not in UNNAMED if step.power == "CPN" else None,
    )


def _keep(service: Service, giving: Giving, given_on: date | None, actor: Actor) -> Service:
    service.method, service.sent_on = giving.method, giving.sent_on
    service.given_on, service.given_at = given_on, giving.given_at
    service.deemed_because = giving.deemed_because or None
    service.address, service.address_basis = giving.address or None, giving.address_basis or None
    service.server_id = giving.server_id or actor.user_id
    service.witness, service.note, service.proof_id = giving.witness or None, giving.note or None, giving.proof_id
    db.session.add(service)
    return service
