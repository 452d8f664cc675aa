"""Two people at the same moment: one penalty for one breach, and a plain answer to whoever came second; where nothing
stands against both acts, both happen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm.exc import StaleDataError

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Actor
from asb_cases.domain.reminders import Delivery
from asb_cases.extensions import db
from asb_cases.models.casework import Note
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.reminder import ReminderChoice
from asb_cases.models.user_session import UserSession
from asb_cases.queries import enforcement_facts, rulings
from asb_cases.queries.history import verify_history
from asb_cases.queries.not_found import NotFound
from asb_cases.services.account_links import Site
from asb_cases.services.case_access import restrict_case
from asb_cases.services.casework import add_note, correct_note, withhold_note
from asb_cases.services.fixed_penalties import Terms, draft_fixed_penalty
from asb_cases.services.reminders import choose_delivery
from asb_cases.services.setting_passwords import give_link
from asb_cases.services.sign_in import Attempt, SignInRefused, _let_in
from asb_cases.services.transaction import TRIES, transaction
from asb_cases.services.warning_outcomes import record_not_heeded
from tests.factories import actor_of, make_case, make_note, make_person, make_reader, make_user
from tests.support.enforcement_track import Track, at, day, entries, make_track, step

TERMS = Terms("Amplified music in the garden from 23:40 to 01:15.", payee="The council, Town Hall, Oxford")


def decided_breach() -> tuple[int, Actor, Actor]:
    track = make_track()
    breach = track.breach(track.notice(20), 30)
    track.decide(breach, BreachDecision.FPN, 31)
    return breach, track.officer, track.colleague


def penalties() -> int | None:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Intervention).where(Intervention.power == "FPN"))


def test_two_draft_one_penalty_at_once(app: Flask) -> None:
    with app.app_context():
        breach, officer, colleague = decided_breach()
    together = Barrier(2)

    def draft(actor: Actor) -> str:
        with app.app_context():
            together.wait()
            try:
                draft_fixed_penalty(actor=actor, now=at(32), breach_id=breach, terms=TERMS)
            except RuleBroken as refused:
                return refused.refusals[0].code
            finally:
                db.session.remove()
            return "drafted"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(draft, (officer, colleague)))
    assert answers == ["drafted", "penalty_already_given"]
    with app.app_context():
        assert penalties() == 1
        assert verify_history().holds


def test_what_the_rule_overlooked_the_database_refuses_in_the_same_words(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    breach, officer, colleague = decided_breach()
    draft_fixed_penalty(actor=officer, now=at(32), breach_id=breach, terms=TERMS)
    monkeypatch.setattr(enforcement_facts, "penalty_drafted_for", lambda *_, **__: False)
    with pytest.raises(RuleBroken) as refused:
        draft_fixed_penalty(actor=colleague, now=at(32), breach_id=breach, terms=TERMS)
    assert [each.code for each in refused.value.refusals] == ["penalty_already_given"]
    assert "interventions" not in str(refused.value)
    assert penalties() == 1


def at_once(app: Flask, *acts: Callable[[], object]) -> None:
    """Each in a thread of its own; whatever one raises is raised here."""

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            try:
                act()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


def signed_notice(track: Track, warning: int) -> int:
    notice = track.draft_notice(warning, 14)
    track.sign(notice, 14)
    return notice


def test_a_notice_is_given_while_a_colleague_assesses_its_warning(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both write the warning: the giving read it before the assessment was written, and reads it anew."""
    with app.app_context():
        track = make_track()
        warning = track.warn(0)
        notice, case_id = signed_notice(track, warning), track.case.id
    together, real, reads = Barrier(2), rulings.notice_facts, []

    def slow_facts(*given: object, **named: object) -> object:
        facts = real(*given, **named)  # type: ignore[arg-type]
        reads.append(facts)
        if len(reads) == 1:
            meet(together)  # the warning has been read; now the colleague may begin
            meet(together)  # ... and, where the engine lets them, ends
        return facts

    def assess() -> None:
        meet(together)
        given = {"intervention_id": warning, "evidence_on": day(10), "assessment": "Heard again"}
        with suppress(RuleBroken):  # on SQLite the notice comes first, and an escalated warning is assessed no more
            record_not_heeded(actor=track.colleague, now=at(14, 11), **given)
        meet(together)

    monkeypatch.setattr(rulings, "notice_facts", slow_facts)
    at_once(app, lambda: track.give(notice, 14), assess)
    with app.app_context():
        assert (step(notice).status, step(warning).status) == ("in_force", "escalated")
        assert verify_history().holds
        if db.engine.dialect.name == "postgresql":
            assert entries(case_id)[-2:] == ["compliance_assessed", "service_recorded"]
            assert len(reads) == 2, "tried again, on fresh rows"


