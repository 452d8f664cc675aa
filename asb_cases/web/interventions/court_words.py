"""How templates name hearings and what became of them."""

from flask import Flask

from asb_cases.domain.hearings import OUTCOME_TITLES, PURPOSE_TITLES, HearingOutcome, HearingPurpose


def install_court_words(app: Flask) -> None:
    """Give templates every filter below, under its own name."""
    app.add_template_filter(hearing_purpose)
    app.add_template_filter(hearing_outcome)


def hearing_purpose(purpose: str) -> str:
    """What a hearing is for."""
    return PURPOSE_TITLES[HearingPurpose(purpose)]


def hearing_outcome(outcome: str | None) -> str:
    """What became of a hearing."""
    return OUTCOME_TITLES[HearingOutcome(outcome)] if outcome else "Still to come"
