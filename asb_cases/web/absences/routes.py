"""`/absences`: who is away, and who works their cases meanwhile. One's own, or everybody's for whoever allocates."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.absences import absence_for, absences_shown_to
from asb_cases.queries.users import colleagues
from asb_cases.services.absences import end_absence, record_absence
from asb_cases.web.absences.forms import AbsenceForm, EndAbsenceForm
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in

absences = Blueprint("absences", __name__)


@absences.get("/absences")
@requires(Permission.WORK_CASES)
def list_absences() -> str:
    """Who is and will be away, and who was."""
    actor = current_actor()
    return render_template(
        "absences/list.html",
        absences=absences_shown_to(actor, today()),
        today=today(),
        everybody=actor.may(Permission.ALLOCATE_CASES),
    )


@absences.route("/absences/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def new_absence() -> ResponseReturnValue:
    """Record that somebody is away, and who covers."""
    actor = current_actor()
    of_others = actor.may(Permission.ALLOCATE_CASES)
    form = AbsenceForm(user_id=None if of_others else actor.user_id)
    form.offer(colleagues(), only=None if of_others else actor.user_id)
    if form.validate_on_submit():
        with refusals_in(form):
            record_absence(
                actor=actor,
                now=now(),
                user_id=form.user_id.data,
                cover_id=form.cover_id.data,
                from_on=form.from_on.data,
                to_on=form.to_on.data,
            )
            flash("The absence is recorded. Whoever covers sees the cases on those days.", "success")
            return redirect(url_for("absences.list_absences"))
    return render_template("absences/new.html", form=form), form.http_status


@absences.route("/absences/<int:absence_id>/end", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def end(absence_id: int) -> ResponseReturnValue:
    """They are back, or never went."""
    actor = current_actor()
    absence = absence_for(actor, absence_id)
    who, until = absence.user.name, absence.to_on
    form = EndAbsenceForm(version=absence.version)
    if form.validate_on_submit():
        with refusals_in(form):
            end_absence(actor=actor, now=now(), absence_id=absence_id, version=form.version.data)
            flash("The absence is ended, and with it the cover.", "success")
            return redirect(url_for("absences.list_absences"))
    return render_template("absences/end.html", form=form, who=who, until=until), form.http_status
