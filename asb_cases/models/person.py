"""The register of people and bodies: individuals, companies and other bodies, 'the occupier', 'the owner'."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from asb_cases.domain.people import PersonKind
from asb_cases.extensions import Base
from asb_cases.models.place import Address
from asb_cases.models.record import FOLDED, FromImport, Versioned, coded


class Person(FromImport, Versioned, Base):
    """A person in the law's sense: an individual or a body, or the unnamed occupier or owner of premises (s.45).

    `identity_key` is what an import matches by: kind, folded name, and birth date or else address; `email_key` and
    `phone_key` are what two spellings of an e-mail address or a number share. `identified_as_id` is the individual or body
    that the unnamed occupier or owner turned out to be, on which day and how that is known; what was given to "the
    occupier" stays on their own record.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("born_on IS NULL OR kind = 'individual'", name="only_an_individual_is_born"),
        CheckConstraint("company_number IS NULL OR kind = 'body'", name="only_a_body_has_a_company_number"),
        CheckConstraint(
            "identified_as_id IS NULL OR kind IN ('occupier', 'owner')", name="only_the_unnamed_is_identified"
        ),
        CheckConstraint("identified_as_id <> id", name="not_identified_as_itself"),
        CheckConstraint(
            "(identified_as_id IS NULL) = (identified_on IS NULL)"
            " AND (identified_as_id IS NULL) = (identified_because IS NULL)",
            name="identified_when_and_why",
        ),
        Index("ix_people_by_name", "name_key", "id"),
        Index("ix_people_born_on", "born_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PersonKind] = mapped_column(coded(PersonKind))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED)
    identity_key: Mapped[str] = mapped_column(FOLDED, index=True)
    born_on: Mapped[date | None]
    believed_16_or_over_because: Mapped[str | None]
    company_number: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(FOLDED, index=True)
    phone_key: Mapped[str | None] = mapped_column(FOLDED, index=True)
    identified_as_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    identified_on: Mapped[date | None]
    identified_because: Mapped[str | None]

    addresses: Mapped[list["PersonAddress"]] = relationship(
        lazy="raise_on_sql", order_by="PersonAddress.id", back_populates="person"
    )


class PersonAddress(FromImport, Base):
    """That a person lived or was based at an address, from a day to a day as far as known."""

    __tablename__ = "person_addresses"
    __table_args__ = (
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR to_on >= from_on", name="days_in_order"),
        Index("uq_person_addresses_current", "person_id", "address_id", "from_on", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql", back_populates="addresses")
    address: Mapped[Address] = relationship(lazy="raise_on_sql")
