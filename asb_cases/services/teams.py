"""Teams of the service and the partner bodies it works with."""

from datetime import datetime

from sqlalchemy import select

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.user import Team
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction


@transaction
def find_or_add_team(*, actor: Actor, now: datetime, name: str) -> int:
    """The id of the team of that name, which is made where there is none. Names are compared folded."""
    actor.check(Permission.MANAGE_USERS)
    team = db.session.scalars(select(Team).where(Team.name_key == fold_key(name))).one_or_none()
    if team is None:
        team = Team(name=name.strip(), name_key=fold_key(name))
        db.session.add(team)
        db.session.flush()
        record("team_created", Subject("team", team.id), actor=actor, now=now)
    return team.id


@transaction
def find_or_add_partner_body(
    *, actor: Actor, now: datetime, name: str, kind: PartnerBodyKind = PartnerBodyKind.OTHER
) -> int:
    """The id of the partner body of that name, which is made where there is none."""
    actor.check(Permission.MANAGE_USERS)
    body = db.session.scalars(select(PartnerBody).where(PartnerBody.name_key == fold_key(name))).one_or_none()
    if body is None:
        body = PartnerBody(name=name.strip(), name_key=fold_key(name), kind=kind)
        db.session.add(body)
        db.session.flush()
        record("partner_body_changed", Subject("partner_body", body.id), actor=actor, now=now)
    return body.id
