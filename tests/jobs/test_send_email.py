"""What waits in the outbox is sent: once, in order, over one connection, and again where it could not be."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.outbox import FURTHEST_WAIT, MOST_TRIES, EmailState, Letter, wait_after
from asb_cases.domain.permissions import CONSOLE, Actor, Via
from asb_cases.extensions import db
from asb_cases.jobs.job import Outcome
from asb_cases.jobs.register import job_called
from asb_cases.jobs.running import run_job
from asb_cases.models.email import Email
from asb_cases.services import outbox
from asb_cases.services.account_links import Site
from asb_cases.services.setting_passwords import send_forgotten_link, set_password
from asb_cases.services.transaction import transaction
from tests.factories import make_user
from tests.support.mail_server import MailServer, mail_server

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@transaction
def queued(*numbers: int) -> None:
    for number in numbers:
        letter = Letter("test", f"ASB-2026-{number:06}", "What is due.")
        outbox.queue_email(
            letter,
            effect_key=f"test:{number}",
            address=f"a{number}@example.org",
            now=MORNING,
            mail_domain="example.org",
        )


@contextmanager
def mail_to(app: Flask, **behaviour: object) -> Iterator[MailServer]:
    with mail_server(**behaviour) as server:  # type: ignore[arg-type]
        app.config["MAIL_URL"] = f"smtp://127.0.0.1:{server.port}?tls=none"
        app.config["MAIL_FROM"] = "asb@example.org"
        yield server


def sent(app: Flask, at: datetime = MORNING) -> Outcome:
    job = job_called("send_email")
    assert job is not None
    with time_machine.travel(at, tick=True):
        outcome = run_job(app, job, holder="here", asked_by="console")
    assert outcome is not None
    return outcome


def rows() -> list[Email]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Email).order_by(Email.id)))


def test_what_waits_is_sent_once_and_in_order(in_app: Flask) -> None:
    queued(1, 2, 3)
    with mail_to(in_app) as server:
        assert sent(in_app) == Outcome(done=3)
        assert sent(in_app) == Outcome()
    assert [str(taken["To"]) for taken in server.received] == [f"a{number}@example.org" for number in (1, 2, 3)]
    assert server.connections == 1
    assert {row.state for row in rows()} == {EmailState.SENT}
    assert server.ids == [row.message_id for row in rows()]


def test_one_effect_has_one_email(in_app: Flask) -> None:
    queued(1, 1, 2)
    queued(2)
    assert [row.effect_key for row in rows()] == ["test:1", "test:2"]


def test_an_email_of_an_act_that_failed_was_never_there(in_app: Flask) -> None:
    @transaction
    def fail() -> None:
        queued(1)
        raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError):
        fail()
    assert rows() == []


def test_a_server_away_for_a_day_loses_nothing(in_app: Flask) -> None:
    queued(1, 2, 3)
    with mail_to(in_app):
        pass
    for hour in range(24):
        assert sent(in_app, MORNING + timedelta(hours=hour)).done == 0
    assert {row.state for row in rows()} == {EmailState.QUEUED}
    assert all(row.tries < MOST_TRIES for row in rows())
    with mail_to(in_app) as server:
        assert sent(in_app, MORNING + timedelta(hours=24) + FURTHEST_WAIT).done == 3
    assert sorted(server.ids) == sorted(row.message_id for row in rows())


def test_an_address_that_does_not_exist_is_given_up_and_stops_nobody(in_app: Flask) -> None:
    queued(1, 2)
    with mail_to(in_app, refuse={"a1@example.org": "550 no such person"}) as server:
        assert sent(in_app) == Outcome(done=1, failed=1)
        first, second = rows()
        assert (first.state, second.state) == (EmailState.GIVEN_UP, EmailState.SENT)
        assert first.last_error == "550: the address was refused"
        assert sent(in_app, MORNING + timedelta(days=3)) == Outcome()

        server.refuse.clear()
        outbox.send_again(actor=CONSOLE, now=MORNING, email_id=first.id)
        assert sent(in_app) == Outcome(done=1)
    with pytest.raises(RuleBroken):
        outbox.send_again(actor=CONSOLE, now=MORNING, email_id=second.id)


def test_a_temporary_refusal_is_tried_again_later_and_later(in_app: Flask) -> None:
    queued(1)
    with mail_to(in_app, refuse={"a1@example.org": "451 try later"}):
        at = MORNING
        for tries in range(1, MOST_TRIES + 1):
            assert sent(in_app, at) == Outcome(failed=1), tries
            assert rows()[0].tries == tries
            assert sent(in_app, at + timedelta(seconds=20)) == Outcome(), "not at once"
            at += FURTHEST_WAIT
        assert rows()[0].state is EmailState.GIVEN_UP
        assert sent(in_app, at + timedelta(days=1)) == Outcome()


def test_what_a_dead_sender_had_in_hand_is_sent_with_the_same_id(in_app: Flask) -> None:
    queued(1)
    claimed = outbox.claim_next(holder="a process that died", now=MORNING)
    assert claimed is not None
    with mail_to(in_app) as server:
        assert sent(in_app) == Outcome(done=1)
    assert server.ids == [claimed.message_id]


def test_a_sender_taken_for_dead_changes_nothing_any_more(in_app: Flask) -> None:
    queued(1)
    claimed = outbox.claim_next(holder="a process that froze", now=MORNING)
    assert claimed is not None
    with mail_to(in_app):
        sent(in_app)
    outbox.put_back(email_id=claimed.id, holder="a process that froze", now=MORNING, told="x", permanent=True)
    assert rows()[0].state is EmailState.SENT


def test_a_clock_put_back_holds_nothing_up(in_app: Flask) -> None:
    queued(1)
    with mail_to(in_app, refuse={"a1@example.org": "451 try later"}) as server:
        assert sent(in_app, MORNING + timedelta(days=30)).failed == 1
        server.refuse.clear()
        assert sent(in_app, MORNING) == Outcome(done=1)


def test_without_a_mail_server_everything_waits(in_app: Flask) -> None:
    queued(1)
    assert sent(in_app) == Outcome()
    assert rows()[0].tries == 0


@pytest.mark.parametrize(("tries", "least", "most"), [(1, 96, 144), (3, 384, 576), (24, 11_520, 17_280)])
def test_waits_grow_to_four_hours_a_fifth_more_or_less(tries: int, least: int, most: int) -> None:
    assert wait_after(tries, jitter=0).total_seconds() == least
    assert wait_after(tries, jitter=1).total_seconds() == most
    assert wait_after(tries, jitter=1) <= FURTHEST_WAIT


@pytest.mark.engines("sqlite")
def test_a_one_time_link_arrives_whole_and_opens_the_account(in_app: Flask) -> None:
    somebody, site = Actor(via=Via.WEB), Site("https://cases.example", "cases.example", sends_email=True)
    user = make_user(email="ann@example.org")
    send_forgotten_link(actor=somebody, now=MORNING, user_id=user.id, site=site)
    with mail_to(in_app) as server:
        assert sent(in_app) == Outcome(done=1)
    (arrived,) = server.received
    plain = arrived.get_body(("plain",))
    assert plain is not None
    found = re.search(r"https://cases\.example/set-password/(\S+)", plain.get_content())
    assert found is not None
    assert found[1] not in str(vars(rows()[0]))
    set_password(actor=somebody, now=MORNING, token=found[1], password_hash="new")
