"""The review itself: its panel, what it recommends, the action plan, and when it is done with."""

from datetime import date
from enum import StrEnum

from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.record_keeping import ALREADY_DONE, day_has_come, days_in_order, words_given

GUIDANCE = "Statutory guidance under the 2014 Act"


class Involvement(StrEnum):
    """How the victim wants to take part in the review."""

    ATTENDS = "attends"
    REPRESENTATIVE = "representative"
    IN_WRITING = "in_writing"
    DECLINES = "declines"
    NO_ANSWER = "no_answer"


class BodyView(StrEnum):
    """What a relevant body says about the decision."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NO_VIEW = "no_view"


class Regard(StrEnum):
    """How whoever a recommendation is to answered it: they must have regard to it, and may do otherwise (s.104(7))."""

    ACCEPTED = "accepted"
    IN_PART = "in_part"
    NOT_ACCEPTED = "not_accepted"


NEEDS_CHAIR = Refusal(
    "review_needs_chair", "Nobody is named to chair the review.", GUIDANCE, "Name the chair.", field="chair"
)
NOT_INDEPENDENT = Refusal(
    "chair_not_independent_because",
    "The chair is not independent, and it is not said why.",
    GUIDANCE,
    "Say why nobody independent chairs it, or name somebody who is.",
    field="chair_because",
)
RISK_NOT_LOOKED_AT = Caution(
    "risk_not_refreshed", "The risk to the victim has not been assessed again for the review.", authority=GUIDANCE
)
VICTIM_NOT_INVITED = Caution(
    "victim_not_invited",
    "The victim, or somebody for them, has not been invited to be heard.",
    authority=GUIDANCE,
)
ACTIONS_OPEN = Caution(
    "actions_open", "{count} of the actions or recommendations wait for an answer or for what shows that they are done."
)


def check_arranged(
    *,
    chair: str | None,
    independent: bool,
    because: str | None,
    planned_on: date | None,
    decided_on: date | None,
    invited_on: date | None,
    today: date,
) -> Findings:
    """Whether the arrangements may be recorded: who chairs, and why somebody not independent does."""
    return gathered([
        None if (chair or "").strip() else NEEDS_CHAIR,
        NOT_INDEPENDENT if not independent and not (because or "").strip() else None,
        days_in_order(("the decision", decided_on), ("The review", planned_on), "planned_on"),
        day_has_come("The day the victim was invited", invited_on, today, "victim_invited_on"),
        days_in_order(("the decision", decided_on), ("The invitation", invited_on), "victim_invited_on"),
    ])  # fmt: skip


def cautions_of_meeting(*, risk_refreshed: bool, invited: bool) -> Findings:
    """What practice asks for before a review is held, and can be gone on without, with a reason."""
    return gathered([None if risk_refreshed else RISK_NOT_LOOKED_AT, None if invited else VICTIM_NOT_INVITED])


def check_recommendation(
    *, addressee: str | None, text: str | None, held_on: date | None, due_on: date | None
) -> Findings:
    """Whether a recommendation may be recorded: to whom, and what (s.104(7))."""
    return gathered([
        words_given("Who it is made to", addressee, "addressee"),
        words_given("What is recommended", text, "text"),
        days_in_order(("the review", held_on), ("The day an answer is due", due_on), "due_on"),
    ])  # fmt: skip


def check_action(*, text: str | None, owner: str | None, held_on: date | None, due_on: date | None) -> Findings:
    """Whether an action may be recorded: what, by whom, by when."""
    return gathered([
        words_given("What is to be done", text, "text"),
        words_given("Who does it", owner, "owner"),
        days_in_order(("the review", held_on), ("The day it is due", due_on), "due_on"),
    ])  # fmt: skip


def check_answered(
    *, answered: bool, on: date | None, today: date, what: str, text: str | None, field: str
) -> Findings:
    """Whether an answer, or what shows that something is done, may be recorded: once, in words, of a day that has come."""
    return gathered([
        ALREADY_DONE if answered else None,
        day_has_come(f"The day of {what.lower()}", on, today, "on"),
        words_given(what, text, field),
    ])  # fmt: skip


def check_closed(waiting: int) -> Findings:
    """Whether an application may be closed: what is still waited for asks for a reason."""
    return gathered([ACTIONS_OPEN.of(count=waiting) if waiting else None])
