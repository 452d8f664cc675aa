"""Which rows each figure counts: one entry a figure. Counting them and listing them start from the same entry, so that
a number always opens exactly the rows behind it.

Everywhere left out: rows entered in error, rows of an import that is not complete, and steps that another body took.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.complaints import Channel
from asb_cases.domain.other_tools import tool_of
from asb_cases.domain.periods import Period
from asb_cases.domain.powers import POWERS, TOOLS
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.queries.visibility import of_complete_imports

Holder = type[Intervention] | type[Case] | type[Complaint] | type[CaseReview]
Condition = ColumnElement[bool]
#: A column, or what is worked out from columns.
Column = SQLCoreOperations[Any]

#: The case that a record belongs to. A complaint or an application may have none.
CASE_OF: dict[type[Any], Column] = {
    Intervention: Intervention.case_id,
    Case: Case.id,
    Complaint: Complaint.case_id,
    CaseReview: CaseReview.case_id,
}


@dataclass(frozen=True)
class CountedRows:
    """The rows of one figure, before a period is chosen.

    `row` is what is counted, `day` what it is counted by, `holder` the record whose page shows it. `joined` are the
    tables beside the holder's, each with what ties it. `one_each` counts each value of `row` once however many records
    it has (recipients). `during` says which rows a period takes where that is not simply those whose day it holds.
    """

    holder: Holder
    row: InstrumentedAttribute[Any]
    day: Column
    criteria: tuple[Condition, ...]
    joined: tuple[tuple[type[Any], Condition], ...] = ()
    one_each: bool = False
    during: Callable[[Period], Condition] | None = None

    def select(self, *columns: Column) -> Select[Any]:
        """A select of `columns` over the figure's rows of any day."""
        found = select(*columns).select_from(self.holder)
        for table, tie in self.joined:
            found = found.join(table, tie)
        return found.where(*self.criteria)

    def in_period(self, period: Period) -> Condition:
        """The condition that takes the rows of one period."""
        return self.during(period) if self.during else self.day.between(period.first, period.last)


def _standing(*tables: type[Any]) -> tuple[Condition, ...]:
    """Neither entered in error nor of an unfinished import, for each of the tables."""
    return tuple(
        condition for table in tables for condition in (table.entered_in_error_on.is_(None), of_complete_imports(table))
    )


def _power(code: str) -> tuple[Condition, ...]:
    """Used by this council: another body's warning or notice may stand behind ours, and is not counted as ours."""
    return (Intervention.power == code, Intervention.issued_by_body.is_(None))


WARNING, NOTICE = _power("CPW"), _power("CPN")
#: Fixed penalties and prosecutions for failing to comply with a notice (s.48); those of other offences are other figures.
PENALTY = (*_power("FPN"), Intervention.offence == "cpn_breach")
PROSECUTION = (*_power("PROSECUTION"), Intervention.offence == "cpn_breach")
COMPLETE = Intervention.incomplete.is_(False)


def _steps(
    *criteria: Condition, row: InstrumentedAttribute[Any] = Intervention.id, one_each: bool = False
) -> CountedRows:
    """Steps that were given, issued or laid: drafts and what waits to be given have no such day."""
    return CountedRows(
        Intervention, row, Intervention.issued_on, (*criteria, *_standing(Intervention)), one_each=one_each
    )


def _of_tool(code: str) -> tuple[Condition, ...]:
    """A partner's tool is counted as theirs; every other one only where it is this council's."""
    partners = tool_of(POWERS[code]).decided_by == "partner"
    return (Intervention.power == code,) if partners else _power(code)


def _followed_by_notice() -> Condition:
    later = aliased(Intervention)
    return (
        select(later.id)
        .where(
            later.follows_id == Intervention.id,
            later.power == "CPN",
            later.issued_on.is_not(None),
            *_standing(later),
        )
        .correlate(Intervention)
        .exists()
    )


def _paid_on() -> ColumnElement[date | None]:
    """The day on which the amount due had come in. Our own acts keep it; of an old register's penalty it is the day of the
    last payment."""
    kept = case((and_(Intervention.import_id.is_(None), Intervention.outcome == "paid"), Intervention.outcome_on))
    last = (
        select(func.max(Payment.paid_on))
        .where(Payment.intervention_id == Intervention.id, *_standing(Payment))
        .correlate(Intervention)
        .scalar_subquery()
    )
    return func.coalesce(kept, last)


