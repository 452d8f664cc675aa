"""E-mails: a row in the transaction of the act that they tell of, sent afterwards."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.outbox import EmailState
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import coded


class Email(Base):
    """One e-mail to one address. `effect_key` names what it is for (kind, thing, due, recipient): there is one of it,
    however often somebody sets about queueing it. `message_id` never changes: a copy sent twice can be told by it. `link` is
    a one-time link that goes into the words as they are sent, and is forgotten then."""

    __tablename__ = "emails"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_at_a_moment"),
        CheckConstraint("(state = 'sending') = (sender IS NOT NULL)", name="sending_by_somebody"),
        CheckConstraint("tries >= 0", name="tries_counted"),
        Index("ix_emails_waiting", "state", "id"),
        Index("ix_emails_newest", "queued_at", "id"),
        Index("ix_emails_by_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    effect_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    address: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str | None]
    link: Mapped[str | None]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[EmailState] = mapped_column(coded(EmailState), default=EmailState.QUEUED)
    sender: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None]
