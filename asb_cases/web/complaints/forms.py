"""What the list of complaints can be narrowed by, and what is asked when one is acknowledged or marked as a mistake."""

from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.queries.complaint_pages import ComplaintFilter
from asb_cases.queries.filter_options import Options
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, DateField, Form, QueryForm, SelectField, TextAreaField, TimeField
from asb_cases.web.validators import NotBeforeField, NotInFuture


class ComplaintFilterForm(QueryForm):
    """The filters beside the list."""

    triage = CheckboxesField(
        "Triage", choices=[(each.value, words(each.value)) for each in TriageState], size="s", small=True
    )
    channel = CheckboxesField(
        "Channel", choices=[(each.value, words(each.value)) for each in Channel], size="s", small=True
    )
    category = SelectField("Category", blank="All", coerce=int, size="s")
    ward = SelectField("Ward", blank="All", coerce=int, size="s")
    made_from = DateField("Made from", size="s", hint="")
    made_to = DateField("Made to", [NotBeforeField("made_from")], size="s", hint="")

    def offer(self, options: Options) -> None:
        """Fill the lists to choose from."""
        self.category.choices = options.category
        self.ward.choices = options.ward

    def wanted(self) -> ComplaintFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        return ComplaintFilter(
            triage=tuple(self.triage.data or ()),
            channels=tuple(self.channel.data or ()),
            category_id=self.category.data,
            ward_id=self.ward.data,
            made_from=self.made_from.data,
            made_to=None if self.made_to.errors else self.made_to.data,
        )


class AcknowledgeForm(Form):
    """When whoever reported it was told that we have it."""

    at_on = DateField(
        "Day they were told",
        [NotInFuture()],
        required="Enter the day they were told",
        hint="",
        noun="The day they were told",
    )
    at_time = TimeField("Time they were told", required="Enter the time they were told")


class EnteredInErrorForm(Form):
    """Why a complaint is a mistake."""

    reason = TextAreaField("Why it is a mistake", required="Say why it is a mistake", rows=3)
