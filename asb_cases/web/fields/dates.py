"""A day in three boxes, and a time of day."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any, NoReturn

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from asb_cases.web.fields import markup
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.text import TextField
from asb_cases.web.fields.typed_text import on_one_line

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXAMPLE = "For example, 27 3 2026"
#: Years that a record can be about. Outside them it is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateField(GovukField):
    """A day, as `datetime.date`. What was typed stays in the boxes; the error link leads to the box that is wrong.

    `noun` is what messages call it ("Date the notice was given"), the label where none is given. One value named like
    the field itself, written 2026-03-27, is read too: for links that carry a date.
    """

    def __init__(
        self, label: str = "", validators: Sequence[Any] = (), *, noun: str = "", hint: str = EXAMPLE, **arguments: Any
    ) -> None:
        super().__init__(label, validators, hint=hint, **arguments)
        self.noun = noun or label
        self.typed = dict.fromkeys(PARTS, "")
        self.wrong: tuple[str, ...] = ()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Gather the three boxes into one answer before the field reads it."""
        sent = formdata if formdata is not None else {}
        if any(f"{self.name}-{part}" in sent for part in PARTS):
            typed = [on_one_line(sent.get(f"{self.name}-{part}", ""))[:20] for part in PARTS]
            self._process_parts(typed, data, extra_filters)
        elif self.name in sent:
            year, month, day = (*on_one_line(sent.get(self.name, ""))[:30].split("-"), "", "", "")[:3]
            self._process_parts([day, month, year], data, extra_filters)
        else:
            super().process(None if formdata is None else MultiDict(), data, extra_filters)

    def _process_parts(self, parts: list[str], data: Any, extra_filters: Any) -> None:
        super().process(MultiDict((self.name, part) for part in parts), data, extra_filters)

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        if isinstance(value, date):
            self.typed = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist:
            return
        self.typed = dict(zip(PARTS, valuelist, strict=True))
        self.data = None
        missing = tuple(part for part in PARTS if not self.typed[part])
        if len(missing) == len(PARTS):
            self.wrong = PARTS
        elif missing:
            self._refuse(missing, f"must include a {' and '.join(missing)}")
        else:
            self.data = self._read()

    def _read(self) -> date:
        day, month, year = (self.typed[part] for part in PARTS)
        numbers = (_number(day), _month(month), _number(year))
        if re.fullmatch(r"\d{1,3}", year):
            self._refuse(("year",), "must have a year of 4 numbers")
        if any(number is None for number in numbers):
            unread = tuple(part for part, number in zip(PARTS, numbers, strict=True) if number is None)
            self._refuse(unread, "must be a real date")
        day_number, month_number, year_number = (number or 0 for number in numbers)
        if not FIRST_YEAR <= year_number <= LAST_YEAR:
            self._refuse(("year",), f"must have a year between {FIRST_YEAR} and {LAST_YEAR}")
        try:
            return date(year_number, month_number, day_number)
        except ValueError:
            self._refuse(("month",) if not 1 <= month_number <= len(MONTHS) else ("day",), "must be a real date")

    def _refuse(self, wrong: tuple[str, ...], message: str) -> NoReturn:
        self.wrong = wrong
        raise ValueError(f"{self.noun} {message}")

    def as_typed(self) -> str:
        """The three boxes in a row."""
        return " ".join(self.typed[part] for part in PARTS).strip()

    def in_words(self, value: Any) -> str:
        """2 3 2016, as it would be typed."""
        return f"{value.day} {value.month} {value.year}" if isinstance(value, date) else super().in_words(value)

    @property
    def error_target(self) -> str:
        return f"{self.id}-{self.wrong[0] if self.wrong else 'day'}"

    def draw(self, *, size: str, heading: bool) -> Markup:
        boxes = markup.joined(self._box(part) for part in PARTS)
        control = markup.written(Markup('<div class="govuk-date-input" id="%s">%s</div>'), self.id, boxes)
        return markup.group(self, markup.fieldset(self, size, heading, control, role="group"))

    def _box(self, part: str) -> Markup:
        wrong = bool(self.errors) and part in (self.wrong or PARTS)
        width = 4 if part == "year" else 2
        error = " govuk-input--error" if wrong else ""
        typed = markup.attributes(value=self.typed[part])
        return markup.written(
            Markup(
                '<div class="govuk-date-input__item"><label class="govuk-label govuk-date-input__label" for="%s-%s">%s</label>'
                '<input class="govuk-input govuk-date-input__input govuk-input--width-%s%s" id="%s-%s" name="%s-%s" '
                'type="text" inputmode="numeric"%s></div>'
            ),
            *(self.id, part, part.capitalize(), width, error),
            *(self.id, part, self.name, part, typed),
        )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month(text: str) -> int | None:
    """A month by number or by name."""
    if text[:3].lower() in MONTHS and text.isalpha():
        return MONTHS.index(text[:3].lower()) + 1
    return _number(text)


class TimeField(TextField):
    """A time of day, as `datetime.time`: "14:30", "2.30pm", "9 am" and "1430" are all understood."""

    def __init__(self, label: str = "", validators: Sequence[Any] = (), *, noun: str = "", **arguments: Any) -> None:
        given = {"width": 5, "hint": "For example, 14:30 or 2:30pm", **arguments}
        super().__init__(label, validators, max_length=20, **given)
        self.noun = noun or label

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            return
        text, self.data = self.data, None
        found = re.fullmatch(r"(\d{1,2}?)[:.]?(\d{2})?\s*(am|pm)?", text.lower())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (-1, 0)
        half = found[3] if found else None
        if not found or minute > 59 or not (1 <= hour <= 12 if half else 0 <= hour <= 23 and found[2]):
            raise ValueError(f"{self.noun} must be a time, like 14:30 or 2:30pm")
        self.data = time(hour % 12 + (12 if half == "pm" else 0) if half else hour, minute)

    def in_words(self, value: Any) -> str:
        """14:30."""
        return f"{value:%H:%M}" if isinstance(value, time) else super().in_words(value)
