"""Reminders by e-mail: put into the outbox in the transaction that notes it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from asb_cases.documents.emails import ReminderFacts, digest_email, reminder_email
from asb_cases.domain.calendar import local
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.reminder import Reminder
from asb_cases.models.user import User
from asb_cases.services.outbox import queue_email
from asb_cases.services.transaction import transaction


@transaction
def email_reminders(*, now: datetime, ids: Sequence[int], base_url: str, mail_domain: str) -> int:
    """E-mail each of these reminders to its person, but for those that were e-mailed, or are over, by now. Returns how
    many were."""
    today, done = local(now).date(), 0
    for reminder, reference, address in _open(ids):
        letter = reminder_email(_facts(reminder, reference), base_url=base_url, today=today)
        reminder.emailed_at = now
        done += queue_email(
            letter,
            effect_key=f"reminder {reminder.id}",
            address=address,
            now=now,
            mail_domain=mail_domain,
            user_id=reminder.user_id,
            case_id=reminder.case_id,
        )
    return done


@transaction
def email_digest(*, now: datetime, user_id: int, ids: Sequence[int], base_url: str, mail_domain: str) -> bool:
    """E-mail one person everything of these that is still open. One digest a day: what comes after it waits for the next."""
    found = _open(ids)
    if not found:
        return False
    today = local(now).date()
    letter = digest_email([_facts(each, reference) for each, reference, _ in found], base_url=base_url, today=today)
    queued = queue_email(
        letter,
        effect_key=f"digest {user_id} {today.isoformat()}",
        address=found[0][2],
        now=now,
        mail_domain=mail_domain,
        user_id=user_id,
    )
    if queued:
        for reminder, _reference, _address in found:
            reminder.emailed_at = now
    return queued


def _open(ids: Sequence[int]) -> list[tuple[Reminder, str | None, str]]:
    rows = db.session.execute(
        select(Reminder, Case.reference, User.email)
        .join(User, User.id == Reminder.user_id)
        .outerjoin(Case, Case.id == Reminder.case_id)
        .where(Reminder.id.in_(ids), Reminder.emailed_at.is_(None), Reminder.over_at.is_(None), User.active)
        .order_by(Reminder.due_on, Reminder.id)
    )
    return [(reminder, reference, address) for reminder, reference, address in rows]


def _facts(reminder: Reminder, reference: str | None) -> ReminderFacts:
    return ReminderFacts(reminder.rule, reminder.stage, reminder.due_on, reminder.due_at, reference)
