"""The rows an act of the enforcement track works on, locked until it ends, for whoever may see their case.

What is not there and what is not theirs look alike: `NotFound`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.breaches import CLOCK as LIMIT
from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import Base, db
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.appeal import Appeal
from asb_cases.models.casework import Attachment, AttachmentLink, ContactEntry, Note, Task
from asb_cases.models.complaint import Complaint
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.deadline import Deadline
from asb_cases.models.hearing import Hearing
from asb_cases.models.history import HistoryEntry
from asb_cases.models.incident import Incident
from asb_cases.models.intervention import Intervention, ScreeningAnswer
from asb_cases.models.measure import Measure
from asb_cases.models.payment import Payment
from asb_cases.models.record import Correctable
from asb_cases.models.representation import Representation
from asb_cases.models.requirement import Requirement
from asb_cases.models.service import Service
from asb_cases.models.user import Authorisation
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, of_visible_case

Row = TypeVar("Row", bound=Base)

EVIDENCE_ROWS: dict[str, type[Complaint] | type[Note] | type[ContactEntry]] = {
    "complaint_id": Complaint,
    "note_id": Note,
    "contact_entry_id": ContactEntry,
}


def intervention_to_work_on(intervention_id: int, *, actor: Actor, today: date) -> Intervention:
    """The intervention with its subject and the step it follows. Raises `NotFound`."""
    query = (
        select(Intervention)
        .where(Intervention.id == intervention_id, *_theirs(actor, today))
        .options(joinedload(Intervention.subject), joinedload(Intervention.follows))
    )
    return _locked(query, Intervention, "intervention")


def breach_to_work_on(breach_id: int, *, actor: Actor, today: date) -> AllegedBreach:
    """The alleged breach with its notice, the notice's subject and the warning it follows. Raises `NotFound`."""
    notice = joinedload(AllegedBreach.intervention)
    query = (
        select(AllegedBreach)
        .join(Intervention, Intervention.id == AllegedBreach.intervention_id)
        .where(AllegedBreach.id == breach_id, *_theirs(actor, today))
        .options(notice.joinedload(Intervention.subject), notice.joinedload(Intervention.follows))
    )
    return _locked(query, AllegedBreach, "alleged breach")


def appeal_to_work_on(appeal_id: int, *, actor: Actor, today: date) -> Appeal:
    """The appeal with its notice. Raises `NotFound`."""
    query = (
        select(Appeal)
        .join(Intervention, Intervention.id == Appeal.intervention_id)
        .where(Appeal.id == appeal_id, *_theirs(actor, today))
        .options(joinedload(Appeal.intervention).joinedload(Intervention.subject))
    )
    return _locked(query, Appeal, "appeal")


def service_to_work_on(service_id: int, *, actor: Actor, today: date) -> Service:
    """One record of how a document was given. Raises `NotFound`."""
    query = select(Service).join(Intervention, Intervention.id == Service.intervention_id)
    return _locked(query.where(Service.id == service_id, *_theirs(actor, today)), Service, "service")


def case_of_service(service_id: int) -> int:
    """The id of the case that a record of service belongs to."""
    query = select(Intervention.case_id).join(Service, Service.intervention_id == Intervention.id)
    return db.session.scalars(query.where(Service.id == service_id)).one()


def measure_to_work_on(measure_id: int, *, actor: Actor, today: date) -> Measure:
    """One thing done about an alleged breach. Raises `NotFound`."""
    query = select(Measure).join(Intervention, Intervention.id == Measure.intervention_id)
    return _locked(query.where(Measure.id == measure_id, *_theirs(actor, today)), Measure, "measure")


def payment_to_work_on(payment_id: int, *, actor: Actor, today: date) -> Payment:
    """One payment. Raises `NotFound`."""
    query = select(Payment).join(Intervention, Intervention.id == Payment.intervention_id)
    return _locked(query.where(Payment.id == payment_id, *_theirs(actor, today)), Payment, "payment")


def court_outcome_to_work_on(outcome_id: int, *, actor: Actor, today: date) -> CourtOutcome:
    """What a court decided. Raises `NotFound`."""
    query = select(CourtOutcome).join(Intervention, Intervention.id == CourtOutcome.intervention_id)
    return _locked(query.where(CourtOutcome.id == outcome_id, *_theirs(actor, today)), CourtOutcome, "court outcome")


def representation_to_work_on(representation_id: int, *, actor: Actor, today: date) -> Representation:
    """What somebody put forward. Raises `NotFound`."""
    query = (
        select(Representation)
        .join(Intervention, Intervention.id == Representation.intervention_id)
        .where(Representation.id == representation_id, *_theirs(actor, today))
    )
    return _locked(query, Representation, "representation")


def hearing_to_work_on(hearing_id: int, *, actor: Actor, today: date) -> Hearing:
    """One hearing. Raises `NotFound`."""
    query = select(Hearing).join(Intervention, Intervention.id == Hearing.intervention_id)
    return _locked(query.where(Hearing.id == hearing_id, *_theirs(actor, today)), Hearing, "hearing")


