"""What the law says now: the next steps that can be thought of, which of them are open to somebody, and for each of the
others every reason why not.

Nothing is written. The facts are those that the acts gather, judged by the same checks as of today (`move_rulings`); what
only a form will say (words, evidence, which day) is taken as good. So what is open may still be refused for what is
typed; what is not open is refused, for one of the reasons given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from asb_cases.domain.appeals import ALREADY_PENDING
from asb_cases.domain.breaches import TRANSITIONS, BreachDecision, BreachStatus
from asb_cases.domain.calendar import local
from asb_cases.domain.closing import check_close, check_notice_over, check_reopen
from asb_cases.domain.errors import Findings, Refusal, RuleBroken
from asb_cases.domain.permissions import SOMEBODY, Actor, Permission, Role, roles_that_may
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.authority import NOT_AUTHORISED, second_look_due_on
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import CaseStatus, Table, next_status
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.cases import closing_facts
from asb_cases.queries.enforcement_facts import penalty_of, signatures_of
from asb_cases.queries.move_rulings import (
    SAID,
    Desk,
    Ruling,
    allege,
    draft_notice_after,
    draft_penalty,
    prepare_prosecution,
    ruling_on,
)
from asb_cases.queries.records_of_case import BreachAhead

NOT_YOUR_ROLE = Refusal(
    "not_permitted",
    "Your role does not include this.",
    "Who may do what in this service",
    "Ask {who}.",
)
_NOTHING_SAID: dict[str, None] = {"reason": None, "told": None, "review_on": None}
#: What takes back a wrong record stands with that record, not among the next steps.
TAKES_BACK = Permission.CORRECT_RECORDS
#: A late payment is a decision, beside the record of the money.
LATE_PAYMENT = (Permission.RECORD_PAYMENT, Permission.SETTLE_PENALTY)
#: While a document is in one of these statuses it may be given again.
GIVEN_AGAIN = ("served", "not_heeded", "complied", "in_force", "appealed", "issued", "unpaid")
IN_FORCE = ("in_force", "appealed")
#: Acts that ask the rules before the status.
RULES_FIRST = ("lodge_appeal",)
#: What a decision leads to beside a penalty and a prosecution.
MEASURES = {
    BreachDecision.REMEDIAL_ACTION: "record_remedial_work",
    BreachDecision.SEIZURE_WARRANT: "record_seizure",
}
APPEAL_OUTCOMES = ("appeal_dismissed", "appeal_modified", "appeal_withdrawn", "appeal_quashed")


@dataclass(frozen=True)
class NextStep:
    """One step that can be thought of. `power` and `move` are those of the table of pages (web/interventions/steps.py); it
    is taken with the intervention, the alleged breach, the appeal or the subject.

    `refusals` is empty where it is open. `opens_on` is the first day from which nothing refuses it, if time alone brings
    that about, with its `working`; `once` names the statuses that it waits for; `who` those who may do it although the
    reader may not.
    """

    power: str
    move: str
    intervention: Intervention | None = None
    breach: BreachAhead | None = None
    appeal_id: int | None = None
    subject_id: int | None = None
    refusals: tuple[Refusal, ...] = ()
    opens_on: date | None = None
    working: str | None = None
    once: tuple[str, ...] = ()
    who: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.refusals


def takes_steps(actor: Actor) -> bool:
    """Whether there is any step of enforcement that somebody's role includes."""
    tables: list[Table] = [TRANSITIONS, *(power.transitions for power in POWERS.values())]
    return any(actor.may(row.permission) for table in tables for row in table)


def steps_from(step: Intervention, desk: Desk) -> list[NextStep]:
    """What can come after an intervention, its alleged breaches and appeals included. Nothing after one that was entered in
    error."""
    if step.entered_in_error_on is not None:
        return []
    return [*_moves(step, desk), *_beside_the_table(step, desk), *_of_breaches(step, desk)]


