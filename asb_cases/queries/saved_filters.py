"""The filters that somebody keeps for themselves. Nobody reads another's."""

from collections.abc import Sequence

from sqlalchemy import select

from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.saved_filter import SavedFilter
from asb_cases.queries.not_found import NotFound


def saved_filters(actor: Actor, list_code: str | None = None) -> Sequence[SavedFilter]:
    """The actor's filters, of one list or of all, by list and name. One query."""
    query = select(SavedFilter).where(SavedFilter.user_id == actor.user_id)
    if list_code is not None:
        query = query.where(SavedFilter.list_code == list_code)
    return db.session.scalars(query.order_by(SavedFilter.list_code, SavedFilter.name_key)).all()


def own_filter(actor: Actor, filter_id: int) -> SavedFilter:
    """One of the actor's own. Raises `NotFound`."""
    wanted = (SavedFilter.id == filter_id, SavedFilter.user_id == actor.user_id)
    found = db.session.scalars(select(SavedFilter).where(*wanted)).one_or_none()
    if found is None:
        raise NotFound("saved filter")
    return found
