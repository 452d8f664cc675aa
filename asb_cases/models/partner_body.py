"""Other bodies the council works with: police, integrated care board, housing providers, other councils."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base
from asb_cases.models.record import FOLDED, Versioned, coded


class PartnerBodyKind(StrEnum):
    """Which sort of relevant body (2014 Act s.105), or another partner."""

    COUNCIL = "council"
    POLICE = "police"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    HOUSING_PROVIDER = "housing_provider"
    OTHER = "other"


class PartnerBody(Versioned, Base):
    """A body that partners belong to, that cases are shared with and that takes part in case reviews. `relevant`: it is one
    of the relevant bodies of the area (s.105), to each of which every application is passed."""

    __tablename__ = "partner_bodies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(FOLDED, unique=True)
    kind: Mapped[PartnerBodyKind] = mapped_column(coded(PartnerBodyKind))
    active: Mapped[bool] = mapped_column(default=True)
    relevant: Mapped[bool] = mapped_column(default=False)
