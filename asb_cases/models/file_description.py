"""What people say about a file that is kept: beside the file's own row, which never changes, and free to be corrected."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.domain.files import FileMark
from asb_cases.extensions import Base, UtcDateTime
from asb_cases.models.record import Versioned, coded


class FileDescription(Versioned, Base):
    """What a file shows, when it was taken (the moment, or the day where the time is not known) and by whom."""

    __tablename__ = "file_descriptions"
    __table_args__ = (CheckConstraint("taken_at IS NULL OR taken_on IS NOT NULL", name="moment_has_day"),)

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), primary_key=True)
    description: Mapped[str | None]
    taken_on: Mapped[date | None]
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by: Mapped[str | None]


class FileMarked(Base):
    """A mark on a file: evidence, or what whoever copies it has to mind."""

    __tablename__ = "file_marks"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id"), primary_key=True)
    mark: Mapped[FileMark] = mapped_column(coded(FileMark), primary_key=True)
