"""The steps taken in a case: warnings, notices, penalties, prosecutions, with what each requires and whether it binds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from asb_cases.domain import requirements as rules
from asb_cases.domain.appeals import Appeal as AppealFacts
from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.requirement import Requirement
from asb_cases.queries.enforcement_records import as_requirement
from asb_cases.queries.records_of_case import RecordsOfCase
from asb_cases.queries.visibility import ACTORS_AT_ONCE, interventions_visible_to, of_complete_imports

#: While one of these is its status, a warning or notice may bind; which requirements do is asked of the rules.
BINDING = {"CPW": ("served", "not_heeded"), "CPN": ("in_force", "appealed")}


@dataclass(frozen=True)
class RequirementShown:
    """One requirement as it stands. `effective`: it binds on the day asked about. `resting`: an appeal suspends it."""

    number: int
    version: int
    kind: rules.RequirementKind
    text: str
    comply_by: date | None
    from_on: date | None
    to_on: date | None
    made_by: str
    effective: bool
    resting: bool


@dataclass(frozen=True)
class Step:
    """One intervention of a case, in short."""

    id: int
    reference: str
    power: str
    status: str
    issued_on: date | None
    issued_by_body: str | None
    ends_on: date | None
    ended_on: date | None
    amount_pence: int | None
    in_error: bool
    incomplete: bool
    subject_id: int | None
    subject: str | None
    appeal: AppealFacts | None
    requirements: Sequence[RequirementShown]


def steps_of_case(case_id: int, actor: Actor, today: date, content: CaseContent) -> list[Step]:
    """Every step of a case that the actor may see, the latest first. Two queries. A requirement's words go only to
    whoever reads the words of cases."""
    rows = db.session.execute(_steps_shown_to(actor, today), {"case": case_id}).all()
    required = requirements_by_step([row.id for row in rows])
    steps = []
    for row in rows:
        appeal = AppealFacts(row.lodged_on, stop_suspended_on=row.stop_suspended_on) if row.appeal_id else None
        steps.append(_step(row, row.subject, appeal, required[row.id], today, content))
    return _latest_first(steps)


def steps_read_ahead(records: RecordsOfCase, today: date, content: CaseContent) -> list[Step]:
    """The same, of what was read ahead."""
    steps = []
    for row in records.interventions:
        pending = next((each for each in records.appeals(row.id) if each.outcome is None), None)
        required = [(each.rule, each.made_by) for each in records.requirements_of.get(row.id, ())]
        steps.append(_step(row, row.subject.name, pending, required, today, content))
    return _latest_first(steps)


def _latest_first(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.issued_on or date.max, step.id), reverse=True)


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _steps_shown_to(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """The interventions of a case (`case`) with whom each is against and the appeal that is not decided yet."""
    pending = and_(
        Appeal.intervention_id == Intervention.id,
        Appeal.outcome.is_(None),
        Appeal.entered_in_error_on.is_(None),
        of_complete_imports(Appeal),
    )
    return (
        select(
            Intervention.id,
            Intervention.reference,
            Intervention.power,
            Intervention.status,
            Intervention.issued_on,
            Intervention.issued_by_body,
            Intervention.ends_on,
            Intervention.ended_on,
            Intervention.amount_pence,
            Intervention.incomplete,
            Intervention.entered_in_error_on,
            Intervention.subject_id,
            Person.name.label("subject"),
            Appeal.id.label("appeal_id"),
            Appeal.lodged_on,
            Appeal.stop_suspended_on,
        )
        .join(Person, Person.id == Intervention.subject_id)
        .outerjoin(Appeal, pending)
        .where(Intervention.case_id == bindparam("case"), interventions_visible_to(actor, today))
    )


def shown_requirements(
    required: Iterable[tuple[rules.Requirement, str]],
    appeals: Sequence[AppealFacts],
    power: str,
    status: str,
    today: date,
) -> list[RequirementShown]:
    """Each version of each requirement, with what brought it about, and whether it binds on the day."""
    binding = status in BINDING.get(power, ())
    shown = []
    for rule, made_by in required:
        effective = binding and rule.effective(today, appeals)
        shown.append(
            RequirementShown(
                number=rule.number,
                version=rule.version,
                kind=rule.kind,
                text=rule.text,
                comply_by=rule.comply_by,
                from_on=rule.from_on,
                to_on=rule.to_on,
                made_by=made_by,
                effective=effective,
                resting=binding and not effective and rule.stands(today),
            )
        )
    return shown


_REQUIREMENTS = (
    select(Requirement)
    .where(Requirement.intervention_id.in_(bindparam("steps", expanding=True)))
    .order_by(Requirement.intervention_id, Requirement.number, Requirement.version)
)


def requirements_by_step(ids: Sequence[int]) -> dict[int, list[tuple[rules.Requirement, str]]]:
    """The requirements of each intervention, by number and version."""
    found: dict[int, list[tuple[rules.Requirement, str]]] = defaultdict(list)
    if ids:
        for row in db.session.scalars(_REQUIREMENTS, {"steps": ids}):
            found[row.intervention_id].append((as_requirement(row), row.made_by))
    return found


def _step(
    row: Any,
    subject: str,
    appeal: AppealFacts | None,
    required: Sequence[tuple[rules.Requirement, str]],
    today: date,
    content: CaseContent,
) -> Step:
    """`row` has the columns of an intervention that the list shows."""
    shown = shown_requirements(required, [appeal] if appeal else [], row.power, row.status, today)
    return Step(
        id=row.id,
        reference=row.reference,
        power=row.power,
        status=row.status,
        issued_on=row.issued_on,
        issued_by_body=row.issued_by_body,
        ends_on=row.ends_on,
        ended_on=row.ended_on,
        amount_pence=row.amount_pence,
        in_error=row.entered_in_error_on is not None,
        incomplete=row.incomplete,
        subject_id=row.subject_id if content.words else None,
        subject=subject if content.words else None,
        appeal=appeal,
        requirements=shown if content.words else [],
    )
