"""Every refusal that no override moves, met in the act an officer would do, with its section and its remedy; and that a
refused act leaves nothing behind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.policy import PolicyValue
from asb_cases.services.appeals import Order, determine_appeal, lodge_appeal
from asb_cases.services.draft_content import Asked
from asb_cases.services.endings import end_notice, lapse, withdraw
from asb_cases.services.fixed_penalties import mark_unpaid
from asb_cases.services.interventions import authorise, check_afterwards, issue
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import (
    Result,
    SignOff,
    authorise_prosecution,
    prepare_prosecution,
    record_court_outcome,
    submit_prosecution,
)
from asb_cases.services.requirement_versions import Change
from asb_cases.services.service_of_documents import Posting, record_posting
from asb_cases.services.variations import vary_notice
from asb_cases.services.warning_outcomes import record_not_heeded
from tests.factories import NOW, actor_of, keep, make_authorisation, make_user
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track, step
from tests.support.one_app import app_for_many_tests


@dataclass(frozen=True)
class Case:
    """What is done up to the act, the act, and what it answers."""

    name: str
    arrange: Callable[[Track], int]
    act: Callable[[Track, int], object]
    code: str
    authority: str
    subject: dict[str, object] | None = None


def nothing(track: Track) -> int:
    return 0


def warned_somebody_else(track: Track) -> int:
    other = make_track()
    return Track(track.case, other.subject, track.officer, track.colleague, track.manager, track.legal).warn(0)


def withdrawn_warning(track: Track) -> int:
    warning = track.warn(0)
    withdraw(
        actor=track.manager,
        now=at(3),
        intervention_id=warning,
        reason="Wrong house",
        recipient_told=True,
        victim_told=True,
    )
    return warning


def signed_notice(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    return notice


def authorised_notice(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 14)
    authorise(actor=track.manager, now=at(14), intervention_id=notice)
    return notice


def in_force(track: Track) -> int:
    return track.notice(20, requirements=[STOP, DO])


def appealed(track: Track) -> int:
    notice = in_force(track)
    lodge_appeal(actor=track.officer, now=at(31), intervention_id=notice, lodged_on=day(30))
    return notice


def breached(track: Track) -> int:
    return track.breach(in_force(track), 30)


def to_be_penalised(track: Track) -> int:
    breach = breached(track)
    track.decide(breach, BreachDecision.FPN, 31)
    return breach


def penalised(track: Track) -> int:
    return track.penalty(breached(track), 32)


def paid(track: Track) -> int:
    penalty = penalised(track)
    record_payment(actor=track.officer, now=at(40), intervention_id=penalty, paid_on=day(40), amount_pence=10000)
    return step(penalty).breach_id or 0


def penalised_and_to_be_prosecuted(track: Track) -> int:
    return track.authorised_prosecution(step(penalised(track)).breach_id or 0, 40)


def paid_after_the_file_was_ready(track: Track) -> int:
    prosecution = penalised_and_to_be_prosecuted(track)
    penalty = step(prosecution).follows_id or 0
    record_payment(actor=track.officer, now=at(46), intervention_id=penalty, paid_on=day(46), amount_pence=10000)
    return prosecution


def to_be_prosecuted(track: Track) -> int:
    return track.authorised_prosecution(breached(track), 40)


def went_on_for_days(track: Track) -> int:
    breach = track.breach(in_force(track), 30, recorded=60, to_on=day(50))
    return track.authorised_prosecution(breach, 60)


S43, S48, S52, S53, S55 = "2014 Act s.43", "2014 Act s.48", "2014 Act s.52", "2014 Act s.53", "2014 Act s.55"

CASES = [
    Case("a notice without any warning", nothing, lambda t, _: t.draft_notice(None, 14), "no_written_warning", S43 + "(5)(a)"),
    Case("a notice on a warning to somebody else", warned_somebody_else, lambda t, w: t.draft_notice(w, 14),
         "warning_to_someone_else", S43 + "(5)(a)"),
    Case("a notice on a warning that was only drafted", lambda t: t.draft_warning(0), lambda t, w: t.draft_notice(w, 14),
         "no_written_warning", S43 + "(5)(a)"),
    Case("a notice on a warning that was withdrawn", withdrawn_warning, lambda t, w: t.draft_notice(w, 14),
         "warning_withdrawn", S43 + "(5)(a)"),
    Case("a notice on another notice", in_force, lambda t, n: t.draft_notice(n, 40), "no_written_warning", S43 + "(5)(a)"),
    Case("a notice to somebody of fifteen", lambda t: t.warn(0, reason="School told"), lambda t, w: t.draft_notice(w, 14),
         "recipient_under_age", S43 + "(1)", {"born_on": date(2010, 6, 1)}),
    Case("a notice to somebody of whose age nothing is known", lambda t: t.draft_notice(t.warn(0, reason="Looks 30"), 14),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n),
         "age_not_recorded", S43 + "(1)", {"born_on": None}),
    Case("a notice that tells nobody and says nothing about it",
         lambda t: t.draft_notice(t.warn(0), 14, consultees=[]),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n), "no_consultees", S43 + "(6)"),
    Case("a notice without a limb", lambda t: t.draft_notice(t.warn(0), 14, unreasonable=None),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n), "limb_not_answered", S43 + "(1)"),
    Case("a notice without evidence", lambda t: t.draft_notice(t.warn(0), 14, evidence=[]),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n), "limb_without_evidence", S43 + "(1)"),
    Case("a notice that requires nothing", lambda t: t.draft_notice(t.warn(0), 14, requirements=[]),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n, cautions_reason="x"),
         "no_requirement", S43 + "(3)"),
    Case("a notice without enough time", lambda t: t.draft_notice(t.warn(0), 14, enough_time_reason=None),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n), "no_enough_time_reason", S43 + "(5)(b)"),
    Case("a police notice to stop by a day", lambda t: t.warn(0),
         lambda t, w: _of_the_police(t, w, requirements=[Asked(STOP.kind, STOP.text, day(30))]),
         "time_limit_on_stop", S43 + "(8)"),
    Case("a police notice over before it was given", lambda t: t.warn(0),
         lambda t, w: _of_the_police(t, w, ends_on=day(13)), "days_out_of_order", "How the record works"),
    Case("a stop requirement with a time limit", lambda t: t.warn(0),
         lambda t, w: t.draft_notice(w, 14, requirements=[Asked(STOP.kind, STOP.text, day(30))]), "time_limit_on_stop",
         S43 + "(8)"),
    Case("a notice varied to a stop requirement with a time limit", in_force,
         lambda t, n: vary_notice(actor=t.manager, now=at(40), intervention_id=n, reason="Later",
                                  changes=[Change("No music", day(60), 1)]),
         "time_limit_on_stop", S43 + "(8)"),
    Case("a notice authorised by its drafter", lambda t: t.draft_notice(t.warn(0), 14),
         lambda t, n: authorise(actor=t.officer, now=at(14), intervention_id=n), "needs_second_person", "Council policy"),
    Case("a notice issued by a colleague without authorisation", authorised_notice,
         lambda t, n: issue(actor=t.colleague, now=at(14), intervention_id=n), "issuer_not_authorised", S53),
    Case("a notice issued by nobody", authorised_notice,
         lambda t, n: issue(actor=CONSOLE, now=at(14), intervention_id=n), "no_signatory", S53),
    Case("a notice given by email", signed_notice, lambda t, n: t.give(n, 14, method=ServiceMethod.EMAIL),
         "service_method_not_allowed", S55),
    Case("a notice posted on the premises without enquiries", signed_notice,
         lambda t, n: t.give(n, 14, method=ServiceMethod.POSTED_ON_PREMISES, address="4 Rose Lane"), "no_enquiries_note",
         "2014 Act s.45(1)"),
    Case("a notice given before it was signed", signed_notice, lambda t, n: t.give(n, 14, given_at=at(13)),
         "given_before_signed", S43 + "(1)"),
    Case("a notice given tomorrow", signed_notice, lambda t, n: t.give(n, 14, given_at=at(15)), "given_in_future", S55),
    Case("a penalty posted on the premises", penalised,
         lambda t, p: t.give(p, 33, method=ServiceMethod.POSTED_ON_PREMISES, address="4 Rose Lane", enquiries_note="Asked"),
         "service_method_not_allowed", S55),
    Case("a warning not heeded by a day it still had", lambda t: t.warn(0),
         lambda t, w: record_not_heeded(actor=t.officer, now=at(8), intervention_id=w, evidence_on=day(7), assessment="Loud"),
         "not_heeded_before_day", S43 + "(5)(b)"),
    Case("a warning not heeded by what was seen before it was given", lambda t: t.warn(0, comply_by=None, reason="At once"),
         lambda t, w: record_not_heeded(actor=t.officer, now=at(8), intervention_id=w, evidence_on=day(-1), assessment="Loud"),
         "not_heeded_before_given", S43 + "(5)(b)"),
    Case("a notice on a warning withdrawn that day", withdrawn_warning, lambda t, w: t.draft_notice(w, 3),
         "warning_withdrawn", S43 + "(5)(a)"),
    Case("a notice signed after the time it gives",
         lambda t: t.draft_notice(t.warn(0), 14, requirements=[STOP, Asked(DO.kind, DO.text, day(13))]),
         lambda t, n: authorise(actor=t.manager, now=at(14), intervention_id=n), "time_limit_past", S43 + "(8)"),
    Case("a notice given after its last day", lambda t: _signed_to_last(t, 20), lambda t, n: t.give(n, 21),
         "notice_over_before_given", S43 + "(1)"),
    Case("a notice posted to arrive after its last day", lambda t: _signed_to_last(t, 20),
         lambda t, n: record_posting(actor=t.officer, now=at(19), intervention_id=n, posting=Posting("4 Rose Lane")),
         "notice_over_before_given", S43 + "(1)"),
    Case("a notice varied after its last day", lambda t: t.notice(20, ends_on=day(40)),
         lambda t, n: vary_notice(actor=t.manager, now=at(41), intervention_id=n, reason="Longer", ends_on=day(80)),
         "notice_over_already", S43),
    Case("a notice varied in nothing", in_force,
         lambda t, n: vary_notice(actor=t.manager, now=at(41), intervention_id=n, reason="Longer", ends_on=day(20 + 365)),
         "nothing_varied", "How the record works"),
    Case("a notice varied to a time limit that is past", in_force,
         lambda t, n: vary_notice(actor=t.manager, now=at(41), intervention_id=n, reason="Sooner",
                                  changes=[Change("Remove it.", day(40), 2)]),
         "time_limit_past", S43 + "(8)"),
    Case("a penalty given after its last day to pay", penalised, lambda t, p: t.give(p, 47), "penalty_given_too_late",
         S52 + "(2)"),
    Case("a warning lapsed while it lives", lambda t: t.warn(0),
         lambda t, w: lapse(actor=t.officer, now=at(100), intervention_id=w), "warning_still_alive", "Local policy"),
    Case("a notice ended before its day", in_force, lambda t, n: end_notice(actor=t.officer, now=at(100), intervention_id=n),
         "notice_not_over_yet", S43),
    Case("an appeal before the notice", in_force,
         lambda t, n: lodge_appeal(actor=t.officer, now=at(25), intervention_id=n, lodged_on=day(19)), "appeal_before_issue",
         "2014 Act s.46(2)"),
    Case("a second appeal beside the first", appealed,
         lambda t, n: lodge_appeal(actor=t.officer, now=at(32), intervention_id=n, lodged_on=day(32)), "appeal_already_pending",
         "2014 Act s.46(1)"),
    Case("a breach before the notice was given", in_force, lambda t, n: t.breach(n, 19), "no_notice_in_force", S48 + "(1)"),
    Case("a breach of a notice that was only signed", signed_notice,
         lambda t, n: t.breach(n, 15), "no_notice_in_force", S48 + "(1)"),
    Case("a breach tomorrow", in_force, lambda t, n: t.breach(n, 30, recorded=29), "breach_in_future", S48 + "(1)"),
    Case("a breach of no requirement", in_force, lambda t, n: t.breach(n, 30, numbers=()), "no_requirement_named", S48 + "(1)"),
    Case("a breach of a do requirement during an appeal", appealed, lambda t, n: t.breach(n, 35, numbers=(2,)),
         "requirement_suspended", "2014 Act s.46(3)"),
    Case("a breach of a do requirement on the day an appeal was lodged", appealed, lambda t, n: t.breach(n, 30, numbers=(2,)),
         "requirement_suspended", "2014 Act s.46(3)"),
    Case("a breach of a do requirement before its day",
         lambda t: t.notice(20, requirements=[STOP, Asked(DO.kind, DO.text, day(50))]),
         lambda t, n: t.breach(n, 50, numbers=(2,)), "requirement_not_due", S43 + "(8)"),
    Case("a penalty for a breach nobody decided", breached, lambda t, b: t.draft_penalty(b, 32),
         "breach_not_decided_fpn", S52 + "(1)"),
    Case("a penalty over the maximum", to_be_penalised, lambda t, b: t.draft_penalty(b, 32, amount_pence=10001),
         "penalty_over_maximum", S52 + "(7)"),
    Case("a reduced amount offered for fourteen days", to_be_penalised,
         lambda t, b: t.draft_penalty(b, 32, reduced_pence=7500, reduced_within_days=14), "reduced_offer_too_long", S52 + "(8)"),
    Case("a second penalty for a breach", lambda t: step(penalised(t)).breach_id or 0,
         lambda t, b: t.draft_penalty(b, 33), "penalty_already_given", S52 + "(2)"),
    Case("a penalty issued by a colleague without authorisation",
         lambda t: _authorised(t, t.draft_penalty(to_be_penalised(t), 32)),
         lambda t, p: issue(actor=t.colleague, now=at(32), intervention_id=p), "issuer_not_authorised", S53),
    Case("a penalty unpaid while it may be paid", penalised,
         lambda t, p: mark_unpaid(actor=t.officer, now=at(46), intervention_id=p), "still_payable", S52 + "(5)"),
    Case("a late payment that nobody decided to accept", penalised,
         lambda t, p: record_payment(actor=t.manager, now=at(47), intervention_id=p, paid_on=day(47), amount_pence=10000),
         "late_payment_needs_decision", S52 + "(5)(b)"),
    Case("a prosecution of a breach nobody decided", breached,
         lambda t, b: prepare_prosecution(actor=t.officer, now=at(32), breach_id=b), "breach_not_decided_prosecute", S48 + "(1)"),
    Case("proceedings on the last of the fourteen days", penalised_and_to_be_prosecuted, lambda t, p: t.lay(p, 46),
         "proceedings_within_14_days", S52 + "(5)(a)"),
    Case("proceedings after payment on the last day", paid_after_the_file_was_ready, lambda t, p: t.lay(p, 60),
         "penalty_paid_in_time", S52 + "(5)(b)"),
    Case("a decision to prosecute after payment in time", paid,
         lambda t, b: t.decide(b, BreachDecision.PROSECUTE, 60), "penalty_paid_in_time", S52 + "(5)(b)"),
    Case("proceedings after six months", to_be_prosecuted, lambda t, p: t.lay(p, 30 + 182), "prosecution_out_of_time",
         "Magistrates’ Courts Act 1980 s.127(1)"),
    Case("a later alleged day relied on without reasons", went_on_for_days, lambda t, p: t.lay(p, 30 + 182),
         "continuing_failure_needs_legal", "Magistrates’ Courts Act 1980 s.127(1)"),
    Case("a prosecution without legal’s tests",
         lambda t: _submitted(t, breached(t)),
         lambda t, p: authorise_prosecution(actor=t.legal, now=at(40), intervention_id=p, sign_off=SignOff(" ", "Yes", "D 7")),
         "no_evidential_test", "Code for Crown Prosecutors"),
    Case("a conviction before the laying", lambda t: _laid(t, to_be_prosecuted(t)),
         lambda t, p: record_court_outcome(actor=t.legal, now=at(60), intervention_id=p, result=Result("convicted", day(44))),
         "result_before_laying", S48 + "(1)"),
]  # fmt: skip


def _of_the_police(track: Track, warning: int, **given: object) -> int:
    outside = Outside("CPN", "Thames Valley Police", day(14), follows_id=warning, **given)  # type: ignore[arg-type]
    by = {"actor": track.officer, "now": at(15), "case_id": track.case.id, "subject_id": track.subject.id}
    return record_outside_step(**by, outside=outside)  # type: ignore[arg-type]


def _signed_to_last(track: Track, until: int) -> int:
    notice = track.draft_notice(track.warn(0), 14, ends_on=day(until))
    track.sign(notice, 14)
    return notice


def _authorised(track: Track, penalty: int) -> int:
    authorise(actor=track.manager, now=at(32), intervention_id=penalty)
    return penalty


def _submitted(track: Track, breach: int) -> int:
    track.decide(breach, BreachDecision.PROSECUTE, 39)
    prosecution = prepare_prosecution(actor=track.officer, now=at(39), breach_id=breach)
    submit_prosecution(actor=track.officer, now=at(39), intervention_id=prosecution)
    return prosecution


def _laid(track: Track, prosecution: int) -> int:
    track.lay(prosecution, 45)
    return prosecution


def kept() -> tuple[int | None, int | None]:
    db.session.rollback()
    return (
        db.session.scalar(select(func.count()).select_from(Intervention)),
        db.session.scalar(select(func.count()).select_from(HistoryEntry)),
    )


class Arranged:
    """What was arranged for one case serves the others that ask for the same: a refused act leaves nothing behind."""

    def __init__(self) -> None:
        self.known: dict[object, tuple[Track, int]] = {}

    def for_case(self, case: Case) -> tuple[Track, int]:
        key = (case.arrange, tuple(sorted((case.subject or {}).items())))
        if key not in self.known:
            track = make_track(**(case.subject or {}))
            self.known[key] = track, case.arrange(track)
        return self.known[key]


def refuse(case: Case, so_far: Arranged) -> None:
    track, arranged = so_far.for_case(case)
    before = kept()
    with pytest.raises(RuleBroken) as refused:
        case.act(track, arranged)
    found = {each.code: each for each in refused.value.refusals}
    assert case.code in found, case.name
    assert found[case.code].authority.startswith(case.authority), case.name
    assert found[case.code].remedy, case.name
    assert kept() == before, case.name


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Arranged]:
    with app_for_many_tests("sqlite"):
        yield Arranged()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_with_section_and_remedy(on_sqlite: Arranged, case: Case) -> None:
    refuse(case, on_sqlite)


@pytest.mark.engines("postgresql")
def test_all_of_them_are_refused_alike(in_app: Flask) -> None:
    so_far = Arranged()
    for case in CASES:
        refuse(case, so_far)


def test_warning_and_notice_on_one_day_by_their_times(in_app: Flask) -> None:
    """A warning at eleven carries a notice given at three, not one given at ten."""
    track = make_track()
    notice = track.draft_notice(track.warn(0, comply_by=day(0)), 0, hour=14)
    track.sign(notice, 0, hour=14, reason="Asked to stop at eleven, louder at two")
    with pytest.raises(RuleBroken) as refused:
        track.give(notice, 0, given_at=at(0, 10))
    assert "warning_not_before_notice" in [each.code for each in refused.value.refusals]
    with pytest.raises(RuleBroken) as untimed:
        track.give(notice, 0, given_at=None, given_on=day(0))
    assert [each.code for each in untimed.value.refusals] == ["same_day_times_not_recorded"]
    track.give(notice, 0, hour=15)
    assert (step(notice).status, step(notice).issued_at) == ("in_force", at(0, 15))


def test_the_maximum_of_the_day_of_the_offence_counts(in_app: Flask) -> None:
    """A raised maximum reaches no offence before it, and every one after it."""
    keep(PolicyValue(code="fpn_maximum", from_on=day(31), value="50000", source="SI 2026/1", entered_at=NOW))
    track = make_track()
    notice = in_force(track)
    early, late = track.breach(notice, 30), track.breach(notice, 31)
    for breach in (early, late):
        track.decide(breach, BreachDecision.FPN, 33)
    with pytest.raises(RuleBroken) as refused:
        track.draft_penalty(early, 33, amount_pence=50000)
    assert [each.code for each in refused.value.refusals] == ["penalty_over_maximum"]
    assert step(track.draft_penalty(late, 33, amount_pence=50000)).amount_pence == 50000


def test_a_stop_requirement_may_be_breached_during_an_appeal_until_the_court_orders_otherwise(in_app: Flask) -> None:
    track = make_track()
    notice = appealed(track)
    assert track.breach(notice, 35, numbers=(1,))


def test_legal_may_rely_on_a_later_alleged_day_with_reasons(in_app: Flask) -> None:
    track = make_track()
    prosecution = went_on_for_days(track)
    track.lay(prosecution, 30 + 182, continuing_failure_reason="Every night until then")
    assert step(prosecution).status == "laid"


def test_an_expired_authorisation_is_none(in_app: Flask) -> None:
    track = make_track()
    user = make_user(Role.OFFICER)
    user_actor = actor_of(user)
    make_authorisation(user, "CPN", from_on=day(-100), to_on=day(13))
    track.case.team_id = None
    db.session.commit()
    notice = authorised_notice(track)
    with pytest.raises(RuleBroken) as refused:
        issue(actor=user_actor, now=at(14), intervention_id=notice)
    assert [each.code for each in refused.value.refusals] == ["issuer_not_authorised"]


def test_whoever_issued_does_not_check_afterwards(in_app: Flask) -> None:
    track = make_track()
    notice = signed_notice(track)
    checker = make_user(Role.MANAGER)
    check_afterwards(actor=actor_of(checker), now=at(15), intervention_id=notice)
    assert step(notice).checker_id == checker.id
    with pytest.raises(RuleBroken) as refused:
        check_afterwards(actor=track.manager, now=at(15), intervention_id=notice)
    assert [each.code for each in refused.value.refusals] == ["already_done"]


def test_an_appeal_determined_is_over(in_app: Flask) -> None:
    track = make_track()
    notice = in_force(track)
    appeal = lodge_appeal(actor=track.officer, now=at(30), intervention_id=notice, lodged_on=day(30))
    order = Order(AppealOutcome.DISMISSED, day(40))
    determine_appeal(actor=track.legal, now=at(41), appeal_id=appeal, order=order)
    with pytest.raises(RuleBroken):
        determine_appeal(actor=track.legal, now=at(42), appeal_id=appeal, order=order)
