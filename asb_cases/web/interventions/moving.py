"""What the pages have in common that take an intervention one step on: they load it, say why a step is not open, show
what will follow, and lead back to it once it is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.models.intervention import Intervention
from asb_cases.queries import drafts
from asb_cases.queries.not_found import NotFound
from asb_cases.services.moves import check_move
from asb_cases.web.access import current_actor
from asb_cases.web.consultations import shown
from asb_cases.web.forms import Form, QueryForm, refusals_in


def step_called(reference: str, *powers: str) -> Intervention:
    """The intervention of an address, of one of these powers. Raises `NotFound`."""
    step = drafts.step_called(current_actor(), reference, today())
    if powers and step.power not in powers:
        raise NotFound("intervention")
    return step


def why_not_open(step: Intervention, *moves: str) -> tuple[Refusal, ...]:
    """Why none of the moves is open from where the intervention stands; empty where one is."""
    refused: tuple[Refusal, ...] = ()
    for move in moves:
        try:
            check_move(step, move, current_actor())
        except RuleBroken as broken:
            refused = broken.refusals
        else:
            return ()
    return refused


@contextmanager
def acting_on(step: Intervention, form: Form, *also: Callable[[], object]) -> Iterator[None]:
    """Call one act inside. What it refuses is put into the form; the intervention, and what `also` reads, is then read
    again, since an act ends the read it was shown from."""
    acted = False
    with refusals_in(form):
        yield
        acted = True
    if not acted:
        drafts.step_called(current_actor(), step.reference, today())
        for read in also:
            read()


def done(step_reference: str, message: str, breach_id: int | None = None) -> ResponseReturnValue:
    """Back to the intervention, or to one alleged breach of it, with what was done."""
    flash(message, "success")
    if breach_id is not None:
        return redirect(url_for("interventions_breaches.breach", reference=step_reference, breach_id=breach_id))
    return redirect(url_for("interventions.intervention", reference=step_reference))


def act_page(
    template: str, step: Intervention, form: Form | QueryForm | None, closed: tuple[Refusal, ...] = (), **context: Any
) -> ResponseReturnValue:
    """The page of a step: its form with what will follow, or why it is not open."""
    shown("intervention", step.id, case_id=step.case_id)
    page = render_template(
        f"interventions/{template}.html",
        step=step,
        form=form,
        closed=() if request.method == "POST" else closed,
        content=content_for(current_actor()),
        back=url_for("interventions.intervention", reference=step.reference),
        **context,
    )
    return page, form.http_status if form else 200
