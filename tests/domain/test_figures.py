"""The register of figures: whole, and in words that can be printed."""

from datetime import date

import pytest

from asb_cases.domain.figure_notes import not_kept_note, note, rate_note, series_note
from asb_cases.domain.figures import (
    FIGURES,
    FIGURES_IN_SCOPE,
    GROUPS,
    Aside,
    FigureKind,
    counts_behind,
    published,
    series_figure,
)
from asb_cases.domain.permissions import FiguresScope

#: What other people's scripts read. Names are added, never changed.
CODES = {
    "cpw_issued", "cpw_recipients", "cpn_issued", "cpn_recipients", "cpw_to_cpn_rate", "cpw_escalated_rate",
    "cpn_appeals", "cpn_withdrawn", "breaches_recorded", "fpn_issued", "fpn_paid", "prosecutions_started",
    "prosecutions_convicted", "cases_opened", "cases_closed", "cases_open_at_end", "complaints_received",
    "out_of_hours_requests", "case_review_applications", "case_review_applications_met", "case_review_threshold_met",
    "case_review_threshold_not_met", "case_reviews_held", "case_reviews_with_recommendations",
}  # fmt: skip


def test_the_codes_that_scripts_read_are_there() -> None:
    assert {figure.code for figure in published(FiguresScope.ALL)} >= CODES


def test_every_figure_says_what_it_counts() -> None:
    for code, figure in FIGURES.items():
        assert figure.code == code
        assert figure.title
        assert figure.counted_by.endswith(".")
        assert (figure.kind is FigureKind.RATE) == bool(figure.over) == bool(figure.under)


def test_rates_come_from_counts_of_the_register() -> None:
    rates = [figure for figure in FIGURES.values() if figure.kind is FigureKind.RATE]
    behind = counts_behind(rates)
    assert {figure.kind for figure in behind} == {FigureKind.COUNT}
    assert len({figure.code for figure in behind}) == len(behind)
    assert all(Aside.INCOMPLETE in FIGURES[code].asides for figure in rates for code in figure.left_out_of)


def test_every_published_figure_stands_under_one_heading() -> None:
    shown = [figure.code for figures in GROUPS.values() for figure in figures]
    assert sorted(shown) == sorted(figure.code for figure in published(FiguresScope.ALL))


@pytest.mark.parametrize("scope", list(FiguresScope))
def test_each_scope_opens_figures_of_the_register_alone(scope: FiguresScope) -> None:
    assert FIGURES_IN_SCOPE[scope] <= set(FIGURES)
    assert bool(published(scope)) == (scope is not FiguresScope.NONE)


@pytest.mark.parametrize(
    ("code", "asides", "said"),
    [
        ("cpn_issued", {}, None),
        ("cpn_issued", {Aside.WITHDRAWN: 0, Aside.QUASHED: 0}, None),
        ("cpn_issued", {Aside.WITHDRAWN: 2, Aside.QUASHED: 1}, "Includes 2 since withdrawn. Includes 1 quashed on appeal."),
        ("cpw_issued", {Aside.INCOMPLETE: 1}, "Includes 1 imported record of which the step before is not known."),
        ("prosecutions_convicted", {Aside.DAY_NOT_KNOWN: 1}, "A further 1 on a day not known is not counted."),
        ("prosecutions_convicted", {Aside.DAY_NOT_KNOWN: 1200}, "A further 1,200 on days not known are not counted."),
        ("cpw_recipients", {Aside.POSSIBLE_DUPLICATES: 3}, "3 possible duplicates (same name)."),
        ("cases_opened", {Aside.WITHDRAWN: 5}, None),
    ],
)  # fmt: skip
def test_notes(code: str, asides: dict[Aside, int], said: str | None) -> None:
    assert note(FIGURES[code], asides) == said


def test_notes_of_rates_supplied_values_and_records_not_kept() -> None:
    assert rate_note(39, 154, 0) == "39 over 154."
    assert rate_note(39, 1540, 2) == "39 over 1,540. 2 incomplete records left out."
    assert series_note("Police.", "over", "Mid-1990s.") == "Given as “over”. Source: Police. Mid-1990s."
    assert series_note("Police", None, None) == "Source: Police."
    assert not_kept_note(date(2015, 4, 1), "On paper.") == "Records are complete only from 1 April 2015: On paper."
    assert series_figure("x", "X", "").counted_by == "Values supplied, not rows of ours."
    assert series_figure("x", "X", "crimes").counted_by == "Values supplied, in crimes, not rows of ours."
