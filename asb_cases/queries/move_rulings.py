"""For each move, what the rules say of it as of a day, with what only a form will say taken as good.

`RULINGS` names a function for each move that asks a rule; a move without one needs nothing but its status, somebody who
may, and a good form. Every check is the one that the act asks, on facts gathered the same way (`rulings`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from asb_cases.domain.appeals import check_determination, check_lodging
from asb_cases.domain.breaches import NO_NOTICE_IN_FORCE, NO_REQUIREMENT_NAMED, Notice, check_allegation
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import NOTHING, Findings
from asb_cases.domain.other_tools import EXTENDED_TOO_LATE, NO_LAST_DAY_TO_MOVE
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.powers.authority import check_checker
from asb_cases.domain.powers.community_protection_notice import check_draft, check_still_stands
from asb_cases.domain.powers.community_protection_warning import check_lapse, check_not_heeded
from asb_cases.domain.powers.fixed_penalty_notice import check_penalty, check_unpaid
from asb_cases.domain.powers.penalty import Penalty, check_payment
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.domain.powers.prosecution import (
    NO_ALLEGED_BREACH,
    RESULTS,
    ProsecutionFacts,
    check_authorise,
    check_lay,
    check_prepare,
    check_result,
)
from asb_cases.domain.record_keeping import ALREADY_DONE, CASE_IS_CLOSED, IN_ERROR
from asb_cases.domain.requirements import Requirement
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.enforcement_facts import (
    clock,
    maximum_penalty,
    notice_facts,
    notice_of,
    penalty_facts,
    penalty_given,
    penalty_of,
    prosecution_facts,
    warning_lapses_on,
)
from asb_cases.queries.judgement import Asking, Signing, judged
from asb_cases.queries.people import named_behind
from asb_cases.queries.policy import Policy
from asb_cases.queries.records_of_case import AppealAhead, BreachAhead, RecordsOfCase
from asb_cases.queries.rulings import (
    OVER_WITHOUT_FINDING,
    allegation_facts,
    lodging_facts,
    on_giving,
    on_times_of_signing,
)

ONE_DAY, NO_DAY = timedelta(days=1), timedelta()
#: What a form will say.
SAID = "Said in the form"


@dataclass(frozen=True)
class Turn:
    """A day from which a step may be open that is not yet, and how the day comes about."""

    day: date
    working: str


@dataclass(frozen=True)
class Ruling:
    """What the rules say of a step as of a day, and the days on which that may change by itself."""

    judge: Callable[[date], Findings] = lambda _on: NOTHING
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Who looks, when, at what. `case`: what refuses to let anything begin in the case."""

    actor: Actor
    now: datetime
    records: RecordsOfCase
    case: Findings = NOTHING

    @cached_property
    def today(self) -> date:
        return local(self.now).date()

    @property
    def policy(self) -> Policy:
        return self.records.policy

    @property
    def by_legal(self) -> bool:
        return self.actor.role is Role.LEGAL

    def moment(self, on: date) -> datetime:
        """Now, or the same time on another day."""
        return self.now + timedelta(days=(on - self.today).days)

    def breach_of(self, step: Intervention) -> BreachAhead | None:
        """The alleged breach that a penalty or prosecution is for."""
        return self.records.breaches.get(step.breach_id or 0)

    def pending_appeal(self, notice: Intervention) -> AppealAhead | None:
        """The appeal against a notice that is not decided yet."""
        found = self.records.appeals_of.get(notice.id, ())
        return next((each for each in found if each.appeal.outcome is None), None)


def ruling_on(step: Intervention, move: str, desk: Desk) -> Ruling:
    """What the rules say of a move of an intervention."""
    found = RULINGS.get((step.power, move)) or RULINGS.get(("", move))
    return found(step, desk) if found else Ruling()


def _authorise(step: Intervention, desk: Desk) -> Ruling:
    return Ruling(lambda on: _judged(step, Asking.AUTHORISE, on, desk))


