"""`/complaints`: the list, and the page of one."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.complaint_pages import complaint_page, complaints_page
from asb_cases.queries.contact_warnings import contact_warnings_at
from asb_cases.queries.filter_options import filter_options
from asb_cases.web.access import current_actor, requires
from asb_cases.web.complaints.forms import ComplaintFilterForm
from asb_cases.web.consultations import shown
from asb_cases.web.lists import asked_place, page_links, selected_filters

complaints = Blueprint("complaints", __name__)


@complaints.get("/complaints")
@requires(Permission.SEE_COMPLAINTS)
def list_complaints() -> str:
    """The complaints that the reader may see, the newest first."""
    form = ComplaintFilterForm()
    form.offer(filter_options())
    page = complaints_page(current_actor(), today(), form.wanted(), asked_place())
    shown("complaint", *page.ids)
    return render_template(
        "complaints/list.html", form=form, filters=selected_filters(form), rows=page.rows, links=page_links(page)
    )


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
        warnings=contact_warnings_at(actor, place, today()) if place else [],
        now=now(),
    )
