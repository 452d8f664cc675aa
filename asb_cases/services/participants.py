"""The parts that people and bodies play in a case."""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import PLAYS_PART_ALREADY, day_has_come, days_in_order
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.people import participant_of, participant_to_work_on, person_to_work_on
from asb_cases.services.history import Subject, record
from asb_cases.services.people import Details, recorded_person
from asb_cases.services.transaction import transaction
from asb_cases.services.victim_updates import settle_update


@transaction
def add_participant(
    *, actor: Actor, now: datetime, case_id: int, person_id: int, part: Part, from_on: date | None = None
) -> int:
    """Record the part that a person plays in a case. One that had ended begins again. Returns the entry's id."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    person = person_to_work_on(person_id, actor=actor, today=today)
    known = participant_of(case.id, person.id, part)
    gathered([
        PLAYS_PART_ALREADY if known and known.to_on is None else None,
        day_has_come("The first day", from_on, today, "from_on"),
    ]).raise_if_refused()  # fmt: skip
    participant = play_part(case.id, person.id, part, from_on=from_on)
    settle_update(case, now)
    record(
        "participant_added",
        Subject("participant", participant.id, case.id),
        actor=actor,
        now=now,
        details={"person_id": person.id, "part": part.value},
    )
    return participant.id


@transaction
def add_new_participant(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    details: Details,
    part: Part,
    address: str | None = None,
    address_from: date | None = None,
    from_on: date | None = None,
) -> int:
    """Record somebody new together with the part they play in a case. Returns the entry's id."""
    actor.check(Permission.WORK_CASES)
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    gathered([day_has_come("The first day", from_on, today, "from_on")]).raise_if_refused()
    person = recorded_person(details, address=address, address_from=address_from, today=today)
    participant = play_part(case.id, person.id, part, from_on=from_on)
    settle_update(case, now)
    record(
        "participant_added",
        Subject("participant", participant.id, case.id),
        actor=actor,
        now=now,
        details={"person_id": person.id, "part": part.value, "new": True},
    )
    return participant.id


def play_part(case_id: int, person_id: int, part: Part, *, from_on: date | None = None) -> Participant:
    """The same as a part of another act: the entry, which is made or begins again where needed."""
    participant = participant_of(case_id, person_id, part)
    if participant is None:
        participant = Participant(case_id=case_id, person_id=person_id, part=part, from_on=from_on)
        db.session.add(participant)
        db.session.flush()
    participant.to_on = None
    return participant


@transaction
def end_participant(*, actor: Actor, now: datetime, participant_id: int, to_on: date) -> None:
    """Record that a person no longer plays a part in a case, and since when."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    participant = participant_to_work_on(participant_id)
    case = case_to_work_on(participant.case_id, actor=actor, today=today)
    gathered([
        day_has_come("The last day", to_on, today, "to_on"),
        days_in_order(("the first day", participant.from_on), ("The last day", to_on), "to_on"),
    ]).raise_if_refused()  # fmt: skip
    participant.to_on = to_on
    settle_update(case, today)
    about = Subject("participant", participant.id, case.id)
    record("participant_ended", about, actor=actor, now=now, details={"part": participant.part.value})
