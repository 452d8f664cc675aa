"""Requirements: kinds, versions, what binds on a day, time limits moved by appeals, reading and wording."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.requirements import (
    KIND_TITLES,
    Requirement,
    RequirementKind,
    in_force,
    next_version,
    parse_requirements,
    paused,
    wording_cautions,
)

K = RequirementKind
GIVEN, LAST = date(2026, 3, 2), date(2026, 9, 1)
APPEAL = Appeal(date(2026, 3, 10), date(2026, 4, 10), AppealOutcome.DISMISSED)
ORDERED = replace(APPEAL, stop_suspended_on=date(2026, 3, 20))


def requirement(kind, **changed):
    return Requirement(1, 1, kind, "…", from_on=GIVEN, to_on=LAST, **changed)


BEFORE_GIVEN, BEFORE_LODGED, LODGED = date(2026, 3, 1), date(2026, 3, 9), date(2026, 3, 10)
BEFORE_ORDER, ORDER, DETERMINED = date(2026, 3, 19), date(2026, 3, 20), date(2026, 4, 10)
AFTER, AFTER_LAST = date(2026, 4, 11), date(2026, 9, 2)
DAYS = (BEFORE_GIVEN, GIVEN, BEFORE_LODGED, LODGED, BEFORE_ORDER, ORDER, DETERMINED, AFTER, LAST, AFTER_LAST)

#: Does it bind? One column for each of DAYS.
EFFECTIVE = [
    (K.STOP, (), "0111111110"),
    (K.DO, (), "0111111110"),
    (K.STEPS, (), "0111111110"),
    (K.STOP, (APPEAL,), "0111111110"),
    (K.DO, (APPEAL,), "0110000110"),
    (K.STEPS, (APPEAL,), "0110000110"),
    (K.STOP, (ORDERED,), "0111100110"),
    (K.DO, (ORDERED,), "0110000110"),
    (K.DO, (Appeal(date(2026, 3, 10)),), "0110000000"),
    (K.STOP, (Appeal(date(2026, 3, 10)),), "0111111110"),
    (K.DO, (Appeal(None, None, AppealOutcome.DISMISSED),), "0111111110"),
]


@pytest.mark.parametrize(("kind", "appeals", "row"), EFFECTIVE)
def test_what_binds_on_which_day(kind, appeals, row):
    one = requirement(kind)
    assert "".join(str(int(one.effective(day, appeals))) for day in DAYS) == row
    for day in DAYS:
        resting = one.stands(day) and not one.effective(day, appeals)
        assert paused([one], day, appeals) == ((one,) if resting else ())


def test_versions_follow_each_other():
    old = replace(requirement(K.DO, comply_by=date(2026, 4, 1)), to_on=date(2026, 4, 30))
    new = next_version(old, "Remove it by the end of May.", date(2026, 5, 31), date(2026, 5, 1))
    other = Requirement(2, 1, K.STOP, "…", from_on=GIVEN)
    assert (new.number, new.version, new.to_on) == (1, 2, None)
    assert in_force([other, new, old], date(2026, 4, 30)) == (old, other)
    assert in_force([other, new, old], date(2026, 5, 1)) == (new, other)


@pytest.mark.parametrize(
    ("kind", "comply_by", "appeals", "due"),
    [
        (K.DO, None, (APPEAL,), None),
        (K.DO, date(2026, 3, 30), (), date(2026, 3, 30)),
        (K.DO, date(2026, 3, 30), (APPEAL,), date(2026, 5, 1)),
        (K.DO, date(2026, 3, 10), (APPEAL,), date(2026, 4, 11)),
        (K.DO, date(2026, 3, 9), (APPEAL,), date(2026, 3, 9)),
        (K.DO, date(2026, 3, 30), (Appeal(date(2026, 3, 10)),), None),
        (K.DO, date(2026, 3, 9), (Appeal(date(2026, 3, 10)),), date(2026, 3, 9)),
        (K.DO, date(2026, 3, 30), (Appeal(None, None, AppealOutcome.DISMISSED),), date(2026, 3, 30)),
        (K.STOP, date(2026, 3, 30), (APPEAL,), date(2026, 3, 30)),
    ],
)
def test_an_appeal_moves_the_time_limit_by_the_days_it_took(kind, comply_by, appeals, due):
    assert requirement(kind, comply_by=comply_by).due_day(appeals) == due


@given(st.dates(GIVEN, LAST), st.integers(0, 90), st.integers(0, 90))
def test_the_days_on_which_it_binds_until_due_are_as_many_as_without_the_appeal(comply_by, lodged_after, length):
    lodged = GIVEN + timedelta(days=lodged_after)
    appeal = Appeal(lodged, lodged + timedelta(days=length), AppealOutcome.DISMISSED)
    one = Requirement(1, 1, K.DO, "…", comply_by=comply_by, from_on=GIVEN)
    due = one.due_day([appeal])
    binding = [GIVEN + timedelta(days=number) for number in range((due - GIVEN).days + 1)]
    assert sum(one.effective(day, [appeal]) for day in binding) == (comply_by - GIVEN).days + 1


def test_a_day_set_by_the_court_is_not_moved_by_the_appeal_that_brought_it():
    ordered = replace(requirement(K.DO, comply_by=date(2026, 5, 31)), version=2, from_on=APPEAL.determined_on)
    assert ordered.due_day((APPEAL,)) == date(2026, 5, 31)
    later = Appeal(date(2026, 5, 20), date(2026, 5, 22), AppealOutcome.WITHDRAWN)
    assert ordered.due_day((APPEAL, later)) == date(2026, 6, 3)


def test_requirements_are_read_as_registers_write_them():
    text = "stop: shouting: at night; DO : clear the garden ;; steps: keep the dog quiet;"
    read, refused = parse_requirements(text, date(2015, 6, 1))
    assert [(each.number, each.kind.value, each.text, each.comply_by) for each in read] == [
        (1, "stop", "shouting: at night", None),
        (2, "do", "clear the garden", date(2015, 6, 1)),
        (3, "steps", "keep the dog quiet", date(2015, 6, 1)),
    ]
    assert refused == ()
    assert parse_requirements("") == ((), ())


@pytest.mark.parametrize("text", ["Keep quiet", "stop", "stop:", "avoid: noise"])
def test_a_requirement_without_its_kind_is_refused(text):
    read, refused = parse_requirements(f"stop: shouting; {text}")
    assert len(read) == 1
    assert [refusal.code for refusal in refused] == ["requirement_unreadable"]
    assert text in refused[0].message
    assert "s.43(3)" in refused[0].authority


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    read, refused = parse_requirements(text)
    parts = [part for part in text.split(";") if part.strip()]
    assert len(read) + len(refused) == len(parts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Stop behaving in an anti-social or inappropriate way.", "anti-social”, “inappropriate"),
        ("Keep noise to a reasonable level.", "reasonable level"),
        ("Do not cause a nuisance.", "nuisance"),
        ("Take reasonable steps to keep the bins shut.", None),
        ("Stop playing amplified music between 23:00 and 07:00.", None),
    ],
)
def test_vague_words_are_pointed_out(text, words):
    cautions = wording_cautions([Requirement(4, 1, K.STOP, text)])
    if words is None:
        assert cautions == ()
    else:
        assert f"Requirement 4 says “{words}”" in cautions[0].message


def test_every_kind_has_words():
    assert set(KIND_TITLES) == set(K)
