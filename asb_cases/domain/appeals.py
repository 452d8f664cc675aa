"""Appeals against a notice (2014 Act s.46): in time or late, what they suspend, and what their outcome does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered


class AppealOutcome(StrEnum):
    """How an appeal ended."""

    DISMISSED = "dismissed"
    MODIFIED = "modified"
    QUASHED = "quashed"
    WITHDRAWN = "withdrawn"


class AppealGround(StrEnum):
    """The grounds that s.46(1) knows."""

    CONDUCT_DID_NOT_TAKE_PLACE = "conduct_did_not_take_place"
    NO_DETRIMENTAL_EFFECT = "no_detrimental_effect"
    NOT_PERSISTENT = "not_persistent"
    NOT_UNREASONABLE = "not_unreasonable"
    CANNOT_CONTROL = "cannot_control"
    REQUIREMENT_UNREASONABLE = "requirement_unreasonable"
    MATERIAL_DEFECT = "material_defect"
    WRONG_PERSON = "wrong_person"


GROUND_TITLES: dict[AppealGround, str] = {
    AppealGround.CONDUCT_DID_NOT_TAKE_PLACE: "The conduct did not take place",
    AppealGround.NO_DETRIMENTAL_EFFECT: "It had no detrimental effect on the quality of life of those in the locality",
    AppealGround.NOT_PERSISTENT: "The effect was not persistent or continuing",
    AppealGround.NOT_UNREASONABLE: "The conduct was not unreasonable",
    AppealGround.CANNOT_CONTROL: "The recipient can’t reasonably be expected to control or affect it",
    AppealGround.REQUIREMENT_UNREASONABLE: "A requirement, or its time limit, is unreasonable",
    AppealGround.MATERIAL_DEFECT: "The notice has a material defect or error",
    AppealGround.WRONG_PERSON: "The notice was issued to the wrong person",
}

#: The notice's move that each outcome makes (see the notice's TRANSITIONS).
MOVE_OF_OUTCOME: dict[AppealOutcome, str] = {
    AppealOutcome.DISMISSED: "appeal_dismissed",
    AppealOutcome.MODIFIED: "appeal_modified",
    AppealOutcome.QUASHED: "appeal_quashed",
    AppealOutcome.WITHDRAWN: "appeal_withdrawn",
}

LATE = Caution(
    "appeal_late",
    "Out of time: the last day was {last}. The court decides whether to hear it.",
    field="lodged_on",
    authority="2014 Act s.46(2)",
)
LAST_DAY_COURT_SHUT = Caution(
    "appeal_last_day_court_shut",
    "The last day was {last}, when the court office is shut; lodged on the next open day it may be in time, so it is not "
    "marked late.",
    field="lodged_on",
    authority="Kaur v Russell [1973] QB 336; Yadly Marketing [2016] EWCA Civ 1143",
)
LODGED_BEFORE_ISSUE = Refusal(
    "appeal_before_issue",
    "An appeal can’t have been lodged on {lodged}, before the notice was given on {issued}.",
    "2014 Act s.46(2)",
    "Check both days. If the notice came sooner than the post was presumed to bring it, correct the day it was given first.",
    field="lodged_on",
)
LODGED_IN_FUTURE = Refusal(
    "appeal_in_future",
    "The day lodged, {lodged}, has not come yet.",
    "2014 Act s.46(2)",
    "Record the appeal once it is lodged.",
    field="lodged_on",
)
ALREADY_PENDING = Refusal(
    "appeal_already_pending",
    "An appeal against this notice is in progress already.",
    "2014 Act s.46(1)",
    "Add what is new to that appeal, or record how it ended first.",
)
NO_APPEAL = Refusal(
    "no_appeal_pending",
    "No appeal against this notice is in progress.",
    "2014 Act s.46(1)",
    "Record the appeal first, with the day on which it was lodged.",
)
DETERMINED_BEFORE_LODGED = Refusal(
    "determined_before_lodged",
    "The appeal can’t have ended on {determined}, before it was lodged on {lodged}.",
    "2014 Act s.46(3)",
    "Check both days.",
    field="determined_on",
)
DETERMINED_IN_FUTURE = Refusal(
    "determined_in_future",
    "The day on which the appeal ended, {determined}, has not come yet.",
    "2014 Act s.46(3)",
    "Record the outcome once the court has decided, or the appeal is withdrawn.",
    field="determined_on",
)


@dataclass(frozen=True)
class Appeal:
    """An appeal: the day lodged, the day finally determined or withdrawn, and the court's order about stop requirements.

    `lodged_on` None: an old register names the outcome alone; nothing can then be said about which days it covered.
    """

    lodged_on: date | None
    determined_on: date | None = None
    outcome: AppealOutcome | None = None
    stop_suspended_on: date | None = None

    def in_progress(self, on: date) -> bool:
        """Whether it runs on the day: from lodging until it is finally determined or withdrawn (s.46(3)). Where only days
        are known both the first and the last count, in the recipient's favour."""
        if self.lodged_on is None or on < self.lodged_on:
            return False
        if self.determined_on is None:
            return self.outcome is None
        return on <= self.determined_on

    def stop_suspended(self, on: date) -> bool:
        """Whether the court has ordered by the day that stop requirements too have no effect."""
        return self.in_progress(on) and self.stop_suspended_on is not None and self.stop_suspended_on <= on


@dataclass(frozen=True)
class AppealFacts:
    """An appeal being recorded. `last_day` is what the clock `cpn_appeal` gave; `next_open_day` the first day from it
    on which the court office opens."""

    lodged_on: date
    issued_on: date
    last_day: date
    next_open_day: date
    today: date
    earlier: Sequence[Appeal] = ()


def is_late(facts: AppealFacts) -> bool:
    """Whether it counts as late: after the last day, or after the next open day where the office was shut that day."""
    return facts.lodged_on > max(facts.last_day, facts.next_open_day)


def check_lodging(facts: AppealFacts) -> Findings:
    """Whether an appeal may be recorded. Lateness never refuses: the court decides."""
    lodged = in_words(facts.lodged_on)
    return gathered([
        LODGED_BEFORE_ISSUE.of(lodged=lodged, issued=in_words(facts.issued_on)) if facts.lodged_on < facts.issued_on else None,
        LODGED_IN_FUTURE.of(lodged=lodged) if facts.lodged_on > facts.today else None,
        ALREADY_PENDING if any(each.outcome is None for each in facts.earlier) else None,
        _timing(facts),
    ])  # fmt: skip


def check_determination(appeal: Appeal, determined_on: date, today: date) -> Findings:
    """Whether an appeal may be recorded as ended on a day."""
    determined = in_words(determined_on)
    return gathered([
        DETERMINED_BEFORE_LODGED.of(determined=determined, lodged=in_words(appeal.lodged_on))
        if appeal.lodged_on and determined_on < appeal.lodged_on else None,
        DETERMINED_IN_FUTURE.of(determined=determined) if determined_on > today else None,
    ])  # fmt: skip


def _timing(facts: AppealFacts) -> Caution | None:
    if facts.lodged_on <= facts.last_day:
        return None
    last = in_words(facts.last_day)
    return LATE.of(last=last) if is_late(facts) else LAST_DAY_COURT_SHUT.of(last=last)
