"""People who may be recorded twice: few candidates, found by the indexes there are, then compared by the rules.

Only those whom the reader may see are ever suggested.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, false, select, union

from asb_cases.domain.duplicates import Known, Sign, signs_of, weight
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, email_match_key, phone_match_key
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.queries.search import people_with_words
from asb_cases.queries.visibility import of_complete_imports, people_visible_to

#: Candidates taken from each index; of a very common name the others are not compared.
MOST_OF_EACH = 60
SUGGESTED, MOST_FOUND = 5, 10
FIRST_LETTERS = 3
#: Sorts after every letter and digit that a folded key holds.
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Likely:
    """Somebody who may be the one asked about. `signs`: what speaks for it; none where only words were found."""

    id: int
    name: str
    kind: PersonKind
    born_on: date | None
    addresses: Sequence[str]
    signs: Sequence[Sign] = ()


def known_of(
    kind: PersonKind,
    name: str,
    *,
    born_on: date | None = None,
    company_number: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    addresses: Iterable[str] = (),
) -> Known:
    """What was typed, or is recorded, as it is compared."""
    return Known(
        kind=kind,
        name_key=fold_key(name),
        born_on=born_on,
        company_number=fold_key(company_number or "") or None,
        email_key=email_match_key(email),
        phone_key=phone_match_key(phone),
        address_keys=frozenset(key for each in addresses if (key := fold_key(each))),
    )


def possible_duplicates(actor: Actor, known: Known, today: date, *, besides: int | None = None) -> list[Likely]:
    """The few people likeliest to be the one that this is known of, the likeliest first. Four queries."""
    words = known.name_key.split()
    by_word = people_with_words(actor, words[-1], today, MOST_OF_EACH) if words else []
    ids = {*db.session.scalars(_candidates(known)), *by_word} - {besides}
    found = [replace(each, signs=signs_of(known, of)) for each, of in _read(actor, ids, today)]
    likely = [each for each in found if each.signs]
    return sorted(likely, key=lambda each: (-weight(each.signs), each.id))[:SUGGESTED]


def people_called(actor: Actor, text: str, today: date) -> list[Likely]:
    """Those of the register who have all the words of `text` in their name, number or address, to choose one from. Three
    queries."""
    ids = people_with_words(actor, text, today, MOST_FOUND)
    found = {each.id: each for each, _of in _read(actor, ids, today)}
    return [found[each] for each in ids if each in found]


def _candidates(known: Known) -> Select[int] | CompoundSelect[int]:
    """Those with the same keys, or with a name that begins alike, the latest recorded of each."""
    name, start = known.name_key, known.name_key[:FIRST_LETTERS]
    conditions = [
        Person.name_key.in_({name, " ".join(reversed(name.split()))}) if name else None,
        and_(Person.name_key >= start, Person.name_key < start + LAST) if name else None,
        Person.born_on == known.born_on if known.born_on else None,
        Person.email_key == known.email_key if known.email_key else None,
        Person.phone_key == known.phone_key if known.phone_key else None,
        Person.id.in_(_at(known.address_keys)) if known.address_keys else None,
    ]
    parts = [
        select(select(Person.id).where(each).order_by(Person.id.desc()).limit(MOST_OF_EACH).subquery())
        for each in conditions
        if each is not None
    ]
    return union(*parts) if parts else select(Person.id).where(false())


def _at(address_keys: frozenset[str]) -> Select[int]:
    return (
        select(PersonAddress.person_id)
        .join(Address, Address.id == PersonAddress.address_id)
        .where(Address.text_key.in_(address_keys))
    )


def _read(actor: Actor, ids: Iterable[int], today: date) -> list[tuple[Likely, Known]]:
    """Those of these people whom the reader may see, each as shown and as compared. Two queries."""
    people = db.session.execute(
        select(
            Person.id, Person.name, Person.kind, Person.born_on, Person.company_number, Person.name_key, Person.email_key,
            Person.phone_key,
        ).where(Person.id.in_(set(ids)), people_visible_to(actor, today))
    ).all()  # fmt: skip
    homes: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for person_id, text, key in db.session.execute(
        select(PersonAddress.person_id, Address.text, Address.text_key)
        .join(Address, Address.id == PersonAddress.address_id)
        .where(PersonAddress.person_id.in_([row.id for row in people]), of_complete_imports(PersonAddress))
        .order_by(PersonAddress.to_on.is_not(None), PersonAddress.id)
    ):
        homes[person_id].append((text, key))
    return [(_shown(row, homes[row.id]), _known(row, homes[row.id])) for row in people]


def _shown(row: Any, homes: list[tuple[str, str]]) -> Likely:
    return Likely(row.id, row.name, row.kind, row.born_on, tuple(dict.fromkeys(text for text, _key in homes)))


def _known(row: Any, homes: list[tuple[str, str]]) -> Known:
    return Known(
        row.kind,
        row.name_key,
        row.born_on,
        fold_key(row.company_number or "") or None,
        row.email_key,
        row.phone_key,
        frozenset(key for _text, key in homes),
    )
