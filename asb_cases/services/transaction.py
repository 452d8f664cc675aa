"""The boundary of an act: all of it happens, or none."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from asb_cases.extensions import BEGIN_IMMEDIATE, db
from asb_cases.services import history

#: How often an act is tried when PostgreSQL ends it to break a deadlock, or when a row that it read without locking was
#: changed, or one that it did not find was added, by somebody else before it could write it. Each try starts from fresh
#: rows, and judges by them.
TRIES = 5
DEADLOCK_STATES = ("40P01", "40001")
ADDED_MEANWHILE = "23505"
OPEN = "an act is open"

P = ParamSpec("P")
R = TypeVar("R")


def transaction(act: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act. The outermost commits; one called inside another joins it; any failure undoes everything.

    The read transaction of the request ends first, so that the act decides on rows as they are now; SQLite gives its
    write lock at once. History waits until the act is done and is then chained, so that the end of the chain is
    locked last and shortly.
    """

    @wraps(act)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if OPEN in session.info:
            return act(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                return _run(session, lambda: act(*args, **kwargs))
            except (OperationalError, IntegrityError, StaleDataError) as error:
                if attempt == TRIES or not _passes_with_time(error):
                    raise
        raise AssertionError("unreachable")

    return whole


def end_reading() -> None:
    """End the read transaction, so that nobody waits for it. Inside an act it goes on: what is read there belongs to it."""
    session = db.session()
    if OPEN not in session.info:
        session.rollback()


def _passes_with_time(error: OperationalError | IntegrityError | StaleDataError) -> bool:
    """Whether the act was merely in somebody else's way, so that it may go well at the next try. (SQLite lets one writer in
    at a time: there nobody adds anything meanwhile.)"""
    if isinstance(error, StaleDataError):
        return True
    state = getattr(error.orig, "sqlstate", None)
    return state == ADDED_MEANWHILE if isinstance(error, IntegrityError) else state in DEADLOCK_STATES


def _run(session: Session, act: Callable[[], R]) -> R:
    session.rollback()
    session.connection(execution_options={BEGIN_IMMEDIATE: True})
    session.info[OPEN] = True
    try:
        result = act()
        history.chain(session)
        session.commit()
        return result
    except BaseException:
        session.rollback()
        raise
    finally:
        history.forget(session)
        del session.info[OPEN]