def _issue(step: Intervention, desk: Desk) -> Ruling:
    def judge(on: date) -> Findings:
        at = desk.moment(on)
        times = on_times_of_signing(step, Signing(at), at, desk.policy, desk.records)
        return times + _judged(step, Asking.ISSUE, on, desk)

    return Ruling(judge)


def _judged(step: Intervention, asking: Asking, on: date, desk: Desk) -> Findings:
    signing, breach = Signing(desk.moment(on)), desk.breach_of(step)
    return judged(
        step, asking, by=desk.actor.user_id, signing=signing, policy=desk.policy, breach=breach, records=desk.records
    )


def _give(step: Intervention, desk: Desk) -> Ruling:
    if step.issued_on is not None and (step.power != "FPN" or desk.records.was_handed_over(step.id)):
        return Ruling()
    return Ruling(lambda on: on_giving(step, on=on, at=desk.moment(on), policy=desk.policy, records=desk.records))


def _check_afterwards(step: Intervention, desk: Desk) -> Ruling:
    checked = check_checker(checker_id=desk.actor.user_id, drafter_id=step.drafter_id, issuer_id=step.issuer_id)
    return Ruling(lambda _on: checked)


def _not_heeded(warning: Intervention, _desk: Desk) -> Ruling:
    by = warning.comply_by
    working = f"The warning gives time until the end of {in_words(by)}; what is seen after that counts." if by else ""
    turns = (Turn(by + ONE_DAY, working),) if by else ()
    given = warning.issued_on
    return Ruling(lambda on: check_not_heeded(comply_by=by, evidence_on=on, given_on=given), turns)


def _lapse(warning: Intervention, desk: Desk) -> Ruling:
    last = warning_lapses_on(warning, desk.policy, desk.records)
    turns: tuple[Turn, ...] = ()
    if last is not None and warning.issued_on is not None:
        turns = (Turn(last + ONE_DAY, clock("cpw_life", warning.issued_on, desk.policy).working),)
    return Ruling(lambda on: check_lapse(last_day=last or on, today=on), turns)


def _escalate(warning: Intervention, desk: Desk) -> Ruling:
    return draft_notice_after(warning.subject, warning, desk)


def draft_notice_after(subject: Person, warning: Intervention | None, desk: Desk) -> Ruling:
    """A notice being drafted to somebody, on a warning or on none."""
    case_id = desk.records.case_id

    def judge(on: date) -> Findings:
        draft = Intervention(power="CPN", case_id=case_id, subject=subject, follows=warning)
        at, policy = desk.moment(on), desk.policy
        facts = notice_facts(draft, authoriser_id=None, on=on, at=at, policy=policy, records=desk.records)
        return desk.case + check_draft(facts)

    return Ruling(judge)


def beginning_in(closed_on: date | None, entered_in_error_on: date | None) -> Findings:
    """What refuses to let anything begin in a case: it needs an open one."""
    if entered_in_error_on is not None:
        return Findings((IN_ERROR,))
    return NOTHING if closed_on is None else Findings((CASE_IS_CLOSED,))


def _vary(notice: Intervention, _desk: Desk) -> Ruling:
    return Ruling(lambda on: check_still_stands(notice.ends_on, on))


def _lodge(notice: Intervention, desk: Desk) -> Ruling:
    return Ruling(lambda on: check_lodging(lodging_facts(notice, on, on, desk.policy, desk.records)))


def _determine(notice: Intervention, desk: Desk) -> Ruling:
    pending = desk.pending_appeal(notice)
    return Ruling(lambda on: check_determination(pending.appeal, on, on) if pending else NOTHING)


