"""What many rows share: coded columns, folded keys, versions, imports, and the mark 'entered in error'."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy import Enum as CodedText
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

#: A folded key (see `domain.names.fold_key`). Both engines must sort it alike, so PostgreSQL compares it by code point.
FOLDED = String().with_variant(String(collation="C"), "postgresql")


def coded(vocabulary: type[Enum], name: str = "") -> CodedText:
    """A column of a closed vocabulary: text in the table, an enum member in Python, anything else refused by both. A second
    column of one vocabulary in one table needs a `name` of its own for its constraint."""

    def values(members: type[Enum]) -> Sequence[str]:
        return [str(member.value) for member in members]

    return CodedText(
        vocabulary,
        values_callable=values,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=name or vocabulary.__name__.lower(),
    )


class Versioned:
    """A row that two people may edit: the form carries the version it was made from (see `services.versions`)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class FromImport:
    """A row that an old register may have given. What such a register can't know is 'not recorded', never invented."""

    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)

    @property
    def imported(self) -> bool:
        return self.import_id is not None


class Correctable:
    """A counted row. Marked 'entered in error' it stays visible, with the reason, and leaves the figures."""

    entered_in_error_on: Mapped[date | None]
    entered_in_error_reason: Mapped[str | None]


def correctable_check() -> CheckConstraint:
    """The mark and its reason come together."""
    return CheckConstraint(
        "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)", name="entered_in_error_has_reason"
    )
