"""The monthly caseload e-mail: when it is due, which months are made good, and from when a case is without contact."""

from collections.abc import Collection
from datetime import date, datetime, time

from asb_cases.domain.calendar import LONDON, ONE_DAY, Holidays, is_working_day, local, working_day_on_or_after
from asb_cases.domain.periods import Period, month
from asb_cases.domain.permissions import Role

#: Who gets one: each officer of their own cases, each manager of the whole service too.
RECIPIENTS = (Role.OFFICER, Role.MANAGER)
#: It is there when people come to work.
SENT_FROM = time(6)
#: How many months may still be sent: the one just ended and those before it that nobody was sent. An older picture would
#: tell nobody anything that the latest does not.
MONTHS_SENT = 3
NO_CONTACT_DAYS = "no_contact_days"


def due_at(of: Period, holidays: Holidays) -> datetime:
    """The moment from which a month's e-mail is due: the first working day after it, in the morning."""
    return datetime.combine(working_day_on_or_after(of.last + ONE_DAY, holidays), SENT_FROM, tzinfo=LONDON)


def last_ended(now: datetime) -> Period:
    """The month that ended last."""
    return month_of(local(now).date()).previous


def month_of(day: date) -> Period:
    """The month of a day."""
    return month(day.year, day.month)


def may_be_due(now: datetime, holidays: Holidays) -> list[Period]:
    """The months whose e-mail is due by now, the oldest first; with one more, which only tells whether any was sent."""
    found: list[Period] = []
    of = last_ended(now)
    while len(found) <= MONTHS_SENT:
        if due_at(of, holidays) <= now:
            found.append(of)
        of = of.previous
    return found[::-1]


def to_send(due: list[Period], begun: Collection[Period], now: datetime) -> list[Period]:
    """Of the months that are due, those whose e-mail is sent: from the first of which somebody was sent theirs (`begun`)
    on, so that a skipped month is made good; where there is none, the month that has just ended alone, so that a new
    installation tells nobody of the time before it."""
    first = next((place for place, of in enumerate(due) if of in begun), None)
    if first is None:
        return [of for of in due if of == last_ended(now)]
    return due[max(first, len(due) - MONTHS_SENT) :]


def no_contact_since(today: date, days: int, holidays: Holidays) -> date:
    """The day so many working days before today: a case with no contact on it or later is without contact."""
    day = today
    while days:
        day -= ONE_DAY
        days -= is_working_day(day, holidays)
    return day
