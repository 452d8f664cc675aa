"""The caseload of a month: where somebody's cases stand now, where the service's do, and what the month brought.

It is made from the queries that the lists ask, and each number leads to the list of exactly what it counts: so its
figures are those on screen at the same moment. It holds references and no names but those of officers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from asb_cases.domain.calendar import local, plus_months
from asb_cases.domain.caseload import NO_CONTACT_DAYS
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.periods import Period, between, financial_year_of
from asb_cases.domain.permissions import Actor, FiguresScope, Role
from asb_cases.queries.case_list import CaseFilter, cases_page
from asb_cases.queries.caseload import OWN, own_caseload, service_caseload
from asb_cases.queries.deadline_list import DeadlineFilter, deadlines_page
from asb_cases.queries.figures import FigureSet, figures_of
from asb_cases.queries.my_work import OPEN
from asb_cases.queries.numbers import numbers
from asb_cases.queries.policy import Policy, no_contact_from
from asb_cases.queries.team_work import bands, by_officer, by_team
from asb_cases.reports.table import TableRow, compared
from asb_cases.reports.work_numbers import (
    Number,
    band_numbers,
    caseload_numbers,
    officer_address,
    open_numbers,
    team_address,
    team_numbers,
)

#: So many of each list are named; its number opens all of them.
LISTED = 10
MOST_OFFICERS = 500
FLOW = ("complaints_received", "cases_opened", "cases_closed", "cases_open_at_end")
ENFORCEMENT = ("cpw_issued", "cpn_issued", "fpn_issued", "prosecutions_started")


class Line(NamedTuple):
    """One thing to look at: a reference with its address, what is due, and by when. `kind` and `row_id`: which row."""

    kind: str
    row_id: int
    reference: str
    path: str
    words: str
    day: date


@dataclass(frozen=True)
class Counted:
    """Numbers with the lists that they open, by their keys."""

    by_key: dict[str, Number]
    ages: list[Number]

    @property
    def numbers(self) -> list[Number]:
        """In order."""
        return list(self.by_key.values())

    def number(self, key: str) -> Number:
        """The one of a key."""
        return self.by_key[key]


@dataclass(frozen=True)
class Own(Counted):
    """Somebody's own cases."""

    overdue: list[Line]
    ahead: list[Line]
    no_contact: list[Line]


@dataclass(frozen=True)
class Load:
    """The open cases of one officer, or of one team, with the address of each number."""

    name: str
    open: Number
    overdue: Number
    no_contact: Number


@dataclass(frozen=True)
class MonthFigures:
    """What a month brought, beside the month before and the year before. The same for everybody who sees all figures."""

    month: Period
    year: Period
    flow: list[TableRow]
    enforcement: list[TableRow]
    enforcement_of_year: list[TableRow]


@dataclass(frozen=True)
class Service(Counted):
    """The whole that a manager sees. `teams` are listed where there is more than one."""

    officers: list[Load]
    teams: list[Load]
    unallocated: list[Line]
    overdue: list[Line]
    reviews: list[Line]
    figures: MonthFigures


@dataclass(frozen=True)
class Caseload:
    """The caseload of a month for one person, as it stood `at` a moment."""

    month: Period
    at: datetime
    own: Own | None
    service: Service | None

    @property
    def title(self) -> str:
        return f"Caseload for {self.month.label}"

    def rows_shown(self, kind: str) -> list[int]:
        """The ids of the rows of a kind that it names."""
        own, service = self.own, self.service
        lines = [
            *((*own.overdue, *own.ahead, *own.no_contact) if own else ()),
            *((*service.unallocated, *service.overdue, *service.reviews) if service else ()),
        ]
        return sorted({line.row_id for line in lines if line.kind == kind})


def caseload_of(
    actor: Actor, month: Period, *, now: datetime, policy: Policy, figures: MonthFigures | None = None
) -> Caseload:
    """What the month's e-mail tells this person. `figures` saves counting them again where many are written to.

    Six queries at most for an officer, and for a manager six more with `month_figures`, whatever there is to count.
    """
    today = local(now).date()
    since, days = no_contact_from(policy, today), policy.values.number(NO_CONTACT_DAYS, today)
    leads = actor.role is Role.MANAGER
    wanted = own_caseload(actor, now, today, since, month)
    counted = numbers(wanted | (service_caseload(actor, now, today, since) if leads else {}))
    asked = _Asked(actor, month, now, today, since, days, counted)
    has_own = not leads or any(counted[key] for key in ("cases", "tasks_overdue"))
    return Caseload(
        month,
        now,
        _own(asked) if has_own else None,
        _service(asked, figures or month_figures(month, actor)) if leads else None,
    )


