"""What is asked of whoever takes a report in, quick enough to fill in while somebody is on the telephone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask import request

from asb_cases.adapters.time import now
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.complaints import Channel, Reporter
from asb_cases.domain.contact_preferences import WAY_TITLES, ContactWay
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.people import PersonKind
from asb_cases.domain.places import tidied_postcode
from asb_cases.domain.service_standards import PRIORITY_TITLES, standard_in_words
from asb_cases.queries.intake_options import intake_options
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.chosen import ChosenRowField
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
)
from asb_cases.web.validators import EmailAddress, NotInFuture

#: A body passes on what it was told in a way of its own, and an out-of-hours shift has a form of its own.
CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON, Channel.LETTER, Channel.WEB, Channel.APP)
UNKNOWN, PREMISES, OTHER_DAY = "unknown", "premises", "other"
WHO_IT_IS_ABOUT = (
    (UNKNOWN, "Not known"),
    (PersonKind.INDIVIDUAL, "A person"),
    (PersonKind.BODY, "A company or other body"),
    (PREMISES, "The occupier or owner of premises"),
)
REPORTERS = (
    (Reporter.PERSON, "A person"),
    (Reporter.ANONYMOUS, "Somebody who gives no name"),
    (Reporter.PARTNER, "Another body passed it on"),
)
#: What is looked up while it is typed, by the names of the fields.
WATCHED = (
    "place", "postcode", "reporter", "reporter_name", "reporter_phone", "about", "person_name", "body_name", "premises",
    "known_place", "known_reporter", "known_subject", "join",
)  # fmt: skip
#: The button that sends the form to see what is known already, and saves nothing.
LOOK = "look"


class IntakeForm(Form):
    """A report: what, where, when, who said so, whom it is about; and what was chosen of what is known already."""

    WATCHED = WATCHED

    description = TextAreaField("What happened", required="Say what happened", rows=4, size="m")
    categories = CheckboxesField("What it is about", required="Choose what it is about", small=True, size="s")

    place = TextField("Address or place", hint="A street, a park or a shop will do", autocomplete="off")
    postcode = TextField("Postcode", width=10, autocomplete="off", spellcheck=False)
    ward = SelectField("Ward", blank="Not known", coerce=int)

    day = RadioField("When it happened", small=True, size="s")
    occurred_on = DateField("Which day", [NotInFuture()], noun="The day it happened", hint="")
    occurred_when = TextField("Time or period", hint="For example, 10pm to 3am, or most evenings", width=20)
    still_going_on = TickField("It is still going on")

    channel = SelectField(
        "How it was reported", choices=[(each.value, words(each.value)) for each in CHANNELS], coerce=Channel,
        required="Choose how it was reported", blank="Choose",
    )  # fmt: skip
    made_on = DateField("Day it was reported", [NotInFuture()], required="Enter the day it was reported", hint="")
    made_at = TimeField("Time it was reported", required="Enter the time it was reported")

    reporter = RadioField(
        "Who reported it", required="Choose who reported it", size="m", small=True, coerce=Reporter, choices=REPORTERS
    )
    reporter_name = TextField("Their name", autocomplete="off", spellcheck=False)
    reporter_phone = TextField("Telephone", width=20, inputmode="tel", autocomplete="off")
    reporter_email = EmailField("Email address", [EmailAddress()], autocomplete="off")
    reporter_address = TextField("Their address", autocomplete="off")
    safe_contact = TextField(
        "How to contact them safely", hint="Only if it matters. For example, text first, and only by day",
        max_length=500, autocomplete="off",
    )  # fmt: skip
    not_by = CheckboxesField("Never contact them by", choices=WAY_TITLES.items(), coerce=ContactWay, small=True)
    body = SelectField("Which body", blank="Not in the list")
    body_other = TextField("Its name, if it is not in the list")
    their_reference = TextField("Their reference", width=20, autocomplete="off", spellcheck=False)

    about = RadioField("Who it is about", size="m", small=True, choices=WHO_IT_IS_ABOUT)
    person_name = TextField("Name of the person", autocomplete="off", spellcheck=False)
    person_address = TextField("Where they live, if known", autocomplete="off")
    body_name = TextField("Name of the company or body", autocomplete="off", spellcheck=False)
    body_address = TextField("Where it is based, if known", autocomplete="off")
    premises = TextField("Which premises", hint="Left blank, the place above", autocomplete="off")
    premises_as = RadioField(
        "Who is meant", choices=[(PersonKind.OCCUPIER, "The occupier"), (PersonKind.OWNER, "The owner")], inline=True,
        small=True, coerce=PersonKind,
    )  # fmt: skip

    known_place = TextField("Known already, the place")
    known_reporter = ChosenRowField("Known already, who reported it", found_at="known")
    known_subject = ChosenRowField("Known already, who it is about", found_at="known")
    join = ChosenRowField("Join an open case", found_at="known")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        moment = local(now())
        usual = {
            "channel": Channel.PHONE, "made_on": moment.date(), "made_at": moment.time(), "reporter": Reporter.PERSON,
            "about": UNKNOWN, "premises_as": PersonKind.OCCUPIER,
        }  # fmt: skip
        super().__init__(*arguments, **{**usual, **named})
        options = intake_options()
        self.categories.choices, self.ward.choices, self.body.choices = options.category, options.ward, options.body
        self.day.choices = _days(moment.date())
        self.day.reveals = {OTHER_DAY: self._asked("occurred_on")}
        self.reporter.reveals = {
            Reporter.PERSON: self._asked(
                "reporter_name", "reporter_phone", "reporter_email", "reporter_address", "not_by", "safe_contact"
            ),
            Reporter.PARTNER: self._asked("body", "body_other", "their_reference"),
        }
        self.about.reveals = {
            PersonKind.INDIVIDUAL: self._asked("person_name", "person_address"),
            PersonKind.BODY: self._asked("body_name", "body_address"),
            PREMISES: self._asked("premises", "premises_as"),
        }

    def _asked(self, *names: str) -> tuple[GovukField, ...]:
        return tuple(field for name in names if isinstance(field := self[name], GovukField))

    @property
    def looks(self) -> bool:
        """Whether it was sent to see what is known already."""
        return self.is_submitted() and LOOK in request.form

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """Whether it is to be saved, and can be."""
        return not self.looks and super().validate_on_submit(extra_validators)

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides what each answer needs: what one answer asks of others. What was not asked is not judged."""
        super().validate(extra_validators)
        for question in (self.day, self.reporter, self.about):
            for value, fields in question.reveals.items():
                for field in fields if value != question.data else ():
                    field.errors = []
        for name, message in self._lacking():
            self[name].errors = [*self[name].errors, message]
        return not self.errors

    def _lacking(self) -> Iterator[tuple[str, str]]:
        if self.postcode.data and tidied_postcode(self.postcode.data) is None:
            yield "postcode", "Enter a full postcode, like OX4 1AB, or leave it blank"
        if self.day.data == OTHER_DAY and not (self.occurred_on.data or self.occurred_on.errors):
            yield "occurred_on", "Enter the day it happened"
        if self.reporter.data is Reporter.PERSON and not (self.reporter_name.data or self.known_reporter.data):
            yield "reporter_name", "Enter their name, or choose that they give none"
        if self.reporter.data is Reporter.PARTNER and not (self.body.data or self.body_other.data):
            yield "body", "Choose which body, or enter its name"
        if self.about.data == PersonKind.INDIVIDUAL and not (self.person_name.data or self.known_subject.data):
            yield "person_name", "Enter the name of the person, or choose “Not known”"
        if self.about.data == PersonKind.BODY and not (self.body_name.data or self.known_subject.data):
            yield "body_name", "Enter the name of the company or body, or choose “Not known”"
        if self.about.data == PREMISES and not (self.premises.data or self.place.data or self.postcode.data):
            yield "premises", "Enter which premises"


