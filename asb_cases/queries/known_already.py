"""Who and what is known already while a report is taken in: people of a name, places, open cases about them or there.

Only what the asking person may see, and a few of each. Whoever turned to us is found for the question who reported it,
and whoever was reported for the question who it is about, never across: what is read out to a caller must not tell
them who else complained. A part that somebody plays where the asking person may not look counts for nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from asb_cases.domain.case_content import NAMED_TO_ALL
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part, PersonKind, phone_match_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.places import written_place
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, Participant
from asb_cases.models.complaint import Complaint
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address, Ward
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.user import User
from asb_cases.queries.case_list import marks_of
from asb_cases.queries.search import asked_of_index, matching_entries, newest_entry, on_sqlite, search_words
from asb_cases.queries.visibility import (
    ACTORS_AT_ONCE,
    complaints_visible_to,
    in_no_record,
    of_complete_imports,
    of_visible_case,
    people_visible_to,
    told_of_in,
    visible_to,
)

#: So many of each kind are shown; one more says that there are more.
AT_MOST = 5
#: Letters of a name or a place before anything is looked for.
LEAST_TYPED = 3
#: Sorts after every letter that a folded key can hold.
LAST_LETTER = "\U0010fffd"
REPORTED = NAMED_TO_ALL
REPORTING = frozenset(Part) - REPORTED

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


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed so far, and what was chosen of what was offered: that stays in sight."""

    reporter: str | None = None
    phone: str | None = None
    subject: str | None = None
    subject_kinds: tuple[PersonKind, ...] = tuple(PersonKind)
    place: str | None = None
    postcode: str | None = None
    reporter_id: int | None = None
    subject_ids: tuple[int, ...] = ()
    case_id: int | None = None

    @property
    def anything(self) -> bool:
        """Whether enough was typed or chosen to look for something."""
        typed = (self.reporter, phone_match_key(self.phone), self.subject, self.place, self.postcode)
        chosen = (self.reporter_id, *self.subject_ids, self.case_id)
        return any(each is not None for each in chosen) or any(_enough(text) for text in typed)


@dataclass(frozen=True)
class KnownPerson:
    """Somebody in the register, with where they live or are based now."""

    id: int
    kind: PersonKind
    name: str
    born_on: date | None
    address: str | None


@dataclass(frozen=True)
class KnownPlace:
    """Where something happened before that the asking person may know of."""

    id: int
    text: str
    ward: str | None


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


@dataclass(frozen=True)
class Known:
    """What was found: `more_...` where there are others than those shown."""

    reporters: Sequence[KnownPerson] = ()
    subjects: Sequence[KnownPerson] = ()
    places: Sequence[KnownPlace] = ()
    cases: Sequence[KnownCase] = ()
    more_reporters: bool = False
    more_subjects: bool = False
    more_cases: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.reporters or self.subjects or self.places or self.cases)


NOTHING = Known()


def known_already(actor: Actor, today: date, asked: Asked) -> Known:
    """What the actor is offered. Six queries at most, and none that grows with the register."""
    if not asked.anything:
        return NOTHING
    reporters = _people(
        actor,
        today,
        "reporting",
        asked.reporter,
        tuple(PersonKind),
        _ids(asked.reporter_id),
        phone_match_key(asked.phone),
    )
    subjects = _people(actor, today, "reported", asked.subject, asked.subject_kinds, asked.subject_ids)
    cases = _cases(actor, today, asked, reporters, subjects)
    return Known(
        reporters[:AT_MOST], subjects[:AT_MOST], _places(actor, today, asked), cases[:AT_MOST],
        len(reporters) > AT_MOST, len(subjects) > AT_MOST, len(cases) > AT_MOST,
    )  # fmt: skip


def _enough(text: str | None) -> bool:
    return len(fold_key(text or "").replace(" ", "")) >= LEAST_TYPED


def _ids(*ids: int | None) -> tuple[int, ...]:
    return tuple(each for each in ids if each is not None)


