"""How a signed document reached its recipient: by each lawful way, a second time, by post in two steps, and post that came
back. The contact warning of the recipient stands before all of it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.service import ServiceMethod
from asb_cases.queries.contact_warnings import contact_warnings_for
from asb_cases.queries.steps_in_hand import (
    StepInHand,
    addresses_of,
    check_move_open,
    may_come_back,
    officers_of,
    posted,
    step_in_hand,
)
from asb_cases.services import service_of_documents
from asb_cases.services.service_of_documents import GIVEN_AGAIN
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.filters import day
from asb_cases.web.forms import CautiousForm, Form, QueryForm, refusals_in
from asb_cases.web.interventions.serving_forms import PostingForm, ReturnedForm, ServiceForm, WayForm, this_minute

serving = Blueprint("serving", __name__)


@serving.route("/interventions/<reference>/service", methods=["GET", "POST"])
@requires(Permission.RECORD_SERVICE)
def record_service(reference: str) -> ResponseReturnValue:
    """The way first (`?way=hand`), then what is recorded of it. What is posted is recorded in two steps."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    _check_may_be_given(step)
    ways = WayForm()
    ways.offer(POWERS[step.power].services)
    if not ways.validate() or ways.way.data is None:
        return _page("serving/way.html", step, ways, posted=posted(step.id))
    way = ServiceMethod(ways.way.data)
    in_post = posted(step.id) if way is ServiceMethod.POST else None
    if way is ServiceMethod.POST and in_post is None:
        return redirect(url_for("serving.record_posting", reference=step.reference))
    form = _service_form(step, way, arrives_on=in_post.arrives_on if in_post else None)
    if form.validate_on_submit():
        with refusals_in(form):
            service_of_documents.record_service(
                actor=actor, now=now(), intervention_id=step.id, version=form.version.data,
                giving=form.giving(way, sent_on=in_post.sent_on if in_post else None),
                cautions_reason=form.cautions_reason.data,
            )  # fmt: skip
            flash(f"It is recorded how {step.reference} was given.", "success")
            return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("serving/service.html", step, form, way=way, posted=in_post)


def _service_form(step: StepInHand, way: ServiceMethod, *, arrives_on: date | None) -> ServiceForm:
    there = this_minute().astimezone(LONDON)
    known = addresses_of(step.subject_id, today())
    in_person = way in {ServiceMethod.HAND, ServiceMethod.LEFT, ServiceMethod.POSTED_ON_PREMISES}
    form = ServiceForm(
        version=step.version,
        given_on=arrives_on or there.date(),
        given_at=there.time() if in_person else None,
        address=known[0] if known and in_person else None,
        enquiries_note=step.enquiries_note,
        server=current_actor().user_id,
    )
    form.server.choices = _colleagues()
    form.fit(way)
    return form


@serving.route("/interventions/<reference>/posting", methods=["GET", "POST"])
@requires(Permission.RECORD_SERVICE)
def record_posting(reference: str) -> ResponseReturnValue:
    """That it was posted. It is given when it would arrive, which is recorded then."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    _check_may_be_given(step)
    known = addresses_of(step.subject_id, today())
    form = PostingForm(version=step.version, sent_on=today(), address=known[0] if known else None, server=actor.user_id)
    form.server.choices = _colleagues()
    if form.validate_on_submit():
        with refusals_in(form):
            service_of_documents.record_posting(
                actor=actor, now=now(), intervention_id=step.id, version=form.version.data, posting=form.posting(),
                cautions_reason=form.cautions_reason.data,
            )  # fmt: skip
            flash(
                f"The posting is recorded. {step.reference} is given once it would arrive: record that then.", "success"
            )
            return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("serving/posting.html", step, form)


@serving.route("/interventions/<reference>/returned-post", methods=["GET", "POST"])
@requires(Permission.RECORD_SERVICE)
def record_returned_post(reference: str) -> ResponseReturnValue:
    """That the post brought it back."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    sent = may_come_back(step.id)
    form = ReturnedForm(service=sent[0].id if len(sent) == 1 else None, returned_on=today())
    form.service.choices = [
        (str(each.id), f"Posted on {day(each.sent_on)} to {each.address or 'an address not recorded'}") for each in sent
    ]
    if sent and form.validate_on_submit():
        with refusals_in(form):
            service_of_documents.record_returned_post(
                actor=actor,
                now=now(),
                service_id=form.service.data,
                returned_on=form.returned_on.data,
                note=form.note.data,
            )
            flash("It is recorded that it came back. Give it again, by hand if you can.", "success")
            return redirect(url_for("serving.record_service", reference=step.reference))
    return _page("serving/returned.html", step, form, sent=sent)


def _check_may_be_given(step: StepInHand) -> None:
    """Raises `RuleBroken` where it is not signed yet, or can't be given any more."""
    again = step.issued_on is not None and step.status in GIVEN_AGAIN
    if not again or step.in_error:
        check_move_open(step, "record_service")


def _colleagues() -> list[tuple[str, str]]:
    return [(str(user.id), user.name) for user in officers_of(current_actor().team_id)]


def _page(
    template: str, step: StepInHand, form: Form | CautiousForm | QueryForm, **given: object
) -> ResponseReturnValue:
    warnings = contact_warnings_for(current_actor(), [step.subject_id], today()).get(step.subject_id, ())
    shown("intervention", step.id, case_id=step.case_id)
    page = render_template(
        template, form=form, step=step, warnings=warnings, again=step.issued_on is not None,
        other_ways=url_for("serving.record_service", reference=step.reference) if request.args.get("way") else None,
        **given,
    )  # fmt: skip
    return page, form.http_status
