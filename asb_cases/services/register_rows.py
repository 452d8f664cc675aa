"""What the acts on an administrator's lists share: the row locked and as it was seen, and a name that nobody else has."""

from typing import Protocol, TypeVar

from sqlalchemy import select

from asb_cases.domain.names import fold_key
from asb_cases.domain.registers import check_name
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.partner_series import PartnerSeries
from asb_cases.models.place import Ward
from asb_cases.models.user import Authorisation, Team
from asb_cases.queries.not_found import NotFound
from asb_cases.services.versions import check_version

Row = TypeVar("Row", Team, PartnerBody, Ward, Category, Authorisation, PartnerSeries)


class Named(Protocol):
    """A row of a list whose names are given once."""

    name: str
    name_key: str


def locked_row(kind: type[Row], row_id: int, seen: int | None) -> Row:
    """The row, locked, and no newer than `seen`. Raises NotFound, StaleVersion."""
    row = db.session.scalars(select(kind).where(kind.id == row_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound
    check_version(row, seen)
    return row


def check_free(
    kind: type[Team] | type[PartnerBody] | type[Ward], name: str, *, but: int = 0, field: str = "name"
) -> None:
    """Raises RuleBroken where the name says nothing, or another row of the list has it."""
    taken = db.session.scalar(select(kind.id).where(kind.name_key == fold_key(name), kind.id != but))
    check_name("The name", name, field, taken=taken is not None).raise_if_refused()


def rename(row: Named, name: str) -> None:
    """Give the row its name, and the key by which the name is found."""
    row.name, row.name_key = " ".join(name.split()), fold_key(name)
