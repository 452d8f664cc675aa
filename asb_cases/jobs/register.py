"""The jobs, in code: none is kept in a database, so that a new version of the program is the new register.

What is scheduled by the clock on the wall never starts between 01:00 and 02:00: in October that hour comes twice, in March not
at all. Jobs that run every few minutes are scheduled by no such clock but so long after each other, all night through: a
warning that counts in hours and a link to a new password cannot wait, and an hour of the wall is nothing to them. They find
nothing to do twice.
"""

from asb_cases.jobs.caseload import email_caseload
from asb_cases.jobs.endings import close_after_notices, end_notices, end_tools, lapse_warnings
from asb_cases.jobs.housekeeping import forget_answers, tidy_up
from asb_cases.jobs.job import At, Every, Job
from asb_cases.jobs.partner_returns import remind_partners
from asb_cases.jobs.reminders import email_digests, email_reminders, make_reminders
from asb_cases.jobs.send_email import send_email

MINUTES = 60
#: What a day's passing changes is done in the night; later in the day whatever could not be done then.
FOUR_TIMES_A_DAY = At(hour="2,8,14,20", minute="40")

JOBS: tuple[Job, ...] = (
    Job("make_reminders", "Remind people of what is due", Every(5 * MINUTES), make_reminders),
    Job("email_reminders", "E-mail reminders", Every(5 * MINUTES, after=1 * MINUTES), email_reminders),
    Job("email_digests", "E-mail the daily digests", At(hour="7", minute="30"), email_digests),
    Job("caseload", "E-mail the monthly caseload", At(hour="6-20", minute="12"), email_caseload),
    Job("partner_returns", "Remind partners of figures that are due", At(hour="8", minute="5"), remind_partners),
    Job("lapse_warnings", "Let warnings lapse whose life is over", FOUR_TIMES_A_DAY, lapse_warnings),
    Job("end_notices", "End notices whose last day has passed", FOUR_TIMES_A_DAY, end_notices),
    Job("end_tools", "End orders and agreements whose last day has passed", FOUR_TIMES_A_DAY, end_tools),
    Job("close_after_notices", "Close cases whose last notice is over", FOUR_TIMES_A_DAY, close_after_notices),
    Job("send_email", "Send what waits in the outbox", Every(15), send_email),
    Job("forget_answers", "Take away what the public typed and did not send", Every(15 * MINUTES), forget_answers),
    Job("tidy_up", "Take away what nobody needs any more", At(hour="4", minute="20"), tidy_up),
)


def job_called(name: str) -> Job | None:
    """The job of this name."""
    return next((job for job in JOBS if job.name == name), None)
