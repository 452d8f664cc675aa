"""`/ask-for-a-review`: what anybody may do with it, and what ill will may not."""

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.adapters.time import now
from asb_cases.domain.case_review_application import ApplicantRole, ApplicationChannel, VictimConsent
from asb_cases.domain.permissions import CONSOLE, Via
from asb_cases.domain.public_pages import DRAFT_KEPT_FOR
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.email import Email
from asb_cases.models.history import HistoryEntry
from asb_cases.models.public_draft import PublicDraft
from asb_cases.services.policy import add_policy_value
from asb_cases.services.public_applications import forget_old_drafts
from tests.support.access_world import switch_public_form_on
from tests.support.page_client import PageClient
from tests.support.record import clocks

HERE = "/ask-for-a-review"
NIGHT = {f"occurred_on-{part}": value for part, value in zip(("day", "month", "year"), ("1", "9", "2025"), strict=True)}
MADE = {f"made_on-{part}": value for part, value in zip(("day", "month", "year"), ("2", "9", "2025"), strict=True)}


@pytest.fixture
def anybody(app: Flask) -> PageClient:
    app.config.update(MAIL_URL="smtp://mail.invalid", MAIL_FROM="asb@example.org")
    with app.app_context():
        switch_public_form_on()
    return app.test_client()  # type: ignore[return-value]


def answer(client: PageClient, step: str, **fields: Any) -> str:
    """Answer one page; where it leads."""
    sent = client.submit(f"{HERE}/{step}", fields, form=0 if step.startswith("reports/") else -1)
    assert sent.status_code == 302, sent.get_data(as_text=True)
    return str(sent.headers["Location"]).removeprefix(f"{HERE}/")


def filled_in(client: PageClient, *, words: str = "Shouting at night") -> None:
    """All of it, for a friend, up to the check."""
    assert answer(client, "who", applicant_role="friend") == "victim"
    assert answer(client, "victim", on_behalf_of="Ida Marsh") == "consent"
    assert answer(client, "consent", victim_consent="not_asked") == "what"
    assert answer(client, "what", words=words) == "reports"
    assert answer(client, "reports/1", body="Police", **NIGHT, **MADE) == "reports"
    assert answer(client, "reports", more="yes") == "reports/2"
    assert answer(client, "reports/2", body="Landlord", body_name="Hill Homes") == "reports"
    assert answer(client, "reports", more="no") == "effect"
    assert answer(client, "effect") == "name"
    assert answer(client, "name", contact_name="Ola Berg") == "contact"
    assert answer(client, "contact", contact_email="ola@example.org") == "safe-contact"
    assert answer(client, "safe-contact", safe_contact="No voice messages") == "check"


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_somebody_asks_for_a_friend(app: Flask, anybody: PageClient) -> None:
    filled_in(anybody)
    page = anybody.page(f"{HERE}/check")
    assert "Hill Homes, day not known" in page.root.text
    assert answer(anybody, "consent?change=1", victim_consent="yes") == "check"
    twice = anybody.hidden(f"{HERE}/check")
    assert anybody.post(f"{HERE}/check", data=twice).headers["Location"] == f"{HERE}/done"
    assert anybody.post(f"{HERE}/check", data=twice).headers["Location"] == f"{HERE}/done"
    assert anybody.get(f"{HERE}/what").headers["Location"] == f"{HERE}/done"
    with app.app_context():
        review = db.session.scalars(select(CaseReview)).one()
        assert (review.channel, review.applicant_role) == (ApplicationChannel.WEB, ApplicantRole.FRIEND)
        assert (review.on_behalf_of, review.victim_consent) == ("Ida Marsh", VictimConsent.YES)
        assert (review.contact_name, review.safe_contact, review.effect) == ("Ola Berg", "No voice messages", None)
        named = db.session.scalars(select(CaseReviewComplaint).order_by(CaseReviewComplaint.id)).all()
        assert [(each.body, each.occurred_on, each.complainant) for each in named] == [
            ("Police", date(2025, 9, 1), "Ida Marsh"), ("Landlord: Hill Homes", None, "Ida Marsh"),
        ]  # fmt: skip
        assert set(clocks(case_review_id=review.id)) == {"case_review_acknowledge", "case_review_decide"}
        entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "case_review_received")).one()
        assert (entry.via, entry.address, entry.actor_user_id) == (Via.PUBLIC, None, None)
        email = db.session.scalars(select(Email)).one()
        assert (email.address, review.reference in email.subject) == ("ola@example.org", True)
        assert not any(word in f"{email.text}{email.html}" for word in ("Ola", "Berg", "Ida", "Shouting", "ola@"))
        assert db.session.scalars(select(PublicDraft)).one().answers == "{}"
        reference = review.reference
    assert reference in anybody.page(f"{HERE}/done").root.text


