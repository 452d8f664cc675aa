"""Clocks of imported rows: only those that have not run out are started."""

from datetime import date

from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import explain
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.legal_values import OutsideDates
from asb_cases.queries.policy import Policy
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links


def still_runs(rule: str, event: date | None, setting: Setting) -> bool:
    """Whether a clock started by its event would still run. Not where its last day is over, the event's day is not
    recorded, or lies before any length is known: a warning may be older than the Act's notices."""
    if event is None:
        return False
    try:
        clock = explain(CLOCK_RULES[rule], event, values=setting.values, holidays=setting.holidays)
    except OutsideDates:
        return False
    return clock.last_day >= setting.today


def start_if_running(rule: str, event: date | None, links: Links, *, setting: Setting) -> None:
    """Start a clock by its event, if it still runs. Part of an act."""
    if event is not None and still_runs(rule, event, setting):
        deadlines.start(rule, event, links, policy=Policy(setting.values, setting.holidays))
