"""What happened in the world, as a case keeps it: when, what was seen, and how we know. Complaints tell of incidents; an
incident may also be what an officer, a partner or a diary saw."""

from datetime import date, datetime
from enum import StrEnum

from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, days_in_order, place_named, words_given


class IncidentSource(StrEnum):
    """How we know of it."""

    COMPLAINT = "complaint"
    OFFICER = "officer"
    PARTNER = "partner"
    DIARY = "diary"


SOURCE_TITLES: dict[IncidentSource, str] = {
    IncidentSource.COMPLAINT: "Somebody told us",
    IncidentSource.OFFICER: "An officer saw or heard it",
    IncidentSource.PARTNER: "A partner told us",
    IncidentSource.DIARY: "It stands in a diary sheet",
}

NOT_HAPPENED_YET = Refusal(
    "incident_not_yet",
    "It can’t have happened yet at {clock} on {day}.",
    AUTHORITY,
    "Check the day and the time.",
    field="happened_time",
)
ENDED_BEFORE_IT_BEGAN = Refusal(
    "incident_ended_before",
    "It can’t have ended before it began, at {clock} on {day}.",
    AUTHORITY,
    "Check both times. What went on past midnight ended on the next day.",
    field="until_time",
)
DRAWN_ON_COMPLAINTS_ELSEWHERE = Refusal(
    "complaint_of_another_case",
    "A complaint of another case is named.",
    AUTHORITY,
    "Choose complaints of this case.",
    field="complaints",
)


def check_incident(
    *,
    seen: str | None,
    happened_on: date,
    happened_at: datetime | None,
    until_on: date | None,
    until_at: datetime | None,
    place: str | None,
    now: datetime,
) -> Findings:
    """Whether an incident may be recorded: it says what was seen, it has happened, and it ended after it began."""
    today = local(now).date()
    early = happened_at is not None and happened_on == today and happened_at > now
    backwards = happened_at is not None and until_at is not None and until_at < happened_at
    return gathered([
        words_given("What happened", seen, "seen"),
        place_named(place, "place"),
        day_has_come("The day it happened", happened_on, today, "happened_on"),
        NOT_HAPPENED_YET.of(**_said(happened_at)) if early else None,
        day_has_come("The day it ended", until_on, today, "until_on"),
        days_in_order(("the day it began", happened_on), ("The day it ended", until_on), "until_on"),
        ENDED_BEFORE_IT_BEGAN.of(**_said(happened_at)) if backwards and until_on == happened_on else None,
    ])  # fmt: skip


def _said(moment: datetime | None) -> dict[str, str]:
    if moment is None:
        return {}
    there = local(moment)
    return {"clock": f"{there:%H:%M}", "day": in_words(there.date())}
