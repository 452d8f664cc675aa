"""Entries recorded already, as a register's rows that follow them see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.breaches import Notice
from asb_cases.domain.imports.register_law import Step, penalty_window
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.names import fold_key
from asb_cases.domain.powers.penalty import Penalty
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.queries.imports import known_references
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
    subject_key: str
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
    return {
        key: (_recorded(found[step_id]), _step(found[step_id], setting))
        for key, step_id in ids.items()
        if step_id in found
    }


def recorded_steps(ids: Collection[int]) -> dict[int, Recorded]:
    """Entries by their ids, those of the import that runs among them."""
    rows = db.session.scalars(
        select(Intervention).where(Intervention.id.in_(ids)).options(joinedload(Intervention.subject))
    )
    return {row.id: _recorded(row) for row in rows}


def _recorded(row: Intervention) -> Recorded:
    return Recorded(
        id=row.id,
        power=row.power,
        case_id=row.case_id,
        subject_id=row.subject_id,
        subject_key=row.subject.identity_key,
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
            .options(joinedload(Intervention.subject), earlier, earlier.joinedload(Intervention.subject))
        )
    )


def _step(row: Intervention, setting: Setting) -> Step:
    notice = row if row.power == "CPN" else row.follows if row.power == "FPN" else None
    return Step(
        power=row.power,
        subject_key=row.subject.identity_key,
        issued_on=row.issued_on,
        withdrawn_on=row.ended_on if row.status == "withdrawn" else None,
        notice=_notice(notice) if notice and notice.power == "CPN" else None,
        penalty=_penalty(row, setting) if row.power == "FPN" and row.issued_on else None,
        offence_from=row.offence_from,
        offence_to=row.offence_to,
    )


def _notice(row: Intervention) -> Notice:
    # A register's "complied" ends nothing in law: see `register_law`.
    stood_on = row.import_id is not None and row.outcome == "complied"
    ended = [day for day in (row.ends_on, None if stood_on else row.ended_on) if day]
    return Notice(
        subject_id=row.subject.identity_key,
        given_on=row.issued_on,
        last_day=min(ended, default=None),
        quashed_on=row.outcome_on if row.status == "quashed" else None,
    )


def _penalty(row: Intervention, setting: Setting) -> Penalty | None:
    if row.issued_on is None:
        return None
    last_day, proceed_from = penalty_window(row.issued_on, setting)
    payment = db.session.scalars(
        select(Payment).where(Payment.intervention_id == row.id, Payment.entered_in_error_on.is_(None)).limit(1)
    ).one_or_none()
    return Penalty(
        row.issued_on,
        last_day,
        proceed_from,
        amount=row.amount_pence,
        paid_on=payment.paid_on if payment else None,
        paid_amount=payment.amount_pence if payment else None,
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
    ).all()
