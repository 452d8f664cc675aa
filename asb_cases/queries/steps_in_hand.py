"""A document on its way, for the pages that authorise, sign and give it: where it stands, and what the law says now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings, RuleBroken
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Actor, Permission, roles_that_may
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.authority import FourEyes
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.service import deemed_day
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import PersonAddress
from asb_cases.models.place import Address
from asb_cases.models.service import Service
from asb_cases.models.user import Authorisation, User
from asb_cases.queries.drafts import step_called
from asb_cases.queries.enforcement import in_the_post, services_of
from asb_cases.queries.enforcement_facts import signatures_of
from asb_cases.queries.judgement import Asking, Signing, judged
from asb_cases.queries.policy import Policy, policy_in_force


@dataclass(frozen=True)
class StepInHand:
    """A step that somebody is about to take along. `allowed` is what the law says of it: to authorise it while it is a
    draft, to sign it from then on."""

    id: int
    version: int
    reference: str
    power: str
    status: str
    case_id: int
    case_reference: str
    subject_id: int
    subject: str
    subject_kind: PersonKind
    drafter_id: int | None
    issued_on: date | None
    issued_at: datetime | None
    signed_at: datetime | None
    follows_given_at: datetime | None
    follows_given_on: date | None
    enquiries_note: str | None
    cautions_reason: str | None
    four_eyes: FourEyes
    in_error: bool
    allowed: Findings

    @property
    def may_go_out_alone(self) -> bool:
        """Whether policy lets one officer authorise, sign and hand it over."""
        return self.four_eyes is not FourEyes.ALWAYS


def step_in_hand(actor: Actor, reference: str, now: datetime, *, asking: Asking | None = None) -> StepInHand:
    """The step with this reference, judged as if this actor went on with it now. Raises `NotFound`."""
    today = local(now).date()
    step, policy = step_called(actor, reference, today), policy_in_force()
    return StepInHand(
        id=step.id,
        version=step.version,
        reference=step.reference,
        power=step.power,
        status=step.status,
        case_id=step.case_id,
        case_reference=step.case.reference,
        subject_id=step.subject_id,
        subject=step.subject.name,
        subject_kind=step.subject.kind,
        drafter_id=step.drafter_id,
        issued_on=step.issued_on,
        issued_at=step.issued_at,
        signed_at=step.signed_at,
        follows_given_at=step.follows.issued_at if step.follows else None,
        follows_given_on=step.follows.issued_on if step.follows else None,
        enquiries_note=step.enquiries_note,
        cautions_reason=step.cautions_reason,
        four_eyes=signatures_of(step, actor.user_id, today, policy).policy,
        in_error=step.entered_in_error_on is not None,
        allowed=_law(step, asking, actor, now, policy) if asking else Findings(),
    )


def check_move_open(step: StepInHand, *moves: str) -> None:
    """Raises `RuleBroken` where none of the moves leads on from where the step stands."""
    if step.in_error:
        raise RuleBroken((IN_ERROR,))
    table = POWERS[step.power].transitions
    if not any(row.source == step.status and row.move in moves for row in table):
        next_status(table, step.status, moves[0])


def _law(step: Intervention, asking: Asking, actor: Actor, now: datetime, policy: Policy) -> Findings:
    breach = _breach(step.breach_id) if step.breach_id else None
    return judged(step, asking, by=actor.user_id, signing=Signing(now), policy=policy, breach=breach)


def _breach(breach_id: int) -> AllegedBreach | None:
    notice = joinedload(AllegedBreach.intervention)
    query = (
        select(AllegedBreach)
        .where(AllegedBreach.id == breach_id)
        .options(notice.joinedload(Intervention.subject), notice.joinedload(Intervention.follows))
    )
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class Posted:
    """What is in the post: since when, to where, and when it is presumed to arrive."""

    service_id: int
    sent_on: date
    arrives_on: date
    address: str | None


def posted(step_id: int) -> Posted | None:
    """The latest posting that is not recorded as given yet."""
    service = in_the_post(step_id, None)
    if service is None or service.sent_on is None:
        return None
    policy = policy_in_force()
    days = policy.values.number("deemed_service_days", service.sent_on)
    return Posted(service.id, service.sent_on, deemed_day(service.sent_on, policy.holidays, days), service.address)


def was_given(step: StepInHand) -> bool:
    """Whether it has reached its recipient before. A penalty has a date from its signature on."""
    if step.power != "FPN":
        return step.issued_on is not None
    return any(row.given_on is not None for row in services_of(step.id))


def may_come_back(step_id: int) -> list[Service]:
    """What was posted, and is not recorded as having come back."""
    return [row for row in services_of(step_id) if row.sent_on is not None and row.returned_on is None]


def addresses_of(person_id: int, today: date) -> list[str]:
    """Where somebody lives or is based, the latest known first; without those they have left."""
    query = (
        select(Address.text)
        .join(PersonAddress, PersonAddress.address_id == Address.id)
        .where(PersonAddress.person_id == person_id, (PersonAddress.to_on.is_(None)) | (PersonAddress.to_on >= today))
        .order_by(PersonAddress.id.desc())
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def authorisation_of(user_id: int | None, power: str, day: date) -> Authorisation | None:
    """Under which delegation somebody may issue a power on a day (s.53)."""
    if user_id is None:
        return None
    query = (
        select(Authorisation)
        .where(
            Authorisation.user_id == user_id,
            Authorisation.power == power,
            Authorisation.from_on <= day,
            (Authorisation.to_on.is_(None)) | (Authorisation.to_on >= day),
        )
        .order_by(Authorisation.id)
        .limit(1)
    )
    return db.session.scalars(query).one_or_none()


def who_may_sign(power: str, day: date) -> list[str]:
    """The names of those who hold an authorisation for a power on a day."""
    query = (
        select(User.name)
        .join(Authorisation, Authorisation.user_id == User.id)
        .where(
            User.active,
            Authorisation.power == power,
            Authorisation.from_on <= day,
            (Authorisation.to_on.is_(None)) | (Authorisation.to_on >= day),
        )
        .order_by(User.name)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def last_word(step_id: int) -> Any:
    """Why it was sent back, or what was asked to be changed, last: the reason, the moment and who said so; None where it
    was authorised since, or never given back."""
    kinds = ("sent_back", "changes_asked", "authorised", "authorisation_asked")
    query = (
        select(HistoryEntry.kind, HistoryEntry.reason, HistoryEntry.at, User.name)
        .outerjoin(User, User.id == HistoryEntry.actor_user_id)
        .where(
            HistoryEntry.entity_kind == "intervention", HistoryEntry.entity_id == step_id, HistoryEntry.kind.in_(kinds)
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    row = db.session.execute(query).one_or_none()
    return row if row is not None and row.kind in ("sent_back", "changes_asked") and row.reason else None


def officers_of(team_id: int | None) -> Sequence[User]:
    """Colleagues who may have given a document, by name."""
    roles = {*roles_that_may(Permission.RECORD_SERVICE), *roles_that_may(Permission.RECORD_OUT_OF_HOURS)}
    query = select(User).where(User.active, User.team_id == team_id, User.role.in_(roles)).order_by(User.name, User.id)
    return db.session.scalars(query).all()
