"""Something that was chosen of what the page found: a row, by its id."""

from typing import Any

from markupsafe import Markup

from asb_cases.queries.paging import LARGEST_ID
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.typed_text import on_one_line


class ChosenRowField(GovukField):
    """The id of a row that a page offered among what it found; None for "none of these". What is offered is not known
    here, so the page draws the choices, with the field's name, in the element `found_at`; whether the row is there is asked
    by the act."""

    def __init__(self, label: str = "", *, found_at: str, **arguments: Any) -> None:
        super().__init__(label, **arguments)
        self.found_at = found_at

    @property
    def error_target(self) -> str:
        return self.found_at

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = on_one_line(str(valuelist[0])) if valuelist else ""
        given = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
        self.data = int(text) if given and 0 < int(text) <= LARGEST_ID else None

    def draw(self, *, size: str, heading: bool) -> Markup:
        return Markup("")
