"""What the list of interventions can be narrowed by."""

from asb_cases.domain.powers import POWERS
from asb_cases.queries.intervention_list import InterventionFilter
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, DateField, QueryForm, SelectField
from asb_cases.web.validators import NotBeforeField

#: What is not given yet is a list of its own.
PREPARATION = "preparation"
STATUSES = sorted({status for power in POWERS.values() for status in power.status_titles})


class InterventionFilterForm(QueryForm):
    """The filters beside the list."""

    power = CheckboxesField(
        "Power", choices=[(power.code, power.short_title) for power in POWERS.values()], size="s", small=True
    )
    status = SelectField("Status", blank="All", choices=[(status, words(status)) for status in STATUSES], size="s")
    given_from = DateField("Given from", size="s", hint="")
    given_to = DateField("Given to", [NotBeforeField("given_from")], size="s", hint="")

    def wanted(self, *, given: bool) -> InterventionFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        return InterventionFilter(
            given=given,
            powers=tuple(self.power.data or ()),
            status=self.status.data,
            from_on=self.given_from.data,
            to_on=None if self.given_to.errors else self.given_to.data,
        )
