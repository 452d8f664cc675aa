"""Which notices bind at an address, or bind a person, at this moment: what somebody at a door at night has to know."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.appeals import Appeal as AppealFacts
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Actor
from asb_cases.domain.places import place_words
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address
from asb_cases.queries.enforcement_records import as_appeal
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.steps import RequirementShown, requirements_by_step, shown_requirements
from asb_cases.queries.visibility import interventions_visible_to, notice_in_force, of_complete_imports

#: More than these are too many to read at a door: the answer is to ask more narrowly.
MOST = 20
MOST_WORDS = 8


@dataclass(frozen=True)
class NoticeTonight:
    """One notice in force: against whom and where, what of it binds today, and what an appeal suspends."""

    id: int
    reference: str
    case_reference: str
    subject_id: int
    subject: str
    subject_kind: PersonKind
    identified_as: str | None
    places: Sequence[str]
    issued_on: date | None
    ends_on: date | None
    issued_by_body: str | None
    appeal: AppealFacts | None
    binding: Sequence[RequirementShown]
    suspended: Sequence[RequirementShown]


@dataclass(frozen=True)
class FoundTonight:
    """The notices found. `more`: there are others, to be asked for more narrowly."""

    notices: Sequence[NoticeTonight]
    more: bool


@dataclass(frozen=True)
class Premises:
    """The case of a notice in force, and its place: for a request about the same thing."""

    notice: str
    case_id: int
    case_reference: str
    place: str | None
    ward_id: int | None


def premises_of_notice(actor: Actor, reference: str, today: date) -> Premises:
    """The case and the place of the notice with this reference, if it is in force. Raises `NotFound`."""
    row = db.session.execute(
        select(Intervention.reference, Case.id, Case.reference, Address.text, Case.ward_id)
        .join(Case, Case.id == Intervention.case_id)
        .outerjoin(Address, Address.id == Case.address_id)
        .where(Intervention.reference == reference, notice_in_force(today), interventions_visible_to(actor, today))
    ).one_or_none()
    if row is None:
        raise NotFound("notice in force")
    return Premises(*row)


def notices_tonight(actor: Actor, today: date, *, place: str | None, name: str | None) -> FoundTonight:
    """The notices in force where the place has all the words of `place`, or the person all those of `name`. Four
    queries, one where there is none."""
    wanted = [*_at(place_words(place or "")[:MOST_WORDS], today), *_on(fold_key(name or "").split()[:MOST_WORDS])]
    if not wanted:
        return FoundTonight([], more=False)
    rows = _in_force(actor, today, or_(*wanted))
    shown = rows[:MOST]
    required = requirements_by_step([row.id for row in shown])
    places = _current_places([row.subject_id for row in shown], today)
    appeals = _appeals_in_progress([row.id for row in shown], today)
    notices = [_notice(row, required[row.id], places[row.subject_id], appeals[row.id], today) for row in shown]
    return FoundTonight(notices, more=len(rows) > MOST)


_IDENTIFIED = aliased(Person)


def _in_force(actor: Actor, today: date, wanted: ColumnElement[bool]) -> Sequence[Any]:
    return db.session.execute(
        select(
            Intervention.id, Intervention.reference, Intervention.power, Intervention.status, Intervention.issued_on,
            Intervention.issued_by_body, Intervention.ends_on, Intervention.subject_id,
            Case.reference.label("case_reference"), Address.text.label("address"), Person.name.label("subject"),
            Person.kind.label("subject_kind"),
            _IDENTIFIED.name.label("identified_as"),
        )
        .join(Case, Case.id == Intervention.case_id)
        .join(Person, Person.id == Intervention.subject_id)
        .outerjoin(Address, Address.id == Case.address_id)
        .outerjoin(_IDENTIFIED, _IDENTIFIED.id == Person.identified_as_id)
        .where(notice_in_force(today), interventions_visible_to(actor, today), wanted)
        .order_by(Intervention.issued_on.desc(), Intervention.id.desc())
        .limit(MOST + 1)
    ).all()  # fmt: skip


def _at(words: Sequence[str], today: date) -> list[ColumnElement[bool]]:
    """That the place of the case, or where the person lives or is based, has the words."""
    if not words:
        return []
    home = aliased(Address)
    lives = (
        select(PersonAddress.id)
        .join(home, home.id == PersonAddress.address_id)
        .where(PersonAddress.person_id == Intervention.subject_id, _now(today), _place_has(home, words))
        .correlate(Intervention)
    )
    return [_place_has(Address, words), lives.exists()]


def _on(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """That the person has the words in their name, or whoever an occupier or owner turned out to be."""
    return [_has(person.name_key, words) for person in (Person, _IDENTIFIED)] if words else []


def _place_has(place: Any, words: Sequence[str]) -> ColumnElement[bool]:
    return _has(place.text_key + " " + func.lower(func.coalesce(place.postcode, "")), words)


def _has(key: Any, words: Sequence[str]) -> ColumnElement[bool]:
    """That a folded key has words that begin with these. Folded words hold nothing that LIKE takes for a pattern."""
    return and_(*((literal(" ") + key).like(f"% {word}%") for word in words))


def _now(today: date) -> ColumnElement[bool]:
    lasts = or_(PersonAddress.to_on.is_(None), PersonAddress.to_on >= today)
    return and_(lasts, of_complete_imports(PersonAddress))


def _current_places(person_ids: Sequence[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if person_ids:
        rows = db.session.execute(
            select(PersonAddress.person_id, Address.text)
            .join(Address, Address.id == PersonAddress.address_id)
            .where(PersonAddress.person_id.in_(set(person_ids)), _now(today))
            .order_by(PersonAddress.id)
        )
        for row in rows:
            found[row.person_id].append(row.text)
    return found


def _appeals_in_progress(notice_ids: Sequence[int], today: date) -> dict[int, list[AppealFacts]]:
    """The appeals in progress: one that ends today still suspends today."""
    found: dict[int, list[AppealFacts]] = defaultdict(list)
    if notice_ids:
        standing = (Appeal.entered_in_error_on.is_(None), of_complete_imports(Appeal))
        rows = db.session.scalars(select(Appeal).where(Appeal.intervention_id.in_(notice_ids), *standing))
        for row in rows:
            if (appeal := as_appeal(row)).in_progress(today):
                found[row.intervention_id].append(appeal)
    return found


def _notice(
    row: Any, required: Sequence[Any], homes: Sequence[str], appeals: Sequence[AppealFacts], today: date
) -> NoticeTonight:
    shown = shown_requirements(required, appeals, row.power, row.status, today)
    return NoticeTonight(
        id=row.id,
        reference=row.reference,
        case_reference=row.case_reference,
        subject_id=row.subject_id,
        subject=row.subject,
        subject_kind=row.subject_kind,
        identified_as=row.identified_as,
        places=list(dict.fromkeys(filter(None, (row.address, *homes)))),
        issued_on=row.issued_on,
        ends_on=row.ends_on,
        issued_by_body=row.issued_by_body,
        appeal=next(iter(appeals), None),
        binding=[each for each in shown if each.effective],
        suspended=[each for each in shown if each.resting],
    )
