"""What bars a prosecution, what legal must have signed, and what binds an old register's row."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers.prosecution import (
    POWER,
    ProsecutionFacts,
    check_authorise,
    check_lay,
    check_prepare,
    check_result,
)
from asb_cases.domain.powers.recipient import Recipient
from tests.domain.powers.facts import DO, LAID, NOTICE, OFFENCE, PENALTY, PROSECUTION_FACTS, STOP

LATE = date(2026, 10, 7)
APPEALED = replace(NOTICE, appeals=(Appeal(date(2026, 4, 1), date(2026, 4, 20), AppealOutcome.WITHDRAWN),))
CONTINUING = {
    "on": LATE,
    "today": LATE,
    "offence_to": date(2026, 6, 1),
    "limit_last": date(2026, 12, 1),
}


def test_a_prosecution_with_everything_is_laid_without_a_word():
    for check in (check_prepare, check_authorise, check_lay):
        assert check(PROSECUTION_FACTS).codes == ()


REFUSED = [
    ("proceedings_within_14_days", "s.52(5)(a)", {"on": date(2026, 4, 24)}),
    ("penalty_paid_in_time", "s.52(5)(b)", {"penalty": replace(PENALTY, paid_on=date(2026, 4, 24), paid_amount=10000)}),
    ("prosecution_out_of_time", "s.127(1)", {"on": LATE, "today": LATE}),
    ("prosecution_out_of_time", "s.127(1)", {**CONTINUING, "on": date(2026, 12, 2), "today": date(2026, 12, 2)}),
    ("continuing_failure_needs_legal", "s.127(1)", CONTINUING),
    ("continuing_failure_needs_legal", "s.127(1)",
     {**CONTINUING, "by_legal": False, "continuing_failure_reason": "Every night."}),
    ("no_notice_in_force", "s.48(1)", {"notice": replace(NOTICE, last_day=date(2026, 4, 5))}),
    ("no_notice_in_force", "s.48(1)", {"notice": None}),
    ("notice_to_someone_else", "s.48(1)", {"notice": replace(NOTICE, subject_id=2)}),
    ("laid_before_offence", "s.48(1)", {"on": date(2026, 4, 5), "penalty": None}),
    ("laid_in_future", "s.127(1)", {"today": date(2026, 5, 19)}),
    ("no_alleged_breach", "s.48(1)", {"breach_alleged": False}),
    ("breach_not_decided_prosecute", "s.48(1)", {"decision": BreachDecision.FPN}),
    ("requirement_suspended", "s.46(3)", {"notice": APPEALED, "requirements": (DO,)}),
    ("no_evidential_test", "Code", {"evidential_note": None}),
    ("no_public_interest_test", "Code", {"public_interest_note": " "}),
    ("no_authority_reference", "delegation", {"authority_reference": None}),
    ("prosecution_of_the_unnamed", "s.48(1)", {"recipient": Recipient(1, PersonKind.OWNER)}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "section", "changed"), REFUSED)
def test_the_law_refuses_to_lay_it(code, section, changed):
    refusals = check_lay(replace(PROSECUTION_FACTS, **changed)).refusals

    assert [refusal.code for refusal in refusals] == [code]
    assert section in refusals[0].authority
    assert refusals[0].remedy
    assert "{" not in refusals[0].message + refusals[0].remedy


@pytest.mark.parametrize(
    "changed",
    [
        {"on": date(2026, 4, 25)},
        {"on": date(2026, 10, 6), "today": date(2026, 10, 6)},
        {**CONTINUING, "continuing_failure_reason": "The rubbish lay there throughout."},
        {"penalty": None, "on": OFFENCE},
        {"notice": APPEALED, "requirements": (STOP, DO)},
    ],
)
def test_what_the_law_leaves_open_stays_open(changed):
    assert check_lay(replace(PROSECUTION_FACTS, **changed)).codes == ()


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("penalty_never_given", {"penalty_never_given": True}),
        ("notice_came_back", {"notice": replace(NOTICE, came_back_on=date(2026, 3, 9))}),
        ("notice_given_under_age", {"notice": replace(NOTICE, age_when_given=15), "minimum_age": 16}),
        ("dismissed_before", {"dismissed_before": True}),
        ("penalty_part_paid", {"penalty": replace(PENALTY, paid_on=date(2026, 4, 24), paid_amount=5000)}),
        ("penalty_paid_late", {"penalty": replace(PENALTY, paid_on=date(2026, 4, 25), paid_amount=10000)}),
        ("notice_since_quashed", {"notice": replace(NOTICE, quashed_on=date(2026, 5, 1))}),
    ],
)
def test_preparing_it_cautions(code, changed):
    findings = check_prepare(replace(PROSECUTION_FACTS, **changed))
    assert findings.allowed
    assert findings.codes == (code,)


OLD_ROW = ProsecutionFacts(
    recipient=Recipient(1, PersonKind.INDIVIDUAL), notice=NOTICE, on=LAID, today=date(2026, 11, 1), imported=True
)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ()),
        ({"penalty": PENALTY}, ()),
        ({"notice": None}, ("no_notice_in_force",)),
        ({"notice": replace(NOTICE, subject_id=2)}, ("notice_to_someone_else",)),
        ({"penalty": PENALTY, "on": date(2026, 4, 24)}, ("proceedings_within_14_days",)),
        ({"penalty": replace(PENALTY, paid_on=date(2026, 4, 20))}, ("penalty_paid_in_time",)),
        ({"offence_from": OFFENCE, "limit_first": date(2026, 10, 6), "on": LATE}, ("prosecution_out_of_time",)),
        ({**CONTINUING, "offence_from": OFFENCE, "limit_first": date(2026, 10, 6), "today": date(2026, 11, 1)}, ()),
        ({"offence": "pspo_breach", "notice": None}, ()),
    ],
)
def test_an_imported_row_is_held_to_the_order_of_the_law_alone(changed, codes):
    assert check_lay(replace(OLD_ROW, **changed)).codes == codes


def test_a_result_lies_between_laying_and_today():
    def codes(decided_on):
        return check_result(laid_on=LAID, decided_on=decided_on, today=date(2026, 7, 1)).codes

    assert codes(date(2026, 5, 19)) == ("result_before_laying",)
    assert codes(LAID) == ()
    assert codes(date(2026, 7, 2)) == ("result_in_future",)


def test_nothing_is_served():
    assert POWER.services == frozenset()


@pytest.mark.parametrize(
    ("fine", "maximum", "codes"),
    [(250000, 250000, ()), (250001, 250000, ("fine_over_maximum",)), (2000000, None, ()), (None, 250000, ())],
)
def test_an_individual_is_not_fined_more_than_level_4_and_a_body_without_limit(fine, maximum, codes):
    found = check_result(laid_on=LAID, decided_on=LAID, today=LAID, fine=fine, maximum=maximum)
    assert found.codes == codes
