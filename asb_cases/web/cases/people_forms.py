"""Who plays which part in a case."""

from asb_cases.domain.people import Part
from asb_cases.queries.case_work import PART_ORDER
from asb_cases.web.filters import words
from asb_cases.web.forms import DateField, Form, RadioField
from asb_cases.web.people.forms import NewPersonForm
from asb_cases.web.validators import NotInFuture

#: What a part is, where the word alone may not say it.
HINTS = {
    Part.SUBJECT: "Who it is about. Nothing is found against them by that.",
    Part.VICTIM: "Who suffers from the behaviour, whether or not they told us.",
    Part.PROFESSIONAL: "For example, a social worker, a housing officer or a doctor.",
}


class AddToCaseForm(NewPersonForm):
    """Somebody's part in a case, and who they are."""

    part = RadioField(
        "Their part in the case",
        required="Choose their part in the case",
        choices=[(part.value, words(part), HINTS.get(part, "")) for part in PART_ORDER],
        coerce=Part,
        small=True,
    )
    from_on = DateField(
        "Since when they play it", [NotInFuture()], noun="First day of the part", hint="If you know it."
    )


class EndPartForm(Form):
    """That somebody no longer plays a part."""

    to_on = DateField("Last day", [NotInFuture()], required="Enter the last day")
