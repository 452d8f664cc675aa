"""How templates name hearings, what became of them, and what was done about an alleged breach."""

from flask import Flask

from asb_cases.domain.hearings import OUTCOME_TITLES, PURPOSE_TITLES, HearingOutcome, HearingPurpose
from asb_cases.domain.measures import MEASURE_TITLES, MeasureKind


def install_court_words(app: Flask) -> None:
    """Give templates every filter below, under its own name."""
    app.add_template_filter(hearing_purpose)
    app.add_template_filter(hearing_outcome)
    app.add_template_filter(measure_title)


def hearing_purpose(purpose: str) -> str:
    """What a hearing is for."""
    return PURPOSE_TITLES[HearingPurpose(purpose)]


def hearing_outcome(outcome: str | None) -> str:
    """What became of a hearing."""
    return OUTCOME_TITLES[HearingOutcome(outcome)] if outcome else "Still to come"


def measure_title(kind: str) -> str:
    """What was done about an alleged breach."""
    return MEASURE_TITLES[MeasureKind(kind)]
