"""Pages of paper: HTML in, a tagged PDF (PDF/UA-1) out. What makes them fetches nothing, neither from the network nor from
the disk, and is loaded when the first one is wanted: it needs the system's Pango, and everything else works without it.
"""

import ctypes.util
import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import HTML

#: The library without which there is none, and what Debian and Ubuntu call the packages of it and of a typeface.
NEEDS = "pangoft2-1.0"
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")
#: One at a time in each process: a long one takes a second of a core and some tens of megabytes.
_ONE = threading.Lock()


class PdfAway(Exception):
    """No PDF can be made on this machine."""


def pdf_fault() -> str | None:
    """Why no PDF can be made here, or None. Nothing is loaded to find out."""
    if ctypes.util.find_library(NEEDS) is None:
        return f"No PDF can be made: Pango is missing. On Debian or Ubuntu: apt-get install {' '.join(PACKAGES)}"
    return None


def made_pdf(html: str) -> bytes:
    """The page as PDF/UA-1. Its language and title are those of the page. Raises `PdfAway`."""
    with _ONE:
        written: bytes | None = _page(html).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    if written is None:
        raise PdfAway("Nothing was made of the page.")
    return written


def engine() -> str:
    """What makes the PDFs, with its version, for the record of one. Raises `PdfAway`."""
    return f"WeasyPrint {_weasyprint().__version__}"


def _page(html: str) -> "HTML":
    page: HTML = _weasyprint().HTML(string=html, base_url=None, url_fetcher=_fetches_nothing())
    return page


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as error:
        raise PdfAway(pdf_fault() or "No PDF can be made: a library of the system is missing") from error
    for chatty in ("weasyprint", "fontTools"):  # a line for each step of each page
        logging.getLogger(chatty).setLevel(logging.ERROR)
    return weasyprint


@lru_cache(maxsize=1)
def _fetches_nothing() -> Any:
    """What is asked for every address that a page names: pictures that stand in the page itself are all it gives."""
    _weasyprint()
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",))
