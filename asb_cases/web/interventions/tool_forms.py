"""The questions of the generic journey, made from the file of each tool."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from asb_cases.domain.other_tools import Term, tool_of
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.tool import Question, Tool
from asb_cases.queries.recipients import Possible
from asb_cases.services.other_tools import Begin
from asb_cases.web.forms import (
    CautiousForm,
    DateField,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.interventions.drafting_forms import age_in_words
from asb_cases.web.interventions.signing_forms import at_moment

AGES = (("no", "18 or over"), ("yes", "Under 18"), ("", "Not known"))


class BeginForm(CautiousForm):
    """A tool that is proposed or begun. Its other questions come from the tool's file (`begin_form`)."""

    def offer(self, people: Iterable[Possible]) -> None:
        """Who of the case it may be against."""
        subject: Any = self["subject"]
        subject.choices = [(str(each.id), f"{each.name}, {age_in_words(each)}") for each in people]

    def begin(self, tool: Tool, stage: str) -> Begin:
        """What was answered."""
        questions = {name.removeprefix("answer_"): field for name, field in self._fields.items() if "answer_" in name}
        return Begin(
            grounds=self._said("grounds") or "",
            proposed_on=self._said("proposed_on"),
            term=self._term(tool) if stage == "start" else None,
            court=self._said("court"),
            body=self._said("body"),
            under_18={"yes": True, "no": False}.get(self._said("under_18") or ""),
            conditions=self._said("conditions"),
            review_on=self._said("review_on"),
            answers={code: _as_text(field.data) for code, field in questions.items() if field.data},
        )

    def _term(self, tool: Tool) -> Term:
        first, last = self._said("starts_on"), self._said("ends_on")
        if not tool.in_hours:
            return Term(first, last)
        return Term(
            first,
            last,
            at_moment(first, self._said("starts_at")),
            at_moment(last, self._said("ends_at")) if last else None,
        )

    def _said(self, name: str) -> Any:
        return self._fields[name].data if name in self._fields else None


class EventForm(VersionedForm):
    """That something happened on a day."""

    happened_on = DateField("Day", required="Enter the day")
    text = TextAreaField("What happened", required="Say what happened", rows=4, max_length=4000)


class NotMadeForm(VersionedForm):
    """What was proposed or applied for did not come about."""

    happened_on = DateField("On which day was that?", noun="Day", required="Enter the day")
    text = TextAreaField("Why not?", required="Say why not", rows=4, max_length=4000)


class ToolReviewForm(VersionedForm):
    """It was looked at again."""

    happened_on = DateField("Day of the review", required="Enter the day of the review")
    text = TextAreaField("What did the review find?", required="Say what the review found", rows=4, max_length=4000)
    next_review_on = DateField(
        "When is it looked at again?", hint="Left blank, the council’s usual time is taken, where it has one."
    )


class BreachNoteForm(CautiousForm):
    """It was said not to be kept to."""

    happened_on = DateField("On which day was it not kept to?", noun="Day", required="Enter the day")
    text = TextAreaField(
        "What happened, and what shows it?",
        hint="Do not name anybody who told us.",
        required="Say what happened",
        rows=5,
        max_length=4000,
    )


class ToolEndForm(VersionedForm):
    """It is over."""

    outcome = RadioField("How did it end?", required="Choose how it ended")
    happened_on = DateField("On which day did it end?", noun="Day", required="Enter the day")
    text = TextAreaField("What is known of that", required="Say what is known of it", rows=4, max_length=4000)


class ExtendForm(CautiousForm):
    """It lasts longer."""

    happened_on = DateField(
        "Day on which that was applied for or agreed", noun="Day", required="Enter the day it was applied for or agreed"
    )
    ends_on = DateField("New last day", required="Enter the new last day")
    text = TextAreaField("Why", required="Say why", rows=4, max_length=4000)


class ExtendHoursForm(ExtendForm):
    """The same, to a moment."""

    ends_at = TimeField("New last moment", required="Enter the time at which it ends")


@cache
def begin_form(code: str, stage: str, *, known: bool) -> type[BeginForm]:
    """The form of a tool at a stage; `known`: it was proposed before, and whom it is against is known."""
    tool = tool_of(POWERS[code])
    fields: dict[str, Any] = {}
    if not known:
        fields["subject"] = SelectField("Who is it against?", coerce=int, required="Choose who it is against")
        fields["grounds"] = TextAreaField(
            "What is it for?",
            hint="The conduct, with its days. Do not name anybody who told us.",
            required="Say what it is for",
            rows=5,
            max_length=8000,
        )
    if tool.asks_age:
        fields["under_18"] = RadioField(
            "How old are they?", choices=AGES, hint="Where a birth date is recorded, that decides.", small=True
        )
    if tool.decided_by == "partner":
        fields["body"] = TextField("Which police force or other body?", hint=f"Left blank: {tool.body}.")
    if tool.proposed and (stage == "propose" or not known):
        fields["proposed_on"] = DateField(
            f"{tool.proposed} on", **({"required": "Enter the day"} if stage == "propose" else {})
        )
    if tool.decided_by == "court":
        fields["court"] = TextField("Court", hint="Its name and place.")
    fields |= {f"answer_{each.code}": _asked(each) for each in tool.asked_at(stage, proposed_before=known)}
    if stage == "start":
        fields |= _term_fields(tool)
    return type(f"Begin{code.title()}{stage.title()}Form", (BeginForm,), fields)


def extend_form(code: str) -> type[ExtendForm]:
    """The form that extends a tool, to a day or to a moment."""
    return ExtendHoursForm if tool_of(POWERS[code]).in_hours else ExtendForm


def _term_fields(tool: Tool) -> dict[str, Any]:
    started = f"{tool.started} on"
    fields: dict[str, Any] = {"starts_on": DateField(started, required="Enter the day")}
    if tool.in_hours:
        fields["starts_at"] = TimeField("From what time?", required="Enter the time from which it lasts")
    if tool.last_day != "none":
        free = tool.until_further_order or tool.usual_length or tool.last_day == "optional"
        hints = [
            "Left blank: until further order." if tool.until_further_order else "",
            "Left blank: the council’s usual length." if tool.usual_length else "",
        ]
        hint = next(filter(None, hints), "Leave it blank where there is none." if free else "For example, 27 3 2026")
        fields["ends_on"] = DateField("Last day", hint=hint, **({} if free else {"required": "Enter the last day"}))
        if tool.in_hours:
            fields["ends_at"] = TimeField("Until what time?", required="Enter the time at which it ends")
    fields["conditions"] = TextAreaField("What must be done or left?", hint="One line each.", rows=5, max_length=8000)
    if tool.review:
        fields["review_on"] = DateField("When is it looked at again?", hint="Left blank, the usual time is taken.")
    return fields


def _asked(question: Question) -> Any:
    needed: dict[str, Any] = (
        {} if question.optional or question.caution or question.who else {"required": f"Answer: {question.label}"}
    )
    if question.choices:
        return RadioField(question.label, choices=list(question.choices.items()), hint=question.hint, **needed)
    if question.day:
        return DateField(question.label, hint=question.hint or "For example, 27 3 2026", **needed)
    return TextAreaField(question.label, hint=question.hint, rows=3, max_length=4000, **needed)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