def _days(today: date) -> list[tuple[str, str]]:
    """Today and yesterday keep their days, should midnight pass before the form is sent."""
    yesterday = today - timedelta(days=1)
    return [
        (today.isoformat(), f"Today, {in_words(today)}"),
        (yesterday.isoformat(), f"Yesterday, {in_words(yesterday)}"),
        (OTHER_DAY, "Another day"),
    ]


class NewComplaintForm(IntakeForm):
    """A complaint, for triage or for a case that is chosen among those found."""


class NewCaseForm(IntakeForm):
    """A complaint and the case that it opens; unless it joins one that was found."""

    priority = RadioField(
        "Priority", choices=[(str(number), f"{number}: {about}") for number, about in PRIORITY_TITLES.items()], coerce=int,
        size="m", small=True,
    )  # fmt: skip
    case_title = TextField(
        "What to call the case", hint="Left blank, it is called after what it is about and the place"
    )
    mine = TickField("I will work on this case myself")

    def show_standards(self, day: date, values: LegalValues) -> None:
        """Say with each priority what the council promises for it."""
        self.priority.choices = [
            (value, label, standard_in_words(int(value), day, values)) for value, label, _hint in self.priority.choices
        ]

    def _lacking(self) -> Iterator[tuple[str, str]]:
        yield from super()._lacking()
        if not (self.priority.data or self.priority.errors or self.join.data):
            yield "priority", "Choose a priority"
