"""Who is away, until when, and who covers: the cover sees and works the absent colleague's cases meanwhile."""

from datetime import date

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import days_in_order

PRACTICE = "Council practice: cover for absence"

COVERS_THEMSELVES = Refusal(
    "covers_themselves",
    "Nobody covers their own absence.",
    PRACTICE,
    "Name a colleague.",
    field="cover_id",
)
COVER_AWAY = Refusal(
    "cover_away",
    "{name} is away too, from {first} to {last}.",
    PRACTICE,
    "Name somebody who is there, or record two absences with a cover each.",
    field="cover_id",
)
AWAY_ALREADY = Refusal(
    "away_already",
    "An absence from {first} to {last} is recorded already.",
    PRACTICE,
    "End that one first, or record the days that it leaves out.",
    field="from_on",
)
ABSENCE_PAST = Refusal(
    "absence_past",
    "The last day, {last}, is past: nobody can cover it any more.",
    PRACTICE,
    "Check the days.",
    field="to_on",
)
CANNOT_OWN_CASES = Refusal(
    "cannot_own_cases",
    "{name} does not work cases: their role does not include it, or their account is out of use.",
    PRACTICE,
    "Name an officer or a manager whose account is in use.",
)

Days = tuple[date, date]


def check_absence(
    *,
    own_cover: bool,
    cover_name: str,
    from_on: date,
    to_on: date,
    today: date,
    known: Days | None,
    cover_away: Days | None,
) -> Findings:
    """Whether an absence may be recorded. `known` is one of the same person that overlaps, `cover_away` one of the cover."""
    return gathered([
        COVERS_THEMSELVES if own_cover else None,
        days_in_order(("the first day", from_on), ("The last day", to_on), "to_on"),
        ABSENCE_PAST.of(last=in_words(to_on)) if to_on < today else None,
        AWAY_ALREADY.of(**_said(known)) if known else None,
        COVER_AWAY.of(name=cover_name, **_said(cover_away)) if cover_away and not own_cover else None,
    ])  # fmt: skip


def _said(days: Days) -> dict[str, str]:
    return {"first": in_words(days[0]), "last": in_words(days[1])}