def starts_against(subject: Person, desk: Desk) -> list[NextStep]:
    """What a case can begin against a subject: a warning; and a notice, where there is no warning it could follow."""
    found = [warning_against(subject.id, desk)]
    if not any(_may_follow(step) for step in _warnings_to(subject, desk)):
        ruling = draft_notice_after(subject, None, desk)
        found.append(_found("CASE", "draft_notice", ruling, (Permission.DRAFT,), desk, subject_id=subject.id))
    return found


def warning_against(subject_id: int, desk: Desk) -> NextStep:
    """A warning to a subject being drafted."""
    begin = Ruling(lambda _on: desk.case)
    return _found("CASE", "draft_warning", begin, (Permission.DRAFT,), desk, subject_id=subject_id)


def starts(desk: Desk) -> list[NextStep]:
    """What a case can begin with whoever it is against."""
    begin = Ruling(lambda _on: desk.case)
    moves = ("record_outside_step", "record_tool")
    return [_found("CASE", move, begin, (Permission.DRAFT,), desk) for move in moves]


def of_the_case(case: Case, desk: Desk) -> list[NextStep]:
    """Closing it, or what a closed one can come to."""
    if case.entered_in_error_on is not None:
        return []
    if case.closed_on is None:
        return [_found("CASE", "close", Ruling(lambda on: _closing(case, on)), (Permission.CLOSE_CASES,), desk)]
    found = [_found("CASE", "reopen", Ruling(lambda _on: check_reopen(SAID)), (Permission.REOPEN_CASES,), desk)]
    if case.status is CaseStatus.CLOSED_NOTICE_IN_FORCE:
        over = Ruling(lambda on: check_notice_over(closing_facts(case, on, **_NOTHING_SAID).notices_in_force))
        found.append(_found("CASE", "notice_over", over, (Permission.ASSESS_COMPLIANCE,), desk))
    return found


def _closing(case: Case, on: date) -> Findings:
    return check_close(closing_facts(case, on, reason=SAID, told=SAID, review_on=on))


def _moves(step: Intervention, desk: Desk) -> Iterator[NextStep]:
    """The moves of the power's table: those from here, and those that come later."""
    power = POWERS[step.power]
    ahead = _reachable(power.transitions, step.status)
    done: set[str] = set()
    for row in power.transitions:
        move = _one_for_all(row.move)
        if row.source not in ahead or row.permission is TAKES_BACK or move in done or not _may_come(step, move, desk):
            continue
        done.add(move)
        sources = [each.source for each in power.transitions if each.move == row.move and each.source in ahead]
        once = tuple(dict.fromkeys(power.status_titles[source] for source in sources if source))
        permissions = LATE_PAYMENT if move == "accept_late_payment" else (row.permission,)
        if step.status in sources:
            found = _found(step.power, row.move, ruling_on(step, move, desk), permissions, desk, step=step)
            yield _by_drafter(found, desk) if row.move == "authorise" and step.power != "PROSECUTION" else found
        else:
            found = _later(step, move, row.move, permissions, desk)
            # That an appeal runs already is a reason, not something to wait for.
            pending = ALREADY_PENDING.code in {each.code for each in found.refusals}
            yield found if pending else replace(found, once=once)


def _one_for_all(move: str) -> str:
    """Moves that one page makes, by the first of them."""
    if move in APPEAL_OUTCOMES:
        return "determine_appeal"
    return "authorise" if move == "authorise_own" else move


def _may_come(step: Intervention, move: str, desk: Desk) -> bool:
    """Whether a move of the table can be thought of as one of its own. An appeal ends once there is one; a warning is
    escalated by the notice that follows it, and a late payment of a penalty that nobody has marked unpaid yet is taken
    all the same: both stand beside the table, as does a penalty that is given again."""
    if move == "record_service" and step.status == "issued" and desk.records.was_handed_over(step.id):
        return False
    if move == "accept_late_payment" and step.status == "issued":
        return False
    if move == "record_payment" and step.status == "cancelled" and step.issued_on is None:
        return False
    return move != "escalate" and (move != "determine_appeal" or desk.pending_appeal(step) is not None)


