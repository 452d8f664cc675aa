"""The environment of the templates, told that what all of them know is settled once the application is made."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from flask.templating import Environment


class Templates(Environment):
    """Flask's environment, with what all templates know laid together when a template is loaded.

    Jinja keeps it in two layers, so that it may change later, and goes through both in turn for each template and each
    macro that a page takes from another file: a tenth of the time of a page. Here nothing changes once pages are served.
    """

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}
