"""Fields that offer choices: a list, radio buttons, ticks."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup
from wtforms import ValidationError

from asb_cases.web.fields import markup
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.typed_text import on_one_line
from asb_cases.web.filters import unbroken

_OFFERED = Markup('<option value="%s">%s</option>')
_CHOSEN = Markup('<option value="%s" selected>%s</option>')


class Choice(NamedTuple):
    """One thing that may be chosen: the value kept, the words shown, and a hint (radio buttons and ticks only)."""

    value: str
    label: str
    hint: str = ""


class _Choosing(GovukField):
    """Choices may be given late, in the view, by setting `choices`. `coerce` turns a chosen value into what is kept."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        choices: Iterable[tuple[str, ...]] = (),
        coerce: Callable[[str], Any] = str,
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.choices, self.coerce = choices, coerce

    @property
    def choices(self) -> list[Choice]:
        """What may be chosen, in the order shown."""
        return self._choices

    @choices.setter
    def choices(self, given: Iterable[tuple[str, ...]]) -> None:
        self._choices = [Choice(*map(str, choice)) for choice in given]

    def chosen(self) -> set[str]:
        """The values that are chosen on the page as it is drawn."""
        if self.raw_data:
            return {on_one_line(str(value)) for value in self.raw_data}
        return _values(self.data)

    def as_typed(self) -> str:
        """The labels of what is chosen."""
        return self._labels(self.chosen())

    def in_words(self, value: Any) -> str:
        """The label of a value, or of several."""
        return self._labels(_values(value))

    def _labels(self, values: set[str]) -> str:
        return ", ".join(choice.label for choice in self.choices if choice.value in values)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.coerced([on_one_line(str(value)) for value in valuelist])

    def coerced(self, values: list[str]) -> Any:
        """The data for the values sent."""
        return self._one(values[0]) if values and values[0] else None

    def pre_validate(self, form: Any) -> None:
        """Judged here, not on reading, since choices may be set in between."""
        offered = {choice.value for choice in self.choices}
        if self.raw_data and any(value and value not in offered for value in self.chosen()):
            self.data = None
            raise ValidationError("Choose one of the options shown")

    def _one(self, value: str) -> Any:
        try:
            return self.coerce(value)
        except ValueError:
            return None  # refused by pre_validate: what cannot be coerced was never offered


class SelectField(_Choosing):
    """A drop-down list. `blank` is the first, empty option; `searchable`: type to find one in a long list."""

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        blank: str = "",
        searchable: bool = False,
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.blank, self.searchable = blank or ("Choose one" if arguments.get("required") else ""), searchable

    def draw(self, *, size: str, heading: bool) -> Markup:
        chosen = self.chosen()
        options = markup.joined(
            [
                markup.written(
                    _CHOSEN if value in chosen else _OFFERED,
                    *(value, label),
                )
                for value, label, _hint in [Choice("", self.blank), *self.choices]
            ]
        )
        control = markup.written(
            Markup("<select%s>%s</select>"),
            markup.attributes(
                class_="govuk-select" + (" govuk-select--error" if self.errors else ""),
                id=self.id,
                name=self.name,
                data_module="asb-autocomplete" if self.searchable else None,
                aria_describedby=markup.described_by(self),
            ),
            options,
        )
        return markup.group(self, markup.label(self, size, heading) + markup.hint(self) + markup.error(self) + control)


