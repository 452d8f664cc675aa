"""What is asked of whoever decides where a complaint goes, or moves one that went to the wrong case."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.service_standards import PRIORITY_TITLES, standard_in_words
from asb_cases.queries.known_cases import KnownCase
from asb_cases.web.fields.base import GovukField
from asb_cases.web.filters import short_day, words
from asb_cases.web.forms import RadioField, SelectField, TextAreaField, TextField, TickField, VersionedForm

NEW_CASE, OTHER_CASE, REFER, NOT_ASB = "new_case", "other_case", "refer", "not_asb"
CASE = "case-"
BACK = "back"
NO_SUCH_CASE = "There is no open case with this reference for you"


class _DecisionForm(VersionedForm):
    """A form whose first question decides which others are asked. What was not asked is not judged."""

    question = "decision"

    def fields_called(self, *names: str) -> tuple[GovukField, ...]:
        """The fields of these names, for `reveals`."""
        return tuple(field for name in names if isinstance(field := self[name], GovukField))

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides what each answer needs: what the decision asks for."""
        super().validate(extra_validators)
        decision = self[self.question]
        for value, fields in decision.reveals.items() if isinstance(decision, RadioField) else ():
            for field in fields if value != decision.data else ():
                field.errors = []
        for name, message in self.lacking():
            self[name].errors = [*self[name].errors, message]
        return not self.errors

    def lacking(self) -> Iterator[tuple[str, str]]:
        """What the decision asks for and is not answered: the name of the field, and what to say."""
        raise NotImplementedError


class TriageForm(_DecisionForm):
    """Where a complaint goes: an open case that was found or is named, a new case, another body, or nowhere."""

    decision = RadioField("Where does it go?", required="Choose where it goes", size="m")
    case_reference = TextField(
        "Reference of the case", hint="For example, ASB-2026-000123", width=20, autocomplete="off", spellcheck=False
    )
    priority = RadioField(
        "Priority", choices=[(str(number), f"{number}: {about}") for number, about in PRIORITY_TITLES.items()],
        coerce=int, small=True,
    )  # fmt: skip
    case_title = TextField(
        "What to call the case", hint="Left blank, it is called after what it is about and the place"
    )
    mine = TickField("I will work on this case myself")
    body = SelectField("Whose it is", blank="Not in the list")
    referred_to = TextField("Its name, if it is not in the list")
    refer_reason = TextAreaField("Why it is theirs", hint="Whoever reported it is told this.", rows=3)
    reason = TextAreaField("Why it is not anti-social behaviour", hint="Whoever reported it is told this.", rows=3)

    def offer(self, cases: Sequence[KnownCase], bodies: Sequence[tuple[str, str]]) -> None:
        """Offer the cases that were found, and the bodies worked with."""
        found = [(f"{CASE}{case.id}", f"Join {case.reference}: {case.title}", _about(case)) for case in cases]
        self.decision.choices = [
            *found,
            (OTHER_CASE, "Join another case" if found else "Join an open case"),
            (NEW_CASE, "Open a new case"),
            (REFER, "Refer it to somebody else"),
            (NOT_ASB, "It is not anti-social behaviour"),
        ]
        self.body.choices = bodies
        self.decision.reveals = {
            OTHER_CASE: self.fields_called("case_reference"),
            NEW_CASE: self.fields_called("priority", "case_title", "mine"),
            REFER: self.fields_called("body", "referred_to", "refer_reason"),
            NOT_ASB: self.fields_called("reason"),
        }

    def show_standards(self, day: date, values: LegalValues) -> None:
        """Say with each priority what the council promises for it."""
        self.priority.choices = [
            (value, label, standard_in_words(int(value), day, values)) for value, label, _hint in self.priority.choices
        ]

    @property
    def chosen_case_id(self) -> int | None:
        """The case that was chosen of those found."""
        chosen: str = self.decision.data or ""
        return int(chosen.removeprefix(CASE)) if chosen.startswith(CASE) else None

    def lacking(self) -> Iterator[tuple[str, str]]:
        decision = self.decision.data
        if decision == OTHER_CASE and not self.case_reference.data:
            yield "case_reference", "Enter the reference of the case"
        if decision == NEW_CASE and not (self.priority.data or self.priority.errors):
            yield "priority", "Choose a priority"
        if decision == REFER and not (self.body.data or self.referred_to.data):
            yield "body", "Choose whose it is, or enter the name"
        if decision == REFER and not self.refer_reason.data:
            yield "refer_reason", "Say why it is theirs"
        if decision == NOT_ASB and not self.reason.data:
            yield "reason", "Say why it is not anti-social behaviour"


def _about(case: KnownCase) -> str:
    about = f"About {', '.join(case.subjects)}. " if case.subjects else ""
    place = f"{case.address}. " if case.address else ""
    owner = f", {case.owner}" if case.owner else ""
    why = "".join(f" {reason}." for reason in case.why)
    return f"{about}{place}{words(case.status)}, opened {short_day(case.opened_on)}{owner}.{why}"


class MoveForm(_DecisionForm):
    """Where a complaint goes that was joined to the wrong case, and why it does not belong there."""

    question = "where"

    where = RadioField(
        "Where does it belong?", required="Choose where it belongs", size="m",
        choices=[(OTHER_CASE, "In another case"), (BACK, "In no case yet: back to triage")],
    )  # fmt: skip
    case = TextField(
        "Reference of the case", hint="For example, ASB-2026-000123", width=20, autocomplete="off", spellcheck=False
    )
    reason = TextAreaField("Why it does not belong where it is", required="Say why it does not belong there", rows=3)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.where.reveals = {OTHER_CASE: self.fields_called("case")}

    def lacking(self) -> Iterator[tuple[str, str]]:
        if self.where.data == OTHER_CASE and not self.case.data:
            yield "case", "Enter the reference of the case"
