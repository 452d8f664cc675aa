"""Links between cases, and merges: what stands, and what is to be known before one is made or undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.case_connections import MergeFacts
from asb_cases.domain.permissions import Actor
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case, CaseReader, CaseShare
from asb_cases.models.case_connection import CaseLink, CaseMerge, CaseMergeRow
from asb_cases.models.casework import AttachmentLink
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_visible_case, visible_to

OPEN_PROSECUTION = ("legal_review", "authorised", "laid")
#: The table that the row of each kind of event of a timeline stands in.
TABLE_OF_EVENT = {
    "complaint": "complaints", "contact": "contact_entries", "note": "notes", "task_added": "tasks", "task_done": "tasks",
    "incident": "incidents", "intervention_given": "interventions", "intervention_ended": "interventions",
    "file": "attachments", "risk_assessed": "risk_assessments", "plan_agreed": "action_plans", "deadline_over": "deadlines",
    "case_review_applied": "case_reviews", "case_review_decided": "case_reviews", "case_review_held": "case_reviews",
    "case_review_outcome_sent": "case_reviews",
}  # fmt: skip


@dataclass(frozen=True)
class Connected:
    """A case that this one is linked to: why, since when, and the link's id."""

    link_id: int
    kind: str
    reason: str
    linked_on: date
    reference: str
    title: str
    status: CaseStatus


@dataclass(frozen=True)
class MergedIn:
    """A case that was merged into this one."""

    reference: str
    merged_at: Any
    merged_by: str | None
    reason: str


def links_of(case_id: int, actor: Actor, today: date) -> list[Connected]:
    """The cases that a case is linked to, as far as the actor may see them."""
    other = aliased(Case)
    mine = or_(CaseLink.lower_id == case_id, CaseLink.higher_id == case_id)
    theirs = CaseLink.lower_id + CaseLink.higher_id - case_id
    rows = db.session.execute(
        select(CaseLink, other.reference, other.title, other.status)
        .join(other, other.id == theirs)
        .where(mine, CaseLink.ended_on.is_(None), of_visible_case(other.id, actor, today))
        .order_by(CaseLink.id)
    )
    return [
        Connected(link.id, link.kind.value, link.reason, link.linked_on, reference, title, status)
        for link, reference, title, status in rows
    ]


def link_between(one_id: int, other_id: int, kind: str) -> CaseLink | None:
    """The link of this kind between two cases that stands."""
    lower, higher = sorted((one_id, other_id))
    return db.session.scalars(
        select(CaseLink).where(
            CaseLink.lower_id == lower, CaseLink.higher_id == higher, CaseLink.kind == kind, CaseLink.ended_on.is_(None)
        )
    ).first()


def merged_into(case_id: int) -> list[MergedIn]:
    """The cases that were merged into a case, the latest first."""
    rows = db.session.execute(
        select(CaseMerge, Case.reference, User.name)
        .join(Case, Case.id == CaseMerge.merged_id)
        .outerjoin(User, User.id == CaseMerge.merged_by_id)
        .where(CaseMerge.kept_id == case_id, CaseMerge.undone_on.is_(None))
        .order_by(CaseMerge.id.desc())
    )
    return [MergedIn(reference, merge.merged_at, name, merge.reason) for merge, reference, name in rows]


def kept_case(case_id: int | None, actor: Actor, today: date) -> str | None:
    """The reference of the case that another was merged into, for whoever may see it."""
    if case_id is None:
        return None
    reference: str | None = db.session.scalar(
        select(Case.reference).where(Case.id == case_id, visible_to(actor, today))
    )
    return reference


