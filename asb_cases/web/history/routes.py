"""What happened to the record of a case, and who looked at it (DPA 2018 s.62)."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_history import history_of_case
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.consultations import consultations_of
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.history.details import details_in_words
from asb_cases.web.lists import asked_place, page_links

history = Blueprint("history", __name__)


@history.get("/cases/<reference>/history")
@requires(Permission.SEE_HISTORY)
def case_history(reference: str) -> str:
    """What was done to the record of one case, by whom and when, in words."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    page = history_of_case(case.id, asked_place())
    told = details_in_words([row.details for row in page.rows], people=content_for(actor).register)
    shown("history_entry", *page.ids, case_id=case.id)
    entries = list(zip(page.rows, told, strict=True))
    return render_template("history/case_history.html", case=case, entries=entries, links=page_links(page))


@history.get("/cases/<reference>/views")
@requires(Permission.SEE_WHO_LOOKED)
def case_views(reference: str) -> str:
    """Who was shown pages about one case. Looking at this is on record too."""
    case = load_case_for(current_actor(), reference, today())
    page = consultations_of(case.id, asked_place())
    shown("consultation", *page.ids, case_id=case.id)
    return render_template("history/case_views.html", case=case, rows=page.rows, links=page_links(page))
