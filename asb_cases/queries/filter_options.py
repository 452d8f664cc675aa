"""What lists can be narrowed by: the categories, wards, teams and officers there are, and the filters that the reader keeps
for the list, in one query."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, String, bindparam, cast, literal, select, union_all

from asb_cases.domain.permissions import Actor, Role
from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.place import Ward
from asb_cases.models.saved_filter import SavedFilter
from asb_cases.models.user import Team, User
from asb_cases.queries.visibility import of_complete_imports

#: Who may own a case.
CASE_OWNERS = (Role.OFFICER, Role.MANAGER)

Option = tuple[str, str]


@dataclass
class Options:
    """(id, label) pairs by what they are."""

    category: list[Option] = field(default_factory=list)
    ward: list[Option] = field(default_factory=list)
    team: list[Option] = field(default_factory=list)
    officer: list[Option] = field(default_factory=list)
    saved: list[Option] = field(default_factory=list)


@cache
def _everything() -> CompoundSelect[*tuple[Any, ...]]:
    nothing = literal("")
    parts = (
        select(
            literal("category").label("kind"),
            Category.id.label("id"),
            Category.title.label("label"),
            Category.parent_id.label("parent"),
            Category.position.label("place"),
            nothing.label("key"),
        ),
        select(literal("ward"), Ward.id, Ward.name, cast(None, Category.parent_id.type), literal(0), Ward.name_key).where(
            of_complete_imports(Ward)
        ),
        select(literal("team"), Team.id, Team.name, cast(None, Category.parent_id.type), literal(0), Team.name_key),
        select(literal("officer"), User.id, User.name, cast(None, Category.parent_id.type), literal(0), cast(User.name, String))
        .where(User.role.in_(CASE_OWNERS), User.active),
        select(
            literal("saved"), SavedFilter.id, SavedFilter.name, cast(None, Category.parent_id.type), literal(0),
            SavedFilter.name_key,
        ).where(SavedFilter.user_id == bindparam("reader"), SavedFilter.list_code == bindparam("list")),
    )  # fmt: skip
    return union_all(*parts)


def filter_options(reader: Actor | None = None, list_code: str = "") -> Options:
    """Everything to choose from, each in its own order; a category below another is marked with a dash. With the filters
    that the reader keeps for a list, where both are named."""
    found = Options()
    asked = {"reader": reader.user_id if reader else None, "list": list_code}
    for row in sorted(db.session.execute(_everything(), asked), key=lambda row: (row.place, row.key, row.id)):
        label = f"– {row.label}" if row.parent else row.label
        getattr(found, row.kind).append((str(row.id), label))
    return found
