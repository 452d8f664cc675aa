"""The lists that an administrator keeps, retired entries with them."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.place import Ward
from asb_cases.models.user import Team
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import of_complete_imports

Row = TypeVar("Row", Team, PartnerBody, Ward, Category)


def row_of(kind: type[Row], row_id: int) -> Row:
    """One entry of a list. Raises NotFound."""
    row = db.session.get(kind, row_id)
    if row is None:
        raise NotFound
    return row


def all_teams() -> Sequence[Team]:
    """Every team, those in use first, by name."""
    return db.session.scalars(select(Team).order_by(Team.active.desc(), Team.name_key)).all()


def all_partner_bodies() -> Sequence[PartnerBody]:
    """Every partner body, those in use first, by name."""
    return db.session.scalars(select(PartnerBody).order_by(PartnerBody.active.desc(), PartnerBody.name_key)).all()


def all_wards() -> Sequence[Ward]:
    """Every ward: those to be looked at first, then those in use, by name."""
    order = Ward.to_be_checked.desc(), Ward.active.desc(), Ward.name_key
    return db.session.scalars(select(Ward).where(of_complete_imports(Ward)).order_by(*order)).all()


def wards_in_use(*, but: int = 0) -> Sequence[Ward]:
    """The wards that may be chosen, by name, but for one of them."""
    chosen = Ward.active, Ward.id != but, of_complete_imports(Ward)
    return db.session.scalars(select(Ward).where(*chosen).order_by(Ward.name_key)).all()


def category_tree() -> list[Category]:
    """Every category in the order of lists, those below another right after it."""
    rows = db.session.scalars(select(Category).order_by(Category.position, Category.id)).all()
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return [each for top in below.get(None, []) for each in (top, *below.get(top.id, []))]


def main_categories(*, but: int = 0) -> Sequence[Category]:
    """The categories in use that stand below no other, but for one of them."""
    chosen = Category.active, Category.parent_id.is_(None), Category.id != but
    return db.session.scalars(select(Category).where(*chosen).order_by(Category.position, Category.id)).all()
