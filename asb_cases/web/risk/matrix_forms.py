"""The matrix as a form: its questions row by row, its limits, and what lifts a risk whatever the points."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField

from asb_cases.domain.errors import Refusal
from asb_cases.domain.risk import RiskLevel, RiskQuestion, RiskTemplate
from asb_cases.domain.risk_template import MOST_POINTS, read_answers, written
from asb_cases.web.forms import DateField, Form, NumberField, RadioField, RowsField, TextAreaField, TextField, TickField


class QuestionRow(PlainForm):
    """One question."""

    text = TextField("Question", required="Write the question, or remove it")
    answers = TextAreaField("Answers", required="Write the answers, one a line", rows=5, max_length=2000)
    several = TickField("Several answers may be given, and each counts")


class MatrixForm(Form):
    """A new version of the matrix."""

    seen_version = HiddenField()
    questions = RowsField(
        "Questions",
        row=QuestionRow,
        noun="question",
        hint=f"Each answer on a line of its own: its points (0 to {MOST_POINTS}), then its words. [hate] or [repeat] after the "
        "words marks an answer that says that it is linked to who somebody is, or part of a series.",
    )
    signs = TextAreaField(
        "Signs that make the risk high whatever the points", rows=4, hint="One a line. A child at risk always does."
    )
    medium_from = NumberField("Medium begins at, points", required="Enter the points at which medium begins", most=999)
    high_from = NumberField("High begins at, points", required="Enter the points at which high begins", most=999)
    hate_is_at_least = RadioField(
        "Where it is linked to who somebody is, the risk is at least",
        choices=[(level.value, level.value.capitalize()) for level in RiskLevel],
        coerce=RiskLevel,
        required="Choose a level",
        inline=True,
    )
    hate_in_a_series = TickField("Hate that is part of a series makes the risk high")
    from_on = DateField("First day on which this version is used", required="Enter the first day")
    because = TextAreaField("Why it is changed", required="Say why it is changed", rows=2)


@dataclass(frozen=True)
class Read:
    """The version that a form describes, or what is wrong with its answers."""

    template: RiskTemplate | None
    refusals: list[Refusal]


def filled(template: RiskTemplate, today: date) -> MatrixForm:
    """The form with a version in it, to be changed."""
    return MatrixForm(
        seen_version=str(template.version),
        questions=[
            {"text": each.text, "answers": written(each.answers), "several": each.several}
            for each in template.questions
        ],
        signs="\n".join(template.signs),
        medium_from=template.medium_from,
        high_from=template.high_from,
        hate_is_at_least=template.hate_is_at_least.value,
        hate_in_a_series=template.hate_in_a_series_is_high,
        from_on=today,
    )


def read(form: MatrixForm) -> Read:
    """What a form that is complete describes."""
    questions, refusals = [], []
    for number, row in enumerate(form.questions.data, 1):
        answers = read_answers(row["answers"], number)
        if isinstance(answers, Refusal):
            refusals.append(answers.at("questions"))
        else:
            questions.append(RiskQuestion(row["text"], answers, bool(row["several"])))
    if refusals:
        return Read(None, refusals)
    signs = [line.strip() for line in (form.signs.data or "").splitlines()]
    medium_from: Any = form.medium_from.data
    high_from: Any = form.high_from.data
    return Read(
        RiskTemplate(
            0,
            form.from_on.data,
            tuple(questions),
            tuple(dict.fromkeys(sign for sign in signs if sign)),
            medium_from,
            high_from,
            hate_is_at_least=form.hate_is_at_least.data,
            hate_in_a_series_is_high=form.hate_in_a_series.data,
        ),
        [],
    )
