"""What an old register's entries say, taken together, about the case they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.powers import POWERS
from asb_cases.domain.workflow import CaseStatus

#: What an entry becomes once one of these follows it: the next step took over.
TAKEN_OVER_BY = {"CPW": "CPN", "FPN": "PROSECUTION"}


@dataclass(frozen=True)
class Entry:
    """A row, and the powers of the rows that follow it."""

    row: RegisterRow
    followed_by: frozenset[str]

    @property
    def taken_over(self) -> bool:
        """Whether the next step has taken its place: a warning escalated, a penalty that went to court."""
        return TAKEN_OVER_BY.get(self.row.power, "") in self.followed_by

    def status(self, today: date) -> str:
        """The status it is recorded with. A notice whose own end date has passed is over."""
        if self.row.power == "CPW" and self.taken_over and self.row.status in ("served", "complied"):
            return "escalated"
        if self.row.status == "in_force" and self.row.ends_on and self.row.ends_on < today:
            return "ended"
        return self.row.status

    def ended_on(self, today: date) -> date | None:
        """The day on which it ceased, as far as recorded; None for what goes on."""
        status = self.status(today)
        if status == "ended" and self.row.ends_on and self.row.outcome != "complied":
            return self.row.ends_on
        return self.row.outcome_on if status in ("ended", "withdrawn", "quashed", "cancelled") else None

    def settled_on(self, today: date) -> date | None:
        """The day from which it keeps no case open; None where that is not so, or the day is not recorded."""
        if self.taken_over:
            return self.row.issued_on
        if self.status(today) in ("served", "in_force", "issued", "unpaid", "laid"):
            return None
        return self.ended_on(today) or self.row.outcome_on


@dataclass(frozen=True)
class CaseFacts:
    """A case as its entries show it. The title says what it is about and names nobody."""

    status: CaseStatus
    title: str
    opened_on: date
    closed_on: date | None
    categories: tuple[str, ...]
    ward: str | None
    address: str | None
    reference: str | None
    officer_email: str | None


def case_of(entries: Sequence[Entry], today: date) -> CaseFacts:
    """The case that entries belong to, in file order; there is at least one.

    It opened on the day the register gives, else on the day of its first entry. It is closed only where every entry is
    known to be over, and since when: on the last of these days. No end is assumed, so that all others stay open.
    """
    rows = [entry.row for entry in entries]
    given = [row.case_opened_on for row in rows if row.case_opened_on]
    opened_on = min(given or [row.issued_on for row in rows])
    settled = [entry.settled_on(today) for entry in entries]
    known = [day for day in settled if day]
    over = len(known) == len(entries)
    categories = tuple(dict.fromkeys(code for row in rows for code in row.categories))
    return CaseFacts(
        title=", ".join(code.replace("_", " ") for code in categories).capitalize() or POWERS[rows[0].power].title,
        status=CaseStatus.CLOSED if over else CaseStatus.OPEN,
        opened_on=opened_on,
        closed_on=max([*known, opened_on, *(row.issued_on for row in rows)]) if over else None,
        categories=categories,
        ward=next((row.ward for row in rows if row.ward), None),
        address=next((row.subject_address for row in rows if row.subject_address), None),
        reference=next((row.case_reference for row in rows if row.case_reference), None),
        officer_email=next((row.officer_email for row in reversed(rows) if row.officer_email), None),
    )
