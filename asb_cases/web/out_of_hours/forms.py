"""What is asked of a request in the night, of what happened later, and of notices in force."""

from collections.abc import Sequence
from datetime import datetime

from asb_cases.adapters.time import now
from asb_cases.domain.complaints import OutOfHoursResponse
from asb_cases.domain.out_of_hours import KINDS, moments_arrived, moments_received
from asb_cases.queries.filter_options import Option
from asb_cases.web.forms import (
    DateField,
    QueryForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)

NAMED, ANONYMOUS = "named", "anonymous"
FIRST, SECOND = "first", "second"
TWICE = [(FIRST, "The first time, before the clocks went back"), (SECOND, "The second time, after they went back")]
RESPONSES = [
    (OutOfHoursResponse.VISIT.value, "Visit", "Somebody goes, or went, to the place"),
    (OutOfHoursResponse.CONTACT.value, "Contact", "A call or message only"),
    (OutOfHoursResponse.NONE.value, "No visit or contact", "Nothing could be done in the night"),
]


class _ArrivalForm(VersionedForm):
    """The response and the time of arrival. A time alone is asked for: it is the first such time after the request."""

    response = RadioField("Response", choices=RESPONSES, coerce=OutOfHoursResponse, required="Choose the response")
    arrived = TimeField(
        "Time of arrival", hint="Of a visit. Leave it blank if nobody is there yet: it can be added later."
    )
    arrived_which = RadioField("Which of the two times of arrival was it?", choices=TWICE)

    asks_arrived_which = False

    def arrived_at(self, received: datetime | None) -> datetime | None:
        """The moment of arrival. Puts into the form what has to be asked."""
        if received is None or self.arrived.data is None:
            return None
        found = moments_arrived(self.arrived.data, received)
        moment = self._meant(found, self.arrived, self.arrived_which)
        self.asks_arrived_which = len(found) > 1
        return moment

    def _meant(self, found: Sequence[datetime], asked: TimeField, which: RadioField) -> datetime | None:
        """The one of the moments that is meant; in the hour that comes twice the form asks."""
        if not found:
            asked.errors = [f"{asked.noun} is not a time of that day: the clocks went forward"]
        elif len(found) == 1:
            return found[0]
        elif which.data is None:
            which.errors = [f"Say which {asked.as_typed()} it was: the clocks went back in that night"]
        else:
            return found[0] if which.data == FIRST else found[1]
        return None


class RequestForm(_ArrivalForm):
    """A request as it reached the shift."""

    made_at = TimeField("Time received", noun="Time received", required="Enter the time at which it was received")
    made_on = DateField(
        "Day received",
        hint="Leave it blank for the last time the clock showed that time: 23:50 typed at 00:40 is the evening before.",
    )
    made_which = RadioField("Which of the two times was it received?", choices=TWICE)
    place = TextField(
        "Where it is happening", required="Enter where it is happening", hint="Address or place, with the postcode"
    )
    ward = SelectField("Ward", blank="Not known", coerce=int)
    kind = RadioField("What it is", choices=list(KINDS.items()), required="Choose what it is", inline=True)
    heard = TextAreaField(
        "What was reported, and what was heard",
        required="Say what was reported or heard",
        rows=4,
        hint="What the caller said, and what you heard or saw yourself: how loud, how long, from where.",
    )
    who = RadioField(
        "Who asked",
        choices=[(NAMED, "Somebody who gave a name"), (ANONYMOUS, "Somebody who did not want to be named")],
        required="Choose who asked",
    )
    name = TextField("Their name", autocomplete="off", spellcheck=False)
    phone = TextField("Their telephone number", width=20, autocomplete="off")
    home = TextField("Their address", hint="If it is not the place itself", autocomplete="off")
    outcome = TextAreaField("Outcome", rows=3, hint="What came of it. Leave it blank if it is not known yet.")
    join = TickField("Add it to this case")

    asks_made_which = False

    def offer(self, wards: Sequence[Option]) -> None:
        """Fill the list of wards."""
        self.ward.choices = wards

    def is_complete(self) -> bool:
        """Whether it was sent and can be used, the times of the night among it."""
        if not self.validate_on_submit():
            return False
        if self.who.data == NAMED and not self.name.data:
            self.name.errors = ["Enter the name, or choose that they did not want to be named"]
        received = self.received_at()
        self.arrived_at(received)
        return received is not None and not self.errors

    def received_at(self) -> datetime | None:
        """The moment it was received. Puts into the form what has to be asked."""
        if self.made_at.data is None or self.made_on.errors:
            return None
        found = moments_received(self.made_at.data, self.made_on.data, now())
        moment = self._meant(found, self.made_at, self.made_which)
        self.asks_made_which = len(found) > 1
        return moment


class LaterForm(_ArrivalForm):
    """What happened later."""

    text = TextAreaField(
        "What happened",
        required="Say what happened",
        rows=4,
        hint="What was done and what came of it; or what was wrong with the entry before.",
    )

    def is_complete(self, received: datetime | None) -> bool:
        """Whether it was sent and can be used."""
        if not self.validate_on_submit():
            return False
        self.arrived_at(received)
        return not self.errors


class ShiftForm(QueryForm):
    """Which shift."""

    shift = DateField("Night that began on", size="s", hint="")


class NoticesForm(QueryForm):
    """Where, or about whom."""

    place = TextField("Address or postcode", hint="Any part of it: 14 Marsh Wharf, or OX4 9ZZ", autocomplete="off")
    name = TextField("Name of a person or body", hint="Or the beginning of it", autocomplete="off", spellcheck=False)
