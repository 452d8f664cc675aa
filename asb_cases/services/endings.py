"""How warnings and notices end: withdrawn, discharged, lapsed, at their end date, or because all was done."""

from datetime import datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.authority import EndingFacts, check_ending
from asb_cases.domain.powers.community_protection_notice import check_end
from asb_cases.domain.powers.community_protection_warning import check_lapse
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.enforcement_facts import warning_lapses_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.case_closing import case_details, close_without_notice
from asb_cases.services.deadlines import Links
from asb_cases.services.freezing import freeze_of
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, result_in, said
from asb_cases.services.press import Press
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: The kind of history entry of each.
KINDS = {"withdraw": "withdrawn", "discharge": "discharged"}
#: The letter that tells of each.
LETTERS = {"withdraw": "withdrawal", "discharge": "discharge"}


@transaction
def withdraw(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    reason: str,
    recipient_told: bool = False,
    victim_told: bool = False,
    cautions_reason: str | None = None,
    version: int | None = None,
    press: Press | None = None,
) -> None:
    """Withdraw a warning or notice that was given: it should not stand. It stays counted as issued, shown apart."""
    told = recipient_told, victim_told
    _end_early("withdraw", actor, now, intervention_id, reason, told, cautions_reason, version, press)


@transaction
def discharge(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    reason: str,
    recipient_told: bool = False,
    victim_told: bool = False,
    cautions_reason: str | None = None,
    version: int | None = None,
    press: Press | None = None,
) -> None:
    """Discharge a notice that has done its work."""
    told = recipient_told, victim_told
    _end_early("discharge", actor, now, intervention_id, reason, told, cautions_reason, version, press)


@transaction
def end_notice(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    complied_because: str | None = None,
    version: int | None = None,
) -> None:
    """Record that a notice is over: its last day has passed, or every requirement was met, and how that is known."""
    today = local(now).date()
    notice = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(notice, version)
    check_move(notice, "end", actor)
    check_end(ends_on=notice.ends_on, complied_because=complied_because, today=today).raise_if_refused()
    make_move(notice, "end", today)
    past = notice.ends_on is not None and notice.ends_on < today
    notice.ended_on = notice.ends_on if past else today
    notice.ended_because = said(complied_because)
    result_in(notice, "complied" if complied_because else "ended", notice.ended_on or today)
    details = {"outcome": notice.outcome, **case_details(close_without_notice(notice, actor, today))}
    record("ended", about(notice), actor=actor, now=now, details=details, reason=complied_because)


@transaction
def lapse(*, actor: Actor, now: datetime, intervention_id: int, version: int | None = None) -> None:
    """Record that a warning's life under local policy is over. A notice may still stand on it, with a reason."""
    today = local(now).date()
    warning = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(warning, version)
    check_move(warning, "lapse", actor)
    last_day = warning_lapses_on(warning, policy_in_force()) or today
    check_lapse(last_day=last_day, today=today).raise_if_refused()
    make_move(warning, "lapse", today)
    warning.ended_on = last_day
    if warning.outcome is None:  # that it was not heeded stays said
        result_in(warning, "lapsed", last_day)
    record("lapsed", about(warning), actor=actor, now=now)


@transaction
def let_life_end(*, actor: Actor, now: datetime, intervention_id: int) -> None:
    """Let the clock of a heeded warning's life end once that is over. The warning stays what it came to: heeded."""
    actor.check(Permission.ASSESS_COMPLIANCE)
    today = local(now).date()
    warning = intervention_to_work_on(intervention_id, actor=actor, today=today)
    last_day = warning_lapses_on(warning, policy_in_force()) or today
    check_lapse(last_day=last_day, today=today).raise_if_refused()
    deadlines.stop("cpw_life", of=Links(intervention_id=warning.id), on=today, because="Life over")
    record("life_over", about(warning), actor=actor, now=now)


def _end_early(
    move: str,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    reason: str,
    told: tuple[bool, bool],
    cautions_reason: str | None,
    version: int | None,
    press: Press | None,
) -> None:
    recipient_told, victim_told = told
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, move, actor)
    given = step.issued_on is not None
    facts = EndingFacts(reason, given=given, recipient_told=recipient_told, victim_told=victim_told)
    check_ending(facts).raise_unless_reasoned(cautions_reason)
    make_move(step, move, today)
    step.ended_on, step.ended_because = today, reason.strip()
    result_in(step, step.status, today)
    closed = step.power == "CPN" and close_without_notice(step, actor, today)
    details: dict[str, object] = {"recipient_told": recipient_told, "victim_told": victim_told, **case_details(closed)}
    if given:
        details |= freeze_of(step, LETTERS[move], press, actor, now)
    record(KINDS[move], about(step), actor=actor, now=now, details=details, reason=said(reason, cautions_reason))
