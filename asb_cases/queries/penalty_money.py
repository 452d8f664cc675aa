"""What penalties and fines of a period came to in money, and how many each sum is of."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, func, literal, select, union_all

from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.queries.figure_rows import COUNTED_ROWS
from asb_cases.queries.figures import rows_in
from asb_cases.queries.visibility import of_complete_imports


@dataclass(frozen=True)
class Sum:
    """So much money, in pence, of so many penalties or defendants."""

    pence: int
    of: int


def money_of(period: Period, actor: Actor) -> dict[str, Sum]:
    """The amounts of the penalties issued, what was paid in the period, and what courts ordered, by what each is. One query."""
    actor.check(Permission.SEE_FIGURES)
    issued = rows_in(COUNTED_ROWS["fpn_issued"], period, actor, *_summed("fpn_amounts", Intervention.amount_pence))
    ours = COUNTED_ROWS["fpn_issued"].select(Intervention.id)
    payments = select(
        literal("fpn_payments", String), func.coalesce(func.sum(Payment.amount_pence), 0),
        func.count(Payment.intervention_id.distinct()),
    ).where(
        Payment.paid_on.between(period.first, period.last),
        Payment.entered_in_error_on.is_(None),
        of_complete_imports(Payment),
        Payment.intervention_id.in_(ours),
    )  # fmt: skip
    convicted = COUNTED_ROWS["prosecutions_convicted"]
    court = [
        rows_in(convicted, period, actor, *_summed(what, column))
        for what, column in (
            ("fines", CourtOutcome.fine_pence),
            ("costs", CourtOutcome.costs_pence),
            ("surcharges", CourtOutcome.surcharge_pence),
            ("compensation", CourtOutcome.compensation_pence),
        )
    ]
    rows: Any = db.session.execute(union_all(issued, payments, *court))
    return {what: Sum(int(pence), int(number)) for what, pence, number in rows}


def _summed(what: str, column: Any) -> list[Any]:
    return [literal(what, String), func.coalesce(func.sum(column), 0), func.count(func.nullif(column, 0))]
