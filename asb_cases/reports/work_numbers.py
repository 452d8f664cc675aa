"""The numbers of the first page and of the caseload: what each is called, and the list that it opens."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor
from asb_cases.queries.paging import COUNT_UP_TO
from asb_cases.queries.team_work import DRAFTS, Band

Query = Sequence[tuple[str, object]]


class Number(NamedTuple):
    """One number with its words and the address of exactly what it counts. `late`: it should be nought."""

    words: str
    number: int
    href: str
    late: bool = False

    @property
    def said(self) -> str:
        """The number as it is read."""
        return f"{self.number:,}" if self.number <= COUNT_UP_TO else f"{COUNT_UP_TO:,}+"


OPEN: Query = [("status", "new"), ("status", "open")]
DRAFT: Query = [("stage", "preparation"), ("status", "draft"), *(("power", power) for power in DRAFTS)]


def own_numbers(actor: Actor, counted: Mapping[str, int], yesterday: date) -> dict[str, Number]:
    """Of one's own work, those that were counted, by key."""
    mine: Query = [("officer", actor.user_id), *OPEN]
    return _counted(counted, {
        "cases": ("Open cases of yours", "/cases", mine),
        "overdue": ("Overdue in your cases", "/deadlines", [("whose", "mine"), ("when", "overdue")]),
        "due": ("Due or ending within 7 days", "/deadlines", [("whose", "mine"), ("when", "week")]),
        "tasks": ("Tasks of yours", "/tasks", []),
        "tasks_overdue": ("Tasks overdue", "/tasks", [("when", "overdue")]),
        "tasks_due": ("Tasks due within 7 days", "/tasks", [("when", "week")]),
        "allocated": ("Cases given to you since yesterday", "/news", [("only", "allocated")]),
        "news": ("New in your cases since yesterday", "/news", []),
        "triage": ("Complaints to triage", "/complaints", [("triage", "new")]),
        "triage_new": ("Of these made since yesterday", "/complaints", [("triage", "new"), ("made_from", yesterday)]),
    })  # fmt: skip


def caseload_numbers(
    actor: Actor, counted: Mapping[str, int], no_contact_days: int, month: Period
) -> dict[str, Number]:
    """Of one's own caseload, by key."""
    mine: Query = [("officer", actor.user_id), *OPEN]
    opened: Query = [("officer", actor.user_id), ("opened_from", month.first), ("opened_to", month.last)]
    ahead: Query = [("whose", "mine"), ("when", "month")]
    return _counted(counted, {
        "cases": ("Open cases of yours", "/cases", mine),
        "overdue": ("Overdue in your cases", "/deadlines", [("whose", "mine"), ("when", "overdue")]),
        "tasks_overdue": ("Tasks overdue", "/tasks", [("when", "overdue")]),
        "month": ("Due or ending within 28 days", "/deadlines", ahead),
        "own_notices": ("Notices ending or due within 28 days", "/deadlines", [*ahead, ("about", "notices")]),
        "own_opened": (f"Cases of yours opened in {month.label}", "/cases", opened),
        "own_no_contact": (_no_contact(no_contact_days), "/cases", [*mine, ("only", "no_contact")]),
    })  # fmt: skip


def team_numbers(counted: Mapping[str, int]) -> dict[str, Number]:
    """Of the whole service, by key."""
    return _counted(counted, {
        "unallocated": ("Open cases without an officer", "/cases", [("only", "unallocated"), *OPEN]),
        "all_overdue": ("Overdue in all cases", "/deadlines", [("when", "overdue")]),
        "all_tasks_overdue": ("Tasks overdue, everybody’s", "/tasks", [("whose", "all"), ("when", "overdue")]),
        "notices_overdue": ("Notices whose review is overdue", "/deadlines", [("when", "overdue"), ("about", "notices")]),
        "notices": ("Notices ending or due within 28 days", "/deadlines", [("when", "month"), ("about", "notices")]),
        "reviews": ("Case reviews not finished", "/case-reviews", [("stage", "running")]),
        "review_letters": ("Case review letters overdue", "/case-reviews", [("overdue", "letter")]),
        "explanations": ("Case review to be explained", "/case-reviews/explanations", []),
        "drafts": ("Drafts to be authorised", "/interventions", DRAFT),
    })  # fmt: skip


def open_numbers(counted: Mapping[str, int], no_contact_days: int) -> dict[str, Number]:
    """Of the whole service, what only the caseload says, by key."""
    return _counted(counted, {
        "all_cases": ("Open cases", "/cases", OPEN),
        "no_contact": (_no_contact(no_contact_days), "/cases", [*OPEN, ("only", "no_contact")]),
    })  # fmt: skip


