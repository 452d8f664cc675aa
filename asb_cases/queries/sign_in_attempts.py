"""How often signing in failed lately."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from asb_cases.domain.sign_in import ATTEMPTS_WITHIN, KNOWN_FOR, FailedAttempts
from asb_cases.extensions import db
from asb_cases.models.user_session import SignInAttempt


def failed_attempts(*, account: str, address: str, now: datetime, but: int | None = None) -> FailedAttempts:
    """Failures for the account, from the address (both keyed hashes) and in all, without the attempt `but`."""
    mine: ColumnElement[bool] = SignInAttempt.account_hash == account
    here: ColumnElement[bool] = SignInAttempt.address_hash == address
    lately = (SignInAttempt.at > now - ATTEMPTS_WITHIN) & ~SignInAttempt.succeeded
    if but is not None:
        lately &= SignInAttempt.id != but
    known = select(
        select(SignInAttempt.id).where(mine, here, SignInAttempt.succeeded, SignInAttempt.at > now - KNOWN_FOR).exists()
    )
    return FailedAttempts(
        account=_count(lately, mine),
        address=_count(lately, here),
        total=_count(lately),
        known_pair=_count(lately, mine, here) if db.session.scalar(known) else None,
    )


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(SignInAttempt.id)).where(*conditions)) or 0
