"""The questions of pages about courts: a prosecution's file, laying, hearings, results."""

from asb_cases.domain.hearings import OUTCOME_TITLES, PURPOSE_TITLES, HearingOutcome, HearingPurpose
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.prosecution import RESULTS
from asb_cases.models.hearing import Hearing
from asb_cases.services.hearings import Listing
from asb_cases.services.prosecutions import Result
from asb_cases.web.forms import (
    CautiousForm,
    DateField,
    Form,
    MoneyField,
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


class FileForm(CautiousForm):
    """The summary of a prosecution file, as it is begun or given to legal."""

    conduct = TextAreaField(
        "Summary of the case",
        hint="What is alleged, how it is proved, what the recipient says, what was tried before.",
        required="Enter a summary of the case",
        rows=8,
    )


class SignOffForm(CautiousForm):
    """Legal's review: both stages of the Code, and the authority to prosecute."""

    evidential_note = TextAreaField(
        "Evidential stage: is there a realistic prospect of conviction?",
        hint="Reasonable excuse, and all reasonable steps, included (2014 Act s.48(3)).",
    )
    public_interest_note = TextAreaField("Public interest stage: is a prosecution required in the public interest?")
    authority_reference = TextField(
        "Under which authority?", hint="The reference of the delegation or decision.", max_length=100
    )


class LayForm(CautiousForm):
    """An information was laid."""

    laid_on = DateField(
        "On which day was it laid?", noun="Day of laying", required="Enter the day on which it was laid"
    )
    continuing_failure_reason = TextAreaField(
        "If you rely on a later alleged day: why is it a failure that went on?",
        hint="Only where the six months of the first alleged day are over. For legal alone to decide.",
        rows=4,
    )


class ResultForm(VersionedForm):
    """What the court did with a prosecution."""

    result = RadioField(
        "What did the court decide?",
        choices=[(result, POWERS["PROSECUTION"].status_titles[result]) for result in RESULTS],
        required="Say what the court decided",
    )
    decided_on = DateField(
        "On which day?", noun="Day of the decision", required="Enter the day of the court’s decision"
    )
    plea = SelectField(
        "Plea", blank="Not recorded",
        choices=[("guilty", "Guilty"), ("not_guilty", "Not guilty"), ("none", "None was entered")],
    )  # fmt: skip
    court = TextField("Court", hint="For example, Oxford Magistrates’ Court")
    fine = MoneyField("Fine")
    costs = MoneyField("Costs")
    surcharge = MoneyField("Victim surcharge")
    compensation = MoneyField("Compensation")
    remedial_order = TextAreaField(
        "Remedial order (2014 Act s.49)", rows=3, hint="What has to be done, by whom, until when."
    )
    forfeiture = TextAreaField("Forfeiture (2014 Act s.50)", rows=2, hint="Which item, and to whom it is handed over.")
    orders = TextAreaField("Any other order", rows=2)

    def outcome(self) -> Result:
        """What was answered."""
        return Result(
            result=self.result.data,
            decided_on=self.decided_on.data,
            plea=self.plea.data,
            court=self.court.data,
            fine_pence=self.fine.data,
            costs_pence=self.costs.data,
            surcharge_pence=self.surcharge.data,
            compensation_pence=self.compensation.data,
            remedial_order=self.remedial_order.data,
            forfeiture=self.forfeiture.data,
            orders=self.orders.data,
        )
