"""`/reports/caseload`: the monthly caseload e-mail of whoever is signed in, as it would be sent now."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, this_minute, today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.caseload import last_ended
from asb_cases.domain.periods import Period, parse_month
from asb_cases.domain.permissions import Permission
from asb_cases.queries.policy import policy_in_force
from asb_cases.reports.caseload import Caseload, caseload_of
from asb_cases.reports.caseload_email import caseload_letter
from asb_cases.services.caseload_emails import send_to_oneself
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.reports.forms import MonthForm, SendCaseloadForm

caseloads = Blueprint("caseloads", __name__, url_prefix="/reports/caseload")

ON_ITS_WAY = "It is in the outbox and will be with you in a minute."
NO_SERVER = "It is in the outbox. No mail server is set here, so it waits until there is one."


@caseloads.get("")
@requires(Permission.WORK_CASES)
def preview() -> ResponseReturnValue:
    """A month as its e-mail shows it: the one that has just ended, unless another is asked for."""
    latest = last_ended(now())
    form = MonthForm()
    form.offer(today())
    of = parse_month(form.month.data) if form.validate() and form.month.data else latest
    if not form.month.errors:
        form.month.data = _code(of)
    caseload = _caseload(of)
    for kind in ("case", "deadline"):
        shown(kind, *caseload.rows_shown(kind))
    letter = caseload_letter(caseload, base_url=current_app.config["BASE_URL"])
    send = SendCaseloadForm(formdata=None, month=_code(of))
    page = render_template("reports/caseload.html", form=form, send=send, caseload=caseload, letter=letter)
    return page, form.http_status


@caseloads.post("")
@requires(Permission.WORK_CASES)
def send_to_me() -> ResponseReturnValue:
    """Send it to oneself, now."""
    form = SendCaseloadForm()
    of = _month(form.month.data) if form.month.data else last_ended(now())
    if form.validate_on_submit():
        letter = caseload_letter(_caseload(of), base_url=current_app.config["BASE_URL"])
        domain = current_app.config["MAIL_DOMAIN"]
        send_to_oneself(letter, actor=current_actor(), of=of, now=now(), mail_domain=domain)
        flash(ON_ITS_WAY if current_app.config["MAIL_URL"] else NO_SERVER, "success")
    return redirect(url_for("caseloads.preview", month=_code(of)))


def _code(of: Period) -> str:
    return f"{of.first:%Y-%m}"


def _caseload(of: Period) -> Caseload:
    return caseload_of(current_actor(), of, now=this_minute(), policy=policy_in_force())


def _month(text: object) -> Period:
    try:
        of = parse_month(str(text))
    except UnreadableDate:
        abort(400)
    return of if of.first <= today() else abort(400)
