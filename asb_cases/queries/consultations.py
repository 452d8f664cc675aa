"""Who looked at what."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.models.user import User
from asb_cases.queries.paging import Order, Page, Place, read_page

LATEST_FIRST = Order(lambda table: (table.at,), descending=True)


def shown_before(user_id: int, endpoints: Collection[str], *, since: datetime, most: int) -> datetime | None:
    """Of so many pages of these that somebody was shown since a moment the first, if they were so many. One query."""
    found = (
        select(Consultation.at)
        .where(Consultation.user_id == user_id, Consultation.at > since, Consultation.endpoint.in_(endpoints))
        .order_by(Consultation.at.desc())
        .offset(most - 1)
        .limit(1)
    )
    return db.session.scalar(found)


def consultations_of(case_id: int, place: Place | None = None) -> Page:
    """Who was shown a page about this case, or was given it in a file, the latest first. Lists that it merely stood
    on are on record too, and not in here. Each row: id, at, name, role, endpoint, operation, reason."""
    found = (
        select(
            Consultation.id,
            Consultation.at,
            Consultation.endpoint,
            Consultation.operation,
            Consultation.reason,
            User.name,
            User.role,
        )
        .outerjoin(User, User.id == Consultation.user_id)
        .where(Consultation.case_id == case_id)
    )
    return read_page(found, Consultation, LATEST_FIRST, place)
