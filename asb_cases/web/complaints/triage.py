"""Triage: the complaints that wait, where one goes, and moving one that went to the wrong case."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.complaints import TriageState, usual_title
from asb_cases.domain.permissions import Actor, Permission, Role
from asb_cases.models.complaint import Complaint
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.complaint_pages import complaints_to_triage, count_to_triage
from asb_cases.queries.complaints import load_complaint_for, names_told_about, told_about
from asb_cases.queries.intake import opened_case
from asb_cases.queries.intake_options import intake_options
from asb_cases.queries.known_already import Known, known_already
from asb_cases.queries.known_asked import Asked
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import values_in_force
from asb_cases.services import triage as acts
from asb_cases.services.cases import Description
from asb_cases.web.access import current_actor, requires
from asb_cases.web.complaints.triage_forms import (
    BACK,
    NEW_CASE,
    NO_SUCH_CASE,
    OTHER_CASE,
    REFER,
    MoveForm,
    TriageForm,
)
from asb_cases.web.consultations import shown
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import refusals_in
from asb_cases.web.intake.due import due_next
from asb_cases.web.lists import asked_place, page_links

complaint_triage = Blueprint("complaint_triage", __name__)


@complaint_triage.get("/complaints/to-triage")
@requires(Permission.TRIAGE_COMPLAINTS)
def to_triage() -> str:
    """Those that nobody has decided about yet, the longest waiting first."""
    page = complaints_to_triage(current_actor(), today(), asked_place())
    shown("complaint", *page.ids)
    return render_template(
        "complaints/to_triage.html",
        rows=page.rows,
        links=page_links(page),
        waiting=count_to_triage(current_actor(), today()),
        now=now(),
    )


@complaint_triage.route("/complaints/<reference>/triage", methods=["GET", "POST"])
@requires(Permission.TRIAGE_COMPLAINTS)
def triage(reference: str) -> ResponseReturnValue:
    """Decide where a complaint goes."""
    actor = current_actor()
    complaint = load_complaint_for(actor, reference, today())
    if complaint.triage is TriageState.JOINED:
        return redirect(url_for("complaint_triage.move", reference=complaint.reference))
    found = _known(actor, complaint)
    form = TriageForm(version=complaint.version, mine=actor.role is Role.OFFICER)
    form.offer(found.cases, intake_options().body)
    if form.validate_on_submit():
        with refusals_in(form):
            decided = _decide(form, complaint, actor)
            if decided is not None:
                return decided
    if form.refusals:
        complaint = load_complaint_for(actor, reference, today())  # the act that was refused let go of its rows
    form.show_standards(today(), values_in_force())
    shown("complaint", complaint.id)
    shown("case", *(case.id for case in found.cases))
    return render_template(
        "complaints/triage.html",
        form=form,
        complaint=complaint,
        found=found.cases,
        about=names_told_about(complaint.id),
    ), form.http_status


@complaint_triage.route("/complaints/<reference>/move", methods=["GET", "POST"])
@requires(Permission.TRIAGE_COMPLAINTS)
def move(reference: str) -> ResponseReturnValue:
    """Take a complaint out of the case it was joined to by mistake."""
    actor = current_actor()
    complaint = load_complaint_for(actor, reference, today())
    if complaint.case is None:
        return redirect(url_for("complaint_triage.triage", reference=complaint.reference))
    form = MoveForm(version=complaint.version)
    if form.validate_on_submit():
        with refusals_in(form):
            moved = _move(form, complaint, actor)
            if moved is not None:
                return moved
    if form.refusals:
        complaint = load_complaint_for(actor, reference, today())  # the act that was refused let go of its rows
    shown("complaint", complaint.id, case_id=complaint.case_id)
    return render_template(
        "complaints/move.html",
        form=form,
        complaint=complaint,
        case=complaint.case,
        about=names_told_about(complaint.id),
    ), form.http_status


def _known(actor: Actor, complaint: Complaint) -> Known:
    """Open cases at its place, or about whom it is about, or reported by the same person."""
    place = complaint.address
    asked = Asked(
        place=place.text if place else None,
        postcode=place.postcode if place else None,
        reporter_id=complaint.complainant_id,
        subject_ids=tuple(told_about(complaint.id)),
    )
    return known_already(actor, today(), asked)


def _decide(form: TriageForm, complaint: Complaint, actor: Actor) -> ResponseReturnValue | None:
    """Do what was decided. None where the case that was named is not there: the form says so."""
    given = {"actor": actor, "now": now(), "complaint_id": complaint.id, "version": form.version.data}
    reference = complaint.reference
    if form.decision.data == NEW_CASE:
        return _open_case(form, complaint, actor)
    if form.decision.data == REFER:
        whose = form.body.data or form.referred_to.data
        acts.refer_complaint(**given, to=whose, reason=form.refer_reason.data)
        flash(f"Complaint {reference} is referred. Tell whoever reported it.", "success")
    elif form.chosen_case_id is None and form.decision.data != OTHER_CASE:
        acts.find_not_asb(**given, reason=form.reason.data)
        flash(f"Complaint {reference} is found not to be anti-social behaviour. Tell whoever reported it.", "success")
    else:
        found = _case_called(form.case_reference, actor) if form.chosen_case_id is None else None
        case_id = found[0] if found else form.chosen_case_id
        if case_id is None:
            return None
        acts.join_complaint(**given, case_id=case_id)
        flash(f"Complaint {reference} has joined its case.", "success")
    return redirect(url_for("complaints.complaint", reference=reference))


def _open_case(form: TriageForm, complaint: Complaint, actor: Actor) -> ResponseReturnValue:
    place = complaint.address.text if complaint.address else None
    titles = [category.title for category in complaint.categories]
    case_id = acts.open_case_from_complaint(
        actor=actor,
        now=now(),
        complaint_id=complaint.id,
        description=Description(
            title=form.case_title.data or usual_title(titles, place),
            summary=complaint.description,
            categories=[category.code for category in complaint.categories],
            address=place,
            ward_id=complaint.ward_id,
        ),
        priority=form.priority.data,
        owner_id=actor.user_id if form.mine.data else None,
        version=form.version.data,
    )
    reference, clocks = opened_case(case_id)
    flash(f"Case {reference} is opened. {due_next(clocks)}", "success")
    return redirect(url_for("cases.case", reference=reference))


def _move(form: MoveForm, complaint: Complaint, actor: Actor) -> ResponseReturnValue | None:
    given = {"actor": actor, "now": now(), "complaint_id": complaint.id, "version": form.version.data}
    if form.where.data == BACK:
        ended = acts.put_complaint_back(**given, reason=form.reason.data)
        flash(f"The complaint waits for triage again. {_parts_ended(ended)}", "success")
    else:
        found = _case_called(form.case, actor)
        if found is None:
            return None
        ended = acts.move_complaint(**given, case_id=found[0], reason=form.reason.data)
        flash(f"The complaint has moved to {found[1]}. {_parts_ended(ended)}", "success")
    return redirect(url_for("complaints.complaint", reference=complaint.reference))


def _case_called(field: GovukField, actor: Actor) -> tuple[int, str] | None:
    """The id and reference of the case that was named; None, with an error beside the answer, where there is none."""
    try:
        case = load_case_for(actor, field.data, today())
    except NotFound:
        field.errors = [NO_SUCH_CASE]
        return None
    return case.id, case.reference


def _parts_ended(ended: list[int]) -> str:
    """What else changed, which whoever moved it may want to put right."""
    if not ended:
        return ""
    many = len(ended) > 1
    return f"{len(ended)} {'people' if many else 'person'} no longer {'play' if many else 'plays'} a part in the case it left."
