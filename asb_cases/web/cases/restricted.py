"""`/cases/restricted`: the way to a restricted case for whoever may open one with a reason. No list and no search leads
to one: its reference is asked for, and the reason goes on record."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import case_to_open_called
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_access import open_restricted
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.forms import OpenRestrictedForm

restricted_cases = Blueprint("restricted_cases", __name__)


@restricted_cases.route("/cases/restricted", methods=["GET", "POST"])
@requires(Permission.OPEN_RESTRICTED_WITH_REASON)
def open_case() -> ResponseReturnValue:
    """Ask for the reference and the reason, then lead to the case."""
    form = OpenRestrictedForm()
    if form.validate_on_submit():
        actor = current_actor()
        try:
            case = case_to_open_called(form.reference.data, actor=actor, today=today())
            open_restricted(actor=actor, now=now(), case_id=case.id, reason=form.reason.data)
            return redirect(url_for("cases.case", reference=case.reference))
        except NotFound:
            form.reference.errors = ["There is no restricted case with this reference"]
        except RuleBroken as broken:
            form.show_refusals(broken.refusals)
    return render_template("cases/restricted.html", form=form), form.http_status
