"""Reminding partners of the figures they supply."""

from functools import partial

from flask import current_app

from asb_cases.domain.calendar import local
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.jobs.running import each
from asb_cases.queries.partner_series import Owed, returns_to_chase
from asb_cases.services.partner_series import remind_partner


def remind_partners(tick: Tick) -> Outcome:
    """Queue a reminder of each return that is coming due or late and that its contact was not told of."""
    owed = returns_to_chase(local(tick.at).date())
    return each(tick, range(len(owed)), partial(_remind, tick, owed))


def _remind(tick: Tick, owed: list[Owed], at: int) -> bool:
    return remind_partner(owed[at], now=tick.at, mail_domain=current_app.config["MAIL_DOMAIN"])
