"""How much a form may carry, however it is encoded.

Werkzeug bounds the parts of a form sent with files. One sent plainly it reads whole and takes apart without counting:
16 MB of `a&a&a` keep a worker busy for a quarter of a minute, before anybody asked who sent it.
"""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, current_app, has_app_context, session
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

#: Bytes read at once of what is not kept.
AT_ONCE = 64 * 1024
PLAIN_FORM = "application/x-www-form-urlencoded"

#: What Flask-Login keeps in the session of a browser in which somebody is, or was, signed in. Of anybody else nobody takes
#: files, however large, only to refuse them.
SIGNED_IN = "_user_id"

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_TAKES_FILES = "_takes_files"


def takes_files(view: View) -> View:
    """Let a view take as much as files need: `MAX_UPLOAD_BYTES`. Put it below the route."""
    setattr(view, _TAKES_FILES, True)
    return view


class BoundedForms(FormDataParser):
    """Holds plain forms to the bounds of those sent with files: `MAX_FORM_MEMORY_SIZE` and `MAX_FORM_PARTS`. Of a form that
    breaks off or is refused no temporary file stays open."""

    def parse(self, stream: IO[bytes], mimetype: str, content_length: int | None, options: Any = None) -> Any:
        """The form's fields and files. Raises RequestEntityTooLarge."""
        if mimetype == PLAIN_FORM:
            stream = BytesIO(self._bounded(stream))
        make, opened = self.stream_factory, list[IO[bytes]]()

        def remembered(*arguments: Any, **named: Any) -> IO[bytes]:
            opened.append(make(*arguments, **named))
            return opened[-1]

        self.stream_factory = remembered
        held: set[int] = set()
        try:
            result = super().parse(stream, mimetype, content_length, options)
            held = {id(file.stream) for files in result[2].listvalues() for file in files}
            return result
        finally:
            for each in opened:
                if id(each) not in held:
                    each.close()

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

    def _load_form_data(self) -> None:
        """Before anything is read: whoever reads the form first (forgery protection does) decides nothing by it."""
        view = current_app.view_functions.get(self.endpoint or "") if has_app_context() else None
        if getattr(view, _TAKES_FILES, False) and self.mimetype != PLAIN_FORM and SIGNED_IN in session:
            self.max_content_length = current_app.config["MAX_UPLOAD_BYTES"]
        super()._load_form_data()


def bound_forms(app: Flask) -> None:
    """Install the bounds."""
    app.request_class = BoundedRequest