def hearing_to_come(intervention_id: int) -> Hearing | None:
    """The hearing of which it is not recorded yet what became."""
    query = select(Hearing).where(Hearing.intervention_id == intervention_id, Hearing.outcome.is_(None))
    return db.session.scalars(query).one_or_none()


def requirements_of(intervention_id: int) -> list[Requirement]:
    """Every version of every requirement, by number and version."""
    return list(
        db.session.scalars(
            select(Requirement)
            .where(Requirement.intervention_id == intervention_id)
            .order_by(Requirement.number, Requirement.version)
        )
    )


def standing_requirements(intervention_id: int) -> list[Requirement]:
    """The version of each requirement that no later one has taken the place of."""
    return [each for each in requirements_of(intervention_id) if each.to_on is None]


def requirements_breached(breach_id: int) -> list[Requirement]:
    """The requirements that an alleged breach is of."""
    return list(
        db.session.scalars(
            select(Requirement)
            .join(BreachRequirement, BreachRequirement.requirement_id == Requirement.id)
            .where(BreachRequirement.breach_id == breach_id)
            .order_by(Requirement.number, Requirement.version)
        )
    )


def alleged_between(notice_id: int, requirement_ids: Iterable[int], first: date, last: date) -> tuple[int, ...]:
    """The numbers of those requirements of which a breach is alleged, on a day between these, already."""
    query = (
        select(Requirement.number)
        .join(BreachRequirement, BreachRequirement.requirement_id == Requirement.id)
        .join(AllegedBreach, AllegedBreach.id == BreachRequirement.breach_id)
        .where(
            AllegedBreach.intervention_id == notice_id,
            AllegedBreach.entered_in_error_on.is_(None),
            AllegedBreach.from_on <= last,
            func.coalesce(AllegedBreach.to_on, AllegedBreach.from_on) >= first,
            Requirement.id.in_(set(requirement_ids)),
        )
        .distinct()
        .order_by(Requirement.number)
    )
    return tuple(db.session.scalars(query))


def screen_of(intervention_id: int) -> list[Screened]:
    """The answers to the questions of the screen."""
    rows = db.session.scalars(
        select(ScreeningAnswer).where(ScreeningAnswer.intervention_id == intervention_id).order_by(ScreeningAnswer.id)
    )
    return [Screened(row.item, row.raised, row.note) for row in rows]


def services_of(intervention_id: int) -> list[Service]:
    """How the document was given, each time, leaving out what was entered in error."""
    return list(
        db.session.scalars(
            select(Service)
            .where(Service.intervention_id == intervention_id, Service.entered_in_error_on.is_(None))
            .order_by(Service.given_on, Service.id)
        )
    )


def in_the_post(intervention_id: int, sent_on: date | None) -> Service | None:
    """The latest posting of a document, on a day if one is named, that is not recorded as given yet and did not come back."""
    wanted = [
        Service.intervention_id == intervention_id,
        Service.given_on.is_(None),
        Service.method == ServiceMethod.POST,
        Service.entered_in_error_on.is_(None),
        Service.import_id.is_(None),
        Service.returned_on.is_(None),
    ]
    if sent_on is not None:
        wanted.append(Service.sent_on == sent_on)
    query = select(Service).where(*wanted).order_by(Service.sent_on.desc(), Service.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def appeals_against(notice_id: int) -> list[Appeal]:
    """Appeals against a notice, leaving out what was entered in error."""
    return list(
        db.session.scalars(
            select(Appeal)
            .where(Appeal.intervention_id == notice_id, Appeal.entered_in_error_on.is_(None))
            .order_by(Appeal.lodged_on, Appeal.id)
        )
    )


def payments_of(penalty_id: int) -> list[Payment]:
    """Payments of a penalty, leaving out what was entered in error."""
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.intervention_id == penalty_id, Payment.entered_in_error_on.is_(None))
            .order_by(Payment.paid_on, Payment.id)
        )
    )


def steps_for_breach(breach_id: int, power: str) -> list[Intervention]:
    """Penalties, or prosecutions, for an alleged breach, leaving out what was entered in error."""
    return list(
        db.session.scalars(
            select(Intervention)
            .where(
                Intervention.breach_id == breach_id,
                Intervention.power == power,
                Intervention.entered_in_error_on.is_(None),
            )
            .order_by(Intervention.id)
        )
    )


def clocks_of(rule: str, intervention_id: int) -> list[Deadline]:
    """Every clock of a rule that an intervention had, in the order started."""
    return list(
        db.session.scalars(
            select(Deadline)
            .where(Deadline.rule == rule, Deadline.intervention_id == intervention_id)
            .order_by(Deadline.id)
        )
    )


def varied_on(intervention_id: int) -> date | None:
    """The day of the latest variation of a notice."""
    acts = select(func.max(HistoryEntry.at)).where(
        HistoryEntry.kind == "varied",
        HistoryEntry.entity_kind == "intervention",
        HistoryEntry.entity_id == intervention_id,
    )
    at = db.session.scalar(acts)
    return local(at).date() if at is not None else None


