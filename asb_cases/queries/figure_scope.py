"""Which of a figure's rows count for somebody: all of them, their team's, their own shift's (`FIGURES_VISIBILITY`)."""

from sqlalchemy import ColumnElement, and_, or_, select, true

from asb_cases.domain.permissions import Actor, FiguresScope
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.user import User
from asb_cases.queries.figure_rows import CASE_OF, CountedRows


def counts_for(actor: Actor, rows: CountedRows) -> ColumnElement[bool]:
    """The condition on a figure's rows under which they count for the actor.

    Which figures somebody is shown at all is decided before (`domain.figures.FIGURES_IN_SCOPE`).
    """
    if actor.figures_scope is FiguresScope.OWN_TEAM:
        return _of_team(actor, rows)
    if actor.figures_scope is FiguresScope.OWN_SHIFT:
        return Complaint.recorded_by_id == actor.user_id
    return true()


def _of_team(actor: Actor, rows: CountedRows) -> ColumnElement[bool]:
    """On a case of the team or of one's own; a complaint that has no case yet, where one of the team took it."""
    own = or_(Case.owner_id == actor.user_id, and_(Case.team_id.is_not(None), Case.team_id == actor.team_id))
    if rows.holder is Case:
        return own
    on_own_case = CASE_OF[rows.holder].in_(select(Case.id).where(own))
    if rows.holder is not Complaint:
        return on_own_case
    colleagues = select(User.id).where(
        or_(User.id == actor.user_id, and_(User.team_id.is_not(None), User.team_id == actor.team_id))
    )
    return or_(on_own_case, and_(Complaint.case_id.is_(None), Complaint.recorded_by_id.in_(colleagues)))
