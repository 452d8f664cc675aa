"""The register of wards."""

from datetime import datetime

from sqlalchemy import select, update

from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import words_given
from asb_cases.domain.registers import INTO_ITSELF
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.place import Address, Ward
from asb_cases.services.history import Subject, record
from asb_cases.services.register_rows import check_free, locked_row, rename
from asb_cases.services.transaction import transaction


@transaction
def find_or_add_ward(*, actor: Actor, now: datetime, name: str) -> int:
    """The id of the ward of that name, which is made where there is none. Names are compared folded."""
    actor.check(Permission.MANAGE_SETTINGS)
    gathered([words_given("The ward’s name", name, "name")]).raise_if_refused()
    ward = db.session.scalars(select(Ward).where(Ward.name_key == fold_key(name))).one_or_none()
    if ward is None:
        ward = Ward(name=name.strip(), name_key=fold_key(name))
        db.session.add(ward)
        db.session.flush()
        record("ward_changed", Subject("ward", ward.id), actor=actor, now=now)
    return ward.id


@transaction
def add_ward(*, actor: Actor, now: datetime, name: str) -> int:
    """Make a ward of a name that no other has. Returns its id. Raises RuleBroken."""
    actor.check(Permission.MANAGE_SETTINGS)
    check_free(Ward, name)
    return find_or_add_ward(actor=actor, now=now, name=name)


@transaction
def change_ward(*, actor: Actor, now: datetime, ward_id: int, seen: int | None, name: str) -> None:
    """Rename a ward: whatever lies in it stays there. One that an import brought has been looked at now. Raises
    RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    ward = locked_row(Ward, ward_id, seen)
    check_free(Ward, name, but=ward.id)
    rename(ward, name)
    ward.to_be_checked = False
    record("ward_changed", Subject("ward", ward.id), actor=actor, now=now)


@transaction
def confirm_ward(*, actor: Actor, now: datetime, ward_id: int, seen: int | None) -> None:
    """Say that a ward which an import brought is one, as it is written. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    ward = locked_row(Ward, ward_id, seen)
    ward.to_be_checked = False
    record("ward_confirmed", Subject("ward", ward.id), actor=actor, now=now)


@transaction
def retire_ward(*, actor: Actor, now: datetime, ward_id: int, seen: int | None) -> None:
    """Offer a ward no more; what lies in it is still counted under it. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    ward = locked_row(Ward, ward_id, seen)
    ward.active = ward.to_be_checked = False
    record("ward_retired", Subject("ward", ward.id), actor=actor, now=now)


@transaction
def restore_ward(*, actor: Actor, now: datetime, ward_id: int, seen: int | None) -> None:
    """Offer a ward again. Raises StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_SETTINGS)
    ward = locked_row(Ward, ward_id, seen)
    ward.active = True
    record("ward_restored", Subject("ward", ward.id), actor=actor, now=now)


@transaction
def merge_ward(*, actor: Actor, now: datetime, ward_id: int, seen: int | None, into_id: int) -> int:
    """Two ways of writing one ward: everything in the one lies in the other from now on, and the one is retired. Returns
    how many cases and complaints moved.

    Whoever is changing one of them meanwhile is told. Raises RuleBroken, StaleVersion, NotFound.
    """
    actor.check(Permission.MANAGE_SETTINGS)
    ward = locked_row(Ward, ward_id, seen)
    into = db.session.get(Ward, into_id)
    if into is None or not into.active or into.id == ward.id:
        raise RuleBroken((INTO_ITSELF,))
    moved = {}
    for kind in (Case, Complaint):
        there = update(kind).where(kind.ward_id == ward.id).values(ward_id=into.id, version=kind.version + 1)
        result = db.session.execute(there.execution_options(synchronize_session=False))
        moved[kind.__tablename__] = result.rowcount  # type: ignore[attr-defined]
    db.session.execute(
        update(Address)
        .where(Address.ward_id == ward.id)
        .values(ward_id=into.id)
        .execution_options(synchronize_session=False)
    )
    ward.active = ward.to_be_checked = False
    record("ward_merged", Subject("ward", ward.id), actor=actor, now=now, details={"into": into.id, **moved})
    return sum(moved.values())
