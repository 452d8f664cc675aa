"""Taking applications for a case review in, and what is counted for each."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.case_review_application import Application
from asb_cases.domain.case_review_count import NO_SUCH_CASE
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.queries.case_review_suggestions import suggested_for
from asb_cases.queries.case_reviews import LookedAt, count_for
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import involved_in
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_review_counting import (
    MadeElsewhere,
    add_complaint_elsewhere,
    confirm_set_aside,
    describe_complaint,
    end_set_aside,
    link_application,
    mark_complaint_of_application_in_error,
    set_complaint_aside,
)
from asb_cases.services.case_reviews import receive_application
from asb_cases.web.access import current_actor, requires
from asb_cases.web.case_reviews.step_forms import (
    ButtonForm,
    DescribeForm,
    ElsewhereForm,
    LinkForm,
    ReasonForm,
    ReceiveForm,
    SetAsideForm,
)
from asb_cases.web.case_reviews.step_page import application, step
from asb_cases.web.consultations import shown
from asb_cases.web.filters import short_day
from asb_cases.web.forms import refusals_in
from asb_cases.web.record_words import told_of

review_applying = Blueprint("review_applying", __name__)


@review_applying.route("/case-reviews/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def new_application() -> ResponseReturnValue:
    """Record an application of which no case is known yet."""
    return _receive(None)


@review_applying.route("/cases/<reference>/case-review/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def new_application_about(reference: str) -> ResponseReturnValue:
    """Record an application about a case."""
    case = load_case_for(current_actor(), reference, today())
    shown("case", case.id, case_id=case.id)
    return _receive(case)


def _receive(case: Case | None) -> ResponseReturnValue:
    actor = current_actor()
    form = ReceiveForm(applied_on=today())
    people = involved_in(case.id, content_for(actor)) if case else []
    form.offer((str(each.person_id), each.name) for each in people)
    if form.validate_on_submit():
        with refusals_in(form):
            review_id = receive_application(
                actor=actor,
                now=now(),
                applied=form.applied_on.data,
                case_id=case.id if case else None,
                applicant_id=form.applicant_id.data if people else None,
                said=_said(form),
            )
            flash("The application is received, and its clocks run.", "success")
            reference = db.session.get_one(CaseReview, review_id).reference
            return redirect(url_for("case_reviews.case_review", reference=reference))
    return render_template("case_reviews/receive.html", form=form, case=case), form.http_status


def _said(form: ReceiveForm) -> Application:
    names = (
        "channel", "applicant_role", "on_behalf_of", "victim_consent", "words", "effect", "contact_name", "contact_email",
        "contact_phone", "contact_address", "safe_contact",
    )  # fmt: skip
    return Application(**{name: form[name].data for name in names})


@review_applying.route("/case-reviews/<reference>/link", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def link(reference: str) -> ResponseReturnValue:
    """Say which case an application is about, and which complaints."""
    actor, review = current_actor(), application(reference)
    found = suggested_for(review, actor, today())
    form = LinkForm(version=review.version, case_id=review.case_id, applicant_id=review.applicant_id)
    form.case_id.choices = [(str(each.id), f"{each.reference}, {each.title}") for each in found.cases]
    form.applicant_id.choices = [(str(each.id), each.name, told_of(each)) for each in found.people]
    form.complaint_ids.choices = [
        (str(each.id), f"{each.reference}, made {short_day(each.made_on)}", (each.description or "")[:160])
        for each in found.complaints
    ]
    for field in (form.case_id, form.applicant_id, form.complaint_ids):
        if not field.choices:
            del form[field.short_name]
    shown("person", *(each.id for each in found.people))
    shown("complaint", *(each.id for each in found.complaints))

    def act() -> None:
        typed = form.case_reference.data
        chosen = form.case_id.data if "case_id" in form else None
        link_application(
            actor=actor,
            now=now(),
            case_review_id=review.id,
            case_id=_case_called(typed) if typed else chosen,
            applicant_id=form.applicant_id.data if "applicant_id" in form else None,
            complaint_ids=form.complaint_ids.data or () if "complaint_ids" in form else (),
            version=form.version.data,
        )

    intro = ["Suggested is what stands under the names and the address of the application, open cases first."]
    return step(review, form, "Link to a case and to complaints", "Link", act, said="It is linked.", intro=intro)


def _case_called(reference: str) -> int:
    """The case of a reference that was typed, which may be nobody's, or none that the reader sees."""
    try:
        return load_case_for(current_actor(), reference, today()).id
    except NotFound as nowhere:
        raise RuleBroken([NO_SUCH_CASE]) from nowhere


