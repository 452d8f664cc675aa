"""The clock by which people hear how their case stands: from the report, and anew each time we have told them. Parts of acts,
not acts.

It runs while a case is open and somebody in it complained or is a victim.
"""

from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.people import OWED_AN_ANSWER
from asb_cases.models.case import Case
from asb_cases.queries.people import plays_any_part
from asb_cases.queries.policy import Policy
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links

CLOCK = "victim_update"


def settle_update(case: Case, since: date | datetime) -> None:
    """Let the clock run where somebody is to be told, from a day or moment unless it runs already; else let it end."""
    of = Links(case_id=case.id)
    if case.closed_on is not None or not plays_any_part(case.id, OWED_AN_ANSWER):
        on = local(since).date() if isinstance(since, datetime) else since
        deadlines.stop(CLOCK, of=of, on=on, because="Case closed" if case.closed_on else "Nobody to tell")
    elif not deadlines.runs(CLOCK, of=of):
        deadlines.start(CLOCK, since, of)


def begin_update(case_id: int, since: date | datetime, policy: Policy) -> None:
    """The same for a case just made from what somebody told us."""
    deadlines.start(CLOCK, since, Links(case_id=case_id), policy=policy)


def update_given(case: Case, at: datetime) -> None:
    """We have told them: the clock runs anew, unless we had told them later than that already."""
    of = Links(case_id=case.id)
    if not any(clock.starts_on > local(at).date() for clock in deadlines.running(CLOCK, of=of)):
        deadlines.meet(CLOCK, of=of, at=at, because="Told")
        settle_update(case, at)
