"""A case: opened, described, given a priority, allocated, worked on, or marked as entered in error.

Its status moves only along `domain.workflow.TRANSITIONS`. Closing is in `case_closing`, who sees it in `case_access`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import (
    CASE_HAS_STEPS,
    SAME_PRIORITY,
    day_has_come,
    known_priority,
    place_named,
    reason_given,
    words_given,
)
from asb_cases.domain.references import Prefix
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.domain.workflow import TRANSITIONS, CaseStatus, next_status
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.queries.cases import case_to_work_on, described, standing_rows
from asb_cases.queries.categories import categories_called
from asb_cases.services import deadlines
from asb_cases.services.addresses import place_called
from asb_cases.services.case_owners import check_works_cases
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.reference_numbers import next_reference
from asb_cases.services.response_clock import end_wait, received_of, start_response
from asb_cases.services.search_index import index
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Description:
    """What a case is about. `categories` are codes; `address` is the place as written."""

    title: str
    summary: str | None = None
    categories: Sequence[str] = ()
    address: str | None = None
    ward_id: int | None = None


@transaction
def open_case(
    *,
    actor: Actor,
    now: datetime,
    description: Description,
    priority: int | None = None,
    received: datetime | date | None = None,
    opened_on: date | None = None,
    team_id: int | None = None,
    owner_id: int | None = None,
) -> int:
    """Open a case: open where it has an owner, else new. Returns the id.

    The response clock of its priority runs from `received` (when we were told; now, if not given). The team is the
    actor's own unless another is given.
    """
    actor.check(Permission.OPEN_CASES)
    today = local(now).date()
    opened_on = opened_on or today
    _check(description, priority)
    if owner_id != actor.user_id:
        check_works_cases(owner_id, "owner_id")
    gathered([day_has_come("The day of opening", opened_on, today, "opened_on")]).raise_if_refused()
    received = received or now
    case = new_case(
        next_reference(Prefix.CASE, opened_on.year), description.title, priority, received, opened_on,
        team_id=team_id or actor.team_id, owner_id=owner_id,
    )  # fmt: skip
    _describe(case, description)
    db.session.add(case)
    db.session.flush()
    if priority:
        deadlines.start(RESPONSE_CLOCKS[priority], received, Links(case_id=case.id))
    _index(case, description.address)
    record("case_opened", Subject("case", case.id, case.id), actor=actor, now=now, details=opened_details(case))
    return case.id


def new_case(
    reference: str,
    title: str,
    priority: int | None,
    received: datetime | date,
    opened_on: date,
    *,
    team_id: int | None,
    owner_id: int | None,
) -> Case:
    """The row of a case that is opened, not yet added: open where it has an owner, else new."""
    return Case(
        reference=reference,
        status=CaseStatus(next_status(TRANSITIONS, None, "open" if owner_id else "log")),
        title=title.strip(),
        priority=priority,
        opened_on=opened_on,
        received_at=received if isinstance(received, datetime) else None,
        team_id=team_id,
        owner_id=owner_id,
    )


def opened_details(case: Case) -> dict[str, object]:
    """What the history keeps of how a case was opened."""
    return {
        "status": case.status.value,
        "priority": case.priority,
        "team_id": case.team_id,
        "owner_id": case.owner_id,
    }


@transaction
def change_case(*, actor: Actor, now: datetime, case_id: int, version: int | None, description: Description) -> None:
    """Describe the case anew. `version` is the one the form was made from."""
    actor.check(Permission.WORK_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    check_version(case, version, shown=lambda: described(case))
    _check(description, case.priority)
    case.title = description.title.strip()
    _describe(case, description)
    _index(case, description.address)
    record("case_changed", Subject("case", case.id, case.id), actor=actor, now=now)


@transaction
def allocate(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    team_id: int | None,
    owner_id: int | None,
    version: int | None = None,
) -> None:
    """Give a case to a team, and to somebody who works cases. Work on a new case starts when it has an owner."""
    actor.check(Permission.ALLOCATE_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    check_version(case, version)
    if owner_id != case.owner_id:
        check_works_cases(owner_id, "owner_id")
    before = {"from_team_id": case.team_id, "from_owner_id": case.owner_id}
    case.team_id, case.owner_id = team_id, owner_id
    if owner_id and case.status is CaseStatus.NEW:
        _move(case, "start")
    details = {**before, "team_id": team_id, "owner_id": owner_id, "status": case.status.value}
    record("case_allocated", Subject("case", case.id, case.id), actor=actor, now=now, details=details)


@transaction
def allocate_cases(
    *, actor: Actor, now: datetime, versions: Mapping[int, int | None], team_id: int | None, owner_id: int | None
) -> None:
    """The same for several cases, of which none is given away unless all are: an act for each. `versions` has the version
    that each was chosen in, by its id."""
    actor.check(Permission.ALLOCATE_CASES)
    for case_id, version in sorted(versions.items()):
        allocate(actor=actor, now=now, case_id=case_id, team_id=team_id, owner_id=owner_id, version=version)


@transaction
def start_work(*, actor: Actor, now: datetime, case_id: int, version: int | None = None) -> None:
    """Start to work on a new case: one that has no owner becomes the actor's own."""
    actor.check(Permission.WORK_CASES)
    case = case_to_work_on(case_id, actor=actor, today=local(now).date())
    check_version(case, version)
    _move(case, "start")
    case.owner_id = case.owner_id or actor.user_id
    case.team_id = case.team_id or actor.team_id
    details = {"owner_id": case.owner_id, "team_id": case.team_id}
    record("case_started", Subject("case", case.id, case.id), actor=actor, now=now, details=details)


