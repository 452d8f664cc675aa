"""What every field shares: a label, a hint, whether an answer is needed, and a place for the error link to go."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm

from asb_cases.web.fields.typed_text import tidied
from asb_cases.web.validators import Answer


class GovukField(Field):
    """A question on a form.

    `required` is what to say where it is not answered ("Enter the subject's name"); without it the question may be
    left blank and its data is then None. `size` is the design system's size of the label: "s", "m", "l" or "xl".
    """

    errors: list[str]

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Callable[[BaseForm, Any], None]] = (),
        *,
        hint: str = "",
        required: str = "",
        size: str = "",
        **arguments: Any,
    ) -> None:
        super().__init__(label, [Answer(required), *validators], description=hint, widget=_draw, **arguments)
        self.size = size

    @property
    def error_target(self) -> str:
        """The id that the error summary links to: of the control where the answer is put right."""
        return str(self.id)

    def error_items(self) -> Iterator[tuple[str, str]]:
        """What is wrong, each with the id of the control that puts it right."""
        yield from ((str(message), self.error_target) for message in self.errors)

    def as_typed(self) -> str:
        """What was answered, in the words typed or chosen; else the value as it is kept."""
        return tidied(str(self.raw_data[0])) if self.raw_data else self.in_words(self.data)

    def in_words(self, value: Any) -> str:
        """A value as it is kept, in the words that this field would show for it."""
        return "" if value is None else str(value)

    def draw(self, *, size: str, heading: bool) -> Markup:
        """The whole field: label, hint, error message and controls."""
        raise NotImplementedError


def _draw(field: GovukField, **arguments: Any) -> Markup:
    """The widget of every field. In a template: `{{ form.name(size="l", heading=True) }}`."""
    return field.draw(size=arguments.get("size") or field.size, heading=bool(arguments.get("heading")))