class RadioField(_Choosing):
    """One of a few, all in sight. `inline` sets two short ones side by side.

    `reveals` holds by value the fields that are asked where that one is chosen: a form fills it in once it is made. Without
    JavaScript they are always in sight. With it asb.js shows and hides them (the design system's own script would put
    `aria-expanded` on radio buttons, which they may not have).
    """

    kind = "radio"

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        inline: bool = False,
        small: bool = False,
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.inline, self.small = inline, small
        self.reveals: dict[str, Sequence[GovukField]] = {}

    @property
    def error_target(self) -> str:
        return _item_id(self, 0)

    def draw(self, *, size: str, heading: bool) -> Markup:
        return markup.group(self, markup.fieldset(self, size, heading, self._items("radios")))

    def _items(self, block: str) -> Markup:
        chosen = self.chosen()
        items = markup.joined(
            self._item_with_revealed(index, choice, choice.value in chosen, block)
            for index, choice in enumerate(self.choices)
        )
        modifiers = (f" govuk-{block}--inline" if self.inline else "") + (
            f" govuk-{block}--small" if self.small else ""
        )
        return markup.written(
            Markup('<div class="govuk-%s%s" data-module="govuk-%s">%s</div>'), block, modifiers, block, items
        )

    def _item_with_revealed(self, index: int, choice: Choice, checked: bool, block: str) -> Markup:
        fields = self.reveals.get(choice.value, ())
        revealed_id = f"conditional-{_item_id(self, index)}" if fields else ""
        item = _item(self, index, choice, checked, block, self.kind, revealed_id)
        if not fields:
            return item
        hidden = "" if checked else f" govuk-{block}__conditional--hidden"
        return item + markup.written(
            Markup('<div class="govuk-%s__conditional%s" id="%s">%s</div>'),
            *(block, hidden, revealed_id, markup.joined(field() for field in fields)),
        )


class CheckboxesField(RadioField):
    """Any number of a few. Its data is a list, empty where nothing is ticked."""

    kind = "checkbox"

    def coerced(self, values: list[str]) -> list[Any]:
        return [self._one(value) for value in values if value]

    def draw(self, *, size: str, heading: bool) -> Markup:
        return markup.group(self, markup.fieldset(self, size, heading, self._items("checkboxes")))


class TickField(GovukField):
    """One thing that is so or not. Its data is True or False."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist) and str(valuelist[0]) not in {"", "no", "false", "0"}

    def as_typed(self) -> str:
        """Yes or no."""
        return self.in_words(self.data)

    def in_words(self, value: Any) -> str:
        """Yes or no."""
        return "Yes" if value else "No"

    def draw(self, *, size: str, heading: bool) -> Markup:
        item = markup.written(
            Markup(
                '<div class="govuk-checkboxes" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item">'
                '<input%s><label class="govuk-label govuk-checkboxes__label" for="%s">%s</label>%s</div></div>'
            ),
            markup.attributes(
                class_="govuk-checkboxes__input",
                id=self.id,
                name=self.name,
                type="checkbox",
                value="yes",
                checked=bool(self.data),
                aria_describedby=markup.described_by(self),
            ),
            self.id,
            self.label.text,
            _item_hint(f"{self.id}-hint", self.description, "checkboxes"),
        )
        return markup.group(self, markup.error(self) + item)


def _values(data: Any) -> set[str]:
    given = data if isinstance(data, list | tuple | set | frozenset) else [data]
    return {str(value) for value in given if value is not None}


def _item_id(field: GovukField, index: int) -> str:
    return str(field.id) if index == 0 else f"{field.id}-{index + 1}"


def _item_hint(identifier: str, text: str, block: str) -> Markup:
    if not text:
        return markup.EMPTY
    return markup.written(Markup('<div id="%s" class="govuk-hint govuk-%s__hint">%s</div>'), identifier, block, text)


def _item(
    field: GovukField, index: int, choice: Choice, checked: bool, block: str, kind: str, reveals: str = ""
) -> Markup:
    identifier = _item_id(field, index)
    hint_id = f"{identifier}-item-hint"
    ticked = markup.attributes(checked=checked, data_asb_reveals=reveals)
    return markup.written(
        Markup(
            '<div class="govuk-%s__item"><input class="govuk-%s__input" id="%s" name="%s" type="%s"%s value="%s"%s>'
            '<label class="govuk-label govuk-%s__label" for="%s">%s</label>%s</div>'
        ),
        *(block, block, identifier, field.name, kind),
        *(markup.attributes(aria_describedby=choice.hint and hint_id), choice.value, ticked),
        *(block, identifier, unbroken(choice.label), _item_hint(hint_id, choice.hint, block)),
    )