@review_applying.route("/case-reviews/<reference>/complaints/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def complaint_elsewhere(reference: str) -> ResponseReturnValue:
    """Enter a complaint made to another body."""
    review, form = application(reference), ElsewhereForm()
    form.version.data = form.version.data if form.is_submitted() else review.version

    def act() -> None:
        made = MadeElsewhere(
            body=form.body.data,
            complainant=form.complainant.data,
            incident=form.incident.data,
            occurred_on=form.occurred_on.data,
            made_on=form.made_on.data,
            description=form.description.data,
        )
        add_complaint_elsewhere(
            actor=current_actor(), now=now(), case_review_id=review.id, made=made, version=form.version.data
        )

    return step(
        review, form, "Enter a complaint made to another body", "Enter it", act, said="The complaint is in the list."
    )


@review_applying.route("/case-reviews/<reference>/complaints/<int:row>", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def describe(reference: str, row: int) -> ResponseReturnValue:
    """Say which incident a complaint is about, and what was found out of its dates."""
    review = application(reference)
    found = _listed(review, row)
    form = DescribeForm(
        version=found.entry.version if found.entry else None,
        incident=found.incident,
        occurred_on=found.occurred_on,
        made_on=found.made_on,
    )
    if found.ours:
        del form.made_on

    def act() -> None:
        describe_complaint(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            complaint_id=found.complaint_id,
            entry_id=found.entry.id if found.entry else None,
            incident=form.incident.data,
            occurred_on=form.occurred_on.data,
            made_on=None if found.ours else form.made_on.data,
            version=form.version.data if found.entry else None,
        )

    title = f"Incident and dates of complaint {found.number}"
    return step(review, form, title, "Save", act, said="It is saved, and counted anew.", intro=[_told(found)])


@review_applying.route("/case-reviews/<reference>/complaints/<int:row>/set-aside", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def set_aside(reference: str, row: int) -> ResponseReturnValue:
    """Propose that a complaint does not count."""
    review, form = application(reference), SetAsideForm()
    found = _listed(review, row)

    def act() -> None:
        set_complaint_aside(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            complaint_id=found.complaint_id,
            entry_id=found.entry.id if found.entry else None,
            ground=form.ground.data,
            reason=form.reason.data,
        )

    intro = [_told(found), "It counts until a colleague has signed in and confirmed it."]
    title = f"Set complaint {found.number} aside"
    said = "It is proposed. A colleague has to confirm it."
    return step(review, form, title, "Propose it", act, said=said, intro=intro)


@review_applying.route("/case-reviews/<reference>/complaints/<int:row>/confirm", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def confirm(reference: str, row: int) -> ResponseReturnValue:
    """Confirm, as the second person, that a complaint does not count."""
    review = application(reference)
    found = _listed(review, row)
    aside = _aside(found)
    form = ButtonForm(version=aside.version)

    def act() -> None:
        confirm_set_aside(actor=current_actor(), now=now(), set_aside_id=aside.id, version=form.version.data)

    intro = [_told(found), f"Proposed by {aside.proposed_by or 'somebody'}: {aside.reason}"]
    title = f"Confirm that complaint {found.number} does not count"
    return step(review, form, title, "I confirm it", act, said="It no longer counts.", intro=intro)


@review_applying.route("/case-reviews/<reference>/complaints/<int:row>/count-again", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def count_again(reference: str, row: int) -> ResponseReturnValue:
    """Let a complaint count that was, or was to be, set aside."""
    review = application(reference)
    found = _listed(review, row)
    aside = _aside(found)
    form = ReasonForm(version=aside.version)

    def act() -> None:
        end_set_aside(
            actor=current_actor(), now=now(), set_aside_id=aside.id, reason=form.reason.data, version=form.version.data
        )

    title = f"Let complaint {found.number} count"
    return step(review, form, title, "Let it count", act, said="It counts.", intro=[_told(found)])


@review_applying.route("/case-reviews/<reference>/complaints/<int:row>/take-out", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def take_out(reference: str, row: int) -> ResponseReturnValue:
    """Take out of the list what was entered or linked by mistake."""
    review = application(reference)
    found = _listed(review, row)
    if found.entry is None:
        raise NotFound("entry of the complaint")
    form, entry_id = ReasonForm(version=found.entry.version), found.entry.id

    def act() -> None:
        mark_complaint_of_application_in_error(
            actor=current_actor(),
            now=now(),
            case_review_id=review.id,
            entry_id=entry_id,
            reason=form.reason.data,
            version=form.version.data,
        )

    intro = [_told(found), "A complaint of the case that the application is about stays listed."]
    title = f"Take complaint {found.number} out of the list"
    return step(review, form, title, "Take it out", act, said="It is out of the list.", intro=intro)


def _listed(review: Any, number: int) -> LookedAt:
    """The complaint of this number in the list."""
    for row, _counted in count_for(review).rows:
        if row.number == number:
            return row
    raise NotFound("complaint of the application")


def _aside(found: LookedAt) -> Any:
    if found.set_aside is None:
        raise NotFound("complaint set aside")
    return found.set_aside


def _told(found: LookedAt) -> str:
    who = found.reference or f"Made to {found.body or 'another body'}"
    made = f", made {short_day(found.made_on)}" if found.made_on else ", day not known"
    return f"{who}{made}."
