"""One row of every table of what comes after a notice (see tests/support/one_of_each.py)."""

from datetime import date

from asb_cases.domain.hearings import HearingPurpose
from asb_cases.domain.measures import MeasureKind
from asb_cases.extensions import Base
from asb_cases.models.alleged_breach import BreachEvidence
from asb_cases.models.hearing import Hearing
from asb_cases.models.measure import Measure
from asb_cases.models.representation import Representation
from asb_cases.models.tool import ToolAnswer, ToolEvent, ToolEventKind, ToolTerms


def after_a_notice(day: date) -> list[Base]:
    return [
        BreachEvidence(id=1, breach_id=1, note_id=1),
        Representation(id=1, intervention_id=2, received_on=day, text="It was not me"),
        Measure(
            id=1, intervention_id=2, breach_id=1, kind=MeasureKind.WARRANT_ISSUED, done_on=day, text="By the court"
        ),
        ToolTerms(intervention_id=2, proposed_on=day),
        ToolAnswer(id=1, intervention_id=2, question="parent", answer="Their mother"),
        ToolEvent(id=1, intervention_id=2, kind=ToolEventKind.REVIEW, happened_on=day, text="Kept to so far"),
        Hearing(id=1, intervention_id=4, listed_on=day, purpose=HearingPurpose.TRIAL),
    ]
