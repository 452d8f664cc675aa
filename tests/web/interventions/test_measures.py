"""The pages on which work in default and a seizure are recorded: one each, with what was done so far."""

from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from tests.support.desk import make_desk, text_of
from tests.support.enforcement_track import Track, day, running


def to_be_remedied(track: Track) -> tuple[int, int]:
    notice = track.notice(20)
    breach = track.breach(notice, 30)
    track.decide(breach, BreachDecision.REMEDIAL_ACTION, 32)
    return notice, breach


def test_the_work_and_its_cost_are_recorded_on_one_page(app: Flask) -> None:
    desk = make_desk(app)
    notice, breach = desk.arrange(to_be_remedied)
    of_breach = desk.path(notice, f"breaches/{breach}")
    work, warrant = f"{of_breach}/remedial-work", f"{of_breach}/seizure"
    assert "Record what was done about the work" in desk.page(35, "officer", of_breach).root.text
    assert "It has not been decided to do this" in desk.page(35, "officer", warrant).root.text

    def send(on: int, kind: str, amount: str) -> object:
        answers = {"kind": kind, "amount": amount, "text": "Two men and a van", **fields(on)}
        return desk.send(on, "officer", work, answers)

    refused = send(35, "work_elsewhere", "250")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    for words in ("No notice of the intended work", "2014 Act s.47(3)", "Two men and a van"):
        assert words in text_of(refused)
    assert send(36, "work_open_air", "250").status_code == 302  # type: ignore[attr-defined]
    assert send(40, "cost_notice", "250.00").status_code == 302  # type: ignore[attr-defined]
    page = desk.page(41, "officer", of_breach).root.text
    assert "Work done on land that is open to the air: £250" in page
    assert "Appeal against the amount of remedial costs" in page
    desk.arrange(lambda track: track.decide(breach, BreachDecision.FPN, 42))
    assert "Record what else was done about the work" in desk.page(43, "officer", of_breach).root.text
    assert desk.arrange(lambda _track: running(breach_id=breach))["remedial_cost_appeal"] == day(60)


def fields(on: int) -> dict[str, str]:
    when = day(on)
    return {"on-day": str(when.day), "on-month": str(when.month), "on-year": str(when.year)}