def allege(notice: Intervention, desk: Desk) -> Ruling:
    """Whether there is any day, up to now, on which a requirement could have been failed. If there is none, what stands
    against today, or against the last day on which the notice stood, is why."""
    records, stood = desk.records, notice_of(notice, desk.records)
    asked = tuple(records.requirements(notice.id))
    limits = {each.due_day(records.appeals(notice.id)) or each.comply_by for each in asked}
    turns = [
        Turn(day + ONE_DAY, f"A requirement gives time until the end of {in_words(day)}.") for day in limits if day
    ]

    def alleged(requirement: Requirement, day: date, on: date) -> Findings:
        facts = allegation_facts(notice, (requirement,), from_on=day, today=on, evidence=SAID, records=records)
        return check_allegation(facts) if facts else Findings((NO_NOTICE_IN_FORCE.of(day=in_words(day)),))

    def judge(on: date) -> Findings:
        if stood is None or stood.given_on is None:
            return Findings((NO_NOTICE_IN_FORCE.of(day=in_words(on)),))
        if not asked:
            return Findings((NO_REQUIREMENT_NAMED,))
        last = min([on, *(day for day in (stood.last_day, stood.quashed_on) if day is not None)])
        days = [day for day in _telling_days(stood, asked) if day <= last]
        if any(alleged(each, day, on).allowed for day in days for each in asked):
            return NOTHING
        refused = [refusal for each in asked for refusal in alleged(each, last, on).refusals]
        return Findings(tuple(dict.fromkeys(refused)))

    return Ruling(judge, tuple(sorted(turns, key=lambda turn: turn.day)))


def _telling_days(stood: Notice, asked: tuple[Requirement, ...]) -> list[date]:
    """The days at which what binds may change, and their neighbours: what could be failed at all could be on one of them."""
    edges = {stood.given_on, stood.last_day, stood.quashed_on}
    for each in asked:
        edges |= {each.from_on, each.to_on, each.comply_by, each.due_day(stood.appeals)}
    for appeal in stood.appeals:
        edges |= {appeal.lodged_on, appeal.determined_on, appeal.stop_suspended_on}
    return sorted({day + shift for day in edges if day for shift in (-ONE_DAY, NO_DAY, ONE_DAY)})


def draft_penalty(breach: BreachAhead, desk: Desk) -> Ruling:
    """A fixed penalty being drafted for an alleged breach, within the amount that the law allows."""
    offence = OffenceCode.CPN_BREACH.value
    most = maximum_penalty(offence, breach.from_on, desk.policy)
    usual = desk.policy.values.number("fpn_amount", breach.from_on)
    amount = usual if most is None else min(usual, most)
    draft = _for_breach("FPN", breach, desk, conduct=SAID, payee=SAID, amount_pence=amount)
    return Ruling(
        lambda on: check_penalty(penalty_facts(draft, breach, on=on, policy=desk.policy, records=desk.records))
    )


def prepare_prosecution(breach: BreachAhead, desk: Desk) -> Ruling:
    """The file being begun on an alleged breach: one at a time."""
    draft = _for_breach("PROSECUTION", breach, desk)
    known = desk.records.steps_for_breach(breach.id, "PROSECUTION")
    begun = any(step.status not in OVER_WITHOUT_FINDING for step in known)
    already = Findings((ALREADY_DONE.at("breach"),)) if begun else NOTHING
    return Ruling(lambda on: check_prepare(_prosecution(draft, breach, on, desk)) + already)


def _for_breach(power: str, breach: BreachAhead, desk: Desk, **said: object) -> Intervention:
    """What would be drafted for an alleged breach: never a row."""
    return Intervention(
        power=power,
        case_id=desk.records.case_id,
        subject=named_behind(breach.intervention.subject),
        offence=OffenceCode.CPN_BREACH.value,
        offence_from=breach.from_on,
        offence_to=breach.to_on,
        **said,
    )


def _prosecution(step: Intervention, breach: BreachAhead, on: date, desk: Desk) -> ProsecutionFacts:
    return prosecution_facts(
        step, breach, on=on, today=on, by_legal=desk.by_legal, policy=desk.policy, records=desk.records
    )


def _file(check: Callable[[ProsecutionFacts], Findings]) -> Callable[[Intervention, Desk], Ruling]:
    """A move of a prosecution's file, with what legal will say in the form taken as said."""

    def ruling(step: Intervention, desk: Desk) -> Ruling:
        breach = desk.breach_of(step)

        def judge(on: date) -> Findings:
            if breach is None:
                return Findings((NO_ALLEGED_BREACH,))
            return check(_prosecution(step, breach, on, desk))

        return Ruling(judge, _days_of_penalty(breach, desk))

    return ruling


