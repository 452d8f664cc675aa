"""Applications for a case review, for whoever may work on them, and the complaints that are counted for one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased, joinedload

from asb_cases.domain.case_review import Assessment, Complaint, Counted, assess, threshold_on
from asb_cases.domain.case_review_count import GROUND_TITLES
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.case_review_count import CaseReviewSetAside
from asb_cases.models.complaint import Complaint as ComplaintRow
from asb_cases.models.person import Person
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.visibility import case_reviews_visible_to, of_complete_imports


def case_review_to_work_on(case_review_id: int, *, actor: Actor, today: date) -> CaseReview:
    """The application for an act, its row locked until the act ends, with its case. Raises `NotFound`, and `RuleBroken`
    for one entered in error."""
    query = (
        select(CaseReview)
        .where(CaseReview.id == case_review_id, case_reviews_visible_to(actor, today))
        .options(joinedload(CaseReview.case))
        .with_for_update(of=CaseReview)
        .execution_options(populate_existing=True)
    )
    review = db.session.scalars(query).one_or_none()
    if review is None:
        raise NotFound("case review")
    if review.entered_in_error_on:
        raise RuleBroken([IN_ERROR])
    return review


@dataclass(frozen=True)
class LookedAt:
    """A complaint as it is counted: `number` is its place in the list, by which the working names it. `entry` is the row
    that was kept of it for the application, where there is one; `set_aside` the one that stands or waits."""

    number: int
    reference: str | None
    complaint_id: int | None
    complainant: str | None
    body: str | None
    occurred_on: date | None
    made_on: date | None
    incident: str | None
    entry: CaseReviewComplaint | None
    set_aside: Any | None
    key: str

    @property
    def ours(self) -> bool:
        return self.complaint_id is not None


@dataclass(frozen=True)
class TheCount:
    """The complaints looked at, each with what the count says of it, and what they come to. `assessment` is None for a local
    scheme's application."""

    rows: Sequence[tuple[LookedAt, Counted | None]]
    assessment: Assessment | None

    @property
    def waiting(self) -> int:
        """How many wait for a second person."""
        return sum(1 for row, _ in self.rows if row.set_aside is not None and row.set_aside.confirmed_on is None)


def count_for(review: Any) -> TheCount:
    """The threshold with its working on the complaints of the application's case, those linked to it, and those made to
    other bodies. Three queries."""
    looked_at = _looked_at(review)
    if review.local_scheme:
        return TheCount([(row, None) for row in looked_at], None)
    found = assess(
        [_as_counted(row) for row in looked_at],
        applied_on=review.applied_on,
        threshold=threshold_on(values_in_force(), review.applied_on),
    )
    return TheCount(list(zip(looked_at, found.complaints, strict=True)), found)


def assessment_of(review: CaseReview) -> Assessment | None:
    """What the count comes to; None for a local scheme's application."""
    return count_for(review).assessment


