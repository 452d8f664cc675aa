"""The keys of forms that were sent (see web/sent_twice.py)."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from asb_cases.extensions import db
from asb_cases.models.history import SentForm
from asb_cases.services.transaction import transaction

#: No page stays open for so long, and nobody sends it twice by then.
KEPT_FOR = timedelta(days=30)


@transaction
def forget_old_forms(*, now: datetime) -> int:
    """Take away keys that nobody sends again. Returns how many."""
    result = db.session.execute(delete(SentForm).where(SentForm.sent_at < now - KEPT_FOR))
    return result.rowcount  # type: ignore[attr-defined,no-any-return]
