"""Administrators see what runs by itself and what was sent, and can set it going again."""

from collections.abc import Callable

from flask import Flask

from asb_cases.domain.outbox import EmailState
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.email import Email
from tests.factories import make_email
from tests.factories.rows import NOW
from tests.support.page_client import PageClient


def test_a_job_is_run_from_its_page_and_the_run_is_listed(client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    assert "Never" in client.get("/admin/jobs").text
    answer = client.submit("/admin/jobs/tidy_up", follow_redirects=True)
    assert "It ran: 0 done, 0 failed." in answer.text
    assert "No end" not in answer.text
    assert "Never" in client.get("/admin/jobs").text, "the other job"
    assert client.get("/admin/jobs/nothing").status_code == 404


def test_no_scheduler_is_said_plainly(client_as: Callable[..., PageClient]) -> None:
    assert "No scheduler is running" in client_as(Role.ADMINISTRATOR).get("/admin/jobs").text


def test_emails_are_found_by_state_address_and_day(app: Flask, client_as: Callable[..., PageClient]) -> None:
    with app.app_context():
        make_email(subject="First", address="ann@example.org")
        make_email(subject="Second", address="bob@example.org", state=EmailState.SENT, sent_at=NOW)
    client = client_as(Role.ADMINISTRATOR)
    for asked, found in {
        "": {"First", "Second"},
        "?state=sent": {"Second"},
        "?address=ANN%40": {"First"},
        "?address=%25": set(),
        "?queued_from=2026-03-02&queued_to=2026-03-02": {"First", "Second"},
        "?queued_from=2026-03-03": set(),
        "?queued_to=2026-03-01": set(),
    }.items():
        text = client.get(f"/admin/emails{asked}").text
        assert {subject for subject in ("First", "Second") if subject in text} == found, asked


def test_one_that_was_given_up_is_sent_again_by_hand(app: Flask, client_as: Callable[..., PageClient]) -> None:
    with app.app_context():
        email_id = make_email(state=EmailState.GIVEN_UP, tries=24, last_error="550: the address was refused").id
    client = client_as(Role.ADMINISTRATOR)
    assert "550: the address was refused" in client.get(f"/admin/emails/{email_id}").text
    answer = client.submit(f"/admin/emails/{email_id}", follow_redirects=True)
    assert "The e-mail waits to be sent again." in answer.text
    with app.app_context():
        email = db.session.get_one(Email, email_id)
        assert (email.state, email.tries) == (EmailState.QUEUED, 0)
