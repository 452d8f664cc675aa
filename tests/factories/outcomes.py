"""What came of a step: payments, what a court found, appeals; and figures that others supply."""

from datetime import date
from decimal import Decimal
from typing import Any

from asb_cases.domain.hearings import HearingPurpose
from asb_cases.domain.measures import MeasureKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.hearing import Hearing
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.models.payment import Payment
from asb_cases.models.policy import RecordCoverage
from asb_cases.models.representation import Representation
from asb_cases.models.service import Service
from asb_cases.models.tool import ToolEvent, ToolEventKind, ToolTerms
from tests.factories.rows import NOW, TODAY, filled, keep


def make_payment(penalty: Intervention, *, paid_on: date | None = TODAY, **given: Any) -> Payment:
    """All of a fixed penalty, paid in time. The penalty's own status stays what it is."""
    return keep(Payment(**filled(given, amount_pence=10000), intervention_id=penalty.id, paid_on=paid_on))


def make_court_outcome(
    prosecution: Intervention, result: str = "convicted", *, decided_on: date | None = TODAY, **given: Any
) -> CourtOutcome:
    return keep(CourtOutcome(**given, intervention_id=prosecution.id, result=result, decided_on=decided_on))


def make_appeal(notice: Intervention, *, lodged_on: date | None = TODAY, **given: Any) -> Appeal:
    """One that is not determined yet."""
    return keep(Appeal(**given, intervention_id=notice.id, lodged_on=lodged_on))


def make_service(step: Intervention, *, given_on: date = TODAY, **given: Any) -> Service:
    """Handed over."""
    least = {"method": ServiceMethod.HAND, "power": step.power}
    return keep(Service(**filled(given, **least), intervention_id=step.id, given_on=given_on))


def make_hearing(step: Intervention, *, listed_on: date = TODAY, **given: Any) -> Hearing:
    """One that is still to come."""
    return keep(Hearing(**filled(given, purpose=HearingPurpose.TRIAL), intervention_id=step.id, listed_on=listed_on))


def make_representation(step: Intervention, *, received_on: date = TODAY, **given: Any) -> Representation:
    """One that is not answered yet."""
    return keep(Representation(**filled(given, text="It was not me"), intervention_id=step.id, received_on=received_on))


def make_measure(breach: AllegedBreach, *, done_on: date = TODAY, **given: Any) -> Measure:
    """Work on open land, done and paid for by the council."""
    least = {"kind": MeasureKind.WORK_OPEN_AIR, "amount_pence": 25000, "text": "The garden was cleared"}
    about = {"breach_id": breach.id, "intervention_id": breach.intervention_id}
    return keep(Measure(**filled(given, **least), **about, done_on=done_on))


def make_tool_event(step: Intervention, *, happened_on: date = TODAY, **given: Any) -> ToolEvent:
    """A review of a tool, beside its terms."""
    keep(
        ToolTerms(
            intervention_id=step.id, **{name: given.pop(name) for name in ("court", "conditions") if name in given}
        )
    )
    least = {"kind": ToolEventKind.REVIEW, "text": "Kept to so far"}
    return keep(ToolEvent(**filled(given, **least), intervention_id=step.id, happened_on=happened_on))


def make_series(code: str, **given: Any) -> PartnerSeries:
    return keep(PartnerSeries(**filled(given, title=code.replace("_", " ").capitalize(), unit="crimes"), code=code))


def make_value(series: PartnerSeries, first: date, last: date, value: int | str | None, **given: Any) -> PartnerValue:
    least = {"source": "The police", "entered_at": NOW}
    amount = None if value is None else Decimal(value)
    return keep(
        PartnerValue(**filled(given, **least), series_id=series.id, period_from=first, period_to=last, value=amount)
    )


def make_coverage(figure: str, complete_from: date, note: str = "Kept on paper before") -> RecordCoverage:
    return keep(RecordCoverage(figure=figure, complete_from=complete_from, note=note))


def mark_in_error(row: Any, on: date = TODAY) -> None:
    """Mark a counted row as entered in error."""
    row.entered_in_error_on, row.entered_in_error_reason = on, "Entered twice"
    db.session.commit()
