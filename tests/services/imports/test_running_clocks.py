"""Clocks of imported rows: those that still run, and no others."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.legal_values import LegalValues
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.queries.enforcement_facts import warning_lapses_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.deadlines import Links
from asb_cases.services.imports.running_clocks import start_if_running
from tests.factories import TODAY, make_intervention

SETTING = Setting(TODAY, LegalValues.load(), frozenset(), {})
#: A warning may be older than the notices of the Act; no policy then said how long it lives.
BEFORE_THE_ACT = date(2014, 9, 1)


@pytest.mark.parametrize(
    ("given", "running"),
    [
        (TODAY - timedelta(days=30), 1),
        (TODAY - timedelta(days=400), 0),
        (None, 0),
        (BEFORE_THE_ACT, 0),
    ],
)
def test_only_a_clock_that_has_not_run_out_is_started(in_app: Flask, given: date | None, running: int) -> None:
    warning = make_intervention("CPW")
    start_if_running("cpw_life", given, Links(warning.case_id, warning.id), setting=SETTING)
    db.session.flush()
    assert len(db.session.scalars(select(Deadline)).all()) == running


def test_a_warning_older_than_the_act_has_no_last_day(in_app: Flask) -> None:
    assert warning_lapses_on(make_intervention("CPW", issued_on=BEFORE_THE_ACT), policy_in_force()) is None
