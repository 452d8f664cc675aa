"""Synthetic cases as rows, many in each statement: people, places, cases, what was told, what was written. Parts of the
act that fills a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import DeadlineState, explain
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part, PersonKind, identity_key
from asb_cases.domain.permissions import Actor
from asb_cases.domain.references import Prefix
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base
from asb_cases.models.case import Case, CaseCategory, Participant
from asb_cases.models.casework import ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.models.complaint import Complaint, ComplaintCategory
from asb_cases.models.deadline import Deadline
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.queries.policy import Policy
from asb_cases.services.demo.synthetic import Drawn, moment
from asb_cases.services.history import Subject, record
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.search_index import Entry, index_new

CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.IN_PERSON, Channel.APP)
TOLD = "Explained what we can do, sent diary sheets, and said when we ring next."
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filling:
    """What every batch is written with."""

    officers: Sequence[Actor]
    ward_ids: Mapping[str, int]
    category_ids: Mapping[str, int]
    policy: Policy
    chance: Random


@dataclass(frozen=True)
class Placed:
    """A drawn case with the ids of the rows it became, and whose it is."""

    drawn: Drawn
    officer: Actor
    case_id: int
    place_id: int
    complainant_id: int
    subject_id: int
    complaint_id: int


@dataclass(frozen=True)
class Known:
    """The people and the place of a drawn case, before there is a row of it."""

    drawn: Drawn
    officer: Actor
    place_id: int
    complainant_id: int
    subject_id: int


def write_cases(filling: Filling, drawn: Sequence[Drawn]) -> list[Placed]:
    """Write everything about the cases but enforcement. Returns where each went."""
    known = _people_and_places(filling, drawn)
    case_ids = _cases(filling, known)
    complaint_ids = _complaints(filling, known, case_ids)
    placed = [
        Placed(each.drawn, each.officer, case_id, each.place_id, each.complainant_id, each.subject_id, complaint_id)
        for each, case_id, complaint_id in zip(known, case_ids, complaint_ids, strict=True)
    ]
    _casework(placed)
    _response_clocks(filling, placed)
    return placed


def clock(filling: Filling, rule: str, event: Any, *, met_on: Any = None, **links: int | None) -> dict[str, Any]:
    """A clock's row: met on a day, or running. Every row names the same columns."""
    found = explain(CLOCK_RULES[rule], event, values=filling.policy.values, holidays=filling.policy.holidays)
    late = met_on is not None and met_on > found.last_day
    ended = DeadlineState.MISSED if late else DeadlineState.MET
    return {
        "rule": rule,
        "starts_on": found.starts,
        "last_day": found.last_day,
        "due_at": found.due_at,
        "acts_from": found.acts_from,
        "working": found.working,
        "state": ended if met_on else DeadlineState.RUNNING,
        "ended_on": met_on,
        "ended_because": "Done" if met_on else None,
        "case_id": links.get("case_id"),
        "intervention_id": links.get("intervention_id"),
        "complaint_id": links.get("complaint_id"),
        "breach_id": links.get("breach_id"),
    }


def note_act(kind: str, about: Subject, actor: Actor, drawn_on: Any, hour: int, **details: object) -> None:
    """One history entry, as the act itself would have made it."""
    record(kind, about, actor=actor, now=moment(drawn_on, hour), details=details)


def _people_and_places(filling: Filling, drawn: Sequence[Drawn]) -> list[Known]:
    texts = [(each.place, filling.ward_ids[each.ward]) for each in drawn] + [(each.home, None) for each in drawn]
    places = add_rows_for_ids(
        Address, [{"text": text, "text_key": fold_key(text), "ward_id": ward_id} for text, ward_id in texts]
    )
    rows = [_person(each.complainant, each.home, None) for each in drawn]
    rows += [_person(each.subject, each.place, each.born_on) for each in drawn]
    people = add_rows_for_ids(Person, rows)
    count = len(drawn)
    lives_at = [*places[count:], *places[:count]]
    pairs = zip(people, lives_at, strict=True)
    add_rows(PersonAddress, [{"person_id": person, "address_id": place} for person, place in pairs])
    at = [each.home for each in drawn] + [each.place for each in drawn]
    index_new(
        Entry("person", person, None, (row["name"], place)) for person, row, place in zip(people, rows, at, strict=True)
    )
    officers = [filling.chance.choice(filling.officers) for _ in drawn]
    return [
        Known(each, officer, places[number], people[number], people[count + number])
        for number, (each, officer) in enumerate(zip(drawn, officers, strict=True))
    ]


