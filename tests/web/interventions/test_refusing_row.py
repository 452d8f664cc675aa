"""The rules that refuse without override, each with the test that meets it on a page: with its section, the way to put it
right, and everything typed still there. And the three ways in which what was typed could be lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from asb_cases.adapters import passwords
from asb_cases.domain import breaches, service
from asb_cases.domain.errors import Refusal
from asb_cases.domain.powers import (
    authority,
    community_protection_notice,
    fixed_penalty_notice,
    penalty,
    prior_warning,
    prosecution,
    recipient,
)
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from asb_cases.web.sent_twice import SAID
from tests.factories import make_participant
from tests.support.enforcement_track import at, make_track, step
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.signed_in import client_of

HERE = Path(__file__).parent


class Met(NamedTuple):
    """A rule that refuses, and where its page test is: the file, and words that stand in that test alone."""

    rule: str
    refusal: Refusal
    file: str
    words: str


REFUSALS, BREACHES = "test_refusals.py", "test_breaches.py"
PENALTIES, PROSECUTIONS, DRAFTING = "test_penalties.py", "test_prosecutions.py", "test_drafting.py"
ROW = (
    Met("no written warning to the same recipient before a notice", prior_warning.NO_WRITTEN_WARNING, REFUSALS,
        "has not been given a written warning"),
    Met("a withdrawn warning is none", prior_warning.WARNING_WITHDRAWN, REFUSALS, "was withdrawn on"),
    Met("warning and notice of one day: the times decide", prior_warning.WARNING_LATER_THAT_DAY, REFUSALS,
        "at or after the time"),
    Met("a notice to someone under 16", recipient.UNDER_AGE, REFUSALS, "aged 16 or over"),
    Met("no notice in force on the alleged day", breaches.NO_NOTICE_IN_FORCE, BREACHES, "was in force on"),
    Met("a penalty for no decided breach", fixed_penalty_notice.BREACH_NOT_DECIDED, PENALTIES,
        "test_one_breach_one_penalty_and_only_where_it_was_decided_so"),
    Met("a prosecution for no decided breach", prosecution.BREACH_NOT_DECIDED, PROSECUTIONS,
        "test_only_what_was_decided_so_is_prosecuted_and_once"),
    Met("a do or steps requirement while an appeal is in progress", breaches.REQUIREMENT_SUSPENDED, BREACHES,
        "test_only_what_binds_on_the_day_can_be_picked"),
    Met("proceedings inside the 14 days", prosecution.WITHIN_14_DAYS, PROSECUTIONS, "test_not_inside_the_fourteen_days"),
    Met("proceedings after payment in time", prosecution.PAID_IN_TIME, PROSECUTIONS, "test_not_after_payment_in_time"),
    Met("a penalty over the cap of the offence’s day", fixed_penalty_notice.OVER_MAXIMUM, PENALTIES,
        "the maximum for an offence alleged on"),
    Met("a reduced offer of 14 days", fixed_penalty_notice.OFFER_TOO_LONG, PENALTIES, "can’t be offered for 14 days"),
    Met("a way of service that the Act does not know", service.METHOD_UNKNOWN_TO_THE_ACT, REFUSALS,
        "can’t be served like this"),
    Met("posting on the premises without enquiries", service.NO_ENQUIRIES_NOTE, REFUSALS, "needs a note of the reasonable"),
    Met("nobody told and no reason", community_protection_notice.NO_CONSULTEES, REFUSALS, "Nobody is named as told"),
    Met("an issuer without authority", authority.NOT_AUTHORISED, REFUSALS, "no authorisation of the issuer"),
    Met("the second person where policy wants one", authority.NEEDS_SECOND_PERSON, REFUSALS, "whoever drafted it can’t"),
    Met("the six months", prosecution.OUT_OF_TIME, PROSECUTIONS, "test_not_after_six_months"),
    Met("a later alleged day without legal’s reasons", prosecution.CONTINUING_NEEDS_LEGAL, PROSECUTIONS,
        "test_a_later_alleged_day_is_relied_on_with_reasons"),
    Met("a late payment without a decision", penalty.LATE_NEEDS_REASON, PENALTIES, "test_a_late_payment_is_a_decision"),
)  # fmt: skip
PASSWORD = "purple monkey dishwasher"
TYPED = "Drumming on bins\nfrom six until nine, “every” evening & more"


@pytest.mark.parametrize("met", ROW, ids=lambda met: met.rule)
def test_each_rule_that_refuses_is_met_on_a_page(met: Met) -> None:
    assert met.words in (HERE / met.file).read_text(), f"no test in {met.file} meets “{met.refusal.code}” on its page"
    assert met.refusal.authority
    assert met.refusal.remedy


class World(NamedTuple):
    """A draft of a warning in a case, and those who may work on it."""

    case: str
    subject: str
    draft: str
    officer: int
    colleague: int
    email: str


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context(), time_machine.travel(at(14, 8), tick=False):
        track = make_track()
        make_participant(track.case, track.subject)
        officer = db.session.get_one(User, track.officer.user_id)
        officer.password_hash, officer.password_changed_at = passwords.hashed(PASSWORD), at(0)
        db.session.commit()
        draft, colleague = step(track.draft_warning(14)).reference, track.colleague.user_id or 0
        return World(track.case.reference, str(track.subject.id), draft, officer.id, colleague, officer.email)


def field(text: str, name: str) -> str:
    """What a field of the page holds."""
    found = [each for each in Page(text).root.all("input", "textarea") if each.attributes.get("name") == name]
    return found[0].attributes.get("value") or found[0].text if found else ""


def test_a_session_that_ran_out_over_a_draft_loses_nothing(app: Flask, world: World) -> None:
    path = f"/interventions/{world.draft}/draft/conduct"
    with time_machine.travel(at(14, 9), tick=False):
        client = client_of(app, world.officer)
        hidden = client.hidden(path)
    late = at(14, 9) + timedelta(hours=9)
    with time_machine.travel(late, tick=False):
        over = client.post(path, data={**hidden, "conduct": TYPED})
        assert over.status_code == 401
        assert "Drumming" not in over.text
        kept = {name: field(over.text, name) for name in ("csrf_token", "kept")}
        back = client.post("/sign-in", data={**kept, "email": world.email, "password": PASSWORD})
        assert field(back.text, "conduct").splitlines() == TYPED.splitlines()
        again = {name: field(back.text, name) for name in ("csrf_token", "resumed", "conduct", "version")}
        shown = client.post(path, data=again)
    assert shown.status_code == 200
    assert "Drumming on bins" in shown.text
    assert "Nothing is saved yet" in shown.text


def count(app: Flask, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_double_click_begins_one_warning_and_leads_to_it(app: Flask, world: World) -> None:
    with time_machine.travel(at(14, 9), tick=False):
        client = client_of(app, world.officer)
        path = f"/cases/{world.case}/warnings/new"
        sent = {**client.hidden(path), "recipients": world.subject}
        first = client.post(path, data=sent)
        assert first.status_code == 302
        second = client.post(path, data=sent, follow_redirects=True)
    assert SAID in second.text
    assert count(app, Intervention) == 2  # with the draft that was there


def test_a_colleague_who_was_quicker_costs_no_word(app: Flask, world: World) -> None:
    path = f"/interventions/{world.draft}/draft/conduct"
    with time_machine.travel(at(14, 9), tick=False):
        mine, theirs = (client_of(app, user) for user in (world.officer, world.colleague))
        stale = mine.hidden(path)
        assert theirs.submit(path, {"conduct": "Shouting from the balcony"}).status_code == 302
        lost = mine.post(path, data={**stale, "conduct": TYPED})
    assert lost.status_code == 409
    for words in ("Drumming on bins", "“every” evening &amp; more", "Shouting from the balcony"):
        assert words in lost.text


def test_a_refusal_met_at_the_act_itself_has_its_section_and_remedy_too(app: Flask, world: World) -> None:
    """Where the page finds that its step is not open at all, it says so as the form would."""
    with time_machine.travel(at(14, 9), tick=False):
        client: PageClient = client_of(app, world.officer)
        page = client.get(f"/interventions/{world.draft}/issue")
    assert page.status_code == 422
    assert "Possible now:" in page.text
    assert "How the record works" in page.text
