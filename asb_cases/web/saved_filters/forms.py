"""What is asked of a saved filter, and what of an address is kept."""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request

from asb_cases.queries.case_list import ORDERS
from asb_cases.queries.filter_options import filter_options
from asb_cases.web.case_reviews.forms import CaseReviewFilterForm
from asb_cases.web.cases.forms import CaseFilterForm
from asb_cases.web.complaints.forms import ComplaintFilterForm
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import CheckboxesField, DateField, Form, QueryForm, TextField, TickField
from asb_cases.web.home.forms import DeadlineFilterForm, TaskFilterForm
from asb_cases.web.interventions.forms import PREPARATION, InterventionFilterForm
from asb_cases.web.people.forms import PeopleFilterForm

LONGEST_NAME = 60


class Filtered(NamedTuple):
    """A list that can be narrowed: its form, and what its address may ask besides, with the answers known."""

    form: Callable[[], QueryForm]
    besides: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed


#: By the code of the list, which is its address without the slash.
FILTERED: dict[str, Filtered] = {
    "cases": Filtered(CaseFilterForm, {"sort": tuple(ORDERS)}),
    "complaints": Filtered(ComplaintFilterForm),
    "people": Filtered(PeopleFilterForm),
    "interventions": Filtered(InterventionFilterForm, {"stage": (PREPARATION,)}),
    "case-reviews": Filtered(CaseReviewFilterForm),
    "tasks": Filtered(TaskFilterForm),
    "deadlines": Filtered(DeadlineFilterForm),
}


class NameForm(Form):
    """What to call it."""

    name = TextField(
        "Name of the filter",
        required="Enter a name for the filter",
        max_length=LONGEST_NAME,
        hint="Only you see it. Do not put the name of a person in it.",
        autocomplete="off",
    )


def kept_query(list_code: str) -> str:
    """What the address of this request asks of a list, as the list's own form understands it: answers that it does not
    know are left out, and so is everything that is no filter."""
    asked = FILTERED[list_code]
    form = asked.form()
    if hasattr(form, "offer"):
        form.offer(filter_options())
    form.validate()
    kept = [pair for field in form if isinstance(field, GovukField) for pair in _answers(field)]
    kept += [(name, value) for name, known in asked.besides.items() if (value := request.args.get(name)) in known]
    return urlencode(kept)


def _answers(field: GovukField) -> Iterator[tuple[str, str]]:
    if field.errors or field.data in (None, "", False, []):
        return
    if isinstance(field, CheckboxesField):
        yield from ((field.name, str(value)) for value in field.data)
    elif isinstance(field, DateField):
        yield field.name, field.data.isoformat()
    else:
        yield field.name, "yes" if isinstance(field, TickField) else str(field.data)
