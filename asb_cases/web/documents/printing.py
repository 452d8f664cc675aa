"""The press of this installation, for the acts that keep documents."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app

from asb_cases.services.press import Press, on_press
from asb_cases.web.files.uploads import storage

R = TypeVar("R")


def printed(act: Callable[..., R]) -> R:
    """Do an act that takes a `press`."""
    config = current_app.config
    press = Press(
        storage(), council=config["COUNCIL_NAME"], logo=config["COUNCIL_LOGO"], as_pdf=config["DOCUMENTS_AS"] == "pdf"
    )
    return on_press(lambda given: act(press=given), press)