def entry_to_work_on(entry_id: int) -> CaseReviewComplaint:
    """A complaint of an application for an act; the caller asks whether the application may be seen. Raises `NotFound`."""
    entry = db.session.scalars(
        select(CaseReviewComplaint)
        .where(CaseReviewComplaint.id == entry_id, CaseReviewComplaint.entered_in_error_on.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if entry is None:
        raise NotFound("complaint of the application")
    return entry


def entry_of_ours(case_review_id: int, complaint_id: int) -> CaseReviewComplaint | None:
    """What is kept of one of our complaints for an application, if anything is."""
    return db.session.scalars(
        select(CaseReviewComplaint).where(
            CaseReviewComplaint.case_review_id == case_review_id, CaseReviewComplaint.complaint_id == complaint_id
        )
    ).one_or_none()


def set_aside_to_work_on(set_aside_id: int) -> CaseReviewSetAside:
    """A set-aside for an act, with its entry; the caller asks whether the application may be seen. Raises `NotFound`."""
    found = db.session.scalars(
        select(CaseReviewSetAside)
        .where(CaseReviewSetAside.id == set_aside_id)
        .options(joinedload(CaseReviewSetAside.entry))
        .with_for_update(of=CaseReviewSetAside)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound("complaint set aside")
    return found


def standing_set_aside(entry_id: int) -> CaseReviewSetAside | None:
    """What sets a complaint aside now, or waits to be confirmed."""
    return db.session.scalars(
        select(CaseReviewSetAside).where(CaseReviewSetAside.entry_id == entry_id, CaseReviewSetAside.ended_on.is_(None))
    ).one_or_none()


def _looked_at(review: Any) -> list[LookedAt]:
    entries = list(
        db.session.scalars(
            select(CaseReviewComplaint)
            .where(CaseReviewComplaint.case_review_id == review.id, CaseReviewComplaint.entered_in_error_on.is_(None))
            .order_by(CaseReviewComplaint.id)
        )
    )
    ours = _our_complaints(review, [each.complaint_id for each in entries if each.complaint_id is not None])
    asides = _set_asides(review.id)
    names = {fold_key(row.name): str(row.complainant_id) for row in ours if row.name}
    found = [*_of_ours(ours, entries, asides), *_of_others(entries, asides, names)]
    found.sort(key=lambda row: (row["made_on"] or row["occurred_on"] or date.max, row["reference"] or "~"))
    return [LookedAt(number=number, **row) for number, row in enumerate(found, 1)]


def _our_complaints(review: Any, linked: list[int]) -> Sequence[Any]:
    of_it: ColumnElement[bool] = ComplaintRow.id.in_(linked)
    if review.case_id is not None:
        of_it = or_(of_it, ComplaintRow.case_id == review.case_id)
    return db.session.execute(
        select(
            ComplaintRow.id,
            ComplaintRow.reference,
            ComplaintRow.complainant_id,
            ComplaintRow.occurred_on,
            ComplaintRow.made_on,
            ComplaintRow.received_by_body,
            Person.name,
        )
        .outerjoin(Person, Person.id == ComplaintRow.complainant_id)
        .where(of_it, ComplaintRow.entered_in_error_on.is_(None), of_complete_imports(ComplaintRow))
        .order_by(ComplaintRow.made_on, ComplaintRow.id)
    ).all()


def _set_asides(case_review_id: int) -> dict[int, Any]:
    proposer, confirmer = aliased(User), aliased(User)
    rows = db.session.execute(
        select(
            *CaseReviewSetAside.__table__.columns,
            proposer.name.label("proposed_by"),
            confirmer.name.label("confirmed_by"),
        )
        .join(CaseReviewComplaint, CaseReviewComplaint.id == CaseReviewSetAside.entry_id)
        .outerjoin(proposer, proposer.id == CaseReviewSetAside.proposed_by_id)
        .outerjoin(confirmer, confirmer.id == CaseReviewSetAside.confirmed_by_id)
        .where(CaseReviewComplaint.case_review_id == case_review_id, CaseReviewSetAside.ended_on.is_(None))
    ).all()
    return {row.entry_id: row for row in rows}


def _of_ours(
    ours: Sequence[Any], entries: Sequence[CaseReviewComplaint], asides: dict[int, Any]
) -> Iterator[dict[str, Any]]:
    kept = {each.complaint_id: each for each in entries}
    for row in ours:
        entry = kept.get(row.id)
        yield {
            "reference": row.reference,
            "complaint_id": row.id,
            "complainant": row.name,
            "body": row.received_by_body,
            "occurred_on": row.occurred_on or (entry.occurred_on if entry else None),
            "made_on": row.made_on,
            "incident": entry.incident if entry else None,
            "entry": entry,
            "set_aside": asides.get(entry.id) if entry else None,
            "key": str(row.complainant_id or ""),
        }


def _of_others(
    entries: Sequence[CaseReviewComplaint], asides: dict[int, Any], names: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """Those made to other bodies: somebody called like one of our complainants is taken to be the same person."""
    for entry in entries:
        if entry.complaint_id is not None:
            continue
        called = fold_key(entry.complainant or "")
        yield {
            "reference": None,
            "complaint_id": None,
            "complainant": entry.complainant,
            "body": entry.body,
            "occurred_on": entry.occurred_on,
            "made_on": entry.made_on,
            "incident": entry.incident,
            "entry": entry,
            "set_aside": asides.get(entry.id),
            "key": names.get(called, called),
        }


def _as_counted(row: LookedAt) -> Complaint:
    aside = row.set_aside
    return Complaint(
        row=row.number,
        complainant=row.key,
        incident=row.incident or "",
        occurred_on=row.occurred_on,
        made_on=row.made_on,
        body=row.body or "",
        excluded=f"{GROUND_TITLES[aside.ground]}. {aside.reason}" if aside and aside.confirmed_on else None,
    )
