"""`/complaints`: the list, and the page of one."""

from flask import Blueprint, Response, render_template

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.complaint_pages import (
    ComplaintFilter,
    complaint_ids,
    complaint_page,
    complaints_page,
    complaints_with_ids,
    count_to_triage,
)
from asb_cases.queries.contact_warnings import contact_warnings_at
from asb_cases.queries.filter_options import Option, filter_options
from asb_cases.web.access import current_actor, requires
from asb_cases.web.complaints.actions import complaint_actions
from asb_cases.web.complaints.complaint_file import COLUMNS
from asb_cases.web.complaints.forms import ComplaintFilterForm
from asb_cases.web.consultations import shown
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, list_page

complaints = Blueprint("complaints", __name__)


@complaints.get("/complaints")
@requires(Permission.SEE_COMPLAINTS)
def list_complaints() -> str:
    """The complaints that the reader may see, the newest first."""
    actor, (form, wanted, saved) = current_actor(), _asked()
    page = complaints_page(actor, today(), wanted, asked_place())
    shown("complaint", *page.ids)
    triages = actor.may(Permission.TRIAGE_COMPLAINTS)
    return list_page(
        "complaints/list.html",
        page,
        form,
        saved=saved,
        waiting=count_to_triage(actor, today()) if triages else None,
    )


@complaints.get("/complaints.csv")
@requires(Permission.EXPORT)
def download_complaints() -> Response:
    """All the complaints of the list as a file."""
    actor, day, (_form, wanted, _saved) = current_actor(), today(), _asked()
    actor.check(Permission.SEE_COMPLAINTS)
    ids = complaint_ids(actor, day, wanted)
    return list_file("complaints", "complaint", ids, COLUMNS, lambda some: complaints_with_ids(actor, day, some))


@complaints.get("/complaints/<reference>")
@requires(Permission.SEE_COMPLAINTS)
def complaint(reference: str) -> str:
    """One complaint."""
    actor = current_actor()
    found = complaint_page(actor, reference, today())
    place = found.facts.address_id
    shown("complaint", found.facts.id, case_id=found.facts.case_id)
    return render_template(
        "complaints/complaint.html",
        complaint=found.facts,
        page=found,
        actions=complaint_actions(found, actor),
        warnings=contact_warnings_at(actor, place, today()) if place else [],
        now=now(),
    )


def _asked() -> tuple[ComplaintFilterForm, ComplaintFilter, list[Option]]:
    form, options = ComplaintFilterForm(), filter_options(current_actor(), "complaints")
    form.offer(options)
    return form, form.wanted(), options.saved
