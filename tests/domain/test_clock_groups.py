"""Every clock stands in one group of the lists."""

from collections import Counter

from asb_cases.domain.clock_groups import DUTIES, GROUP_TITLES, rules_of_group
from asb_cases.domain.clock_rules import CLOCK_RULES


def test_every_clock_is_in_exactly_one_group() -> None:
    counted = Counter(code for group in GROUP_TITLES for code in rules_of_group(group))
    assert counted == Counter(list(CLOCK_RULES))


def test_only_what_the_council_owes_can_be_overdue() -> None:
    assert {"acknowledge", "cpn_review", "case_review_decide"} <= set(DUTIES)
    assert not {"cpn_appeal", "cpw_life", "prosecution_limit", "fpn_no_proceedings"} & set(DUTIES)