def dashboard_numbers(
    counted: Mapping[str, int], found: Sequence[Band], team_id: int | None, of: Period
) -> list[Number]:
    """Of the service, or of a team: the caseload and its ages, in the order shown."""
    team: Query = [("team", team_id), *OPEN]
    opened: Query = [("team", team_id), ("opened_from", of.first), ("opened_to", of.last)]
    caseload = _counted(counted, {
        "open": ("Open cases", "/cases", team),
        "opened": ("Cases opened in the period", "/cases", opened),
        "unallocated": ("Open cases without an officer", "/cases", [("only", "unallocated"), *team]),
        "overdue": ("Open cases with something overdue", "/cases", [("only", "overdue"), *team]),
    })  # fmt: skip
    ages = [
        Number(
            _age(band),
            counted[band.key],
            _address("/cases", [*team, ("opened_from", band.opened_from), ("opened_to", band.opened_to), ("sort", "oldest")]),
        )
        for band in found
    ]  # fmt: skip
    return [*caseload.values(), *ages]


def ward_address(ward_id: int, team_id: int | None, of: Period) -> str:
    """The list of cases of a ward that were opened in a period."""
    return _address("/cases", [("ward", ward_id), ("team", team_id), ("opened_from", of.first), ("opened_to", of.last)])


def legal_numbers(counted: Mapping[str, int]) -> dict[str, Number]:
    """Of legal's work, by key."""
    prosecution = ("power", "PROSECUTION")
    in_review: Query = [("stage", "preparation"), prosecution, ("status", "legal_review")]
    return _counted(counted, {
        "legal_review": ("Files in legal review", "/interventions", in_review),
        "limits": ("Time limits within 3 months", "/deadlines", [("when", "quarter"), ("about", "limits")]),
        "hearings": ("Hearings to come", "/deadlines", [("about", "hearings")]),
        "appealed": ("Notices under appeal", "/interventions", [("power", "CPN"), ("status", "appealed")]),
        "laid": ("Prosecutions before the court", "/interventions", [prosecution, ("status", "laid")]),
        "tasks": ("Tasks of yours", "/tasks", []),
        "tasks_overdue": ("Tasks overdue", "/tasks", [("when", "overdue")]),
    })  # fmt: skip


def band_numbers(
    counted: Mapping[str, int], found: Sequence[Band], *, officer_id: int | None = None, of: str = ""
) -> list[Number]:
    """Open cases by their age, of the whole or of one officer."""
    whose: Query = [("officer", officer_id), *OPEN]
    return [
        Number(
            _age(band),
            counted[of + band.key],
            _address("/cases", [*whose, ("opened_from", band.opened_from), ("opened_to", band.opened_to), ("sort", "oldest")]),
        )
        for band in found
    ]  # fmt: skip


def officer_address(user_id: int, *, overdue: bool = False, no_contact: bool = False) -> str:
    """The list of an officer's open cases, or of those with something overdue, or without contact."""
    only: Query = [("only", "overdue")] if overdue else [("only", "no_contact")] if no_contact else []
    return _address("/cases", [("officer", user_id), *OPEN, *only])


def team_address(team_id: int, *, overdue: bool = False, no_contact: bool = False) -> str:
    """The same of a team's open cases."""
    only: Query = [("only", "overdue")] if overdue else [("only", "no_contact")] if no_contact else []
    return _address("/cases", [("team", team_id), *OPEN, *only])


def _no_contact(days: int) -> str:
    return f"No contact in {days} working days"


def _age(band: Band) -> str:
    weeks = band.first // 7
    if band.last is None:
        return f"{weeks} weeks and older"
    return f"{weeks} to {(band.last + 1) // 7} weeks old" if weeks else f"Less than {(band.last + 1) // 7} weeks old"


#: Those that should be nought.
LATE = frozenset({
    "overdue", "tasks_overdue", "all_overdue", "all_tasks_overdue", "notices_overdue", "unallocated", "own_no_contact",
    "no_contact", "review_letters",
})  # fmt: skip


def _counted(counted: Mapping[str, int], known: Mapping[str, tuple[str, str, Query]]) -> dict[str, Number]:
    return {
        key: Number(words, counted[key], _address(path, query), late=key in LATE and counted[key] > 0)
        for key, (words, path, query) in known.items()
        if key in counted
    }


def _address(path: str, query: Query) -> str:
    asked = [(name, value) for name, value in query if value is not None]
    return f"{path}?{urlencode(asked)}" if asked else path
