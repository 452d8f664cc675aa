"""The days of reports, for whoever wants to know whether their case would qualify. No name, no place, no words."""

from wtforms import Form as PlainForm

from asb_cases.web.forms import DateField, Form, RowsField
from asb_cases.web.validators import NotInFuture


class ReportedForm(PlainForm):
    """One report."""

    occurred_on = DateField(
        "When did it happen?", [NotInFuture()], noun="Day it happened", hint="For example, 26 3 2026"
    )
    made_on = DateField(
        "When was it reported?", [NotInFuture()], noun="Day it was reported", hint="For example, 27 3 2026"
    )


class QualifyingForm(Form):
    """As many reports as there were."""

    reports = RowsField(
        "Reports",
        row=ReportedForm,
        noun="report",
        least=3,
        required="Enter the day of at least one report",
        hint="Leave a day blank if you do not know it. One event that was reported to two organisations is one report.",
    )
