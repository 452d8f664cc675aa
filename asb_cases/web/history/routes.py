"""`/cases/<reference>/views`: who looked at a case (DPA 2018 s.62)."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.consultations import consultations_of
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.lists import asked_place, page_links

history = Blueprint("history", __name__)


@history.get("/cases/<reference>/views")
@requires(Permission.SEE_WHO_LOOKED)
def case_views(reference: str) -> str:
    """Who was shown pages about one case. Looking at this is on record too."""
    case = load_case_for(current_actor(), reference, today())
    page = consultations_of(case.id, asked_place())
    shown("consultation", *page.ids, case_id=case.id)
    return render_template("history/case_views.html", case=case, rows=page.rows, links=page_links(page))
