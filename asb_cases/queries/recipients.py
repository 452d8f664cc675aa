"""What drafting begins with: who in a case may be warned, and which warnings a notice may follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from asb_cases.domain.draft_content import Content
from asb_cases.domain.people import Part, PersonKind, age_on
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.drafts import contents_of
from asb_cases.queries.enforcement_facts import clock, warning_lapses_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.visibility import interventions_visible_to, of_complete_imports, of_unmerged

#: Whom a warning may be to: who it is about, and who answers for premises (s.44).
WARNED = (Part.SUBJECT, Part.OWNER_LANDLORD, Part.OCCUPIER)
TOLD = (Part.PROFESSIONAL, Part.OWNER_LANDLORD, Part.PARENT_GUARDIAN, Part.VICTIM)
GIVEN = ("served", "not_heeded", "complied", "lapsed", "escalated")


@dataclass(frozen=True)
class Possible:
    """Somebody of the case who may be warned."""

    id: int
    name: str
    kind: PersonKind
    age: int | None
    believed_because: str | None
    parts: Sequence[Part]


@dataclass(frozen=True)
class Warned:
    """A warning that was given. `lapses_on`: the last day of its life under local policy."""

    id: int
    reference: str
    status: str
    subject_id: int
    subject: str
    given_on: date
    given_by: str | None
    comply_by: date | None
    lapses_on: date | None


def recipients_of(case_id: int, today: date) -> list[Possible]:
    """Those who may be warned, who it is about first."""
    rows = db.session.execute(
        select(Participant.part, Person)
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.case_id == case_id,
            Participant.part.in_(WARNED),
            (Participant.to_on.is_(None)) | (Participant.to_on >= today),
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .order_by(Participant.id)
    ).all()
    parts: dict[int, list[Part]] = {}
    people: dict[int, Person] = {}
    for part, person in sorted(rows, key=lambda row: WARNED.index(row[0])):
        parts.setdefault(person.id, []).append(part)
        people[person.id] = person
    return [_possible(people[id_], played, today) for id_, played in parts.items()]


def who_may_be_told(case_id: int, today: date) -> list[tuple[str, Part]]:
    """Those of the case whom it may be appropriate to tell before a notice (s.43(6)), with their parts."""
    rows = db.session.execute(
        select(Person.name, Participant.part)
        .join(Person, Person.id == Participant.person_id)
        .where(
            Participant.case_id == case_id,
            Participant.part.in_(TOLD),
            (Participant.to_on.is_(None)) | (Participant.to_on >= today),
            of_complete_imports(Participant),
            of_unmerged(Participant.person_id),
        )
        .order_by(Person.name_key, Participant.id)
    ).all()
    return [(name, part) for name, part in rows]


def warnings_to_follow(case_id: int, actor: Actor, today: date) -> list[Warned]:
    """The warnings of a case that were given and not withdrawn, ours or another body's, the latest first."""
    query = (
        select(Intervention)
        .where(
            Intervention.case_id == case_id,
            Intervention.power == "CPW",
            Intervention.issued_on.is_not(None),
            Intervention.status.in_(GIVEN),
            Intervention.entered_in_error_on.is_(None),
            interventions_visible_to(actor, today),
        )
        .options(joinedload(Intervention.subject))
        .order_by(Intervention.issued_on.desc(), Intervention.id.desc())
    )
    policy = policy_in_force()
    return [
        Warned(
            row.id,
            row.reference,
            row.status,
            row.subject_id,
            row.subject.name,
            row.issued_on,
            row.issued_by_body,
            row.comply_by,
            warning_lapses_on(row, policy),
        )
        for row in db.session.scalars(query)
        if row.issued_on is not None
    ]


def notice_to_begin(warning_id: int, today: date) -> Content:
    """What a notice says to begin with: what its warning says, without its days, to be brought up to date; and the life
    and the review that the council's policy gives a notice."""
    warning = db.session.get_one(Intervention, warning_id)
    said, policy = contents_of([warning])[warning_id], policy_in_force()
    return replace(
        said,
        requirements=[replace(each, comply_by=None) for each in said.requirements],
        comply_by=None,
        ends_on=clock("cpn_end", today, policy).last_day,
        review_on=clock("cpn_review", today, policy).last_day,
    )


def reference_of(intervention_id: int) -> str:
    """By what it is called."""
    return db.session.scalars(select(Intervention.reference).where(Intervention.id == intervention_id)).one()


def _possible(person: Person, parts: Sequence[Part], today: date) -> Possible:
    return Possible(
        person.id,
        person.name,
        person.kind,
        age_on(person.born_on, today) if person.born_on else None,
        person.believed_16_or_over_because,
        parts,
    )
