"""The register of people and bodies: who they are and where they live or are based."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, null, select, union_all

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Refusal, gathered
from asb_cases.domain.identification import Identification, check_identification, check_kind, check_undoing
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, email_match_key, identity_key, phone_match_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, days_in_order, words_given
from asb_cases.extensions import db
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.person_merge import PersonMerge
from asb_cases.models.place import Address
from asb_cases.queries.enforcement import steps_resting_on_identification
from asb_cases.queries.people import load_address_entry_for, people_to_work_on, person_to_work_on
from asb_cases.queries.person_merges import STANDING, kept_for, standing_merges
from asb_cases.queries.visibility import of_complete_imports, people_visible_to
from asb_cases.services.addresses import find_or_add_address, place_called
from asb_cases.services.history import Subject, record
from asb_cases.services.search_index import Entry, index, index_again, index_new
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Details:
    """What is recorded of a person or body. A birth date is an individual's, a company number a body's."""

    name: str
    kind: PersonKind = PersonKind.INDIVIDUAL
    born_on: date | None = None
    believed_16_or_over_because: str | None = None
    company_number: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Somebody:
    """Somebody that an act names: an entry of the register by its id, or `details`, at an address where one is known.

    With both, the details are what was said this time: what the register lacks is filled in, nothing is overwritten.
    """

    person_id: int | None = None
    details: Details | None = None
    address: str | None = None


@transaction
def add_person(
    *, actor: Actor, now: datetime, details: Details, address: str | None = None, address_from: date | None = None
) -> int:
    """Record a person or body, at an address where one is known. Returns the id."""
    actor.check(Permission.EDIT_PEOPLE)
    person = recorded_person(details, address=address, address_from=address_from, today=local(now).date())
    record("person_recorded", Subject("person", person.id), actor=actor, now=now)
    return person.id


def recorded_person(
    details: Details, *, today: date, address: str | None = None, address_from: date | None = None
) -> Person:
    """The same as a part of an act that records more than the person; the caller writes the history."""
    person = _new_person(details, place_called(address), today)
    for entry in person.addresses:
        entry.from_on = address_from
    db.session.add(person)
    db.session.flush()
    index_new([Entry("person", person.id, None, _words(person))])
    return person


@transaction
def change_person(*, actor: Actor, now: datetime, person_id: int, version: int | None, details: Details) -> None:
    """Change what is recorded of a person. `version` is the one the form was made from. The history names the fields
    that changed, not what was in them."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    check_version(person, version)
    _check(details, today)
    check_kind(details.kind, identified=person.identified_as_id is not None).raise_if_refused()
    before = _described(person)
    _describe(person, details, _first_address(person))
    index_person(person.id)
    changed = sorted(field for field, value in _described(person).items() if value != before[field])
    about = Subject("person", person.id)
    record("person_changed", about, actor=actor, now=now, details={"fields": changed})


@transaction
def record_age(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    version: int | None,
    born_on: date | None,
    believed_16_or_over_because: str | None,
) -> None:
    """Record somebody's birth date, or why they are believed to be 16 or over (2014 Act s.43(1)); all else stays."""
    actor.check(Permission.EDIT_PEOPLE)
    person = person_to_work_on(person_id, actor=actor, today=local(now).date())
    known = details_of(person)
    details = replace(known, born_on=born_on, believed_16_or_over_because=believed_16_or_over_because)
    change_person(actor=actor, now=now, person_id=person_id, version=version, details=details)


