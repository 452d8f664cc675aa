"""The outbox: an e-mail is a row written in the act that it tells of, and sent afterwards by one sender at a time.

The promise: queued once for each effect, never lost, and at most one copy more where a sender is cut off between the
server's acceptance and our note of it. Such a copy has the same Message-ID. (SMTP itself can promise no more.)
"""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update

from asb_cases.domain.account_links import LINK_GOES_HERE
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.outbox import FURTHEST_WAIT, EmailState, Letter, gives_up_after, wait_after
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.queries.not_found import NotFound
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction

NOT_GIVEN_UP = Refusal(
    "not_given_up",
    "This e-mail is not one that was given up.",
    "How the record works",
    "Only an e-mail that could not be delivered is sent again by hand; one that waits is tried again by itself.",
)

LINK_IS_GONE = Refusal(
    "link_is_gone",
    "This e-mail held a one-time link, and such a link is kept no longer than it takes to send it.",
    "How the record works",
    "Make a new link on the page of the account.",
)


@dataclass(frozen=True)
class Claimed:
    """An e-mail that this sender is to send now."""

    id: int
    address: str
    subject: str
    text: str
    html: str | None
    message_id: str


def queue_email(
    letter: Letter,
    *,
    effect_key: str,
    address: str,
    now: datetime,
    mail_domain: str,
    user_id: int | None = None,
    case_id: int | None = None,
    link: str | None = None,
) -> bool:
    """Put an e-mail in the outbox. Part of an act. False where there is one for this effect already. `link` is a one-time
    link for the place that its words leave open: it stands in the row while it waits, and not in the words."""
    if db.session.scalar(select(Email.id).where(Email.effect_key == effect_key)) is not None:
        return False
    db.session.add(
        Email(
            effect_key=effect_key,
            kind=letter.kind,
            user_id=user_id,
            case_id=case_id,
            address=address,
            subject=" ".join(letter.subject.split()),
            text=letter.text,
            html=letter.html,
            link=link,
            message_id=f"<{secrets.token_hex(16)}@{mail_domain}>",
            queued_at=now,
            next_try_at=now,
        )
    )
    db.session.flush()
    return True


@transaction
def release_left_over(*, holder: str) -> int:
    """Take back what a sender that was cut off had in hand. Only whoever alone may send calls this (its job's lease says
    so), so whatever is in hand at its beginning is nobody's. Returns how many."""
    left_over = update(Email).where(Email.state == EmailState.SENDING)
    result = db.session.execute(left_over.values(state=EmailState.QUEUED, sender=None))
    return result.rowcount  # type: ignore[attr-defined,no-any-return]


@transaction
def claim_next(*, holder: str, now: datetime, after: int = 0) -> Claimed | None:
    """Take the next e-mail that is due into this sender's hand; None where none is. `after` passes over those that were
    tried in this run."""
    # A time further off than any wait was set by a clock that has since been put back.
    due = or_(Email.next_try_at <= now, Email.next_try_at > now + FURTHEST_WAIT)
    waiting = select(Email).where(Email.state == EmailState.QUEUED, Email.id > after, due)
    email = db.session.scalar(waiting.order_by(Email.id).limit(1))
    if email is None:
        return None
    email.state, email.sender, email.tries = EmailState.SENDING, holder, email.tries + 1
    text, html = (words and words.replace(LINK_GOES_HERE, email.link or "") for words in (email.text, email.html))
    return Claimed(email.id, email.address, email.subject, text or "", html, email.message_id)


@transaction
def mark_sent(*, email_id: int, holder: str, now: datetime) -> None:
    """The server has taken it."""
    _settle(email_id, holder, state=EmailState.SENT, sent_at=now, last_error=None, link=None)


@transaction
def put_back(*, email_id: int, holder: str, now: datetime, told: str, permanent: bool) -> None:
    """The server has not taken it: it waits for the next try, or is given up where there is no use in one."""
    tries = db.session.scalar(select(Email.tries).where(Email.id == email_id)) or 0
    if permanent or gives_up_after(tries):
        _settle(email_id, holder, state=EmailState.GIVEN_UP, last_error=told, link=None)
    else:
        next_try_at = now + wait_after(tries, jitter=random.random())  # noqa: S311 - spreads load, keeps no secret
        _settle(email_id, holder, state=EmailState.QUEUED, next_try_at=next_try_at, last_error=told)


@transaction
def send_again(*, actor: Actor, now: datetime, email_id: int) -> None:
    """Put an e-mail that was given up back in the outbox, for somebody who has put right what was wrong."""
    actor.check(Permission.MANAGE_SETTINGS)
    email = db.session.get(Email, email_id)
    if email is None:
        raise NotFound("e-mail")
    if email.state is not EmailState.GIVEN_UP:
        raise RuleBroken((NOT_GIVEN_UP,))
    if LINK_GOES_HERE in email.text:
        raise RuleBroken((LINK_IS_GONE,))
    email.state, email.tries, email.next_try_at = EmailState.QUEUED, 0, now
    record("email_sent_again", Subject("email", email.id, email.case_id), actor=actor, now=now)


def _settle(email_id: int, holder: str, **values: object) -> None:
    """Only what is in this sender's hand: one that was taken for dead changes nothing any more."""
    db.session.execute(
        update(Email)
        .where(Email.id == email_id, Email.state == EmailState.SENDING, Email.sender == holder)
        .values(sender=None, **values)
        .execution_options(synchronize_session=False)
    )
