"""What has come to its end by time alone and is not recorded as such: for the jobs that record it.

A warning or notice counts once a clock of it that was started here has run out. An import starts no clock that has run out
before, so what an old register says of its own past is left as it stands.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import case, exists, select

from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.powers import TOOLS
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.tool import ToolTerms
from asb_cases.queries.visibility import notice_in_force, of_complete_imports

#: Warnings that somebody may still have to act on lapse; one that was heeded stays so, and only its clock ends.
WAITING, HEEDED = ("served", "not_heeded"), ("complied",)


def warnings_over(today: date, statuses: Iterable[str]) -> Sequence[int]:
    """Warnings in one of these statuses whose life has ended."""
    return _with_clock_over("cpw_life", "CPW", statuses, today)


def notices_over(today: date) -> Sequence[int]:
    """Notices in force whose last day has passed. One that is under appeal waits for the court."""
    return _with_clock_over("cpn_end", "CPN", ("in_force",), today)


def tools_over(now: datetime) -> Sequence[int]:
    """Orders, agreements and notices in force whose last day, or last moment, has passed."""
    today = local(now).date()
    at = select(ToolTerms.ends_at).where(ToolTerms.intervention_id == Intervention.id).correlate(Intervention)
    over = case((at.scalar_subquery().is_not(None), at.scalar_subquery() <= now), else_=Intervention.ends_on < today)
    return db.session.scalars(
        select(Intervention.id)
        .where(
            Intervention.power.in_(TOOLS),
            Intervention.status == "in_force",
            Intervention.entered_in_error_on.is_(None),
            Intervention.ends_on <= today,
            over,
            of_complete_imports(Intervention),
        )
        .order_by(Intervention.id)
    ).all()


def cases_without_notice(today: date) -> Sequence[int]:
    """Cases closed with a notice in force of which no notice is in force any more."""
    stands = exists().where(Intervention.case_id == Case.id, notice_in_force(today))
    return db.session.scalars(
        select(Case.id)
        .where(Case.status == CaseStatus.CLOSED_NOTICE_IN_FORCE, ~stands.correlate(Case), of_complete_imports(Case))
        .order_by(Case.id)
    ).all()


def _with_clock_over(rule: str, power: str, statuses: Iterable[str], today: date) -> Sequence[int]:
    ran_out = exists().where(
        Deadline.intervention_id == Intervention.id,
        Deadline.rule == rule,
        Deadline.state == DeadlineState.RUNNING,
        Deadline.last_day < today,
    )
    return db.session.scalars(
        select(Intervention.id)
        .where(
            Intervention.power == power,
            Intervention.status.in_(list(statuses)),
            Intervention.entered_in_error_on.is_(None),
            ran_out.correlate(Intervention),
            of_complete_imports(Intervention),
        )
        .order_by(Intervention.id)
    ).all()
