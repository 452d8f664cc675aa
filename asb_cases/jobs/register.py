"""The jobs, in code: none is kept in a database, so that a new version of the program is the new register.

No job that runs by the day starts between 01:00 and 02:00: in October that hour comes twice, in March not at all. Those that
run every few minutes go on through it, since a warning that counts in hours and a link to a new password cannot wait; they
find nothing to do twice.
"""

from asb_cases.jobs.caseload import email_caseload
from asb_cases.jobs.endings import close_after_notices, end_notices, lapse_warnings
from asb_cases.jobs.housekeeping import forget_answers, tidy_up
from asb_cases.jobs.job import Job
from asb_cases.jobs.partner_returns import remind_partners
from asb_cases.jobs.reminders import email_digests, email_reminders, make_reminders
from asb_cases.jobs.send_email import send_email

#: What a day's passing changes is done in the night; later in the day whatever could not be done then.
FOUR_TIMES_A_DAY = {"hour": "2,8,14,20", "minute": "40"}

JOBS: tuple[Job, ...] = (
    Job("make_reminders", "Remind people of what is due", {"minute": "*/5"}, make_reminders),
    Job("email_reminders", "E-mail reminders", {"minute": "1-59/5"}, email_reminders),
    Job("email_digests", "E-mail the daily digests", {"hour": "7", "minute": "30"}, email_digests),
    Job("caseload", "E-mail the monthly caseload", {"hour": "6-20", "minute": "12"}, email_caseload),
    Job("partner_returns", "Remind partners of figures that are due", {"hour": "8", "minute": "5"}, remind_partners),
    Job("lapse_warnings", "Let warnings lapse whose life is over", FOUR_TIMES_A_DAY, lapse_warnings),
    Job("end_notices", "End notices whose last day has passed", FOUR_TIMES_A_DAY, end_notices),
    Job("close_after_notices", "Close cases whose last notice is over", FOUR_TIMES_A_DAY, close_after_notices),
    Job("send_email", "Send what waits in the outbox", {"second": "*/15"}, send_email),
    Job("forget_answers", "Take away what the public typed and did not send", {"minute": "3-59/15"}, forget_answers),
    Job("tidy_up", "Take away what nobody needs any more", {"hour": "4", "minute": "20"}, tidy_up),
)


def job_called(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)