@transaction
def add_address(
    *, actor: Actor, now: datetime, person_id: int, address: str, from_on: date | None = None, to_on: date | None = None
) -> int:
    """Record that a person lived or was based somewhere. Returns the id of the entry."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    gathered([
        words_given("The address", address, "address"),
        days_in_order(("the first day there", from_on), ("The last day there", to_on), "to_on"),
        _same_entry(person, address, from_on),
    ]).raise_if_refused()  # fmt: skip
    entry = PersonAddress(address=find_or_add_address(address), from_on=from_on, to_on=to_on)
    person.addresses.append(entry)
    _describe(person, details_of(person), _first_address(person))
    db.session.flush()
    index_person(person.id)
    record("person_changed", Subject("person", person.id), actor=actor, now=now, details={"address_added": entry.id})
    return entry.id


@transaction
def end_address(*, actor: Actor, now: datetime, person_id: int, entry_id: int, to_on: date) -> None:
    """Record that a person left an address, on the last day there."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    entry = load_address_entry_for(person, entry_id)
    gathered([
        day_has_come("The last day there", to_on, today, "to_on"),
        days_in_order(("the first day there", entry.from_on), ("The last day there", to_on), "to_on"),
    ]).raise_if_refused()  # fmt: skip
    entry.to_on = to_on
    record("person_changed", Subject("person", person.id), actor=actor, now=now, details={"address_ended": entry.id})


@transaction
def identify_person(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    identified_as_id: int,
    because: str,
    identified_on: date | None = None,
    version: int | None = None,
) -> None:
    """Record whom "the occupier" or "the owner" of premises turned out to be, today or on an earlier day, and how that is
    known. A later step may be taken against the one identified; what was given before stays where it is recorded."""
    actor.check(Permission.EDIT_PEOPLE)
    today = local(now).date()
    person = person_to_work_on(person_id, actor=actor, today=today)
    check_version(person, version)
    named = person_to_work_on(identified_as_id, actor=actor, today=today)
    on = identified_on or today
    already = person.identified_as_id is not None
    check_identification(Identification(person.kind, named.kind, on, today, because, already)).raise_if_refused()
    person.identified_as_id, person.identified_on, person.identified_because = named.id, on, because.strip()
    details = {"identified_as": named.id}
    record("person_identified", Subject("person", person.id), actor=actor, now=now, details=details, reason=because)


@transaction
def undo_identification(
    *, actor: Actor, now: datetime, person_id: int, reason: str, version: int | None = None
) -> None:
    """Take back an identification that was wrong, while no step against the one rests on a step against the other."""
    actor.check(Permission.CORRECT_RECORDS)
    person = person_to_work_on(person_id, actor=actor, today=local(now).date())
    check_version(person, version)
    before = person.identified_as_id
    check_undoing(
        identified=before is not None, reason=reason, later_rows=steps_resting_on_identification(person.id)
    ).raise_if_refused()
    person.identified_as_id = person.identified_on = person.identified_because = None
    details = {"identified_as": before}
    record("identification_undone", Subject("person", person.id), actor=actor, now=now, details=details, reason=reason)


def find_person(details: Details, *, actor: Actor, today: date, address: str | None = None) -> Person | None:
    """The person already recorded with the same identity (kind, folded name, and birth date or else address), as far as the
    actor may see them; None where there is none or several. By name alone nobody is taken for the same."""
    if details.born_on is None and not fold_key(address or ""):
        return None
    key = identity_key(details.kind, details.name, details.born_on, address)
    return _known_by({key}, actor, today).get(key)


def people_named(
    named: Sequence[Somebody], places: Sequence[Address | None], *, actor: Actor, today: date
) -> list[Person]:
    """Each of them, at its place: of the register by id, as far as the actor may see them, or by identity (see
    `find_person`), else recorded now. A part of an act, in few statements; the caller writes the history."""
    ids = {each.person_id for each in named if each.person_id is not None}
    chosen = people_to_work_on(ids, actor=actor, today=today)
    keys = [_identity_of(each) for each in named]
    known = _known_by({key for key in keys if key is not None}, actor, today)
    found: list[Person] = []
    new: list[Person] = []
    said: list[tuple[Person, Details | None, Address | None]] = []
    for each, key, place in zip(named, keys, places, strict=True):
        person = chosen[each.person_id] if each.person_id is not None else known.get(key or "")
        if person is None:
            person = _new_person(each.details or Details(""), place, today)
            new.append(person)
            if key is not None:
                known[key] = person
        elif each.person_id is not None:
            said.append((person, each.details, place))
        found.append(person)
    _fill_in(said)
    db.session.add_all(new)
    db.session.flush()
    index_new(Entry("person", person.id, None, _words(person)) for person in new)
    return found


