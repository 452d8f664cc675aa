"""What a warning or notice requires: the three kinds of 2014 Act s.43(3), what is in force on a day, wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from asb_cases.domain.appeals import Appeal
from asb_cases.domain.errors import Caution, Refusal


class RequirementKind(StrEnum):
    """Stop doing things; do things; take reasonable steps to achieve results (s.43(3))."""

    STOP = "stop"
    DO = "do"
    STEPS = "steps"


KIND_TITLES: dict[RequirementKind, str] = {
    RequirementKind.STOP: "Stop doing something",
    RequirementKind.DO: "Do something",
    RequirementKind.STEPS: "Take reasonable steps to achieve a result",
}

#: Only these have no effect while an appeal is in progress (s.46(3)), and only these may carry a time limit (s.43(8)).
POSITIVE = frozenset({RequirementKind.DO, RequirementKind.STEPS})

REQUIREMENT_UNREADABLE = Refusal(
    "requirement_unreadable",
    "“{text}” does not say which kind of requirement it is.",
    "2014 Act s.43(3)",
    "Begin each with “stop:”, “do:” or “steps:”, and separate several by “;”.",
    field="requirements",
)

VAGUE_WORDING = Caution(
    "vague_wording",
    "Requirement {number} says “{words}”: a court must be able to tell whether it was kept. Say what exactly, where, when.",
    field="requirements",
)
#: Words that leave open what is required. Pointed out, never forbidden.
VAGUE = re.compile(
    r"\b(anti-?social(?:ly)?|inappropriate(?:ly)?|reasonabl[ey] (?:behaviou?r|manner|level|time|hours?)|unreasonabl[ey]"
    r"|nuisance|excessive(?:ly)?|properly|suitabl[ey]|adequate(?:ly)?|too loud(?:ly)?|behave|good behaviour|as necessary"
    r"|from time to time|etc)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Requirement:
    """One version of one numbered requirement, in force from `from_on` to `to_on` (None: not bounded, or not yet given).

    `comply_by` is the last day to do it; only do and steps requirements of a notice may have one (s.43(8)).
    """

    number: int
    version: int
    kind: RequirementKind
    text: str
    comply_by: date | None = None
    from_on: date | None = None
    to_on: date | None = None

    def stands(self, on: date) -> bool:
        """Whether this version is the one in force on the day, appeals apart."""
        return (self.from_on is None or self.from_on <= on) and (self.to_on is None or on <= self.to_on)

    def effective(self, on: date, appeals: Sequence[Appeal] = ()) -> bool:
        """Whether it binds on the day (s.46(3)): while an appeal is in progress, do and steps requirements have no
        effect; stop requirements go on unless the court orders otherwise."""
        if not self.stands(on):
            return False
        running = [appeal for appeal in appeals if appeal.in_progress(on)]
        if self.kind in POSITIVE:
            return not running
        return not any(appeal.stop_suspended(on) for appeal in running)

    def due_day(self, appeals: Sequence[Appeal] = ()) -> date | None:
        """The last day to do it, moved on by the days on which an appeal suspended it; None where there is no time limit,
        or where it rests because an appeal lodged before it was due is still in progress. A version that began as an
        appeal ended, in the court's own words, keeps the court's day."""
        due = self.comply_by
        for appeal in sorted(appeals, key=lambda each: each.lodged_on or date.max):
            began = _later(appeal.lodged_on, self.from_on) if appeal.lodged_on else None
            if due is None or began is None or began > due or self.kind not in POSITIVE or self._from_its_order(appeal):
                continue
            if appeal.determined_on is None:
                due = due if appeal.outcome else None
            else:
                due += timedelta(days=max(0, (appeal.determined_on - began).days + 1))
        return due

    def _from_its_order(self, appeal: Appeal) -> bool:
        """Whether this version began on the day the appeal ended, or later: nothing of its time was taken by the appeal."""
        if self.from_on is None or appeal.lodged_on is None or appeal.determined_on is None:
            return False
        return appeal.lodged_on < appeal.determined_on <= self.from_on


def in_force(requirements: Sequence[Requirement], on: date, appeals: Sequence[Appeal] = ()) -> tuple[Requirement, ...]:
    """The requirements that bind on a day, by number."""
    return tuple(
        sorted(
            (each for each in requirements if each.effective(on, appeals)), key=lambda each: (each.number, each.version)
        )
    )


def paused(requirements: Sequence[Requirement], on: date, appeals: Sequence[Appeal]) -> tuple[Requirement, ...]:
    """The requirements whose deadlines rest on the day because an appeal is in progress."""
    return tuple(each for each in requirements if each.stands(on) and not each.effective(on, appeals))


def next_version(old: Requirement, text: str, comply_by: date | None, from_on: date) -> Requirement:
    """The requirement as varied, or as modified by the court, from a day; the older version ends the day before."""
    return replace(old, version=old.version + 1, text=text, comply_by=comply_by, from_on=from_on, to_on=None)


@dataclass(frozen=True)
class Effect:
    """What becomes of a requirement from one day to another, as an appeal is lodged or ends: whether it binds, and its last
    day. None: no time limit, or it rests."""

    requirement: Requirement
    binds: bool
    then_binds: bool
    due: date | None
    then_due: date | None


def effects(
    requirements: Sequence[Requirement],
    *,
    on: date,
    appeals: Sequence[Appeal],
    then_on: date,
    then_appeals: Sequence[Appeal],
) -> tuple[Effect, ...]:
    """Each requirement on a day, with the appeals as they are, and on a later day, with the appeals as they will be."""
    return tuple(
        Effect(
            each,
            each.effective(on, appeals),
            each.effective(then_on, then_appeals),
            each.due_day(appeals),
            each.due_day(then_appeals),
        )
        for each in requirements
    )


def parse_requirements(text: str, comply_by: date | None = None) -> tuple[tuple[Requirement, ...], tuple[Refusal, ...]]:
    """Requirements from "stop: ...; do: ...; steps: ..." as registers write them, numbered from 1, and what could not be
    read. `comply_by` goes to do and steps requirements only."""
    read: list[Requirement] = []
    refused: list[Refusal] = []
    for part in (each.strip() for each in text.split(";")):
        if not part:
            continue
        prefix, _, wording = part.partition(":")
        kind = _kind(prefix)
        if kind is None or not wording.strip():
            refused.append(REQUIREMENT_UNREADABLE.of(text=part))
            continue
        due = comply_by if kind in POSITIVE else None
        read.append(Requirement(len(read) + 1, 1, kind, wording.strip(), comply_by=due))
    return tuple(read), tuple(refused)


def wording_cautions(requirements: Sequence[Requirement]) -> tuple[Caution, ...]:
    """One caution for each requirement with words that leave open what is asked."""
    cautions = []
    for each in requirements:
        words = list(dict.fromkeys(match.group().lower() for match in VAGUE.finditer(each.text)))
        if words:
            cautions.append(VAGUE_WORDING.of(number=each.number, words="”, “".join(words)))
    return tuple(cautions)


def _later(day: date, other: date | None) -> date:
    return max(day, other) if other else day


def _kind(prefix: str) -> RequirementKind | None:
    try:
        return RequirementKind(prefix.strip().casefold())
    except ValueError:
        return None
