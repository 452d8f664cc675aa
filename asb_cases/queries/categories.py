"""The kinds of behaviour that cases and complaints are about."""

from collections.abc import Iterable

from sqlalchemy import select

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.record_keeping import UNKNOWN_CATEGORY
from asb_cases.extensions import db
from asb_cases.models.category import Category


def categories_in_use() -> list[Category]:
    """Those that may be chosen, in their order."""
    return list(db.session.scalars(select(Category).where(Category.active).order_by(Category.position, Category.id)))


def categories_called(codes: Iterable[str]) -> list[Category]:
    """The categories in use with these codes, in their order. Raises `RuleBroken` naming each that is not one."""
    wanted = set(codes)
    if not wanted:
        return []
    in_use = categories_in_use()
    known = ", ".join(category.code for category in in_use)
    if unknown := sorted(wanted - {category.code for category in in_use}):
        raise RuleBroken([UNKNOWN_CATEGORY.of(code=code, known=known) for code in unknown])
    return [category for category in in_use if category.code in wanted]


def category_titles() -> dict[str, str]:
    """The title of every category by its code, retired ones too: old records are still counted under them."""
    return {row.code: row.title for row in db.session.execute(select(Category.code, Category.title))}
