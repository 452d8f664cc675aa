"""The yearly publication about case reviews (2014 Act s.104(9)): its four numbers, what is said of them, and when.

The relevant bodies publish, as soon as practicable after each reporting period of at most twelve months, how many
applications were made, how often the threshold was decided not to be met, how many reviews were carried out, and how many
of these resulted in recommendations. Each is counted by its own day, so they are not made to add up.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.calendar import ONE_DAY, in_words, plus_months
from asb_cases.domain.changes import counted, grouped
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.periods import Period
from asb_cases.domain.record_keeping import AUTHORITY, reason_given

SECTION = "2014 Act s.104(9)"
LONGEST_MONTHS = 12

#: The four, by the figures that count them, and what a published table calls them.
FOUR: Mapping[str, str] = {
    "case_review_applications": "Applications for a case review made",
    "case_review_threshold_not_met": "Times the threshold was decided not to be met",
    "case_reviews_held": "Case reviews carried out",
    "case_reviews_with_recommendations": "Case reviews that resulted in recommendations",
}
APPLICATIONS, NOT_MET, HELD, WITH_RECOMMENDATIONS = FOUR

BY_DIFFERENT_DAYS = (
    "Applications are counted by the day received, those withdrawn since too; decisions by the day decided; reviews by the "
    "day held, and those with recommendations among them. The rows therefore need not add up."
)
UNDER_LOCAL_SCHEME = (
    "made under the local scheme, before section 104 of the Anti-social Behaviour, Crime and Policing Act 2014 came into "
    "force on 20 October 2014."
)
HELD_ALL_THE_SAME = "held although the threshold was decided not to be met, or its decision is not recorded."

PERIOD_TOO_LONG = Refusal(
    "period_too_long",
    "A reporting period is at most twelve months, and {period} is longer.",
    SECTION,
    "Choose a shorter period; its earlier part is published by itself.",
)
PERIOD_NOT_OVER = Refusal(
    "period_not_over",
    "The period ends on {day}: its numbers are not final before.",
    SECTION,
    "Publish them once it is over.",
)
PUBLISHED_ALREADY = Refusal(
    "published_already",
    "The figures of this period are published already, and stay as they were published.",
    SECTION,
    "Where they have turned out wrong, publish a correction with its reason.",
)
NOT_PUBLISHED = Refusal(
    "not_published",
    "The figures of this period are not published yet.",
    SECTION,
    "Publish them; what was never published needs no correction.",
)
NUMBER_NOT_KNOWN = Refusal(
    "number_not_known",
    "“{title}” has no number for this period. {why}",
    SECTION,
    "Enter the applications of that time, or have the administrator change the day from which records are complete.",
)
NOTHING_TO_CORRECT = Refusal(
    "nothing_to_correct",
    "The record gives the same figures as those published.",
    SECTION,
    "Nothing needs to be done.",
)
CHANGED_MEANWHILE = Refusal(
    "figures_changed_meanwhile",
    "The record has changed since you were shown these figures.",
    AUTHORITY,
    "Look at them again: what you publish is what you see.",
)


@dataclass(frozen=True)
class Straddling:
    """Why the four need not add up in a period: how many rows of each kind that one would not expect."""

    held_not_met: int = 0
    held_of_earlier: int = 0
    decided_of_earlier: int = 0
    decided_later: int = 0
    withdrawn: int = 0
    recommendations_not_recorded: int = 0
    local_scheme: int = 0


def check_period(period: Period) -> Findings:
    """Whether a period may be a reporting period."""
    too_long = period.last >= plus_months(period.first, LONGEST_MONTHS)
    return gathered([PERIOD_TOO_LONG.of(period=period.label) if too_long else None])


def check_publication(
    period: Period, today: date, *, published: bool, unknown: Mapping[str, str], same_as_seen: bool
) -> Findings:
    """Whether the figures of a period may be published. `unknown` says of each number that is not known why."""
    return check_period(period) + gathered([
        PERIOD_NOT_OVER.of(day=in_words(period.last)) if period.last >= today else None,
        PUBLISHED_ALREADY if published else None,
        *_known(unknown),
        None if same_as_seen else CHANGED_MEANWHILE,
    ])  # fmt: skip


def check_correction(
    *, published: bool, changed: bool, unknown: Mapping[str, str], because: str | None, same_as_seen: bool
) -> Findings:
    """Whether what is published may be corrected: the reason is printed beside it."""
    return gathered([
        None if published else NOT_PUBLISHED,
        NOTHING_TO_CORRECT if published and not changed else None,
        *_known(unknown),
        reason_given("A correction", because),
        None if same_as_seen else CHANGED_MEANWHILE,
    ])  # fmt: skip


def _known(unknown: Mapping[str, str]) -> Iterator[Refusal]:
    for code, why in unknown.items():
        yield NUMBER_NOT_KNOWN.of(title=FOUR[code], why=why)


def paragraph(period: Period, numbers: Mapping[str, int]) -> str:
    """The four numbers in sentences, for a report or a web page."""
    received, not_met = numbers[APPLICATIONS], numbers[NOT_MET]
    held, recommended = numbers[HELD], numbers[WITH_RECOMMENDATIONS]
    named = period.label != period.in_words
    when = f"In {period.label} ({period.in_words})" if named else f"From {period.in_words}"
    reviews = f"{counted(held, 'case review', 'case reviews').capitalize()} {_was(held)} carried out"
    outcome = (
        f", of which {grouped(recommended) if recommended else 'none'} resulted in recommendations" if held else ""
    )
    return (
        f"{when} {counted(received, 'application', 'applications')} for an ASB case review, also known as the Community "
        f"Trigger, {_was(received)} received. The threshold was decided not to be met {_times(not_met)}. "
        f"{reviews}{outcome}."
    )


def footnotes(found: Straddling) -> tuple[str, ...]:
    """What a reader of the table must know so as not to add up what does not add up."""
    counts = (
        (found.withdrawn, "application", "later withdrawn."),
        (found.local_scheme, "application", UNDER_LOCAL_SCHEME),
        (found.decided_later, "application", "not decided before the end of the period."),
        (found.decided_of_earlier, "decision", "about an application received before the period."),
        (found.held_of_earlier, "review", "held about an application received before the period."),
        (found.held_not_met, "review", HELD_ALL_THE_SAME),
        (
            found.recommendations_not_recorded,
            "review",
            "held of which it is not recorded whether it made recommendations.",
        ),
    )
    return (BY_DIFFERENT_DAYS, *(f"{_of(noun, number)} {rest}" for number, noun, rest in counts if number))


def changes(before: Mapping[str, int], after: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """The numbers that a correction changes: what each is called, from what, to what."""
    return [(FOUR[code], before[code], after[code]) for code in FOUR if before[code] != after[code]]


def is_covered(year: Period, published: Collection[tuple[date, date]]) -> bool:
    """Whether every day of a year lies in a period that was published."""
    day = year.first
    while day <= year.last:
        ends = [last for first, last in published if first <= day <= last]
        if not ends:
            return False
        day = max(ends) + ONE_DAY
    return True


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _times(number: int) -> str:
    return {0: "on no occasion", 1: "once", 2: "twice"}.get(number, f"{grouped(number)} times")


def _of(noun: str, number: int) -> str:
    """`1 application was`, `2 reviews were`."""
    return f"{counted(number, noun, noun + 's')} {_was(number)}"
