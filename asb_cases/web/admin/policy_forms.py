"""Forms for what the council decides, each from a day."""

from typing import Any

from asb_cases.domain.legal_values import LONGEST_TEXT, WHOLE_NUMBERS, LegalValue
from asb_cases.web.fields.base import GovukField
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    DateField,
    Form,
    MoneyField,
    NumberField,
    RadioField,
    TextAreaField,
    TextField,
    VersionedForm,
)


class ValueForm(Form):
    """A value from a day, with its authority. `value` is asked in the unit of its code."""

    value: GovukField
    from_on: DateField
    source: TextField

    def typed_value(self) -> str:
        """The value as it is kept."""
        return "" if self.value.data is None else str(self.value.data)


def value_form(entry: LegalValue) -> ValueForm:
    """The form for one code. Its fields are made in the order of the page, which is that of the error summary."""
    fields = {
        "value": _field(entry),
        "from_on": DateField("From which day", required="Enter the day from which it applies"),
        "source": TextField(
            "Authority for it",
            required="Enter where it was decided",
            hint="For example Cabinet, 12 March 2026, minute 14; or the number of the regulations.",
        ),
    }
    made: type[ValueForm] = type("ValueFormOfUnit", (ValueForm,), fields)
    return made()


def _field(entry: LegalValue) -> Any:
    needed = "Enter the value"
    if entry.unit == "pence":
        return MoneyField("Amount", required=needed)
    if entry.unit in WHOLE_NUMBERS:
        unit = "" if entry.unit == "number" else entry.unit.replace("_", " ")
        return NumberField("Value", required=needed, most=99_999, suffix=unit)
    if entry.unit == "time":
        return TextField("Time of day", required=needed, hint="For example 17:00", width=5)
    if entry.unit == "choice":
        return RadioField("Value", required=needed, choices=[(each, words(each)) for each in entry.choices])
    return TextAreaField("Words", hint="Leave it empty for none yet.", max_length=LONGEST_TEXT, counted=True)


class HolidayForm(Form):
    """A bank holiday to be added."""

    day = DateField("Day", required="Enter the day")
    title = TextField("What it is", required="Enter what the day is", hint="For example a proclaimed day of mourning.")


class CoverageForm(VersionedForm):
    """Since when the records of a figure are complete."""

    complete_from = DateField("Complete from", required="Enter the first day of complete records")
    note = TextAreaField(
        "Why earlier records are not complete",
        required="Say why earlier records are not complete",
        hint="It is printed below the figure.",
        rows=3,
        max_length=500,
    )


class ButtonForm(Form):
    """No questions, only a button."""
