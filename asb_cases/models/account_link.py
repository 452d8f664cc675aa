"""One-time links for an account: to set a password, or to confirm an e-mail address."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.account_links import LinkPurpose
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import coded
from asb_cases.models.user import User


class AccountLink(Base):
    """One link. Only the hash of its token is kept, so that a copy of the table lets nobody in. `made_by_id` is the
    administrator who made it; None where the person asked for it. `withdrawn_at`: another took its place."""

    __tablename__ = "account_links"
    __table_args__ = (
        CheckConstraint("(purpose = 'address_change') = (new_email IS NOT NULL)", name="names_address"),
        CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name="over_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(coded(LinkPurpose))
    new_email: Mapped[str | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise_on_sql")
