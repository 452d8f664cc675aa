"""The page of one step of an application: a heading, what it means, one form."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.queries.case_review_pages import case_review_page
from asb_cases.web.access import current_actor
from asb_cases.web.consultations import shown
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import CautiousForm, Form, refusals_in


def application(reference: str) -> Any:
    """The columns of the application at an address, with the names that go with them. Raises `NotFound`."""
    found = case_review_page(current_actor(), reference, today()).facts
    shown("case_review", found.id, case_id=found.case_id)
    return found


def step(
    review: Any,
    form: Form,
    title: str,
    button: str,
    act: Callable[[], object],
    *,
    said: str,
    intro: Sequence[str] = (),
    **more: Any,
) -> ResponseReturnValue:
    """Do what the form asks for, or show it: `said` once it is done."""
    if form.validate_on_submit():
        with refusals_in(form):
            act()
            flash(said, "success")
            return to_application(review)
    asked = not isinstance(form, CautiousForm) or form.asks_reason
    fields = [
        field for field in form if isinstance(field, GovukField) and (asked or field.short_name != "cautions_reason")
    ]
    page = render_template(
        "case_reviews/step.html",
        review=review,
        form=form,
        fields=fields,
        title=title,
        button=button,
        intro=intro,
        **more,
    )
    return page, form.http_status


def to_application(review: Any) -> ResponseReturnValue:
    """Back to the page of the application."""
    return redirect(url_for("case_reviews.case_review", reference=review.reference))
