"""How a file leaves: always to be saved and never to be shown, so that nothing in it runs as a page of ours."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

SANDBOX = "sandbox; default-src 'none'"


def sent_as_download(content: Iterable[bytes], name: str, media_type: str, size: int) -> Response:
    """The bytes as they were received, under a name that every browser understands (RFC 6266)."""
    response = Response(content, content_type=media_type)
    response.content_length = size
    response.headers["Content-Disposition"] = content_disposition(name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def content_disposition(name: str) -> str:
    """The header: the name in plain letters for old programs, and as it is for the others."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(
        each if " " <= each <= "~" and each not in '"\\%;' else "_"
        for each in decomposed
        if not unicodedata.combining(each)
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
