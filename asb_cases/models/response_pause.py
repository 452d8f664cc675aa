"""Times in which the first response waited for the person who reported."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.user import User


class ResponsePause(Base):
    """One wait: from a moment, with its reason, until another (None: it still waits). See `domain.service_standards`."""

    __tablename__ = "response_pauses"
    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="moments_in_order"),
        Index("ix_response_pauses_by_case", "case_id", "id"),
        Index(
            "uq_response_pauses_open",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str]
    began_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    began_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
