"""Watches every statement of every test: a request that only asks (GET, HEAD) must not change a row.

Importing the module switches it on. Kept apart by design: that somebody looked, and when a session was last seen.
"""

import re
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Engine, event

KEPT_WHEN_ASKING = frozenset({"consultations", "user_sessions"})
CHANGE = re.compile(
    r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|CREATE|DROP|ALTER)\s+(?:TABLE\s+)?"?(\w+)', re.IGNORECASE
)


@event.listens_for(Engine, "before_cursor_execute")
def _refuse_changes(_connection: object, _cursor: object, statement: str, *_rest: Any) -> None:
    if not has_request_context() or request.method not in {"GET", "HEAD"}:
        return
    change = CHANGE.match(statement)
    if change is not None and change[1] not in KEPT_WHEN_ASKING:
        raise AssertionError(f"{request.method} {request.path} changes rows: {statement}")
