"""A row of complaints received: columns and cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.complaints import Channel
from asb_cases.domain.imports.cells import RECORDS_BEGIN, Cells
from asb_cases.domain.imports.columns import Format
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting, read_categories
from asb_cases.domain.people import PersonKind, identity_key

FORMAT = Format(
    name="complaints",
    needed=("made_on",),
    optional=(
        "reference",
        "occurred_on",
        "channel",
        "complainant_name",
        "complainant_email",
        "complainant_phone",
        "complainant_address",
        "category",
        "place",
        "ward",
        "description",
        "body",
        "case_reference",
        "outcome",
    ),
)
#: Under which somebody is recorded who left a way to be reached and no name.
NO_NAME = "Name not recorded"


@dataclass(frozen=True, kw_only=True)
class ComplaintRow:
    """What one row says. None is "not recorded"."""

    made_on: date
    reference: str | None
    occurred_on: date | None
    channel: Channel | None
    complainant_name: str | None
    complainant_email: str | None
    complainant_phone: str | None
    complainant_address: str | None
    categories: tuple[str, ...]
    place: str | None
    ward: str | None
    description: str | None
    body: str | None
    case_reference: str | None
    outcome: str | None

    @property
    def has_complainant(self) -> bool:
        """Whether anything is known of who told us."""
        return any((self.complainant_name, self.complainant_email, self.complainant_phone, self.complainant_address))

    @property
    def complainant_key(self) -> str:
        """By which another row's complainant is the same person, if it is distinct."""
        return identity_key(PersonKind.INDIVIDUAL, self.complainant_name or NO_NAME, None, self.complainant_address)

    @property
    def complainant_is_distinct(self) -> bool:
        """Whether more than a name, or more than an address, is known."""
        return bool(self.complainant_name and self.complainant_address)

    @property
    def shift_on(self) -> date | None:
        """The shift an out-of-hours complaint belongs to. A register gives a day and no time: that day is taken."""
        return self.made_on if self.channel is Channel.OUT_OF_HOURS else None


def read_row(given: Mapping[str, str], setting: Setting) -> tuple[ComplaintRow | None, list[Problem]]:
    """What a row says, or what is wrong with it."""
    cells = Cells(given)
    made_on = cells.day("made_on", needed=True, since=RECORDS_BEGIN, until=setting.today)
    occurred_on = cells.day("occurred_on", until=setting.today)
    details = {
        "reference": cells.keyed("reference"),
        "channel": cells.choice("channel", Channel),
        "complainant_name": cells.keyed("complainant_name"),
        "complainant_email": cells.text("complainant_email", 300),
        "complainant_phone": cells.text("complainant_phone", 100),
        "complainant_address": cells.keyed("complainant_address"),
        "categories": read_categories(cells, setting),
        "place": cells.keyed("place"),
        "ward": cells.keyed("ward"),
        "description": cells.text("description"),
        "body": cells.text("body", 300),
        "case_reference": cells.keyed("case_reference"),
        "outcome": cells.text("outcome"),
    }
    if made_on and occurred_on and occurred_on > made_on:
        cells.in_order("occurred_on", occurred_on, "made_on", made_on)
    if cells.problems or made_on is None:
        return None, cells.problems
    return ComplaintRow(made_on=made_on, occurred_on=occurred_on, **details), []  # type: ignore[arg-type]