def standing_merge(merged_id: int) -> CaseMerge:
    """The merge by which a case went into another. Raises `NotFound`."""
    found = db.session.scalars(
        select(CaseMerge).where(CaseMerge.merged_id == merged_id, CaseMerge.undone_on.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("merge")
    return found


def merged_case_to_restore(case_id: int, *, actor: Actor, today: date) -> Case:
    """A case that was merged into another, its row locked: for the act that undoes it. Raises `NotFound`."""
    found = db.session.scalars(
        select(Case)
        .where(Case.id == case_id, Case.merged_into_id.is_not(None), visible_to(actor, today))
        .with_for_update(of=Case)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("merged case")
    return found


def merge_facts(merged: Case, kept: Case, today: date) -> MergeFacts:
    """What two cases are on the day they are to be merged."""
    over = (CaseStatus.CLOSED, CaseStatus.CLOSED_NOTICE_IN_FORCE)
    return MergeFacts(
        same=merged.id == kept.id,
        closed=tuple(case.reference for case in (merged, kept) if case.status in over),
        open_prosecutions_in_both=_prosecuting(merged.id) and _prosecuting(kept.id),
        restricted=merged.restricted + kept.restricted,
        common_readers=bool(readers_after(merged, kept)),
        teams_differ=merged.team_id != kept.team_id,
        merged_is_shared=_is_shared(merged.id, today),
        kept_is_shared=_is_shared(kept.id, today),
    )


def _is_shared(case_id: int, today: date) -> bool:
    found = select(CaseShare.id).where(
        CaseShare.case_id == case_id,
        CaseShare.ended_on.is_(None),
        or_(CaseShare.to_on.is_(None), CaseShare.to_on >= today),
    )
    return db.session.scalar(found.limit(1)) is not None


def readers_after(merged: Case, kept: Case) -> list[int]:
    """Who reads what comes of two cases of which one or both are restricted: the readers of every restricted one."""
    named = [readers_of(case.id) for case in (merged, kept) if case.restricted]
    return sorted(set.intersection(*named)) if named else []


def restricted_anew(case_id: int, since: datetime) -> bool:
    """Whether somebody restricted a case, named other readers or lifted the restriction since a moment."""
    found = select(HistoryEntry.id).where(
        HistoryEntry.case_id == case_id,
        HistoryEntry.kind.in_(("case_restricted", "case_unrestricted")),
        HistoryEntry.at >= since,
    )
    return db.session.scalar(found.limit(1)) is not None


def readers_of(case_id: int) -> set[int]:
    """The named readers of a case."""
    return set(db.session.scalars(select(CaseReader.user_id).where(CaseReader.case_id == case_id)))


def _prosecuting(case_id: int) -> bool:
    found = select(Intervention.id).where(
        Intervention.case_id == case_id,
        Intervention.power == "PROSECUTION",
        Intervention.status.in_(OPEN_PROSECUTION),
        Intervention.entered_in_error_on.is_(None),
    )
    return db.session.scalar(found.limit(1)) is not None


def moved_by(merge_id: int, table: str) -> list[int]:
    """The rows of a table that a merge moved."""
    return list(
        db.session.scalars(
            select(CaseMergeRow.row_id).where(CaseMergeRow.merge_id == merge_id, CaseMergeRow.table_name == table)
        )
    )


def steps_resting_on(merge: CaseMerge) -> int:
    """How many steps of the kept case that were no part of the merge follow one that was."""
    moved = set(moved_by(merge.id, "interventions"))
    breaches = select(AllegedBreach.id).where(AllegedBreach.intervention_id.in_(moved))
    found = select(func.count()).where(
        Intervention.case_id == merge.kept_id,
        Intervention.id.not_in(moved),
        or_(Intervention.follows_id.in_(moved), Intervention.breach_id.in_(breaches)),
    )
    return db.session.scalar(found) or 0


def origins_of(case_id: int, events: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Of events of a case, by kind and id of the row, those that came with a merge: the reference of the case they are from."""
    asked, link = list(events), aliased(AttachmentLink)
    rows: Sequence[Any] = db.session.execute(
        select(CaseMergeRow.table_name, CaseMergeRow.row_id, link.attachment_id, Case.reference)
        .join(CaseMerge, CaseMerge.id == CaseMergeRow.merge_id)
        .join(Case, Case.id == CaseMerge.merged_id)
        .outerjoin(link, and_(CaseMergeRow.table_name == "attachment_links", link.id == CaseMergeRow.row_id))
        .where(
            CaseMerge.kept_id == case_id,
            CaseMerge.undone_on.is_(None),
            or_(
                CaseMergeRow.row_id.in_({row_id for _kind, row_id in asked}),
                link.attachment_id.in_({row_id for kind, row_id in asked if kind == "file"}),
            ),
        )
    ).all()
    of_row = {(row.table_name, row.row_id): row.reference for row in rows}
    of_row |= {("attachments", row.attachment_id): row.reference for row in rows if row.attachment_id is not None}
    found = {(kind, row_id): of_row.get((TABLE_OF_EVENT.get(kind, ""), row_id)) for kind, row_id in asked}
    return {event: reference for event, reference in found.items() if reference is not None}
