"""Setting a complaint aside from the count of a case review: on which ground, why, and who confirms it.

On what remains, the number decides (s.104(4)); so nobody takes a complaint out of it alone. What is set aside is never
deleted: it can be ended, and stays listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.case_review_states import UNDECIDED, ReviewStatus
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import day_has_come, days_in_order, words_given

PRACTICE = "Council practice: setting a complaint aside"


class Ground(StrEnum):
    """Why a complaint does not count."""

    NOT_THIS_BEHAVIOUR = "not_this_behaviour"
    OUTSIDE_AREA = "outside_area"
    OUTSIDE_SECTION_105 = "outside_section_105"


GROUND_TITLES: Mapping[Ground, str] = MappingProxyType({
    Ground.NOT_THIS_BEHAVIOUR: "It is not about this behaviour (s.104(4))",
    Ground.OUTSIDE_AREA: "The behaviour was not in the area (s.104(1))",
    Ground.OUTSIDE_SECTION_105: "It was not behaviour causing harassment, alarm or distress (s.105(4))",
})  # fmt: skip

CONFIRMED_BY_THEMSELVES = Refusal(
    "set_aside_needs_second_person",
    "Whoever set the complaint aside can’t confirm it.",
    f"2014 Act s.105; {PRACTICE}",
    "Ask a colleague to open the application and confirm it, or to say that it counts.",
)
SET_ASIDE_OVER = Refusal(
    "set_aside_over", "This was confirmed or ended already.", PRACTICE, "Look at the list of complaints again."
)
SET_ASIDE_ALREADY = Refusal(
    "set_aside_already", "This complaint is set aside already.", PRACTICE, "End that first, if the ground is another."
)
NO_SUCH_CASE = Refusal(
    "no_such_case",
    "No case of yours has this reference.",
    PRACTICE,
    "Check the reference, or choose one of the cases shown.",
    field="case_reference",
)
COUNT_IS_SETTLED = Refusal(
    "count_is_settled",
    "The threshold of this application was decided: what was counted stays as it was.",
    "2014 Act s.104",
    "A new application can be received at any time.",
)


@dataclass(frozen=True)
class SetAsideFacts:
    """A complaint that is set aside: who proposed it, whether somebody confirmed it, whether it was ended."""

    proposed_by_id: int | None
    confirmed: bool
    ended: bool


def check_open_to_count(status: ReviewStatus) -> Findings:
    """Whether what is counted may still change: until the bodies have decided."""
    return gathered([None if status in UNDECIDED else COUNT_IS_SETTLED])


def check_set_aside(reason: str | None, *, already: bool) -> Findings:
    """Whether a complaint may be proposed to be set aside."""
    return gathered([
        SET_ASIDE_ALREADY if already else None,
        words_given("Why the complaint does not count", reason, "reason"),
    ])  # fmt: skip


def check_confirmed(facts: SetAsideFacts, actor_id: int | None) -> Findings:
    """Whether the second person may confirm: somebody else, who signs in to do it."""
    return gathered([
        SET_ASIDE_OVER if facts.confirmed or facts.ended else None,
        CONFIRMED_BY_THEMSELVES if actor_id is None or actor_id == facts.proposed_by_id else None,
    ])  # fmt: skip


def check_elsewhere(*, body: str | None, occurred_on: date | None, made_on: date | None, today: date) -> Findings:
    """Whether a complaint that was made to another body can have been so. Days that are not known are asked about later."""
    return gathered([
        words_given("The body it was made to", body, "body"),
        day_has_come("The day of the behaviour", occurred_on, today, "occurred_on"),
        day_has_come("The day it was made", made_on, today, "made_on"),
        days_in_order(("the behaviour", occurred_on), ("The complaint", made_on), "made_on"),
    ])  # fmt: skip
