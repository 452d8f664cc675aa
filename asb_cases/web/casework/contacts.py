"""`/cases/<reference>/contacts/new` and `/visits/new`: who was spoken to, when and how, and what was said. It says which
clock it met."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import Permission
from asb_cases.models.case import Case
from asb_cases.models.casework import Direction
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import involved_in, responses_owed
from asb_cases.queries.contact_preferences import contact_preferences_for
from asb_cases.queries.contact_warnings import warnings_about_visit
from asb_cases.queries.response_pauses import open_pause
from asb_cases.services.casework import ContactMade, add_contact
from asb_cases.web.access import current_actor, requires
from asb_cases.web.casework.forms import SOMEBODY_ELSE, ContactForm, VisitForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.moments import clock_of, moment_of
from asb_cases.web.record_words import answered_words

contacts = Blueprint("contacts", __name__)


@contacts.route("/cases/<reference>/contacts/new", methods=["GET", "POST"])
@requires(Permission.SEE_PEOPLE)
def new_contact(reference: str) -> ResponseReturnValue:
    """Record a contact with somebody."""
    case = load_case_for(current_actor(), reference, today())
    form = ContactForm(at=today(), at_time=clock_of(now()), direction=Direction.OUT)
    return _recorded(case, form, "casework/new_contact.html", "The contact is recorded.")


@contacts.route("/cases/<reference>/visits/new", methods=["GET", "POST"])
@requires(Permission.SEE_PEOPLE)
def new_visit(reference: str) -> ResponseReturnValue:
    """Record a visit, from the doorstep."""
    case = load_case_for(current_actor(), reference, today())
    form = VisitForm(at=today(), at_time=clock_of(now()))
    return _recorded(case, form, "casework/new_visit.html", "The visit is recorded.")


def _recorded(case: Case, form: ContactForm | VisitForm, template: str, done: str) -> ResponseReturnValue:
    actor = current_actor()
    people = involved_in(case.id, content_for(actor))
    form.offer(people, contact_preferences_for(actor, [each.person_id for each in people]))
    if form.validate_on_submit():
        with refusals_in(form):
            made = add_contact(actor=actor, now=now(), case_id=case.id, **_answers(form))
            flash(" ".join([done, *_settled(made)]), "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    page = render_template(
        template,
        form=form,
        case=case,
        owed=responses_owed(case.id),
        pause=open_pause(case.id),
        warnings=warnings_about_visit(actor, [each.person_id for each in people], case.address_id, today()),
    )
    return page, form.http_status


def _answers(form: ContactForm | VisitForm) -> dict[str, Any]:
    by_visit = isinstance(form, VisitForm)
    return {
        "channel": Channel.IN_PERSON if by_visit else form.channel.data,
        "direction": Direction.OUT if by_visit else form.direction.data,
        "told": form.told.data,
        "at": moment_of(form.at.data, form.at_time.data),
        "person_id": form.person_id,
        "somebody_else": form.who.data == SOMEBODY_ELSE,
        "reached": not form.no_answer.data,
    }


def _settled(made: ContactMade) -> list[str]:
    """What it settled, in words."""
    waited = ["The wait for them is over, and the response clock runs again."] if made.resumed else []
    return waited + [answered_words(clock) for clock in made.answered]
