"""What pages with a list share: the place in it, the links to the pages around it, the filters that apply."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import render_template, request

from asb_cases.domain.permissions import Permission
from asb_cases.queries.paging import Page, Place
from asb_cases.queries.saved_filters import saved_filters
from asb_cases.web.access import current_actor
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import CheckboxesField, DateField, QueryForm, SelectField, TickField

PLACES = ("after", "before")
LONGEST_NUMBER = 15


class Selected(NamedTuple):
    """A filter that applies: what it is about, what was chosen, and the address without it."""

    heading: str
    label: str
    href: str


class PageLinks(NamedTuple):
    """The addresses of the pages around this one, None where there is none."""

    previous: str | None
    next: str | None


def list_page(
    template: str,
    page: Page,
    form: QueryForm,
    *,
    filed_with: Sequence[Permission] = (),
    saved: Sequence[tuple[int | str, str]] | None = None,
    **more: Any,
) -> str:
    """The page of a list that can be narrowed, taken away as a file and kept as a filter (layouts/filtered_list.html).
    `filed_with`: what it takes to have the file besides EXPORT; `saved`: the reader's own filters of it, where they
    are at hand already."""
    if saved is None:
        saved = [(row.id, row.name) for row in saved_filters(current_actor(), list_code())]
    return render_template(
        template,
        form=form,
        filters=selected_filters(form),
        rows=page.rows,
        links=page_links(page),
        download=file_address(*filed_with),
        saved=saved,
        saving=saving_address(form),
        **more,
    )


def list_code() -> str:
    """The name of the list that is shown, as saved filters have it."""
    return request.path.removeprefix("/")


def asked_place() -> Place | None:
    """Where in the list the address asks to be; the beginning where it does not say so in numbers."""
    for name in PLACES:
        text = request.args.get(name, "")
        if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
            return Place(int(text), backwards=name == "before")
    return None


def page_links(page: Page) -> PageLinks:
    """The links to the pages before and after, with the same filters and order."""
    return PageLinks(
        None if page.before is None else address_with(before=str(page.before)),
        None if page.after is None else address_with(after=str(page.after)),
    )


def address_with(**changed: str | None) -> str:
    """This page's address from the beginning of its list, with the answers `changed` (None: left out)."""
    kept = [
        (name, value)
        for name, values in request.args.lists()
        for value in values
        if value and name not in changed and name not in PLACES
    ]
    asked = kept + [(name, value) for name, value in changed.items() if value is not None]
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def file_address(*needed: Permission) -> str | None:
    """Where the list is to be had as a file, with the same filters and order, for those who may take one away."""
    if not all(current_actor().may(permission) for permission in (Permission.EXPORT, *needed)):
        return None
    return f"{request.path}.csv{address_with().removeprefix(request.path)}"


def saving_address(form: QueryForm) -> str | None:
    """Where what the list is narrowed to can be kept as a filter of one's own; None where it is narrowed to nothing."""
    if not selected_filters(form):
        return None
    kept = [(name, value) for name, values in request.args.lists() for value in values if value and name not in PLACES]
    return f"/saved-filters/new?{urlencode([('list', list_code()), *kept])}"


def selected_filters(form: QueryForm) -> list[Selected]:
    """The filters of a form that apply, each with the way to take it off."""
    return [chosen for field in form if isinstance(field, GovukField) for chosen in _selected(field)]


def sort_column(key: str, label: str, now: str, orders: tuple[str, ...]) -> dict[str, str]:
    """A heading that sorts by its column: the first of `orders` (ascending, descending), or the other where it is so
    already."""
    column = {"key": key, "label": label}
    if now in orders:
        column["sorted"] = ("ascending", "descending")[orders.index(now)]
    other = next((order for order in orders if order != now), orders[0])
    return column | {"sort": address_with(sort=other)}


def _selected(field: GovukField) -> Iterator[Selected]:
    heading = field.label.text
    if field.errors:
        return
    if isinstance(field, CheckboxesField):
        chosen = field.chosen()
        for choice in field.choices:
            if choice.value in chosen:
                rest = [value for value in request.args.getlist(field.name) if value != choice.value]
                yield Selected(heading, choice.label, _without(field.name, rest))
    elif isinstance(field, DateField) and field.data:
        yield Selected(heading, f"{field.data.day} {field.data:%b %Y}", _without(field.name))
    elif isinstance(field, SelectField) and field.data is not None:
        yield Selected(heading, field.as_typed().removeprefix("– "), _without(field.name))
    elif isinstance(field, TickField) and field.data:
        yield Selected("Only", heading, _without(field.name))
    elif field.data and not isinstance(field, (TickField, SelectField)):
        yield Selected(heading, field.as_typed(), _without(field.name))


def _without(name: str, rest: list[str] | None = None) -> str:
    """The address without an answer, or with the `rest` of its values. A day is asked in three parts."""
    dropped = {name, *(f"{name}-{part}" for part in ("day", "month", "year")), *PLACES}
    kept = [
        (key, value) for key, values in request.args.lists() for value in values if value and key not in dropped
    ] + [(name, value) for value in rest or ()]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
