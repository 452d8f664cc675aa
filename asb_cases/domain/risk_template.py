"""The matrix that ships, and how versions of it are written: as text for the page that changes it, as JSON for its row."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from asb_cases.domain.errors import Refusal
from asb_cases.domain.risk import AUTHORITY, RiskAnswer, RiskFlag, RiskLevel, RiskQuestion, RiskTemplate

#: More than any answer is worth.
MOST_POINTS = 20
MOST_QUESTIONS = 30

_HATE, _REPEAT = frozenset({RiskFlag.HATE}), frozenset({RiskFlag.REPEAT})
_LINE = re.compile(r"(\d{1,3})\s+(\S.*?)((?:\s*\[[a-z]+\])*)")
_FLAG = re.compile(r"\[([a-z]+)\]")

QUESTION_NEEDS_ANSWERS = Refusal(
    "risk_question_needs_answers",
    "Question {number} needs at least two answers, one a line.",
    AUTHORITY,
    "Write each answer on a line of its own: its points, then its words. For example: 5 Every day.",
)
UNREADABLE_ANSWER = Refusal(
    "risk_answer_unreadable",
    "Question {number}: “{line}” can’t be read.",
    AUTHORITY,
    f"Write the points (0 to {MOST_POINTS}), then the words, then perhaps [hate] or [repeat]. For example: 3 Yes [hate].",
)
NO_QUESTIONS = Refusal(
    "risk_no_questions",
    "The matrix has no questions.",
    AUTHORITY,
    "Keep at least one.",
)
BANDS_OUT_OF_ORDER = Refusal(
    "risk_bands_out_of_order",
    "Medium must begin above 0, and high above where medium begins.",
    AUTHORITY,
    "Give both limits in points.",
    field="high_from",
)
HIGH_OUT_OF_REACH = Refusal(
    "risk_high_out_of_reach",
    "High begins at {high} points, and the answers come to {most} at the most.",
    AUTHORITY,
    "Let high begin lower, or give the answers more points.",
    field="high_from",
)


def _question(
    text: str, *answers: tuple[int, str] | tuple[int, str, frozenset[RiskFlag]], several: bool = False
) -> RiskQuestion:
    return RiskQuestion(text, tuple(RiskAnswer(each[1], each[0], *each[2:]) for each in answers), several)


def _yes_or_no(text: str, points: int, flags: frozenset[RiskFlag] = frozenset()) -> RiskQuestion:
    return _question(text, (points, "Yes", flags), (0, "No"))


#: In the service's own words, after the questions that councils and police forces commonly ask.
SHIPPED = RiskTemplate(
    version=1,
    from_on=date(2014, 10, 20),
    questions=(
        _question(
            "Apart from this time, how often does it happen?",
            (5, "Every day", _REPEAT), (3, "Most days", _REPEAT), (2, "Every week", _REPEAT), (1, "Every month"), (0, "Rarely"),
        ),
        _yes_or_no("Is this linked to earlier incidents?", 2, _REPEAT),
        _yes_or_no("Does it happen more often, or is it getting worse?", 2),
        _question("Do you know who is doing it?", (2, "Well"), (1, "By sight"), (0, "No")),
        _question(
            "Has whoever is doing it harassed or frightened people before?",
            (6, "Yes, me or my household, now"), (4, "Yes, in the past"), (2, "It is what people say of them"),
            (0, "Not that is known"),
        ),
        _question("Has anybody else been told, such as the police or a landlord?", (1, "No"), (0, "Yes")),
        _question(
            "Is it aimed at somebody on purpose?",
            (3, "At you"), (2, "At your household"), (1, "At people here in general"), (0, "No"),
        ),
        _yes_or_no("Has it to do with faith, race, sexuality, gender identity or disability?", 3, _HATE),
        _yes_or_no("Is there anything that makes you, or somebody with you, more at risk than others?", 3),
        _question(
            "How much does it affect you?",
            (5, "Extremely"), (3, "A lot"), (2, "Moderately"), (1, "A little"), (0, "Not at all"),
        ),
        _question("Has it made your health worse?", (3, "Physical health"), (3, "Mental health"), several=True),
        _question("Who is there to support you?", (3, "Nobody"), (2, "A few people"), (0, "Family or friends close by")),
        _question(
            "Is there help from professionals, such as a doctor or a social worker?",
            (2, "No, and it is needed"), (0, "Yes, or not needed"),
        ),
        _question("Who else is affected?", (2, "Children"), (1, "Other adults"), several=True),
    ),
    signs=("Threats to somebody’s life", "Thoughts of suicide"),
    medium_from=16,
    high_from=25,
)  # fmt: skip


def written(answers: Iterable[RiskAnswer]) -> str:
    """Answers as the page of the template shows them: one a line, points first."""
    lines = (
        f"{answer.points} {answer.words}" + "".join(f" [{flag}]" for flag in sorted(answer.flags)) for answer in answers
    )
    return "\n".join(lines)


def read_answers(text: str, number: int) -> tuple[RiskAnswer, ...] | Refusal:
    """The answers written as above, to the question with this number; what is wrong with them, where something is."""
    found = []
    for line in (each.strip() for each in text.splitlines()):
        if not line:
            continue
        match = _LINE.fullmatch(line)
        flags = _FLAG.findall(match[3]) if match else []
        if match is None or int(match[1]) > MOST_POINTS or not set(flags) <= set(RiskFlag):
            return UNREADABLE_ANSWER.of(number=number, line=line[:60])
        found.append(RiskAnswer(match[2], int(match[1]), frozenset(RiskFlag(flag) for flag in flags)))
    return tuple(found) if len(found) > 1 else QUESTION_NEEDS_ANSWERS.of(number=number)


def check_template(template: RiskTemplate) -> list[Refusal]:
    """What is wrong with a version that is to be used."""
    if not template.questions:
        return [NO_QUESTIONS]
    if not 0 < template.medium_from < template.high_from:
        return [BANDS_OUT_OF_ORDER]
    if template.high_from > template.most_points:
        return [HIGH_OUT_OF_REACH.of(high=template.high_from, most=template.most_points)]
    return []


def to_json(template: RiskTemplate) -> str:
    """What the row of a version holds, beside its number and its day."""
    return json.dumps(
        {
            "questions": [
                {"text": question.text, "several": question.several, "answers": [_answer(each) for each in question.answers]}
                for question in template.questions
            ],
            "signs": list(template.signs),
            "medium_from": template.medium_from,
            "high_from": template.high_from,
            "hate_is_at_least": template.hate_is_at_least.value,
            "hate_in_a_series_is_high": template.hate_in_a_series_is_high,
        },
        ensure_ascii=False,
        sort_keys=True,
    )  # fmt: skip


def _answer(answer: RiskAnswer) -> list[object]:
    return [answer.points, answer.words, sorted(answer.flags)]


def from_json(content: str, *, version: int, from_on: date) -> RiskTemplate:
    """The version that a row holds."""
    held = json.loads(content)
    return RiskTemplate(
        version=version,
        from_on=from_on,
        questions=tuple(
            RiskQuestion(each["text"], _answers(each["answers"]), each["several"]) for each in held["questions"]
        ),
        signs=tuple(held["signs"]),
        medium_from=held["medium_from"],
        high_from=held["high_from"],
        hate_is_at_least=RiskLevel(held["hate_is_at_least"]),
        hate_in_a_series_is_high=held["hate_in_a_series_is_high"],
    )


def _answers(held: Sequence[tuple[int, str, Sequence[str]]]) -> tuple[RiskAnswer, ...]:
    return tuple(
        RiskAnswer(words, points, frozenset(RiskFlag(flag) for flag in flags)) for points, words, flags in held
    )
