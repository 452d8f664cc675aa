"""The parsers of all formats: whatever the cells say, a row or what is wrong with it, and never both or neither."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.imports import case_reviews, complaints, partner_figures, register
from asb_cases.domain.imports.cells import Cells
from asb_cases.domain.imports.columns import Format, read_header
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.register_law import check_row, step_of
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.legal_values import LegalValues

Reader = Callable[[Mapping[str, str], Setting], tuple[Any, list[Problem]]]

SETTING = Setting(
    today=date(2026, 11, 22),
    values=LegalValues.load(),
    holidays=frozenset(),
    categories={"noise": "noise", "noise party": "noise_party"},
    council="Oxford City Council",
)
READERS: list[tuple[Format, Reader]] = [
    (register.FORMAT, register.read_row),
    (complaints.FORMAT, complaints.read_row),
    (case_reviews.FORMAT, case_reviews.read_row),
    (partner_figures.FORMAT, partner_figures.read_row),
]
PLAUSIBLE = (
    "2015-04-01", "01/04/2015", "29/02/2016", "2014-10-19", "9999-12-31", "CPW", "CPN", "FPN", "prosecution", "hand", "email",
    "noise", "met", "yes", "100", "£99.50", "-1", "1e9", "stop: noise; do: stop", "W1", "paid", "convicted", "withdrawn",
    "appeal_quashed", "individual", "occupier", "Jo Bloggs", "about", "out_of_hours", "cpn_breach", "\x00", "\ud800", "ﷺ" * 300,
)  # fmt: skip


def cells_of(layout: Format) -> st.SearchStrategy[dict[str, str]]:
    cell = st.one_of(st.sampled_from(PLAUSIBLE), st.text(max_size=30))
    needed = dict.fromkeys(layout.needed, cell)
    return st.fixed_dictionaries(needed, optional=dict.fromkeys(layout.optional, cell)).map(
        lambda row: {name: text.strip() for name, text in row.items() if text.strip()}
    )


@pytest.mark.parametrize(("layout", "read"), READERS, ids=lambda each: getattr(each, "name", ""))
def test_any_cells_are_a_row_or_its_problems(layout: Format, read: Reader) -> None:
    @given(cells_of(layout))
    def check(cells: dict[str, str]) -> None:
        row, problems = read(cells, SETTING)
        assert (row is None) == bool(problems)
        for problem in problems:
            assert problem.column in layout.columns
            assert problem.message
            assert problem.remedy

    check()


@given(cells_of(register.FORMAT), cells_of(register.FORMAT), cells_of(register.FORMAT))
def test_the_law_answers_for_any_three_rows(
    first: dict[str, str], second: dict[str, str], third: dict[str, str]
) -> None:
    step = None
    for cells in (first, second, third):
        row, _problems = register.read_row(cells, SETTING)
        if row is None:
            continue
        for problem in check_row(row, step, SETTING):
            assert problem.authority
            assert problem.remedy
        step = step_of(row, step, SETTING)


@pytest.mark.parametrize(
    ("text", "pence"),
    [("100", 10000), ("£99.50", 9950), ("0.1", 10), ("1,234.50", 123450), ("0.07", 7), ("19.99", 1999), ("£ 5", 500)],
)
def test_pounds_are_pence_exactly(text: str, pence: int) -> None:
    assert Cells({"amount": text}).pence("amount") == pence


@pytest.mark.parametrize("text", ["0", "-5", "1.005", "ten", "1,00", "1e3", "NaN", "Infinity", "٣", "100000000"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    cells = Cells({"amount": text})
    assert cells.pence("amount") is None
    assert [problem.code for problem in cells.problems] == ["amount_unreadable"]


def test_headings_are_read_whatever_their_capitals_and_spaces() -> None:
    texts = ["Reference", " subject  NAME", "power", "Issued_On", "Reason", ""]
    header, problems = read_header(texts, register.FORMAT)
    assert problems == []
    assert header.cells(["W1", " Jo ", "", "2015-04-01", "why", ""]) == {
        "reference": "W1",
        "subject_name": "Jo",
        "issued_on": "2015-04-01",
    }
    assert [problem.code for problem in header.surplus(["W1", "", "", "", "", "stray"])] == ["cell_without_column"]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"subject_name": "JO  O'NEILL", "subject_address": "1, High St."}, "individual|jo oneill|1 high st"),
        ({"subject_name": "Jo O’Neill", "subject_born_on": "01/02/1980"}, "individual|jo oneill|1980-02-01"),
        ({"subject_name": "The occupier", "subject_kind": "Occupier"}, "occupier|the occupier|"),
    ],
)
def test_a_subject_is_known_by_kind_name_and_birth_date_or_address(cells: dict[str, str], key: str) -> None:
    row, _ = register.read_row({"reference": "1", "power": "CPW", "issued_on": "2015-04-01", **cells}, SETTING)
    assert row is not None
    assert row.subject_key == key


def test_the_councils_own_name_is_no_other_body() -> None:
    least = {"reference": "1", "subject_name": "Jo", "power": "CPW", "issued_on": "2015-04-01"}
    ours, _ = register.read_row({**least, "issued_by": "OXFORD CITY COUNCIL"}, SETTING)
    police, _ = register.read_row({**least, "issued_by": "Thames Valley Police"}, SETTING)
    assert ours is not None
    assert police is not None
    assert (ours.issued_by, police.issued_by) == (None, "Thames Valley Police")


@pytest.mark.parametrize(
    ("written", "code", "title"),
    [
        ("police_recorded_crime", "police_recorded_crime", "Police recorded crime"),
        ("Police-recorded crime", "police_recorded_crime", "Police-recorded crime"),
    ],
)
def test_a_series_is_a_code_or_a_title_that_one_is_made_of(written: str, code: str, title: str) -> None:
    assert partner_figures.code_and_title(written) == (code, title)


def test_an_application_before_the_act_is_of_the_local_scheme() -> None:
    before, _ = case_reviews.read_row({"applied_on": "19/10/2014"}, SETTING)
    after, _ = case_reviews.read_row({"applied_on": "20/10/2014"}, SETTING)
    assert before is not None
    assert after is not None
    assert (before.local_scheme, after.local_scheme) == (True, False)
