"""Contact warnings (lone-worker markers) about people and bodies."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base


class ContactWarning(Base):
    """What staff must know before any contact with a person: what happened, what to do, to be looked at again by a day.

    Never changed but by being ended: one that is reviewed and kept is ended, and the next one follows it.
    """

    __tablename__ = "contact_warnings"
    __table_args__ = (
        CheckConstraint("review_on > set_on", name="reviewed_after_it_is_set"),
        CheckConstraint("ended_on IS NULL OR ended_on >= set_on", name="days_in_order"),
        CheckConstraint("(ended_on IS NULL) = (ended_reason IS NULL)", name="ended_has_reason"),
        CheckConstraint("length(reason) > 0 AND length(precautions) > 0", name="says_what"),
        Index("ix_contact_warnings_of", "person_id", "ended_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    precautions: Mapped[str]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    set_on: Mapped[date]
    review_on: Mapped[date]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("contact_warnings.id"))
    ended_on: Mapped[date | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_reason: Mapped[str | None]
