"""Where things happen: wards and addresses."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base
from asb_cases.models.record import FOLDED, FromImport, Versioned


class Ward(FromImport, Versioned, Base):
    """An electoral ward. One that an import brought is marked for an administrator to look at."""

    __tablename__ = "wards"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED, unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    to_be_checked: Mapped[bool] = mapped_column(default=False)


class Address(FromImport, Base):
    """A place as written, once. `text_key` is its folded form, by which the same place is recognised."""

    __tablename__ = "addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    text_key: Mapped[str] = mapped_column(FOLDED, unique=True)
    postcode: Mapped[str | None] = mapped_column(index=True)
    uprn: Mapped[str | None]
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("wards.id"), index=True)

    ward: Mapped[Ward | None] = relationship(lazy="raise_on_sql")
