"""Filters that people keep for themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import FOLDED


class SavedFilter(Base):
    """What one person narrows one list to, by the name they gave it. A preference, not a record: its owner deletes it."""

    __tablename__ = "saved_filters"
    __table_args__ = (
        UniqueConstraint("user_id", "list_code", "name_key"),
        CheckConstraint("length(name_key) > 0 AND length(query) > 0", name="named_and_not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    list_code: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED)
    query: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
