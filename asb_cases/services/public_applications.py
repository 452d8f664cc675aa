"""What somebody without an account does: begins an application, goes on with it, and sends it.

Answers are a row of their own until they are sent, and go with time where they are not. How often anybody may come is
counted before anything is taken in; where it cannot be counted, nothing is taken in.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from asb_cases.documents.emails import application_email
from asb_cases.domain.case_review_application import Application
from asb_cases.domain.permissions import Actor
from asb_cases.domain.public_pages import DRAFT_KEPT_FOR, KNOCKS_WITHIN, LONGEST_DRAFT, ComeAgain, Door, NoDraft
from asb_cases.domain.sign_in import keyed_hash, token_hash
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.public_draft import PublicDraft, PublicKnock
from asb_cases.queries.public_drafts import draft_of, full_until
from asb_cases.services.account_links import Site
from asb_cases.services.case_reviews import receive_application
from asb_cases.services.outbox import queue_email
from asb_cases.services.transaction import transaction

TOKEN_BYTES = 32
NO_ADDRESS = "unknown"


def knock(door: Door, *, address: str | None, now: datetime, secret_key: str) -> None:
    """Count that somebody comes, unless too many have. Those who come at the same moment see each other once each is
    written, on whatever connection. Raises ComeAgain."""
    origin = keyed_hash(f"{door} {address or NO_ADDRESS}", secret_key)
    written = _write_knock(door, origin, now=now)
    _check_again(door, origin, now=now, but=written)


@transaction
def _write_knock(door: Door, origin: str, *, now: datetime) -> int:
    if until := full_until(door, origin, now=now):
        raise ComeAgain(until)
    row = PublicKnock(door=door, address_hash=origin, at=now)
    db.session.add(row)
    db.session.flush()
    return row.id


@transaction
def _check_again(door: Door, origin: str, *, now: datetime, but: int) -> None:
    if until := full_until(door, origin, now=now, but=but):
        raise ComeAgain(until)


@transaction
def begin_draft(*, now: datetime) -> str:
    """Begin an application. Returns the token by which its answers are found again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(PublicDraft(token_hash=token_hash(token), touched_at=now, answers="{}"))
    return token


@transaction
def keep_answers(*, token: str, now: datetime, answers: Mapping[str, Any]) -> None:
    """Keep what was answered, in the place of what these questions had. Raises NoDraft."""
    draft = draft_of(token, now=now, locked=True)
    if draft is None or draft.case_review_id is not None:
        raise NoDraft
    kept = json.dumps({**json.loads(draft.answers), **answers}, ensure_ascii=False)
    if len(kept) > LONGEST_DRAFT:
        raise NoDraft
    draft.answers, draft.touched_at = kept, now


@transaction
def send_application(*, actor: Actor, now: datetime, token: str, said: Application, site: Site, days: int) -> str:
    """Make an application of the answers, and empty them. Returns its reference: the same however often it is sent.

    Whoever gave an e-mail address is told of it: the reference, and in how many working `days` they hear from us.
    """
    draft = draft_of(token, now=now, locked=True)
    if draft is None:
        raise NoDraft
    if draft.case_review_id is not None:
        return db.session.get_one(CaseReview, draft.case_review_id).reference
    review_id = receive_application(actor=actor, now=now, said=said)
    reference = db.session.get_one(CaseReview, review_id).reference
    draft.answers, draft.case_review_id, draft.touched_at = "{}", review_id, now
    if said.contact_email and site.sends_email:
        queue_email(
            application_email(reference, days),
            effect_key=f"case review {review_id} received",
            address=said.contact_email,
            now=now,
            mail_domain=site.mail_domain,
        )
    return reference


@transaction
def forget_old_drafts(*, now: datetime) -> int:
    """Take away answers that nobody goes on with, and the counts of an hour that is over. Returns how many."""
    drafts = db.session.execute(delete(PublicDraft).where(PublicDraft.touched_at <= now - DRAFT_KEPT_FOR))
    knocks = db.session.execute(delete(PublicKnock).where(PublicKnock.at <= now - KNOCKS_WITHIN))
    return int(drafts.rowcount + knocks.rowcount)  # type: ignore[attr-defined]
