"""What search results are called: one query for records of every kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, func, literal, null, select, union_all

from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import ContactEntry, Note
from asb_cases.models.complaint import Complaint
from asb_cases.models.incident import Incident
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address

#: As much of a text as a result shows.
EXCERPT = 160


@dataclass(frozen=True)
class Hit:
    """One result. `key` leads to its page: a reference, a person's id, or the reference of the case it belongs to."""

    kind: str
    row_id: int
    entry_id: int
    key: str
    title: str | None
    about: str | None
    status: str | None
    power: str | None


def labelled(wanted: Iterable[tuple[str, int, int]]) -> list[Hit]:
    """The records of these kinds and ids, in their order, with the id of the search entry that found each."""
    asked = list(wanted)
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, row_id, _entry in asked:
        ids[kind].append(row_id)
    parts = [LABELS[kind](ids[kind]) for kind in LABELS if ids[kind]]
    rows = {(row.kind, row.id): row for row in db.session.execute(union_all(*parts))} if parts else {}
    return [
        Hit(kind, row_id, entry, row.key, row.title, row.about, row.status, row.power)
        for kind, row_id, entry in asked
        if (row := rows.get((kind, row_id))) is not None
    ]


def _label(
    kind: str, row_id: Any, key: Any, title: Any, about: Any, status: Any, power: Any = None
) -> Select[*tuple[Any, ...]]:
    def words(column: Any) -> Any:
        return cast(null() if column is None else column, String)

    return select(
        literal(kind).label("kind"),
        row_id.label("id"),
        words(key).label("key"),
        words(title).label("title"),
        words(about).label("about"),
        words(status).label("status"),
        words(power).label("power"),
    )


def _cases(ids: list[int]) -> Select[*tuple[Any, ...]]:
    found = _label("case", Case.id, Case.reference, Case.title, Address.text, Case.status)
    return found.outerjoin(Address, Address.id == Case.address_id).where(Case.id.in_(ids))


def _people(ids: list[int]) -> Select[*tuple[Any, ...]]:
    address = (
        select(func.min(Address.text))
        .join(PersonAddress, PersonAddress.address_id == Address.id)
        .where(PersonAddress.person_id == Person.id, PersonAddress.to_on.is_(None))
        .correlate(Person)
        .scalar_subquery()
    )
    return _label("person", Person.id, Person.id, Person.name, address, Person.kind).where(Person.id.in_(ids))


def _complaints(ids: list[int]) -> Select[*tuple[Any, ...]]:
    about = func.substr(Complaint.description, 1, EXCERPT)
    found = _label("complaint", Complaint.id, Complaint.reference, Person.name, about, Complaint.triage)
    return found.outerjoin(Person, Person.id == Complaint.complainant_id).where(Complaint.id.in_(ids))


def _interventions(ids: list[int]) -> Select[*tuple[Any, ...]]:
    found = _label(
        "intervention", Intervention.id, Intervention.reference, Person.name, func.substr(Intervention.conduct, 1, EXCERPT),
        Intervention.status, Intervention.power,
    )  # fmt: skip
    return found.join(Person, Person.id == Intervention.subject_id).where(Intervention.id.in_(ids))


def _case_reviews(ids: list[int]) -> Select[*tuple[Any, ...]]:
    found = _label("case_review", CaseReview.id, CaseReview.reference, Person.name, None, CaseReview.threshold)
    return found.outerjoin(Person, Person.id == CaseReview.applicant_id).where(CaseReview.id.in_(ids))


def _notes(ids: list[int]) -> Select[*tuple[Any, ...]]:
    text = func.coalesce(Note.withheld_because, func.substr(Note.text, 1, EXCERPT))
    found = _label("note", Note.id, Case.reference, Case.title, text, None)
    return found.join(Case, Case.id == Note.case_id).where(Note.id.in_(ids))


def _contacts(ids: list[int]) -> Select[*tuple[Any, ...]]:
    text = func.substr(ContactEntry.told, 1, EXCERPT)
    found = _label("contact_entry", ContactEntry.id, Case.reference, Case.title, text, None)
    return found.join(Case, Case.id == ContactEntry.case_id).where(ContactEntry.id.in_(ids))


def _incidents(ids: list[int]) -> Select[*tuple[Any, ...]]:
    text = func.substr(Incident.seen, 1, EXCERPT)
    found = _label("incident", Incident.id, Case.reference, Case.title, text, None)
    return found.join(Case, Case.id == Incident.case_id).where(Incident.id.in_(ids))


LABELS = {
    "case": _cases,
    "person": _people,
    "complaint": _complaints,
    "intervention": _interventions,
    "case_review": _case_reviews,
    "note": _notes,
    "contact_entry": _contacts,
    "incident": _incidents,
}
