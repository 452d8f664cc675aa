"""Who is away, until when, and who covers."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.extensions import Base
from asb_cases.models.record import Versioned
from asb_cases.models.user import User


class Absence(Versioned, Base):
    """Somebody's absence, first and last day included, and the colleague who covers. Why is nobody's business here.
    Once ended, it is over at once."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="days_in_order"),
        CheckConstraint("cover_id <> user_id", name="does_not_cover_themselves"),
        Index("ix_absences_by_cover", "cover_id", "to_on"),
        Index("ix_absences_by_user", "user_id", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    cover_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    ended_on: Mapped[date | None]

    user: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[user_id])
    cover: Mapped[User] = relationship(lazy="raise_on_sql", foreign_keys=[cover_id])
