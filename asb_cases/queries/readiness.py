"""Is the database there, and has it the schema that this program was written for?"""

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, InterfaceError

from asb_cases.extensions import db


def database_fault(migrations: Path) -> str | None:
    """What is wrong with the database in one sentence without any detail of it, or None."""
    try:
        found = set(db.session.scalars(text("SELECT version_num FROM alembic_version")))
    except (DatabaseError, InterfaceError):
        db.session.rollback()
        return "The database does not answer, or holds nothing yet"
    if found != _expected(migrations):
        return "The database is not upgraded to this version of the program"
    return None


@cache
def _expected(migrations: Path) -> set[str]:
    return set(ScriptDirectory(str(migrations)).get_heads())
