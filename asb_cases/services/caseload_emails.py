"""The monthly caseload e-mail, put into the outbox: once for each person and month, and to oneself when asked for.

It is made from reads before the transaction that queues it, so that nobody waits for its counting.
"""

from datetime import datetime

from sqlalchemy import select

from asb_cases.domain.caseload import RECIPIENTS, last_ended
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.outbox import Letter
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.queries.caseload import effect_key
from asb_cases.queries.not_found import NotFound
from asb_cases.services.outbox import queue_email
from asb_cases.services.transaction import transaction

MONTH_NOT_OVER = Refusal(
    "caseload_month_not_over",
    "{month} is not over: its caseload e-mail cannot be sent yet.",
    "How the record works",
    "Wait for the first working day after it, or look at it without sending it.",
)


def check_month_over(of: Period, *, now: datetime) -> None:
    """Refuse to send a month that is not over: there is one e-mail of it, and it would be of a part."""
    if of.last > last_ended(now).last:
        raise RuleBroken((MONTH_NOT_OVER.of(month=of.label),))


@transaction
def queue_caseload(letter: Letter, *, of: Period, user_id: int, now: datetime, mail_domain: str) -> bool:
    """Queue the e-mail of a month to one person. False where it was queued before, or their account has ended or gets
    none any more. It goes to whoever is away, too: a caseload is nobody else's to read."""
    address = db.session.scalar(
        select(User.email).where(User.id == user_id, User.active, User.role.in_(RECIPIENTS))
    )  # fmt: skip
    if address is None:
        return False
    key = effect_key(of, user_id)
    return queue_email(letter, effect_key=key, address=address, now=now, mail_domain=mail_domain, user_id=user_id)


@transaction
def send_to_oneself(letter: Letter, *, actor: Actor, of: Period, now: datetime, mail_domain: str) -> bool:
    """Queue the e-mail of a month to whoever asks, once for each time that they ask."""
    actor.check(Permission.WORK_CASES)
    address = db.session.scalar(select(User.email).where(User.id == actor.user_id))
    if address is None or actor.user_id is None:
        raise NotFound("user")
    key = f"{effect_key(of, actor.user_id)} asked for {actor.form_key or now.isoformat()}"
    return queue_email(letter, effect_key=key, address=address, now=now, mail_domain=mail_domain, user_id=actor.user_id)
