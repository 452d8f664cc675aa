"""What refuses a fixed penalty, what only cautions, what binds an old register's row, and what payment does."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers.fixed_penalty_notice import (
    POWER,
    PenaltyFacts,
    check_date,
    check_handed_over,
    check_issue,
    check_penalty,
    check_unpaid,
)
from asb_cases.domain.powers.penalty import Received, check_payment, pounds
from asb_cases.domain.powers.recipient import Recipient
from tests.domain.powers.facts import DO, GIVEN, NOTICE, OFFENCE, PENALTY, PENALTY_DAY, PENALTY_FACTS, STOP, SUBJECT


def test_a_penalty_with_everything_is_issued_without_a_word():
    assert check_issue(PENALTY_FACTS).codes == ()


REFUSED = [
    ("no_notice_in_force", "s.48(1)", {"notice": None}),
    ("no_notice_in_force", "s.48(1)", {"notice": replace(NOTICE, given_on=None)}),
    ("no_notice_in_force", "s.48(1)", {"notice": replace(NOTICE, given_on=date(2026, 4, 7))}),
    ("no_notice_in_force", "s.48(1)", {"notice": replace(NOTICE, last_day=date(2026, 4, 5))}),
    ("no_notice_in_force", "s.48(1)", {"notice": replace(NOTICE, quashed_on=date(2026, 4, 5))}),
    ("no_notice_in_force", "s.48(1)", {"offence_from": date(2026, 3, 1), "offence_to": OFFENCE}),
    ("notice_to_someone_else", "s.48(1)", {"notice": replace(NOTICE, subject_id=2)}),
    ("no_alleged_breach", "s.52(1)", {"breach_alleged": False}),
    ("breach_not_decided_fpn", "s.52(1)", {"decision": None}),
    ("breach_not_decided_fpn", "s.52(1)", {"decision": BreachDecision.WARN}),
    ("penalty_over_maximum", "s.52(7)", {"amount": 10001}),
    ("no_payee", "s.52(6)(d)", {"payee": " "}),
    ("penalty_maximum_not_known", "s.52(7)", {"maximum": None}),
    ("penalty_maximum_not_known", "s.68", {"maximum": None, "offence": "pspo_breach"}),
    ("no_amount", "s.52(6)", {"amount": None}),
    ("no_amount", "s.52(6)", {"amount": 0, "reduced": None, "reduced_within_days": None}),
    ("reduced_offer_too_long", "s.52(8)", {"reduced_within_days": 14}),
    ("reduced_not_lower", "s.52(8)", {"reduced": 10000}),
    ("reduced_offer_incomplete", "s.52(8)", {"reduced": None}),
    ("reduced_offer_incomplete", "s.52(8)", {"reduced": 0}),
    ("reduced_offer_incomplete", "s.52(8)", {"reduced_within_days": 0}),
    ("penalty_before_offence", "s.52(1)", {"notice_date": date(2026, 4, 5)}),
    ("no_particulars", "s.52(6)(a)", {"particulars": ""}),
    ("penalty_already_given", "s.52(2)", {"penalty_already_given": True}),
    ("proceedings_started", "s.52(5)(a)", {"proceedings_started": True}),
    ("issuer_not_authorised", "s.53", {"issuer_authorised": False}),
    ("penalty_to_the_unnamed", "s.52(1)", {"recipient": Recipient(1, PersonKind.OCCUPIER)}),
]


@pytest.mark.parametrize(("code", "section", "changed"), REFUSED)
def test_the_law_refuses_to_issue_it(code, section, changed):
    refusals = check_issue(replace(PENALTY_FACTS, **changed)).refusals

    assert [refusal.code for refusal in refusals] == [code]
    assert section in refusals[0].authority
    assert refusals[0].remedy
    assert "{" not in refusals[0].message + refusals[0].remedy


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("recipient_16_or_17", {"recipient": replace(SUBJECT, born_on=date(2009, 1, 1))}),
        ("offence_out_of_time", {"limit_last_day": date(2026, 4, 9)}),
        ("notice_since_quashed", {"notice": replace(NOTICE, quashed_on=date(2026, 4, 8))}),
        ("notice_came_back", {"notice": replace(NOTICE, came_back_on=date(2026, 3, 9))}),
        ("notice_given_under_age", {"notice": replace(NOTICE, age_when_given=15), "minimum_age": 16}),
    ],
)
def test_it_cautions(code, changed):
    findings = check_issue(replace(PENALTY_FACTS, **changed))
    assert findings.allowed
    assert findings.codes == (code,)


@pytest.mark.parametrize(
    "changed",
    [
        {"offence_from": GIVEN},
        {"notice": replace(NOTICE, last_day=OFFENCE)},
        {"reduced_within_days": 13},
        {"reduced": None, "reduced_within_days": None},
        {"notice_date": OFFENCE},
        {"offence": "pspo_breach", "notice": None, "breach_alleged": False, "decision": None},
        {"notice": replace(NOTICE, subject_id=7, linked_ids=frozenset({1}))},
    ],
)
def test_what_the_law_leaves_open_stays_open(changed):
    assert check_issue(replace(PENALTY_FACTS, **changed)).codes == ()


def test_the_maximum_is_that_of_the_day_of_the_offence_and_the_refusal_says_so():
    refusal = check_penalty(replace(PENALTY_FACTS, amount=50000)).refusals[0]
    assert refusal.message == "£500.00 is more than £100.00, the maximum for an offence alleged on 6 April 2026."


def test_where_the_alleged_day_is_not_recorded_the_maximum_is_that_of_the_notice():
    undated = replace(OLD_ROW, amount=10001)
    assert check_penalty(undated).refusals[0].message == "£100.01 is more than £100.00, the maximum on 10 April 2026."


OLD_ROW = PenaltyFacts(
    recipient=Recipient(1, PersonKind.INDIVIDUAL), notice=NOTICE, notice_date=PENALTY_DAY, maximum=10000, imported=True
)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ()),
        ({"amount": 10000, "offence_from": OFFENCE}, ()),
        ({"notice": None}, ("no_notice_in_force",)),
        ({"notice": replace(NOTICE, given_on=date(2026, 4, 11))}, ("no_notice_in_force",)),
        ({"notice": replace(NOTICE, subject_id=2)}, ("notice_to_someone_else",)),
        ({"notice": replace(NOTICE, last_day=OFFENCE), "offence_from": OFFENCE}, ()),
        ({"notice": replace(NOTICE, last_day=OFFENCE)}, ("no_notice_in_force",)),
        ({"amount": 15000}, ("penalty_over_maximum",)),
        ({"offence": "pspo_breach", "notice": None}, ()),
        ({"offence": "pspo_breach", "notice": None, "maximum": None, "amount": 15000}, ()),
    ],
)
def test_an_imported_row_is_held_to_the_order_of_the_law_alone(changed, codes):
    assert check_penalty(replace(OLD_ROW, **changed)).codes == codes


def test_no_email_and_nothing_posted_on_the_premises():
    assert {method.value for method in POWER.services} == {"hand", "left", "post"}


@pytest.mark.parametrize(
    ("paid_on", "amount", "late_reason", "codes"),
    [
        (date(2026, 4, 20), 7500, None, ()),
        (date(2026, 4, 21), 7500, None, ()),
        (date(2026, 4, 21), 10000, None, ()),
        (date(2026, 4, 24), 10000, None, ()),
        (date(2026, 4, 25), 10000, None, ("late_payment_needs_decision",)),
        (date(2026, 4, 25), 10000, "Bank delay.", ()),
        (date(2026, 4, 9), 10000, None, ("paid_before_notice", "overpaid")),
        (date(2026, 4, 20), 10000, None, ("overpaid",)),
        (date(2026, 6, 1), 10000, "Late.", ("paid_in_future",)),
    ],
)
def test_payment(paid_on, amount, late_reason, codes):
    findings = check_payment(PENALTY, paid_on=paid_on, amount=amount, today=date(2026, 5, 20), late_reason=late_reason)
    assert findings.codes == codes


@pytest.mark.parametrize(
    ("paid_on", "paid_amount", "in_time"),
    [
        (None, None, False),
        (date(2026, 4, 24), 10000, True),
        (date(2026, 4, 24), 7500, False),
        (date(2026, 4, 20), 7500, True),
        (date(2026, 4, 24), None, True),
        (date(2026, 4, 25), 10000, False),
    ],
)
def test_paid_in_time_is_the_amount_due_within_the_14_days(paid_on, paid_amount, in_time):
    assert replace(PENALTY, paid_on=paid_on, paid_amount=paid_amount).paid_in_time is in_time


@pytest.mark.parametrize(
    ("dated_on", "codes"),
    [
        (date(2026, 4, 9), ("penalty_dated_before_signed",)),
        (PENALTY_DAY, ()),
        (date(2026, 4, 12), ()),
        (date(2026, 4, 13), ("penalty_dated_in_future",)),
    ],
)
def test_its_date_is_that_of_signing_or_a_later_one(dated_on, codes):
    assert check_date(dated_on=dated_on, signed_on=PENALTY_DAY, today=date(2026, 4, 12)).codes == codes


@pytest.mark.parametrize(
    ("given_on", "posted", "codes"),
    [
        (PENALTY_DAY, False, ()),
        (date(2026, 4, 11), False, ("penalty_given_late",)),
        (date(2026, 4, 14), True, ()),
        (date(2026, 4, 24), False, ("penalty_given_late",)),
        (date(2026, 4, 25), False, ("penalty_given_too_late",)),
        (date(2026, 4, 25), True, ("penalty_given_too_late",)),
    ],
)
def test_days_to_pay_run_from_its_date_so_that_one_given_late_says_why_and_one_given_after_them_is_none(
    given_on, posted, codes
):
    found = check_handed_over(PENALTY, given_on=given_on, posted=posted)
    assert found.codes == codes
    assert all("s.52" in refusal.authority and refusal.remedy for refusal in found.refusals)


def test_authority_is_asked_for_on_the_day_of_signing():
    unauthorised = replace(PENALTY_FACTS, signed_on=date(2026, 4, 8), issuer_authorised=False)
    assert "covers 8 April 2026" in check_issue(unauthorised).refusals[0].message


def test_it_is_unpaid_only_when_the_14_days_are_over():
    assert check_unpaid(last_day=date(2026, 4, 24), today=date(2026, 4, 24)).codes == ("still_payable",)
    assert check_unpaid(last_day=date(2026, 4, 24), today=date(2026, 4, 25)).codes == ()


FULL, HALF = 10000, 5000


@pytest.mark.parametrize(
    ("received", "paid_on", "in_full", "in_time"),
    [
        ([(21, HALF)], 21, False, False),
        ([(21, HALF), (24, HALF)], 24, True, True),
        ([(24, HALF), (21, HALF)], 24, True, True),
        ([(24, HALF), (25, HALF)], 25, True, False),
        ([(20, HALF), (20, 2500)], 20, True, True),
        ([(20, HALF), (21, 2500)], 21, False, False),
        ([(22, 1000), (21, FULL)], 21, True, True),
        ([(20, HALF), (None, HALF)], 20, False, False),
        ([(24, None)], 24, True, True),
    ],
)
def test_parts_add_up_to_the_amount_due(received, paid_on, in_full, in_time):
    """£75 until 20 April, £100 until 24 April."""
    money = [Received(day and date(2026, 4, day), amount) for day, amount in received]
    found = PENALTY.with_money(money)
    assert (found.paid_on, found.paid_in_full, found.paid_in_time) == (date(2026, 4, paid_on), in_full, in_time)


def test_what_came_before_counts_towards_too_much():
    facts = {"paid_on": date(2026, 4, 22), "today": date(2026, 5, 20), "received": [Received(date(2026, 4, 21), 6000)]}
    assert check_payment(PENALTY, amount=4000, **facts).codes == ()
    assert check_payment(PENALTY, amount=5000, **facts).cautions[0].message.startswith("£110.00 was paid in all")


def test_pounds():
    assert pounds(10000) == "100.00"
    assert pounds(123456789) == "1,234,567.89"


HEARD_OF_LATER = replace(NOTICE, appeals=(Appeal(date(2026, 4, 1), date(2026, 4, 20), AppealOutcome.DISMISSED),))


@pytest.mark.parametrize(
    ("requirements", "notice", "codes"),
    [
        ((DO,), NOTICE, ()),
        ((DO,), HEARD_OF_LATER, ("requirement_suspended",)),
        ((STOP,), HEARD_OF_LATER, ()),
        ((STOP, DO), HEARD_OF_LATER, ()),
    ],
)
def test_no_penalty_for_what_an_appeal_recorded_later_turns_out_to_have_suspended(requirements, notice, codes):
    findings = check_issue(replace(PENALTY_FACTS, requirements=requirements, notice=notice))
    assert findings.codes == codes
    assert all(refusal.authority == "2014 Act s.46(3)" for refusal in findings.refusals)
