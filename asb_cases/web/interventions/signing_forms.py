"""What is asked of those who authorise, sign, send back or give up a document."""

from collections.abc import Iterable
from datetime import date, datetime, time

from werkzeug.datastructures import FileStorage

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.models.user import User
from asb_cases.web.forms import (
    CautiousForm,
    DateField,
    FileField,
    Form,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.validators import NotInFuture


class ReasonForm(VersionedForm):
    """A reason, and nothing else."""

    reason = TextAreaField("Why", required="Say why", max_length=2000)


class RemarkForm(Form):
    """A remark, if there is one."""

    remark = TextAreaField("What you found", hint="It is kept with the record.", max_length=2000)


class AskForm(Form):
    """Who is to look at a draft."""

    of = SelectField("Who is to authorise it?", coerce=int, required="Choose who is to authorise it")

    def offer(self, people: Iterable[User]) -> None:
        """Those who may."""
        self.of.choices = [(str(each.id), f"{each.name} ({each.role.value})") for each in people]


class AuthoriseForm(CautiousForm):
    """Nothing but the reason for going on, where one is asked for."""


class IssueForm(CautiousForm):
    """The issuer's signature."""

    satisfied = TickField(
        "I am satisfied of it, on reasonable grounds",
        required="Tick to say that you are satisfied: the issuer signs for it",
    )
    signed_on = DateField(
        "Day it was signed",
        [NotInFuture()],
        hint="Only if it was written and signed by hand earlier. Else leave it blank.",
    )
    signed_at = TimeField("Time it was signed")
    dated_on = DateField("Date of the notice", hint="The day you sign it, unless it is to bear a later one.")

    def moment(self) -> datetime | None:
        """When it was signed by hand; None for now."""
        return at_moment(self.signed_on.data, self.signed_at.data)


class DoorForm(CautiousForm):
    """Signed and handed over in one go."""

    satisfied = TickField(
        "I am satisfied of it, on reasonable grounds",
        required="Tick to say that you are satisfied: the issuer signs for it",
    )
    given_on = DateField(
        "Day", [NotInFuture()], noun="The day it was handed over", required="Enter the day it was handed over"
    )
    given_at = TimeField("Time", noun="The time it was handed over", required="Enter the time it was handed over")
    address = TextField("Where", hint="The address, or the place where you met them.")
    witness = TextField("Witness", hint="Who saw it: a colleague, a constable.")
    note = TextAreaField("What they said or did", rows=3, max_length=2000)
    photo = FileField(
        "Take a photo", accept="image/*", capture="environment", hint="On a telephone, this opens the camera."
    )

    def files(self) -> list[FileStorage]:
        """The photo, if one was taken."""
        return [self.photo.data] if self.photo.data else []

    def moment(self) -> datetime:
        """When it was handed over."""
        return at_moment(self.given_on.data, self.given_at.data) or now()


def at_moment(day: date | None, at: time | None) -> datetime | None:
    """A day and a time of day in London; a time alone is today's."""
    if at is None:
        return None
    return datetime.combine(day or today(), at, tzinfo=LONDON)
