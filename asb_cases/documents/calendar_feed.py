"""Deadlines as a calendar (RFC 5545): whole days, a reference and what is due, and no names."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from asb_cases.domain.clock_rules import CLOCK_RULES

TASK_TITLE = "Task"
#: Octets of one line (RFC 5545 section 3.1).
LINE = 74


def calendar_feed(rows: Sequence[Any], *, base_url: str, made_at: datetime) -> str:
    """One event for each row (id, rule, last_day, reference)."""
    stamp = f"{made_at:%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//asb-cases//deadlines//EN", "METHOD:PUBLISH"]
    for row in rows:
        title = CLOCK_RULES[row.rule].title if row.rule in CLOCK_RULES else TASK_TITLE
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.rule}-{row.id}@asb-cases",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{row.last_day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.last_day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(f'{row.reference}: {title}')}",
            f"URL:{base_url}/cases/{row.reference}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _text(value: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(sign, written)
    return value


def _folded(line: str) -> list[str]:
    parts, rest = [], line
    while len(rest.encode()) > LINE:
        cut = LINE
        while len(rest[:cut].encode()) > LINE:
            cut -= 1
        parts.append(rest[:cut])
        rest = " " + rest[cut:]
    return [*parts, rest]
