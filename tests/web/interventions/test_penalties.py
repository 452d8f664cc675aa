"""Fixed penalties on their pages: within the cap of the alleged day, paid in full, in parts, reduced or late, or not."""

from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.breaches import BreachDecision
from asb_cases.extensions import db
from asb_cases.models.payment import Payment
from asb_cases.models.policy import PolicyValue
from asb_cases.models.service import Service
from tests.factories import NOW, keep
from tests.support.desk import Desk, make_desk, text_of, typed_day
from tests.support.enforcement_track import Track, day, running

TERMS = {
    "conduct": "Amplified music in the garden from 23:40 to 01:15.",
    "amount": "100",
    "payee": "The council, Town Hall, Oxford",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    return make_desk(app)


def to_be_penalised(track: Track) -> tuple[int, int]:
    notice = track.notice(20)
    breach = track.breach(notice, 30)
    track.decide(breach, BreachDecision.FPN, 31)
    return notice, breach


def penalised(track: Track, **terms: Any) -> int:
    """Dated day 32, so that it may be paid until day 46."""
    return track.penalty(track.breach(track.notice(20), 30), 32, **terms)


def draft_path(desk: Desk) -> str:
    notice, breach = desk.arrange(to_be_penalised)
    return desk.path(notice, f"breaches/{breach}/fixed-penalty")


def pay(
    desk: Desk, penalty: int, on: int, pounds: str, *, who: str = "officer", paid: int | None = None, **typed: str
) -> Any:
    answers = {
        **typed_day("paid_on", on if paid is None else paid),
        "amount": pounds,
        "method": "Card, online",
        **typed,
    }
    return desk.send(on, who, desk.path(penalty, "record-payment"), answers)


def payments(desk: Desk) -> list[tuple[int | None, bool | None, str | None]]:
    with desk.app.app_context():
        return [
            (row.amount_pence, row.in_time, row.late_reason) for row in db.session.query(Payment).order_by(Payment.id)
        ]


def test_drafted_from_the_decision_with_the_cap_and_its_source(desk: Desk) -> None:
    path = draft_path(desk)
    page = desk.page(32, "officer", path).root.text
    assert "the penalty may be £100 at most" in page
    assert "Source: 2014 c.12, from 20 October 2014" in page
    assert "last day 20 February 2026" in page, "14 days following 6 February, worked out by the rules"
    assert "On 4 February 2026 you did not comply with CPN-2026-0001" in page, "the particulars are begun"
    answers = {**TERMS, "reduced": "75", "reduced_within_days": "13", "other_ways_to_pay": "Online"}
    response = desk.send(32, "officer", path, answers)
    assert response.status_code == 302
    step = desk.step(desk.newest("FPN"))
    assert response.location == f"/interventions/{step.reference}"
    assert (step.status, step.amount_pence, step.reduced_pence, step.reduced_within_days) == ("draft", 10000, 7500, 13)
    assert (step.payee, step.other_ways_to_pay) == ("The council, Town Hall, Oxford", "Online")


@pytest.mark.engines("sqlite")
def test_a_signed_penalty_that_was_never_given_is_given_for_the_first_time(desk: Desk) -> None:
    _, breach = desk.arrange(to_be_penalised)
    penalty = desk.arrange(lambda track: track.penalty(breach, 32))
    with desk.app.app_context():
        db.session.query(Service).filter_by(intervention_id=penalty).delete()
        db.session.commit()
    page = desk.page(33, "officer", desk.path(penalty, "service")).root.text
    assert "Record how it was given" in page
    assert "when it was first given" not in page
    assert "Open the document to print it" in page


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("wrong", "told", "authority"),
    [
        (
            {"amount": "100.01"},
            "more than £100.00, the maximum for an offence alleged on 4 February 2026",
            "2014 Act s.52(7)",
        ),
        ({"reduced": "75", "reduced_within_days": "14"}, "can’t be offered for 14 days", "2014 Act s.52(8)"),
        ({"reduced": "100", "reduced_within_days": "10"}, "not lower than the full one", "2014 Act s.52(8)"),
        ({"reduced": "75"}, "needs both an amount and a number of days", "2014 Act s.52(8)"),
    ],
)
def test_terms_that_the_act_does_not_allow(desk: Desk, wrong: dict[str, str], told: str, authority: str) -> None:
    refused = desk.send(32, "officer", draft_path(desk), {**TERMS, **wrong})
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert authority in text_of(refused)
    assert "Amplified music in the garden" in refused.text


