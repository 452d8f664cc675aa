"""What refuses a community protection notice, what only cautions, and what binds an old register's row."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers.authority import FourEyes, Signatures
from asb_cases.domain.powers.community_protection_notice import (
    POWER,
    NoticeFacts,
    check_authorise,
    check_draft,
    check_given,
    check_issue,
    check_still_stands,
    check_variation,
)
from asb_cases.domain.powers.legal_test import LegalTest, LimbAnswer
from asb_cases.domain.powers.prior_warning import WrittenWarning
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.requirements import Requirement, RequirementKind
from tests.domain.powers.facts import DO, GIVEN, NOTICE_FACTS, STOP, SUBJECT, TEST, WARNED, WARNING

BORN_2010 = date(2010, 3, 3)
ALONE = Signatures(FourEyes.ALWAYS, drafter_id=10, authoriser_id=10)


def answers(**changed):
    return LegalTest(TEST.conduct, {**TEST.answers, **changed})


def test_a_notice_with_everything_is_issued_without_a_word():
    for check in (check_draft, check_authorise, check_issue, check_given):
        assert check(NOTICE_FACTS).codes == ()


REFUSED = [
    ("no_written_warning", "s.43(5)(a)", {"warnings": ()}),
    ("no_written_warning", "s.43(5)(a)", {"warnings": (replace(WARNING, given_on=None),)}),
    ("no_written_warning", "s.43(5)(a)", {"warnings": (replace(WARNING, power="CPN"),)}),
    ("warning_to_someone_else", "s.43(5)(a)", {"warnings": (replace(WARNING, subject_id=2),)}),
    ("warning_not_before_notice", "s.43(5)(a)", {"warnings": (replace(WARNING, given_on=date(2026, 3, 3)),)}),
    ("warning_withdrawn", "s.43(5)(a)", {"warnings": (replace(WARNING, withdrawn_on=date(2026, 3, 1)),)}),
    ("same_day_times_not_recorded", "s.43(5)(a)", {"warnings": (replace(WARNING, given_on=GIVEN, given_at=None),)}),
    (
        "warning_not_before_notice",
        "s.43(5)(a)",
        {"warnings": (replace(WARNING, given_on=GIVEN, given_at=NOTICE_FACTS.at),)},
    ),
    ("no_enough_time_reason", "s.43(5)(b)", {"enough_time_reason": "  "}),
    ("no_consultees", "s.43(6)", {"consultees": 0}),
    ("recipient_under_age", "s.43(1)", {"recipient": replace(SUBJECT, born_on=BORN_2010)}),
    ("age_not_recorded", "s.43(1)", {"recipient": replace(SUBJECT, born_on=None)}),
    ("no_basis_for_owner", "s.44", {"recipient": Recipient(1, PersonKind.OWNER)}),
    ("no_basis_for_owner", "s.44", {"recipient": replace(SUBJECT, answers_for_premises=True)}),
    ("no_conduct", "s.43(7)(a)", {"test": LegalTest(None, TEST.answers)}),
    ("limb_not_answered", "s.43(1)", {"test": answers(detrimental_effect=LimbAnswer("", 1))}),
    ("limb_not_answered", "s.43(1)", {"test": answers(persistent_or_continuing=LimbAnswer(None, 1))}),
    ("limb_without_evidence", "s.43(1)", {"test": answers(unreasonable=LimbAnswer("It went on.", 0))}),
    ("no_requirement", "s.43(3)", {"requirements": ()}),
    ("requirement_empty", "s.43(3)", {"requirements": (replace(STOP, text=" "),)}),
    ("time_limit_on_stop", "s.43(8)", {"requirements": (replace(STOP, comply_by=date(2026, 4, 1)),)}),
    ("warning_withdrawn", "s.43(5)(a)", {"warnings": (replace(WARNING, withdrawn_on=GIVEN),)}),
    ("time_limit_past", "s.43(8)", {"requirements": (STOP, replace(DO, comply_by=date(2026, 3, 1)))}),
    ("notice_over_before_given", "s.43(1)", {"ends_on": date(2026, 3, 1)}),
    ("no_explanation", "s.43(7)(b)", {"explanation": False}),
    ("issuer_not_authorised", "s.53", {"issuer_authorised": False}),
]


@pytest.mark.parametrize(("code", "section", "changed"), REFUSED)
def test_the_law_refuses_to_issue_it(code, section, changed):
    findings = check_issue(replace(NOTICE_FACTS, **changed))

    assert [refusal.code for refusal in findings.refusals] == [code]
    refusal = findings.refusals[0]
    assert section in refusal.authority
    assert refusal.remedy
    assert "{" not in refusal.message + refusal.remedy


DAY_BEFORE = datetime(2026, 3, 1, 9, 1, tzinfo=UTC)

CAUTIONED = [
    ("warning_lapsed", {"warnings": (replace(WARNING, lapsed_on=date(2026, 3, 1)),)}),
    ("no_end_or_review", {"ends_on": None}),
    ("under_24_hours", {"warnings": (replace(WARNING, given_on=GIVEN, given_at=datetime(2026, 3, 2, 8, tzinfo=UTC)),)}),
    ("under_24_hours", {"warnings": (replace(WARNING, given_on=date(2026, 3, 1), given_at=DAY_BEFORE),)}),
    ("vague_wording", {"requirements": (Requirement(1, 1, RequirementKind.STOP, "Stop behaving anti-socially."),),
                       "warnings": (replace(WARNING, requirements=()),)}),
    ("wider_than_warning", {"requirements": (STOP, Requirement(3, 1, RequirementKind.DO, "Mow the lawn."))}),
    ("warning_time_not_over", {"warnings": (replace(WARNING, comply_by=GIVEN),)}),
    ("warning_came_back", {"warnings": (replace(WARNING, came_back_on=date(2026, 2, 9)),)}),
    ("warning_heeded", {"warnings": (replace(WARNING, heeded_on=date(2026, 2, 10)),)}),
    ("no_screening", {"screening": None}),
    ("recipient_16_or_17", {"recipient": replace(SUBJECT, born_on=date(2009, 1, 1))}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changed"), CAUTIONED)
def test_practice_asks_for_a_reason_and_refuses_nothing(code, changed):
    findings = check_issue(replace(NOTICE_FACTS, **changed))

    assert findings.refusals == ()
    assert [caution.code for caution in findings.cautions] == [code]


LAWFUL = [
    {"consultees": 0, "no_consultees_reason": "Nobody else is affected or involved."},
    {"recipient": replace(SUBJECT, born_on=None, believed_because="Driving licence shown.")},
    {"recipient": replace(SUBJECT, born_on=date(2008, 3, 2))},
    {"recipient": Recipient(1, PersonKind.BODY)},
    {"recipient": Recipient(1, PersonKind.OCCUPIER)},
    {"recipient": Recipient(1, PersonKind.OWNER, basis="Owns and lets the house; the agent attends weekly.")},
    {"recipient": replace(SUBJECT, subject_id=9, linked_ids=frozenset({1}))},
    {"warnings": (replace(WARNING, subject_id=2), WARNING)},
    {"warnings": (replace(WARNING, withdrawn_on=date(2026, 3, 3)),)},
    {"ends_on": None, "review_on": date(2026, 6, 2)},
    {"ends_on": GIVEN, "requirements": (STOP, replace(DO, comply_by=GIVEN))},
]


@pytest.mark.parametrize("changed", LAWFUL)
def test_what_the_law_leaves_open_stays_open(changed):
    assert check_issue(replace(NOTICE_FACTS, **changed)).refusals == ()


@pytest.mark.parametrize(
    ("signatures", "codes"),
    [
        (Signatures(FourEyes.ALWAYS, 10, 11), ()),
        (ALONE, ("needs_second_person",)),
        (Signatures(FourEyes.ALWAYS, 10, None), ("needs_second_person",)),
        (Signatures(FourEyes.CHECKED_NEXT_WORKING_DAY, 10, 10), ()),
        (Signatures(FourEyes.OFF, 10, 10), ()),
        (Signatures(FourEyes.OFF, 10, 10, flagged=True), ("flagged_alone",)),
        (Signatures(FourEyes.ALWAYS, 10, 11, flagged=True), ()),
    ],
)
def test_the_councils_policy_decides_on_a_second_person(signatures, codes):
    assert check_authorise(replace(NOTICE_FACTS, signatures=signatures)).codes == codes


def test_facts_without_signatures_are_not_authorised():
    bare = NoticeFacts(recipient=SUBJECT, warnings=(WARNING,), on=GIVEN, minimum_age=16)
    assert "needs_second_person" in check_authorise(bare).codes


def test_the_order_is_judged_again_on_the_day_the_notice_is_given():
    same_day = replace(WARNING, given_on=GIVEN, given_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    assert check_given(replace(NOTICE_FACTS, warnings=(same_day,))).codes == ("warning_not_before_notice",)
    later = datetime(2026, 3, 2, 9, 31, tzinfo=UTC)
    assert check_given(replace(NOTICE_FACTS, warnings=(same_day,), at=later)).codes == ()


def test_a_notice_is_not_given_after_its_own_last_day_and_says_why_where_a_time_limit_is_past():
    late = replace(NOTICE_FACTS, on=date(2026, 3, 31))
    assert check_given(late).codes == ("time_limit_past_when_given",)
    assert check_given(late).allowed
    assert check_given(replace(late, on=date(2027, 3, 1), requirements=(STOP,))).codes == ()
    assert check_given(replace(late, on=date(2027, 3, 2), requirements=(STOP,))).codes == ("notice_over_before_given",)


def test_sixteen_is_reached_on_the_birthday():
    sixteen = replace(SUBJECT, born_on=date(2010, 3, 2))
    assert check_given(replace(NOTICE_FACTS, recipient=sixteen)).codes == ()
    assert check_given(replace(NOTICE_FACTS, recipient=sixteen, on=date(2026, 3, 1))).codes == ("recipient_under_age",)


OLD_ROW = NoticeFacts(
    recipient=Recipient(1, PersonKind.INDIVIDUAL),
    warnings=(WrittenWarning(1, WARNED),),
    on=GIVEN,
    minimum_age=16,
    imported=True,
)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ()),
        ({"warnings": (WrittenWarning(1, GIVEN),)}, ()),
        ({"warnings": (WrittenWarning(1, WARNED, lapsed_on=date(2026, 2, 3)),)}, ()),
        ({"warnings": ()}, ("no_written_warning",)),
        ({"warnings": (WrittenWarning(2, WARNED),)}, ("warning_to_someone_else",)),
        ({"warnings": (WrittenWarning(1, date(2026, 3, 3)),)}, ("warning_not_before_notice",)),
        ({"warnings": (WrittenWarning(1, WARNED, power="CPN"),)}, ("no_written_warning",)),
        ({"recipient": Recipient(1, PersonKind.INDIVIDUAL, born_on=BORN_2010)}, ("recipient_under_age",)),
    ],
)
def test_an_imported_row_is_held_to_the_order_of_the_law_alone(changed, codes):
    assert check_given(replace(OLD_ROW, **changed)).codes == codes


def test_a_variation_needs_a_reason_and_keeps_to_the_kinds():
    assert check_variation((STOP,), "The fence was built.").codes == ()
    assert check_variation((STOP,), None).codes == ("reason_needed",)
    assert check_variation((), "All done.").codes == ("no_requirement",)


@pytest.mark.parametrize(("ends_on", "codes"), [(None, ()), (GIVEN, ()), (date(2026, 3, 1), ("notice_over_already",))])
def test_a_notice_whose_last_day_has_passed_is_not_brought_back_by_varying_it(ends_on, codes):
    assert check_still_stands(ends_on, GIVEN).codes == codes


def test_it_is_served_by_the_ways_of_sections_55_and_45():
    assert {method.value for method in POWER.services} == {"hand", "left", "post", "posted_on_premises"}