def _person(name: str, place: str, born_on: Any) -> dict[str, Any]:
    kind = PersonKind.INDIVIDUAL
    return {
        "kind": kind,
        "name": name,
        "name_key": fold_key(name),
        "identity_key": identity_key(kind, name, born_on, place),
        "born_on": born_on,
        "version": 1,
    }


def _cases(filling: Filling, known: Sequence[Known]) -> list[int]:
    references = numbered((Prefix.CASE, each.drawn.opened_on.year) for each in known)
    rows = [_case(filling, each, reference) for each, reference in zip(known, references, strict=True)]
    case_ids = add_rows_for_ids(Case, rows)
    pairs = list(zip(known, case_ids, strict=True))
    categories = ((case_id, filling.category_ids[each.drawn.behaviour.category]) for each, case_id in pairs)
    add_rows(CaseCategory, [{"case_id": case_id, "category_id": category} for case_id, category in categories])
    parts = [(case_id, each.complainant_id, Part.COMPLAINANT) for each, case_id in pairs]
    parts += [(case_id, each.subject_id, Part.SUBJECT) for each, case_id in pairs]
    add_rows(Participant, [{"case_id": case, "person_id": person, "part": part} for case, person, part in parts])
    index_new(
        Entry("case", case_id, case_id, (row["reference"], row["title"], row["summary"], each.drawn.place))
        for (each, case_id), row in zip(pairs, rows, strict=True)
    )
    for each, case_id in pairs:
        _note_case(each, case_id)
    return case_ids


def _case(filling: Filling, known: Known, reference: str) -> dict[str, Any]:
    drawn, closed = known.drawn, known.drawn.closed_on is not None
    status = CaseStatus.CLOSED if closed else CaseStatus.OPEN if drawn.started else CaseStatus.NEW
    return {
        "reference": reference,
        "status": status,
        "title": drawn.title,
        "summary": drawn.behaviour.complaints[0],
        "priority": drawn.priority,
        "opened_on": drawn.opened_on,
        "received_at": moment(drawn.opened_on, 9),
        "closed_on": drawn.closed_on,
        "closure_outcome": "resolved" if closed else None,
        "closure_reason": "Quiet since, and nobody has complained again." if closed else None,
        "closure_told": "Told by letter." if closed else None,
        "address_id": known.place_id,
        "ward_id": filling.ward_ids[drawn.ward],
        "team_id": known.officer.team_id,
        "owner_id": known.officer.user_id if drawn.started else None,
        "restricted": False,
        "version": 1,
    }


def _note_case(known: Known, case_id: int) -> None:
    drawn, about = known.drawn, Subject("case", case_id, case_id)
    for person in (known.complainant_id, known.subject_id):
        note_act("person_recorded", Subject("person", person), known.officer, drawn.opened_on, 9)
    note_act("case_opened", about, known.officer, drawn.opened_on, 9, priority=drawn.priority)
    if drawn.closed_on:
        note_act("case_closed", about, known.officer, drawn.closed_on, 16, outcome="resolved")


