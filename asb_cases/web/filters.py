"""How templates write days, moments, money, counts and the codes of the vocabulary."""

import re
from datetime import date, datetime

from flask import Flask
from markupsafe import Markup, escape

from asb_cases.adapters.time import LONDON
from asb_cases.domain.calendar import with_weekday
from asb_cases.domain.changes import grouped

#: One of our own references, within a text.
REFERENCE = re.compile(r"\b[A-Z]{3}-\d{4}-\d{4,}\b")
NO_WRAP = Markup('<span class="asb-no-wrap">{}</span>')
#: Codes whose words are not simply the code with spaces.
WORDS = {
    "app": "App",
    "body": "Company or other body",
    "closed_notice_in_force": "Closed, notice in force",
    "cpn": "CPN",
    "cpw": "CPW",
    "do": "Do",
    "fpn": "FPN",
    "hand": "Handed over",
    "in_force": "In force",
    "left": "Left at the proper address",
    "not_asb": "Not ASB",
    "occupier": "The occupier",
    "other_written": "Another written way",
    "out_of_hours": "Out of hours",
    "owner": "The owner",
    "owner_landlord": "Owner or landlord",
    "parent_guardian": "Parent or guardian",
    "post": "By post",
    "subject": "Subject",
    "web": "Website",
}
#: Colours of tags. What needs somebody's attention is warm, what runs is blue, what is settled is green or grey.
COLOURS = {
    "abandoned": "grey",
    "acquitted": "grey",
    "alleged": "orange",
    "appealed": "purple",
    "authorised": "teal",
    "cancelled": "grey",
    "closed": "grey",
    "closed_notice_in_force": "purple",
    "complete": "green",
    "complied": "green",
    "convicted": "green",
    "decided": "green",
    "discharged": "grey",
    "discontinued": "grey",
    "dismissed": "grey",
    "draft": "yellow",
    "ended": "grey",
    "escalated": "orange",
    "expired": "grey",
    "joined": "green",
    "laid": "blue",
    "lapsed": "grey",
    "legal_review": "purple",
    "met": "green",
    "missed": "red",
    "not_made": "grey",
    "new": "teal",
    "not_asb": "grey",
    "not_heeded": "red",
    "not_met": "grey",
    "overdue": "red",
    "paid": "green",
    "passed": "grey",
    "proposed": "yellow",
    "quashed": "grey",
    "referred": "purple",
    "served": "blue",
    "stopped": "grey",
    "superseded": "grey",
    "unpaid": "red",
    "withdrawn": "grey",
    "written_off": "grey",
}


def install_filters(app: Flask) -> None:
    """Give templates every filter below, under its own name."""
    for filter_ in (
        day, short_day, weekday_day, local_day, clock_time, moment, machine_time, pounds, count, grouped, words,
        status_colour, unbroken,
    ):  # fmt: skip
        app.add_template_filter(filter_)


def day(value: date | None) -> str:
    """2 March 2016. A moment counts as its day in London; nothing is written for none."""
    local = _local(value)
    return f"{local.day} {local:%B %Y}" if local else ""


def short_day(value: date | None) -> str:
    """2 Mar 2016, for tables."""
    local = _local(value)
    return f"{local.day} {local:%b %Y}" if local else ""


def weekday_day(value: date | None) -> str:
    """Saturday 7 March 2026."""
    local = _local(value)
    return with_weekday(local) if local else ""


def local_day(value: datetime) -> date:
    """The day that it is in London at a moment, to compare with."""
    return value.astimezone(LONDON).date()


def clock_time(value: datetime | None) -> str:
    """2:30pm in London, as the design system writes times."""
    local = _local(value)
    if not isinstance(local, datetime):
        return ""
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def moment(value: date | None) -> str:
    """2 March 2016 at 2:30pm; a day has no time to it."""
    return f"{day(value)} at {clock_time(value)}" if isinstance(value, datetime) else day(value)


def machine_time(value: date | None) -> str:
    """For the `datetime` attribute of `<time>`."""
    local = _local(value)
    return local.isoformat() if local else ""


def pounds(pence: int | None) -> str:
    """£1,250 or £99.50 from whole pence."""
    if pence is None:
        return ""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{whole:,}" + (f".{rest:02}" if rest else "")


def count(number: int | None) -> str:
    """1,234, as numbers stand in documents."""
    return "" if number is None else f"{number:,}"


def words(code: object) -> str:
    """A code of the vocabulary in plain words: `closed_notice_in_force` is "Closed, notice in force"."""
    if code is None:
        return ""
    text = str(code)
    return WORDS.get(text) or text.replace("_", " ").capitalize()


def status_colour(code: object) -> str:
    """The colour of a status' tag; blue unless it has one of its own."""
    return COLOURS.get(str(code), "")


def unbroken(text: str) -> Markup:
    """Text in which no reference (CPN-2026-0001) is broken over two lines."""
    whole = escape(text)
    for reference in set(REFERENCE.findall(whole)):
        whole = whole.replace(reference, NO_WRAP.format(reference))
    return whole


def _local(value: date | None) -> date | None:
    return value.astimezone(LONDON) if isinstance(value, datetime) else value