def _identity_of(somebody: Somebody) -> str | None:
    """What somebody described is known again by; None for one chosen by id, and where there is a name and no more."""
    details = somebody.details
    if somebody.person_id is not None or details is None:
        return None
    if details.born_on is None and not fold_key(somebody.address or ""):
        return None
    return identity_key(details.kind, details.name, details.born_on, somebody.address)


def _known_by(keys: set[str], actor: Actor, today: date) -> dict[str, Person]:
    """Those recorded with these identities, by them, whom the actor may see: nobody comes to the record of somebody in a
    case of others by describing them. Of a record that was merged it is the one that stands for it. Where several have an
    identity, it tells nobody apart."""
    if not keys:
        return {}
    same = select(Person.id, Person.identity_key).where(Person.identity_key.in_(keys), of_complete_imports(Person))
    merges, ids = standing_merges(), defaultdict[str, set[int]](set)
    for person_id, key in db.session.execute(same):
        ids[key].add(kept_for(person_id, merges))
    wanted = {person_id for found in ids.values() for person_id in found}
    seen = select(Person).where(Person.id.in_(wanted), people_visible_to(actor, today))
    by_id = {person.id: person for person in db.session.scalars(seen)}
    known = {key: [by_id[each] for each in found if each in by_id] for key, found in ids.items()}
    return {key: found[0] for key, found in known.items() if len(found) == 1}


def _new_person(details: Details, place: Address | None, today: date) -> Person:
    _check(details, today)
    person = Person(kind=details.kind, name="", name_key="", identity_key="")
    _describe(person, details, place)
    person.addresses = [PersonAddress(address=place)] if place else []
    return person


def _fill_in(said: Sequence[tuple[Person, Details | None, Address | None]]) -> None:
    """What was said this time of people in the register, and the register lacks. Nothing that stands there is overwritten."""
    homes, merges = _homes_and_merges([person.id for person, _details, _place in said])
    changed: dict[int, Person] = {}
    for person, details, place in said:
        known_homes = homes[person.id]
        if place is not None and place.id not in known_homes:
            db.session.add(PersonAddress(person_id=person.id, address_id=place.id))
            if not known_homes:
                person.identity_key = identity_key(person.kind, person.name, person.born_on, place.text)
            known_homes[place.id] = place.text
            changed[person.id] = person
        for field in ("phone", "email"):
            given = getattr(details, field, None)
            if given and not getattr(person, field):
                setattr(person, field, given)
                person.email_key, person.phone_key = email_match_key(person.email), phone_match_key(person.phone)
                changed[person.id] = person
    db.session.flush()
    behind = _words_behind(changed, merges) if changed else {}
    index_again(
        Entry(
            "person",
            each.id,
            None,
            (each.name, each.email, each.phone, *homes[each.id].values(), *behind.get(each.id, ())),
        )
        for each in changed.values()
    )


def _homes_and_merges(ids: Collection[int]) -> tuple[dict[int, dict[int, str]], dict[int, int]]:
    """Where these people live or lived, by address, and which records stand behind others: one query, none for nobody."""
    homes: dict[int, dict[int, str]] = {person_id: {} for person_id in ids}
    merges: dict[int, int] = {}
    recorded = (
        select(PersonAddress.person_id, Address.id.label("other_id"), Address.text)
        .join(Address, Address.id == PersonAddress.address_id)
        .where(PersonAddress.person_id.in_(homes))
    )
    behind = select(PersonMerge.merged_id, PersonMerge.kept_id, cast(null(), String)).where(STANDING)
    rows: Iterable[Any] = db.session.execute(union_all(recorded, behind)) if homes else ()
    for person_id, other_id, text in rows:
        if text is None:
            merges[person_id] = other_id
        else:
            homes[person_id][other_id] = text
    return homes, merges


