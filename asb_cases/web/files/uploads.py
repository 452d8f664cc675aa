"""What a browser sends as files: received whole, hashed and judged before any act begins, and removed again where nothing
comes of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from werkzeug.datastructures import FileStorage

from asb_cases.adapters.recognition.recognise import recognise
from asb_cases.adapters.storage import Received, Storage, TooLarge
from asb_cases.domain.errors import Refusal
from asb_cases.domain.files import MOST_AT_ONCE, TOO_MANY, judge_file, tidy_name, too_large
from asb_cases.services.files import NewFile
from asb_cases.web.forms import Form


def storage() -> Storage:
    """Where this installation keeps files."""
    return Storage(current_app.config["STORAGE_DIR"])


@contextmanager
def taken_in(sent: list[FileStorage], form: Form) -> Iterator[list[NewFile]]:
    """The files that were sent, judged; none where one of them is refused, and the form then says why. What was received
    and not kept in the meantime is removed."""
    received: list[Received] = []
    try:
        yield _judged(sent, form, received)
    finally:
        for each in received:
            storage().discard(each)


def _judged(sent: list[FileStorage], form: Form, received: list[Received]) -> list[NewFile]:
    if len(sent) > MOST_AT_ONCE:
        form.show_refusals([TOO_MANY.of(count=len(sent))])
        return []
    most = int(current_app.config["MAX_FILE_BYTES"])
    files: list[NewFile] = []
    refused: list[Refusal] = []
    for each in sent:
        found = _one(each, most, received)
        if isinstance(found, Refusal):
            refused.append(found)
        else:
            files.append(found)
    form.show_refusals(refused)
    return [] if refused else files


def _one(sent: FileStorage, most_bytes: int, received: list[Received]) -> NewFile | Refusal:
    name = tidy_name(sent.filename)
    try:
        arrived = storage().receive(sent.stream, most_bytes)
    except TooLarge:
        return too_large(name, most_bytes)
    received.append(arrived)
    judged = judge_file(name, arrived.size, recognise(arrived.path), most_bytes=most_bytes)
    return judged if isinstance(judged, Refusal) else NewFile(arrived, name, judged)
