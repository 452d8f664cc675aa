"""Series that partners supply: kept, revised with a reason, and chased through the outbox."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from asb_cases.domain.calendar import LONDON
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.partner_returns import Confidence, Rhythm
from asb_cases.domain.periods import financial_year, month
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.jobs.job import Tick
from asb_cases.jobs.partner_returns import remind_partners
from asb_cases.models.email import Email
from asb_cases.queries.figures import figures_of
from asb_cases.queries.partner_series import series_by_code, series_rows, values_of
from asb_cases.services.partner_series import SeriesFacts, add_series, change_series, record_value
from tests.factories import make_actor

NOW = datetime(2026, 9, 3, 9, tzinfo=LONDON)
YEAR = financial_year(2025)
FACTS = SeriesFacts(
    title="Recorded crime",
    unit="crimes",
    contact_email="figures@police.example.org",
    rhythm=Rhythm.MONTH,
    due_after_days=14,
)


def add(facts: SeriesFacts = FACTS) -> None:
    add_series(actor=make_actor(Role.ANALYST), now=NOW, code="crime", facts=facts)


def put(value: int, because: str = "", **given: object) -> int:
    source = {"source": "The police", **given}
    return record_value(
        actor=make_actor(Role.ANALYST), now=NOW, code="crime", period=YEAR, value=Decimal(value), because=because,
        **source,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.usefixtures("in_app")
def test_a_later_value_stands_and_the_old_one_stays_with_why() -> None:
    add()
    put(14_000, confidence=Confidence.PROVISIONAL)
    assert figures_of(YEAR, CONSOLE).values["crime"].note == "Source: The police. Provisional."
    with pytest.raises(RuleBroken, match="stands already"):
        put(14_081)
    put(14_081, "Counted again in June", confidence=Confidence.FIRM)
    shown = [(each.value.value, each.stands, each.value.because) for each in values_of(series_by_code("crime"))]
    assert shown == [(Decimal(14_081), True, "Counted again in June"), (Decimal(14_000), False, None)]
    found = figures_of(YEAR, CONSOLE).values["crime"]
    assert (found.value, found.note) == (14_081, "Source: The police.")


@pytest.mark.usefixtures("in_app")
def test_a_contact_is_reminded_once_a_week_before_and_once_when_late() -> None:
    add()
    told: list[tuple[int, list[str]]] = []
    for day in (date(2026, 10, 6), date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 16)):
        tick = Tick(datetime.combine(day, datetime.min.time(), LONDON).replace(hour=8), "test", lambda: None)
        told.append((remind_partners(tick).done, [row.subject for row in db.session.scalars(select(Email))]))
    assert [done for done, _subjects in told] == [0, 1, 0, 1, 0]
    assert told[-1][1] == [
        "Recorded crime, September 2026: your return is due on 14 October 2026",
        "Recorded crime, September 2026: your return was due on 14 October 2026",
    ]
    assert db.session.scalars(select(Email.address).distinct()).all() == ["figures@police.example.org"]
    [row] = series_rows(date(2026, 10, 16))
    assert [(each.period.label, stage.value) for each, stage in row.due] == [("September 2026", "overdue")]
    record_value(
        actor=CONSOLE, now=datetime(2026, 10, 16, 9, tzinfo=LONDON), code="crime", period=month(2026, 9),
        value=Decimal(7), source="The police",
    )  # fmt: skip
    assert series_rows(date(2026, 10, 16))[0].due == []


@pytest.mark.usefixtures("in_app")
def test_who_keeps_series_and_what_they_may_be_called() -> None:
    with pytest.raises(NotPermitted):
        add_series(actor=make_actor(Role.OFFICER), now=NOW, code="crime", facts=FACTS)
    with pytest.raises(RuleBroken):
        add_series(actor=CONSOLE, now=NOW, code="cpn_issued", facts=FACTS)
    add()
    change_series(
        actor=CONSOLE, now=NOW, code="crime", seen=1, facts=SeriesFacts(title="All recorded crime", unit="crimes")
    )
    kept = series_by_code("crime")
    assert (kept.title, kept.rhythm, kept.due_after_days, kept.returns_from) == ("All recorded crime", None, None, None)
