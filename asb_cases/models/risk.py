"""The risk record: versions of the matrix that an administrator made, and assessments by it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.risk import RiskLevel
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from asb_cases.models.record import Versioned, coded
from asb_cases.models.user import User


class RiskTemplateVersion(Base):
    """A version of the matrix, from a day. Appended, never edited: an assessment is read by its own. Version 1 ships."""

    __tablename__ = "risk_templates"
    __table_args__ = (CheckConstraint("version > 1", name="first_version_ships"),)

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_on: Mapped[date]
    content: Mapped[str]
    because: Mapped[str]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RiskAssessment(Versioned, Base):
    """One assessment of the risk to one person of a case (to somebody not named, where there is none).

    `answers` and `signs` are JSON: the places of the answers by the place of their question, as in the template's version.
    `working` is how the points and the level come about, as it stood. `level` is the one that counts: that of the matrix,
    or another with a reason.
    """

    __tablename__ = "risk_assessments"
    __table_args__ = (
        CheckConstraint("points >= 0", name="points_counted"),
        CheckConstraint("level = scored_level OR level_reason IS NOT NULL", name="another_level_has_reason"),
        Index("ix_risk_assessments_by_case", "case_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    template_version: Mapped[int]
    answers: Mapped[str]
    signs: Mapped[str]
    child_at_risk: Mapped[bool] = mapped_column(default=False)
    adult_at_risk: Mapped[bool] = mapped_column(default=False)
    hate: Mapped[bool] = mapped_column(default=False)
    points: Mapped[int]
    scored_level: Mapped[RiskLevel] = mapped_column(coded(RiskLevel, "scoredlevel"))
    level: Mapped[RiskLevel] = mapped_column(coded(RiskLevel))
    level_reason: Mapped[str | None]
    level_set_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    level_set_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    working: Mapped[str]
    note: Mapped[str | None]
    assessed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    case: Mapped[Case] = relationship(lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    assessor: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[assessor_id])
    level_set_by: Mapped[User | None] = relationship(lazy="raise_on_sql", foreign_keys=[level_set_by_id])
