"""Kinds of behaviour: added, renamed, moved, retired. A code is given once and never used again."""

from datetime import datetime

from sqlalchemy import func, select

from asb_cases.domain.errors import Findings
from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.registers import check_code, check_name, check_parent, check_retiring_category
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.services.history import Subject, record
from asb_cases.services.register_rows import locked_row
from asb_cases.services.transaction import transaction


@transaction
def add_category(*, actor: Actor, now: datetime, code: str, title: str, parent_id: int | None, position: int) -> int:
    """Make a category. Returns its id. Raises RuleBroken."""
    actor.check(Permission.MANAGE_SETTINGS)
    taken = db.session.scalar(select(Category.id).where(Category.code == code)) is not None
    (check_code(code, taken=taken) + _named(title) + _below(None, parent_id)).raise_if_refused()
    category = Category(code=code, title=title.strip(), parent_id=parent_id, position=position)
    db.session.add(category)
    db.session.flush()
    record("category_added", Subject("category", category.id), actor=actor, now=now, details={"code": code})
    return category.id


@transaction
def change_category(
    *,
    actor: Actor,
    now: datetime,
    category_id: int,
    seen: int | None,
    title: str,
    parent_id: int | None,
    position: int,
) -> None:
    """Rename a category, or move it in the list. Records in it stay in it. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    category = locked_row(Category, category_id, seen)
    (_named(title, but=category.id) + _below(category, parent_id)).raise_if_refused()
    category.title, category.parent_id, category.position = title.strip(), parent_id, position
    details = {"code": category.code, "parent": parent_id, "position": position}
    record("category_changed", Subject("category", category.id), actor=actor, now=now, details=details)


@transaction
def retire_category(*, actor: Actor, now: datetime, category_id: int, seen: int | None) -> None:
    """Offer a category no more; old records stay in it and are counted. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    category = locked_row(Category, category_id, seen)
    check_retiring_category(category.code, _number_below(category, active=True)).raise_if_refused()
    category.active = False
    record("category_retired", Subject("category", category.id), actor=actor, now=now)


@transaction
def restore_category(*, actor: Actor, now: datetime, category_id: int, seen: int | None) -> None:
    """Offer a category again. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    category = locked_row(Category, category_id, seen)
    category.active = True
    record("category_restored", Subject("category", category.id), actor=actor, now=now)


def _named(title: str, but: int = 0) -> Findings:
    others = db.session.scalars(select(Category.title).where(Category.id != but))
    taken = bool(fold_key(title)) and fold_key(title) in {fold_key(other) for other in others}
    return check_name("The name", title, "title", taken=taken)


def _below(category: Category | None, parent_id: int | None) -> Findings:
    parent = db.session.get(Category, parent_id) if parent_id is not None else None
    return check_parent(
        own_id=category.id if category else None,
        parent_id=parent_id,
        parents_parent=parent.parent_id if parent else None,
        below=_number_below(category) if category else 0,
    )


def _number_below(category: Category, *, active: bool = False) -> int:
    query = select(func.count(Category.id)).where(Category.parent_id == category.id)
    return db.session.scalar(query.where(Category.active) if active else query) or 0
