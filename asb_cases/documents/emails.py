"""The words of e-mails. An e-mail is read on telephones and by whoever sits beside it: it holds a reference, what is due
and a link, and no name, no address and nothing that somebody wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template

from asb_cases.domain.account_links import LINK_GOES_HERE, SETS_PASSWORD, LinkPurpose
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.outbox import Letter
from asb_cases.domain.partner_returns import Stage
from asb_cases.domain.periods import Period
from asb_cases.domain.reminders import is_statutory

TASK_TITLE = "A task"


@dataclass(frozen=True)
class ReminderFacts:
    """What a reminder is of. `reference` is the case's; None for what belongs to none yet."""

    rule: str
    stage: str
    due_on: date
    due_at: datetime | None
    reference: str | None

    @property
    def title(self) -> str:
        """What is due, by the name of its clock; a task's own words stay in the record."""
        return CLOCK_RULES[self.rule].title if self.rule in CLOCK_RULES else TASK_TITLE

    @property
    def last_day(self) -> str:
        """The day, and the time where hours count."""
        return f"{local(self.due_at):%H:%M} on {in_words(self.due_on)}" if self.due_at else in_words(self.due_on)

    def when(self, today: date) -> str:
        """How far off it is, in words."""
        days = (self.due_on - today).days
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
        return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")

    @property
    def authority(self) -> str | None:
        """Whose rule it is, where an Act sets it."""
        return CLOCK_RULES[self.rule].authority if is_statutory(self.rule) else None


def application_email(reference: str, days: int) -> Letter:
    """That somebody's request for a case review has arrived: its reference, and when they hear from the council."""
    given = {"reference": reference, "days": days}
    return Letter(
        "case_review_received",
        f"We have received your request: {reference}",
        render_template("emails/application.txt", **given),
        render_template("emails/application.html", **given),
    )


def reminder_email(facts: ReminderFacts, *, base_url: str, today: date) -> Letter:
    """One reminder."""
    about = facts.reference or "ASB cases"
    subject = f"{about}: {facts.title}, last day {facts.last_day}"
    given = {"facts": facts, "today": today, "link": _link(facts, base_url), "all": f"{base_url}/reminders"}
    return Letter(
        "reminder",
        subject,
        render_template("emails/reminder.txt", **given),
        render_template("emails/reminder.html", **given),
    )


def digest_email(facts: Sequence[ReminderFacts], *, base_url: str, today: date) -> Letter:
    """Everything of a day in one."""
    count = len(facts)
    subject = f"ASB cases: {count} reminder{'s' if count != 1 else ''} on {in_words(today)}"
    given = {
        "reminders": [(each, _link(each, base_url)) for each in facts],
        "today": today,
        "all": f"{base_url}/reminders",
    }
    return Letter(
        "digest", subject, render_template("emails/digest.txt", **given), render_template("emails/digest.html", **given)
    )


def link_email(purpose: LinkPurpose, *, good_until: datetime) -> Letter:
    """What brings somebody a one-time link. Where it goes stays open: the link itself is put in as the e-mail is sent."""
    confirms = purpose not in SETS_PASSWORD
    given = {
        "purpose": purpose.value,
        "good_until": f"{local(good_until):%H:%M} on {in_words(local(good_until).date())}",
        "link": LINK_GOES_HERE,
    }
    return Letter(
        "address_change" if confirms else "password_link",
        "ASB cases: confirm your email address" if confirms else "ASB cases: set your password",
        render_template("emails/account_link.txt", **given),
        render_template("emails/account_link.html", **given),
    )


def address_changed_email() -> Letter:
    """To the old address: that it is no longer the account's."""
    return Letter(
        "address_changed",
        "ASB cases: your email address was changed",
        render_template("emails/address_changed.txt"),
        render_template("emails/address_changed.html"),
    )


def partner_return_email(*, title: str, period: Period, due_on: date, stage: Stage) -> Letter:
    """To a partner's contact: that the value of a period is expected, or late."""
    given = {"title": title, "period": period.in_words, "due_on": in_words(due_on), "late": stage is Stage.OVERDUE}
    when = "was due" if stage is Stage.OVERDUE else "is due"
    return Letter(
        "partner_return",
        f"{title}, {period.label}: your return {when} on {in_words(due_on)}",
        render_template("emails/partner_return.txt", **given),
        render_template("emails/partner_return.html", **given),
    )


def _link(facts: ReminderFacts, base_url: str) -> str:
    return f"{base_url}/cases/{facts.reference}" if facts.reference else f"{base_url}/reminders"
