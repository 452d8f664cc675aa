"""The yearly publication about case reviews: which periods, when, and in what words (2014 Act s.104(9))."""

from datetime import date

import pytest

from asb_cases.domain.periods import between, calendar_year, financial_year
from asb_cases.domain.publications import (
    FOUR,
    Straddling,
    changes,
    check_correction,
    check_period,
    check_publication,
    footnotes,
    is_covered,
    paragraph,
)

YEAR = financial_year(2015)


@pytest.mark.parametrize(
    ("first", "last", "allowed"),
    [
        (date(2015, 4, 1), date(2016, 3, 31), True),
        (date(2015, 4, 1), date(2016, 4, 1), False),
        (date(2015, 3, 1), date(2016, 2, 29), True),
        (date(2016, 2, 29), date(2017, 2, 27), True),
        (date(2014, 9, 1), date(2016, 6, 30), False),
        (date(2015, 10, 20), date(2015, 10, 20), True),
    ],
)
def test_a_reporting_period_is_at_most_twelve_months(first: date, last: date, allowed: bool) -> None:
    assert check_period(between(first, last)).codes == (() if allowed else ("period_too_long",))


@pytest.mark.parametrize(
    ("today", "published", "unknown", "same", "codes"),
    [
        (date(2016, 4, 1), False, {}, True, ()),
        (date(2016, 3, 31), False, {}, True, ("period_not_over",)),
        (date(2016, 4, 1), True, {}, True, ("published_already",)),
        (date(2016, 4, 1), False, {"case_reviews_held": "Records began later."}, True, ("number_not_known",)),
        (date(2016, 4, 1), False, {}, False, ("figures_changed_meanwhile",)),
    ],
)
def test_what_may_be_published(
    today: date, published: bool, unknown: dict[str, str], same: bool, codes: tuple[str, ...]
) -> None:
    found = check_publication(YEAR, today, published=published, unknown=unknown, same_as_seen=same)
    assert found.codes == codes
    assert all(refusal.authority and refusal.remedy for refusal in found.refusals)


@pytest.mark.parametrize(
    ("published", "changed", "because", "codes"),
    [
        (True, True, "One was entered late.", ()),
        (True, True, " ", ("reason_needed",)),
        (True, False, "No reason", ("nothing_to_correct",)),
        (False, True, "Too early", ("not_published",)),
    ],
)
def test_what_may_be_corrected(published: bool, changed: bool, because: str, codes: tuple[str, ...]) -> None:
    found = check_correction(published=published, changed=changed, unknown={}, because=because, same_as_seen=True)
    assert found.codes == codes


def test_the_paragraph() -> None:
    assert paragraph(YEAR, dict(zip(FOUR, (8, 4, 4, 2), strict=True))) == (
        "In 2015-16 (1 April 2015 to 31 March 2016) 8 applications for an ASB case review, also known as the Community "
        "Trigger, were received. The threshold was decided not to be met 4 times. 4 case reviews were carried out, of which "
        "2 resulted in recommendations."
    )
    short = between(date(2015, 4, 1), date(2015, 4, 9))
    assert paragraph(short, dict(zip(FOUR, (1, 0, 0, 0), strict=True))) == (
        "From 1 April 2015 to 9 April 2015 1 application for an ASB case review, also known as the Community Trigger, was "
        "received. The threshold was decided not to be met on no occasion. No case reviews were carried out."
    )


def test_footnotes_say_why_rows_do_not_add_up() -> None:
    [always] = footnotes(Straddling())
    assert "need not add up" in always
    several = footnotes(Straddling(held_not_met=1, held_of_earlier=2))[1:]
    assert [note.split(" held")[0] for note in several] == ["2 reviews were", "1 review was"]
    assert "although the threshold was decided not to be met" in several[1]


def test_changes_and_coverage() -> None:
    before, after = dict.fromkeys(FOUR, 2), dict.fromkeys(FOUR, 2) | {"case_reviews_held": 3}
    assert changes(before, after) == [("Case reviews carried out", 2, 3)]
    assert is_covered(YEAR, [(YEAR.first, YEAR.last)])
    halves = [(date(2015, 1, 1), date(2015, 12, 31)), (date(2016, 1, 1), date(2016, 12, 31))]
    assert is_covered(YEAR, halves)
    assert not is_covered(YEAR, halves[:1])
    assert not is_covered(calendar_year(2014), halves)
