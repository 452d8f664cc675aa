"""Teams of the service and the partner bodies it works with."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.registers import check_not_needed
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.user import Team, User
from asb_cases.services.history import Subject, record
from asb_cases.services.register_rows import check_free, locked_row, rename
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
    *,
    actor: Actor,
    now: datetime,
    name: str,
    kind: PartnerBodyKind = PartnerBodyKind.OTHER,
    relevant: bool = False,
) -> int:
    """The id of the partner body of that name, which is made where there is none."""
    actor.check(Permission.MANAGE_USERS)
    body = db.session.scalars(select(PartnerBody).where(PartnerBody.name_key == fold_key(name))).one_or_none()
    if body is None:
        body = PartnerBody(name=name.strip(), name_key=fold_key(name), kind=kind, relevant=relevant)
        db.session.add(body)
        db.session.flush()
        record("partner_body_changed", Subject("partner_body", body.id), actor=actor, now=now)
    return body.id


@transaction
def add_team(*, actor: Actor, now: datetime, name: str) -> int:
    """Make a team of a name that no other has. Returns its id. Raises RuleBroken."""
    actor.check(Permission.MANAGE_USERS)
    check_free(Team, name, field="team_name")
    return find_or_add_team(actor=actor, now=now, name=name)


@transaction
def change_team(*, actor: Actor, now: datetime, team_id: int, seen: int | None, name: str) -> None:
    """Rename a team: its cases and people stay with it. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    team = locked_row(Team, team_id, seen)
    check_free(Team, name, but=team.id)
    rename(team, name)
    record("team_changed", Subject("team", team.id), actor=actor, now=now)


@transaction
def retire_team(*, actor: Actor, now: datetime, team_id: int, seen: int | None) -> None:
    """Offer a team no more. Raises RuleBroken while people or open cases belong to it, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    team = locked_row(Team, team_id, seen)
    open_cases = Case.team_id == team.id, Case.closed_on.is_(None), Case.entered_in_error_on.is_(None)
    check_not_needed(
        people=_count(User.team_id == team.id, User.active.is_(True)), cases=_count(*open_cases)
    ).raise_if_refused()
    team.active = False
    record("team_retired", Subject("team", team.id), actor=actor, now=now)


@transaction
def restore_team(*, actor: Actor, now: datetime, team_id: int, seen: int | None) -> None:
    """Offer a team again. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    team = locked_row(Team, team_id, seen)
    team.active = True
    record("team_restored", Subject("team", team.id), actor=actor, now=now)


@transaction
def add_partner_body(*, actor: Actor, now: datetime, name: str, kind: PartnerBodyKind, relevant: bool = False) -> int:
    """Make a partner body of a name that no other has. `relevant`: applications for a case review are passed to it (2014
    Act s.105). Returns its id. Raises RuleBroken."""
    actor.check(Permission.MANAGE_USERS)
    check_free(PartnerBody, name, field="body_name")
    return find_or_add_partner_body(actor=actor, now=now, name=name, kind=kind, relevant=relevant)


@transaction
def change_partner_body(
    *,
    actor: Actor,
    now: datetime,
    body_id: int,
    seen: int | None,
    name: str,
    kind: PartnerBodyKind,
    relevant: bool | None = None,
) -> None:
    """Rename a partner body, or say what it is and whether applications for a case review are passed to it. Raises
    RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    body = locked_row(PartnerBody, body_id, seen)
    check_free(PartnerBody, name, but=body.id)
    rename(body, name)
    body.kind = kind
    body.relevant = body.relevant if relevant is None else relevant
    details = {"relevant": body.relevant}
    record("partner_body_changed", Subject("partner_body", body.id), actor=actor, now=now, details=details)


@transaction
def retire_partner_body(*, actor: Actor, now: datetime, body_id: int, seen: int | None) -> None:
    """Offer a partner body no more. What was shared with it stays on record, and is seen by nobody of it until it is
    restored. Raises RuleBroken while its people have an account in use, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    body = locked_row(PartnerBody, body_id, seen)
    people = _count(User.partner_body_id == body.id, User.active.is_(True))
    check_not_needed(people=people).raise_if_refused()
    body.active = False
    record("partner_body_retired", Subject("partner_body", body.id), actor=actor, now=now)


@transaction
def restore_partner_body(*, actor: Actor, now: datetime, body_id: int, seen: int | None) -> None:
    """Offer a partner body again. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    body = locked_row(PartnerBody, body_id, seen)
    body.active = True
    record("partner_body_restored", Subject("partner_body", body.id), actor=actor, now=now)


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).where(*conditions)) or 0
