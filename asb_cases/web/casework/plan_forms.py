"""Forms for what is agreed with somebody."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Form as PlainForm

from asb_cases.domain.action_plans import StepState
from asb_cases.models.user import User
from asb_cases.queries.casework import Involved
from asb_cases.services.action_plans import PlannedStep
from asb_cases.web.casework.forms import owner_choices
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    DateField,
    Form,
    RadioField,
    RowsField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    VersionedForm,
)
from asb_cases.web.validators import NotBeforeField, NotInFuture

THEM = "The person it is agreed with"


class StepRow(PlainForm):
    """One step of a new plan."""

    text = TextField("What is to be done", required="Say what is to be done")
    owner_id = SelectField("Who does it", blank=THEM, coerce=int)
    due_on = DateField("By when", hint="", noun="Day it is due")


class PlanForm(Form):
    """A new plan."""

    person_id = SelectField("Agreed with", blank="Whoever reported it, not named here", coerce=int, size="s")
    agreed_on = DateField(
        "Agreed on", [NotInFuture()], required="Enter the day it was agreed", noun="Agreement date", size="s"
    )
    summary = TextAreaField(
        "What was agreed", required="Say what was agreed", rows=4, size="s", hint="In words that both sides would use."
    )
    steps = RowsField(
        "Steps", row=StepRow, noun="step", required="Say at least one thing that somebody is to do", size="m"
    )
    review_on = DateField(
        "Look at it again on",
        [NotBeforeField("agreed_on")],
        noun="Review date",
        size="s",
        hint="For example, in two weeks.",
    )

    def offer(self, people: Iterable[Involved], colleagues: Iterable[User]) -> None:
        """Fill the lists of people."""
        self.person_id.choices = [
            (str(each.person_id), f"{each.name} ({', '.join(words(part).lower() for part in each.parts)})")
            for each in people
        ]
        owners = owner_choices(colleagues)
        for row in self.steps.rows.values():
            field = row["owner_id"]
            if isinstance(field, SelectField):
                field.choices = owners

    def planned(self) -> list[PlannedStep]:
        """The steps that were filled in."""
        return [planned_step(row) for row in self.steps.data]


def planned_step(answers: Mapping[str, Any]) -> PlannedStep:
    """One step as it was answered."""
    return PlannedStep(answers["text"], answers["owner_id"], answers["due_on"])


class ChangePlanForm(VersionedForm):
    """A plan in other words."""

    summary = TextAreaField("What was agreed", required="Say what was agreed", rows=4, size="s")
    review_on = DateField("Look at it again on", noun="Review date", size="s")
    reason = TextAreaField("Why it is changed", required="Say why it is changed", rows=3, size="s")


class StepForm(Form):
    """One more step."""

    text = TextField("What is to be done", required="Say what is to be done", size="s")
    owner_id = SelectField("Who does it", blank=THEM, coerce=int, size="s")
    due_on = DateField("By when", noun="Day it is due", size="s")


class ChangeStepForm(VersionedForm, StepForm):
    """A step changed, and why."""

    reason = TextAreaField("Why it is changed", required="Say why it is changed", rows=3, size="s")


class CloseStepForm(VersionedForm):
    """A step that is done, or dropped."""

    state = RadioField(
        "What became of it",
        required="Say what became of it",
        choices=[(StepState.DONE.value, "It is done"), (StepState.DROPPED.value, "It is dropped", "Say why below.")],
        coerce=StepState,
        size="s",
    )
    outcome = TextAreaField("What came of it", rows=3, size="s")


class ReviewPlanForm(VersionedForm):
    """A look at the plan."""

    finding = TextAreaField("What you found", required="Say what you found", rows=4, size="s")
    ends = TickField("The plan ends with this", hint="Everything is done, or a new plan takes its place.", size="s")
    next_review_on = DateField("Look at it again on", noun="Next review date", size="s")
