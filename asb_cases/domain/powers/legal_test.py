"""The test of 2014 Act s.43(1), its requirements (s.43(3), (8)) and the screen, as a warning and a notice share them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.powers.power import Limb
from asb_cases.domain.requirements import Requirement, RequirementKind, wording_cautions

#: The three limbs, each answered and evidenced by itself.
SECTION_43_LIMBS = (
    Limb(
        "detrimental_effect",
        "What detrimental effect does the conduct have on the quality of life of those in the locality?",
    ),
    Limb("persistent_or_continuing", "In what way is that effect persistent or continuing?"),
    Limb("unreasonable", "Why is the conduct unreasonable?"),
)
LIMB_TITLES = {
    "detrimental_effect": "detrimental effect on the quality of life of those in the locality",
    "persistent_or_continuing": "persistent or continuing effect",
    "unreasonable": "unreasonable conduct",
}

NO_CONDUCT = Refusal(
    "no_conduct",
    "The conduct is not described.",
    "2014 Act s.43(7)(a)",
    "Say what was done or left undone, where and when.",
    field="conduct",
)
LIMB_NOT_ANSWERED = Refusal(
    "limb_not_answered",
    "One part of the legal test is not answered: {limb}.",
    "2014 Act s.43(1)",
    "Say in your own words why you are satisfied of it on reasonable grounds.",
)
LIMB_WITHOUT_EVIDENCE = Refusal(
    "limb_without_evidence",
    "Nothing is named that shows one part of the legal test: {limb}.",
    "2014 Act s.43(1)",
    "Pick at least one complaint, note, contact or file of the case, or describe the evidence.",
)
NO_REQUIREMENT = Refusal(
    "no_requirement",
    "Nothing is required of the recipient.",
    "2014 Act s.43(3)",
    "Add at least one requirement: to stop something, to do something, or to take reasonable steps to achieve a result.",
    field="requirements",
)
REQUIREMENT_EMPTY = Refusal(
    "requirement_empty",
    "Requirement {number} does not say what is required.",
    "2014 Act s.43(3)",
    "Write it out, or take it away.",
    field="requirements",
)
TIME_LIMIT_ON_STOP = Refusal(
    "time_limit_on_stop",
    "Requirement {number} is to stop something and carries a time limit. Only “do” and “reasonable steps” may have one.",
    "2014 Act s.43(8)",
    "Take the time limit away: it binds from the day the notice is given. Hours of the day may stand in its text.",
    field="requirements",
)
NO_SCREENING = Caution(
    "no_screening",
    "The equality, vulnerability and human-rights screen is not recorded.",
    field="screening",
    authority="Equality Act 2010 s.149",
)


@dataclass(frozen=True)
class LimbAnswer:
    """What the issuer says about one limb, and how many pieces of evidence are named for it."""

    text: str | None = None
    evidence: int = 0


@dataclass(frozen=True)
class LegalTest:
    """The conduct and the answers, by limb code."""

    conduct: str | None = None
    answers: Mapping[str, LimbAnswer] = field(default_factory=dict)


def check_legal_test(test: LegalTest, limbs: Sequence[Limb] = SECTION_43_LIMBS) -> Findings:
    """Whether the conduct is described and each limb is answered and evidenced."""
    return sum((_limb(limb, test.answers.get(limb.code, LimbAnswer())) for limb in limbs), _conduct(test))


def check_requirements(requirements: Sequence[Requirement], time_limited: frozenset[RequirementKind]) -> Findings:
    """Whether there are requirements, each written out, with time limits only on the kinds that may carry one."""
    found: list[Refusal | Caution | None] = [None if requirements else NO_REQUIREMENT]
    for each in requirements:
        found.append(None if each.text.strip() else REQUIREMENT_EMPTY.of(number=each.number))
        untimely = each.comply_by is not None and each.kind not in time_limited
        found.append(TIME_LIMIT_ON_STOP.of(number=each.number) if untimely else None)
    return gathered([*found, *wording_cautions(requirements)])


def check_worded(requirements: Sequence[Requirement], time_limited: frozenset[RequirementKind]) -> Findings:
    """The same of what another body asked: each is written out, and no time limit stands where the Act has no room for one."""
    found = check_requirements(requirements, time_limited).refusals
    return Findings(tuple(each for each in found if each.code != NO_REQUIREMENT.code))


def check_screening(screening: str | None) -> Findings:
    """Whether the screen is recorded."""
    return gathered([None if (screening or "").strip() else NO_SCREENING])


def _conduct(test: LegalTest) -> Findings:
    return gathered([None if (test.conduct or "").strip() else NO_CONDUCT])


def _limb(limb: Limb, answer: LimbAnswer) -> Findings:
    title = LIMB_TITLES.get(limb.code, limb.question)
    return gathered([
        None if (answer.text or "").strip() else LIMB_NOT_ANSWERED.of(limb=title).at(limb.code),
        None if answer.evidence else LIMB_WITHOUT_EVIDENCE.of(limb=title).at(f"{limb.code}_evidence"),
    ])  # fmt: skip
