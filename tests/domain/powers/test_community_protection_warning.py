"""What refuses a community protection warning, and what only cautions."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.powers.authority import FourEyes, Signatures
from asb_cases.domain.powers.community_protection_warning import (
    POWER,
    check_authorise,
    check_given,
    check_issue,
    check_not_heeded,
)
from asb_cases.domain.powers.legal_test import LegalTest
from asb_cases.domain.service import ServiceMethod
from tests.domain.powers.facts import STOP, SUBJECT, TEST, WARNED, WARNING_FACTS


def test_a_warning_with_everything_passes():
    assert check_authorise(WARNING_FACTS).codes == ()
    assert check_issue(WARNING_FACTS).codes == ()


@pytest.mark.parametrize(
    ("code", "section", "changed"),
    [
        ("no_conduct", "s.43(7)(a)", {"test": LegalTest("", TEST.answers)}),
        ("no_requirement", "s.43(3)", {"requirements": ()}),
        ("no_basis_for_owner", "s.44", {"recipient": replace(SUBJECT, answers_for_premises=True)}),
    ],
)
def test_it_refuses_what_is_left_out(code, section, changed):
    refusals = check_issue(replace(WARNING_FACTS, **changed)).refusals
    assert [refusal.code for refusal in refusals] == [code]
    assert section in refusals[0].authority
    assert refusals[0].remedy


def test_each_limb_is_answered_and_evidenced_by_itself():
    refusals = check_issue(replace(WARNING_FACTS, test=LegalTest("Music at night."))).refusals
    assert [refusal.field for refusal in refusals] == [
        "detrimental_effect", "detrimental_effect_evidence",
        "persistent_or_continuing", "persistent_or_continuing_evidence",
        "unreasonable", "unreasonable_evidence",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("warned_under_age", {"recipient": replace(SUBJECT, born_on=date(2010, 2, 3))}),
        ("warned_age_not_recorded", {"recipient": replace(SUBJECT, born_on=None)}),
        ("no_compliance_day", {"comply_by": None}),
        ("warning_time_over", {"comply_by": date(2026, 2, 1)}),
        ("no_screening", {"screening": ""}),
    ],
)
def test_it_cautions(code, changed):
    findings = check_issue(replace(WARNING_FACTS, **changed))
    assert findings.allowed
    assert code in findings.codes


def test_a_warning_may_say_stop_by_friday():
    assert check_issue(replace(WARNING_FACTS, requirements=(replace(STOP, comply_by=date(2026, 2, 6)),))).codes == ()


def test_a_flag_of_the_screen_asks_for_a_second_person():
    flagged = replace(WARNING_FACTS, signatures=Signatures(FourEyes.OFF, 10, 10, flagged=True))
    assert check_authorise(flagged).codes == ("flagged_alone",)


@pytest.mark.parametrize(
    ("evidence_on", "codes"),
    [
        (None, ("no_evidence_not_heeded",)),
        (date(2026, 2, 9), ("not_heeded_before_day",)),
        (date(2026, 2, 10), ()),
    ],
)
def test_it_is_not_heeded_only_after_the_time_it_gave(evidence_on, codes):
    assert check_not_heeded(comply_by=date(2026, 2, 9), evidence_on=evidence_on, given_on=WARNED).codes == codes


@pytest.mark.parametrize("comply_by", [None, date(2026, 1, 20)])
def test_what_was_seen_before_it_was_given_shows_nothing(comply_by):
    before = check_not_heeded(comply_by=comply_by, evidence_on=date(2026, 2, 1), given_on=WARNED)
    assert before.codes == ("not_heeded_before_given",)
    assert "s.43(5)(b)" in before.refusals[0].authority
    assert check_not_heeded(comply_by=comply_by, evidence_on=WARNED, given_on=WARNED).codes == ()


@pytest.mark.parametrize(("comply_by", "codes"), [(None, ()), (WARNED, ()), (date(2026, 2, 1), ("warning_time_over",))])
def test_a_warning_given_after_its_own_day_leaves_no_time(comply_by, codes):
    found = check_given(comply_by=comply_by, on=WARNED)
    assert found.codes == codes
    assert found.allowed


def test_any_written_way_gives_a_warning():
    assert POWER.services == frozenset(ServiceMethod)