def test_many_change_one_row_that_none_of_them_locked(app: Flask) -> None:
    with app.app_context():
        person = make_person(name="-").id
    together = Barrier(3)

    @transaction
    def add(letter: str) -> None:
        row = db.session.get_one(Person, person)
        meet(together)
        row.name += letter

    at_once(app, *(lambda letter=letter: add(letter) for letter in "abc"))
    with app.app_context():
        assert sorted(db.session.get_one(Person, person).name) == ["-", "a", "b", "c"]


def test_two_who_add_the_same_row_at_once_have_one_between_them(app: Flask) -> None:
    """A calendar program set up twice, a filter saved by two clicks: neither finds the row, and the later one looks again."""
    with app.app_context():
        user = actor_of(make_user())
    together, real = Barrier(2), db.session.get

    def slow_get(kind: type, key: object, **given: object) -> object:
        found = real(kind, key, **given)
        if kind is ReminderChoice:
            meet(together)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.session, "get", slow_get)
        at_once(app, *[lambda: choose_delivery(actor=user, now=at(0), delivery=Delivery.DIGEST)] * 2)
    with app.app_context():
        assert db.session.scalars(select(ReminderChoice.delivery)).all() == [Delivery.DIGEST]


def test_who_signs_in_while_the_password_is_taken_away_is_not_in(app: Flask) -> None:
    with app.app_context():
        user = make_user(password_hash="old")
        attempt, user_id = Attempt(0, user.id, "old"), user.id
    begun = Event()

    @transaction
    def take_away() -> None:
        give_link(
            actor=CONSOLE, now=at(0), user_id=user_id, site=Site("https://x.example", "x.example", sends_email=False)
        )
        begun.set()
        sleep(0.3)

    def come_in() -> None:
        begun.wait(5)
        with suppress(SignInRefused):
            _let_in(attempt, None, actor=CONSOLE, now=at(0), browser=None)

    at_once(app, take_away, come_in)
    with app.app_context():
        assert db.session.scalars(select(UserSession.id).where(UserSession.ended_at.is_(None))).all() == []


def test_a_note_that_is_being_withheld_is_not_written_again_in_other_words(app: Flask) -> None:
    with app.app_context():
        note_id = make_note(make_case(), text="Lives at the refuge").id
    begun = Event()

    @transaction
    def withhold() -> None:
        withhold_note(actor=CONSOLE, now=at(0), note_id=note_id, reason="Names a refuge")
        begun.set()
        sleep(0.3)

    def correct() -> None:
        begun.wait(5)
        with suppress(RuleBroken):
            correct_note(actor=CONSOLE, now=at(0), note_id=note_id, text="Lives at a refuge", reason="Spelling")

    at_once(app, withhold, correct)
    with app.app_context():
        assert db.session.scalars(select(Note.withheld_because)).all() == ["Names a refuge"]


def test_whoever_is_being_taken_from_the_readers_of_a_case_adds_nothing_more(app: Flask) -> None:
    with app.app_context():
        gone, stays = make_user(), make_user()
        case = make_case(restricted=True)
        make_reader(case, gone)
        case_id, stays_id, actor = case.id, stays.id, actor_of(gone)
    begun = Event()

    @transaction
    def restrict() -> None:
        restrict_case(actor=CONSOLE, now=at(0), case_id=case_id, reader_ids=[stays_id], reason="He knows her")
        begun.set()
        sleep(0.3)

    def write() -> None:
        begun.wait(5)
        with suppress(NotFound):
            add_note(actor=actor, now=at(0), case_id=case_id, text="Where does she live now?")

    at_once(app, restrict, write)
    with app.app_context():
        assert db.session.scalars(select(Note.text)).all() == []


def test_whoever_never_gets_through_is_told_so(app: Flask) -> None:
    tries = []

    @transaction
    def always_late() -> None:
        tries.append(1)
        raise StaleDataError

    with app.app_context(), pytest.raises(StaleDataError):
        always_late()
    assert len(tries) == TRIES
    assert StaleDataError in app.error_handler_spec[None][None], "and not with a traceback"


def meet(together: Barrier) -> None:
    """Wait for the others a moment: SQLite lets one writer in at a time, so that they come one after another."""
    try:
        together.wait(0.5)
    except BrokenBarrierError:
        return
