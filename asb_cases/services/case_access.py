"""Who may see a case beyond the team that works on it: sharing it, restricting it, opening a restricted one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm.attributes import flag_modified

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import (
    ALREADY_DONE,
    NO_READERS,
    NOT_RESTRICTED,
    ONE_RECIPIENT,
    SHARED_ALREADY,
    days_in_order,
    reason_given,
)
from asb_cases.extensions import db
from asb_cases.models.case import CaseReader, CaseShare
from asb_cases.queries.case_sharing import reader_ids_of
from asb_cases.queries.cases import case_to_work_on, current_share, restricted_case_to_open
from asb_cases.queries.not_found import NotFound
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class ReadersNamed:
    """The readers of a case, as the form shows them."""

    readers: list[int]


@transaction
def restrict_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    reader_ids: Collection[int],
    reason: str,
    version: int | None = None,
) -> None:
    """Let only these people read the case, or name others than so far. Whoever does it is not a reader by that alone."""
    actor.check(Permission.RESTRICT_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    check_version(case, version, shown=lambda: ReadersNamed(reader_ids_of(case.id)))
    gathered([
        reason_given("Restricting a case", reason),
        None if reader_ids else NO_READERS,
    ]).raise_if_refused()  # fmt: skip
    case.restricted = True
    flag_modified(case, "restricted")  # other readers are another version too
    db.session.execute(delete(CaseReader).where(CaseReader.case_id == case.id))
    readers = sorted(set(reader_ids))
    db.session.add_all(CaseReader(case_id=case.id, user_id=reader) for reader in readers)
    about = Subject("case", case.id, case.id)
    record("case_restricted", about, actor=actor, now=now, details={"reader_ids": readers}, reason=reason)


@transaction
def lift_restriction(*, actor: Actor, now: datetime, case_id: int, reason: str) -> None:
    """Let everybody read the case again whose cases include it."""
    actor.check(Permission.RESTRICT_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    gathered([
        None if case.restricted else NOT_RESTRICTED,
        reason_given("Lifting a restriction", reason),
    ]).raise_if_refused()  # fmt: skip
    case.restricted = False
    db.session.execute(delete(CaseReader).where(CaseReader.case_id == case.id))
    record("case_unrestricted", Subject("case", case.id, case.id), actor=actor, now=now, reason=reason)


@transaction
def open_restricted(*, actor: Actor, now: datetime, case_id: int, reason: str) -> None:
    """Become a reader of a restricted case, with a reason that the history keeps."""
    actor.check(Permission.OPEN_RESTRICTED_WITH_REASON)
    case = restricted_case_to_open(case_id, actor=actor, today=local(now).date())
    gathered([
        None if case.restricted else NOT_RESTRICTED,
        reason_given("Opening a restricted case", reason),
    ]).raise_if_refused()  # fmt: skip
    if actor.user_id is not None and db.session.get(CaseReader, (case.id, actor.user_id)) is None:
        db.session.add(CaseReader(case_id=case.id, user_id=actor.user_id))
    record("restricted_case_opened", Subject("case", case.id, case.id), actor=actor, now=now, reason=reason)


@transaction
def share_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    reason: str,
    team_id: int | None = None,
    partner_body_id: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> int:
    """Share the case with one team, or with one partner body, from a day (today) perhaps to a day. Returns the id."""
    actor.check(Permission.SHARE_CASES)
    today = local(now).date()
    from_on = from_on or today
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([
        ONE_RECIPIENT if (team_id is None) == (partner_body_id is None) else None,
        reason_given("Sharing a case", reason),
        days_in_order(("the first day", from_on), ("The last day", to_on), "to_on"),
    ]).raise_if_refused()  # fmt: skip
    known = current_share(case.id, team_id=team_id, partner_body_id=partner_body_id, today=today)
    gathered([SHARED_ALREADY if known else None]).raise_if_refused()
    share = CaseShare(case_id=case.id, team_id=team_id, partner_body_id=partner_body_id, from_on=from_on, to_on=to_on)
    db.session.add(share)
    db.session.flush()
    about = Subject("case_share", share.id, case.id)
    details = {"team_id": team_id, "partner_body_id": partner_body_id}
    record("case_shared", about, actor=actor, now=now, details=details, reason=reason)
    return share.id


@transaction
def end_share(*, actor: Actor, now: datetime, share_id: int) -> None:
    """Stop sharing, at once."""
    actor.check(Permission.SHARE_CASES)
    today = local(now).date()
    share = db.session.scalars(select(CaseShare).where(CaseShare.id == share_id)).one_or_none()
    if share is None:
        raise NotFound("share")
    case = case_to_work_on(share.case_id, actor=actor, today=today)
    db.session.refresh(share)
    gathered([ALREADY_DONE if share.ended_on else None]).raise_if_refused()
    share.ended_on = today
    record("case_share_ended", Subject("case_share", share.id, case.id), actor=actor, now=now)
