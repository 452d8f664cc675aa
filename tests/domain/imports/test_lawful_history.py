"""Old registers as councils kept them: what lawfully happened comes in, what could not lawfully happen is refused."""

from datetime import date

import pytest

from asb_cases.domain.imports.register import RegisterRow, read_row
from asb_cases.domain.imports.register_law import Step, check_row, step_of
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.imports.subjects import subject_of
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.people import PersonKind

SETTING = Setting(date(2026, 11, 22), LegalValues.load(), frozenset(), {})
WHO = {"subject_name": "Alex Marlow", "subject_born_on": "1990-01-01"}
WARNING = {"reference": "W1", "power": "CPW", "issued_on": "2015-05-01", **WHO}
NOTICE = {"reference": "N1", "power": "CPN", "issued_on": "2015-06-01", "follows": "W1", **WHO}
PENALTY = {
    "reference": "F1", "power": "FPN", "issued_on": "2015-09-01", "follows": "N1", "offence_from": "2015-08-20",
    "amount": "100", **WHO,
}  # fmt: skip
PROSECUTION = {"reference": "P1", "power": "PROSECUTION", "issued_on": "2015-11-02", "follows": "F1", **WHO}


def read(cells: dict[str, str]) -> RegisterRow:
    row, problems = read_row(cells, SETTING)
    assert row is not None, problems
    return row


def refusals(*chain: dict[str, str]) -> list[tuple[str, str]]:
    """Codes and sections for the last row of a chain, each row following the one before."""
    step: Step | None = None
    for cells in chain[:-1]:
        step = step_of(read(cells), step, SETTING)
    return [(problem.code, problem.authority) for problem in check_row(read(chain[-1]), step, SETTING)]


@pytest.mark.parametrize(
    "chain",
    [
        (WARNING, NOTICE),
        (WARNING | {"issued_on": "2014-09-01", "service_method": "email"}, NOTICE),
        (WARNING | {"issued_by": "Thames Valley Police"}, NOTICE),
        (WARNING | {"outcome": "withdrawn"}, NOTICE),
        (WARNING | {"outcome": "withdrawn", "outcome_on": "2015-07-01"}, NOTICE),
        (WARNING | {"outcome": "complied", "outcome_on": "2015-05-20"}, NOTICE),
        (WARNING, NOTICE | {"issued_on": "2015-05-01"}),
        (WARNING, NOTICE | {"issued_on": "2016-04-30"}),
        (WARNING, NOTICE | {"service_method": "posted_on_premises"}),
        (WARNING, NOTICE | {"outcome": "complied", "outcome_on": "2015-07-01"}, PENALTY),
        (WARNING, NOTICE | {"outcome": "withdrawn", "outcome_on": "2015-08-20"}, PENALTY),
        (WARNING, NOTICE | {"outcome": "appeal_quashed"}, PENALTY),
        (WARNING, NOTICE, PENALTY | {"issued_on": "2016-04-01"}),
        (WARNING, NOTICE, PENALTY | {"issued_on": "2015-09-01"}, PROSECUTION | {"issued_on": "2015-09-16"}),
        (WARNING, NOTICE, PENALTY, PROSECUTION | {"issued_on": "2016-02-20", "offence_from": "2015-08-20"}),
        (WARNING, NOTICE, PENALTY, PROSECUTION | {"issued_on": "2016-03-31"}),
        (WARNING, NOTICE, PENALTY | {"outcome": "paid", "paid_on": "2015-09-16"}, PROSECUTION),
        (WARNING, NOTICE | {"ends_on": "2015-08-20"}, PENALTY, PROSECUTION),
    ],
)  # fmt: skip
def test_what_lawfully_happened_comes_in(chain):
    assert refusals(*chain) == []


def test_a_summons_withdrawn_is_a_prosecution_discontinued():
    assert read(PROSECUTION | {"outcome": "withdrawn", "outcome_on": "2016-01-11"}).status == "discontinued"


@pytest.mark.parametrize(
    ("code", "section", "chain"),
    [
        ("no_written_warning", "s.43(5)(a)", (NOTICE,)),
        ("no_written_warning", "s.43(5)(a)", (WARNING, NOTICE, NOTICE | {"reference": "N2", "follows": "N1"})),
        ("warning_not_before_notice", "s.43(5)(a)", (WARNING, NOTICE | {"issued_on": "2015-04-30"})),
        ("warning_to_someone_else", "s.43(5)(a)", (WARNING, NOTICE | {"subject_born_on": "1991-01-01"})),
        ("recipient_under_age", "s.43(1)",
         (WARNING | {"subject_born_on": "1999-06-02"}, NOTICE | {"subject_born_on": "1999-06-02"})),
        ("service_method_not_allowed", "s.55", (WARNING, NOTICE | {"service_method": "email"})),
        ("service_method_not_allowed", "s.55", (WARNING, NOTICE, PENALTY | {"service_method": "posted_on_premises"})),
        ("no_notice_in_force", "s.48(1)", (WARNING, PENALTY)),
        ("no_notice_in_force", "s.48(1)", (WARNING, NOTICE, PENALTY | {"offence_from": "2015-05-31"})),
        ("no_notice_in_force", "s.48(1)", (WARNING, NOTICE | {"ends_on": "2015-08-19"}, PENALTY)),
        ("no_notice_in_force", "s.48(1)",
         (WARNING, NOTICE | {"outcome": "withdrawn", "outcome_on": "2015-08-19"}, PENALTY)),
        ("penalty_over_maximum", "s.52(7)", (WARNING, NOTICE, PENALTY | {"amount": "100.01"})),
        ("proceedings_within_14_days", "s.52(5)(a)", (WARNING, NOTICE, PENALTY, PROSECUTION | {"issued_on": "2015-09-15"})),
        ("penalty_paid_in_time", "s.52(5)(b)",
         (WARNING, NOTICE, PENALTY | {"outcome": "paid", "paid_on": "2015-09-15"}, PROSECUTION)),
        ("prosecution_out_of_time", "s.127(1)",
         (WARNING, NOTICE, PENALTY, PROSECUTION | {"issued_on": "2016-02-21", "offence_from": "2015-08-20"})),
    ],
)  # fmt: skip
def test_what_could_not_lawfully_happen_is_refused_with_the_section(code, section, chain):
    found = refusals(*chain)
    assert [each for each, _ in found] == [code]
    assert section in found[0][1]


