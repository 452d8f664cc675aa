"""The questions of pages on what became of a warning or notice, and of how it ends."""

from typing import Any

from asb_cases.web.forms import (
    CautiousForm,
    DateField,
    Form,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    VersionedForm,
)


class ComplianceForm(VersionedForm):
    """A warning was heeded."""

    assessment = TextAreaField(
        "How do you know that it was heeded?",
        hint="What you saw or were told, when, and by whom.",
        required="Say how you know that it was heeded",
    )


class NotHeededForm(VersionedForm):
    """A warning was not heeded."""

    evidence_on = DateField(
        "On which day was the conduct seen or heard to go on?",
        noun="Day of the evidence",
        required="Enter the day on which the conduct was seen or heard to go on",
    )
    assessment = TextAreaField(
        "What shows it?",
        hint="Say what was seen or heard, by whom, and where it is recorded.",
        required="Say what shows that the conduct went on",
    )


class RequirementMetForm(VersionedForm):
    """A requirement of a notice was met."""

    requirement = SelectField(
        "Which requirement?", coerce=int, blank="Choose a requirement", required="Choose the requirement that was met"
    )
    met_on = DateField("On which day was it met?", noun="Day it was met", required="Enter the day on which it was met")
    assessment = TextAreaField("How do you know?", required="Say how you know that it was met")


class ReviewForm(VersionedForm):
    """A notice in force was looked at again."""

    assessment = TextAreaField(
        "What did the review find?",
        hint="Whether the notice is still needed as it stands, and why.",
        required="Say what the review found",
    )
    next_review_on = DateField(
        "When is it reviewed next?", noun="Next review", hint="Leave it blank for the day that council policy gives."
    )


class EndingForm(CautiousForm):
    """A warning or notice is withdrawn or discharged, or a penalty cancelled."""

    reason = TextAreaField(
        "Why?", hint="In words that can be read out to the recipient or in court.", required="Enter the reason"
    )
    recipient_told = TickField("The recipient has been told")
    victim_told = TickField("The victim has been told", hint="Also where there is no victim to tell.")

    def ending(self) -> dict[str, Any]:
        """The answers, by the names that the acts give them."""
        return {
            "reason": self.reason.data,
            "recipient_told": self.recipient_told.data,
            "victim_told": self.victim_told.data,
            "cautions_reason": self.cautions_reason.data,
            "version": self.version.data,
        }


class ReasonForm(VersionedForm):
    """A step that needs a reason and nothing else."""

    reason = TextAreaField("Why?", required="Enter the reason", hint="Your reason is kept with the record.")


class OverForm(VersionedForm):
    """A notice is over: its last day has passed, or everything was done."""

    complied_because = TextAreaField(
        "How was every requirement met?",
        hint="Leave it blank where the notice is over because its last day has passed.",
    )


class ButtonForm(VersionedForm):
    """A step that asks nothing."""


class VaryForm(CautiousForm):
    """A notice is varied. Questions about each requirement are added (requirement_fields.py)."""

    reason = TextAreaField(
        "Why is the notice varied?",
        hint="What has changed, or what the recipient put forward. The recipient is told these reasons.",
        required="Say why the notice is varied",
    )
    ends_on = DateField("New last day of the notice", hint="Leave it blank to keep it as it is.")
    review_on = DateField("New review day", hint="Leave it blank to keep it as it is.")


class RepresentationForm(Form):
    """What somebody put forward about a document."""

    received_on = DateField(
        "When was it received?", noun="Day received", required="Enter the day on which it was received"
    )
    made_by = TextField(
        "Who made it?", hint="Leave it blank for the recipient. Otherwise a solicitor, parent, adviser …"
    )
    text = TextAreaField(
        "What did they put forward?",
        hint="In their words as far as you can. Attach a letter to the case.",
        required="Enter what they put forward",
    )


class AnswerForm(VersionedForm):
    """What they were answered."""

    answered_on = DateField("When was it answered?", noun="Day of the answer", required="Enter the day of the answer")
    answer = TextAreaField(
        "What were they answered, and why?",
        hint="What you considered, what follows from it, and how they were told.",
        required="Enter what they were answered",
    )


class MistakeForm(Form):
    """An entry was made in error."""

    reason = TextAreaField(
        "Why was it entered in error?",
        hint="For example: entered twice, on the wrong record, on the wrong day. Your reason is kept with the record.",
        required="Say why it was entered in error",
    )
