"""What belongs to an application: its bodies, letters, meetings, recommendations, actions, escalations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from asb_cases.extensions import db
from asb_cases.models.case_review_work import (
    CaseReviewAction,
    CaseReviewAttendee,
    CaseReviewBody,
    CaseReviewEscalation,
    CaseReviewLetter,
    CaseReviewMeeting,
    CaseReviewRecommendation,
)
from asb_cases.models.partner_body import PartnerBody
from asb_cases.queries.not_found import NotFound

Part = TypeVar(
    "Part", CaseReviewBody, CaseReviewRecommendation, CaseReviewAction, CaseReviewEscalation, CaseReviewMeeting
)


@dataclass(frozen=True)
class TheWork:
    """All that was done on an application besides the count. `to_pass_on`: relevant bodies that do not have it yet."""

    bodies: Sequence[CaseReviewBody]
    to_pass_on: Sequence[PartnerBody]
    letters: Sequence[CaseReviewLetter]
    meetings: Sequence[CaseReviewMeeting]
    attendees: Sequence[CaseReviewAttendee]
    recommendations: Sequence[CaseReviewRecommendation]
    actions: Sequence[CaseReviewAction]
    escalations: Sequence[CaseReviewEscalation]

    @property
    def meeting(self) -> CaseReviewMeeting | None:
        """The review as it is arranged or was held last."""
        return self.meetings[-1] if self.meetings else None


def work_on(case_review_id: int) -> TheWork:
    """All of it. Eight queries, however much there is."""
    bodies = bodies_of(case_review_id)
    meetings = _of(CaseReviewMeeting, case_review_id)
    return TheWork(
        bodies=bodies,
        to_pass_on=relevant_bodies(but={each.partner_body_id for each in bodies}),
        letters=_of(CaseReviewLetter, case_review_id),
        meetings=meetings,
        attendees=attendees_of(meetings[-1].id) if meetings else [],
        recommendations=_of(CaseReviewRecommendation, case_review_id),
        actions=_of(CaseReviewAction, case_review_id),
        escalations=_of(CaseReviewEscalation, case_review_id),
    )


def bodies_of(case_review_id: int) -> Sequence[CaseReviewBody]:
    """The bodies to which an application was passed, in that order."""
    return db.session.scalars(
        select(CaseReviewBody)
        .where(CaseReviewBody.case_review_id == case_review_id)
        .options(joinedload(CaseReviewBody.body))
        .order_by(CaseReviewBody.id)
    ).all()


def relevant_bodies(*, but: set[int]) -> Sequence[PartnerBody]:
    """The relevant bodies of the area (s.105), without some."""
    found = select(PartnerBody).where(
        PartnerBody.active.is_(True), PartnerBody.relevant.is_(True), PartnerBody.id.not_in(but)
    )
    return db.session.scalars(found.order_by(PartnerBody.name_key)).all()


def attendees_of(meeting_id: int) -> Sequence[CaseReviewAttendee]:
    """Who was asked to a review."""
    return db.session.scalars(
        select(CaseReviewAttendee).where(CaseReviewAttendee.meeting_id == meeting_id).order_by(CaseReviewAttendee.id)
    ).all()


def latest_meeting(case_review_id: int) -> CaseReviewMeeting | None:
    """The review as it is arranged or was held last."""
    return db.session.scalars(
        select(CaseReviewMeeting)
        .where(CaseReviewMeeting.case_review_id == case_review_id)
        .order_by(CaseReviewMeeting.id.desc())
        .limit(1)
    ).one_or_none()


def open_escalation(case_review_id: int) -> CaseReviewEscalation | None:
    """What waits to be decided by whoever it was taken to."""
    return db.session.scalars(
        select(CaseReviewEscalation)
        .where(CaseReviewEscalation.case_review_id == case_review_id, CaseReviewEscalation.decided_on.is_(None))
        .order_by(CaseReviewEscalation.id.desc())
        .limit(1)
    ).one_or_none()


def part_of(kind: type[Part], case_review_id: int, part_id: int, *, lock: bool = False) -> Part:
    """One row that belongs to an application. Raises `NotFound`."""
    query = select(kind).where(kind.id == part_id, kind.case_review_id == case_review_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("part of the application")
    return found


def next_number(kind: type[CaseReviewRecommendation] | type[CaseReviewAction], case_review_id: int) -> int:
    """The number of one more."""
    highest = db.session.scalar(select(func.max(kind.number)).where(kind.case_review_id == case_review_id))
    return (highest or 0) + 1


def how_many_wait(case_review_id: int) -> int:
    """Recommendations without an answer, and actions that nothing shows to be done."""
    waiting: tuple[Any, ...] = (
        select(func.count()).where(
            CaseReviewRecommendation.case_review_id == case_review_id, CaseReviewRecommendation.answered_on.is_(None)
        ),
        select(func.count()).where(
            CaseReviewAction.case_review_id == case_review_id, CaseReviewAction.done_on.is_(None)
        ),
    )
    return sum(db.session.scalar(query) or 0 for query in waiting)


def letter_sent_on(letters: Sequence[CaseReviewLetter], kind: str) -> date | None:
    """The day on which a letter of a kind was sent last."""
    return max((each.sent_on for each in letters if each.kind == kind), default=None)


def _of(kind: Any, case_review_id: int) -> Sequence[Any]:
    return db.session.scalars(select(kind).where(kind.case_review_id == case_review_id).order_by(kind.id)).all()