@pytest.mark.engines("sqlite")
def test_without_particulars_or_payee_nothing_is_drafted(desk: Desk) -> None:
    refused = desk.send(32, "officer", draft_path(desk), {"amount": "100", "conduct": " ", "payee": ""})
    assert "Say what is alleged to be the offence" in text_of(refused)
    assert "Enter the name and address to which the penalty is paid" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_a_raised_maximum_reaches_no_earlier_offence(desk: Desk) -> None:
    with desk.app.app_context():
        keep(PolicyValue(code="fpn_maximum", from_on=day(31), value="50000", source="SI 2026/1", entered_at=NOW))
    refused = desk.send(40, "officer", draft_path(desk), {**TERMS, "amount": "101"})
    assert "more than £100.00" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_one_breach_one_penalty_and_only_where_it_was_decided_so(desk: Desk) -> None:
    notice, breach = desk.arrange(to_be_penalised)
    path = desk.path(notice, f"breaches/{breach}/fixed-penalty")
    assert desk.send(32, "officer", path, TERMS).status_code == 302
    second = desk.send(33, "officer", path, TERMS)
    assert second.status_code == 422
    assert "A fixed penalty notice was given for this alleged breach already" in text_of(second)
    assert "2014 Act s.52(2)" in text_of(second)
    undecided = desk.arrange(lambda track: track.breach(notice, 33))
    refused = desk.send(35, "officer", desk.path(notice, f"breaches/{undecided}/fixed-penalty"), TERMS)
    assert "has not been decided to be met with a fixed penalty" in text_of(refused)
    assert "2014 Act s.52(1)" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_a_draft_is_changed_and_a_signed_one_is_not(desk: Desk) -> None:
    penalty = desk.arrange(lambda track: track.draft_penalty(to_be_penalised(track)[1], 32))
    path = desk.path(penalty, "terms")
    assert desk.send(33, "officer", path, {**TERMS, "amount": "80"}).status_code == 302
    assert desk.step(penalty).amount_pence == 8000
    assert "£90.00" in text_of(
        desk.send(33, "officer", path, {**TERMS, "amount": "80", "reduced": "90", "reduced_within_days": "5"})
    )
    desk.arrange(lambda track: track.sign(penalty, 33))
    closed = desk.page(34, "officer", path).root
    assert "Only a draft can be changed" in closed.text
    assert closed.all("textarea") == []


