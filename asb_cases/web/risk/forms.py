"""What is asked when the risk is assessed: the questions of the matrix, as its version has them."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from asb_cases.domain.risk import Given, RiskLevel, RiskTemplate
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import (
    CheckboxesField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    VersionedForm,
)

NOT_NAMED = "Somebody who is not named"
LEVELS = [(level.value, level.value.capitalize()) for level in RiskLevel]
CHILD, ADULT = "child", "adult"


class AssessForm(Form):
    """What every version asks; the questions are added by `assess_form`."""

    template_version = HiddenField()
    person = SelectField("Who is at risk", blank=NOT_NAMED, coerce=int)
    signs = CheckboxesField("Is any of this said or seen?", hint="Any of these makes the risk high.", coerce=int)
    safeguarding = CheckboxesField(
        "Might somebody need safeguarding?",
        choices=[
            (CHILD, "A child", "Makes the risk high. Make a referral the same day."),
            (ADULT, "An adult with care or support needs", "Ask for their agreement to a referral where you can."),
        ],
    )
    level = RadioField(
        "Level of risk",
        choices=[("", "The level that the answers give"), *LEVELS],
        coerce=RiskLevel,
        hint="You can set a higher level, with a reason. Only a manager can set a lower one.",
    )
    level_reason = TextAreaField("Why another level", rows=2, max_length=1000)
    note = TextAreaField("What else there is to say", rows=4, hint="What is being done about it, and with whom.")

    def questions(self) -> list[GovukField]:
        """The questions of the matrix, in their order."""
        fields = (self[f"q{place}"] for place in range(len(self.template.questions)))
        return [field for field in fields if isinstance(field, GovukField)]

    template: RiskTemplate

    def given(self) -> Given:
        """What was answered."""
        answers = {place: _chosen(field.data) for place, field in enumerate(self.questions())}
        safeguarding = self.safeguarding.data or ()
        return Given(answers, tuple(self.signs.data or ()), CHILD in safeguarding, ADULT in safeguarding)


def _chosen(data: Any) -> tuple[int, ...]:
    if data is None:
        return ()
    return tuple(data) if isinstance(data, list) else (data,)


def assess_form(template: RiskTemplate, people: Sequence[tuple[int, str]], asked: int | None = None) -> AssessForm:
    """The form of a version, for one of these people: the one asked for, else the first."""
    fields: dict[str, Any] = {"template": template}
    for place, question in enumerate(template.questions):
        sort = CheckboxesField if question.several else RadioField
        choices = [(str(number), answer.words) for number, answer in enumerate(question.answers)]
        fields[f"q{place}"] = sort(question.text, choices=choices, coerce=int, small=True)
    known = [each for each, _name in people]
    chosen = asked if asked in known else next(iter(known), None)
    form: AssessForm = type("AssessFormOfVersion", (AssessForm,), fields)(
        template_version=str(template.version), person=chosen, level=""
    )
    form.person.choices = [(str(each), name) for each, name in people]
    form.signs.choices = [(str(number), words) for number, words in enumerate(template.signs)]
    return form


class LevelForm(VersionedForm):
    """Another level for an assessment."""

    level = RadioField("Level of risk", choices=LEVELS, coerce=RiskLevel, required="Choose the level")
    level_reason = TextAreaField("Why", required="Say why", rows=3, max_length=1000)
