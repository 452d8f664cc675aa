"""Taking away what nobody needs any more. The record itself is never touched."""

from asb_cases.jobs.job import Outcome, Tick
from asb_cases.services import account_links, job_runs, public_applications, sign_in
from asb_cases.services.sent_forms import forget_old_forms


def tidy_up(tick: Tick) -> Outcome:
    """Old runs of jobs, old attempts to sign in, keys of forms sent long ago, one-time links that are long over."""
    done = 0
    old_links = account_links.forget_old_links
    for forget in (job_runs.forget_old_runs, sign_in.forget_old_attempts, forget_old_forms, old_links):
        tick.go_on()
        done += forget(now=tick.at)
    return Outcome(done)


def forget_answers(tick: Tick) -> Outcome:
    """What somebody without an account typed and did not send."""
    return Outcome(public_applications.forget_old_drafts(now=tick.at))
