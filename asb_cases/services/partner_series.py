"""Figures that partners supply: a series kept, a value recorded, a later one in its place, and its contact reminded."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from asb_cases.documents.emails import partner_return_email
from asb_cases.domain.calendar import local
from asb_cases.domain.figures import CONTACTS_RECEIVED, FIGURES
from asb_cases.domain.partner_returns import Confidence, Rhythm, Value, check_rhythm, check_value
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.registers import check_code, check_name
from asb_cases.extensions import db
from asb_cases.models.partner_series import PartnerSeries, PartnerValue, SeriesQualifier
from asb_cases.queries.partner_series import Owed, series_by_code, standing_value
from asb_cases.services.history import Subject, record
from asb_cases.services.outbox import queue_email
from asb_cases.services.register_rows import locked_row
from asb_cases.services.transaction import transaction


@dataclass(frozen=True, kw_only=True)
class SeriesFacts:
    """What a series is, who supplies it and when."""

    title: str
    unit: str
    supplied_by: str | None = None
    contact_email: str | None = None
    rhythm: Rhythm | None = None
    due_after_days: int | None = None


@transaction
def add_series(*, actor: Actor, now: datetime, code: str, facts: SeriesFacts) -> str:
    """Keep a new series. Returns its code. Raises RuleBroken."""
    actor.check(Permission.RECORD_PARTNER_FIGURES)
    known = db.session.scalar(select(PartnerSeries.id).where(PartnerSeries.code == code)) is not None
    taken = known or (code in FIGURES and code != CONTACTS_RECEIVED)
    (check_code(code, taken=taken) + check_name("The name", facts.title, "title", taken=False)).raise_if_refused()
    series = PartnerSeries(code=code, title="", unit="")
    _fill(series, facts, local(now).date())
    db.session.add(series)
    db.session.flush()
    record("partner_series_added", Subject("partner_series", series.id), actor=actor, now=now, details={"code": code})
    return series.code


@transaction
def change_series(*, actor: Actor, now: datetime, code: str, seen: int | None, facts: SeriesFacts) -> None:
    """Change what a series is called, who supplies it, or when. Raises RuleBroken, StaleVersion, NotFound."""
    actor.check(Permission.RECORD_PARTNER_FIGURES)
    series = locked_row(PartnerSeries, series_by_code(code).id, seen)
    check_name("The name", facts.title, "title", taken=False).raise_if_refused()
    _fill(series, facts, local(now).date())
    record("partner_series_changed", Subject("partner_series", series.id), actor=actor, now=now)


def _fill(series: PartnerSeries, facts: SeriesFacts, today: date) -> None:
    check_rhythm(facts.rhythm, facts.due_after_days).raise_if_refused()
    series.title, series.unit = facts.title.strip(), facts.unit.strip()
    series.supplied_by, series.contact_email = facts.supplied_by, facts.contact_email
    if facts.rhythm is None:
        series.returns_from = None
    elif series.rhythm != facts.rhythm or series.returns_from is None:
        series.returns_from = today.replace(day=1)
    series.rhythm, series.due_after_days = facts.rhythm, facts.due_after_days if facts.rhythm else None


@transaction
def record_value(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    period: Period,
    value: Decimal | None,
    source: str,
    qualifier: SeriesQualifier | None = None,
    change_per_cent: Decimal | None = None,
    confidence: Confidence | None = None,
    note: str | None = None,
    because: str = "",
) -> int:
    """Record a series' value for a period. What stood before stays, and why it gave way. Returns the id. Raises
    RuleBroken, NotFound."""
    actor.check(Permission.RECORD_PARTNER_FIGURES)
    series = locked_row(PartnerSeries, series_by_code(code).id, None)
    old = standing_value(series.id, period)
    standing = Value(old.value, old.qualifier, old.change_per_cent, old.confidence) if old else None
    new = Value(value, qualifier, change_per_cent, confidence)
    check_value(new, standing, because, period.last, local(now).date()).raise_if_refused()
    row = PartnerValue(
        series_id=series.id,
        period_from=period.first,
        period_to=period.last,
        value=value,
        qualifier=qualifier,
        change_per_cent=change_per_cent,
        confidence=confidence,
        source=source.strip(),
        note=note,
        because=because.strip() or None if old else None,
        entered_at=now,
        entered_by_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "partner_figures_recorded",
        Subject("partner_series", series.id),
        actor=actor,
        now=now,
        details={"value": row.id, "in_place_of": old.id if old else None},
        reason=row.because,
    )
    return row.id


@transaction
def remind_partner(owed: Owed, *, now: datetime, mail_domain: str) -> bool:
    """Put a reminder to the partner's contact in the outbox, once for each return and stage. False where it is there."""
    period, stage = owed.expected.period, owed.stage
    return queue_email(
        partner_return_email(title=owed.title, period=period, due_on=owed.expected.due_on, stage=stage),
        effect_key=f"partner-return:{owed.series_id}:{period.first}:{period.last}:{stage.value}",
        address=owed.contact_email,
        now=now,
        mail_domain=mail_domain,
    )
