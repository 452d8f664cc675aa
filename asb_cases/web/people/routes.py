"""`/people`: the register of people and bodies, and the page of one."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.people_pages import people_page, person_page
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.lists import asked_place, page_links, selected_filters
from asb_cases.web.people.actions import actions_for
from asb_cases.web.people.forms import PeopleFilterForm

people = Blueprint("people", __name__)


@people.get("/people")
@requires(Permission.SEE_PEOPLE)
def list_people() -> str:
    """The register by name."""
    form = PeopleFilterForm()
    form.validate()
    page = people_page(current_actor(), today(), form.kind.data or (), asked_place())
    shown("person", *page.ids)
    return render_template(
        "people/list.html",
        form=form,
        filters=selected_filters(form),
        rows=page.rows,
        links=page_links(page),
        adds=current_actor().may(Permission.EDIT_PEOPLE),
    )


@people.get("/people/<int:person_id>")
@requires(Permission.SEE_PEOPLE)
def person(person_id: int) -> str:
    """One person or body."""
    actor = current_actor()
    found = person_page(actor, person_id, today())
    others = [each.id for each in found.same] + [each.id for each in found.duplicates]
    shown("person", found.person.id, *others)
    if needs := [need.id for need in (*found.needs.standing, *found.needs.over)]:
        shown("person_need", *needs)
    return render_template(
        "people/person.html",
        person=found.person,
        page=found,
        actions=actions_for(found.person, actor),
        edits=actor.may(Permission.EDIT_PEOPLE),
        sets_warnings=actor.may(Permission.SET_CONTACT_WARNINGS),
    )
