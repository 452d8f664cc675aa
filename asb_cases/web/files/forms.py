"""What is asked about files: which, what they belong to and what they show; why one is withheld."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from asb_cases.adapters.time import LONDON
from asb_cases.domain.files import ENDINGS, MARK_TITLES, WHAT_IS_KEPT, FileMark, FileOf
from asb_cases.queries.file_records import Belonging
from asb_cases.services.files import About, Said
from asb_cases.web.files.words import belonging_title
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    FileField,
    Form,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.validators import NotInFuture

#: The case itself, in the list of records that a file may belong to.
THE_CASE = "case"


class _Saying(Form):
    """What is said about a file."""

    description = TextAreaField(
        "What it shows", hint="For whoever looks at it years from now.", rows=3, max_length=2000
    )
    taken_on = DateField("Day it was taken", [NotInFuture()], hint="If it is known. For example, 27 3 2026")
    taken_time = TimeField("Time it was taken", hint="If it is known. For example, 14:30 or 2:30pm")
    taken_by = TextField("Who took it", hint="If it was not you.", max_length=120, autocomplete="off")
    marks = CheckboxesField(
        "Mark it as",
        hint="Whoever copies the file or discloses it is shown the marks.",
        choices=[(mark.value, title) for mark, title in MARK_TITLES.items()],
        coerce=FileMark,
        small=True,
    )

    def validate_taken_time(self, field: TimeField) -> None:
        """A time needs its day."""
        if field.data is not None and self.taken_on.data is None:
            raise ValidationError("Enter the day as well as the time")

    def said(self) -> Said:
        """The answers, as acts take them."""
        return Said(self.description.data, self._taken(), self.taken_by.data, tuple(self.marks.data or ()))

    def _taken(self) -> datetime | date | None:
        day: date | None = self.taken_on.data
        if day is None or self.taken_time.data is None:
            return day
        return datetime.combine(day, self.taken_time.data, LONDON)


def offered(records: Sequence[Belonging]) -> list[tuple[str, str]]:
    """Records of a case, as choices."""
    return [(f"{each.kind.value}-{each.id}", belonging_title(each)) for each in records]


def about(chosen: str | None, case_id: int) -> About:
    """The record that was chosen; the case where none was."""
    kind, _dash, row_id = (chosen or THE_CASE).partition("-")
    return About(FileOf(kind), int(row_id)) if row_id else About(FileOf.CASE, case_id)


class UploadForm(_Saying):
    """Files, and what is said about them all."""

    belongs_to = SelectField("What it belongs to", blank="The case as a whole")

    photo = FileField(
        "Take a photo", accept="image/*", capture="environment", hint="On a telephone, this opens the camera."
    )
    files = FileField(
        "Choose files", accept=",".join(ENDINGS), multiple=True, hint=f"You can choose several. {WHAT_IS_KEPT}."
    )

    def offer(self, records: Sequence[Belonging], asked: str) -> None:
        """Fill the list of records; `asked` is chosen from the start where it is in it."""
        self.belongs_to.choices = offered(records)
        if not self.is_submitted() and asked in {choice.value for choice in self.belongs_to.choices}:
            self.belongs_to.data = asked

    @property
    def more_is_open(self) -> bool:
        """Whether something is answered, or to be put right, among what most people leave out."""
        return any(field.data or field.errors for field in (self.taken_on, self.taken_time, self.taken_by, self.marks))

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one file, whichever way it was chosen."""
        good = bool(super().validate(extra_validators))
        if not self.sent():
            self.files.errors = [*self.files.errors, "Choose a file or take a photo"]
            return False
        return good

    def sent(self) -> list[FileStorage]:
        """Every file that came with the form."""
        photo: Any = self.photo.data
        return [each for each in (photo, *(self.files.data or ())) if each]


class DescribeForm(VersionedForm, _Saying):
    """What is said about one file, to be corrected."""


class AttachForm(Form):
    """One more record that a file belongs to."""

    belongs_to = SelectField("Record", required="Choose a record")


class WithholdForm(Form):
    """Why a file is withheld, or no longer is."""

    reason = TextAreaField("Reason", required="Say why", hint="It is kept with the file and in the history.", rows=3)
