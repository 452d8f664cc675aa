"""Work in default and a warrant, recorded on an alleged breach: one entry each, with the clocks that the sections give."""

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.measures import MeasureKind
from asb_cases.services.corrections import mark_breach_entered_in_error, mark_measure_entered_in_error
from asb_cases.services.measures import Done, record_measure
from tests.support.enforcement_track import Track, at, clocks, day, entries, make_track, running


def done(track: Track, breach: int, kind: MeasureKind, on: int, pence: int | None = None) -> int:
    what = Done(kind, day(on), "By two officers", pence)
    return record_measure(actor=track.officer, now=at(on), breach_id=breach, done=what)


def refused(act: object, code: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        act()  # type: ignore[operator]
    assert [each.code for each in broken.value.refusals] == [code]


def test_the_cost_of_work_may_be_appealed_against_for_21_days_beginning_with_its_notice(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    refused(lambda: done(track, breach, MeasureKind.WORK_OPEN_AIR, 35, 25000), "measure_not_decided")
    track.decide(breach, BreachDecision.REMEDIAL_ACTION, 32)
    refused(lambda: done(track, breach, MeasureKind.COST_NOTICE, 40, 25000), "no_work_done")
    done(track, breach, MeasureKind.WORK_OPEN_AIR, 35, 25000)
    refused(lambda: done(track, breach, MeasureKind.COST_NOTICE, 40, 25001), "cost_notice_over_cost")
    cost = done(track, breach, MeasureKind.COST_NOTICE, 40, 25000)
    assert running(breach_id=breach)["remedial_cost_appeal"] == day(60)
    assert entries(track.case.id)[-2:] == ["measure_recorded", "measure_recorded"]
    refused(lambda: mark_breach_entered_in_error(
        actor=track.manager, now=at(41), breach_id=breach, reason="Next door"), "later_rows_stand")  # fmt: skip
    mark_measure_entered_in_error(actor=track.manager, now=at(41), measure_id=cost, reason="Another house")
    assert "remedial_cost_appeal" not in running(breach_id=breach)
    done(track, breach, MeasureKind.COST_NOTICE, 42, 25000)
    done(track, breach, MeasureKind.COST_APPEAL, 63)
    assert ("remedial_cost_appeal", day(62), "missed") in clocks(breach_id=breach), "lodged out of time, and recorded"


def test_a_seized_item_is_kept_28_days_unless_proceedings_start(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    track.decide(breach, BreachDecision.SEIZURE_WARRANT, 32)
    refused(lambda: done(track, breach, MeasureKind.ITEM_SEIZED, 35), "no_warrant")
    done(track, breach, MeasureKind.WARRANT_ISSUED, 33)
    assert running(breach_id=breach)["seizure_warrant"] == day(47)
    refused(lambda: done(track, breach, MeasureKind.ITEM_SEIZED, 48), "warrant_over")
    seized = done(track, breach, MeasureKind.ITEM_SEIZED, 47)
    assert running(breach_id=breach)["seizure_retention"] == day(75)
    mark_measure_entered_in_error(actor=track.manager, now=at(48), measure_id=seized, reason="Not theirs")
    assert {"seizure_warrant": day(47)}.items() <= running(breach_id=breach).items()
    done(track, breach, MeasureKind.ITEM_SEIZED, 47)
    track.lay(track.authorised_prosecution(breach, 50), 60)
    assert "seizure_retention" not in running(breach_id=breach)
    assert ("seizure_retention", day(75), "met") in clocks(breach_id=breach)
