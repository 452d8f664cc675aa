"""Text, e-mails as text, PDF; and what is written as text but is a page, a drawing or a script."""

import re

from asb_cases.adapters.recognition.content import LOOKED_AT, Content, holds_markup
from asb_cases.domain.files import FileFault, FileKind, Recognised

#: A PDF's end mark stands near its end; scanners add some bytes after it.
_PDF_TAIL = 64 * 1024
#: Controls that no text holds. Tab, line ends, form feed and escape (of old consoles) may stand.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS_WIDE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SCRIPTS = ("#!", "@echo", "<?php", "<%", "<?=", "rem ", "on error resume next")
_PAGES = ("<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<!--", "<meta", "<title", "<a ", "<img")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]")
#: Of these headers an e-mail has at least two, one of which only mail programs write.
_MAIL_HEADERS = frozenset({b"from", b"to", b"date", b"subject", b"cc", b"sender", b"reply-to", b"content-type"})
_TRANSPORT_HEADERS = frozenset(
    {b"received", b"mime-version", b"message-id", b"return-path", b"delivered-to", b"x-mailer"}
)


def pdf(content: Content) -> Recognised:
    """A PDF, from its first byte to its end mark."""
    ends = b"%%EOF" in content[-_PDF_TAIL:]
    return Recognised(FileKind.PDF, None if ends else FileFault.TRUNCATED)


def written(content: Content) -> Recognised:
    """An e-mail, plain text, or what only looks like it; no kind where it is no text at all."""
    if _is_mail(content[: LOOKED_AT * 4]):
        return Recognised(FileKind.EMAIL)
    start = _beginning(content)
    if start is None:
        return Recognised(None)
    plain = start.lstrip("\ufeff \t\r\n\x0c").lower()
    if "<svg" in plain or plain.startswith("<!doctype svg"):
        return Recognised(FileKind.DRAWING)
    if plain.startswith(_SCRIPTS):
        return Recognised(FileKind.SCRIPT)
    if plain.startswith(_PAGES) or holds_markup(plain.encode()):
        return Recognised(FileKind.WEB_PAGE)
    if plain.startswith(("<?xml", "{\\rtf")):
        return Recognised(None)
    return Recognised(FileKind.TEXT, FileFault.TWO_IN_ONE if "%pdf-" in plain[:1024] else None)


def _beginning(content: Content) -> str | None:
    """The first characters, where all of it is text in a writing that people use; None where it is not."""
    if content[:2] in _UTF_16:
        return _decoded(content, "utf-16", _CONTROLS_WIDE)
    if _CONTROLS.search(content):
        return None
    return _decoded(content, "utf-8", None) or _decoded(content, "cp1252", None)


def _decoded(content: Content, writing: str, forbidden: re.Pattern[str] | None) -> str | None:
    try:
        text = str(content[:], writing)
    except UnicodeDecodeError:
        return None
    return None if forbidden and forbidden.search(text) else text[:LOOKED_AT]


def _is_mail(start: bytes) -> bool:
    """Whether the text begins as mail does: headers, line by line, up to a blank line."""
    names: list[bytes] = []
    for number, line in enumerate(start.removeprefix(b"\xef\xbb\xbf").splitlines()):
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        if _HEADER.match(line):
            names.append(line.split(b":", 1)[0].lower())
        elif not (number == 0 and line.startswith((b"From ", b">From "))) and not line.endswith(b":"):
            return False
    known = set(names)
    return bool(known & _TRANSPORT_HEADERS) and len(known & (_MAIL_HEADERS | _TRANSPORT_HEADERS)) > 1
