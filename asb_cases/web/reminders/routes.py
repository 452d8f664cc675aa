"""`/reminders`: what the reader is reminded of; `/calendar/<token>.ics`: the same days for a calendar."""

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.documents.calendar_feed import calendar_feed
from asb_cases.domain.permissions import Permission
from asb_cases.domain.reminders import is_statutory
from asb_cases.queries.feeds import deadlines_of_feed
from asb_cases.queries.reminders import choice_of, load_own_reminder, open_reminders_of
from asb_cases.services import reminders as acts
from asb_cases.web.access import current_actor, public, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.reminders.forms import DeliveryForm, SnoozeForm

reminders = Blueprint("reminders", __name__)


@reminders.get("/reminders")
@requires(Permission.USE_OWN_ACCOUNT)
def list_reminders() -> str:
    """Everything open, the nearest first."""
    actor = current_actor()
    rows = open_reminders_of(actor, today())
    shown("reminder", *(row.Reminder.id for row in rows))
    return render_template(
        "reminders/list.html", rows=rows, today=today(), statutory=is_statutory, choice=choice_of(actor.user_id or 0)
    )


@reminders.post("/reminders/read")
@requires(Permission.USE_OWN_ACCOUNT)
def read() -> ResponseReturnValue:
    """Mark one as read, or all."""
    ids = [
        int(text) for text in request.form.getlist("reminder") if text.isascii() and text.isdigit() and len(text) < 10
    ]
    acts.mark_read(actor=current_actor(), now=now(), ids=ids)
    return redirect(url_for("reminders.list_reminders"))


@reminders.post("/reminders/<int:reminder_id>/unread")
@requires(Permission.USE_OWN_ACCOUNT)
def unread(reminder_id: int) -> ResponseReturnValue:
    """Let one count as new again."""
    acts.mark_unread(actor=current_actor(), now=now(), reminder_id=reminder_id)
    return redirect(url_for("reminders.list_reminders"))


@reminders.route("/reminders/<int:reminder_id>/snooze", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def snooze(reminder_id: int) -> ResponseReturnValue:
    """Put one off, with a reason; not one of a statutory time limit."""
    actor = current_actor()
    reminder = load_own_reminder(actor.user_id or 0, reminder_id)
    form = SnoozeForm()
    if form.validate_on_submit():
        with refusals_in(form):
            acts.snooze(actor=actor, now=now(), reminder_id=reminder_id, until=form.until.data, reason=form.reason.data)
            flash("You will be reminded again on that day.", "success")
            return redirect(url_for("reminders.list_reminders"))
    shown("reminder", reminder.id)
    page = render_template("reminders/snooze.html", form=form, reminder=reminder, statutory=is_statutory(reminder.rule))
    return page, form.http_status


@reminders.route("/reminders/settings", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def settings() -> ResponseReturnValue:
    """How they are e-mailed, and the calendar feed."""
    actor = current_actor()
    choice = choice_of(actor.user_id or 0)
    form = DeliveryForm(delivery=choice.delivery)
    if form.validate_on_submit():
        acts.choose_delivery(actor=actor, now=now(), delivery=form.delivery.data)
        flash("Your choice is saved.", "success")
        return redirect(url_for("reminders.settings"))
    return render_template("reminders/settings.html", form=form, has_feed=choice.has_feed), form.http_status


@reminders.post("/reminders/feed")
@requires(Permission.USE_OWN_ACCOUNT)
def make_feed() -> str:
    """A new secret address for one's calendar, shown this once; the one before leads nowhere any more."""
    token = acts.make_feed(actor=current_actor(), now=now())
    return render_template("reminders/feed.html", address=f"{current_app.config['BASE_URL']}/calendar/{token}.ics")


@reminders.post("/reminders/feed/end")
@requires(Permission.USE_OWN_ACCOUNT)
def end_feed() -> ResponseReturnValue:
    """No calendar is given anything any more."""
    acts.end_feed(actor=current_actor(), now=now())
    flash("The address of your calendar feed no longer works.", "success")
    return redirect(url_for("reminders.settings"))


@reminders.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """The days of one person's deadlines, for whoever has the secret: references and what is due, no names."""
    found = deadlines_of_feed(token, today())
    if found is None:
        abort(404)
    text = calendar_feed(found, base_url=current_app.config["BASE_URL"], made_at=now())
    return Response(text, mimetype="text/calendar")