def test_a_row_that_may_be_incomplete_may_follow_one_that_is():
    lost = {"follows": "", "incomplete": "yes"}
    assert refusals(PENALTY | lost) == []
    assert refusals(PENALTY | lost, PROSECUTION | {"incomplete": "yes"}) == []
    assert refusals(PENALTY | lost, PROSECUTION) == [("no_notice_in_force", "2014 Act s.48(1)")]
    assert refusals(WARNING, PENALTY | {"incomplete": "yes"}) == [("no_notice_in_force", "2014 Act s.48(1)")]


NAMED = subject_of(PersonKind.INDIVIDUAL, "Alex Marlow", None, "1 High Street")
OCCUPIER = subject_of(PersonKind.OCCUPIER, "The occupier", None, "1 High Street")


@pytest.mark.parametrize(
    ("later", "same", "warned"),
    [
        (NAMED, True, True),
        (subject_of(PersonKind.INDIVIDUAL, "ALEX  MARLOW", date(1990, 1, 1)), True, True),
        (subject_of(PersonKind.INDIVIDUAL, "Alex Marlow", None, "2 High Street"), True, True),
        (subject_of(PersonKind.BODY, "Alex Marlow", None, "1 High Street"), False, False),
        (subject_of(PersonKind.INDIVIDUAL, "Alex Marlowe", None, "1 High Street"), False, False),
        (OCCUPIER, False, True),
        (subject_of(PersonKind.OCCUPIER, "The occupier", None, "2 High Street"), False, False),
        (subject_of(PersonKind.OWNER, "The owner", None), False, False),
    ],
)
def test_whom_a_warning_to_somebody_by_name_was_given_to(later, same, warned):
    assert (later.is_same(NAMED), later.was_warned(NAMED)) == (same, warned)
    assert later.is_same(NAMED) == NAMED.is_same(later)


@pytest.mark.parametrize(
    ("later", "same", "warned"),
    [
        (NAMED, False, True),
        (subject_of(PersonKind.BODY, "Lets Ltd", None, "9 Bank Street"), False, True),
        (subject_of(PersonKind.OCCUPIER, "the occupier", None), True, True),
        (subject_of(PersonKind.OCCUPIER, "The occupier", None, "2 High Street"), False, False),
        (subject_of(PersonKind.OWNER, "The owner", None, "1 High Street"), False, False),
    ],
)
def test_whom_a_warning_to_the_occupier_was_given_to(later, same, warned):
    assert (later.is_same(OCCUPIER), later.was_warned(OCCUPIER)) == (same, warned)


def test_what_one_entry_knows_of_a_subject_the_next_one_knows_too():
    born = subject_of(PersonKind.INDIVIDUAL, "Alex Marlow", date(1990, 1, 1))
    assert NAMED.together_with(born) == born.together_with(NAMED)
    assert not NAMED.together_with(born).is_same(subject_of(PersonKind.INDIVIDUAL, "Alex Marlow", date(1991, 1, 1)))
    steps = (WARNING, NOTICE | {"subject_born_on": ""}, PENALTY | {"subject_born_on": "1991-01-01"})
    assert refusals(*steps) == [("notice_to_someone_else", "2014 Act s.48(1)")]


ABC = {"reference": "A1", "power": "ABC", "issued_on": "2013-06-01", "ends_on": "2013-11-30", "follows": "W1", **WHO}
ORDER = {"reference": "O1", "power": "CLOSURE_ORDER", "issued_on": "2015-06-01", "ends_on": "2015-09-01", **WHO}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (ABC, []),
        (ABC | {"outcome": "complied", "outcome_on": "2013-12-01"}, []),
        (ORDER, []),
        (ORDER | {"ends_on": "2015-09-02"}, [("tool_too_long", "2014 Act s.80(6)")]),
        (ORDER | {"power": "DISPERSAL", "ends_on": "2015-06-03", "issued_by": "Police"}, []),
        (ORDER | {"power": "CBO", "subject_born_on": "2000-01-01", "ends_on": "2025-06-01"}, []),
        (ORDER | {"power": "INJUNCTION", "subject_born_on": "2006-01-01"}, [("tool_under_age", "2014 Act s.1(1)")]),
        (
            ORDER | {"power": "RESPECT_ORDER", "issued_on": "2026-06-01", "ends_on": "2027-06-01"},
            [("power_not_in_force", "Crime and Policing Act 2026: no commencement is recorded")],
        ),
    ],
)
def test_other_tools_come_in_by_their_code_as_far_as_the_law_lets_them(row, found):
    assert refusals(row) == found
    assert any("follows was read over" in remark for remark in read(row).remarks) == ("follows" in row)
