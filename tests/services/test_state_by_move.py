"""Every state of every power, brought about by the real acts, crossed with every move that has an act of its own: what the
table of the power knows happens, what it does not know is refused and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.powers import POWERS, TRACK
from asb_cases.models.policy import PolicyValue
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal
from asb_cases.services.endings import discharge, end_notice, lapse, withdraw
from asb_cases.services.fixed_penalties import cancel, mark_unpaid, write_off
from asb_cases.services.interventions import authorise, drop, issue, send_back
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import (
    Result,
    SignOff,
    abandon_prosecution,
    authorise_prosecution,
    lay_prosecution,
    prepare_prosecution,
    record_court_outcome,
    submit_prosecution,
)
from asb_cases.services.variations import vary_notice
from asb_cases.services.warning_outcomes import record_compliance, record_not_heeded
from tests.factories import NOW, keep
from tests.support.enforcement_track import Track, at, day, entries, make_track, step
from tests.support.one_app import app_for_many_tests

#: The day on which each move is tried: warnings have lapsed under local policy by then.
LATER = 200
WHY = {"reason": "For good reason", "recipient_told": True, "victim_told": True}
Reach = Callable[[Track], int]
Try = Callable[[Track, int], object]


def signed(track: Track, step_id: int, upto: str, on: int) -> int:
    """Take a draft as far as asked."""
    if upto != "draft":
        authorise(actor=track.manager, now=at(on), intervention_id=step_id)
    if upto == "issued":
        issue(actor=track.officer, now=at(on), intervention_id=step_id)
    return step_id


def warning(upto: str) -> Reach:
    return lambda track: signed(track, track.draft_warning(0), upto, 0)


def warned(then: Try | None = None) -> Reach:
    return lambda track: after(track, track.warn(0), then)


def notice(upto: str) -> Reach:
    return lambda track: signed(track, track.draft_notice(track.warn(0), 8), upto, 8)


def notified(then: Try | None = None) -> Reach:
    return lambda track: after(track, track.notice(20), then)


def after(track: Track, step_id: int, then: Try | None) -> int:
    if then:
        then(track, step_id)
    return step_id


def penalty(upto: str, then: Try | None = None) -> Reach:
    def reach(track: Track) -> int:
        breach = track.breach(track.notice(20), 30)
        track.decide(breach, BreachDecision.FPN, 31)
        return after(track, signed(track, track.draft_penalty(breach, 32), upto, 32), then)

    return reach


def prosecution(upto: str, then: Try | None = None) -> Reach:
    def reach(track: Track) -> int:
        breach = track.breach(track.notice(20), LATER - 20)
        if upto in ("authorised", "laid"):
            file = track.authorised_prosecution(breach, LATER - 10)
        else:
            track.decide(breach, BreachDecision.PROSECUTE, LATER - 10)
            file = prepare_prosecution(actor=track.officer, now=at(LATER - 10), breach_id=breach)
        if upto == "legal_review":
            submit_prosecution(actor=track.officer, now=at(LATER - 10), intervention_id=file)
        if upto == "laid":
            track.lay(file, LATER - 5)
        return after(track, file, then)

    return reach


def appeal_quashed(track: Track, step_id: int) -> None:
    appeal = lodge_appeal(actor=track.officer, now=at(25), intervention_id=step_id, lodged_on=day(25))
    order = Order(AppealOutcome.QUASHED, day(40))
    determine_appeal(actor=track.legal, now=at(40), appeal_id=appeal, order=order)


def result(code: str) -> Try:
    return lambda track, step_id: record_court_outcome(
        actor=track.legal, now=at(LATER), intervention_id=step_id, result=Result(code, day(LATER))
    )


def given_again_or_first(track: Track, step_id: int) -> object:
    on = 33 if step(step_id).power == "FPN" else LATER  # a penalty while it may be paid
    return track.give(step_id, on, reason="Not at home before")


SHARED: dict[str, Try] = {
    "authorise": lambda t, i: authorise(actor=t.manager, now=at(LATER), intervention_id=i, cautions_reason="Lapsed"),
    "authorise_own": lambda t, i: authorise(
        actor=t.officer, now=at(LATER), intervention_id=i, cautions_reason="Lapsed"
    ),
    "send_back": lambda t, i: send_back(actor=t.officer, now=at(LATER), intervention_id=i, reason="Add the dates"),
    "issue": lambda t, i: issue(actor=t.officer, now=at(LATER), intervention_id=i, cautions_reason="Lapsed"),
    "record_service": given_again_or_first,
    "drop": lambda t, i: drop(actor=t.officer, now=at(LATER), intervention_id=i, reason="Moved away"),
    "withdraw": lambda t, i: withdraw(actor=t.manager, now=at(LATER), intervention_id=i, **WHY),
}
ACTS: dict[str, dict[str, Try]] = {
    "CPW": {
        **SHARED,
        "record_compliance": lambda t, i: record_compliance(
            actor=t.officer, now=at(LATER), intervention_id=i, assessment="Quiet"
        ),
        "record_not_heeded": lambda t, i: record_not_heeded(
            actor=t.officer, now=at(LATER), intervention_id=i, evidence_on=day(30), assessment="Loud"
        ),
        "lapse": lambda t, i: lapse(actor=t.officer, now=at(LATER), intervention_id=i),
    },
    "CPN": {
        **SHARED,
        "lodge_appeal": lambda t, i: lodge_appeal(
            actor=t.officer, now=at(LATER), intervention_id=i, lodged_on=day(LATER)
        ),
        "vary": lambda t, i: vary_notice(
            actor=t.manager, now=at(LATER), intervention_id=i, reason="Sooner", review_on=day(LATER + 9)
        ),
        "discharge": lambda t, i: discharge(actor=t.manager, now=at(LATER), intervention_id=i, **WHY),
        "end": lambda t, i: end_notice(actor=t.officer, now=at(LATER), intervention_id=i, complied_because="Done"),
    },
    "FPN": {
        **SHARED,
        "record_payment": lambda t, i: record_payment(
            actor=t.officer, now=at(LATER), intervention_id=i, paid_on=day(33), amount_pence=10000
        ),
        "accept_late_payment": lambda t, i: record_payment(
            actor=t.manager,
            now=at(LATER),
            intervention_id=i,
            paid_on=day(90),
            amount_pence=10000,
            late_reason="In hospital",
        ),
        "mark_unpaid": lambda t, i: mark_unpaid(actor=t.officer, now=at(LATER), intervention_id=i),
        "cancel": lambda t, i: cancel(actor=t.manager, now=at(LATER), intervention_id=i, **WHY),
        "write_off": lambda t, i: write_off(
            actor=t.manager, now=at(LATER), intervention_id=i, reason="Left the country"
        ),
    },
    "PROSECUTION": {
        "submit": lambda t, i: submit_prosecution(actor=t.officer, now=at(LATER), intervention_id=i),
        "send_back": lambda t, i: send_back(actor=t.legal, now=at(LATER), intervention_id=i, reason="Add the dates"),
        "authorise": lambda t, i: authorise_prosecution(
            actor=t.legal, now=at(LATER), intervention_id=i, sign_off=SignOff("Strong", "Needed", "D 7.3")
        ),
        "lay": lambda t, i: lay_prosecution(actor=t.legal, now=at(LATER), intervention_id=i),
        "abandon": lambda t, i: abandon_prosecution(
            actor=t.legal, now=at(LATER), intervention_id=i, reason="Witness gone"
        ),
        **{f"record_{code}": result(code) for code in ("convicted", "acquitted", "discontinued", "dismissed")},
    },
}
REACH: dict[str, dict[str, Reach]] = {
    "CPW": {
        "draft": warning("draft"),
        "authorised": warning("authorised"),
        "issued": warning("issued"),
        "served": warned(),
        "complied": warned(ACTS["CPW"]["record_compliance"]),
        "not_heeded": warned(ACTS["CPW"]["record_not_heeded"]),
        "lapsed": warned(ACTS["CPW"]["lapse"]),
        "withdrawn": warned(SHARED["withdraw"]),
        "escalated": lambda track: step(track.notice(20)).follows_id or 0,
    },
    "CPN": {
        "draft": notice("draft"),
        "authorised": notice("authorised"),
        "issued": notice("issued"),
        "in_force": notified(),
        "appealed": notified(ACTS["CPN"]["lodge_appeal"]),
        "quashed": notified(appeal_quashed),
        "withdrawn": notified(SHARED["withdraw"]),
        "discharged": notified(ACTS["CPN"]["discharge"]),
        "ended": notified(ACTS["CPN"]["end"]),
    },
    "FPN": {
        "draft": penalty("draft"),
        "authorised": penalty("authorised"),
        "issued": penalty("issued"),
        "paid": penalty("issued", ACTS["FPN"]["record_payment"]),
        "unpaid": penalty("issued", ACTS["FPN"]["mark_unpaid"]),
        "cancelled": penalty("issued", ACTS["FPN"]["cancel"]),
        "written_off": penalty(
            "issued", lambda t, i: (ACTS["FPN"]["mark_unpaid"](t, i), ACTS["FPN"]["write_off"](t, i))
        ),
    },
    "PROSECUTION": {
        "draft": prosecution("draft"),
        "legal_review": prosecution("legal_review"),
        "authorised": prosecution("authorised"),
        "laid": prosecution("laid"),
        "abandoned": prosecution("draft", ACTS["PROSECUTION"]["abandon"]),
        **{code: prosecution("laid", result(code)) for code in ("convicted", "acquitted", "discontinued", "dismissed")},
    },
}
#: What an act does from a state although the table has no such move: a document given again, and a late payment of a
#: penalty that nobody had marked unpaid.
BESIDE_THE_TABLE = {
    *(("CPW", state, "record_service") for state in ("served", "complied", "not_heeded")),
    *(("CPN", state, "record_service") for state in ("in_force", "appealed")),
    ("FPN", "unpaid", "record_service"),
    ("FPN", "issued", "accept_late_payment"),
}
ALLOWED = [
    (code, row.source, row.move, row.target)
    for code, power in POWERS.items()
    if code in TRACK
    for row in power.transitions
    if row.source is not None and row.move in ACTS[code]
]
STATES = [(code, state) for code in TRACK for state in sorted(POWERS[code].statuses)]


def without_four_eyes() -> None:
    """Policy asks for no second person here: that rule has tests of its own."""
    keep(PolicyValue(code="cpn_four_eyes", from_on=date(2020, 1, 1), value="off", source="A test", entered_at=NOW))


@pytest.fixture(scope="module")
def sqlite_app() -> Iterator[Flask]:
    with app_for_many_tests("sqlite") as app:
        without_four_eyes()
        yield app


@pytest.fixture
def track(sqlite_app: Flask) -> Track:
    """A case of one's own, in a database of all."""
    return make_track()


