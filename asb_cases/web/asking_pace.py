"""Whoever searches, or saves lists as files, faster than anybody works is asked to wait. What they were shown is on record
in the database, so that every process counts alike; what was refused counts for nothing."""

from datetime import timedelta

from flask import Flask, current_app, request
from flask_login import current_user

from asb_cases.adapters.time import now
from asb_cases.domain.asking_pace import EXPORTS, SEARCHES, Pace, TooFast
from asb_cases.queries.consultations import shown_before

SEARCH = "search.results"


def keep_pace(app: Flask) -> None:
    """Install it, behind the guard."""

    @app.before_request
    def hold_back() -> None:
        rule = request.url_rule
        if rule is not None and rule.endpoint == SEARCH and request.args.get("q", "").strip():
            _check(SEARCHES, [SEARCH])
        elif rule is not None and rule.rule.endswith(".csv"):
            _check(EXPORTS, _exports())


def _exports() -> list[str]:
    return sorted(rule.endpoint for rule in current_app.url_map.iter_rules() if rule.rule.endswith(".csv"))


def _check(pace: Pace, endpoints: list[str]) -> None:
    if not current_user.is_authenticated:
        return
    moment = now()
    first = shown_before(current_user.id, endpoints, since=moment - pace.within, most=pace.most)
    if first is not None:
        raise TooFast(first + pace.within + timedelta(seconds=1))
