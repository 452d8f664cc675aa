"""Errors as pages: plain, with the way on, and without anything of the program or of a person."""

import html
import re

import pytest
from sqlalchemy.exc import OperationalError

from asb_cases.web.errors import PAGES
from tests.support.sample_pages import REFUSAL, sample_app


@pytest.mark.parametrize("status", sorted(PAGES))
def test_each_has_its_page(status: int) -> None:
    answer = sample_app().test_client().get(f"/fails/{status}")
    assert answer.status_code == status
    assert f'<h1 class="govuk-heading-l">{PAGES[status].title}</h1>' in answer.text


def test_a_status_without_a_page_of_its_own_has_the_general_one() -> None:
    answer = sample_app().test_client().get("/fails/415")
    assert answer.status_code == 415
    assert PAGES[400].title in answer.text


def test_every_refusal_stands_with_its_section_and_its_remedy() -> None:
    answer = sample_app().test_client().get("/refused")
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    for words in (REFUSAL.message, REFUSAL.authority, REFUSAL.remedy):
        assert text.count(words) == 2


def test_what_a_role_does_not_include_is_refused() -> None:
    assert sample_app().test_client().get("/not-permitted").status_code == 403


def test_a_record_that_is_not_theirs_is_not_there() -> None:
    client = sample_app().test_client()
    hidden, absent = client.get("/not-yours"), client.get("/nowhere")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.text == absent.text


def test_a_wrong_method_names_the_right_ones() -> None:
    answer = sample_app(WTF_CSRF_ENABLED=False).test_client().post("/cases")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fault_shows_nothing_of_itself() -> None:
    app = sample_app(TESTING=False)

    @app.before_request
    def fail() -> None:
        raise RuntimeError("Alex Morgan of 12 Cowley Road")

    answer = app.test_client().get("/cases")
    assert answer.status_code == 500
    assert PAGES[500].title in answer.text
    for secret in ("Alex Morgan", "Traceback", "RuntimeError", "fail"):
        assert secret not in answer.text


def test_a_database_that_is_away_is_not_asked_who_is_there() -> None:
    app = sample_app()

    def nobody_answers(_request: object) -> None:
        raise OperationalError("select users.name where email = 'alex@example.org'", {}, Exception("refused"))

    app.login_manager.request_loader(nobody_answers)
    answer = app.test_client().get("/cases")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "alex@example.org" not in answer.text
    assert "Sign out" not in answer.text


def filled_in(**answers: str) -> dict[str, str]:
    return {
        "version": "3",
        "name": "Sam O'Neil <b>",
        "account": "Shouting",
        "channel": "phone",
        "power": "CPW",
        "kinds": "email",
        "given_on-day": "2",
        "given_on-month": "3",
        "given_on-year": "2016",
        "sure": "yes",
        "password": "correct horse battery staple",
    } | answers


def test_a_conflict_shows_both_versions_and_everything_typed() -> None:
    answer = sample_app(WTF_CSRF_ENABLED=False).test_client().post("/form", data=filled_in())
    assert answer.status_code == 409
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))
    assert "Sam O'Neil" in text
    assert "Alex Morgan" in text
    assert "Shouting" in text
    assert "2 3 2016" in text
    assert "Phone" in text
    for now in ("6 5 2017", "99.50", "In person"):
        assert now in text
    assert "<b>" not in answer.text.replace("<body", "")
    assert "correct horse" not in answer.text
    assert "never shown" not in answer.text


def test_an_act_on_the_version_shown_goes_through() -> None:
    answer = sample_app(WTF_CSRF_ENABLED=False).test_client().post("/form", data=filled_in(version="7"))
    assert answer.status_code == 302


def test_what_was_done_is_said_once_on_the_next_page() -> None:
    client = sample_app(WTF_CSRF_ENABLED=False).test_client()
    answer = client.post("/form", data=filled_in(version="7"), follow_redirects=True)
    assert 'govuk-notification-banner__heading">Saved<' in answer.text
    assert "Saved" not in client.get("/record").text


def test_what_is_too_large_is_said_to_be() -> None:
    answer = sample_app(MAX_CONTENT_LENGTH=1000).test_client().post("/form", data={"account": "a" * 2000})
    assert answer.status_code == 413
    assert PAGES[413].title in answer.text
