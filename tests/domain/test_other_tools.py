"""The law of each other tool, as a table: what refuses, what is only pointed out, what nothing is said of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from asb_cases.domain.errors import Findings
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.domain.other_tools import (
    Term,
    ToolFacts,
    Whom,
    check_begin,
    check_end,
    check_event,
    check_extension,
    next_review,
    tool_of,
    usual_last_day,
)
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers import POWERS

VALUES = LegalValues.load()
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
DAY = date(2026, 3, 2)
ADULT, YOUNG, CHILD = (Whom(PersonKind.INDIVIDUAL, date(year, 1, 1)) for year in (1990, 2010, 2017))


def answers(code: str, **changed: str) -> dict[str, str]:
    asked = tool_of(POWERS[code]).questions
    given = {each.code: next(iter(each.choices), "2026-02-02" if each.day else "Said") for each in asked}
    return given | changed


def begun(
    code: str,
    last: date | None = None,
    *,
    whom: Whom = ADULT,
    hours: int = 0,
    at: datetime = datetime(2026, 3, 2, 23, 30, tzinfo=UTC),
    proposed: date | None = None,
    values: LegalValues = VALUES,
    **changed: str,
) -> Findings:
    ends = at + timedelta(hours=hours)
    term = Term(at.date(), ends.date(), at, ends) if hours else Term(DAY, last)
    return check_begin(ToolFacts(POWERS[code], whom, NOW, values, "start", proposed, term, answers(code, **changed)))


IN_FORCE = LegalValues.load([AddedValue("respect_order_in_force", date(2026, 1, 1), "in_force", "SI 2026/1")])
CASES = {
    "injunction until further order": (begun("INJUNCTION"), ()),
    "injunction, 17, until further order": (begun("INJUNCTION", whom=YOUNG), ("tool_only_for_a_period",)),
    "injunction, 17, twelve months": (begun("INJUNCTION", date(2027, 3, 2), whom=YOUNG), ()),
    "injunction, 17, a day more": (begun("INJUNCTION", date(2027, 3, 3), whom=YOUNG), ("tool_too_long",)),
    "injunction, adult, ten years": (begun("INJUNCTION", date(2036, 3, 2)), ()),
    "injunction, nine years old": (begun("INJUNCTION", date(2026, 9, 1), whom=CHILD), ("tool_under_age",)),
    "injunction, age not recorded": (begun("INJUNCTION", date(2028, 3, 2), whom=Whom(PersonKind.INDIVIDUAL)), ()),
    "injunction against a body": (begun("INJUNCTION", whom=Whom(PersonKind.BODY)), ("tool_wrong_recipient",)),
    "order of a year, adult: pointed out": (begun("CBO", date(2027, 3, 1)), ("tool_too_short",)),
    "order of two years, adult": (begun("CBO", date(2028, 3, 1)), ()),
    "order of four years, 16: pointed out": (begun("CBO", date(2030, 3, 2), whom=YOUNG), ("tool_too_long",)),
    "closure order of three months": (begun("CLOSURE_ORDER", date(2026, 6, 2)), ()),
    "closure order, a day more": (begun("CLOSURE_ORDER", date(2026, 6, 3)), ("tool_too_long",)),
    "closure order without a last day": (begun("CLOSURE_ORDER"), ("tool_needs_last_day",)),
    "closure notice of 24 hours": (begun("CLOSURE_NOTICE", hours=24), ()),
    "closure notice of 25 hours": (begun("CLOSURE_NOTICE", hours=25), ("tool_too_long",)),
    "signed by the chief executive, 48": (begun("CLOSURE_NOTICE", hours=48, signed_by="chief_executive"), ()),
    "signed by the chief executive, 49": (begun("CLOSURE_NOTICE", hours=49, signed_by="chief_executive"), ("tool_too_long",)),
    "over Christmas Day, 72": (
        begun("CLOSURE_NOTICE", hours=72, signed_by="chief_executive", at=datetime(2025, 12, 24, 9, tzinfo=UTC)), ()),
    "over Christmas Day, 73": (
        begun("CLOSURE_NOTICE", hours=73, signed_by="chief_executive", at=datetime(2025, 12, 24, 9, tzinfo=UTC)),
        ("tool_too_long",)),
    "closure notice, nobody consulted": (begun("CLOSURE_NOTICE", hours=24, consulted=""), ("tool_not_answered",)),
    "dispersal of 48 hours": (begun("DISPERSAL", hours=48), ()),
    "dispersal of 49 hours": (begun("DISPERSAL", hours=49), ("tool_too_long",)),
    "dispersal of a child of nine": (begun("DISPERSAL", hours=4, whom=CHILD), ("tool_under_age",)),
    "noise at half past eleven": (begun("NOISE_ACT", hours=7), ()),
    "noise at ten": (begun("NOISE_ACT", hours=7, at=datetime(2026, 3, 2, 22, tzinfo=UTC)), ("tool_outside_hours",)),
    "possession, twelve months on": (begun("POSSESSION", proposed=DAY, ground_on="2025-03-02"), ()),
    "possession, a day late": (begun("POSSESSION", proposed=DAY, ground_on="2025-03-01"), ("tool_proposed_too_late",)),
    "after a closure order, a day late": (
        begun("POSSESSION", proposed=DAY, ground="closure_order", ground_on="2025-12-01"), ("tool_proposed_too_late",)),
    "restorative justice without consent": (
        begun("RESTORATIVE_JUSTICE", who_was_harmed_consents=""), ("tool_not_answered",)),
    "community remedy, victim not asked": (begun("COMMUNITY_REMEDY", victim_view=" "), ("tool_not_answered",)),
    "contract of an adult, no parent": (begun("ABC", date(2026, 9, 1), parent=""), ()),
    "contract at 16, no parent: pointed out": (
        begun("ABC", date(2026, 9, 1), whom=YOUNG, parent=""), ("tool_not_answered_caution",)),
    "contract without a last day": (begun("ABC"), ("tool_needs_last_day",)),
    "respect order before its day": (begun("RESPECT_ORDER", date(2027, 3, 1)), ("power_not_in_force",)),
    "respect order in force": (begun("RESPECT_ORDER", date(2027, 3, 1), values=IN_FORCE), ()),
    "respect order, said to be under 18": (
        begun("RESPECT_ORDER", date(2027, 3, 1), values=IN_FORCE, whom=Whom(PersonKind.INDIVIDUAL, under_18=True)),
        ("tool_under_age",)),
    "it ends before it begins": (begun("INJUNCTION", date(2026, 3, 1)), ("tool_ends_before_it_begins",)),
    "begun before it was proposed": (begun("MEDIATION", proposed=date(2026, 3, 3)), ("days_out_of_order",)),
    "written warning": (begun("WRITTEN_WARNING"), ()),
    "abatement notice": (begun("NOISE_ABATEMENT"), ()),
}  # fmt: skip
POINTED_OUT = {name for name in CASES if "pointed out" in name}


@pytest.mark.parametrize("name", CASES)
def test_what_the_law_says_of_each_tool(name: str) -> None:
    found, codes = CASES[name]
    assert found.codes == codes
    assert found.allowed == (not codes or name in POINTED_OUT)
    assert all(each.authority and each.remedy and "{" not in str(each) for each in found.refusals)


CLOSED = Term(DAY, date(2026, 6, 1))
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = Term(AT.date(), AT.date(), AT, AT + timedelta(hours=24))


@pytest.mark.parametrize(("code", "term", "asked", "until", "codes"), [
    ("CLOSURE_ORDER", CLOSED, date(2026, 5, 20), Term(DAY, date(2026, 9, 1)), ()),
    ("CLOSURE_ORDER", CLOSED, date(2026, 5, 20), Term(DAY, date(2026, 9, 2)), ("tool_too_long",)),
    ("CLOSURE_ORDER", CLOSED, date(2026, 6, 2), Term(DAY, date(2026, 7, 1)), ("tool_extended_too_late",)),
    ("CLOSURE_ORDER", CLOSED, date(2026, 5, 20), Term(DAY, date(2026, 6, 1)), ("tool_not_extended",)),
    ("CLOSURE_ORDER", Term(DAY, date(2026, 8, 1)), date(2026, 5, 20), Term(DAY, date(2026, 10, 1)), ("tool_too_long",)),
    ("INJUNCTION", Term(DAY), date(2026, 5, 20), Term(DAY, date(2026, 9, 1)), ("tool_without_last_day",)),
    ("CLOSURE_NOTICE", HOURS, DAY, replace(HOURS, ends=AT + timedelta(hours=48)), ()),
    ("CLOSURE_NOTICE", HOURS, DAY, replace(HOURS, ends=AT + timedelta(hours=49)), ("tool_too_long", "tool_too_long")),
])  # fmt: skip
def test_how_far_it_may_be_extended(code: str, term: Term, asked: date, until: Term, codes: tuple[str, ...]) -> None:
    found = check_extension(POWERS[code], whom=ADULT, values=VALUES, term=term, asked_on=asked, until=until, now=NOW)
    assert found.codes == codes


def test_what_comes_later_has_a_day_within_it_and_words() -> None:
    today = NOW.date()
    assert check_event(happened_on=DAY, text="Loud", term=CLOSED, today=today).codes == ()
    assert check_event(happened_on=date(2026, 3, 1), text=" ", term=CLOSED, today=today).codes == (
        "needs_words", "tool_before_it_began")  # fmt: skip
    assert check_event(happened_on=date(2026, 6, 2), text="Loud", term=CLOSED, today=today, breach=True).codes == (
        "tool_breach_after_end",)  # fmt: skip
    assert check_event(happened_on=date(2026, 7, 1), text="Loud", term=CLOSED, today=today).codes == ("day_not_come",)
    assert check_end(happened_on=DAY, since=DAY, text="Done", today=today, outcome=None).codes == (
        "tool_outcome_needed",
    )
    assert check_end(happened_on=date(2026, 3, 1), since=DAY, text="", today=today).codes == (
        "needs_words", "tool_before_it_began")  # fmt: skip


def test_practice_gives_a_last_day_and_the_next_look() -> None:
    abc, order = tool_of(POWERS["ABC"]), tool_of(POWERS["CBO"])
    assert usual_last_day(abc, DAY, VALUES) == date(2026, 9, 1)
    assert next_review(abc, DAY, ADULT, VALUES) == date(2026, 6, 2)
    assert next_review(tool_of(POWERS["WRITTEN_WARNING"]), DAY, ADULT, VALUES) == date(2026, 3, 30)
    assert (next_review(order, DAY, YOUNG, VALUES), next_review(order, DAY, ADULT, VALUES)) == (date(2027, 3, 2), None)
