"""The answers of somebody without an account, and how often the public has come lately."""

from datetime import datetime

from sqlalchemy import select

from asb_cases.domain.public_pages import DRAFT_KEPT_FOR, KNOCKS_WITHIN, LIMITS, Door
from asb_cases.domain.sign_in import token_hash
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.public_draft import PublicDraft, PublicKnock


def draft_of(token: str | None, *, now: datetime, locked: bool = False) -> PublicDraft | None:
    """The answers that belong to a token, where they are not too old. `locked` for an act that changes them."""
    if not token:
        return None
    query = select(PublicDraft).where(
        PublicDraft.token_hash == token_hash(token), PublicDraft.touched_at > now - DRAFT_KEPT_FOR
    )
    if locked:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def reference_sent(draft: PublicDraft) -> str | None:
    """The reference of the application that a draft became."""
    if draft.case_review_id is None:
        return None
    found: str | None = db.session.scalar(select(CaseReview.reference).where(CaseReview.id == draft.case_review_id))
    return found


def full_until(door: Door, address: str, *, now: datetime, but: int | None = None) -> datetime | None:
    """Until when nobody may come to the door: from this address (a keyed hash), or at all. None where they may now."""
    limits = LIMITS[door]
    lately = [PublicKnock.door == door, PublicKnock.at > now - KNOCKS_WITHIN]
    if but is not None:
        lately.append(PublicKnock.id != but)
    for most, whose in ((limits.address, [PublicKnock.address_hash == address]), (limits.total, [])):
        newest_first = select(PublicKnock.at).where(*lately, *whose).order_by(PublicKnock.at.desc())
        oldest_that_counts: datetime | None = db.session.scalar(newest_first.offset(most - 1).limit(1))
        if oldest_that_counts is not None:
            return oldest_that_counts + KNOCKS_WITHIN
    return None
