"""The risk matrix: points, bands, what lifts a level, who may set another, and how versions are written."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.errors import Refusal
from asb_cases.domain.risk import (
    FLAG_TITLES,
    REVIEW_CLOCKS,
    Given,
    RiskAnswer,
    RiskFlag,
    RiskLevel,
    RiskQuestion,
    RiskTemplate,
    check_level,
    in_force,
    in_range,
    level_of_rank,
    score,
)
from asb_cases.domain.risk_template import SHIPPED, check_template, from_json, read_answers, to_json, written

STANDARD, MEDIUM, HIGH = RiskLevel
DAY = date(2026, 3, 2)
HATE, REPEAT = 7, 1
#: To each question the answer of the most points, of the least.
MOST = {
    place: tuple(range(len(each.answers))) if each.several else (0,) for place, each in enumerate(SHIPPED.questions)
}
LEAST = {place: (len(each.answers) - 1,) for place, each in enumerate(SHIPPED.questions) if not each.several}


def test_the_matrix_that_ships_can_be_used() -> None:
    assert check_template(SHIPPED) == []
    assert (SHIPPED.medium_from, SHIPPED.high_from, len(SHIPPED.questions)) == (16, 25, 14)
    assert SHIPPED.hate_is_at_least is MEDIUM
    assert score(SHIPPED, Given(MOST)).points == SHIPPED.most_points
    assert score(SHIPPED, Given(LEAST)).points == 0
    assert set(FLAG_TITLES) == set(RiskFlag)
    assert set(REVIEW_CLOCKS) == set(RiskLevel)


@pytest.mark.parametrize(
    ("points", "level"), [(0, STANDARD), (15, STANDARD), (16, MEDIUM), (24, MEDIUM), (25, HIGH), (46, HIGH)]
)
def test_bands(points: int, level: RiskLevel) -> None:
    assert SHIPPED.by_points(points) is level


@pytest.mark.parametrize(
    ("answers", "level", "said"),
    [
        (Given({0: (4,)}), STANDARD, "13 questions were not answered"),
        (Given({0: (0,), 4: (0,), 9: (0,)}), MEDIUM, "Together 16 points: medium"),
        (Given({0: (0,), 4: (0,), 9: (0,), 10: (0, 1), 11: (0,)}), HIGH, "Together 25 points: high"),
        (Given({HATE: (0,)}), MEDIUM, "at least medium"),
        (Given({HATE: (0,), REPEAT: (0,)}), HIGH, "Hate, and part of a series: high"),
        (Given({HATE: (0,), 0: (2,)}), HIGH, "Hate, and part of a series: high"),
        (Given({HATE: (0,), 0: (3,)}), MEDIUM, "at least medium"),
        (Given(LEAST, signs=(0,)), HIGH, "Threats to somebody’s life: high whatever the points."),
        (Given(LEAST, signs=(1,)), HIGH, "Thoughts of suicide: high whatever the points."),
        (Given(LEAST, child=True), HIGH, "A child may be at risk"),
        (Given(LEAST, adult=True), STANDARD, "Together 0 points: standard"),
    ],
)
def test_levels_and_their_working(answers: Given, level: RiskLevel, said: str) -> None:
    scored = score(SHIPPED, answers)
    assert scored.level is level
    assert said in "\n".join(scored.working)
    assert scored.hate is (HATE in answers.answers and answers.answers[HATE] == (0,))


def test_the_working_adds_up() -> None:
    scored = score(SHIPPED, Given({0: (1,), 10: (0, 1)}))
    assert scored.working[:3] == (
        "Apart from this time, how often does it happen? Most days: 3 points.",
        "Has it made your health worse? Physical health, Mental health: 6 points.",
        "Together 9 points: standard (0 to 15 standard, 16 to 24 medium, 25 and over high).",
    )


ANSWERED = st.fixed_dictionaries(
    {},
    optional={
        place: st.sets(st.integers(0, len(question.answers) - 1), max_size=None if question.several else 1).map(tuple)
        for place, question in enumerate(SHIPPED.questions)
    },
)


@given(ANSWERED, st.sets(st.integers(0, 1)).map(tuple), st.booleans())
def test_one_more_answer_never_lowers_the_level(
    answers: dict[int, tuple[int, ...]], signs: tuple[int, ...], child: bool
) -> None:
    whole = Given(answers, signs, child)
    assert in_range(SHIPPED, whole)
    level = score(SHIPPED, whole).level
    assert (level is HIGH) or not (signs or child)
    for place in answers:
        less = Given({each: chosen for each, chosen in answers.items() if each != place}, signs, child)
        assert score(SHIPPED, less).level.rank <= level.rank


@pytest.mark.parametrize(
    "answers", [Given({14: (0,)}), Given({0: (5,)}), Given({0: (0, 1)}), Given({}, signs=(2,)), Given({10: (0, 2)})]
)
def test_answers_of_another_matrix(answers: Given) -> None:
    assert not in_range(SHIPPED, answers)


@pytest.mark.parametrize(
    ("scored", "wanted", "reason", "may_lower", "code"),
    [
        (MEDIUM, MEDIUM, None, False, None),
        (MEDIUM, HIGH, "Frightened", False, None),
        (MEDIUM, HIGH, " ", False, "reason_needed"),
        (MEDIUM, STANDARD, "Moved away", False, "risk_lowering_needs_manager"),
        (MEDIUM, STANDARD, "Moved away", True, None),
        (MEDIUM, STANDARD, "", True, "reason_needed"),
    ],
)
def test_another_level(
    scored: RiskLevel, wanted: RiskLevel, reason: str | None, may_lower: bool, code: str | None
) -> None:
    found = check_level(scored, wanted, reason, may_lower=may_lower)
    assert (found.code if found else None) == code


def test_ranks_go_both_ways() -> None:
    assert [level_of_rank(level.rank) for level in RiskLevel] == list(RiskLevel)
    assert level_of_rank(None) is None
    assert STANDARD.rank < MEDIUM.rank < HIGH.rank


def test_the_version_of_the_day() -> None:
    second, third, fourth = (replace(SHIPPED, version=number, from_on=day) for number, day in (
        (2, DAY), (3, DAY), (4, date(2027, 1, 1)),
    ))  # fmt: skip
    versions = [SHIPPED, second, third, fourth]
    assert in_force(versions, date(2020, 1, 1)) is SHIPPED
    assert in_force(versions, DAY) is third
    assert in_force(versions, date(2027, 1, 1)) is fourth


def test_a_version_is_written_and_read_again() -> None:
    for template in (SHIPPED, replace(SHIPPED, signs=(), hate_is_at_least=HIGH, hate_in_a_series_is_high=False)):
        assert from_json(to_json(template), version=template.version, from_on=template.from_on) == template
    for question in SHIPPED.questions:
        assert read_answers(written(question.answers), 1) == question.answers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5 Every day\n0 Never", None),
        ("\n 3  Yes [hate] \n\n0 No", None),
        ("3 Yes [hate] [repeat]\n0 No", None),
        ("", "risk_question_needs_answers"),
        ("5 Every day", "risk_question_needs_answers"),
        ("Every day\n0 Never", "risk_answer_unreadable"),
        ("21 Every day\n0 Never", "risk_answer_unreadable"),
        ("-1 Every day\n0 Never", "risk_answer_unreadable"),
        ("3 Yes [love]\n0 No", "risk_answer_unreadable"),
    ],
)
def test_reading_answers(text: str, code: str | None) -> None:
    found = read_answers(text, 3)
    assert (found.code if isinstance(found, Refusal) else None) == code
    if isinstance(found, Refusal):
        assert "3" in found.message


def test_a_version_that_cannot_be_used() -> None:
    two = (RiskAnswer("Yes", 3), RiskAnswer("No", 0))
    small = RiskTemplate(2, DAY, (RiskQuestion("Is it?", two),), (), 1, 3)
    assert check_template(small) == []
    for wrong, code in (
        (replace(small, questions=()), "risk_no_questions"),
        (replace(small, medium_from=3), "risk_bands_out_of_order"),
        (replace(small, medium_from=0), "risk_bands_out_of_order"),
        (replace(small, high_from=4), "risk_high_out_of_reach"),
    ):
        assert [each.code for each in check_template(wrong)] == [code]
