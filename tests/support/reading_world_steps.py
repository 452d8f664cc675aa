"""What hangs on the steps of the full case, for tests that open every page about it."""

from typing import Any

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.alleged_breach import BreachEvidence
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.casework import Note
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.service import Service
from tests.factories import keep, make_breach, make_intervention
from tests.factories.outcomes import (
    make_court_outcome,
    make_hearing,
    make_measure,
    make_payment,
    make_representation,
    make_tool_event,
)
from tests.support.reading_world import FullCase

#: Columns of theirs that some page shows.
SHOWN_AFTER = {
    "alleged_breaches.account", "alleged_breaches.evidence", "court_outcomes.court", "hearings.court", "interventions.payee",
    "measures.text", "tool_events.text",
    "payments.reference", "representations.made_by", "representations.text",
}  # fmt: skip


def steps_of(full: FullCase) -> dict[str, str]:
    """What fills the variable parts of their addresses, by the names of the table of who may open what."""
    notice, penalty, prosecution = (step_of(reference) for reference in (full.notice, full.penalty, full.prosecution))
    breach = make_breach(notice, evidence="Heard by two officers", account="A birthday")
    keep(BreachEvidence(breach_id=breach.id, note_id=db.session.scalars(select(Note.id)).first()))
    about: dict[str, Any] = {
        "case": db.session.get(Case, notice.case_id),
        "subject": db.session.get(Person, notice.subject_id),
    }
    tool = make_intervention("CLOSURE_ORDER", **about)
    event = make_tool_event(tool, text="Looked at with the landlord", court="Oxford", conditions="Nobody may go in")
    return {
        "tool": tool.reference,
        "proposed": make_intervention("MEDIATION", **about, status="proposed", issued_on=None).reference,
        "tool_event": str(event.id),
        "tool_code": "closure-order",
        "stage": "start",
        "cpw": full.warning,
        "appealed": full.notice,
        "appeal": str(db.session.scalars(select(Appeal.id).where(Appeal.intervention_id == notice.id)).first()),
        "service": str(db.session.scalars(select(Service.id).where(Service.intervention_id == notice.id)).first()),
        "breach": str(breach.id),
        "penalty": full.penalty,
        "payment": str(make_payment(penalty, amount_pence=3000, reference="CARD 77").id),
        "prosecution": full.prosecution,
        "hearing": str(make_hearing(prosecution, court="Oxford").id),
        "convicted": full.prosecution,
        "outcome": str(make_court_outcome(prosecution, court="Oxford").id),
        "measure": str(make_measure(breach, text="Cleared by two men").id),
        "representation": str(make_representation(notice, made_by="A solicitor").id),
    }


def step_of(reference: str) -> Intervention:
    return db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
