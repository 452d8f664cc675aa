"""`/out-of-hours`: the requests of a shift, one more, what happened later, and the sheet and the file of a night."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import local, shift_date
from asb_cases.domain.complaints import Channel
from asb_cases.domain.out_of_hours import KINDS, kind_of, minutes_to_arrive, shift_of
from asb_cases.domain.permissions import Permission
from asb_cases.queries.complaints import reference_of_complaint
from asb_cases.queries.filter_options import filter_options
from asb_cases.queries.notices_tonight import Premises, premises_of_notice
from asb_cases.queries.out_of_hours import (
    NIGHT,
    request_called,
    requests_with_ids,
    said_later,
    shift_counts,
    shift_ids,
    shift_page,
    shifts_around,
)
from asb_cases.services.complaints import log_complaint
from asb_cases.services.out_of_hours import add_what_happened
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, page_links
from asb_cases.web.out_of_hours.forms import NAMED, LaterForm, RequestForm, ShiftForm
from asb_cases.web.out_of_hours.shift_file import COLUMNS

out_of_hours = Blueprint("out_of_hours", __name__)


@out_of_hours.get("/out-of-hours")
@requires(Permission.RECORD_OUT_OF_HOURS)
def shift() -> str:
    """The requests of a shift: of tonight unless another is asked for."""
    actor, form = current_actor(), ShiftForm()
    day = _asked_shift(form)
    page = shift_page(actor, today(), day, asked_place())
    earlier, later = shifts_around(actor, today(), day)
    shown("complaint", *page.ids)
    return render_template(
        "out_of_hours/shift.html",
        form=form,
        shift=day,
        tonight=shift_date(now()),
        rows=page.rows,
        said_later=said_later(page.ids),
        counts=shift_counts(actor, today(), day),
        kinds=KINDS,
        kind_of=kind_of,
        minutes=minutes_to_arrive,
        earlier=earlier,
        later=later,
        links=page_links(page),
        may_export=actor.may(Permission.EXPORT),
        may_see_notices=actor.may(Permission.SEE_NOTICES_IN_FORCE),
    )


@out_of_hours.get("/out-of-hours/sheet")
@requires(Permission.RECORD_OUT_OF_HOURS)
def sheet() -> str:
    """The sheet of a shift, to be printed: everything that was recorded of each request."""
    actor = current_actor()
    day = _asked_shift(ShiftForm())
    ids = shift_ids(actor, today(), day)
    shown("complaint", *ids[:NIGHT])
    return render_template(
        "out_of_hours/sheet.html",
        shift=day,
        requests=requests_with_ids(actor, today(), day, ids[:NIGHT]),
        left_out=max(0, len(ids) - NIGHT),
        counts=shift_counts(actor, today(), day),
        kinds=KINDS,
        kind_of=kind_of,
        minutes=minutes_to_arrive,
        printed=now(),
    )


@out_of_hours.get("/out-of-hours.csv")
@requires(Permission.EXPORT)
def shift_csv() -> Response:
    """The requests of a shift as a file."""
    actor, day = current_actor(), today()
    actor.check(Permission.RECORD_OUT_OF_HOURS)
    wanted = _asked_shift(ShiftForm())

    def read(some: Sequence[int]) -> Iterable[object]:
        return requests_with_ids(actor, day, wanted, some)

    return list_file(f"shift-of-{wanted.isoformat()}", "complaint", shift_ids(actor, day, wanted), COLUMNS, read)


@out_of_hours.route("/out-of-hours/new", methods=["GET", "POST"])
@requires(Permission.RECORD_OUT_OF_HOURS)
def new_request() -> ResponseReturnValue:
    """Record a request; with `notice=`, one about the premises of a notice in force."""
    actor = current_actor()
    asked = request.args.get("notice")
    premises = premises_of_notice(actor, asked, today()) if asked else None
    form = RequestForm(**_known(premises))
    form.offer(filter_options().ward)
    if form.is_complete():
        with refusals_in(form):
            complaint_id = log_complaint(
                actor=actor,
                now=now(),
                told=_told(form),
                complainant=_complainant(form),
                case_id=premises.case_id if premises and form.join.data else None,
            )
            flash("The request is recorded.", "success")
            return redirect(url_for("complaints.complaint", reference=reference_of_complaint(complaint_id)))
    return (
        render_template("out_of_hours/new.html", form=form, premises=premises, now=now(), current=shift_of(now())),
        form.http_status,
    )


@out_of_hours.route("/out-of-hours/<reference>/later", methods=["GET", "POST"])
@requires(Permission.RECORD_OUT_OF_HOURS)
def later(reference: str) -> ResponseReturnValue:
    """Add what happened later. What was said before stays."""
    actor = current_actor()
    row = request_called(actor, reference, today())
    form = LaterForm(
        version=row.version, response=row.response, arrived=row.arrived_at and local(row.arrived_at).time()
    )
    if form.is_complete(row.made_at):
        with refusals_in(form):
            add_what_happened(
                actor=actor,
                now=now(),
                complaint_id=row.id,
                text=form.text.data,
                response=form.response.data,
                arrived_at=form.arrived_at(row.made_at),
                version=form.version.data,
            )
            flash("What happened later is added.", "success")
            return redirect(url_for("complaints.complaint", reference=row.reference))
    shown("complaint", row.id, case_id=row.case_id)
    return render_template("out_of_hours/later.html", form=form, row=row), form.http_status


def _asked_shift(form: ShiftForm) -> date:
    """The shift asked for; that of the present night, where none can be read."""
    form.validate()
    asked: date | None = form.shift.data
    return asked if asked is not None and not form.shift.errors else shift_date(now())


def _known(premises: Premises | None) -> dict[str, object]:
    """What need not be typed."""
    if premises is None:
        return {}
    return {"place": premises.place, "ward": premises.ward_id, "join": True}


def _told(form: RequestForm) -> Told:
    received = form.received_at()
    if received is None:
        raise AssertionError("asked of a form that is complete")
    return Told(
        description=form.heard.data,
        channel=Channel.OUT_OF_HOURS,
        made=received,
        place=form.place.data,
        ward_id=form.ward.data,
        categories=(form.kind.data,),
        anonymous=form.who.data != NAMED,
        response=form.response.data,
        arrived_at=form.arrived_at(received),
        outcome=form.outcome.data,
    )


def _complainant(form: RequestForm) -> Complainant | None:
    if form.who.data != NAMED:
        return None
    details = Details(form.name.data, phone=form.phone.data)
    return Complainant(details=details, address=form.home.data or form.place.data)