@transaction
def change_priority(
    *, actor: Actor, now: datetime, case_id: int, priority: int, reason: str, version: int | None = None
) -> None:
    """Set another priority. If the first response is still owed, it is owed by the new priority's clock, from the
    moment the report was received."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_version(case, version)
    gathered([
        known_priority(priority),
        SAME_PRIORITY.of(priority=priority) if priority == case.priority else None,
        reason_given("Changing the priority", reason) if case.priority else None,
    ]).raise_if_refused()  # fmt: skip
    never_had_one, details = case.priority is None, {"from": case.priority, "to": priority}
    received = received_of(case)
    owed = deadlines.supersede(
        *RESPONSE_CLOCKS.values(), of=Links(case_id=case.id), on=today, because="Priority changed"
    )
    case.priority = priority
    if owed or never_had_one:
        start_response(case, received, now)
    about = Subject("case", case.id, case.id)
    record("case_changed", about, actor=actor, now=now, details={"priority": details}, reason=reason)


@transaction
def mark_case_entered_in_error(*, actor: Actor, now: datetime, case_id: int, reason: str) -> None:
    """Mark a case as entered in error: it stays visible with the reason, leaves the figures, and its clocks stop."""
    actor.check(Permission.CORRECT_RECORDS)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([
        reason_given("Marking a case as entered in error", reason),
        CASE_HAS_STEPS if standing_rows(case) else None,
    ]).raise_if_refused()  # fmt: skip
    case.entered_in_error_on, case.entered_in_error_reason = today, reason.strip()
    deadlines.stop(of=Links(case_id=case.id), on=today, because="Entered in error")
    end_wait(case.id, now)
    record("entered_in_error", Subject("case", case.id, case.id), actor=actor, now=now, reason=reason)


def _check(description: Description, priority: int | None) -> None:
    gathered([
        words_given("The title", description.title, "title"),
        place_named(description.address, "place"),
        known_priority(priority),
    ]).raise_if_refused()  # fmt: skip


def _describe(case: Case, description: Description) -> None:
    case.summary = description.summary or None
    # One that is no longer in use stays where it was.
    kept = [each for each in case.categories if not each.active and each.code in description.categories]
    case.categories = categories_called(set(description.categories) - {each.code for each in kept}) + kept
    place = place_called(description.address, ward_id=description.ward_id)
    case.address_id = place.id if place else None
    case.ward_id = description.ward_id or (place.ward_id if place else None)


def _index(case: Case, address: str | None) -> None:
    index("case", case.id, case.id, case.reference, case.title, case.summary, address)


def _move(case: Case, move: str) -> None:
    case.status = CaseStatus(next_status(TRANSITIONS, case.status, move))
