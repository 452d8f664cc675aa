"""What the variable parts of addresses may be. An address that no record can have is nobody's, where asking a database
for it would be an error: PostgreSQL's integers end, and its texts hold no NUL."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from asb_cases.queries.paging import LARGEST_ID


class RowId(IntegerConverter):
    """`<int:...>` in every address of the service."""

    def __init__(self, map: Map, *arguments: Any, **named: Any) -> None:
        super().__init__(map, *arguments, **{"max": LARGEST_ID, **named})


class Written(BaseConverter):
    """`<...>` in every address of the service: a reference, a code or a year, without control characters."""

    regex = r"[^/\x00-\x1f\x7f]+"


def read_address_parts(app: Flask) -> None:
    """Let addresses hold what records can have alone. Before any page is registered."""
    app.url_map.converters |= {"int": RowId, "default": Written}
