"""What is asked about a series of partner figures, and about one of its values."""

from typing import Any

from asb_cases.adapters.time import today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.partner_returns import Confidence, Rhythm
from asb_cases.domain.periods import Period, parse_any_period
from asb_cases.models.partner_series import SeriesQualifier
from asb_cases.web.forms import (
    DecimalField,
    EmailField,
    Form,
    NumberField,
    SelectField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from asb_cases.web.validators import EmailAddress

RHYTHMS = ((Rhythm.MONTH, "Every month"), (Rhythm.QUARTER, "Every quarter"), (Rhythm.YEAR, "Every financial year"))
CONFIDENCES = (
    (Confidence.FIRM, "Firm: a final count"),
    (Confidence.PROVISIONAL, "Provisional: may still change"),
    (Confidence.ESTIMATE, "An estimate"),
)


class SeriesForm(VersionedForm):
    """What a series is, who supplies it, and when a return is due."""

    title = TextField("Name", required="Enter the name", hint="For example, Recorded crime")
    unit = TextField("Unit", required="Enter the unit", width=20, hint="What is counted: crimes, incidents, people")
    supplied_by = TextField("Who supplies it", hint="For example, the police")
    contact_email = EmailField(
        "Email address of the contact",
        [EmailAddress()],
        autocomplete="off",
        hint="Reminded a week before a return is due, and once when it is late.",
    )
    rhythm = SelectField("Returned", choices=RHYTHMS, blank="Now and then", coerce=Rhythm)
    due_after_days = NumberField(
        "Due how many days after the end of each period",
        least=1,
        most=200,
        hint="Only where it is returned regularly. Periods count from the month in which this is set.",
    )


class NewSeriesForm(SeriesForm):
    """One more series."""

    code = TextField(
        "Code",
        required="Enter the code",
        width=20,
        hint="Small letters, digits and underscores. It stays for ever: imports and figures use it.",
    )


class ValueForm(Form):
    """A series' value for a period."""

    period = TextField(
        "Period",
        required="Enter the period",
        hint="A financial year (2015-16), a year (2015), a quarter (April to June 2015), a month (June 2015) or any days "
        "(1 November 2015 to 31 May 2016).",
    )
    value = DecimalField("Value", hint="Leave it empty where only a change is known.")
    qualifier = SelectField(
        "How exact", choices=[(each, each.value.capitalize()) for each in SeriesQualifier], blank="Exactly",
        coerce=SeriesQualifier,
    )  # fmt: skip
    change_per_cent = DecimalField(
        "Change on the period before, per cent",
        places=1,
        most=99_999,
        hint="Only where the value before is not known: for example, -11",
    )
    confidence = SelectField("Confidence", choices=CONFIDENCES, blank="Not said", coerce=Confidence)
    source = TextField("Source", required="Enter the source")
    note = TextAreaField("Note", rows=2, max_length=1000, hint="Printed beside the figure. Name nobody.")
    because = TextAreaField(
        "Why it takes the place of an earlier value",
        rows=2,
        max_length=1000,
        hint="Only where a value for this period stands already. The old one stays in the history.",
    )

    of: Period

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the period can be read."""
        if not super().validate(extra_validators):
            return False
        try:
            self.of = parse_any_period(self.period.data, today=today())
        except UnreadableDate as error:
            self.period.errors = [str(error)]
            return False
        return True
