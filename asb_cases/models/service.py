"""How a document was given to its recipient."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Correctable, FromImport, coded, correctable_check


class Service(FromImport, Correctable, Base):
    """How and when one document was given to its recipient (ss.45, 55). A second giving is a second row.

    What is in the post has a day of sending and, until it would arrive, no day of giving. `returned_on` is the day on which
    the post brought it back. An old register may know only how, or only when.
    """

    __tablename__ = "services"
    __table_args__ = (
        correctable_check(),
        ForeignKeyConstraint(["intervention_id", "power"], ["interventions.id", "interventions.power"]),
        CheckConstraint(
            "power NOT IN ('CPN', 'FPN') OR method NOT IN ('email', 'other_written')",
            name="notice_service_known_to_s55",
        ),
        CheckConstraint("power <> 'FPN' OR method <> 'posted_on_premises'", name="penalty_not_posted_on_premises"),
        CheckConstraint("power <> 'PROSECUTION'", name="prosecution_is_not_served"),
        CheckConstraint(
            "(method IS NOT NULL AND given_on IS NOT NULL) OR (method = 'post' AND sent_on IS NOT NULL)"
            " OR import_id IS NOT NULL",
            name="given_how_and_when",
        ),
        CheckConstraint("given_on >= sent_on OR sent_on IS NULL", name="days_in_order"),
        Index("ix_services_by_intervention", "intervention_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    intervention_id: Mapped[int]
    power: Mapped[str]
    method: Mapped[ServiceMethod | None] = mapped_column(coded(ServiceMethod))
    sent_on: Mapped[date | None]
    given_on: Mapped[date | None]
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deemed_because: Mapped[str | None]
    address: Mapped[str | None]
    address_basis: Mapped[str | None]
    server_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    witness: Mapped[str | None]
    note: Mapped[str | None]
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    returned_on: Mapped[date | None]
    returned_note: Mapped[str | None]
