"""Who sees a case beyond the team that works on it: shares with teams and partners, and the readers of a restricted one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_sharing import possible_readers, reader_ids_of, share_for, shares_of
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.users import partner_bodies, teams
from asb_cases.services.case_access import end_share, lift_restriction, restrict_case, share_case
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.sharing_forms import LiftForm, RestrictForm, ShareForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import Form, refusals_in

sharing = Blueprint("sharing", __name__)


@sharing.route("/cases/<reference>/sharing", methods=["GET", "POST"])
@requires(Permission.SHARE_CASES)
def share(reference: str) -> ResponseReturnValue:
    """With whom a case is shared; share it with another."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = ShareForm()
    form.offer(teams(), partner_bodies())
    if form.validate_on_submit():
        with refusals_in(form):
            share_case(
                actor=actor,
                now=now(),
                case_id=case.id,
                reason=form.reason.data,
                from_on=form.from_on.data,
                to_on=form.to_on.data,
                **form.recipient(),
            )
            flash("The case is shared.", "success")
            return redirect(url_for("sharing.share", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    page = render_template(
        "cases/sharing.html", form=form, case=case, shares=shares_of(case.id), today=today(), button=Form(formdata=None)
    )
    return page, form.http_status


@sharing.post("/shares/<int:share_id>/end")
@requires(Permission.SHARE_CASES)
def end(share_id: int) -> ResponseReturnValue:
    """Stop sharing, at once."""
    actor = current_actor()
    _share, case = share_for(actor, share_id, today())
    end_share(actor=actor, now=now(), share_id=share_id)
    flash("The case is no longer shared with them.", "success")
    return redirect(url_for("sharing.share", reference=case.reference))


@sharing.route("/cases/<reference>/restrict", methods=["GET", "POST"])
@requires(Permission.RESTRICT_CASES)
def restrict(reference: str) -> ResponseReturnValue:
    """Let only some people read a case, or name others than so far."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = RestrictForm(version=case.version, readers=reader_ids_of(case.id) or [actor.user_id])
    form.offer(possible_readers(case.id))
    if form.validate_on_submit():
        with refusals_in(form):
            restrict_case(
                actor=actor,
                now=now(),
                case_id=case.id,
                reader_ids=form.readers.data,
                reason=form.reason.data,
                version=form.version.data,
            )
            if actor.user_id in form.readers.data:
                flash("The case is restricted to its readers.", "success")
                return redirect(url_for("cases.case", reference=case.reference))
            flash("The case is restricted. You are not one of its readers.", "success")
            return redirect(url_for("cases.list_cases"))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/restrict.html", form=form, case=case), form.http_status


@sharing.route("/cases/<reference>/lift-restriction", methods=["GET", "POST"])
@requires(Permission.RESTRICT_CASES)
def lift(reference: str) -> ResponseReturnValue:
    """Let everybody read a case again whose cases include it."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = LiftForm()
    if form.validate_on_submit():
        with refusals_in(form):
            lift_restriction(actor=actor, now=now(), case_id=case.id, reason=form.reason.data)
            flash("The restriction is lifted.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("cases/lift.html", form=form, case=case), form.http_status
