"""All that was done about one person or body, across the cases that the reader may see, and what of it stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from asb_cases.domain.permissions import Actor
from asb_cases.domain.standing_on import Given, stood_on
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.people import load_person_for, records_of_same
from asb_cases.queries.visibility import interventions_visible_to, of_complete_imports

#: What ends these is their outcome: the payment, the court's result.
SETTLED_BY_OUTCOME = ("FPN", "PROSECUTION")


@dataclass(frozen=True)
class Held:
    """One step, and whether it stood on the day asked about."""

    facts: Any
    stood: bool


@dataclass(frozen=True)
class SubjectEnforcement:
    """The person, the steps against them, the latest first, and the alleged breaches of these."""

    person: Person
    steps: Sequence[Held]
    breaches: Sequence[Any]


def subject_enforcement(actor: Actor, person_id: int, on: date, today: date) -> SubjectEnforcement:
    """What was done about a person, or about whom they were recorded as besides. Raises `NotFound`. Two queries besides that
    of the person, however much it is."""
    person = load_person_for(actor, person_id, today)
    ids = {person.id, *records_of_same(person)}
    of = (Intervention.subject_id.in_(ids), interventions_visible_to(actor, today))
    rows = db.session.execute(
        select(
            Intervention.id, Intervention.reference, Intervention.power, Intervention.status, Intervention.issued_on,
            Intervention.issued_by_body, Intervention.ends_on, Intervention.ended_on, Intervention.outcome,
            Intervention.outcome_on, Intervention.entered_in_error_on, Case.reference.label("case_reference"),
        )
        .join(Case, Case.id == Intervention.case_id)
        .where(*of)
        .order_by(Intervention.issued_on.desc().nulls_first(), Intervention.id.desc())
    ).all()  # fmt: skip
    breaches = db.session.execute(
        select(
            AllegedBreach.id, AllegedBreach.from_on, AllegedBreach.to_on, AllegedBreach.decision, AllegedBreach.decided_on,
            AllegedBreach.entered_in_error_on, Intervention.reference,
        )
        .join(Intervention, Intervention.id == AllegedBreach.intervention_id)
        .where(*of, of_complete_imports(AllegedBreach))
        .order_by(AllegedBreach.from_on.desc(), AllegedBreach.id.desc())
    ).all()  # fmt: skip
    return SubjectEnforcement(person, [Held(row, stood_on(_given(row), on)) for row in rows], breaches)


def _given(row: Any) -> Given:
    settled = row.outcome_on if row.power in SETTLED_BY_OUTCOME and row.outcome != "unpaid" else None
    return Given(row.status, row.issued_on, row.ends_on, row.ended_on, settled, row.entered_in_error_on is not None)
