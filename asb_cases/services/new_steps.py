"""A new row of any power, and how it is found. Parts of the acts that begin one."""

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers import POWERS
from asb_cases.domain.record_keeping import CASE_IS_CLOSED
from asb_cases.domain.references import Prefix
from asb_cases.domain.workflow import next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.search_index import index

PREFIXES = {
    "CPW": Prefix.WARNING,
    "CPN": Prefix.NOTICE,
    "FPN": Prefix.FIXED_PENALTY,
    "PROSECUTION": Prefix.PROSECUTION,
}


def new_step(power: str, case: Case, *, reference_year: int, actor: Actor, **columns: object) -> Intervention:
    """A draft of any power as a part of the act that begins it. The caller describes it and records the history."""
    start = next_status(POWERS[power].transitions, None, "draft")
    step = Intervention(
        reference=next_reference(PREFIXES[power], reference_year),
        power=power,
        status=start,
        case_id=case.id,
        drafter_id=actor.user_id,
        **columns,
    )
    db.session.add(step)
    return step


def check_case_open(case: Case) -> None:
    """Raises `RuleBroken` where the case is closed: what begins now needs an open one."""
    if case.closed_on is not None:
        raise RuleBroken((CASE_IS_CLOSED,))


def index_step(step: Intervention) -> None:
    """Let it be found by its reference, its subject's name and the conduct."""
    index("intervention", step.id, step.case_id, step.reference, step.subject.name, step.conduct)
