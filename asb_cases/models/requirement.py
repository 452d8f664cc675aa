"""What a warning or notice requires, as versioned rows."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.requirements import RequirementKind
from asb_cases.extensions import Base
from asb_cases.models.record import coded


class Requirement(Base):
    """One version of one numbered requirement of a warning or notice. A variation or a court adds a version."""

    __tablename__ = "requirements"
    __table_args__ = (
        UniqueConstraint("intervention_id", "number", "version"),
        ForeignKeyConstraint(["intervention_id", "power"], ["interventions.id", "interventions.power"]),
        CheckConstraint(
            "power <> 'CPN' OR kind <> 'stop' OR comply_by IS NULL", name="no_time_limit_on_stop"
        ),  # s.43(8)
        CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="days_in_order"),
        CheckConstraint("number > 0 AND version > 0", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int]
    power: Mapped[str]
    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    kind: Mapped[RequirementKind] = mapped_column(coded(RequirementKind))
    text: Mapped[str]
    comply_by: Mapped[date | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    made_by: Mapped[str] = mapped_column(default="issue")