def said_besides(person: Person, details: Details | None) -> str | None:
    """What was said this time of how to reach somebody and differs from the register, in words; None where nothing does."""
    said = [
        f"{word} {getattr(details, field)}"
        for field, word in (("phone", "telephone"), ("email", "email"))
        if details is not None and getattr(details, field) and getattr(details, field) != getattr(person, field)
    ]
    return f"This time gave {' and '.join(said)}." if said else None


def details_of(person: Person) -> Details:
    """What is recorded now, to be changed with `dataclasses.replace`."""
    return Details(**_described(person))  # type: ignore[arg-type]


def _check(details: Details, today: date) -> None:
    gathered([
        words_given("The name", details.name, "name"),
        day_has_come("The birth date", details.born_on, today, "born_on"),
    ]).raise_if_refused()  # fmt: skip


def _describe(person: Person, details: Details, address: Address | None) -> None:
    """Put the details into the row: what belongs to another kind of person is left out."""
    individual, body = details.kind is PersonKind.INDIVIDUAL, details.kind is PersonKind.BODY
    person.kind = details.kind
    person.name = details.name.strip()
    person.name_key = fold_key(details.name)
    person.born_on = details.born_on if individual else None
    person.believed_16_or_over_because = details.believed_16_or_over_because if individual else None
    person.company_number = details.company_number if body else None
    person.email = details.email or None
    person.phone = details.phone or None
    person.email_key, person.phone_key = email_match_key(details.email), phone_match_key(details.phone)
    person.identity_key = identity_key(person.kind, person.name, person.born_on, address.text if address else None)


def _described(person: Person) -> dict[str, object]:
    return {field: getattr(person, field) for field in Details.__dataclass_fields__}


def _first_address(person: Person) -> Address | None:
    """The address that tells people of one name apart: the first recorded, so that the key does not wander."""
    return person.addresses[0].address if person.addresses else None


def _same_entry(person: Person, address: str, from_on: date | None) -> Refusal | None:
    key = fold_key(address)
    same = any(each.address.text_key == key and each.from_on == from_on for each in person.addresses)
    return ALREADY_DONE.at("address") if same else None


def index_person(person_id: int) -> None:
    """Let a person be found by all that is recorded of them now, and by what stands on records merged into theirs. A part
    of the acts that change it."""
    db.session.flush()
    index(
        "person",
        person_id,
        None,
        *_words_of({person_id})[person_id],
        *_words_behind({person_id}, standing_merges()).get(person_id, ()),
    )


def _words_behind(ids: Collection[int], merges: Mapping[int, int]) -> dict[int, list[str | None]]:
    """The words of records that were merged into those of these people; only of those who stand for others. No query where
    nobody does."""
    behind = {merged: kept for merged in merges if (kept := kept_for(merged, merges)) in ids}
    found: dict[int, list[str | None]] = {}
    if behind:
        for merged, words in sorted(_words_of(behind).items()):
            found.setdefault(behind[merged], []).extend(words)
    return found


def _words_of(ids: Collection[int]) -> dict[int, list[str | None]]:
    """What is recorded of people, by their ids, as words to find them by."""
    named = select(Person.id, Person.name, Person.email, Person.phone).where(Person.id.in_(ids))
    placed = (
        select(PersonAddress.person_id, Address.text)
        .join(Address, Address.id == PersonAddress.address_id)
        .where(PersonAddress.person_id.in_(ids))
        .order_by(PersonAddress.id)
    )
    found: dict[int, list[str | None]] = {row[0]: [*row[1:]] for row in db.session.execute(named)}
    for person_id, text in db.session.execute(placed):
        found[person_id].append(text)
    return found


def _words(person: Person) -> tuple[str | None, ...]:
    return (person.name, person.email, person.phone, *(entry.address.text for entry in person.addresses))
