"""How somebody wants to be contacted and what they need: dated rows, of which a change ends one and begins the next."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.contact_preferences import ContactWay, NeedKind
from asb_cases.extensions import Base
from asb_cases.models.record import coded

STANDS = text("to_on IS NULL")


class ContactPreference(Base):
    """How somebody wants to be contacted from a day; the one without a last day holds. `not_by`: codes with commas."""

    __tablename__ = "contact_preferences"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days_in_order"),
        CheckConstraint("not interpreter OR language IS NOT NULL", name="interpreter_has_language"),
        Index("ix_contact_preferences_of", "person_id", "id"),
        Index(
            "uq_contact_preferences_standing", "person_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    preferred: Mapped[ContactWay | None] = mapped_column(coded(ContactWay))
    times: Mapped[str | None]
    language: Mapped[str | None]
    interpreter: Mapped[bool] = mapped_column(default=False)
    not_by: Mapped[str] = mapped_column(default="")
    not_by_because: Mapped[str | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def version(self) -> int:
        """A row never changes but by being ended: which one it is says all about how old it is."""
        return self.id


class PersonNeed(Base):
    """A reasonable adjustment that somebody needs, or what puts them at greater risk; from a day, perhaps to a day."""

    __tablename__ = "person_needs"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days_in_order"),
        CheckConstraint("(to_on IS NULL) = (ended_because IS NULL)", name="ended_has_reason"),
        CheckConstraint("length(text) > 0", name="says_what"),
        Index("ix_person_needs_of", "person_id", "to_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[NeedKind] = mapped_column(coded(NeedKind))
    text: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_because: Mapped[str | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
