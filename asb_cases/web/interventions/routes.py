"""`/interventions`: the list of warnings, notices, penalties and prosecutions, and the page of one."""

from collections.abc import Iterable, Sequence

from flask import Blueprint, Response, render_template, request

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers import POWERS
from asb_cases.queries.frozen_documents import frozen_of_intervention
from asb_cases.queries.intervention_list import intervention_ids, interventions_page, interventions_with_ids
from asb_cases.queries.intervention_page import intervention_page
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.documents.routes import documents_links, kept
from asb_cases.web.interventions.forms import PREPARATION, InterventionFilterForm
from asb_cases.web.interventions.intervention_file import columns_for
from asb_cases.web.interventions.next_steps import next_steps_of
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, list_page

interventions = Blueprint("interventions", __name__)


@interventions.get("/interventions")
@requires(Permission.SEE_INTERVENTIONS, Permission.SEE_NOTICES_IN_FORCE)
def list_interventions() -> str:
    """Those given, or with `stage=preparation` those that are not given yet."""
    actor, form = current_actor(), InterventionFilterForm()
    given = request.args.get("stage") != PREPARATION
    page = interventions_page(actor, today(), form.wanted(given=given), asked_place())
    shown("intervention", *page.ids)
    return list_page(
        "interventions/list.html",
        page,
        form,
        filed_with=[Permission.SEE_INTERVENTIONS],
        given=given,
        all_stages=actor.may(Permission.SEE_INTERVENTIONS),
        content=content_for(actor),
    )


@interventions.get("/interventions.csv")
@requires(Permission.EXPORT)
def download_interventions() -> Response:
    """All the interventions of the list as a file."""
    actor, day, given = current_actor(), today(), request.args.get("stage") != PREPARATION
    actor.check(Permission.SEE_INTERVENTIONS)
    ids = intervention_ids(actor, day, InterventionFilterForm().wanted(given=given))

    def read(some: Sequence[int]) -> Iterable[object]:
        return interventions_with_ids(actor, day, given, some)

    return list_file("interventions", "intervention", ids, columns_for(content_for(actor)), read)


@interventions.get("/interventions/<reference>")
@requires(Permission.SEE_INTERVENTIONS, Permission.SEE_NOTICES_IN_FORCE)
def intervention(reference: str) -> str:
    """One warning, notice, penalty or prosecution with everything recorded of it."""
    actor, day, moment = current_actor(), today(), now()
    content = content_for(actor)
    found = intervention_page(actor, reference, day, content)
    shown("intervention", found.facts.id, case_id=found.facts.case_id)
    return render_template(
        "interventions/intervention.html",
        step=found.facts,
        page=found,
        power=POWERS.get(found.facts.power),
        content=content,
        actor=actor,
        next_steps=next_steps_of(found, actor, moment),
        documents=documents_links(found.facts, found) if found.records else [],
        **kept(frozen_of_intervention(found.facts.id) if found.records else []),
        now=moment,
    )
