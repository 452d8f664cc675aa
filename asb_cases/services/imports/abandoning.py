"""An interrupted import undone: its rows were never seen by anybody, and go, a few at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from asb_cases.adapters.pace import Pace
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import Base, db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseCategory, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint, ComplaintCategory
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.data_import import Import, ImportRow, ImportState, OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.place import Address, Ward
from asb_cases.models.requirement import Requirement
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.service import Service
from asb_cases.services.history import Subject, record
from asb_cases.services.imports.register_changes import undo
from asb_cases.services.imports.writing import ImportStopped
from asb_cases.services.transaction import transaction

#: Places stay: by now a colleague may use them, and they say nothing about anybody.
STAY = (Address, Ward)
#: What an import writes, each before what it refers to. Newer rows go first: an entry follows older ones.
IN_TURN: Sequence[type[Base]] = (
    SearchEntry,
    OtherReference,
    ImportRow,
    Deadline,
    CourtOutcome,
    Payment,
    Appeal,
    Service,
    Participant,
    PartnerValue,
    PartnerSeries,
    CaseReview,
    Complaint,
    AllegedBreach,
    Intervention,
    Case,
    PersonAddress,
    Person,
)


def abandon(*, actor: Actor, now: datetime, import_id: int) -> int:
    """Undo an import that was begun and not finished. Returns how many of its rows had been written. Interrupted itself,
    it may be run again. Raises `ImportStopped` where there is nothing to undo."""
    actor.check(Permission.IMPORT)
    written = _stop(actor=actor, now=now, import_id=import_id)
    _undo_changes(import_id)
    pace = Pace()
    for rows in IN_TURN:
        more = True
        while more:
            with pace.batch():
                more = _remove_some(rows, import_id, pace)
    _let_places_stay(import_id)
    return written


@transaction
def _stop(*, actor: Actor, now: datetime, import_id: int) -> int:
    stopped = db.session.get(Import, import_id, with_for_update=True)
    if stopped is None or stopped.state is ImportState.COMPLETE:
        raise ImportStopped(f"There is no unfinished import with the number {import_id}.")
    if stopped.state is not ImportState.ABANDONED:
        stopped.state = ImportState.ABANDONED
        about = Subject("import", import_id)
        record("import_abandoned", about, actor=actor, now=now, details={"rows_written": stopped.rows_written})
    return stopped.rows_written


@transaction
def _undo_changes(import_id: int) -> None:
    undo(import_id)


@transaction
def _remove_some(rows: type[Base], import_id: int, pace: Pace) -> bool:
    """Remove some rows of one table, with what only belongs to them. Returns whether there may be more."""
    pace.locked()
    table = rows.__table__
    key = table.c.line if rows is ImportRow else table.c.id
    ids = db.session.scalars(
        select(key).where(table.c.import_id == import_id).order_by(key.desc()).limit(pace.size)
    ).all()
    if not ids:
        return False
    _remove_what_hangs_on(rows, ids)
    db.session.execute(
        delete(rows).where(table.c.import_id == import_id, key.in_(ids)).execution_options(synchronize_session=False)
    )
    return True


def _remove_what_hangs_on(rows: type[Base], ids: Sequence[int]) -> None:
    """Rows without an import of their own, and the one reference that goes both ways."""
    if rows is AllegedBreach:
        db.session.execute(
            update(Intervention)
            .where(Intervention.breach_id.in_(ids))
            .values(breach_id=None)
            .execution_options(synchronize_session=False)
        )
    for owner, removal in (
        (Intervention, delete(Requirement).where(Requirement.intervention_id.in_(ids))),
        (Case, delete(CaseCategory).where(CaseCategory.case_id.in_(ids))),
        (Complaint, delete(ComplaintCategory).where(ComplaintCategory.complaint_id.in_(ids))),
    ):
        if rows is owner:
            db.session.execute(removal.execution_options(synchronize_session=False))


@transaction
def _let_places_stay(import_id: int) -> None:
    for places in STAY:
        db.session.execute(
            update(places)
            .where(places.import_id == import_id)
            .values(import_id=None)
            .execution_options(synchronize_session=False)
        )
