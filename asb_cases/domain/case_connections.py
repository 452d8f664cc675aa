"""Cases that have to do with each other: linked with a reason, or merged where they turn out to be one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.record_keeping import AUTHORITY, reason_given


class LinkKind(StrEnum):
    """Why two cases are linked."""

    RELATED = "related"
    SAME_SUBJECT = "same_subject"
    SAME_PLACE = "same_place"
    COUNTER_ALLEGATION = "counter_allegation"


LINK_TITLES: Mapping[LinkKind, str] = MappingProxyType({
    LinkKind.RELATED: "Related",
    LinkKind.SAME_SUBJECT: "About the same person or body",
    LinkKind.SAME_PLACE: "At the same place",
    LinkKind.COUNTER_ALLEGATION: "Counter-allegation",
})  # fmt: skip
#: What a merged case is closed as.
MERGED = "merged"

SAME_CASE = Refusal(
    "same_case", "A case can’t be connected to itself.", AUTHORITY, "Give the other case.", field="reference"
)
NO_SUCH_CASE = Refusal(
    "no_such_case",
    "There is no case with this reference, or not for you.",
    AUTHORITY,
    "Check the reference, or ask whoever works on the other case to share it.",
    field="reference",
)
LINKED_ALREADY = Refusal(
    "linked_already", "The cases are linked like this already.", AUTHORITY, "Nothing needs to be done.", field="kind"
)
CLOSED_CASE = Refusal(
    "merge_closed_case",
    "{reference} is closed: what is closed is not merged.",
    AUTHORITY,
    "Have it reopened first, or link the two cases instead.",
    field="reference",
)
MERGED_CASE = Refusal(
    "case_is_merged",
    "This case was merged into {kept}.",
    AUTHORITY,
    "Work on that one. Undo the merge first, if it was wrong.",
)
TWO_PROSECUTIONS = Refusal(
    "merge_two_prosecutions",
    "There is an open prosecution in both cases.",
    AUTHORITY,
    "Each court file names its own case. Link the two, and merge them once one prosecution has ended.",
    field="reference",
)
NO_COMMON_READER = Refusal(
    "merge_no_common_reader",
    "Both cases are restricted, and nobody is named as a reader of both.",
    AUTHORITY,
    "Name somebody as a reader of both first.",
    field="reference",
)
MERGED_ONWARD = Refusal(
    "merged_onward",
    "{kept} was itself merged into another case since.",
    AUTHORITY,
    "Undo that later merge first.",
)
RESTS_ON_MERGED = Refusal(
    "unmerge_steps_rest_on_it",
    "Steps taken since the merge rest on a step of the merged case.",
    AUTHORITY,
    "The cases have grown together. Leave them merged.",
)
BECOMES_RESTRICTED = Caution(
    "merge_becomes_restricted",
    "One of the cases is restricted: what comes of it is restricted too, and only the readers of the restricted case see it.",
)
OTHER_TEAM = Caution(
    "merge_other_team",
    "The cases are of different teams: the team of the kept case will see all of it, the other team no longer.",
)
SHARE_ENDS = Caution(
    "merge_share_left_behind",
    "The merged case is shared: those it is shared with do not see the kept case by that.",
)

SHARE_SEES_MORE = Caution(
    "merge_share_sees_more",
    "The kept case is shared: those it is shared with see what comes to it from the merged one.",
)


@dataclass(frozen=True)
class MergeFacts:
    """What the two cases are on the day they are to be merged."""

    same: bool = False
    closed: tuple[str, ...] = ()
    open_prosecutions_in_both: bool = False
    restricted: int = 0
    common_readers: bool = True
    teams_differ: bool = False
    merged_is_shared: bool = False
    kept_is_shared: bool = False


def check_merge(facts: MergeFacts, reason: str | None) -> Findings:
    """Whether one case may be merged into another."""
    if facts.same:
        return gathered([SAME_CASE])
    return gathered([
        *(CLOSED_CASE.of(reference=each) for each in facts.closed),
        TWO_PROSECUTIONS if facts.open_prosecutions_in_both else None,
        NO_COMMON_READER if facts.restricted > 1 and not facts.common_readers else None,
        reason_given("Merging cases", reason),
        BECOMES_RESTRICTED if facts.restricted == 1 else None,
        OTHER_TEAM if facts.teams_differ else None,
        SHARE_ENDS if facts.merged_is_shared else None,
        SHARE_SEES_MORE if facts.kept_is_shared else None,
    ])  # fmt: skip


def check_unmerge(*, kept: str, merged_onward: bool, resting: int, reason: str | None) -> Findings:
    """Whether a merge may be undone."""
    return gathered([
        MERGED_ONWARD.of(kept=kept) if merged_onward else None,
        RESTS_ON_MERGED if resting else None,
        reason_given("Undoing a merge", reason),
    ])  # fmt: skip
