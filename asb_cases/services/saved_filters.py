"""Keeping, renaming and deleting one's own filters."""

from datetime import datetime

from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.saved_filters import LISTS, check_name, check_saving
from asb_cases.extensions import db
from asb_cases.models.saved_filter import SavedFilter
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.saved_filters import own_filter, saved_filters
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction


@transaction
def save_filter(*, actor: Actor, now: datetime, list_code: str, name: str, query: str) -> int:
    """Keep what a list is narrowed to. `query` is what the address of the list asks, checked by the list's own form.
    Returns the id."""
    actor.check(Permission.USE_OWN_ACCOUNT)
    if list_code not in LISTS or actor.user_id is None:
        raise NotFound("list")
    check_saving(name, query, [each.name for each in saved_filters(actor, list_code)]).raise_if_refused()
    row = SavedFilter(
        user_id=actor.user_id,
        list_code=list_code,
        name=name.strip(),
        name_key=fold_key(name),
        query=query,
        saved_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record("filter_saved", Subject("saved_filter", row.id), actor=actor, now=now, details={"list": list_code})
    return row.id


@transaction
def rename_filter(*, actor: Actor, now: datetime, filter_id: int, name: str) -> None:
    """Give one of one's own filters another name."""
    actor.check(Permission.USE_OWN_ACCOUNT)
    row = own_filter(actor, filter_id)
    others = [each.name for each in saved_filters(actor, row.list_code) if each.id != row.id]
    check_name(name, others).raise_if_refused()
    row.name, row.name_key = name.strip(), fold_key(name)
    record("filter_renamed", Subject("saved_filter", row.id), actor=actor, now=now)


@transaction
def delete_filter(*, actor: Actor, now: datetime, filter_id: int) -> None:
    """Delete one of one's own filters: a preference, and no part of the record."""
    actor.check(Permission.USE_OWN_ACCOUNT)
    row = own_filter(actor, filter_id)
    db.session.delete(row)
    record("filter_deleted", Subject("saved_filter", row.id), actor=actor, now=now)
