"""Who was shown what (DPA 2018 s.62): written before the page is sent, in a transaction of its own.

This is the one thing that a page which only shows may write, together with the time its reader was last seen.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import insert

from asb_cases.domain.history import HistoryOperation, canonical_json
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.services import seen
from asb_cases.services.transaction import transaction

#: A row that nobody reads again here: sent as it is, since every page waits for it.
_WRITTEN = insert(Consultation.__table__).inline()  # type: ignore[arg-type]  # its table is one


@transaction
def viewed(
    *,
    actor: Actor,
    now: datetime,
    endpoint: str,
    shown: Mapping[str, Iterable[int]],
    case_id: int | None = None,
    reason: str | None = None,
    operation: HistoryOperation = HistoryOperation.CONSULTATION,
    session_id: int | None = None,
) -> None:
    """Record that `actor` is about to be shown the rows in `shown` (ids by kind: `{"case": [3, 4]}`).

    One row a page, however much it lists. `endpoint` names the page or command, `case_id` the case it is about,
    `operation` is a disclosure where the rows leave as a file. With `session_id` the session is marked as in use too.
    """
    listed = {kind: sorted(set(ids)) for kind, ids in shown.items()}
    row = {
        "at": now,
        "user_id": actor.user_id,
        "via": actor.via,
        "endpoint": endpoint,
        "operation": operation,
        "case_id": case_id,
        "shown": canonical_json(listed),
        "reason": reason or None,
    }
    db.session.connection().execute(_WRITTEN, row)
    if session_id is not None:
        seen.mark_seen(session_id=session_id, now=now)
