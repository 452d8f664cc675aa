"""Making reminders from what is due, ending those that no longer are, and e-mailing them."""

from collections import defaultdict
from collections.abc import Sequence

from flask import current_app

from asb_cases.domain.calendar import local
from asb_cases.domain.reminders import DIGESTS_FROM, HANDED_OVER, Delivery, emails_at_once, in_working_hours
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.jobs.running import each, in_batches
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.reminders import (
    handed_over,
    near_their_day,
    no_longer_due,
    people_to_tell,
    plans_set,
    waiting_for_email,
)
from asb_cases.services import reminder_emails, reminders
from asb_cases.services.publication_clock import settle_publication_clock

Thing = tuple[str, int]


def make_reminders(tick: Tick) -> Outcome:
    """Tell of every clock and task whose time has come; end the reminders of what is met, moved or done."""
    policy, plans, today = policy_in_force(), plans_set(), local(tick.at).date()
    begun = each(tick, [0], lambda _: settle_publication_clock(now=tick.at))
    people = people_to_tell(today)

    def end(ids: Sequence[int]) -> int:
        return reminders.end_reminders(now=tick.at, ids=ids)

    def make(things: Sequence[Thing]) -> int:
        return reminders.make_reminders(
            now=tick.at, things=things, people=people, plans=plans, holidays=policy.holidays
        )

    def give_over(ids: Sequence[int]) -> int:
        return reminders.end_reminders(now=tick.at, ids=ids, because=HANDED_OVER)

    over = in_batches(tick, no_longer_due(), end)
    given = in_batches(tick, handed_over(people), give_over)
    made = in_batches(tick, near_their_day(today, plans), make)
    return Outcome(made.done, made.failed + over.failed + given.failed + begun.failed)


def email_reminders(tick: Tick) -> Outcome:
    """Put reminders into the outbox: at once what an Act sets and what runs in hours, the others while people are at work.
    Those of people who want one e-mail a day wait for it."""
    at_work = in_working_hours(tick.at, policy_in_force().holidays)
    now_due = [
        row.id
        for row in waiting_for_email()
        if emails_at_once(row.rule, row.due_at, row.delivery) or (at_work and row.delivery is Delivery.IMMEDIATE)
    ]
    links = _links()
    return in_batches(tick, now_due, lambda ids: reminder_emails.email_reminders(now=tick.at, ids=ids, **links))


def email_digests(tick: Tick) -> Outcome:
    """One e-mail to each person who wants one a day, of all that came since the last. Not before the morning, whoever takes
    over in the night: what comes after it would wait for another day."""
    if local(tick.at).time() < DIGESTS_FROM:
        return Outcome()
    waiting: dict[int, list[int]] = defaultdict(list)
    for row in waiting_for_email():
        if row.delivery is Delivery.DIGEST:
            waiting[row.user_id].append(row.id)
    links = _links()
    return each(
        tick,
        sorted(waiting),
        lambda user_id: reminder_emails.email_digest(now=tick.at, user_id=user_id, ids=waiting[user_id], **links),
    )


def _links() -> dict[str, str]:
    return {"base_url": current_app.config["BASE_URL"], "mail_domain": current_app.config["MAIL_DOMAIN"]}
