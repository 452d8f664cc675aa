"""The page of one entry of a list: its form, and a button that retires it or puts it in use again."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from flask import render_template, url_for

from asb_cases.web.admin.forms import VersionForm
from asb_cases.web.fields.base import GovukField
from asb_cases.web.forms import Form


class Entry(Protocol):
    """A row of a list that may be retired."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def active(self) -> bool: ...


class EntryPage(NamedTuple):
    """How the entries of one list are shown: the list's name and endpoint, the endpoints of both buttons, the name of the id
    in their addresses, and what retiring one means."""

    listed: tuple[str, str]
    retire: str
    restore: str
    id_name: str
    retiring: str

    def page(self, row: Entry, title: str, form: Form, fields: Sequence[GovukField], **given: object) -> str:
        """The page of an entry."""
        named: dict[str, Any] = {self.id_name: row.id}
        return render_template(
            "admin/register_entry.html",
            row=row,
            title=title,
            form=form,
            fields=fields,
            listed=(self.listed[0], url_for(self.listed[1])),
            retire=url_for(self.retire, **named),
            restore=url_for(self.restore, **named),
            retiring=self.retiring,
            button=VersionForm(formdata=None, version=row.version),
            **given,
        )
