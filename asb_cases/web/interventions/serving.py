"""How a signed document reached its recipient: by each lawful way, a second time, by post in two steps, and post that came
back. The contact warning of the recipient stands before all of it."""

from datetime import date
from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue, RouteCallable

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.documents.kinds import ITSELF
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
    was_given,
)
from asb_cases.services import service_of_documents
from asb_cases.services.proof_of_service import with_proof
from asb_cases.services.service_of_documents import GIVEN_AGAIN
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.files.uploads import storage, taken_in
from asb_cases.web.filters import day
from asb_cases.web.forms import CautiousForm, Form, QueryForm, refusals_in
from asb_cases.web.interventions.serving_forms import PostingForm, ReturnedForm, ServiceForm, WayForm, this_minute
from asb_cases.web.request_size import takes_files

serving = Blueprint("serving", __name__)


@serving.get("/interventions/<reference>/service")
@requires(Permission.RECORD_SERVICE)
def record_service(reference: str) -> ResponseReturnValue:
    """The way in which it was given, which leads to the page that records it."""
    step = step_in_hand(current_actor(), reference, now())
    _check_may_be_given(step)
    ways = WayForm()
    ways.offer(POWERS[step.power].services)
    if ways.validate() and ways.way.data is not None:
        return redirect(way_address(step.reference, ServiceMethod(ways.way.data)))
    return _page(
        "serving/way.html",
        step,
        ways,
        posted=posted(step.id),
        arrived=way_address(step.reference, ServiceMethod.POST),
        itself=url_for("documents.of_intervention", reference=step.reference, kind=ITSELF[step.power]),
    )


def way_address(reference: str, way: ServiceMethod) -> str:
    """Where a giving in this way is recorded."""
    return url_for(f"serving.given_by_{way.value}", reference=reference)


def _given(reference: str, way: ServiceMethod) -> ResponseReturnValue:
    """What is recorded of a giving in one way. What is posted is recorded in two steps."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    _check_may_be_given(step)
    in_post = posted(step.id) if way is ServiceMethod.POST else None
    if way is ServiceMethod.POST and in_post is None:
        return redirect(url_for("serving.record_posting", reference=step.reference))
    form = _service_form(step, way, arrives_on=in_post.arrives_on if in_post else None)
    if form.validate_on_submit():
        given = partial(
            service_of_documents.record_service, actor=actor, now=now(), intervention_id=step.id,
            version=form.version.data, giving=form.giving(way, sent_on=in_post.sent_on if in_post else None),
            cautions_reason=form.cautions_reason.data,
        )  # fmt: skip
        with taken_in(form.files(), form) as files, refusals_in(form):
            if not form.refusals:
                with_proof(given, actor=actor, now=now(), files=files, storage=storage())
                flash(f"It is recorded how {step.reference} was given.", "success")
                return redirect(url_for("interventions.intervention", reference=step.reference))
    return _page("serving/service.html", step, form, way=way, posted=in_post)


def _view_of(way: ServiceMethod) -> RouteCallable:
    @requires(Permission.RECORD_SERVICE)
    @takes_files
    def given(reference: str) -> ResponseReturnValue:
        return _given(reference, way)

    return given


for _way in ServiceMethod:
    serving.add_url_rule(
        f"/interventions/<reference>/service/{_way.value.replace('_', '-')}",
        endpoint=f"given_by_{_way.value}",
        view_func=_view_of(_way),
        methods=["GET", "POST"],
    )


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
@takes_files
def record_posting(reference: str) -> ResponseReturnValue:
    """That it was posted. It is given when it would arrive, which is recorded then."""
    actor = current_actor()
    step = step_in_hand(actor, reference, now())
    _check_may_be_given(step)
    known = addresses_of(step.subject_id, today())
    form = PostingForm(version=step.version, sent_on=today(), address=known[0] if known else None, server=actor.user_id)
    form.server.choices = _colleagues()
    del form.photo
    if form.validate_on_submit():
        posting = partial(
            service_of_documents.record_posting, actor=actor, now=now(), intervention_id=step.id,
            version=form.version.data, posting=form.posting(), cautions_reason=form.cautions_reason.data,
        )  # fmt: skip
        with taken_in(form.files(), form) as files, refusals_in(form):
            if not form.refusals:
                with_proof(posting, actor=actor, now=now(), files=files, storage=storage())
                flash(
                    f"The posting is recorded. {step.reference} is given once it would arrive: record that then.",
                    "success",
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
        template, form=form, step=step, warnings=warnings, again=was_given(step),
        **given,
    )  # fmt: skip
    return page, form.http_status
