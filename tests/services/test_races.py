"""Two people, one breach, at the same moment: one penalty, and a plain answer to whoever came second."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.queries import enforcement_facts
from asb_cases.queries.history import verify_history
from asb_cases.services.fixed_penalties import Terms, draft_fixed_penalty
from tests.support.enforcement_track import at, make_track

TERMS = Terms(particulars="Amplified music in the garden from 23:40 to 01:15.")


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