def _reachable(table: Table, status: str) -> set[str | None]:
    """The statuses that may still come, this one included."""
    reached: set[str | None] = {status}
    while True:
        more = {row.target for row in table if row.source in reached and row.permission is not TAKES_BACK} - reached
        if not more:
            return reached
        reached |= more


def _later(step: Intervention, move: str, named: str, permissions: tuple[Permission, ...], desk: Desk) -> NextStep:
    """A move that its status does not know yet, refused as the act would."""
    try:
        next_status(POWERS[step.power].transitions, step.status, named)
    except RuleBroken as broken:
        first = ruling_on(step, move, desk).judge(desk.today).refusals if move in RULES_FIRST else ()
        return NextStep(step.power, named, step, refusals=(*_of_role(permissions, desk), *first, *broken.refusals))
    raise ValueError(f"{named} is a move from {step.status}.")


def _beside_the_table(step: Intervention, desk: Desk) -> Iterator[NextStep]:
    """What acts do although it changes no status."""

    def found(move: str, *permissions: Permission) -> NextStep:
        return _found(step.power, move, ruling_on(step, move, desk), permissions, desk, step=step)

    if step.status == "draft" and step.power in ("CPW", "CPN", "FPN"):
        yield found("change_draft", Permission.DRAFT)
    to_be_given = step.status == "issued" and step.issued_on is None
    again = step.issued_on is not None and step.status in GIVEN_AGAIN
    if again and (step.power != "FPN" or desk.records.was_handed_over(step.id)):
        yield found("give_again", Permission.RECORD_SERVICE)
    if (to_be_given or again) and ServiceMethod.POST in POWERS[step.power].services:
        yield found("record_posting", Permission.RECORD_SERVICE)
    if step.power == "FPN" and step.status == "issued" and _days_to_pay_are_over(step, desk):
        yield found("accept_late_payment", *LATE_PAYMENT)
    if _second_look_is_due(step, desk):
        yield found("check_afterwards", Permission.AUTHORISE)
    if step.power == "CPW" and _may_follow(step) and not _live_notices_after(step, desk):
        yield found("escalate", Permission.DRAFT)
    if step.power == "CPN":
        if step.status in IN_FORCE:
            yield found("record_review", Permission.ASSESS_COMPLIANCE)
            if desk.records.requirements(step.id):
                yield found("record_requirement_met", Permission.ASSESS_COMPLIANCE)
        if (pending := desk.pending_appeal(step)) is not None:
            yield replace(found("record_direction", Permission.RECORD_APPEAL_OUTCOME), appeal_id=pending.id)


def _days_to_pay_are_over(step: Intervention, desk: Desk) -> bool:
    penalty = penalty_of(step, desk.policy, desk.records)
    return penalty is not None and desk.today > penalty.last_day


def _second_look_is_due(step: Intervention, desk: Desk) -> bool:
    """Whether it went out on one signature and policy asks somebody else to look at it afterwards."""
    if step.signed_at is None or step.checked_on is not None or POWERS[step.power].four_eyes is None:
        return False
    signed_on = local(step.signed_at).date()
    signatures = signatures_of(step, step.authoriser_id, signed_on, desk.policy, desk.records)
    return second_look_due_on(signatures, signed_on, desk.policy.holidays) is not None