def limits_run(breach_id: int) -> bool:
    """Whether the six months to prosecute an alleged breach run, for any of its days."""
    wanted = Deadline.breach_id == breach_id, Deadline.rule == LIMIT, Deadline.state == DeadlineState.RUNNING
    return db.session.scalar(select(Deadline.id).where(*wanted).limit(1)) is not None


def may_issue(user_id: int | None, power: str, day: date) -> bool:
    """Whether somebody holds an authorisation for a power on a day (2014 Act s.53)."""
    if user_id is None:
        return False
    held = (
        select(func.count())
        .select_from(Authorisation)
        .where(
            Authorisation.user_id == user_id,
            Authorisation.power == power,
            Authorisation.from_on <= day,
            or_(Authorisation.to_on.is_(None), Authorisation.to_on >= day),
        )
    )
    return bool(db.session.scalar(held))


def check_evidence_of_case(case_id: int, column: str, ids: Iterable[int]) -> None:
    """That records named as evidence belong to the case. Raises `NotFound`."""
    wanted = set(ids)
    if not wanted:
        return
    if column == "attachment_id":
        query = (
            select(Attachment.id)
            .join(AttachmentLink, AttachmentLink.attachment_id == Attachment.id)
            .where(AttachmentLink.case_id == case_id, Attachment.id.in_(wanted))
        )
    elif column == "incident_id":
        query = select(Incident.id).where(Incident.case_id == case_id, Incident.id.in_(wanted))
    else:
        row = EVIDENCE_ROWS[column]
        query = select(row.id).where(row.case_id == case_id, row.id.in_(wanted), of_complete_imports(row))
    if set(db.session.scalars(query)) != wanted:
        raise NotFound("evidence")


def rows_resting_on(step: Intervention) -> int:
    """How many standing rows could not be without this intervention: later steps, alleged breaches, appeals, payments,
    results."""
    later = _count(Intervention, Intervention.follows_id == step.id)
    hanging: tuple[type[AllegedBreach] | type[Appeal] | type[Payment] | type[CourtOutcome], ...] = (
        AllegedBreach,
        Appeal,
        Payment,
        CourtOutcome,
    )
    return later + sum(_count(rows, rows.intervention_id == step.id) for rows in hanging)


def steps_resting_on_identification(person_id: int) -> int:
    """How many standing steps follow one that names another record of the same subject, where one of the two is this."""
    earlier = aliased(Intervention)
    given_up = and_(Intervention.issued_on.is_(None), Intervention.ended_on.is_not(None))
    query = (
        select(func.count())
        .select_from(Intervention)
        .join(earlier, earlier.id == Intervention.follows_id)
        .where(
            Intervention.subject_id != earlier.subject_id,
            or_(Intervention.subject_id == person_id, earlier.subject_id == person_id),
            Intervention.entered_in_error_on.is_(None),
            Intervention.import_id.is_(None),
            ~given_up,
        )
    )
    return db.session.scalar(query) or 0


def given_after(warning_id: int) -> int:
    """How many standing notices that were given follow a warning."""
    return _count(
        Intervention,
        Intervention.follows_id == warning_id,
        Intervention.power == "CPN",
        Intervention.issued_on.is_not(None),
    )


def rows_before(step: Intervention, day: date, at: datetime | None) -> int:
    """How many standing rows would come before a warning or notice if it had been given on a day: alleged breaches of it,
    appeals against it, notices that were given on it."""
    earlier = Intervention.issued_on < day
    if at is not None:
        earlier = or_(earlier, and_(Intervention.issued_on == day, Intervention.issued_at <= at))
    return (
        _count(AllegedBreach, AllegedBreach.intervention_id == step.id, AllegedBreach.from_on < day)
        + _count(Appeal, Appeal.intervention_id == step.id, Appeal.lodged_on < day)
        + _count(Intervention, Intervention.follows_id == step.id, Intervention.power == "CPN", earlier)
    )


def open_task(case_id: int, title: str) -> Task | None:
    """A task of the case that has this title and is not done."""
    query = select(Task).where(Task.case_id == case_id, Task.title == title, Task.done_on.is_(None))
    return db.session.scalars(query.order_by(Task.id).limit(1)).one_or_none()


def open_check(intervention_id: int) -> Task | None:
    """The task that asks for the second person's check of a document, while it is not done."""
    query = select(Task).where(Task.check_of_id == intervention_id, Task.done_on.is_(None))
    return db.session.scalars(query.order_by(Task.id).limit(1)).one_or_none()


def _theirs(actor: Actor, today: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return of_complete_imports(Intervention), of_visible_case(Intervention.case_id, actor, today)


def _locked(query: Select[Row], row: type[Row], what: str) -> Row:
    found = db.session.scalars(query.with_for_update(of=row).execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound(what)
    return found


def _count(rows: type[Correctable], *wanted: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(rows).where(rows.entered_in_error_on.is_(None), *wanted)
    return db.session.scalar(query) or 0