def _cases(day: Column, *criteria: Condition, **options: Any) -> CountedRows:
    return CountedRows(Case, Case.id, day, (*criteria, *_standing(Case)), **options)


def _complaints(day: Column, *criteria: Condition) -> CountedRows:
    return CountedRows(Complaint, Complaint.id, day, (*criteria, *_standing(Complaint)))


def _reviews(day: Column, *criteria: Condition) -> CountedRows:
    return CountedRows(CaseReview, CaseReview.id, day, (*criteria, *_standing(CaseReview)))


def _open_at_end(period: Period) -> Condition:
    return and_(Case.opened_on <= period.last, or_(Case.closed_on.is_(None), Case.closed_on > period.last))


COUNTED_ROWS: dict[str, CountedRows] = {
    "powers_used": _steps(Intervention.issued_by_body.is_(None)),
    "cpw_issued": _steps(*WARNING),
    "cpw_recipients": _steps(*WARNING, row=Intervention.subject_id, one_each=True),
    "cpw_complete": _steps(*WARNING, COMPLETE),
    "cpw_escalated": _steps(*WARNING, COMPLETE, _followed_by_notice()),
    "cpn_issued": _steps(*NOTICE),
    "cpn_recipients": _steps(*NOTICE, row=Intervention.subject_id, one_each=True),
    "cpn_with_warning": _steps(*NOTICE, COMPLETE),
    "cpn_appeals": CountedRows(
        Intervention,
        Appeal.id,
        Appeal.lodged_on,
        (*NOTICE, *_standing(Intervention, Appeal)),
        joined=((Appeal, Appeal.intervention_id == Intervention.id),),
    ),
    "cpn_withdrawn": CountedRows(
        Intervention,
        Intervention.id,
        func.coalesce(Intervention.ended_on, Intervention.outcome_on),
        (
            *NOTICE,
            Intervention.status == "withdrawn",
            Intervention.issued_on.is_not(None),
            *_standing(Intervention),
        ),
    ),
    "breaches_recorded": CountedRows(
        Intervention,
        AllegedBreach.id,
        AllegedBreach.from_on,
        (Intervention.power == "CPN", *_standing(Intervention, AllegedBreach)),
        joined=((AllegedBreach, AllegedBreach.intervention_id == Intervention.id),),
    ),
    "fpn_issued": _steps(*PENALTY),
    "fpn_paid": CountedRows(
        Intervention,
        Intervention.id,
        _paid_on(),
        (*PENALTY, Intervention.status == "paid", *_standing(Intervention)),
    ),
    "prosecutions_started": _steps(*PROSECUTION),
    "prosecutions_convicted": CountedRows(
        Intervention,
        Intervention.id,
        CourtOutcome.decided_on,
        (*PROSECUTION, CourtOutcome.result == "convicted", *_standing(Intervention, CourtOutcome)),
        joined=((CourtOutcome, CourtOutcome.intervention_id == Intervention.id),),
    ),
    **{tool_of(POWERS[code]).counted: _steps(*_of_tool(code)) for code in TOOLS},
    "cases_opened": _cases(Case.opened_on),
    "cases_closed": _cases(Case.closed_on),
    "cases_open_at_end": _cases(Case.opened_on, during=_open_at_end),
    "complaints_received": _complaints(Complaint.made_on),
    "out_of_hours_requests": _complaints(Complaint.shift_on, Complaint.channel == Channel.OUT_OF_HOURS),
    "case_review_applications": _reviews(CaseReview.applied_on),
    "case_review_applications_met": _reviews(CaseReview.applied_on, CaseReview.threshold == ThresholdDecision.MET),
    "case_review_threshold_met": _reviews(CaseReview.decided_on, CaseReview.threshold == ThresholdDecision.MET),
    "case_review_threshold_not_met": _reviews(CaseReview.decided_on, CaseReview.threshold == ThresholdDecision.NOT_MET),
    "case_reviews_held": _reviews(CaseReview.review_held_on),
    "case_reviews_with_recommendations": _reviews(CaseReview.review_held_on, CaseReview.recommendations > 0),
}
