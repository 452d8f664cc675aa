"""Choosing files to send."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import FileStorage

from asb_cases.web.fields import markup
from asb_cases.web.fields.base import GovukField
from asb_cases.web.fields.typed_text import tidied


class FileField(GovukField):
    """One file, or with `multiple` a list of them, as Werkzeug's `FileStorage`.

    `accept` helps to choose; it proves nothing. `capture` ("environment": away from the person) lets a telephone take the
    photo there and then; other devices take no notice of it.
    """

    def __init__(
        self,
        label: str = "",
        validators: Sequence[Any] = (),
        *,
        accept: str = "",
        multiple: bool = False,
        capture: str = "",
        **arguments: Any,
    ) -> None:
        super().__init__(label, validators, **arguments)
        self.accept, self.multiple, self.capture = accept, multiple, capture

    def process_formdata(self, valuelist: list[Any]) -> None:
        files = [value for value in valuelist if isinstance(value, FileStorage) and value.filename]
        self.data = files if self.multiple else (files[0] if files else None)

    def as_typed(self) -> str:
        """The names of the files; a browser does not send them twice by itself."""
        files = self.data if isinstance(self.data, list) else [self.data]
        return ", ".join(tidied(file.filename) for file in files if isinstance(file, FileStorage) and file.filename)

    def draw(self, *, size: str, heading: bool) -> Markup:
        control = Markup("<input{}>").format(
            markup.attributes(
                class_="govuk-file-upload" + (" govuk-file-upload--error" if self.errors else ""),
                id=self.id,
                name=self.name,
                type="file",
                accept=self.accept,
                capture=self.capture,
                multiple=self.multiple,
                aria_describedby=markup.described_by(self),
            )
        )
        return markup.group(self, markup.label(self, size, heading) + markup.hint(self) + markup.error(self) + control)