def try_what_is_not_known(track: Track, power: str, state: str) -> None:
    step_id = REACH[power][state](track)
    assert step(step_id).status == state
    before = entries(track.case.id)
    known = {row.move for row in POWERS[power].transitions if row.source == state}
    tried = [move for move in ACTS[power] if move not in known and (power, state, move) not in BESIDE_THE_TABLE]
    for move in tried:
        with pytest.raises(RuleBroken) as refused:
            ACTS[power][move](track, step_id)
        assert all(each.remedy and each.message for each in refused.value.refusals), (power, state, move)
    assert step(step_id).status == state
    assert entries(track.case.id) == before


@pytest.mark.parametrize(("power", "state"), STATES)
def test_what_the_table_does_not_know_is_refused_and_changes_nothing(track: Track, power: str, state: str) -> None:
    try_what_is_not_known(track, power, state)


@pytest.mark.engines("postgresql")
def test_every_state_is_reached_and_guarded_alike(in_app: Flask) -> None:
    without_four_eyes()
    for power, state in STATES:
        try_what_is_not_known(make_track(), power, state)


@pytest.mark.parametrize(("power", "state", "move", "target"), ALLOWED)
def test_what_the_table_knows_happens(track: Track, power: str, state: str, move: str, target: str) -> None:
    step_id = REACH[power][state](track)
    before = entries(track.case.id)
    ACTS[power][move](track, step_id)
    assert step(step_id).status == target
    assert len(entries(track.case.id)) == len(before) + 1


@pytest.mark.parametrize(("power", "state", "move"), sorted(BESIDE_THE_TABLE))
def test_what_acts_do_beside_the_table(track: Track, power: str, state: str, move: str) -> None:
    step_id = REACH[power][state](track)
    issued_on = step(step_id).issued_on
    ACTS[power][move](track, step_id)
    assert step(step_id).status == ("paid" if move == "accept_late_payment" else state)
    assert step(step_id).issued_on == issued_on
