"""Varying a notice in force: requirements in other words, another end or review day. No new notice comes of it."""

from collections.abc import Sequence
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor
from asb_cases.domain.powers.community_protection_notice import (
    NOTHING_VARIED,
    check_still_stands,
    check_time_limits,
    check_variation,
)
from asb_cases.domain.record_keeping import day_to_come
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.enforcement_clocks import end_on, settle_requirement_clocks, start_clocks
from asb_cases.services.freezing import freeze_of
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, said
from asb_cases.services.press import Press
from asb_cases.services.requirement_versions import Change, as_changed, change_requirements
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def vary_notice(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    reason: str,
    changes: Sequence[Change] = (),
    taken_away: Sequence[int] = (),
    ends_on: date | None = None,
    review_on: date | None = None,
    cautions_reason: str | None = None,
    version: int | None = None,
    press: Press | None = None,
) -> None:
    """Vary a notice from today. Requirements named by number get a new version, those `taken_away` end, the others stay.
    Whoever has it again may appeal anew, so that clock starts again; service of the varied notice is recorded apart."""
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(notice, version)
    check_move(notice, "vary", actor)
    asked = as_changed(notice, changes, taken_away)
    named = {each.number for each in changes}
    new = [each for each in asked if each.number in named or (None in named and each.version == 1 and not each.from_on)]
    found = check_still_stands(notice.ends_on, today) + check_variation(asked, reason) + check_time_limits(new, today)
    days = (ends_on and ends_on != notice.ends_on) or (review_on and review_on != notice.review_on)
    found += gathered([
        None if changes or taken_away or days else NOTHING_VARIED,
        day_to_come("The new last day", ends_on, today, "ends_on"),
        day_to_come("The new review day", review_on, today, "review_on"),
    ])  # fmt: skip
    found.raise_unless_reasoned(cautions_reason)
    change_requirements(notice, changes, taken_away, from_on=today, made_by="variation")
    policy = policy_in_force()
    notice.review_on = review_on or notice.review_on
    make_move(notice, "vary", today)
    start_clocks(notice, "vary", today, policy)
    settle_requirement_clocks(notice, today)
    if ends_on is not None:
        end_on(notice, ends_on, today, where="in the variation")
    details = {"numbers": [each.number for each in changes], "taken_away": list(taken_away)}
    why = said(reason, cautions_reason)
    details |= freeze_of(notice, "variation", press, actor, now, varied=why)
    record("varied", about(notice), actor=actor, now=now, details=details, reason=why)
