"""The council's own words in documents, on screen: previewed, refused, saved, compared; and at once in what is not frozen."""

from collections.abc import Callable

import time_machine
from flask import Flask

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.wording import WordingVersion
from tests.support.enforcement_track import at, make_track, step
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

PAGE = "/admin/wording/warning_disagree"


def saved(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(row.version, row.text) for row in db.session.query(WordingVersion).order_by(WordingVersion.id)]


def test_words_are_previewed_saved_and_compared(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    words = {"text": "Write to {{ council }} <now> about {{ reference }}.", "reason": "Plain English review"}
    preview = client.submit(PAGE, {**words, "back": "1"})
    assert "Write to Example Council &lt;now&gt; about CPN-2026-0001." in preview.text
    assert saved(app) == []
    assert client.submit(PAGE, words).status_code == 302
    assert saved(app) == [(1, words["text"])]
    page = client.page(PAGE).root
    assert "Plain English review" in page.text
    assert any("Write" in each.text for each in page.all("ins"))
    assert any("appeal" in each.text for each in page.all("del"))
    with app.app_context(), time_machine.travel(at(1)):
        track = make_track(name="<script>Sam</script>")
        reference, officer = step(track.draft_warning(1)).reference, track.officer.user_id or 0
    with time_machine.travel(at(1, 12)):
        shown = client_of(app, officer).get(f"/interventions/{reference}/documents/warning").text
    assert f"Write to Oxbridge City Council &lt;now&gt; about {reference}." in shown
    assert "There is no appeal" not in shown


def test_a_bad_placeholder_is_refused_beside_the_words(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    for more in ({}, {"back": "1"}):
        refused = client.submit(PAGE, {"text": "Ask {{ complainant }}", "reason": "So", **more})
        assert "“complainant” cannot be filled in." in refused.text
        assert 'id="text-error"' in refused.text
        assert "Ask {{ complainant }}" in refused.text
    assert client.submit(PAGE, {"text": "Ask us", "reason": ""}).status_code == 422
    assert saved(app) == []


def test_the_later_of_two_is_told(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    stale = client.hidden(PAGE)
    assert client.submit(PAGE, {"text": "First", "reason": "One"}).status_code == 302
    late = client.post(PAGE, data={**stale, "text": "Second", "reason": "Two"})
    assert late.status_code == 409
    assert "Second" in late.text
    assert saved(app) == [(1, "First")]


def test_the_texts_of_the_law_are_shown_locked(client_as: Callable[..., PageClient]) -> None:
    page = client_as(Role.ADMINISTRATOR).page("/admin/wording").root.text
    assert "2014 Act s.43(7)(b)" in page
    assert "locked" in page