def test_hostile_input_is_kept_as_words_or_refused(app: Flask, anybody: PageClient) -> None:
    assert anybody.submit(f"{HERE}/who", {"applicant_role": "king"}).status_code == 422
    answer(anybody, "who", applicant_role="victim")
    assert anybody.submit(f"{HERE}/what", {"words": "x" * 5000}).status_code == 422
    assert anybody.post(f"{HERE}/what", data={"words": "no forgery token"}).status_code == 400
    answer(anybody, "what", words="a\x00b <script>alert(1)</script> {{7*7}}")
    assert answer(anybody, "reports/1", body="Police") == "reports"
    for number in range(2, 21):
        answer(anybody, f"reports/{number}", body="Council")
    assert anybody.get(f"{HERE}/reports/21").status_code == 404
    assert anybody.get(f"{HERE}/reports/99999999999999999999").status_code == 404
    assert answer(anybody, "reports", more="yes") == "effect", "twenty are as many as there may be"
    nobody = {"contact_email": "", "contact_phone": "", "contact_address": ""}
    answer(anybody, "effect")
    answer(anybody, "name", contact_name="<b>Bold</b>")
    assert "Enter an email address" in anybody.submit(f"{HERE}/contact", nobody).get_data(as_text=True)
    assert anybody.submit(f"{HERE}/contact", {"contact_email": "not one"}).status_code == 422
    answer(anybody, "contact", contact_phone="1" * 20)
    answer(anybody, "safe-contact")
    html = anybody.get(f"{HERE}/check").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "ab &lt;script&gt;" in html
    trap = anybody.submit(f"{HERE}/check", {"website": "https://spam.invalid"})
    assert (trap.status_code, b"people do not see" in trap.data) == (422, True)
    with app.app_context():
        assert (count(CaseReview), count(Email)) == (0, 0)
    assert anybody.submit(f"{HERE}/check").status_code == 302
    with app.app_context():
        assert (count(CaseReview), count(CaseReviewComplaint), count(Email)) == (1, 20, 0)


def test_answers_go_with_time_and_belong_to_one_browser(app: Flask, anybody: PageClient) -> None:
    answer(anybody, "who", applicant_role="victim")
    answer(anybody, "what", words="Something private")
    stranger: Any = app.test_client()
    assert stranger.get(f"{HERE}/what").status_code == 410
    with stranger.session_transaction() as kept:
        kept["review_draft"] = "a forged token"
    assert b"no longer here" in stranger.get(f"{HERE}/check").data
    with app.app_context():
        assert json.loads(db.session.scalars(select(PublicDraft)).one().answers)["words"] == "Something private"
        forget_old_drafts(now=now() + DRAFT_KEPT_FOR)
        assert count(PublicDraft) == 0
    gone = anybody.get(f"{HERE}/what")
    assert (gone.status_code, b"no longer here" in gone.data) == (410, True)


def test_a_page_that_is_switched_off_says_how_else(app: Flask) -> None:
    client: Any = app.test_client()
    with app.app_context():
        add_policy_value(
            actor=CONSOLE, now=now(), code="letter_contact", from_on=date(2015, 1, 1), value="Call 01865 1", source="Us"
        )
    for address in (HERE, f"{HERE}/who", f"{HERE}/done"):
        answered = client.get(address)
        assert (answered.status_code, b"Call 01865 1" in answered.data) == (404, True)


def test_pages_that_only_inform_set_no_cookie_and_name_no_account(anybody: PageClient) -> None:
    for address in (HERE, "/case-review-procedure", "/privacy", "/accessibility"):
        answered = anybody.get(address)
        assert "Set-Cookie" not in answered.headers, address
        assert b"Sign in" not in answered.data, address
    assert "3 reports" in anybody.page("/case-review-procedure").root.text


def test_would_my_case_qualify(app: Flask, anybody: PageClient) -> None:
    day = now().date()
    fields = {"reports-rows": "0 1 2"}
    for row in range(3):
        for name in ("occurred_on", "made_on"):
            fields |= {f"reports-{row}-{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    assert "By these dates, yes" in anybody.submit("/would-my-case-qualify", fields).get_data(as_text=True)
    unknown = {name: "" if name.startswith("reports-2-occurred") else value for name, value in fields.items()}
    assert "It may" in anybody.submit("/would-my-case-qualify", unknown).get_data(as_text=True)
    fewer = {name: value for name, value in fields.items() if not name.startswith("reports-2")}
    assert "you can still ask" in anybody.submit("/would-my-case-qualify", fewer).get_data(as_text=True)
    with app.app_context():
        assert (count(PublicDraft), count(CaseReview)) == (0, 0)


def test_too_many_are_told_when_to_come_again(app: Flask, anybody: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from asb_cases.domain import public_pages

    limits = dict.fromkeys(public_pages.Door, public_pages.DoorLimits(address=1, total=9))
    monkeypatch.setattr("asb_cases.queries.public_drafts.LIMITS", limits)
    filled_in(anybody)
    assert anybody.submit(f"{HERE}/check").status_code == 302
    second: Any = app.test_client()
    full = second.submit(f"{HERE}/who", {"applicant_role": "victim"})
    assert (full.status_code, b"Try again after" in full.data) == (429, True)
    with app.app_context():
        assert (count(PublicDraft), count(CaseReview)) == (1, 1)
