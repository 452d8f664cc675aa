"""The risk record: which version of the matrix is used, and what was assessed in a case."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.domain.risk import AT_CLOSING, Given, RiskLevel, RiskTemplate, in_force
from asb_cases.domain.risk_template import SHIPPED, from_json
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person
from asb_cases.models.risk import RiskAssessment, RiskTemplateVersion
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports, of_unmerged, of_visible_case

#: Those whose risk is assessed.
AT_RISK = (Part.VICTIM, Part.COMPLAINANT)
RANKS = {level: level.rank for level in RiskLevel}


@dataclass(frozen=True)
class Version:
    """A version of the matrix, and who made it when and why; of the shipped one nobody did."""

    template: RiskTemplate
    because: str
    entered_by: str | None
    entered_at: Any


def risk_templates() -> list[Version]:
    """Every version, the first first."""
    rows = db.session.execute(
        select(RiskTemplateVersion, User.name)
        .outerjoin(User, User.id == RiskTemplateVersion.entered_by_id)
        .order_by(RiskTemplateVersion.version)
    )
    made = [
        Version(from_json(row.content, version=row.version, from_on=row.from_on), row.because, name, row.entered_at)
        for row, name in rows
    ]
    return [Version(SHIPPED, "Shipped", None, None), *made]


def risk_template_on(day: date) -> RiskTemplate:
    """The version that is used on a day."""
    return in_force([each.template for each in risk_templates()], day)


def risk_template_called(version: int) -> RiskTemplate:
    """The version with this number. Raises `NotFound`."""
    found = next((each.template for each in risk_templates() if each.template.version == version), None)
    if found is None:
        raise NotFound("version of the matrix")
    return found


def latest(assessment: Any = RiskAssessment) -> ColumnElement[bool]:
    """The condition that an assessment is the latest of its person in its case."""
    later = aliased(RiskAssessment)
    return ~exists().where(
        later.case_id == assessment.case_id,
        later.person_id.is_not_distinct_from(assessment.person_id),
        later.id > assessment.id,
    )


def level_of_case() -> ScalarSelect[Any]:
    """The rank of the highest level that counts in a case, to be selected with it; NULL where none was assessed."""
    return (
        select(func.max(case(RANKS, value=RiskAssessment.level)))
        .where(RiskAssessment.case_id == Case.id, latest())
        .correlate(Case)
        .scalar_subquery()
    )


def latest_of_case(case_id: int) -> list[RiskAssessment]:
    """The latest assessment of each person."""
    return list(db.session.scalars(select(RiskAssessment).where(RiskAssessment.case_id == case_id, latest())))


def risk_left(case_id: int, closing_on: date) -> RiskLevel | None:
    """The highest level above standard that was last assessed too long ago to count as assessed at closing."""
    old = [row for row in latest_of_case(case_id) if (closing_on - local(row.assessed_at).date()).days > AT_CLOSING]
    levels = [row.level for row in old if row.level is not RiskLevel.STANDARD]
    return max(levels, key=lambda level: level.rank, default=None)


def assessments_of_case(case_id: int) -> list[tuple[RiskAssessment, bool]]:
    """Every assessment of a case, the latest first, each with whether it is the one that counts."""
    rows = db.session.scalars(
        select(RiskAssessment)
        .where(RiskAssessment.case_id == case_id)
        .options(
            joinedload(RiskAssessment.person),
            joinedload(RiskAssessment.assessor),
            joinedload(RiskAssessment.level_set_by),
        )
        .order_by(RiskAssessment.id.desc())
    )
    found, seen = [], set[int | None]()
    for row in rows:
        found.append((row, row.person_id not in seen))
        seen.add(row.person_id)
    return found


def next_due(assessments: Sequence[RiskAssessment]) -> dict[int, date]:
    """By when each is to be made again: the first of its clocks that run."""
    found = db.session.execute(
        select(Deadline.risk_assessment_id, func.min(Deadline.last_day))
        .where(
            Deadline.risk_assessment_id.in_([each.id for each in assessments]), Deadline.state == DeadlineState.RUNNING
        )
        .group_by(Deadline.risk_assessment_id)
    )
    return {assessment_id: day for assessment_id, day in found if assessment_id is not None}


def assessment_for(actor: Actor, assessment_id: int, today: date) -> RiskAssessment:
    """One assessment, with its person, of a case that the actor may see. Raises `NotFound`."""
    found = db.session.scalars(
        select(RiskAssessment)
        .where(RiskAssessment.id == assessment_id, of_visible_case(RiskAssessment.case_id, actor, today))
        .options(joinedload(RiskAssessment.person), joinedload(RiskAssessment.case))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("risk assessment")
    return found


def is_latest(assessment: RiskAssessment) -> bool:
    """Whether it is the latest of its person in its case."""
    found = select(RiskAssessment.id).where(RiskAssessment.id == assessment.id, latest())
    return db.session.scalar(found) is not None


def people_at_risk(case_id: int) -> Sequence[tuple[int, str]]:
    """Those of a case whose risk is assessed: victims, then complainants, by id and name."""
    rows = db.session.execute(
        select(Person.id, Person.name, Participant.part)
        .join(Participant, Participant.person_id == Person.id)
        .where(
            Participant.case_id == case_id,
            Participant.part.in_(AT_RISK),
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .order_by(Participant.id)
    )
    ordered = sorted(rows, key=lambda row: AT_RISK.index(row.part))
    return list({row.id: (row.id, row.name) for row in reversed(ordered)}.values())[::-1]


def given_in(assessment: RiskAssessment) -> Given:
    """What was answered in an assessment."""
    return Given(
        answers={int(place): tuple(chosen) for place, chosen in json.loads(assessment.answers).items()},
        signs=tuple(json.loads(assessment.signs)),
        child=assessment.child_at_risk,
        adult=assessment.adult_at_risk,
    )
