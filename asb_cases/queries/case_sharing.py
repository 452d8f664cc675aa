"""Who sees a case beyond the team that works on it: its shares, the readers of a restricted one, who could be either."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from asb_cases.domain.permissions import Actor, Role
from asb_cases.extensions import db
from asb_cases.models.case import Case, CaseReader, CaseShare
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team, User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_visible_case

#: Who can be named as a reader: whoever reads the words of a case at all.
READER_ROLES = (Role.OFFICER, Role.MANAGER, Role.LEGAL, Role.DUTY_OFFICER, Role.PARTNER)


@dataclass(frozen=True)
class ShareShown:
    """With whom a case is or was shared, and over which days."""

    id: int
    with_whom: str
    from_on: date
    to_on: date | None
    ended_on: date | None

    def over(self, today: date) -> bool:
        """Whether it lets nobody in any more."""
        return self.ended_on is not None or (self.to_on is not None and self.to_on < today)


def shares_of(case_id: int) -> list[ShareShown]:
    """Every share of a case, the latest first."""
    rows = db.session.execute(
        select(CaseShare.id, Team.name, PartnerBody.name, CaseShare.from_on, CaseShare.to_on, CaseShare.ended_on)
        .outerjoin(Team, Team.id == CaseShare.team_id)
        .outerjoin(PartnerBody, PartnerBody.id == CaseShare.partner_body_id)
        .where(CaseShare.case_id == case_id)
        .order_by(CaseShare.id.desc())
    )
    return [
        ShareShown(row_id, team or body or "", from_on, to_on, ended)
        for row_id, team, body, from_on, to_on, ended in rows
    ]


def share_for(actor: Actor, share_id: int, today: date) -> tuple[CaseShare, Case]:
    """A share and its case, for whoever sees the case. Raises `NotFound`."""
    share = db.session.scalars(
        select(CaseShare).where(CaseShare.id == share_id, of_visible_case(CaseShare.case_id, actor, today))
    ).one_or_none()
    if share is None:
        raise NotFound("share")
    return share, db.session.get_one(Case, share.case_id)


def reader_ids_of(case_id: int) -> list[int]:
    """Who is named as a reader of a case."""
    return list(
        db.session.scalars(select(CaseReader.user_id).where(CaseReader.case_id == case_id).order_by(CaseReader.user_id))
    )


def possible_readers(case_id: int) -> Sequence[User]:
    """Everybody who could be named as a reader, by name, with team and body: partners only of bodies that the case is
    shared with, and whoever is named already."""
    bodies = select(CaseShare.partner_body_id).where(
        CaseShare.case_id == case_id, CaseShare.partner_body_id.is_not(None), CaseShare.ended_on.is_(None)
    )
    named = select(CaseReader.user_id).where(CaseReader.case_id == case_id)
    could = (User.role.in_(READER_ROLES)) & or_(User.role != Role.PARTNER, User.partner_body_id.in_(bodies))
    return db.session.scalars(
        select(User)
        .where(or_(User.active & could, User.id.in_(named)))
        .options(joinedload(User.team), joinedload(User.partner_body))
        .order_by(User.name, User.id)
    ).all()
