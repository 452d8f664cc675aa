"""How much a form may carry, however it is encoded.

Werkzeug bounds the parts of a form sent with files. One sent plainly it reads whole and takes apart without counting:
16 MB of `a&a&a` keep a worker busy for a quarter of a minute, before anybody asked who sent it.
"""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

#: Bytes read at once of what is not kept.
AT_ONCE = 64 * 1024
PLAIN_FORM = "application/x-www-form-urlencoded"


class BoundedForms(FormDataParser):
    """Holds plain forms to the bounds of those sent with files: `MAX_FORM_MEMORY_SIZE` and `MAX_FORM_PARTS`."""

    def parse(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any = None) -> Any:
        """The form's fields and files. Raises RequestEntityTooLarge."""
        if mimetype == PLAIN_FORM:
            stream = BytesIO(self._bounded(stream))
        return super().parse(stream, mimetype, content_length, options)

    def _bounded(self, stream: IO[bytes]) -> bytes:
        size, parts = self.max_form_memory_size, self.max_form_parts
        sent = stream.read() if size is None else stream.read(size + 1)
        if (size is not None and len(sent) > size) or (parts is not None and sent.count(b"&") >= parts):
            # Browsers show an answer only once they have sent everything (at most MAX_CONTENT_LENGTH).
            while stream.read(AT_ONCE):
                pass
            raise RequestEntityTooLarge
        return sent


class BoundedRequest(Request):
    """A request whose forms are bounded."""

    form_data_parser_class = BoundedForms


def bound_forms(app: Flask) -> None:
    """Install the bounds."""
    app.request_class = BoundedRequest
