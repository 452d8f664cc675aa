"""The steps of the small world's case: one of each power, given today, and what hangs on them."""

from collections.abc import Callable

from asb_cases.adapters.time import today
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from tests.factories import make_breach, make_intervention, make_requirement
from tests.factories.outcomes import (
    make_appeal,
    make_court_outcome,
    make_hearing,
    make_measure,
    make_payment,
    make_representation,
    make_service,
    make_tool_event,
)

#: What the texts of the hidden ones hold, beside those of the case itself.
AFTER_NOUNS = ("court", "done", "put", "evidence", "account", "paid")


def steps_after(case: Case, notice: Intervention, text: Callable[[str], str]) -> dict[str, str]:
    """What fills the variable parts of their addresses. `text` makes a text that hides, or not."""
    told = {"case": case, "subject": notice.subject, "conduct": text("conduct"), "issued_on": today()}
    warning, appealed = make_intervention("CPW", **told), make_intervention("CPN", status="appealed", **told)
    make_requirement(appealed, text=text("demand"))
    appeal = make_appeal(appealed, court=text("court"))
    breach = make_breach(notice, evidence=text("evidence"), account=text("account"))
    penalty, prosecution = make_intervention("FPN", **told), make_intervention("PROSECUTION", **told)
    convicted = make_intervention("PROSECUTION", status="convicted", **told)
    tool = make_intervention("CLOSURE_ORDER", **told)
    proposed = make_intervention("MEDIATION", status="proposed", **told | {"issued_on": None})
    event = make_tool_event(tool, text=text("done"), court=text("court"), conditions=text("demand"))
    return {
        "tool": tool.reference,
        "proposed": proposed.reference,
        "tool_event": str(event.id),
        "tool_code": "closure-order",
        "stage": "start",
        "cpw": warning.reference,
        "appealed": appealed.reference,
        "appeal": str(appeal.id),
        "service": str(make_service(notice, address=text("address")).id),
        "breach": str(breach.id),
        "penalty": penalty.reference,
        "payment": str(make_payment(penalty, reference=text("paid")).id),
        "prosecution": prosecution.reference,
        "hearing": str(make_hearing(prosecution, court=text("court")).id),
        "convicted": convicted.reference,
        "outcome": str(make_court_outcome(convicted, court=text("court")).id),
        "measure": str(make_measure(breach, text=text("done")).id),
        "representation": str(make_representation(appealed, text=text("put")).id),
    }
