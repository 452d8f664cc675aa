"""`/people`: the register of people and bodies, and the page of one."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.people_pages import people_page, person_page
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.lists import asked_place, page_links, selected_filters
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
        "people/list.html", form=form, filters=selected_filters(form), rows=page.rows, links=page_links(page)
    )


@people.get("/people/<int:person_id>")
@requires(Permission.SEE_PEOPLE)
def person(person_id: int) -> str:
    """One person or body."""
    found = person_page(current_actor(), person_id, today())
    shown("person", found.person.id)
    return render_template(
        "people/person.html",
        person=found.person,
        page=found,
        sets_warnings=current_actor().may(Permission.SET_CONTACT_WARNINGS),
    )
