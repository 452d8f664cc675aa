"""Clocks by what they are about, as people ask for them in a list; and which of them the council may be late with."""

from collections.abc import Mapping
from types import MappingProxyType

from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockNature
from asb_cases.domain.tool_files import tool_tables

#: Each group's title, and the codes in it. What stands in none is in the last.
_NAMED: dict[str, tuple[str, tuple[str, ...]]] = {
    "responses": (
        "Responses, acknowledgements and updates",
        ("response_priority_1", "response_priority_2", "response_priority_3", "acknowledge", "victim_update"),
    ),
    "warnings": ("Warnings", ("cpw_compliance", "cpw_life")),
    "notices": ("Notices: reviews and ends", ("cpn_review", "cpn_end", "closed_notice_review", "requirement_due")),
    "penalties": ("Fixed penalties", ("fpn_no_proceedings", "fpn_reduced_offer")),
    "limits": ("Time limits of prosecution and seizure", ("prosecution_limit", "seizure_warrant", "seizure_retention")),
    "appeals": (
        "Appeals",
        ("cpn_appeal", "remedial_cost_appeal", "closure_order_appeal", "pspo_challenge"),
    ),
    "tools": (
        "Other tools and powers",
        ("tool_end", "tool_review", *(row["code"] for tool in tool_tables() for row in tool.get("clocks", ()))),
    ),
    "hearings": ("Hearings", ("court_hearing",)),
    "plans": ("Action plans", ("plan_review", "plan_step", "plan_step_of_theirs")),
    "case-reviews": (
        "Case reviews",
        (
            "case_review_acknowledge",
            "case_review_decide",
            "case_review_hold",
            "case_review_notify",
            "case_review_outcome",
            "case_review_body_answer",
            "case_review_recommendation",
            "case_review_action",
            "case_review_explanation",
            "qualifying_complaint",
            "case_review_application",
            "case_review_publication",
        ),
    ),
}
OTHER = "other"
GROUP_TITLES: Mapping[str, str] = MappingProxyType({
    **{code: title for code, (title, _) in _NAMED.items()}, OTHER: "Other",
})  # fmt: skip

#: What the council owes something by: afterwards it is overdue.
DUTIES = tuple(code for code, rule in CLOCK_RULES.items() if rule.nature is ClockNature.DUTY)
#: What nothing can be done about any more once it is over: somebody else's time, or ours to act.
NOT_OWED = tuple(code for code in CLOCK_RULES if code not in DUTIES)
#: What belongs to no record: the service as a whole owes it.
OF_THE_SERVICE = ("case_review_publication",)
#: What merely passes: afterwards nobody is late, and nothing need be done to be rid of it.
PERIODS = tuple(code for code, rule in CLOCK_RULES.items() if rule.nature is ClockNature.PERIOD)


def rules_of_group(group: str) -> tuple[str, ...]:
    """The codes of the clocks in a group."""
    if group != OTHER:
        return _NAMED[group][1]
    named = {code for _title, codes in _NAMED.values() for code in codes}
    return tuple(code for code in CLOCK_RULES if code not in named)
