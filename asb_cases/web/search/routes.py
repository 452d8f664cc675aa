"""`/search`: the box at the top of every page."""

from flask import Blueprint, render_template, request

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.search import Found, search
from asb_cases.queries.search_labels import Hit
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.fields.typed_text import on_one_line
from asb_cases.web.lists import address_with, asked_place

searching = Blueprint("search", __name__)

LONGEST = 200
NOTHING = Found([], [], more=False, words=[])


@searching.get("/search")
@requires(Permission.SEARCH)
def results() -> str:
    """What was found by a reference or by words."""
    asked = on_one_line(request.args.get("q", ""))[:LONGEST]
    place = asked_place()
    before = place.row_id if place else None
    actor = current_actor()
    found = search(actor, asked, today(), before=before) if asked else NOTHING
    hits: list[Hit] = [*found.exact, *found.hits]
    for hit in hits:
        shown(hit.kind, hit.row_id)
    if asked and not hits:
        shown("search")
    return render_template(
        "search/results.html",
        asked=asked,
        found=found,
        further=before is not None,
        opens_restricted=actor.may(Permission.OPEN_RESTRICTED_WITH_REASON),
        more=address_with(after=str(found.hits[-1].entry_id)) if found.more and found.hits else None,
    )
