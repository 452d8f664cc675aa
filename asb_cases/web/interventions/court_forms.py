"""The questions of pages about courts: hearings, and what became of them."""

from asb_cases.domain.hearings import OUTCOME_TITLES, PURPOSE_TITLES, HearingOutcome, HearingPurpose
from asb_cases.models.hearing import Hearing
from asb_cases.services.hearings import Listing
from asb_cases.web.forms import (
    DateField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
)

PURPOSES = [(purpose.value, PURPOSE_TITLES[purpose]) for purpose in HearingPurpose]


class HearingForm(Form):
    """A hearing that the court has listed."""

    purpose = SelectField(
        "What is listed?", choices=PURPOSES, coerce=HearingPurpose, blank="Choose one", required="Choose what is listed"
    )
    listed_on = DateField("Day", noun="Day of the hearing", required="Enter the day of the hearing")
    listed_at = TimeField("Time", hint="Leave it blank if the court has not said.")
    court = TextField("Court", hint="For example, Oxford Magistrates’ Court")


class HearingRecordForm(VersionedForm):
    """What became of a hearing, and the next one."""

    outcome = RadioField(
        "What became of it?",
        choices=[(outcome.value, OUTCOME_TITLES[outcome]) for outcome in HearingOutcome],
        coerce=HearingOutcome,
        required="Say what became of the hearing",
    )
    note = TextAreaField(
        "What did the court do?",
        hint="The plea, directions, reasons for an adjournment. The result itself is recorded on a page of its own.",
        required="Say what the court did",
    )
    next_on = DateField("Day of the next hearing", hint="Leave it blank if the court has named none.")
    next_at = TimeField("Its time")
    next_purpose = SelectField("What it is for", choices=PURPOSES, coerce=HearingPurpose, blank="Choose one")

    def following(self, before: Hearing) -> Listing | None:
        """The next hearing, at the same court, if a day is named."""
        if self.next_on.data is None:
            return None
        return Listing(self.next_on.data, self.next_purpose.data or before.purpose, self.next_at.data, before.court)
