"""Choosing somebody who is recorded already, or saying that nobody of those found is the one: what forms that name a person
share. The names are typed into a form and never stand in an address."""

from collections.abc import Iterable

from flask import request

from asb_cases.queries.duplicates import Likely
from asb_cases.web.forms import Form, RadioField, TextField
from asb_cases.web.record_words import told_of

NEW = "new"
SAY_WHO = "Say whether it is one of these"
CHOSEN_IS_GONE = "The record you chose is not found any more. Check the name, then send it again"
#: Sent by a form that showed the question (macros/who.html): only then is it wrong not to have answered.
ASKED = "who-asked"


class WhoForm(Form):
    """A form with the question who it is, asked once somebody was found. Call `offer` before it is validated."""

    who = RadioField("Is it one of these?", coerce=str)

    #: The last choice: nobody of those found.
    none_of_these: tuple[str, str] | None = ("None of these", "Record somebody new.")
    #: Somebody was chosen who is not found any more.
    lost = False

    def offer(self, found: Iterable[Likely]) -> None:
        """Put these people, each once, and the way past them into the question."""
        people: dict[int, Likely] = {}
        for each in found:
            people.setdefault(each.id, each)
        if not people:
            self.lost = self.who.data not in (None, NEW)
            self.who.raw_data, self.who.data = [], None
        none = [(NEW, *self.none_of_these)] if people and self.none_of_these else []
        self.who.choices = [*((str(each.id), each.name, told_of(each)) for each in people.values()), *none]

    @property
    def offered(self) -> list[int]:
        """The ids of those who are shown."""
        return [int(choice.value) for choice in self.who.choices if choice.value != NEW]

    @property
    def chosen(self) -> int | None:
        """The one who was chosen of those offered."""
        return int(self.who.data) if self.who.data and self.who.data != NEW else None

    def knows_who(self) -> bool:
        """Whether the question is answered, or need not be asked; says so beside it where it must be."""
        if self.lost:
            self.form_errors.append(CHOSEN_IS_GONE)
            return False
        if not self.who.choices or self.who.data is not None:
            return True
        if ASKED in request.form:
            self.who.errors = [SAY_WHO]
        return False


class FindForm(WhoForm):
    """A form about somebody who must be recorded already: words to find them by, then the choice."""

    none_of_these = None

    find = TextField(
        "Name, telephone number or address",
        required="Enter a name, a telephone number or an address",
        hint="Beginnings of words are enough.",
        autocomplete="off",
        spellcheck=False,
    )

    def knows_who(self) -> bool:
        if not self.who.choices:
            self.find.errors = ["Nobody in the register has all these words"]
            return False
        return super().knows_who()
