"""What can be done with a record from its page: links under headings, each for those whom its page lets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from flask import url_for

from asb_cases.domain.permissions import Actor
from asb_cases.web.access import may_open


@dataclass(frozen=True)
class ActionGroup:
    """The lines under one heading, as label and address."""

    heading: str
    links: list[tuple[str, str]]


class ActionLine(NamedTuple):
    """One line: under which heading, in which words, to which page, and whether it is for the record as it stands."""

    heading: str
    label: str
    endpoint: str
    fits: bool = True


def open_to(actor: Actor, lines: Iterable[ActionLine], **address: object) -> list[ActionGroup]:
    """The lines that lead this reader on, by heading; lines of one heading stand together. `address` is what their pages
    take."""
    leading = [line for line in lines if line.fits and may_open(line.endpoint, actor)]
    return [
        ActionGroup(heading, [(line.label, url_for(line.endpoint, **address)) for line in group])  # type: ignore[arg-type]
        for heading, group in groupby(leading, key=lambda line: line.heading)
    ]
