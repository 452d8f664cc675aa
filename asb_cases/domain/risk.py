"""The risk to whoever is harmed: questions with points, the level that follows, and who may set another.

The matrix is the council's own: it ships as a template (domain/risk_template.py), is changed on screen in versions, and an
assessment is read by the version it was made with. Points never decide alone: signs of danger make the risk high whatever
the points, hate makes it at least medium, an officer may raise it with a reason, and lowering it takes a manager.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.errors import Caution, Refusal
from asb_cases.domain.record_keeping import NEEDS_REASON

AUTHORITY = "Local policy: risk assessment matrix"


class RiskLevel(StrEnum):
    """How great the risk is taken to be."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """1, 2, 3: to compare by, and to find the highest."""
        return list(RiskLevel).index(self) + 1


def level_of_rank(rank: int | None) -> RiskLevel | None:
    """The level of a rank; None where nothing was assessed."""
    return None if rank is None else list(RiskLevel)[rank - 1]


class RiskFlag(StrEnum):
    """What an answer says beyond its points."""

    HATE = "hate"
    REPEAT = "repeat"


FLAG_TITLES = {
    RiskFlag.HATE: "linked to who somebody is (hate)",
    RiskFlag.REPEAT: "part of a series",
}


@dataclass(frozen=True)
class RiskAnswer:
    """One answer to a question, and its points."""

    words: str
    points: int
    flags: frozenset[RiskFlag] = frozenset()


@dataclass(frozen=True)
class RiskQuestion:
    """One question. Of `several` answers any number may be given, and each counts."""

    text: str
    answers: tuple[RiskAnswer, ...]
    several: bool = False


@dataclass(frozen=True)
class RiskTemplate:
    """One version of the matrix, and the day from which it is used. `signs` make the risk high whatever the points."""

    version: int
    from_on: date
    questions: tuple[RiskQuestion, ...]
    signs: tuple[str, ...]
    medium_from: int
    high_from: int
    hate_is_at_least: RiskLevel = RiskLevel.MEDIUM
    hate_in_a_series_is_high: bool = True

    @property
    def most_points(self) -> int:
        """The most that can be reached."""
        return sum(
            sum(answer.points for answer in question.answers)
            if question.several
            else max(answer.points for answer in question.answers)
            for question in self.questions
        )

    def by_points(self, points: int) -> RiskLevel:
        """The level of a number of points alone."""
        if points >= self.high_from:
            return RiskLevel.HIGH
        return RiskLevel.MEDIUM if points >= self.medium_from else RiskLevel.STANDARD


@dataclass(frozen=True)
class Given:
    """What was answered: to each question (by its place, from 0) the places of the answers; the places of the signs seen;
    whether a child or an adult may need safeguarding."""

    answers: Mapping[int, Sequence[int]]
    signs: Sequence[int] = ()
    child: bool = False
    adult: bool = False


@dataclass(frozen=True)
class Scored:
    """What follows from the answers, with the working in sentences."""

    points: int
    level: RiskLevel
    hate: bool
    working: tuple[str, ...]


NO_ANSWERS = Refusal(
    "risk_not_answered",
    "No question is answered.",
    AUTHORITY,
    "Answer what is known. What is not known can be left open, and is said to be.",
)
LOWERING_NEEDS_MANAGER = Refusal(
    "risk_lowering_needs_manager",
    "A risk of {scored} by the matrix can’t be set to {wanted} by you.",
    AUTHORITY,
    "Leave it as it is scored, or ask a manager to lower it, with a reason.",
    field="level",
)
NOT_THE_LATEST = Refusal(
    "risk_not_latest",
    "This risk was assessed again since.",
    AUTHORITY,
    "Change the level of the latest assessment.",
)
SAME_LEVEL = Refusal(
    "risk_same_level",
    "The risk is {wanted} already.",
    AUTHORITY,
    "Nothing needs to be done.",
    field="level",
)
CHANGED_MEANWHILE = Refusal(
    "risk_template_changed_meanwhile",
    "The matrix was changed by somebody else since you opened this page.",
    AUTHORITY,
    "Look at the version that is there now, and make your change to that one.",
)
STILL_ABOVE_STANDARD = Caution(
    "risk_not_reassessed_at_closing",
    "The risk was last taken to be {level} and was not assessed again at closing.",
)
#: The clocks of reassessment: one of each level, and one after something new.
REVIEW_CLOCKS: Mapping[RiskLevel, str] = MappingProxyType({level: f"risk_{level.value}" for level in RiskLevel})
NEW_INCIDENT = "risk_new_incident"
RISK_CLOCKS = (*REVIEW_CLOCKS.values(), NEW_INCIDENT)
#: Days before closing within which an assessment counts as made at closing.
AT_CLOSING = 7


def score(template: RiskTemplate, given: Given) -> Scored:
    """The points and the level, and how they come about."""
    points, flags, working, open_questions = 0, set[RiskFlag](), list[str](), 0
    for place, question in enumerate(template.questions):
        chosen = [question.answers[each] for each in sorted(set(given.answers.get(place, ())))]
        if not chosen:
            open_questions += 1
            continue
        reached = sum(answer.points for answer in chosen)
        points += reached
        flags.update(flag for answer in chosen for flag in answer.flags)
        words = ", ".join(answer.words for answer in chosen)
        working.append(f"{question.text} {words}: {_counted(reached)}.")
    level = template.by_points(points)
    working.append(f"Together {_counted(points)}: {level.value} ({_bands(template)}).")
    if open_questions:
        few = "1 question was" if open_questions == 1 else f"{open_questions} questions were"
        working.append(f"{few} not answered and counted nothing.")
    for least, because in _raises(template, flags, given):
        if least.rank > level.rank:
            level = least
        working.append(because)
    return Scored(points, level, RiskFlag.HATE in flags, tuple(working))


def _raises(template: RiskTemplate, flags: Iterable[RiskFlag], given: Given) -> Iterable[tuple[RiskLevel, str]]:
    """What the level is at least, whatever the points, and why."""
    least = template.hate_is_at_least
    if RiskFlag.HATE in flags and least is not RiskLevel.STANDARD:
        yield least, f"Linked to who somebody is (hate): at least {least.value}."
    if template.hate_in_a_series_is_high and {RiskFlag.HATE, RiskFlag.REPEAT} <= set(flags):
        yield RiskLevel.HIGH, "Hate, and part of a series: high whatever the points."
    for place in sorted(set(given.signs)):
        yield RiskLevel.HIGH, f"{template.signs[place]}: high whatever the points."
    if given.child:
        yield RiskLevel.HIGH, "A child may be at risk: high whatever the points."


def check_level(scored: RiskLevel, wanted: RiskLevel, reason: str | None, *, may_lower: bool) -> Refusal | None:
    """Whether the level may be another than the one scored: raised by anyone who assesses, lowered by a manager, either
    with a reason."""
    if wanted is scored:
        return None
    if wanted.rank < scored.rank and not may_lower:
        return LOWERING_NEEDS_MANAGER.of(scored=scored.value, wanted=wanted.value)
    if not (reason or "").strip():
        return NEEDS_REASON.of(what="Another level than the matrix gives").at("level_reason")
    return None


def in_range(template: RiskTemplate, given: Given) -> bool:
    """Whether the answers are answers to the questions of the template."""
    return all(
        place < len(template.questions)
        and all(each < len(template.questions[place].answers) for each in chosen)
        and (len(set(chosen)) <= 1 or template.questions[place].several)
        for place, chosen in given.answers.items()
    ) and all(place < len(template.signs) for place in given.signs)


def in_force(templates: Iterable[RiskTemplate], day: date) -> RiskTemplate:
    """The version used on a day: of those that apply by then, the latest to come in, and of one day the latest made."""
    usable = [template for template in templates if template.from_on <= day]
    return max(usable, key=lambda template: (template.from_on, template.version))


def _counted(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


def _bands(template: RiskTemplate) -> str:
    return (
        f"0 to {template.medium_from - 1} standard, {template.medium_from} to {template.high_from - 1} medium, "
        f"{template.high_from} and over high"
    )
