"""What the council decides: dated values of its policy, and since when the records behind a figure are complete."""

from datetime import date, datetime

from asb_cases.domain.errors import gathered
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import words_given
from asb_cases.extensions import db
from asb_cases.models.policy import PolicyValue, RecordCoverage
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction


@transaction
def add_policy_value(*, actor: Actor, now: datetime, code: str, from_on: date, value: str, source: str) -> int:
    """Add a value of `code` (see `legal_values.toml`) from a day. Returns the id.

    Nothing is edited: what was judged by an earlier value stays so. Raises `ValueNotAllowed` outside the limits.
    """
    actor.check(Permission.MANAGE_SETTINGS)
    gathered([words_given("Where the value is decided", source, "source")]).raise_if_refused()
    LegalValues.load([AddedValue(code, from_on, value, source)])
    row = PolicyValue(
        code=code,
        from_on=from_on,
        value=value.strip(),
        source=source.strip(),
        entered_by_id=actor.user_id,
        entered_at=now,
    )
    db.session.add(row)
    db.session.flush()
    details = {"code": code, "from_on": from_on.isoformat(), "value": row.value}
    record("policy_value_added", Subject("policy_value", row.id), actor=actor, now=now, details=details)
    return row.id


@transaction
def keep_records_from(*, actor: Actor, now: datetime, figure: str, complete_from: date, note: str) -> None:
    """Say that the records which a figure counts are complete only from a day; earlier periods show no figure."""
    actor.check(Permission.MANAGE_SETTINGS)
    gathered([words_given("Why earlier records are not complete", note, "note")]).raise_if_refused()
    row = db.session.get(RecordCoverage, figure, with_for_update=True)
    if row is None:
        row = RecordCoverage(figure=figure)
        db.session.add(row)
    row.complete_from, row.note = complete_from, note.strip()
    details = {"figure": figure, "complete_from": complete_from.isoformat()}
    record("record_coverage_changed", Subject("record_coverage", None), actor=actor, now=now, details=details)
