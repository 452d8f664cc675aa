"""What the council decides: dated values of its policy, bank holidays, and since when the records behind a figure are
complete."""

from datetime import date, datetime

from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.figures import FIGURES
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.policy_changes import UNKNOWN_FIGURE, check_added, check_holiday
from asb_cases.domain.record_keeping import words_given
from asb_cases.extensions import db
from asb_cases.models.policy import BankHolidayChange, PolicyValue, RecordCoverage
from asb_cases.queries.policy import holidays, values_in_force
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def add_policy_value(*, actor: Actor, now: datetime, code: str, from_on: date, value: str, source: str) -> int:
    """Add a value of `code` (see `legal_values.toml`) from a day. Returns the id.

    Nothing is edited: what was judged by an earlier value stays so, and a value for a day that has one corrects it. Raises
    RuleBroken, with the section, outside the limits.
    """
    actor.check(Permission.MANAGE_SETTINGS)
    check_added(values_in_force(), code, from_on=from_on, value=value, source=source).raise_if_refused()
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
def change_bank_holiday(*, actor: Actor, now: datetime, day: date, title: str, observed: bool) -> None:
    """Add a bank holiday (`observed`), or take one away. Deadlines that run already keep their day. Raises RuleBroken."""
    actor.check(Permission.MANAGE_SETTINGS)
    row = db.session.get(BankHolidayChange, day, with_for_update=True)
    check_holiday(day, title, observed=observed, known=holidays()).raise_if_refused()
    if row is None:
        row = BankHolidayChange(day=day)
        db.session.add(row)
    row.title, row.observed = title.strip(), observed
    details = {"day": day.isoformat(), "observed": observed}
    record("bank_holiday_changed", Subject("bank_holiday", None), actor=actor, now=now, details=details)


@transaction
def keep_records_from(
    *, actor: Actor, now: datetime, figure: str, complete_from: date, note: str, seen: int | None = None
) -> None:
    """Say that the records which a figure counts are complete only from a day; earlier periods show no figure.

    `seen` is the version that the form was made from. Raises RuleBroken, StaleVersion.
    """
    actor.check(Permission.MANAGE_SETTINGS)
    gathered([words_given("Why earlier records are not complete", note, "note")]).raise_if_refused()
    if figure not in FIGURES:
        raise RuleBroken((UNKNOWN_FIGURE,))
    row = db.session.get(RecordCoverage, figure, with_for_update=True)
    if row is None:
        row = RecordCoverage(figure=figure, version=1)
        db.session.add(row)
    else:
        check_version(row, seen)
    row.complete_from, row.note = complete_from, note.strip()
    details = {"figure": figure, "complete_from": complete_from.isoformat()}
    record("record_coverage_changed", Subject("record_coverage", None), actor=actor, now=now, details=details)