def test_paid_in_full_ends_the_six_months(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    page = desk.page(40, "officer", desk.path(penalty, "record-payment")).root.text
    assert "£100 until 20 February 2026" in page
    assert "From 21 February 2026" in page
    assert pay(desk, penalty, 40, "100").status_code == 302
    assert (desk.step(penalty).status, payments(desk)) == ("paid", [(10000, True, None)])
    with desk.app.app_context():
        assert running(breach_id=desk.step(penalty).breach_id or 0) == {}


def test_paid_in_parts(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    assert pay(desk, penalty, 40, "30").status_code == 302
    assert desk.step(penalty).status == "issued"
    assert "£70" in desk.page(41, "officer", desk.path(penalty, "record-payment")).root.text
    assert pay(desk, penalty, 46, "70").status_code == 302
    assert (desk.step(penalty).status, payments(desk)) == ("paid", [(3000, True, None), (7000, True, None)])


@pytest.mark.engines("sqlite")
def test_the_reduced_amount_is_enough_while_it_is_offered(desk: Desk) -> None:
    penalty = desk.arrange(lambda track: penalised(track, reduced_pence=6000, reduced_within_days=10))
    page = desk.page(42, "officer", desk.path(penalty, "record-payment")).root.text
    assert "£60 until 16 February 2026" in page
    assert pay(desk, penalty, 42, "60").status_code == 302
    assert desk.step(penalty).status == "paid"


@pytest.mark.engines("sqlite")
def test_more_than_is_due_asks_for_a_reason(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    asked = pay(desk, penalty, 40, "110")
    assert "the difference is owed back" in text_of(asked)
    assert pay(desk, penalty, 40, "110", cautions_reason="Sent back today").status_code == 302


@pytest.mark.engines("sqlite")
def test_a_late_payment_is_a_decision_of_a_manager_with_a_reason(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    assert desk.send(47, "officer", desk.path(penalty, "mark-unpaid")).status_code == 302
    by_officer = pay(desk, penalty, 48, "100", late_reason="On leave")
    assert by_officer.status_code == 422
    assert "is for a manager to decide" in text_of(by_officer)
    assert "On leave" in by_officer.text
    undecided = pay(desk, penalty, 48, "100", who="manager")
    assert undecided.status_code == 422
    assert "it discharges nothing by itself" in text_of(undecided)
    assert "2014 Act s.52(5)(b)" in text_of(undecided)
    assert pay(desk, penalty, 48, "100", who="manager", late_reason="On leave; paid the next day").status_code == 302
    assert (desk.step(penalty).status, payments(desk)) == ("paid", [(10000, False, "On leave; paid the next day")])
    with desk.app.app_context():
        assert running(breach_id=desk.step(penalty).breach_id or 0) != {}, "paid late, it discharges nothing by itself"


@pytest.mark.engines("sqlite")
def test_in_time_but_heard_of_late_is_in_time(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    desk.send(47, "officer", desk.path(penalty, "mark-unpaid"))
    assert pay(desk, penalty, 50, "100", paid=46).status_code == 302
    assert payments(desk) == [(10000, True, None)]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("paid", "told"), [(31, "before the notice of 6 February 2026"), (41, "has not come yet")])
def test_days_on_which_nothing_can_have_been_paid(desk: Desk, paid: int, told: str) -> None:
    refused = pay(desk, desk.arrange(penalised), 40, "100", paid=paid)
    assert refused.status_code == 422
    assert told in text_of(refused)
    assert "2014 Act s.52" in text_of(refused)


@pytest.mark.engines("sqlite")
def test_not_unpaid_before_the_days_are_over(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    path = desk.path(penalty, "mark-unpaid")
    early = desk.send(46, "officer", path)
    assert early.status_code == 422
    assert "may be paid until the end of 20 February 2026" in text_of(early)
    assert "2014 Act s.52(5)" in text_of(early)
    page = desk.page(47, "officer", path).root.text
    assert "“Lay an information for the offence” runs on" in page
    assert desk.send(47, "officer", path).status_code == 302
    assert desk.step(penalty).status == "unpaid"


@pytest.mark.engines("sqlite")
def test_cancelled_with_an_approver_and_written_off(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    path = desk.path(penalty, "cancel")
    with desk.day(40):
        assert desk.client("officer").get(path).status_code == 403
    asked = desk.send(40, "manager", path, {"reason": "In hospital that night"})
    assert "not recorded that the recipient was told" in text_of(asked)
    answers = {"reason": "In hospital that night", "recipient_told": "yes", "victim_told": "yes"}
    assert desk.send(40, "legal", path, answers).status_code == 302
    assert (desk.step(penalty).status, desk.step(penalty).ended_because) == ("cancelled", "In hospital that night")
    other = desk.arrange(lambda track: track.penalty(track.breach(track.notice(60, warned_on=50), 70), 72))
    desk.send(90, "officer", desk.path(other, "mark-unpaid"))
    assert desk.send(100, "manager", desk.path(other, "write-off"), {"reason": "Moved away"}).status_code == 302
    assert desk.step(other).status == "written_off"


@pytest.mark.engines("sqlite")
def test_the_slower_of_two_is_told(desk: Desk) -> None:
    penalty = desk.arrange(penalised)
    answers = {**typed_day("paid_on", 40), "amount": "100", "reference": "CARD 77"}
    first, second = desk.send_late(40, "manager", "officer", desk.path(penalty, "record-payment"), answers)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "CARD 77" in second.text
    assert len(payments(desk)) == 1
