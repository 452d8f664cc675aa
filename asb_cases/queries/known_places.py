"""Places known already while a report is taken in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor
from asb_cases.domain.places import written_place
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.place import Address, Ward
from asb_cases.queries.known_asked import AT_MOST, Asked, is_enough
from asb_cases.queries.visibility import complaints_visible_to, visible_to

#: Sorts after every letter that a folded key can hold.
LAST_LETTER = "\U0010fffd"


@dataclass(frozen=True)
class KnownPlace:
    """Where something happened before that the asking person may know of."""

    id: int
    text: str
    ward: str | None


def known_places(actor: Actor, today: date, asked: Asked) -> list[KnownPlace]:
    """Places written as far as typed, or of the postcode, where a case or complaint is that the actor may see; not the one
    that is typed already."""
    key = fold_key(asked.place or "") if is_enough(asked.place) else ""
    begins = [and_(Address.text_key > key, Address.text_key < key + LAST_LETTER)] if key else []
    near = [Address.postcode == asked.postcode] if asked.postcode else []
    if not begins and not near:
        return []
    typed = fold_key(written_place(asked.place, asked.postcode) or "")
    found = (
        select(Address.id, Address.text, Ward.name.label("ward"))
        .outerjoin(Ward, Ward.id == Address.ward_id)
        .where(or_(*begins, *near), Address.text_key != typed, _happened_at(actor, today))
        .order_by(Address.text_key)
        .limit(AT_MOST)
    )
    return [KnownPlace(row.id, row.text, row.ward) for row in db.session.execute(found)]


def _happened_at(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Address`: a case or a complaint that the actor may see is about it. Where people live is no place of
    this kind."""
    of_case = exists().where(Case.address_id == Address.id, visible_to(actor, today)).correlate(Address)
    of_complaint = exists().where(Complaint.address_id == Address.id, complaints_visible_to(actor, today))
    return or_(of_case, of_complaint.correlate(Address))
