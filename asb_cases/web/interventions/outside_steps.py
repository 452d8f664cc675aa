"""A warning or notice that another body gave: ours may stand on it, and it is not counted as ours."""

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.draft_content import Asked
from asb_cases.domain.permissions import Permission
from asb_cases.domain.service import METHOD_TITLES, ServiceMethod
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.recipients import Possible, Warned, recipients_of, reference_of, warnings_to_follow
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.filters import day
from asb_cases.web.forms import (
    DateField,
    Form,
    RadioField,
    RowsField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
    refusals_in,
)
from asb_cases.web.interventions.drafting_forms import RequirementForm, age_in_words
from asb_cases.web.interventions.signing_forms import at_moment
from asb_cases.web.validators import NotInFuture

outside_steps = Blueprint("outside_steps", __name__)


class OutsideForm(Form):
    """What is known of it."""

    power = RadioField(
        "What was given?",
        choices=[("CPW", "A written warning"), ("CPN", "A community protection notice")],
        required="Choose what was given",
        size="m",
    )
    issued_by_body = TextField(
        "Who gave it?",
        hint="For example: Thames Valley Police; a landlord designated under section 53.",
        required="Enter the police force or other body that gave it",
    )
    subject = SelectField("To whom?", coerce=int, required="Choose to whom it was given")
    given_on = DateField("Day it was given", [NotInFuture()], required="Enter the day it was given")
    given_at = TimeField("Time it was given", hint="Needed where a notice of ours is given on the same day.")
    method = SelectField(
        "How it was given",
        choices=[(method.value, title) for method, title in METHOD_TITLES.items()],
        coerce=ServiceMethod,
        blank="Not known",
    )
    follows = SelectField(
        "Which warning the notice followed", coerce=int, blank="It is a warning", hint="Of a notice only."
    )
    conduct = TextAreaField("The conduct it names", rows=5, max_length=8000)
    requirements = RowsField("What it requires", row=RequirementForm, noun="requirement", size="m")
    ends_on = DateField("Last day of the notice")

    def offer(self, people: Iterable[Possible], warnings: Iterable[Warned]) -> None:
        """Who is in the case, and which warnings were given in it."""
        self.subject.choices = [(str(each.id), f"{each.name}, {age_in_words(each)}") for each in people]
        self.follows.choices = [
            (str(each.id), f"{each.reference} to {each.subject}, {day(each.given_on)}") for each in warnings
        ]

    def outside(self) -> Outside:
        """What was answered."""
        return Outside(
            self.power.data,
            self.issued_by_body.data,
            self.given_on.data,
            given_at=at_moment(self.given_on.data, self.given_at.data),
            conduct=self.conduct.data,
            requirements=[Asked(**row) for row in self.requirements.data],
            method=self.method.data,
            ends_on=self.ends_on.data,
            follows_id=self.follows.data,
        )


@outside_steps.route("/cases/<reference>/steps-by-others/new", methods=["GET", "POST"])
@requires(Permission.DRAFT)
def record(reference: str) -> ResponseReturnValue:
    """Record a warning or notice that another body gave."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    people = recipients_of(case.id, today())
    form = OutsideForm(subject=request.args.get("subject", type=int) or (people[0].id if len(people) == 1 else None))
    form.offer(people, warnings_to_follow(case.id, actor, today()))
    if form.validate_on_submit():
        with refusals_in(form):
            recorded = record_outside_step(
                actor=actor, now=now(), case_id=case.id, subject_id=form.subject.data, outside=form.outside()
            )
            flash("It is recorded. Keep the copy with the files of the case.", "success")
            return redirect(url_for("interventions.intervention", reference=reference_of(recorded)))
    shown("person", *(person.id for person in people), case_id=case.id)
    return render_template("drafting/outside_step.html", form=form, case=case, people=people), form.http_status
