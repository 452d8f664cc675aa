"""Is this a new installation?"""

from sqlalchemy import exists, select

from asb_cases.extensions import db
from asb_cases.models.user import User


def nobody_yet() -> bool:
    """Whether no user has ever been made."""
    return not db.session.scalar(select(exists().where(User.id.is_not(None))))