def _people(
    actor: Actor,
    today: date,
    side: str,
    name: str | None,
    kinds: tuple[PersonKind, ...],
    chosen: Sequence[int],
    phone: str | None = None,
) -> list[KnownPerson]:
    """Those of the name or the telephone number, the newest entries first, after whoever is chosen."""
    # A single letter is a word that is still being typed.
    words = [word for word in search_words(name or "") if len(word) > 1] if _enough(name) else []
    if not (words or phone or chosen):
        return []
    found = _people_found(actor, today, side, kinds, len(words), bool(phone), bool(chosen), on_sqlite())
    values: dict[str, object] = {"phone": phone, "chosen": list(chosen)}
    values.update((f"word_{number}", f"% {word}%") for number, word in enumerate(words))
    if words:
        values["asked"] = asked_of_index(words)
    people = {
        row.id: KnownPerson(row.id, row.kind, row.name, row.born_on, row.address)
        for row in db.session.execute(found, values)
    }
    return sorted(people.values(), key=lambda each: (each.id not in chosen, -each.id))


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _people_found(
    actor: Actor,
    today: date,
    side: str,
    kinds: tuple[PersonKind, ...],
    words: int,
    phone: bool,
    chosen: bool,
    sqlite: bool,
) -> CompoundSelect[*tuple[Any, ...]]:
    """Put together once for each reader, day and way of asking: that takes longer than to send it."""
    seen = select(*_shown_of_person()).where(people_visible_to(actor, today))
    wanted = [_of_name(actor, today, side, kinds, words, sqlite)] if words else []
    if phone:
        of_phone = seen.where(Person.phone_key == bindparam("phone", type_=String), _on_side(actor, today, side))
        wanted.append(of_phone.limit(AT_MOST + 1))
    if chosen:
        wanted.append(seen.where(Person.id.in_(bindparam("chosen", expanding=True, type_=Integer))))
    return union_all(*(select(each.subquery()) for each in wanted))


def _of_name(
    actor: Actor, today: date, side: str, kinds: tuple[PersonKind, ...], words: int, sqlite: bool
) -> Select[*tuple[Any, ...]]:
    """An entry holds addresses and telephone numbers too: the words asked for must be of the name."""
    named = literal(" ").concat(Person.name_key)
    return (
        matching_entries(sqlite)
        .join(Person, Person.id == SearchEntry.entity_id)
        .with_only_columns(*_shown_of_person(), maintain_column_froms=True)
        .where(
            SearchEntry.entity_kind == "person",
            people_visible_to(actor, today),
            _on_side(actor, today, side),
            Person.kind.in_(kinds),
            *(named.like(bindparam(f"word_{number}", type_=String)) for number in range(words)),
        )
        .order_by(newest_entry(sqlite).desc())
        .limit(AT_MOST + 1)
    )


def _shown_of_person() -> tuple[Any, ...]:
    home = (
        select(func.min(Address.text))
        .join(PersonAddress, PersonAddress.address_id == Address.id)
        .where(PersonAddress.person_id == Person.id, PersonAddress.to_on.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    return Person.id, Person.kind, Person.name, Person.born_on, home.label("address")


def _on_side(actor: Actor, today: date, side: str) -> ColumnElement[bool]:
    """The condition on `Person`: known to the actor as somebody who turned to us or stands by them ("reporting"), or as
    somebody that was reported; or in no record at all."""
    parts = REPORTING if side == "reporting" else REPORTED
    plays = exists().where(
        Participant.person_id == Person.id,
        Participant.part.in_(parts),
        of_complete_imports(Participant),
        of_visible_case(Participant.case_id, actor, today),
    )
    complaints = complaints_visible_to(actor, today)
    if side == "reporting":
        in_complaint: ColumnElement[bool] = exists().where(Complaint.complainant_id == Person.id, complaints)
        in_complaint = in_complaint.correlate(Person)
    else:
        in_complaint = told_of_in(complaints)
    known = [plays.correlate(Person), in_complaint]
    return or_(*known, in_no_record()) if actor.may(Permission.EDIT_PEOPLE) else or_(*known)


def _places(actor: Actor, today: date, asked: Asked) -> list[KnownPlace]:
    """Places written as far as typed, or of the postcode, where a case or complaint is that the actor may see; not the one
    that is typed already."""
    key = fold_key(asked.place or "") if _enough(asked.place) else ""
    begins = [and_(Address.text_key > key, Address.text_key < key + LAST_LETTER)] if key else []
    near = [Address.postcode == asked.postcode] if asked.postcode else []
    if not begins and not near:
        return []
    typed = fold_key(written_place(asked.place, asked.postcode) or "")
    found = (
        select(Address.id, Address.text, Ward.name.label("ward"))
        .outerjoin(Ward, Ward.id == Address.ward_id)
        .where(or_(*begins, *near), Address.text_key != typed, _happened_at(actor, today))
        .order_by(Address.text_key)
        .limit(AT_MOST)
    )
    return [KnownPlace(row.id, row.text, row.ward) for row in db.session.execute(found)]


def _happened_at(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Address`: a case or a complaint that the actor may see is about it. Where people live is no place of
    this kind."""
    of_case = exists().where(Case.address_id == Address.id, visible_to(actor, today)).correlate(Address)
    of_complaint = exists().where(Complaint.address_id == Address.id, complaints_visible_to(actor, today))
    return or_(of_case, of_complaint.correlate(Address))


def _cases(
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
    place = asked.place if _enough(asked.place) else None
    of_subjects = list(asked.subject_ids) or [each.id for each in subjects]
    of_reporters = list(_ids(asked.reporter_id)) or [each.id for each in reporters]
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
