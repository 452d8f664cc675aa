"""What there is to choose from while a report is taken in: kinds of behaviour, wards and partner bodies, in one query."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, String, cast, literal, select, union_all

from asb_cases.extensions import db
from asb_cases.models.category import Category
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.place import Ward
from asb_cases.queries.visibility import of_complete_imports

Option = tuple[str, str]


@dataclass
class IntakeOptions:
    """(value, label) pairs: categories by code, wards by id, partner bodies by name. Only those in use."""

    category: list[Option] = field(default_factory=list)
    ward: list[Option] = field(default_factory=list)
    body: list[Option] = field(default_factory=list)


def intake_options() -> IntakeOptions:
    """Everything to choose from, each in its own order."""
    found = IntakeOptions()
    for row in sorted(db.session.execute(_everything()), key=lambda row: (row.place, row.key, row.value)):
        getattr(found, row.kind).append((str(row.value), row.label))
    return found


@cache
def _everything() -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(
        select(
            literal("category").label("kind"),
            Category.code.label("value"),
            Category.title.label("label"),
            Category.position.label("place"),
            literal("").label("key"),
        ).where(Category.active),
        select(literal("ward"), _text(Ward.id), Ward.name, literal(0), Ward.name_key).where(
            Ward.active, of_complete_imports(Ward)
        ),
        select(literal("body"), PartnerBody.name, PartnerBody.name, literal(0), PartnerBody.name_key).where(
            PartnerBody.active
        ),
    )


def _text(column: Any) -> Any:
    return cast(column, String)
