"""Entries recorded already, as a register's rows that follow them see them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.breaches import Notice
from asb_cases.domain.imports.register_law import RECIPIENT, Step
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.imports.subjects import subject_of
from asb_cases.domain.names import fold_key
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import PersonAddress
from asb_cases.models.place import Address
from asb_cases.queries.enforcement_facts import penalty_given
from asb_cases.queries.imports import known_references
from asb_cases.queries.policy import Policy
from asb_cases.queries.visibility import of_complete_imports

#: What was never given is followed by nothing.
NEVER_GIVEN = ("draft", "legal_review", "authorised", "abandoned")


@dataclass(frozen=True)
class Recorded:
    """An entry recorded already, as far as the rows that follow it take things over from it."""

    id: int
    power: str
    case_id: int
    subject_id: int
    follows_id: int | None
    breach_id: int | None


def step_ids_called(references: Collection[str]) -> dict[str, int]:
    """By folded reference (of another register, or ours), the id of the entry that is meant."""
    own = db.session.execute(
        select(Intervention.reference, Intervention.id).where(
            Intervention.reference.in_({reference.strip().upper() for reference in references}),
            of_complete_imports(Intervention),
        )
    )
    found = known_references("intervention", {fold_key(reference) for reference in references})
    return {fold_key(reference): step_id for reference, step_id in own} | found


def steps_called(references: Collection[str], setting: Setting) -> dict[str, tuple[Recorded, Step]]:
    """By folded reference, the entry that is meant, where it was given and stands, and what the law asks of it."""
    ids = step_ids_called(references)
    found = {each.id: each for each in _load(set(ids.values()))}
    addresses = _addresses({each.subject_id for each in found.values()})
    return {
        key: (_recorded(found[step_id]), _step(found[step_id], addresses, setting))
        for key, step_id in ids.items()
        if step_id in found
    }


def recorded_steps(ids: Collection[int]) -> dict[int, Recorded]:
    """Entries by their ids, those of the import that runs among them."""
    if not ids:
        return {}
    of = Intervention
    rows = db.session.execute(
        select(of.id, of.power, of.case_id, of.subject_id, of.follows_id, of.breach_id).where(of.id.in_(ids))
    )
    return {row.id: _recorded(row) for row in rows}


def _recorded(row: Any) -> Recorded:
    return Recorded(
        id=row.id,
        power=row.power,
        case_id=row.case_id,
        subject_id=row.subject_id,
        follows_id=row.follows_id,
        breach_id=row.breach_id,
    )


def _load(ids: Collection[int]) -> list[Intervention]:
    if not ids:
        return []
    earlier = joinedload(Intervention.follows)
    return list(
        db.session.scalars(
            select(Intervention)
            .where(
                Intervention.id.in_(ids),
                Intervention.entered_in_error_on.is_(None),
                Intervention.status.not_in(NEVER_GIVEN),
            )
            .options(joinedload(Intervention.subject), earlier)
        )
    )


def _addresses(person_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """By person, the folded addresses recorded."""
    if not person_ids:
        return {}
    found: dict[int, list[str]] = {}
    lived = select(PersonAddress.person_id, Address.text_key).join(Address, Address.id == PersonAddress.address_id)
    for person_id, key in db.session.execute(lived.where(PersonAddress.person_id.in_(person_ids))):
        found.setdefault(person_id, []).append(key)
    return found


def _step(row: Intervention, addresses: Mapping[int, Sequence[str]], setting: Setting) -> Step:
    subject, policy = row.subject, Policy(setting.values, setting.holidays)
    notice = row if row.power == "CPN" else row.follows if row.power == "FPN" else None
    return Step(
        power=row.power,
        subject=subject_of(subject.kind, subject.name, subject.born_on, *addresses.get(subject.id, ())),
        issued_on=row.issued_on,
        withdrawn_on=row.ended_on if row.status == "withdrawn" else None,
        notice=_notice(notice) if notice and notice.power == "CPN" else None,
        penalty=penalty_given(row, policy) if row.power == "FPN" else None,
        offence_from=row.offence_from,
        offence_to=row.offence_to,
    )


def _notice(row: Intervention) -> Notice:
    # A register's "complied" ends nothing in law: see `register_law`.
    stood_on = row.import_id is not None and row.outcome == "complied"
    ended = [day for day in (row.ends_on, None if stood_on else row.ended_on) if day]
    return Notice(
        subject_id=RECIPIENT,
        given_on=row.issued_on,
        last_day=min(ended, default=None),
        quashed_on=row.outcome_on if row.status == "quashed" else None,
    )


def cases_of_steps(ids: Collection[int]) -> dict[int, int]:
    """The case of each of these entries."""
    query = select(Intervention.id, Intervention.case_id).where(Intervention.id.in_(ids))
    return dict(db.session.execute(query).all())


def warnings_to_escalate(import_id: int) -> Sequence[int]:
    """Warnings that stand as given although a notice of this import follows them: those recorded before it."""
    notice = aliased(Intervention)
    return db.session.scalars(
        select(Intervention.id)
        .join(notice, notice.follows_id == Intervention.id)
        .where(notice.import_id == import_id, notice.power == "CPN")
        .where(Intervention.power == "CPW", Intervention.status == "served")
        .distinct()
    ).all()


def warnings_escalated_by(import_id: int) -> Sequence[int]:
    """Warnings recorded before this import that stand escalated, and that no notice but its own follows."""
    of_import, other = aliased(Intervention), aliased(Intervention)
    return db.session.scalars(
        select(Intervention.id)
        .join(of_import, of_import.follows_id == Intervention.id)
        .where(of_import.import_id == import_id, of_import.power == "CPN")
        .where(Intervention.power == "CPW", Intervention.status == "escalated")
        .where(Intervention.import_id.is_distinct_from(import_id))
        .where(
            ~exists().where(
                other.follows_id == Intervention.id, other.power == "CPN", other.import_id.is_distinct_from(import_id)
            )
        )
        .distinct()
    ).all()
