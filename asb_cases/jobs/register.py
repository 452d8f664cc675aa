"""The jobs, in code: none is kept in a database, so that a new version of the program is the new register.

Nothing starts between 01:00 and 02:00: in October that hour comes twice, in March not at all.
"""

from asb_cases.jobs.caseload import email_caseload
from asb_cases.jobs.housekeeping import tidy_up
from asb_cases.jobs.job import Job
from asb_cases.jobs.reminders import email_digests, email_reminders, make_reminders
from asb_cases.jobs.send_email import send_email

JOBS: tuple[Job, ...] = (
    Job("make_reminders", "Remind people of what is due", {"minute": "*/5"}, make_reminders),
    Job("email_reminders", "E-mail reminders", {"minute": "1-59/5"}, email_reminders),
    Job("email_digests", "E-mail the daily digests", {"hour": "7", "minute": "30"}, email_digests),
    Job("caseload", "E-mail the monthly caseload", {"hour": "6-20", "minute": "12"}, email_caseload),
    Job("send_email", "Send what waits in the outbox", {"second": "*/15"}, send_email),
    Job("tidy_up", "Take away what nobody needs any more", {"hour": "4", "minute": "20"}, tidy_up),
)


def job_called(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)
