"""Numbers in addresses are ids of rows, and no row has a greater one than PostgreSQL's integers go: such an address is
nobody's, where asking a database for it would be an error."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from asb_cases.queries.paging import LARGEST_ID


class RowId(IntegerConverter):
    """`<int:...>` in every address of the service."""

    def __init__(self, map: Map, *arguments: Any, **named: Any) -> None:
        super().__init__(map, *arguments, **{"max": LARGEST_ID, **named})


def read_row_ids(app: Flask) -> None:
    """Let `<int:...>` read ids of rows alone. Before any page is registered."""
    app.url_map.converters["int"] = RowId
