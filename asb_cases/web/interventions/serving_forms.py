"""What is recorded of how a document was given, by the way in which it was."""

from datetime import date, datetime

from werkzeug.datastructures import FileStorage

from asb_cases.adapters.time import now
from asb_cases.domain.files import ENDINGS
from asb_cases.domain.service import METHOD_TITLES, ServiceMethod
from asb_cases.services.service_of_documents import Giving, Posting
from asb_cases.web.forms import (
    CautiousForm,
    Choice,
    DateField,
    FileField,
    Form,
    QueryForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
)
from asb_cases.web.interventions.signing_forms import at_moment
from asb_cases.web.validators import NotInFuture

#: What each way is, for the choice among them.
WAY_HINTS = {
    ServiceMethod.HAND: "To the person; of a company, to its secretary or clerk",
    ServiceMethod.LEFT: "Through the door of their last known address; of a company, its registered or principal office",
    ServiceMethod.POST: "First class to that address: it counts from when it would arrive",
    ServiceMethod.POSTED_ON_PREMISES: "Fixed to the premises where owner or occupier can’t be found (section 45)",
    ServiceMethod.EMAIL: "",
    ServiceMethod.OTHER_WRITTEN: "In a letter about something else, a text message, or by a colleague",
}
NOT_A_WAY = "Not a way that the Act knows for this document: a copy may be noted as a courtesy"


class WayForm(QueryForm):
    """How it was given."""

    way = RadioField("How was it given?", coerce=ServiceMethod, size="m")

    def offer(self, lawful: frozenset[ServiceMethod]) -> None:
        """Every way there is; of those that are none for this document it is said."""
        self.way.choices = [
            Choice(each.value, title, WAY_HINTS[each] if each in lawful else NOT_A_WAY)
            for each, title in METHOD_TITLES.items()
        ]


class _ProofForm(CautiousForm):
    """Files that show how it was given."""

    photo = FileField(
        "Take a photo", accept="image/*", capture="environment", hint="On a telephone, this opens the camera."
    )
    proof = FileField("A file that shows it", accept=",".join(ENDINGS))

    def files(self) -> list[FileStorage]:
        """Those that were sent."""
        chosen = [self[name].data for name in ("photo", "proof") if name in self]
        return [each for each in chosen if each]


class ServiceForm(_ProofForm):
    """How and when a document was given. Questions that the way does not need are taken away."""

    given_on = DateField("Day", [NotInFuture()], noun="The day it was given")
    given_at = TimeField("Time", hint="For example, 14:30 or 2:30pm")
    address = TextField("Address", hint="Where it was given.")
    address_basis = TextField(
        "Why that address",
        hint="For example: last known address, from the tenancy; registered office at Companies House.",
    )
    enquiries_note = TextAreaField(
        "What was done to find out who the owner or occupier is",
        hint="Section 45 asks for reasonable enquiries first: who was asked, when, and what came of it.",
        rows=4,
    )
    deemed_because = TextField(
        "Why it counts from another day", hint="For example: signed for on that day, by the tracking record."
    )
    server = SelectField("Given by", coerce=int)
    witness = TextField("Witness", hint="Who saw it: a colleague, a constable.")
    note = TextAreaField("Note", rows=3, max_length=2000)

    def fit(self, way: ServiceMethod) -> None:
        """Leave the questions that this way of giving it needs."""
        for name, ways in NEEDED.items():
            if way not in ways:
                del self[name]
        if "address" in self:
            self.address.label.text, self.address.description = ADDRESS_WORDS.get(
                way, ("Address", "Where it was given.")
            )
        if way is ServiceMethod.EMAIL:
            self.note.label.text = "What shows that it arrived"
            self.note.description = "The reply, the read receipt, what they said of it later."
            self.proof.label.text = "Its proof as a file"

    def giving(self, way: ServiceMethod, *, sent_on: date | None = None) -> Giving:
        """What was answered."""
        return Giving(
            way,
            given_on=self.given_on.data,
            given_at=self._moment(),
            sent_on=sent_on,
            deemed_because=self._said("deemed_because"),
            address=self._said("address"),
            address_basis=self._said("address_basis"),
            enquiries_note=self._said("enquiries_note"),
            witness=self._said("witness"),
            note=self.note.data,
            server_id=self["server"].data if "server" in self else None,
            proof_follows=bool(self.files()),
        )

    def _moment(self) -> datetime | None:
        return at_moment(self.given_on.data, self["given_at"].data) if "given_at" in self else None

    def _said(self, name: str) -> str | None:
        return self[name].data if name in self else None


_M = ServiceMethod
_IN_PERSON = {_M.HAND, _M.LEFT, _M.POSTED_ON_PREMISES}
#: Which ways need an answer to which question. The others need it not.
NEEDED: dict[str, set[ServiceMethod]] = {
    "given_at": {*_IN_PERSON, _M.EMAIL, _M.OTHER_WRITTEN},
    "address": set(_M) - {_M.POST},
    "address_basis": {_M.LEFT, _M.POSTED_ON_PREMISES},
    "enquiries_note": {_M.POSTED_ON_PREMISES},
    "deemed_because": {_M.POST},
    "server": set(_M) - {_M.POST},
    "witness": _IN_PERSON,
    "photo": _IN_PERSON,
}
ADDRESS_WORDS = {
    _M.HAND: ("Where", "The address, or the place where you met them."),
    _M.LEFT: ("Proper address", "Their last known address; a company’s registered or principal office."),
    _M.POSTED_ON_PREMISES: ("Premises", "Where on them it was fixed goes into the note."),
    _M.EMAIL: ("Email address it was sent to", ""),
    _M.OTHER_WRITTEN: ("Where or to what it was sent", ""),
}


class PostingForm(_ProofForm):
    """When and to where it was posted."""

    sent_on = DateField("Day it was posted", [NotInFuture()], required="Enter the day it was posted")
    address = TextField("Proper address", hint="Their last known address; a company’s registered or principal office.")
    address_basis = TextField("Why that address", hint="For example: last known address, from the tenancy.")
    server = SelectField("Posted by", coerce=int)
    note = TextAreaField("Note", hint="First class, recorded, certificate of posting.", rows=3, max_length=2000)

    def posting(self) -> Posting:
        """What was answered."""
        return Posting(
            self.address.data,
            sent_on=self.sent_on.data,
            address_basis=self.address_basis.data,
            note=self.note.data,
            server_id=self.server.data,
        )


class ReturnedForm(Form):
    """Post that came back."""

    service = RadioField("Which one came back?", coerce=int, required="Choose which one came back")
    returned_on = DateField("Day it came back", [NotInFuture()], required="Enter the day it came back")
    note = TextAreaField("What was written on it", hint="For example: gone away, not known, refused.", rows=3)


def this_minute() -> datetime:
    """The time that forms begin with."""
    return now().replace(second=0, microsecond=0)
