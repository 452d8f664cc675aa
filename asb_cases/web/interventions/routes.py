"""`/interventions`: the list of warnings, notices, penalties and prosecutions, and the page of one."""

from flask import Blueprint, render_template, request

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.permissions import Permission
from asb_cases.domain.powers import POWERS
from asb_cases.queries.intervention_list import interventions_page
from asb_cases.queries.intervention_page import intervention_page
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.interventions.forms import InterventionFilterForm
from asb_cases.web.interventions.next_steps import next_steps_of
from asb_cases.web.lists import asked_place, page_links, selected_filters

interventions = Blueprint("interventions", __name__)

PREPARATION = "preparation"


@interventions.get("/interventions")
@requires(Permission.SEE_INTERVENTIONS, Permission.SEE_NOTICES_IN_FORCE)
def list_interventions() -> str:
    """Those given, or with `stage=preparation` those that are not given yet."""
    actor, form = current_actor(), InterventionFilterForm()
    given = request.args.get("stage") != PREPARATION
    page = interventions_page(actor, today(), form.wanted(given=given), asked_place())
    shown("intervention", *page.ids)
    return render_template(
        "interventions/list.html",
        form=form,
        filters=selected_filters(form),
        rows=page.rows,
        links=page_links(page),
        given=given,
        all_stages=actor.may(Permission.SEE_INTERVENTIONS),
        content=content_for(actor),
    )


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
        next_steps=next_steps_of(found, actor, moment),
        now=moment,
    )
