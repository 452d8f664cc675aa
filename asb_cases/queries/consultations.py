"""Who looked at what."""

from sqlalchemy import select

from asb_cases.models.history import Consultation
from asb_cases.models.user import User
from asb_cases.queries.paging import Order, Page, Place, read_page

LATEST_FIRST = Order(lambda table: (table.at,), descending=True)


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
