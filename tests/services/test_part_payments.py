"""A fixed penalty paid in parts: each is recorded, and the sum in time of the amount due discharges it."""

from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.periods import Period
from asb_cases.queries.figures import figures_of
from asb_cases.services.corrections import mark_payment_entered_in_error
from asb_cases.services.fixed_penalties import cancel, mark_unpaid
from asb_cases.services.payments import record_payment
from tests.support.enforcement_track import Track, at, day, make_track, running, step
from tests.support.record import last_entry, refused


def penalty(track: Track, **terms: Any) -> int:
    """Of £100, dated day 32: in time until day 46."""
    return track.penalty(track.breach(track.notice(20), 30), 32, **terms)


def pay(track: Track, step_id: int, on: int, pounds: int, *, heard: int | None = None, **given: Any) -> int:
    """Money of a day, recorded that day."""
    given = {"actor": track.officer, "now": at(on if heard is None else heard), **given}
    return record_payment(intervention_id=step_id, paid_on=day(on), amount_pence=pounds * 100, **given)


def limits(step_id: int) -> list[str]:
    return list(running(breach_id=step(step_id).breach_id or 0))


def paid_on(track: Track, number: int) -> int:
    """How many penalties count as paid on a day."""
    return figures_of(Period(day(number), day(number), "A day"), track.manager).count("fpn_paid")


def test_the_sum_in_time_makes_it_paid(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 40, 60)
    assert (step(found).status, step(found).outcome) == ("issued", None)
    assert running(intervention_id=found) == {"fpn_no_proceedings": day(46)}
    assert limits(found) == ["prosecution_limit"]
    assert '"in_full":false' in last_entry().details
    pay(track, found, 46, 40)
    assert (step(found).status, step(found).outcome_on) == ("paid", day(46))
    assert (running(intervention_id=found), limits(found)) == ({}, [])
    assert (paid_on(track, 40), paid_on(track, 46)) == (0, 1)


def test_the_reduced_sum_within_its_days(in_app: Flask) -> None:
    """£75 within ten days, that is until day 42."""
    track = make_track()
    offer = {"reduced_pence": 7500, "reduced_within_days": 10}
    in_days, too_late = penalty(track, **offer), penalty(track, **offer)
    pay(track, in_days, 40, 50)
    pay(track, in_days, 42, 25)
    assert step(in_days).status == "paid"
    pay(track, too_late, 40, 50)
    pay(track, too_late, 43, 25)
    assert step(too_late).status == "issued"
    pay(track, too_late, 44, 25)
    assert step(too_late).status == "paid"


def test_what_is_heard_of_later_counts_on_its_day(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 45, 10)
    with refused("cautions_need_reason"):
        pay(track, found, 35, 100, heard=47)
    pay(track, found, 35, 100, heard=47, cautions_reason="£10 sent back")
    assert (step(found).status, step(found).outcome_on) == ("paid", day(35))
    assert (paid_on(track, 35), paid_on(track, 45)) == (1, 0)


def test_too_much_is_pointed_out(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 40, 60)
    with refused("cautions_need_reason"):
        pay(track, found, 41, 60)
    pay(track, found, 41, 60, cautions_reason="£20 sent back on 16 February")
    assert step(found).status == "paid"
    with refused("move_not_open"):
        pay(track, found, 42, 10)


def test_what_comes_late_is_for_a_decision_part_or_not(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 40, 60)
    mark_unpaid(actor=track.officer, now=at(47), intervention_id=found)
    late = {"late_reason": "In hospital"}
    with pytest.raises(NotPermitted):
        pay(track, found, 50, 20, **late)
    with refused("late_payment_needs_decision"):
        pay(track, found, 50, 20, actor=track.manager)
    pay(track, found, 50, 20, actor=track.manager, **late)
    assert step(found).status == "unpaid"
    pay(track, found, 52, 20, actor=track.manager, **late)
    assert (step(found).status, step(found).outcome_on) == ("paid", day(52))
    assert limits(found) == ["prosecution_limit"], "late discharges nothing"


def test_a_part_in_time_that_completes_what_came_late_is_no_payment_in_time(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 50, 60, actor=track.manager, late_reason="In hospital")
    with pytest.raises(NotPermitted):
        pay(track, found, 44, 40, heard=51)
    pay(track, found, 44, 40, heard=51, actor=track.manager)
    assert (step(found).status, step(found).outcome_on) == ("paid", day(50))
    assert limits(found) == ["prosecution_limit"]


def test_a_part_entered_in_error_leaves_the_rest(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    first = pay(track, found, 40, 60)
    mark_payment_entered_in_error(actor=track.manager, now=at(41), payment_id=first, reason="Another’s money")
    assert step(found).status == "issued"
    pay(track, found, 42, 50)
    third = pay(track, found, 43, 50)
    assert step(found).status == "paid"
    mark_payment_entered_in_error(actor=track.manager, now=at(44), payment_id=third, reason="Another’s money")
    assert (step(found).status, step(found).outcome, limits(found)) == ("issued", None, ["prosecution_limit"])
    assert running(intervention_id=found) == {"fpn_no_proceedings": day(46)}
    pay(track, found, 45, 50)
    assert step(found).status == "paid"


def test_a_part_bars_no_prosecution_but_is_pointed_out(in_app: Flask) -> None:
    track = make_track()
    found = penalty(track)
    pay(track, found, 40, 60)
    mark_unpaid(actor=track.officer, now=at(47), intervention_id=found)
    file = track.authorised_prosecution(step(found).breach_id or 0, 50)
    track.lay(file, 55)
    assert step(file).status == "laid"
    assert step(file).cautions_reason == "Persistent", "the reason given for going on"


def test_what_is_paid_in_time_discharges_although_the_penalty_was_cancelled_meanwhile(in_app: Flask) -> None:
    track = make_track()
    step_id = penalty(track)
    breach = step(step_id).breach_id or 0
    told = {"recipient_told": True, "victim_told": True}
    cancel(actor=track.manager, now=at(35), intervention_id=step_id, reason="To be prosecuted", **told)
    with refused("move_not_open"):
        pay(track, step_id, 47, 100, heard=60, actor=track.manager, late_reason="In hospital")
    pay(track, step_id, 46, 100, heard=60)
    assert (step(step_id).status, limits(step_id)) == ("cancelled", [])
    with refused("penalty_paid_in_time"):
        track.decide(breach, BreachDecision.PROSECUTE, 61)
