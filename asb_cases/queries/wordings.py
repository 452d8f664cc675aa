"""The council's own words in documents: as they stand, and every version."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.models.wording import WordingVersion


def wordings_written() -> Mapping[str, WordingVersion]:
    """The latest version of each block that somebody wrote, by its code."""
    latest = select(func.max(WordingVersion.id)).group_by(WordingVersion.code)
    rows = db.session.scalars(select(WordingVersion).where(WordingVersion.id.in_(latest)))
    return {row.code: row for row in rows}


def latest_wording(code: str) -> WordingVersion | None:
    """The latest version of a block, if somebody wrote one."""
    query = select(WordingVersion).where(WordingVersion.code == code).order_by(WordingVersion.version.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def versions_of(code: str) -> Sequence[Any]:
    """Every version of a block, the latest first, with who wrote it."""
    return db.session.execute(
        select(*WordingVersion.__table__.columns, User.name.label("writer"))
        .outerjoin(User, User.id == WordingVersion.written_by_id)
        .where(WordingVersion.code == code)
        .order_by(WordingVersion.version.desc())
    ).all()
