"""The register of wards."""

from datetime import datetime

from sqlalchemy import select

from asb_cases.domain.errors import gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import words_given
from asb_cases.extensions import db
from asb_cases.models.place import Ward
from asb_cases.services.history import Subject, record
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
