"""The clock of a case by whose end a case review is to be applied for, while the complaints still reach the number (s.104(4)).
Parts of acts, not acts.

One for a case, however many complaints it has. It tells an officer to say so in time; where somebody has applied, or the case
is closed, there is nothing to say.
"""

from datetime import date

from asb_cases.domain.case_review import Complaint, threshold_on
from asb_cases.domain.case_review_time import last_to_count
from asb_cases.domain.clocks import DeadlineState
from asb_cases.models.case import Case
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.queries.review_time import complaints_that_may_count, was_applied_for
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links

CLOCK = "case_review_application"
SUPERSEDED, STOPPED = DeadlineState.SUPERSEDED, DeadlineState.STOPPED


def settle_review_time(case: Case, today: date) -> None:
    """Let the clock run to the day on which the complaints of the case stop reaching the number, or end."""
    of, policy = Links(case_id=case.id), policy_in_force()
    last = _last_to_count(case, today, policy)
    running = deadlines.running(CLOCK, of=of)
    others = [clock.id for clock in running if last is None or clock.complaint_id != last.row]
    if others:
        state, because = (SUPERSEDED, "Others count now") if last else (STOPPED, "Applied for, or too few complaints")
        deadlines.end(CLOCK, of=of, only=others, state=state, on=today, because=because)
    if last is not None and last.made_on is not None and len(others) == len(running):
        deadlines.start(CLOCK, last.made_on, Links(case_id=case.id, complaint_id=last.row), policy=policy)


def _last_to_count(case: Case, today: date, policy: Policy) -> Complaint | None:
    if case.closed_on is not None or not policy.values.in_force("act_section_104", today):
        return None
    complaints = complaints_that_may_count(case.id)
    last = last_to_count(complaints, today=today, threshold=threshold_on(policy.values, today))
    applied = last is not None and last.made_on is not None and was_applied_for(case.id, since=last.made_on)
    return None if applied else last