def _complaints(filling: Filling, known: Sequence[Known], case_ids: Sequence[int]) -> list[int]:
    """Every complaint. Returns the first of each case."""
    made = [(each, case, day) for each, case in zip(known, case_ids, strict=True) for day in each.drawn.complaints]
    references = numbered((Prefix.COMPLAINT, day.year) for _, _, day in made)
    rows: list[dict[str, Any]] = [
        {
            "reference": reference,
            "made_on": day,
            "made_at": moment(day, 8),
            "occurred_on": day - ONE_DAY,
            "channel": filling.chance.choice(CHANNELS),
            "anonymous": False,
            "complainant_id": each.complainant_id,
            "description": filling.chance.choice(each.drawn.behaviour.complaints),
            "address_id": each.place_id,
            "ward_id": filling.ward_ids[each.drawn.ward],
            "triage": TriageState.JOINED,
            "case_id": case_id,
            "recorded_by_id": each.officer.user_id,
            "version": 1,
        }
        for (each, case_id, day), reference in zip(made, references, strict=True)
    ]
    ids = add_rows_for_ids(Complaint, rows)
    first: dict[int, int] = {}
    clocks, categories = [], []
    for complaint_id, (each, case_id, day) in zip(ids, made, strict=True):
        first.setdefault(case_id, complaint_id)
        categories.append(
            {"complaint_id": complaint_id, "category_id": filling.category_ids[each.drawn.behaviour.category]}
        )
        clocks.append(clock(filling, "acknowledge", day, met_on=day, complaint_id=complaint_id, case_id=case_id))
        note_act("complaint_logged", Subject("complaint", complaint_id, case_id), each.officer, day, 9)
    add_rows(ComplaintCategory, categories)
    add_rows(Deadline, clocks)
    index_new(
        Entry("complaint", complaint_id, row["case_id"], (row["reference"], row["description"]))
        for complaint_id, row in zip(ids, rows, strict=True)
    )
    return [first[case_id] for case_id in case_ids]


def _casework(placed: Sequence[Placed]) -> None:
    contacts = [
        {
            "case_id": each.case_id,
            "person_id": each.complainant_id,
            "at": moment(each.drawn.opened_on, 14),
            "channel": Channel.PHONE,
            "direction": Direction.OUT,
            "told": TOLD,
            "author_id": each.officer.user_id,
        }
        for each in placed
        if each.drawn.started
    ]
    _kept(ContactEntry, "contact_entry", "contact_recorded", contacts, "told", placed)
    notes = [
        {
            "case_id": each.case_id,
            "kind": NoteKind.INTERNAL,
            "text": text,
            "written_at": moment(each.drawn.opened_on, 15),
            "author_id": each.officer.user_id,
        }
        for each in placed
        for text in each.drawn.notes
    ]
    _kept(Note, "note", "note_added", notes, "text", placed)
    unfinished = [each for each in placed if each.drawn.started and each.drawn.closed_on is None]
    tasks = [
        {
            "case_id": each.case_id,
            "title": "Ring the complainant",
            "owner_id": each.officer.user_id,
            "created_on": each.drawn.opened_on,
            "due_on": each.drawn.opened_on + timedelta(days=10),
            "version": 1,
        }
        for each in unfinished
    ]
    for task_id, each in zip(add_rows_for_ids(Task, tasks), unfinished, strict=True):
        note_act("task_added", Subject("task", task_id, each.case_id), each.officer, each.drawn.opened_on, 15)


def _kept(
    model: type[Base], name: str, kind: str, rows: Sequence[dict[str, Any]], words: str, placed: Sequence[Placed]
) -> None:
    """Rows of casework, found by what they say, each with its history."""
    by_case = {each.case_id: each for each in placed}
    ids = add_rows_for_ids(model, rows)
    pairs = list(zip(ids, rows, strict=True))
    index_new(Entry(name, each, row["case_id"], (row[words],)) for each, row in pairs)
    for each, row in pairs:
        of = by_case[row["case_id"]]
        note_act(kind, Subject(name, each, of.case_id), of.officer, of.drawn.opened_on, 15)


def _response_clocks(filling: Filling, placed: Sequence[Placed]) -> None:
    add_rows(
        Deadline,
        [
            clock(
                filling,
                RESPONSE_CLOCKS[each.drawn.priority],
                moment(each.drawn.opened_on, 9),
                met_on=each.drawn.opened_on if each.drawn.started else None,
                case_id=each.case_id,
            )
            for each in placed
        ],
    )
