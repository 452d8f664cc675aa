"""Cases known already while a report is taken in that are not closed: at the place, about the same person, reported by
the same person. Whom they are about is shown, and never who complained."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Integer, Select, String, bindparam, literal, select, union_all

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor
from asb_cases.domain.places import written_place
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.place import Address
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.user import User
from asb_cases.queries.case_list import marks_of
from asb_cases.queries.known_asked import AT_MOST, Asked, given_ids, is_enough
from asb_cases.queries.known_people import REPORTED, REPORTING, KnownPerson
from asb_cases.queries.search import asked_of_index, matching_entries, newest_entry, on_sqlite, search_words
from asb_cases.queries.visibility import ACTORS_AT_ONCE, of_complete_imports, visible_to

#: Reasons that are put into words once it is known whether somebody was chosen.
OF_SUBJECT, OF_REPORTER, CHOSEN = "subject", "reporter", "chosen"
SAME_PLACE, SAME_POSTCODE, LIKE_PLACE = "At the same place", "In the same postcode", "At a place like it"


class Ways(NamedTuple):
    """Which ways there are to look for cases."""

    place: bool
    postcode: bool
    subjects: bool
    reporters: bool
    chosen: bool


@dataclass(frozen=True)
class KnownCase:
    """A case that is not closed, whom it is about, and why it is offered."""

    id: int
    reference: str
    title: str
    status: CaseStatus
    opened_on: date
    address: str | None
    owner: str | None
    restricted: bool
    subjects: tuple[str, ...]
    why: tuple[str, ...]


def known_cases(
    actor: Actor, today: date, asked: Asked, reporters: Sequence[KnownPerson], subjects: Sequence[KnownPerson]
) -> list[KnownCase]:
    """Cases that are not closed, for each reason there is to offer them, the newest first; one query for their ids, one for
    what is shown of them, one for whom they are about."""
    why = _reasons(actor, today, asked, reporters, subjects)
    ids = sorted(why, key=lambda each: (each != asked.case_id, -len(why[each]), -each))[: AT_MOST + 1]
    if not ids:
        return []
    rows = {row.id: row for row in db.session.execute(_shown_cases(actor, today).where(Case.id.in_(ids)))}
    marks = marks_of(ids[:AT_MOST], names=True)
    return [
        KnownCase(
            row.id, row.reference, row.title, row.status, row.opened_on, row.address, row.owner, row.restricted,
            marks[case_id].subjects if case_id in marks else (), tuple(why[case_id]),
        )
        for case_id in ids
        if (row := rows.get(case_id)) is not None
    ]  # fmt: skip


def _reasons(
    actor: Actor, today: date, asked: Asked, reporters: Sequence[KnownPerson], subjects: Sequence[KnownPerson]
) -> dict[int, list[str]]:
    """The ids of the cases, each with why it is offered. One query."""
    place = asked.place if is_enough(asked.place) else None
    of_subjects = list(asked.subject_ids) or [each.id for each in subjects]
    of_reporters = list(given_ids(asked.reporter_id)) or [each.id for each in reporters]
    ways = Ways(bool(place), bool(asked.postcode), bool(of_subjects), bool(of_reporters), asked.case_id is not None)
    if not any(ways):
        return {}
    values: dict[str, object] = {
        "keys": [fold_key(place or ""), fold_key(written_place(place, asked.postcode) or "")],
        "postcode": asked.postcode,
        "subjects": of_subjects,
        "reporters": of_reporters,
        "case": asked.case_id,
    }
    if place:
        values["asked"] = asked_of_index(search_words(place))
    told = {
        OF_SUBJECT: "About them" if asked.subject_ids else "About somebody of this name",
        OF_REPORTER: "Reported by them" if asked.reporter_id is not None else "Reported by somebody of this name",
        CHOSEN: "",
    }
    why: dict[int, list[str]] = defaultdict(list)
    for row in db.session.execute(_cases_found(actor, today, ways, on_sqlite()), values):
        reason = told.get(row.why, row.why)
        why[row.id] += [reason] if reason and reason not in why[row.id] else []
    return why


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _cases_found(actor: Actor, today: date, ways: Ways, sqlite: bool) -> CompoundSelect[*tuple[Any, ...]]:
    """Put together once for each reader, day and way of asking."""
    open_ones = _open_cases(actor, today)
    wanted: list[Select[*tuple[Any, ...]]] = []
    if ways.place:
        there = select(Address.id).where(Address.text_key.in_(bindparam("keys", expanding=True, type_=String)))
        wanted.append(_because(open_ones.where(Case.address_id.in_(there)), SAME_PLACE))
        wanted.append(_with_words_of_place(actor, today, sqlite))
    if ways.postcode:
        near = select(Address.id).where(Address.postcode == bindparam("postcode", type_=String))
        wanted.append(_because(open_ones.where(Case.address_id.in_(near)), SAME_POSTCODE))
    for wanted_so, name, parts, reason in (
        (ways.subjects, "subjects", REPORTED, OF_SUBJECT),
        (ways.reporters, "reporters", REPORTING, OF_REPORTER),
    ):
        if wanted_so:
            playing = select(Participant.case_id).where(
                Participant.person_id.in_(bindparam(name, expanding=True, type_=Integer)),
                Participant.part.in_(parts),
                Participant.to_on.is_(None),
                of_complete_imports(Participant),
            )
            wanted.append(_because(open_ones.where(Case.id.in_(playing)), reason))
    if ways.chosen:
        wanted.append(_because(open_ones.where(Case.id == bindparam("case", type_=Integer)), CHOSEN))
    return union_all(*(select(each.subquery()) for each in wanted))


def _with_words_of_place(actor: Actor, today: date, sqlite: bool) -> Select[*tuple[Any, ...]]:
    """Read in the order of the index, so that a common word costs no more than its first few."""
    return (
        matching_entries(sqlite)
        .join(Case, Case.id == SearchEntry.entity_id)
        .with_only_columns(Case.id.label("id"), literal(LIKE_PLACE).label("why"), maintain_column_froms=True)
        .where(SearchEntry.entity_kind == "case", *_open_to(actor, today))
        .order_by(newest_entry(sqlite).desc())
        .limit(AT_MOST + 1)
    )


def _because(cases: Select[int], reason: str) -> Select[*tuple[Any, ...]]:
    return cases.add_columns(literal(reason).label("why")).order_by(Case.id.desc()).limit(AT_MOST + 1)


def _open_cases(actor: Actor, today: date) -> Select[int]:
    """Those that a complaint may join."""
    return select(Case.id.label("id")).where(*_open_to(actor, today))


def _open_to(actor: Actor, today: date) -> tuple[ColumnElement[bool], ...]:
    return visible_to(actor, today), Case.status != CaseStatus.CLOSED, Case.entered_in_error_on.is_(None)


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _shown_cases(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Case.id,
            Case.reference,
            Case.title,
            Case.status,
            Case.opened_on,
            Case.restricted,
            Address.text.label("address"),
            User.name.label("owner"),
        )
        .outerjoin(Address, Address.id == Case.address_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(visible_to(actor, today))
    )
