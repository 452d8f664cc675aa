"""What somebody without an account types, kept for a short time, and how often the public knocks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.public_pages import Door
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import coded


class PublicDraft(Base):
    """The answers so far, as JSON, of the browser that holds the token. Once they are sent they are an application, and
    nothing of them stays here but which one it became."""

    __tablename__ = "public_drafts"
    __table_args__ = (CheckConstraint("case_review_id IS NULL OR answers = '{}'", name="sent_is_emptied"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    answers: Mapped[str]
    case_review_id: Mapped[int | None] = mapped_column(ForeignKey("case_reviews.id"), index=True)


class PublicKnock(Base):
    """That somebody began or sent an application, to keep programs from it. The address is kept as a keyed hash."""

    __tablename__ = "public_knocks"
    __table_args__ = (
        Index("ix_public_knocks_address", "door", "address_hash", "at"),
        Index("ix_public_knocks_at", "door", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    door: Mapped[Door] = mapped_column(coded(Door))
    address_hash: Mapped[str]
