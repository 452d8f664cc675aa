"""Printing what an act keeps, outside its transaction, so that nobody waits for a page to be set.

An act that is handed a press asks it for the print of a fair copy. Where there is none, everything the act did is undone,
the copy is printed, and the act is done again from fresh rows: it commits only with a print of exactly what it says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from asb_cases.adapters.pdf import PdfAway, engine, made_pdf
from asb_cases.adapters.storage import Received, Storage
from asb_cases.documents.fair_copy import FairCopy

#: How often an act is begun again because it came to say something else: one print for each of its documents, and some
#: for what others change meanwhile.
TRIES = 6
MOST_BYTES = 50 * 1024 * 1024
PDF, PAGE = "application/pdf", "text/html"

R = TypeVar("R")


@dataclass(frozen=True)
class Print:
    """A fair copy as bytes that have arrived and have no place yet."""

    received: Received
    media_type: str
    made_with: str


class NotPrinted(Exception):
    """An act wants a print that there is not yet."""

    def __init__(self, copy: FairCopy) -> None:
        super().__init__("A document is to be printed first.")
        self.copy = copy


class Press:
    """What prints for one act, and where it is kept. `council` and its `logo` head each document. Without `as_pdf`, the page
    itself is kept in the PDF's place."""

    def __init__(self, storage: Storage, *, council: str, logo: str | None = None, as_pdf: bool = True) -> None:
        self.storage, self.council, self.logo = storage, council, logo
        self._as_pdf = as_pdf
        self._prints: dict[str, Print] = {}

    def print_of(self, copy: FairCopy) -> Print:
        """The print of a copy. Raises `NotPrinted`."""
        found = self._prints.get(copy.fingerprint)
        if found is None:
            raise NotPrinted(copy)
        return found

    def make(self, copy: FairCopy) -> None:
        """Print a copy. Raises `StorageAway`."""
        content, media_type, made_with = self._set(copy.html)
        received = self.storage.receive(BytesIO(content), MOST_BYTES)
        self._prints[copy.fingerprint] = Print(received, media_type, made_with)

    def clear(self) -> None:
        """Remove what was printed and not kept."""
        for each in self._prints.values():
            self.storage.discard(each.received)

    def _set(self, html: str) -> tuple[bytes, str, str]:
        """As PDF. Where this machine can make none, the page is kept: what was signed is on record either way."""
        if self._as_pdf:
            try:
                return made_pdf(html), PDF, engine()
            except PdfAway:
                pass
        return html.encode(), PAGE, "the page itself"


def on_press(act: Callable[[Press], R], press: Press) -> R:
    """Do an act that keeps documents."""
    try:
        for _ in range(TRIES):
            try:
                return act(press)
            except NotPrinted as wanted:
                press.make(wanted.copy)
        raise RuntimeError("What was to be printed did not stay the same.")
    finally:
        press.clear()
