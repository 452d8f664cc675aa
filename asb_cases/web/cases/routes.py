"""`/cases`: the list, the same as a file, and the page of one case."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, render_template, request

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_connections import origins_of
from asb_cases.queries.case_list import (
    ORDERS,
    CaseFilter,
    case_ids,
    cases_page,
    cases_with_ids,
    count_cases,
    marks_of,
)
from asb_cases.queries.case_page import case_page
from asb_cases.queries.filter_options import Option, filter_options
from asb_cases.queries.paging import COUNT_UP_TO
from asb_cases.queries.timeline import timeline_of
from asb_cases.web.access import current_actor, requires
from asb_cases.web.cases.actions import actions_for
from asb_cases.web.cases.case_file import columns_for
from asb_cases.web.cases.forms import CaseFilterForm
from asb_cases.web.consultations import shown
from asb_cases.web.interventions.next_steps import next_steps_in
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import (
    address_with,
    asked_place,
    list_page,
    sort_column,
)
from asb_cases.web.timeline_items import timeline_items

cases = Blueprint("cases", __name__)


@cases.get("/cases")
@requires(Permission.SEE_CASES)
def list_cases() -> str:
    """The cases that the reader may see."""
    actor, form, wanted, saved = current_actor(), *_asked()
    content, order = content_for(actor), _order()
    page = cases_page(actor, today(), wanted, order=order, place=asked_place())
    shown("case", *page.ids)
    return list_page(
        "cases/list.html",
        page,
        form,
        marks=marks_of(page.ids, names=content.words),
        total=count_cases(actor, today(), wanted),
        count_limit=COUNT_UP_TO,
        order=order,
        sort=sort_column,
        content=content,
        saved=saved,
        opens_restricted=actor.may(Permission.OPEN_RESTRICTED_WITH_REASON),
        allocates=actor.may(Permission.ALLOCATE_CASES),
        covers=actor.may(Permission.WORK_CASES),
    )


@cases.get("/cases.csv")
@requires(Permission.EXPORT)
def download_cases() -> Response:
    """All the cases of the list as a file."""
    actor, day, (_form, wanted, _saved) = current_actor(), today(), _asked()
    content = content_for(actor)
    ids = case_ids(actor, day, wanted, order=_order())

    def read(some: Sequence[int]) -> Iterable[object]:
        return cases_with_ids(actor, day, some, names=content.words)

    return list_file("cases", "case", ids, columns_for(content), read)


@cases.get("/cases/<reference>")
@requires(Permission.SEE_CASES)
def case(reference: str) -> str:
    """One case."""
    actor, day, moment = current_actor(), today(), now()
    content = content_for(actor)
    found = case_page(actor, reference, day, content)
    timeline = timeline_of(found.facts.id, content, after=request.args.get("after"))
    came_from = [(event.kind, event.row_id) for event in timeline.events] if found.facts.merges else []
    origins = origins_of(found.facts.id, came_from) if came_from else {}
    shown("case", found.facts.id, case_id=found.facts.id)
    return render_template(
        "cases/case.html",
        case=found.facts,
        page=found,
        events=timeline_items(timeline.events, content, found.facts.reference, origins),
        older=address_with(after=timeline.older) + "#timeline" if timeline.older else None,
        newest=request.path + "#timeline" if request.args.get("after") else None,
        content=content,
        next_steps=next_steps_in(found, actor, moment),
        actions=actions_for(found, actor),
        now=moment,
        ends_parts=content.register and actor.may(Permission.WORK_CASES),
        today=day,
        may_work=actor.may(Permission.WORK_CASES) and not found.facts.entered_in_error_on,
        shows_who_looked=actor.may(Permission.SEE_WHO_LOOKED),
        shows_history=actor.may(Permission.SEE_HISTORY),
        shows_files=actor.may(Permission.SEE_FILES),
    )


def _asked() -> tuple[CaseFilterForm, CaseFilter, list[Option]]:
    form, options = CaseFilterForm(), filter_options(current_actor(), "cases")
    form.offer(options)
    return form, form.wanted(), options.saved


def _order() -> str:
    asked = request.args.get("sort", "")
    return asked if asked in ORDERS else "newest"
