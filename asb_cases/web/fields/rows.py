"""Several answers of one kind, each a few questions: requirements, people who were told, pieces of evidence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Form as PlainForm

from asb_cases.web.fields import markup
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.choices import TickField
from asb_cases.web.fields.typed_text import on_one_line

#: More rows than anybody means to fill in.
MOST = 40


class RowsField(GovukField):
    """As many rows of questions as are needed. `row` is the form of one row (made of fields of this package), `noun` what
    one is called ("requirement").

    "Add another" and "Remove" are buttons that send the form and get it back with a row more or less: nothing is saved by
    them (`pressed`), and they need no JavaScript. The data is a list of what each row holds, by the names of its
    questions; rows that were left blank are not in it, and nothing is asked of them.
    """

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        row: type[PlainForm],
        noun: str,
        least: int = 1,
        **arguments: Any,
    ) -> None:
        self.rows: dict[int, PlainForm] = {}
        super().__init__(label, validators, **arguments)
        self.row, self.noun, self.least, self.pressed = row, noun, least, False
        self.notes: dict[int, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows that were sent, and do what the button says that was pressed; else take them from `data`."""
        self.process_errors, self.raw_data = [], None
        if formdata is not None:
            self._read(formdata)
        else:
            given: Sequence[Mapping[str, Any]] = data or ()
            self.rows = {index: self._made(index, data=answers) for index, answers in enumerate(given)}
        while len(self.rows) < self.least:
            self._add()
        self.data = [self._answers(row) for row in self._answered()]

    def _read(self, sent: Any) -> None:
        indexes = re.findall(r"[0-9]{1,3}", on_one_line(str(sent.get(f"{self.name}-rows", "")))[:400])
        self.rows = {int(index): self._made(int(index), formdata=sent) for index in indexes[:MOST]}
        removed = str(sent.get(f"{self.name}-remove", ""))
        if removed.isascii() and removed.isdigit() and len(removed) < 4:
            self.rows.pop(int(removed), None)
            self.pressed = True
        if f"{self.name}-add" in sent:
            if len(self.rows) < MOST:
                self._add()
            self.pressed = True

    def _add(self) -> None:
        self.rows[self._next()] = self._made(self._next())

    def _next(self) -> int:
        return max(self.rows, default=-1) + 1

    def _made(self, index: int, **given: Any) -> PlainForm:
        return self.row(prefix=f"{self.name}-{index}-", **given)

    def _answered(self) -> list[PlainForm]:
        """The rows in which something is typed or chosen."""
        return [row for row in self.rows.values() if any(_says(field) for field in _fields(row))]

    def _answers(self, row: PlainForm) -> dict[str, Any]:
        return {field.short_name: field.data for field in row}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether each row that says anything says all it must, and there is one where one is needed."""
        answered = self._answered()
        wrong = [row for row in answered if not row.validate()]
        self.data = [self._answers(row) for row in answered]
        of_the_whole = super().validate(form, extra_validators)
        self.errors = [*self.errors, *(message for message, _ in self._errors_of_rows())]
        return bool(of_the_whole) and not wrong

    def error_items(self) -> Iterator[tuple[str, str]]:
        of_rows = list(self._errors_of_rows())
        told = [message for message, _ in of_rows]
        yield from ((message, self.error_target) for message in self.errors if message not in told)
        yield from of_rows

    def _errors_of_rows(self) -> Iterator[tuple[str, str]]:
        for position, row in enumerate(self.rows.values(), 1):
            for field in _fields(row):
                for message in field.errors:
                    yield f"{self.noun.capitalize()} {position}: {message}", field.error_target

    @property
    def error_target(self) -> str:
        first = next((field for row in self.rows.values() for field in _fields(row)), None)
        return first.error_target if first else f"{self.id}-add"

    def as_typed(self) -> str:
        """A line for each row."""
        return "\n".join(
            "; ".join(filter(None, (field.as_typed() for field in _fields(row)))) for row in self._answered()
        )

    def draw(self, *, size: str, heading: bool) -> Markup:
        rows = markup.joined(
            self._draw_row(position, index, row) for position, (index, row) in enumerate(self.rows.items(), 1)
        )
        indexes = ",".join(str(index) for index in self.rows)
        control = markup.written(
            Markup(
                '<input type="hidden" name="%s-rows" value="%s">%s'
                '<button type="submit" class="govuk-button govuk-button--secondary" id="%s-add" name="%s-add" value="1" '
                'formaction="#%s-row-%s">Add another %s</button>'
            ),
            *(self.name, indexes, rows, self.id, self.name, self.id, self._next(), self.noun),
        )
        return markup.group(self, markup.fieldset(self, size, heading, control), classes="asb-rows")

    def _draw_row(self, position: int, index: int, row: PlainForm) -> Markup:
        note = markup.EMPTY
        if self.notes.get(index):
            note = markup.written(Markup('<p class="govuk-body asb-caution">%s</p>'), self.notes[index])
        remove = markup.EMPTY
        if len(self.rows) > 1 or self.least == 0:
            remove = markup.written(
                Markup(
                    '<button type="submit" class="govuk-button govuk-button--secondary asb-row__remove" name="%s-remove" '
                    'value="%s" formaction="#%s-add">Remove<span class="govuk-visually-hidden"> %s %s</span></button>'
                ),
                *(self.name, index, self.id, self.noun, position),
            )
        return markup.written(
            Markup(
                '<fieldset class="govuk-fieldset asb-row" id="%s-row-%s">'
                '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">%s %s</legend>%s%s%s</fieldset>'
            ),
            *(self.id, index, self.noun.capitalize(), position),
            *(markup.joined(field() for field in row), note, remove),
        )


def _fields(row: PlainForm) -> list[GovukField]:
    return [field for field in row if isinstance(field, GovukField)]


def _says(field: GovukField) -> bool:
    """Whether something is typed or chosen."""
    return bool(field.data) if isinstance(field, TickField) else bool(field.as_typed())