def _of_breaches(notice: Intervention, desk: Desk) -> Iterator[NextStep]:
    """What can be done about failures to comply with a notice that was given."""
    if notice.power != "CPN" or notice.issued_on is None:
        return
    yield _found("BREACH", "allege", allege(notice, desk), (Permission.ALLEGE_BREACH,), desk, step=notice)
    for breach in desk.records.breaches_of.get(notice.id, ()):
        if breach.entered_in_error_on is not None:
            continue
        decide = "decide" if breach.status == BreachStatus.ALLEGED else "decide_again"
        yield _found("BREACH", decide, Ruling(), (Permission.DECIDE_BREACH,), desk, step=notice, breach=breach)
        if breach.decision in MEASURES:
            move = MEASURES[BreachDecision(breach.decision)]
            yield _found("BREACH", move, Ruling(), (Permission.DECIDE_BREACH,), desk, step=notice, breach=breach)
        penalty, prosecution = draft_penalty(breach, desk), prepare_prosecution(breach, desk)
        yield _found("FPN", "draft", penalty, (Permission.DRAFT,), desk, step=notice, breach=breach)
        permissions = (Permission.PREPARE_PROSECUTION,)
        yield _found("PROSECUTION", "draft", prosecution, permissions, desk, step=notice, breach=breach)


def _found(
    power: str,
    move: str,
    ruling: Ruling,
    permissions: tuple[Permission, ...],
    desk: Desk,
    *,
    step: Intervention | None = None,
    breach: BreachAhead | None = None,
    subject_id: int | None = None,
) -> NextStep:
    """A step that its status allows, with all that refuses it today, and from when nothing would."""
    refusals = ruling.judge(desk.today).refusals
    turn = None
    if refusals:
        later = (each for each in ruling.turns if each.day > desk.today and ruling.judge(each.day).allowed)
        turn = next(later, None)
    pending = desk.pending_appeal(step) if step and move in APPEAL_OUTCOMES else None
    return NextStep(
        power, move, step, breach, pending.id if pending else None, subject_id,
        refusals=_of_role(permissions, desk) + refusals,
        opens_on=turn.day if turn else None,
        working=turn.working if turn else None,
        who=_who_may_issue(power, desk) if NOT_AUTHORISED.code in {each.code for each in refusals} else (),
    )  # fmt: skip


def _of_role(permissions: tuple[Permission, ...], desk: Desk) -> tuple[Refusal, ...]:
    """Whether the reader's role includes all that the step asks for, and whose does."""
    if all(map(desk.actor.may, permissions)):
        return ()
    roles = [role for role in Role if all(role in roles_that_may(permission) for permission in permissions)]
    return (NOT_YOUR_ROLE.of(who=" or ".join(SOMEBODY[role] for role in roles)),)


def _who_may_issue(power: str, desk: Desk) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.name for each in desk.records.authorised if each.power == power))


def _by_drafter(found: NextStep, desk: Desk) -> NextStep:
    """Without the permission to authorise others' drafts, one's own may be authorised, as far as policy lets it."""
    step, actor = found.intervention, desk.actor
    own = step is not None and actor.user_id is not None and actor.user_id == step.drafter_id
    if actor.may(Permission.AUTHORISE) or not (own and actor.may(Permission.ISSUE)):
        return found
    return replace(found, refusals=tuple(each for each in found.refusals if each.code != NOT_YOUR_ROLE.code))


def _warnings_to(subject: Person, desk: Desk) -> Sequence[Intervention]:
    same = desk.records.same_subject(subject) | {subject.id}
    return [step for step in desk.records.interventions if step.power == "CPW" and step.subject_id in same]


def _live_notices_after(warning: Intervention, desk: Desk) -> bool:
    """Whether a notice that follows the warning is on its way, or in force."""
    return any(
        step.follows_id == warning.id
        and step.entered_in_error_on is None
        and step.status in POWERS["CPN"].open_statuses
        for step in desk.records.by_id.values()
        if step.power == "CPN"
    )


def _may_follow(warning: Intervention) -> bool:
    """Whether a notice on the warning is among the warning's own next steps."""
    return warning.entered_in_error_on is None and warning.issued_on is not None and warning.status != "withdrawn"