def _days_of_penalty(breach: BreachAhead | None, desk: Desk) -> tuple[Turn, ...]:
    """The first days on which proceedings may be started although penalties were given for the breach."""
    given = desk.records.steps_for_breach(breach.id, "FPN") if breach else ()
    clocks = [clock("fpn_no_proceedings", each.issued_on, desk.policy) for each in given if each.issued_on]
    return tuple(Turn(each.acts_from, each.working) for each in clocks if each.acts_from)


def _sign_off(facts: ProsecutionFacts) -> Findings:
    return check_authorise(replace(facts, evidential_note=SAID, public_interest_note=SAID, authority_reference=SAID))


def _lay(facts: ProsecutionFacts) -> Findings:
    return check_lay(replace(facts, continuing_failure_reason=SAID))


def _result(step: Intervention, _desk: Desk) -> Ruling:
    return Ruling(lambda on: check_result(laid_on=step.issued_on or on, decided_on=on, today=on))


def _penalty(step: Intervention, desk: Desk) -> Penalty | None:
    return penalty_of(step, desk.policy, desk.records)


def _pay_in_time(step: Intervention, desk: Desk) -> Ruling:
    penalty = penalty_given(step, desk.policy, desk.records)
    if penalty is None:
        never = NO_SUCH_MOVE.of(move="record payment", status=step.status, remedy="It was never given.")
        return Ruling(lambda _on: Findings((never,)))
    return Ruling(lambda on: check_payment(penalty, paid_on=min(on, penalty.last_day), amount=1, today=on))


def _pay_late(step: Intervention, desk: Desk) -> Ruling:
    penalty = _penalty(step, desk)
    if penalty is None:
        return Ruling()
    return Ruling(lambda on: check_payment(penalty, paid_on=on, amount=1, today=on, late_reason=SAID))


def _unpaid(step: Intervention, desk: Desk) -> Ruling:
    penalty = _penalty(step, desk)
    if penalty is None:
        return Ruling()
    working = clock("fpn_no_proceedings", penalty.notice_date, desk.policy).working
    turn = Turn(penalty.last_day + ONE_DAY, working)
    return Ruling(lambda on: check_unpaid(last_day=penalty.last_day, today=on), (turn,))


def _extend(step: Intervention, _desk: Desk) -> Ruling:
    """A tool being extended: what is over is not, and what has no last day need not be. Hours are asked of at the act."""
    if step.ends_on is None:
        return Ruling(lambda _on: Findings((NO_LAST_DAY_TO_MOVE,)))
    last = step.ends_on
    over = Findings((EXTENDED_TOO_LATE.of(last=in_words(last)),))
    return Ruling(lambda on: NOTHING if on <= last else over)


#: By power and move; without a power, those that several share.
RULINGS: Mapping[tuple[str, str], Callable[[Intervention, Desk], Ruling]] = MappingProxyType({
    ("CPW", "authorise"): _authorise,
    ("CPN", "authorise"): _authorise,
    ("FPN", "authorise"): _authorise,
    ("FPN", "change_draft"): _authorise,
    ("", "issue"): _issue,
    ("", "record_service"): _give,
    ("", "record_posting"): _give,
    ("CPN", "check_afterwards"): _check_afterwards,
    ("CPW", "record_not_heeded"): _not_heeded,
    ("CPW", "lapse"): _lapse,
    ("CPW", "escalate"): _escalate,
    ("CPN", "vary"): _vary,
    ("CPN", "lodge_appeal"): _lodge,
    ("CPN", "determine_appeal"): _determine,
    ("FPN", "record_payment"): _pay_in_time,
    ("FPN", "accept_late_payment"): _pay_late,
    ("FPN", "mark_unpaid"): _unpaid,
    ("PROSECUTION", "submit"): _file(check_prepare),
    ("PROSECUTION", "authorise"): _file(_sign_off),
    ("PROSECUTION", "lay"): _file(_lay),
    **{("PROSECUTION", f"record_{result}"): _result for result in RESULTS},
    ("", "extend"): _extend,
})  # fmt: skip
