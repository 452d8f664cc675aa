"""That a signed-in person is still there."""

from datetime import datetime

from sqlalchemy import update

from asb_cases.domain.sign_in import SEEN_EVERY
from asb_cases.extensions import db
from asb_cases.models.user_session import UserSession
from asb_cases.services.transaction import transaction


@transaction
def mark_seen(*, session_id: int, now: datetime) -> None:
    """Note that the session is in use, at most once a minute. No history: nothing happened to the record."""
    db.session.execute(
        update(UserSession)
        .where(
            UserSession.id == session_id, UserSession.ended_at.is_(None), UserSession.last_seen_at <= now - SEEN_EVERY
        )
        .values(last_seen_at=now)
        .execution_options(synchronize_session=False)
    )