def month_figures(month: Period, actor: Actor) -> MonthFigures:
    """The figures of the month, of the one before, and of the financial year so far beside the last one's same days."""
    if actor.figures_scope is not FiguresScope.ALL:
        raise ValueError("The month's figures are of the whole service.")
    year = between(financial_year_of(month.last).first, month.last)
    last_year = between(plus_months(year.first, -12), plus_months(year.last, -12))
    codes = {*FLOW, *ENFORCEMENT}

    def of(period: Period) -> FigureSet:
        return figures_of(period, actor, codes=codes, broken_down=())

    now = of(month)
    return MonthFigures(
        month,
        year,
        compared(now, of(month.previous), FLOW),
        compared(now, of(month.year_before), ENFORCEMENT),
        compared(of(year), of(last_year), ENFORCEMENT),
    )


@dataclass(frozen=True)
class _Asked:
    """Whose caseload, of which month, as of when; cases count as without contact `since` a day, `days` working days ago."""

    actor: Actor
    month: Period
    now: datetime
    today: date
    since: date
    days: int
    counted: dict[str, int]


def _own(asked: _Asked) -> Own:
    actor, me, counted = asked.actor, asked.actor.user_id, asked.counted
    quiet = CaseFilter(statuses=OPEN, owner_id=me, no_contact_since=asked.since)
    return Own(
        caseload_numbers(actor, counted, asked.days, asked.month),
        band_numbers(counted, bands(asked.today), officer_id=me, of=OWN),
        _clocks(asked, DeadlineFilter(when="overdue", owner_id=me)) if counted["overdue"] else [],
        _clocks(asked, DeadlineFilter(when="month", owner_id=me)) if counted["month"] else [],
        _cases(asked, quiet) if counted["own_no_contact"] else [],
    )


def _service(asked: _Asked, figures: MonthFigures) -> Service:
    counted = asked.counted
    officers = by_officer(
        asked.actor, asked.now, asked.today, no_contact_since=asked.since, limit=MOST_OFFICERS
    )  # fmt: skip
    teams = by_team(asked.actor, asked.now, asked.today, no_contact_since=asked.since)
    return Service(
        open_numbers(counted, asked.days) | team_numbers(counted),
        band_numbers(counted, bands(asked.today)),
        [_load(row, officer_address) for row in officers],
        [_load(row, team_address) for row in teams] if len(teams) > 1 else [],
        _cases(asked, CaseFilter(statuses=OPEN, unallocated=True)) if counted["unallocated"] else [],
        _clocks(asked, DeadlineFilter(when="overdue")) if counted["all_overdue"] else [],
        _clocks(asked, DeadlineFilter(about="case-reviews")) if counted["reviews"] else [],
        figures,
    )


def _load(row: Any, address: Callable[..., str]) -> Load:
    return Load(
        row.name,
        Number("open cases", row.open, address(row.id)),
        Number("with something overdue", row.overdue, address(row.id, overdue=True), late=row.overdue > 0),
        Number("without contact", row.no_contact, address(row.id, no_contact=True), late=row.no_contact > 0),
    )


def _clocks(asked: _Asked, wanted: DeadlineFilter) -> list[Line]:
    rows = deadlines_page(asked.actor, asked.now, asked.today, wanted, None).rows
    return [_clock(row) for row in rows[:LISTED]]


def _clock(row: Any) -> Line:
    words = CLOCK_RULES[row.rule].title if row.rule in CLOCK_RULES else row.rule
    for reference, place in (
        (row.case_review, "case-reviews"),
        (row.intervention, "interventions"),
        (row.case_reference, "cases"),
        (row.complaint, "complaints"),
    ):
        if reference is not None:
            return Line("deadline", row.id, reference, f"/{place}/{reference}", words, row.last_day)
    return Line("deadline", row.id, "Deadlines", "/deadlines", words, row.last_day)


def _cases(asked: _Asked, wanted: CaseFilter) -> list[Line]:
    rows = cases_page(asked.actor, asked.today, wanted, order="oldest", place=None).rows
    return [
        Line("case", row.id, row.reference, f"/cases/{row.reference}", "Opened", row.opened_on) for row in rows[:LISTED]
    ]
