"""The questions of the public form for a case review, one page each."""

from typing import Any

from wtforms.validators import ValidationError

from asb_cases.domain.case_review_application import ApplicantRole, VictimConsent
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import (
    DateField,
    EmailField,
    Form,
    RadioField,
    TextAreaField,
    TextField,
)
from asb_cases.web.validators import EmailAddress, NotInFuture

ROLES = (
    (ApplicantRole.VICTIM.value, "Myself, or my own household, business or group"),
    (ApplicantRole.RELATIVE.value, "Somebody in my family"),
    (ApplicantRole.FRIEND.value, "A friend or neighbour"),
    (ApplicantRole.COUNCILLOR.value, "Somebody I represent as their councillor"),
    (ApplicantRole.MP.value, "Somebody I represent as their MP"),
    (ApplicantRole.PROFESSIONAL.value, "Somebody I work with, for example as a support worker"),
    (ApplicantRole.OTHER.value, "Somebody else"),
)
CONSENTS = (
    (VictimConsent.YES.value, "Yes, they have agreed"),
    (VictimConsent.NO.value, "No, they do not want me to be told"),
    (VictimConsent.NOT_ASKED.value, "I have not asked them"),
)
BODIES = (
    ("Council", "The council"),
    ("Police", "The police"),
    ("Landlord", "A landlord or housing association"),
    ("Health service", "A health service"),
    ("other", "Somebody else"),
)
REACHED_BY = "Enter an email address, a phone number or a postal address, so that we can answer you"


class QuestionForm(Form):
    """The questions of one page."""

    def questions(self) -> list[GovukField]:
        """Those that people see, in their order."""
        return [field for field in self if isinstance(field, GovukField)]


class WhoForm(QuestionForm):
    """For whom the review is asked."""

    applicant_role = RadioField(
        "Who are you asking for?",
        required="Choose who you are asking for",
        choices=ROLES,
        hint="Anybody may ask for a review.",
    )


class VictimForm(QuestionForm):
    """The victim, where somebody asks for them."""

    on_behalf_of = TextField(
        "What is the name of the person you are asking for?",
        required="Enter the name of the person you are asking for",
        hint="It may also be a business or a community group.",
        autocomplete="off",
    )


class ConsentForm(QuestionForm):
    """What the victim agrees to. It governs what is shared with whoever asks, never whether the request is received."""

    victim_consent = RadioField(
        "Do they agree that we tell you about their case?",
        required="Choose whether they agree that we tell you about their case",
        choices=CONSENTS,
        hint="We look at your request whatever you choose. It only decides what we may tell you.",
    )


class WhatForm(QuestionForm):
    """What has been happening."""

    words = TextAreaField(
        "What has been happening?",
        required="Say what has been happening",
        hint="In your own words: what is done, where, how often, and since when. Do not put yourself at risk to find out more.",
        rows=8,
        max_length=4000,
        counted=True,
    )


class ReportForm(Form):
    """One report of it, to whatever body."""

    body = RadioField("Who was it reported to?", required="Choose who it was reported to", choices=BODIES)
    body_name = TextField("Their name, if you know it", hint="For example the name of the landlord.")
    made_on = DateField(
        "When was it reported?",
        [NotInFuture()],
        noun="Day it was reported",
        hint="For example, 27 3 2026. Leave it blank if you do not know: we will find out.",
    )
    occurred_on = DateField(
        "When did it happen?",
        [NotInFuture()],
        noun="Day it happened",
        hint="For example, 26 3 2026. Leave it blank if you do not know.",
    )
    description = TextAreaField(
        "What was it about, and what was done?",
        hint="A few words are enough. Add a reference number if you have one.",
        rows=4,
        max_length=1000,
    )
    complainant = TextField(
        "Who reported it?", hint="Leave it blank if it was you, or the person you are asking for.", autocomplete="off"
    )

    def validate_made_on(self, field: Any) -> None:
        """Nobody reports what has not happened yet."""
        happened = self.occurred_on.data
        if happened is not None and field.data is not None and field.data < happened:
            raise ValidationError("Day it was reported must be the day it happened or later")


class MoreForm(Form):
    """Whether there is another report to tell of."""

    more = RadioField(
        "Do you want to add another report?",
        required="Choose whether you want to add another report",
        choices=(("yes", "Yes"), ("no", "No")),
        inline=True,
    )


class EffectForm(QuestionForm):
    """What it does to people."""

    effect = TextAreaField(
        "How does it affect you, or the person you are asking for?",
        hint="For example on health, sleep, work, children, or feeling safe. You may leave this blank.",
        rows=6,
        max_length=4000,
        counted=True,
    )


class NameForm(QuestionForm):
    """Who asks."""

    contact_name = TextField("What is your name?", required="Enter your name", autocomplete="name")


class ContactForm(QuestionForm):
    """How to answer."""

    contact_email = EmailField(
        "Email address", [EmailAddress()], hint="We send the reference number there, and nothing about you."
    )
    contact_phone = TextField("Phone number", input_type="tel", autocomplete="tel", width=20, max_length=60)
    contact_address = TextAreaField("Postal address", rows=4, max_length=500)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether there is one way to answer at least."""
        good = bool(super().validate(extra_validators))
        if good and not (self.contact_email.data or self.contact_phone.data or self.contact_address.data):
            self.contact_email.errors = [*self.contact_email.errors, REACHED_BY]
            return False
        return good


class SafeForm(QuestionForm):
    """How not to put somebody at risk by answering."""

    safe_contact = TextAreaField(
        "Is there a time or a way in which we should not contact you?",
        hint="For example “only by text message” or “do not leave a message”. You may leave this blank.",
        rows=3,
        max_length=500,
    )


class SendForm(Form):
    """Sending it. `website` is for programs that fill in whatever they find: people do not see it."""

    website = TextField("Leave this box empty", autocomplete="off")


class ButtonForm(Form):
    """No questions, only a button."""
