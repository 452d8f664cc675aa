"""The monthly caseload e-mail."""

from functools import partial
from typing import Any

from flask import current_app

from asb_cases.domain.caseload import due_at, may_be_due, to_send
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.jobs.running import each
from asb_cases.queries.caseload import recipients_of, was_sent_to_somebody
from asb_cases.queries.policy import policy_in_force
from asb_cases.reports.caseload_email import CaseloadLetters
from asb_cases.services.caseload_emails import queue_caseload


def email_caseload(tick: Tick) -> Outcome:
    """Queue the e-mail of each month that is due to everybody who was not sent theirs. One that was skipped is made good."""
    policy = policy_in_force()
    due = may_be_due(tick.at, policy.holidays)
    done = failed = 0
    for of in to_send(due, {of for of in due if was_sent_to_somebody(of)}, tick.at):
        waiting = {row.id: row for row in recipients_of(of, due=due_at(of, policy.holidays))}
        letters = CaseloadLetters(of, tick.at, policy, current_app.config["BASE_URL"])
        outcome = each(tick, list(waiting), partial(_queue, letters, waiting))
        done, failed = done + outcome.done, failed + outcome.failed
    return Outcome(done, failed)


def _queue(letters: CaseloadLetters, waiting: dict[int, Any], user_id: int) -> bool:
    row = waiting[user_id]
    return queue_caseload(
        letters.to(user_id=row.id, role=row.role, team_id=row.team_id),
        of=letters.of,
        user_id=row.id,
        now=letters.now,
        mail_domain=current_app.config["MAIL_DOMAIN"],
    )
