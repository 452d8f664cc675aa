"""Refusals, cautions and findings."""

import pytest

from asb_cases.domain.errors import NOTHING, Caution, Findings, NotPermitted, Refusal, RuleBroken, gathered

REFUSAL = Refusal("too_late", "It was due on {day}.", "2014 Act s.1", "Ask {who}.", field="day")
CAUTION = Caution("hasty", "Only {hours} hours.")


def test_placeholders_are_filled_in_and_what_was_typed_is_left_alone():
    told = REFUSAL.of(day="1 May", who="{legal}")
    assert (told.message, told.remedy) == ("It was due on 1 May.", "Ask {legal}.")
    assert str(told) == "It was due on 1 May. (2014 Act s.1) Ask {legal}."
    assert (told.at("other").field, told.field) == ("other", "day")
    assert str(CAUTION.of(hours=3)) == "Only 3 hours."
    assert str(Caution("a", "B.", authority="s.9")) == "B. (s.9)"


def test_findings_add_up():
    both = gathered([REFUSAL, None]) + gathered([None, CAUTION])
    assert both == Findings((REFUSAL,), (CAUTION,))
    assert both.codes == ("too_late", "hasty")
    assert not both.allowed
    assert gathered([CAUTION]).allowed
    assert gathered([]) == NOTHING


def test_refusals_are_raised_all_at_once():
    NOTHING.raise_if_refused()
    with pytest.raises(RuleBroken) as caught:
        Findings((REFUSAL, REFUSAL.at("x")), (CAUTION,)).raise_if_refused()
    assert caught.value.refusals == (REFUSAL, REFUSAL.at("x"))
    assert str(caught.value).count("2014 Act s.1") == 2


@pytest.mark.parametrize("reason", [None, "", "  \n"])
def test_a_caution_wants_a_reason(reason):
    findings = Findings((), (CAUTION.of(hours=3),))
    findings.raise_if_refused()
    findings.raise_unless_reasoned("He was told twice.")
    with pytest.raises(RuleBroken) as caught:
        findings.raise_unless_reasoned(reason)
    assert caught.value.refusals[0].code == "cautions_need_reason"
    assert "Only 3 hours." in caught.value.refusals[0].message
    assert caught.value.refusals[0].field == "cautions_reason"


def test_a_reason_does_not_lift_a_refusal():
    with pytest.raises(RuleBroken):
        Findings((REFUSAL,)).raise_unless_reasoned("Please.")


def test_not_permitted_says_what():
    assert str(NotPermitted("record_service")) == "Your role does not include this: record service."
