"""The questions of pages about appeals."""

from asb_cases.domain.appeals import GROUND_TITLES, AppealGround, AppealOutcome
from asb_cases.web.forms import (
    CautiousForm,
    CheckboxesField,
    DateField,
    RadioField,
    TextAreaField,
    TextField,
    VersionedForm,
)

OUTCOMES = (
    (AppealOutcome.DISMISSED, "Dismissed", "The notice stands as it is."),
    (AppealOutcome.MODIFIED, "Modified", "The notice stands in the court’s words. Give them below."),
    (AppealOutcome.QUASHED, "Quashed", "The notice is over."),
    (AppealOutcome.WITHDRAWN, "Withdrawn", "The recipient gave the appeal up. The notice stands as it is."),
)


class LodgeForm(VersionedForm):
    """An appeal was lodged."""

    lodged_on = DateField(
        "When was the appeal lodged?", noun="Day lodged", required="Enter the day on which the appeal was lodged"
    )
    court = TextField("Which magistrates’ court?", hint="For example, Oxford Magistrates’ Court")
    grounds = CheckboxesField(
        "On which grounds?",
        choices=[(ground.value, GROUND_TITLES[ground]) for ground in AppealGround],
        coerce=AppealGround,
        small=True,
        hint="Those of section 46(1). Leave them all blank if the notice of appeal names none.",
    )


class DirectionForm(VersionedForm):
    """The court ordered that stop requirements too have no effect."""

    stop_suspended_on = DateField(
        "From which day?", noun="Day of the order", required="Enter the day from which the court’s order has effect"
    )
    note = TextAreaField("What did the court order?", rows=3)


class DetermineForm(CautiousForm):
    """How an appeal ended. Questions about each requirement are added (requirement_fields.py)."""

    outcome = RadioField(
        "How did the appeal end?",
        choices=[(outcome.value, title, hint) for outcome, title, hint in OUTCOMES],
        coerce=AppealOutcome,
        required="Say how the appeal ended",
    )
    determined_on = DateField(
        "On which day?", noun="Day on which the appeal ended", required="Enter the day on which the appeal ended"
    )
    ends_on = DateField(
        "Last day of the notice, if the court changed it",
        noun="The last day of the notice",
        hint="Leave it blank if the court left it as it was.",
    )
    note = TextAreaField("What did the court say?", hint="The order, costs, reasons, as far as they matter here.")
