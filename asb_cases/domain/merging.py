"""Two records of one person made one, and made two again: what must agree, and what may not have been built on it since."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.corrections import LATER_ROWS_STAND
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.record_keeping import ALREADY_DONE, AUTHORITY, reason_given

ONE_RECORD = Refusal(
    "one_record",
    "These are the same record.",
    AUTHORITY,
    "Choose another record to merge it with.",
    field="who",
)
KINDS_DIFFER = Refusal(
    "kinds_differ",
    "The one is {first}, the other {second}: they can’t be one.",
    AUTHORITY,
    "Put the wrong kind right first. Who an occupier or owner turned out to be is recorded as an identification.",
)
BIRTH_DATES_DIFFER = Refusal(
    "birth_dates_differ",
    "Two different dates of birth are recorded.",
    AUTHORITY,
    "Put the wrong one right first, if it is one person.",
)
COMPANY_NUMBERS_DIFFER = Refusal(
    "company_numbers_differ",
    "Two different company numbers are recorded.",
    AUTHORITY,
    "Put the wrong one right first, if it is one company.",
)
IDENTIFIED_DIFFERENTLY = Refusal(
    "identified_differently",
    "The two turned out to be different people.",
    AUTHORITY,
    "Undo the identification that is wrong first.",
)
MERGED_AGAIN_SINCE = Refusal(
    "merged_again_since",
    "Another merge was made on top of this one.",
    AUTHORITY,
    "Undo that one first, the latest first.",
)
OPPOSITE_PARTS = Caution(
    "opposite_parts",
    "They stand on opposite sides of {cases}: the one complains there, or suffers, and the other is who it is about.",
)

#: Parts of those who turn to us, or for whom we act.
TURNED_TO_US = frozenset({Part.COMPLAINANT, Part.VICTIM, Part.WITNESS})

KIND_WORDS = {
    PersonKind.INDIVIDUAL: "an individual",
    PersonKind.BODY: "a company or other body",
    PersonKind.OCCUPIER: "the occupier of premises",
    PersonKind.OWNER: "the owner of premises",
}


@dataclass(frozen=True)
class Record:
    """What of a record decides whether it may be merged with another."""

    id: int
    kind: PersonKind
    born_on: date | None = None
    company_number: str | None = None
    identified_as_id: int | None = None


def check_merge(kept: Record, merged: Record, *, reason: str | None, opposite: Sequence[str] = ()) -> Findings:
    """Whether `merged` may go into `kept`. `opposite`: the cases in which they stand on opposite sides."""
    identified = (kept.identified_as_id, merged.identified_as_id)
    return gathered([
        ONE_RECORD if kept.id == merged.id else None,
        KINDS_DIFFER.of(first=KIND_WORDS[kept.kind], second=KIND_WORDS[merged.kind]) if kept.kind != merged.kind else None,
        BIRTH_DATES_DIFFER if _differ(kept.born_on, merged.born_on) else None,
        COMPANY_NUMBERS_DIFFER if _differ(kept.company_number, merged.company_number) else None,
        IDENTIFIED_DIFFERENTLY if _differ(*identified) else None,
        reason_given("Merging two records", reason),
        OPPOSITE_PARTS.of(cases=", ".join(opposite)) if opposite else None,
    ])  # fmt: skip


def check_undoing_merge(*, undone: bool, later_merges: int, crossing_steps: int, reason: str | None) -> Findings:
    """Whether a merge may be undone. `crossing_steps`: steps that would then rest on a step against somebody else, as a
    notice drafted since then against the one does on a warning that was given to the other (2014 Act s.43(5))."""
    return gathered([
        ALREADY_DONE if undone else None,
        MERGED_AGAIN_SINCE if later_merges else None,
        LATER_ROWS_STAND.of(count=crossing_steps) if crossing_steps else None,
        reason_given("Undoing a merge", reason),
    ])  # fmt: skip


def opposite_sides(one: Collection[Part], other: Collection[Part]) -> bool:
    """Whether two people stand on opposite sides of one case."""
    return _faces(one, other) or _faces(other, one)


def wider(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """The days from and to which two entries of one part come together: from the earlier of two known first days, to the
    later last day, and without a last day where either has none."""
    begun = [day for day in (first[0], second[0]) if day is not None]
    ended = [day for day in (first[1], second[1]) if day is not None]
    return min(begun, default=None), max(ended) if len(ended) == 2 else None


def _faces(one: Collection[Part], other: Collection[Part]) -> bool:
    return bool(TURNED_TO_US & set(one)) and Part.SUBJECT in other


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other
