"""What time alone brings to an end, recorded: one act for each, by the same acts and rules as on the pages.

A penalty that was not paid is no such thing: that no payment came is for somebody to find out.
"""

from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import JOB
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.jobs.running import each
from asb_cases.queries.over_by_now import HEEDED, WAITING, cases_without_notice, notices_over, tools_over, warnings_over
from asb_cases.services.case_closing import record_notice_over
from asb_cases.services.endings import end_notice, lapse, let_life_end
from asb_cases.services.other_tools import let_tool_end


def lapse_warnings(tick: Tick) -> Outcome:
    """Record that the life of warnings under local policy is over."""
    today = local(tick.at).date()
    lapsed = each(tick, warnings_over(today, WAITING), lambda warning: _lapse(tick, warning))
    ended = each(tick, warnings_over(today, HEEDED), lambda warning: _end_life(tick, warning))
    return Outcome(lapsed.done + ended.done, lapsed.failed + ended.failed)


def end_notices(tick: Tick) -> Outcome:
    """Record the end of notices in force whose last day has passed, and close their cases where these wait for that."""
    return each(tick, notices_over(local(tick.at).date()), lambda notice: _end(tick, notice))


def end_tools(tick: Tick) -> Outcome:
    """Record the end of orders, agreements and notices whose last day, or last moment, has passed."""
    return each(tick, tools_over(tick.at), lambda tool: _end_tool(tick, tool))


def close_after_notices(tick: Tick) -> Outcome:
    """Close cases that were closed with a notice in force, where none stands any more."""
    return each(tick, cases_without_notice(local(tick.at).date()), lambda case: _close(tick, case))


def _lapse(tick: Tick, warning: int) -> bool:
    lapse(actor=JOB, now=tick.at, intervention_id=warning)
    return True


def _end_life(tick: Tick, warning: int) -> bool:
    let_life_end(actor=JOB, now=tick.at, intervention_id=warning)
    return True


def _end(tick: Tick, notice: int) -> bool:
    end_notice(actor=JOB, now=tick.at, intervention_id=notice)
    return True


def _end_tool(tick: Tick, tool: int) -> bool:
    let_tool_end(actor=JOB, now=tick.at, intervention_id=tool)
    return True


def _close(tick: Tick, case: int) -> bool:
    record_notice_over(actor=JOB, now=tick.at, case_id=case)
    return True
