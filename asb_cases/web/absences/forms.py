"""The form for an absence."""

from collections.abc import Iterable

from asb_cases.models.user import User
from asb_cases.web.cases.details_forms import officer_choices
from asb_cases.web.forms import DateField, Form, SelectField, VersionedForm
from asb_cases.web.validators import NotBeforeField


class AbsenceForm(Form):
    """Who is away, from when to when, and who covers."""

    user_id = SelectField(
        "Who is away", blank="Choose a colleague", required="Choose who is away", coerce=int, size="s"
    )
    from_on = DateField("First day away", required="Enter the first day", noun="First day", size="s")
    to_on = DateField(
        "Last day away", [NotBeforeField("from_on")], required="Enter the last day", noun="Last day", size="s"
    )
    cover_id = SelectField("Who covers", blank="Choose a colleague", required="Choose who covers", coerce=int, size="s")

    def offer(self, people: Iterable[User], *, only: int | None) -> None:
        """Fill the lists. `only`: the one whose absence it may be, for whoever records their own."""
        everybody = officer_choices(people)
        self.cover_id.choices = everybody
        self.user_id.choices = [each for each in everybody if only is None or each[0] == str(only)]


class EndAbsenceForm(VersionedForm):
    """No questions, only a button."""
