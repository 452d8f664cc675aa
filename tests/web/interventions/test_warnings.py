"""What became of a warning, on its pages."""

import pytest
from flask import Flask

from tests.support.desk import Desk, make_desk, text_of, typed_day


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def test_heeded(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "record-compliance")
    told = desk.page(8, "officer", path).root.text
    assert "Heed a community protection warning" in told
    assert "Life of a community protection warning" in told
    assert desk.send(8, "officer", path, {"assessment": "Quiet; the neighbours agree."}).status_code == 302
    assert desk.step(warning).status == "complied"


def test_not_heeded_needs_evidence_after_the_day_it_gave(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "record-not-heeded")
    typed = {"assessment": "Loud again until two."}
    refused = desk.send(8, "officer", path, {**typed, **typed_day("evidence_on", 7)})
    assert refused.status_code == 422
    assert "2014 Act s.43(5)(b)" in text_of(refused)
    assert "Name evidence dated after that day" in text_of(refused)
    assert "Loud again until two." in refused.text, "what was typed is still there"
    assert desk.step(warning).status == "served"
    assert desk.send(8, "officer", path, {**typed, **typed_day("evidence_on", 8)}).status_code == 302
    assert desk.step(warning).status == "not_heeded"
    shown = desk.page(8, "officer", desk.path(warning, "")).root.text
    assert "Seen on" in shown
    assert "Loud again until two." in shown


@pytest.mark.engines("sqlite")
def test_a_warning_that_was_only_drafted_says_why_not(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.draft_warning(0))
    page = desk.page(1, "officer", desk.path(warning, "record-compliance"))
    assert "not possible while the status is “draft”" in page.root.text
    assert page.root.all("textarea") == []


@pytest.mark.engines("sqlite")
def test_withdrawing_asks_who_was_told_and_keeps_the_reason(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "withdraw")
    asked = desk.send(3, "manager", path, {"reason": "Wrong house"})
    assert asked.status_code == 422
    assert "not recorded that the recipient was told" in text_of(asked)
    answers = {"reason": "Wrong house", "recipient_told": "yes", "cautions_reason": "Nobody complained"}
    assert desk.send(3, "manager", path, answers).status_code == 302
    step = desk.step(warning)
    assert (step.status, step.ended_because) == ("withdrawn", "Wrong house")


@pytest.mark.engines("sqlite")
def test_a_warning_lapses_once_its_life_is_over(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "lapse")
    refused = desk.send(100, "officer", path)
    assert refused.status_code == 422
    assert "Local policy: life of a warning" in text_of(refused)
    assert desk.send(182, "officer", path).status_code == 302
    assert desk.step(warning).status == "lapsed"


@pytest.mark.engines("sqlite")
def test_the_slower_of_two_is_told(desk: Desk) -> None:
    warning = desk.arrange(lambda track: track.warn(0))
    path = desk.path(warning, "record-compliance")
    first, second = desk.send_late(8, "manager", "officer", path, {"assessment": "Silent since Monday"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Silent since Monday" in second.text
