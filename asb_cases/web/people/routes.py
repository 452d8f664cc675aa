"""`/people`: the register of people and bodies, and the page of one."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.people_pages import (
    people_ids,
    people_page,
    people_with_ids,
    person_page,
    record_in_place_of,
)
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.list_file import list_file
from asb_cases.web.lists import asked_place, list_page
from asb_cases.web.people.actions import actions_for
from asb_cases.web.people.forms import PeopleFilterForm
from asb_cases.web.people.people_file import COLUMNS

people = Blueprint("people", __name__)

MERGED = "The record you asked for was merged into this one. What was merged, and why, stands below."


@people.get("/people")
@requires(Permission.SEE_PEOPLE)
def list_people() -> str:
    """The register by name."""
    actor, form = current_actor(), PeopleFilterForm()
    form.validate()
    page = people_page(actor, today(), form.kind.data or (), asked_place())
    shown("person", *page.ids)
    return list_page(
        "people/list.html",
        page,
        form,
        adds=actor.may(Permission.EDIT_PEOPLE),
    )


@people.get("/people.csv")
@requires(Permission.EXPORT)
def download_people() -> Response:
    """The register, narrowed as the list is, as a file."""
    actor, day, form = current_actor(), today(), PeopleFilterForm()
    actor.check(Permission.SEE_PEOPLE)
    form.validate()
    ids = people_ids(actor, day, form.kind.data or ())
    return list_file("people", "person", ids, COLUMNS, lambda some: people_with_ids(actor, day, some))


@people.get("/people/<int:person_id>")
@requires(Permission.SEE_PEOPLE)
def person(person_id: int) -> ResponseReturnValue:
    """One person or body. A record that was merged leads to the one that stands for it."""
    actor = current_actor()
    try:
        found = person_page(actor, person_id, today())
    except NotFound:
        kept_id = record_in_place_of(actor, person_id, today())
        flash(MERGED, "information")
        return redirect(url_for("people.person", person_id=kept_id))
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
        merges=actor.may(Permission.MERGE_RECORDS),
        sets_warnings=actor.may(Permission.SET_CONTACT_WARNINGS),
    )
