"""`/`: what somebody has to do, by their role. Each number opens exactly what it counts."""

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, render_template

from asb_cases.adapters.time import now, this_minute, today
from asb_cases.domain.calendar import shift_date
from asb_cases.domain.out_of_hours import KINDS
from asb_cases.domain.periods import financial_year_of
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.queries.case_list import CaseFilter, cases_page, count_cases
from asb_cases.queries.my_work import legal_counts, own_agenda, own_cases, own_counts, own_news
from asb_cases.queries.numbers import numbers
from asb_cases.queries.out_of_hours import shift_counts, unfinished
from asb_cases.queries.paging import COUNT_UP_TO
from asb_cases.queries.team_work import bands, by_officer, looked_after, team_counts
from asb_cases.reports.addresses import figures_path, partnership_path
from asb_cases.reports.work_numbers import band_numbers, legal_numbers, officer_address, own_numbers, team_numbers
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.routes import PARTS
from asb_cases.web.consultations import shown
from asb_cases.web.navigation import opens
from asb_cases.web.out_of_hours.forms import NoticesForm

home = Blueprint("home", __name__)

ONE_DAY = timedelta(days=1)
#: So many shifts back a duty officer is reminded of what is not finished.
SHIFTS_BACK = timedelta(days=3)


@home.get("/")
@requires(Permission.USE_OWN_ACCOUNT)
def start() -> str:
    """The first page of whoever is signed in."""
    actor = current_actor()
    if actor.role is None:
        raise AssertionError("the guard lets nobody in who is not signed in")
    return FIRST_PAGES[actor.role](actor)


def _officer(actor: Actor) -> str:
    return _work(actor)


def _manager(actor: Actor) -> str:
    """One's own, and what the whole service has to see to."""
    return _work(actor, team=True)


def _work(actor: Actor, *, team: bool = False) -> str:
    moment, day = this_minute(), today()
    counted = numbers(own_counts(actor, moment, day) | (team_counts(actor, moment, day) if team else {}))
    cases, agenda, news = own_cases(actor, moment, day), own_agenda(actor, moment, day), own_news(actor, day)
    view = {}
    if team:
        aged, seen_to = bands(day), looked_after(actor, moment, day)
        view = {
            "team": team_numbers(counted).values(),
            "bands": band_numbers(counted, aged),
            "officers": by_officer(actor, moment, day),
            "officer_address": officer_address,
            "seen_to": seen_to,
        }
        shown("case", *(row.id for row in seen_to["unallocated"]))
        shown("case_review", *(row.id for row in seen_to["reviews"]))
        shown("intervention", *(row.id for row in seen_to["drafts"]))
    shown("case", *(row.id for row in cases), *(row.case_id for row in (*agenda, *news)))
    return render_template(
        "home/work.html",
        numbers=own_numbers(actor, counted, day - ONE_DAY).values(),
        cases=cases,
        agenda=agenda,
        news=news,
        now=moment,
        logs=opens("/complaints/new"),
        **view,
    )


def _legal(actor: Actor) -> str:
    moment, day = this_minute(), today()
    counted = numbers(legal_counts(actor, moment, day))
    agenda = own_agenda(actor, moment, day)
    shown("case", *(row.case_id for row in agenda))
    return render_template("home/legal.html", numbers=legal_numbers(counted).values(), agenda=agenda, now=moment)


def _duty_officer(actor: Actor) -> str:
    shift = shift_date(now())
    waiting = unfinished(actor, today(), shift - SHIFTS_BACK)
    shown("complaint", *(row.id for row in waiting))
    return render_template(
        "home/duty_officer.html",
        shift=shift,
        counts=shift_counts(actor, today(), shift),
        kinds=KINDS,
        waiting=waiting,
        form=NoticesForm(),
    )


def _partner(actor: Actor) -> str:
    page = cases_page(actor, today(), CaseFilter(), order="newest", place=None)
    shown("case", *page.ids)
    total = count_cases(actor, today(), CaseFilter())
    return render_template("home/partner.html", rows=page.rows, total=total, count_limit=COUNT_UP_TO)


def _analyst(_actor: Actor) -> str:
    year = financial_year_of(today())
    return render_template(
        "home/analyst.html",
        years=[(each.label, partnership_path(each), figures_path(each)) for each in (year, year.previous)],
    )


def _administrator(_actor: Actor) -> str:
    return render_template("home/administrator.html", parts=PARTS)


FIRST_PAGES: dict[Role, Callable[[Actor], str]] = {
    Role.OFFICER: _officer,
    Role.MANAGER: _manager,
    Role.LEGAL: _legal,
    Role.DUTY_OFFICER: _duty_officer,
    Role.PARTNER: _partner,
    Role.ANALYST: _analyst,
    Role.ADMINISTRATOR: _administrator,
}
