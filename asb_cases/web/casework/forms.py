"""Forms for contacts and visits, notes and tasks."""

from collections.abc import Iterable, Mapping

from asb_cases.domain.complaints import Channel
from asb_cases.domain.contact_preferences import WAY_TITLES, Preferences
from asb_cases.models.casework import Direction, NoteKind
from asb_cases.models.user import User
from asb_cases.queries.casework import Involved
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    DateField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.validators import NotInFuture

#: Answers to "who": not a person of the case by name.
REPORTER, SOMEBODY_ELSE = "reporter", "other"
CHANNELS = (
    (Channel.PHONE, "Telephone"),
    (Channel.IN_PERSON, "In person"),
    (Channel.EMAIL, "Email"),
    (Channel.LETTER, "Letter"),
    (Channel.WEB, "Message on the website"),
    (Channel.APP, "Message in the app"),
    (Channel.PARTNER, "Through a partner"),
    (Channel.OUT_OF_HOURS, "Out-of-hours service"),
)


class _WithSomebody(Form):
    """Who it was, when, and what was said: what a contact and a visit share."""

    who = RadioField(
        "Who it was with",
        required="Say who it was with",
        size="s",
        small=True,
        hint="The first response is owed to the person who reported it, or the victim.",
    )
    no_answer = TickField(
        "Nobody answered", hint="It was tried. The response is still owed, and its clock runs on.", size="s"
    )
    at = DateField("Day", [NotInFuture()], required="Enter the day", noun="Day of the contact", size="s")
    at_time = TimeField("Time", required="Enter the time", noun="Time of the contact", size="s")
    told = TextAreaField("What was said", required="Say what was said", size="s", rows=6)

    def offer(self, people: Iterable[Involved], wishes: Mapping[int, Preferences]) -> None:
        """Fill the list of people, each with the parts they play and how they want to be contacted."""
        named = [(str(each.person_id), each.name, _hint(each, wishes.get(each.person_id))) for each in people]
        self.who.choices = [
            *named,
            (REPORTER, "Whoever reported it, not named here"),
            (SOMEBODY_ELSE, "Somebody else", "Not a person of this case: say who below."),
        ]

    @property
    def person_id(self) -> int | None:
        """The person of the case who was chosen, if one was."""
        chosen = str(self.who.data)
        return int(chosen) if chosen.isdecimal() else None


def _hint(person: Involved, wishes: Preferences | None) -> str:
    """Parts, and what must not be missed before they are contacted."""
    told = [", ".join(words(part) for part in person.parts)]
    if wishes:
        told += [f"Not by {WAY_TITLES[way].lower()}" for way in wishes.not_by]
        told += [f"Best by {WAY_TITLES[wishes.preferred].lower()}"] if wishes.preferred else []
        told += [wishes.times] if wishes.times else []
        told += [f"Interpreter: {wishes.language}"] if wishes.interpreter else []
    return ". ".join(told)


class ContactForm(_WithSomebody):
    """One contact, by whichever way."""

    channel = RadioField(
        "How",
        required="Say how you were in contact",
        choices=[(channel.value, label) for channel, label in CHANNELS],
        coerce=Channel,
        size="s",
        small=True,
    )
    direction = RadioField(
        "Who contacted whom",
        required="Say who contacted whom",
        choices=[(Direction.OUT.value, "We contacted them"), (Direction.IN.value, "They contacted us")],
        coerce=Direction,
        size="s",
        small=True,
    )


class VisitForm(_WithSomebody):
    """A visit, from the doorstep."""

    told = TextAreaField(
        "What you saw, and what was said", required="Say what you saw, and what was said", size="s", rows=6
    )


class PartnerNoteForm(Form):
    """A partner's note: always for the record."""

    text = TextAreaField("Note", required="Write the note", rows=8, size="s")


class NoteForm(PartnerNoteForm):
    """A note."""

    kind = RadioField(
        "Who it is for",
        required="Say who the note is for",
        choices=[
            (NoteKind.INTERNAL.value, "Internal", "For the service alone."),
            (
                NoteKind.RECORD.value,
                "For the record",
                "Partners with whom the case is shared read it, and a court may.",
            ),
        ],
        coerce=NoteKind,
        size="s",
    )


class CorrectNoteForm(Form):
    """A note in the place of another."""

    text = TextAreaField("What the note should say", required="Write the note", rows=8, size="s")
    reason = TextAreaField(
        "Why it is corrected", required="Say why it is corrected", rows=3, size="s", hint="It stands beside the note."
    )


class WithholdNoteForm(Form):
    """Why a note's words are hidden."""

    reason = TextAreaField(
        "Why it is withheld",
        required="Say why it is withheld",
        rows=3,
        size="s",
        hint="Everybody who would have read the note reads the reason. Do not repeat what is withheld.",
    )


def owner_choices(people: Iterable[User]) -> list[tuple[str, str]]:
    """Colleagues as choices of a list."""
    return [(str(each.id), each.name) for each in people]


class TaskForm(Form):
    """A new task."""

    title = TextField("What is to be done", required="Say what is to be done", size="s")
    owner_id = SelectField("Who does it", required="Choose who does it", coerce=int, size="s")
    due_on = DateField("Due by", required="Enter the day it is due", noun="Day it is due", size="s")


class ChangeTaskForm(VersionedForm):
    """A task given to somebody else, or moved to another day."""

    owner_id = SelectField("Who does it", required="Choose who does it", coerce=int, size="s")
    due_on = DateField("Due by", required="Enter the day it is due", noun="Day it is due", size="s")
    reason = TextAreaField("Why", required="Say why", rows=3, size="s")


class FinishTaskForm(VersionedForm):
    """A task that is done."""

    outcome = TextAreaField("What came of it", rows=3, size="s", hint="Optional.")
