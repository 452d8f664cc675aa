"""One intervention with everything recorded of it, a query for each kind of record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.hearing import Hearing
from asb_cases.models.incident import Incident
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person
from asb_cases.models.representation import Representation
from asb_cases.models.requirement import Requirement
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.contact_warnings import WarningShown, contact_warnings_for
from asb_cases.queries.enforcement import requirements_of, screen_of
from asb_cases.queries.enforcement_records import as_appeal, as_requirement
from asb_cases.queries.evidence import NAMED_BY, with_records
from asb_cases.queries.interventions import Assessment, assessments_of, hearings_of, representations_of
from asb_cases.queries.next_steps import takes_steps
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.other_tools import ToolPage, tool_page
from asb_cases.queries.records_of_case import RecordsOfCase, records_of_case
from asb_cases.queries.steps import RequirementShown, shown_requirements
from asb_cases.queries.visibility import interventions_visible_to, of_complete_imports


@dataclass(frozen=True)
class InterventionPage:
    """An intervention and what hangs on it. `facts` has its own columns and the names that go with them; `records` those of
    its whole case, for whoever takes steps."""

    facts: Any
    warnings: Sequence[WarningShown]
    requirements: Sequence[RequirementShown]
    chain: Sequence[Any]
    evidence: Sequence[Any]
    consultees: Sequence[Consultee]
    screen: Sequence[Screened]
    services: Sequence[Any]
    appeals: Sequence[Appeal]
    breaches: Sequence[Any]
    payments: Sequence[Payment]
    court_outcomes: Sequence[CourtOutcome]
    representations: Sequence[Representation]
    hearings: Sequence[Hearing]
    assessments: Sequence[Assessment]
    deadlines: Sequence[Deadline]
    records: RecordsOfCase | None
    tool: ToolPage | None


def intervention_page(actor: Actor, reference: str, today: date, content: CaseContent) -> InterventionPage:
    """The intervention with this reference. What holds words or names is read only for whoever reads those of cases.
    Raises `NotFound`."""
    facts = _intervention(actor, reference, today)
    found = facts.id
    words = content.words
    records = records_of_case(facts.case_id, actor, today) if words and takes_steps(actor) else None
    appeals = _standing(Appeal, found)
    return InterventionPage(
        facts=facts,
        warnings=contact_warnings_for(actor, [facts.subject_id], today).get(facts.subject_id, ()),
        requirements=_requirements(facts, records, appeals, today) if words else [],
        chain=_chain(facts, actor, today) if records is None else _chain_read_ahead(facts, records),
        evidence=_evidence(found) if words else [],
        consultees=_consultees(found) if words else [],
        screen=_screen(facts, records) if words else [],
        services=_services(found) if words else [],
        appeals=appeals,
        breaches=_breaches(found),
        payments=_standing(Payment, found) if facts.power == "FPN" else [],
        court_outcomes=_standing(CourtOutcome, found),
        representations=representations_of(found) if words else [],
        hearings=hearings_of(found) if words else [],
        assessments=assessments_of(found) if words and facts.power in {"CPW", "CPN"} else [],
        deadlines=_deadlines(found),
        records=records,
        tool=tool_page(facts) if words else None,
    )


def _screen(facts: Any, records: RecordsOfCase | None) -> Sequence[Screened]:
    return screen_of(facts.id) if records is None else records.screen(facts.id)


def _intervention(actor: Actor, reference: str, today: date) -> Any:
    parsed = parse_reference(reference)
    drafter, authoriser, issuer, checker = (aliased(User) for _ in range(4))
    other = (
        select(func.aggregate_strings(OtherReference.reference, ", "))
        .where(
            OtherReference.entity_kind == "intervention",
            OtherReference.entity_id == Intervention.id,
            of_complete_imports(OtherReference),
        )
        .correlate(Intervention)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(
            *Intervention.__table__.columns,
            Case.reference.label("case_reference"),
            Case.title.label("case_title"),
            Case.closed_on.label("case_closed_on"),
            Case.entered_in_error_on.label("case_in_error_on"),
            Person.name.label("subject"),
            Person.kind.label("subject_kind"),
            drafter.name.label("drafter"),
            authoriser.name.label("authoriser"),
            issuer.name.label("issuer"),
            checker.name.label("checker"),
            other.label("other_references"),
        )
        .join(Case, Case.id == Intervention.case_id)
        .join(Person, Person.id == Intervention.subject_id)
        .outerjoin(drafter, drafter.id == Intervention.drafter_id)
        .outerjoin(authoriser, authoriser.id == Intervention.authoriser_id)
        .outerjoin(issuer, issuer.id == Intervention.issuer_id)
        .outerjoin(checker, checker.id == Intervention.checker_id)
        .where(Intervention.reference == (str(parsed) if parsed else reference), interventions_visible_to(actor, today))
    ).one_or_none()
    if row is None:
        raise NotFound("intervention")
    return row


def _requirements(
    facts: Any, records: RecordsOfCase | None, appeals: Sequence[Appeal], today: date
) -> list[RequirementShown]:
    standing = [as_appeal(each) for each in appeals if each.entered_in_error_on is None]
    if records is not None:
        required = [(each.rule, each.made_by) for each in records.requirements_of.get(facts.id, ())]
    else:
        required = [(as_requirement(row), row.made_by) for row in requirements_of(facts.id)]
    return shown_requirements(required, standing, facts.power, facts.status, today)


def _chain_read_ahead(facts: Any, records: RecordsOfCase) -> Sequence[Any]:
    """The step this one followed, and those that followed it."""
    return [
        row
        for row in records.by_id.values()
        if row.id in records.visible and (row.id == facts.follows_id or row.follows_id == facts.id)
    ]


def _chain(facts: Any, actor: Actor, today: date) -> Sequence[Any]:
    """The step this one followed, and those that followed it."""
    return db.session.execute(
        select(Intervention.id, Intervention.reference, Intervention.power, Intervention.status, Intervention.issued_on)
        .where(
            or_(Intervention.id == facts.follows_id, Intervention.follows_id == facts.id),
            interventions_visible_to(actor, today),
        )
        .order_by(Intervention.id)
    ).all()


def _evidence(intervention_id: int) -> Sequence[Any]:
    named = select(
        InterventionEvidence.limb,
        InterventionEvidence.description,
        InterventionEvidence.note_id,
        InterventionEvidence.contact_entry_id,
        InterventionEvidence.attachment_id,
        InterventionEvidence.incident_id,
        Incident.happened_on,
        *NAMED_BY,
    ).outerjoin(Incident, Incident.id == InterventionEvidence.incident_id)
    query = with_records(named, InterventionEvidence).where(InterventionEvidence.intervention_id == intervention_id)
    return db.session.execute(query.order_by(InterventionEvidence.id)).all()


def _consultees(intervention_id: int) -> Sequence[Consultee]:
    found = select(Consultee).where(Consultee.intervention_id == intervention_id)
    return db.session.scalars(found.order_by(Consultee.told_on, Consultee.id)).all()


def _services(intervention_id: int) -> Sequence[Any]:
    return db.session.execute(
        select(*Service.__table__.columns, User.name.label("server"))
        .outerjoin(User, User.id == Service.server_id)
        .where(Service.intervention_id == intervention_id, of_complete_imports(Service))
        .order_by(Service.id)
    ).all()


def _breaches(intervention_id: int) -> Sequence[Any]:
    """Alleged breaches, each with the numbers of the requirements it is of and who decided it."""
    numbers = (
        select(func.aggregate_strings(cast(Requirement.number, String), ", "))
        .join(BreachRequirement, BreachRequirement.requirement_id == Requirement.id)
        .where(BreachRequirement.breach_id == AllegedBreach.id)
        .correlate(AllegedBreach)
        .scalar_subquery()
    )
    return db.session.execute(
        select(*AllegedBreach.__table__.columns, User.name.label("decider"), numbers.label("requirements"))
        .outerjoin(User, User.id == AllegedBreach.decider_id)
        .where(AllegedBreach.intervention_id == intervention_id, of_complete_imports(AllegedBreach))
        .order_by(AllegedBreach.from_on, AllegedBreach.id)
    ).all()


def _standing(table: Any, intervention_id: int) -> Sequence[Any]:
    found = select(table).where(table.intervention_id == intervention_id, of_complete_imports(table))
    return db.session.scalars(found.order_by(table.id)).all()


def _deadlines(intervention_id: int) -> Sequence[Deadline]:
    """Every clock that was ever started for it."""
    found = select(Deadline).where(Deadline.intervention_id == intervention_id, of_complete_imports(Deadline))
    return db.session.scalars(found.order_by(Deadline.last_day, Deadline.id)).all()
