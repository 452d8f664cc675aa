"""The generic journey of the other tools and powers: proposed, begun, reviewed, extended, not kept to, ended. What each asks
and what binds it stands in its file (`domain/powers/tools/`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.corrections import check_correction
from asb_cases.domain.errors import Findings, RuleBroken
from asb_cases.domain.other_tools import (
    STILL_RUNS,
    Term,
    ToolFacts,
    check_begin,
    check_end,
    check_event,
    check_extension,
    next_review,
    tool_of,
    usual_last_day,
)
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.tool import END_CLOCK, ENDED, IN_FORCE, REVIEW_CLOCK, Tool
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.tool import ToolAnswer, ToolEvent, ToolEventKind, ToolTerms
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.other_tools import (
    answers_of,
    event_to_work_on,
    last_review_day,
    later_events,
    term_of,
    terms_of,
    whom,
)
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import record
from asb_cases.services.moves import about, check_move, make_move, result_in, said
from asb_cases.services.new_steps import check_case_open, index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@dataclass(frozen=True)
class Begin:
    """What is said of a tool that is proposed (`term` None) or begun. `grounds`: what it is for. `body`: who acts, where it is
    a partner's."""

    grounds: str
    proposed_on: date | None = None
    term: Term | None = None
    court: str | None = None
    body: str | None = None
    under_18: bool | None = None
    conditions: str | None = None
    review_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@transaction
def record_tool(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    subject_id: int,
    power: str,
    begin: Begin,
    cautions_reason: str | None = None,
) -> int:
    """Record that a tool was proposed, or that it began, against somebody of the case. Returns the id."""
    actor.check(Permission.DRAFT)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_case_open(case)
    subject = person_to_work_on(subject_id, actor=actor, today=today)
    policy, entry = policy_in_force(), POWERS[power]
    begin = _with_usual_last_day(begin, tool_of(entry), policy)
    move = "start" if begin.term else "propose"
    facts = ToolFacts(
        power=entry, whom=whom(subject, begin.under_18), now=now, values=policy.values, stage=move,
        proposed_on=begin.proposed_on, term=begin.term, answers=begin.answers,
    )  # fmt: skip
    found = check_begin(facts)
    found.raise_unless_reasoned(cautions_reason)
    year = (begin.term.first_day if begin.term else begin.proposed_on or today).year
    tool = tool_of(entry)
    step = new_step(
        power, case, reference_year=year, actor=actor, move=move, subject=subject, conduct=begin.grounds.strip() or None,
        issued_by_body=(begin.body or tool.body).strip() if tool.decided_by == "partner" else None,
        cautions_reason=said(cautions_reason), **_term_columns(begin, actor),
    )  # fmt: skip
    db.session.flush()
    terms = ToolTerms(intervention_id=step.id, proposed_on=begin.proposed_on, under_18=begin.under_18)
    db.session.add(terms)
    _keep(step, terms, begin)
    play_part(case.id, subject.id, Part.SUBJECT)
    _start_clocks(step, terms, move, policy, today)
    index_step(step)
    details = {"power": power, "move": move, "cautions": [each.code for each in found.cautions]}
    record("tool_recorded", about(step), actor=actor, now=now, details=details, reason=cautions_reason)
    return step.id


@transaction
def start_tool(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    begin: Begin,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that what was proposed or applied for has begun: granted, signed, served."""
    step, terms, today = _in_hand("start", actor, now, intervention_id, version)
    policy = policy_in_force()
    begin = _with_usual_last_day(begin, tool_of(POWERS[step.power]), policy)
    under_18 = begin.under_18 if begin.under_18 is not None else terms.under_18
    facts = ToolFacts(
        power=POWERS[step.power], whom=whom(step.subject, under_18), now=now, values=policy.values, stage="start",
        proposed_on=terms.proposed_on, term=begin.term, answers=answers_of(step.id) | dict(begin.answers),
        proposed_before=True,
    )  # fmt: skip
    found = check_begin(facts)
    found.raise_unless_reasoned(cautions_reason)
    make_move(step, "start", today)
    for column, value in _term_columns(begin, actor).items():
        setattr(step, column, value)
    step.cautions_reason = said(step.cautions_reason, cautions_reason)
    terms.under_18 = under_18
    _keep(step, terms, begin)
    _start_clocks(step, terms, "start", policy, today)
    details = {"cautions": [each.code for each in found.cautions]}
    record("tool_started", about(step), actor=actor, now=now, details=details, reason=cautions_reason)


@transaction
def refuse_tool(
    *, actor: Actor, now: datetime, intervention_id: int, happened_on: date, reason: str, version: int | None = None
) -> None:
    """Record that what was proposed or applied for did not come about."""
    step, terms, today = _in_hand("not_made", actor, now, intervention_id, version)
    check_end(happened_on=happened_on, since=terms.proposed_on, text=reason, today=today).raise_if_refused()
    step.ended_on, step.ended_because = happened_on, reason.strip()
    make_move(step, "not_made", today)
    deadlines.stop(of=Links(intervention_id=step.id), on=today, because="Not made")
    record("tool_not_made", about(step), actor=actor, now=now, reason=reason)


@transaction
def review_tool(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    happened_on: date,
    text: str,
    next_review_on: date | None = None,
    version: int | None = None,
) -> None:
    """Record that it was looked at again, and by when it is the next time."""
    step, terms, today = _in_hand("review", actor, now, intervention_id, version)
    _judge_event(step, terms, happened_on, text, today).raise_if_refused()
    policy = policy_in_force()
    again = next_review(tool_of(POWERS[step.power]), happened_on, whom(step.subject, terms.under_18), policy.values)
    step.review_on = next_review_on or again
    _add_event(step, ToolEventKind.REVIEW, happened_on, text, actor)
    of = Links(intervention_id=step.id)
    deadlines.meet(REVIEW_CLOCK, of=of, at=happened_on, because="Reviewed")
    _start_review(step, policy, today)
    record("tool_reviewed", about(step), actor=actor, now=now, reason=text)


@transaction
def extend_tool(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    happened_on: date,
    until: Term,
    text: str,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Record that it lasts longer, as applied for or agreed on a day. It is not counted again."""
    step, terms, today = _in_hand("extend", actor, now, intervention_id, version)
    term, policy = _term(step, terms), policy_in_force()
    found = check_extension(
        POWERS[step.power], whom=whom(step.subject, terms.under_18), values=policy.values, term=term, asked_on=happened_on,
        until=until, now=now,
    )  # fmt: skip
    found.raise_unless_reasoned(cautions_reason)
    _add_event(
        step, ToolEventKind.EXTENSION, happened_on, text, actor, until_on=until.last_day, until_at=until.ends,
        before_on=step.ends_on, before_at=terms.ends_at,
    )  # fmt: skip
    step.ends_on = until.last_day
    if until.ends is not None:
        terms.ends_at = until.ends
    _start_end(step, terms, policy, today)
    details = {"cautions": [each.code for each in found.cautions]}
    record("tool_extended", about(step), actor=actor, now=now, details=details, reason=said(text, cautions_reason))


@transaction
def note_tool_breach(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    happened_on: date,
    text: str,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> None:
    """Note that it was said not to be kept to. What follows, if anything, is a step of its own, or the court's."""
    step, terms, today = _in_hand("note_breach", actor, now, intervention_id, version)
    found = _judge_event(step, terms, happened_on, text, today, breach=True)
    found.raise_unless_reasoned(cautions_reason)
    _add_event(step, ToolEventKind.BREACH, happened_on, text, actor)
    record("tool_breach_noted", about(step), actor=actor, now=now, reason=said(text, cautions_reason))


@transaction
def end_tool(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    happened_on: date,
    outcome: str | None,
    text: str,
    version: int | None = None,
) -> None:
    """Record that it is over, how, and since when."""
    step, _terms, today = _in_hand("end", actor, now, intervention_id, version)
    known = outcome if outcome in tool_of(POWERS[step.power]).outcomes else None
    check_end(happened_on=happened_on, since=step.issued_on, text=text, today=today, outcome=known).raise_if_refused()
    step.ended_on, step.ended_because = happened_on, text.strip()
    result_in(step, outcome or "ended", happened_on)
    make_move(step, "end", today)
    deadlines.stop(of=Links(intervention_id=step.id), on=today, because="Ended")
    record("ended", about(step), actor=actor, now=now, details={"outcome": outcome}, reason=text)


@transaction
def let_tool_end(*, actor: Actor, now: datetime, intervention_id: int) -> None:
    """Record that its last day, or its last moment, has passed."""
    step, terms, today = _in_hand("end", actor, now, intervention_id, None)
    over = terms.ends_at <= now if terms.ends_at else step.ends_on is not None and step.ends_on < today
    if not over:
        raise RuleBroken((STILL_RUNS,))
    ended_on = local(terms.ends_at).date() if terms.ends_at else step.ends_on
    step.ended_on = ended_on
    result_in(step, ENDED, ended_on or today)
    make_move(step, "end", today)
    record("ended", about(step), actor=actor, now=now, details={"outcome": ENDED})


@transaction
def mark_tool_event_entered_in_error(*, actor: Actor, now: datetime, event_id: int, reason: str) -> None:
    """Mark a review, an extension or a breach that was noted. The last day before an extension counts again."""
    actor.check(Permission.CORRECT_RECORDS)
    today = local(now).date()
    event = event_to_work_on(event_id)
    step = intervention_to_work_on(event.intervention_id, actor=actor, today=today)
    extension = event.kind is ToolEventKind.EXTENSION
    later = later_events(event) if extension else 0
    check_correction(already=event.entered_in_error_on is not None, reason=reason, later_rows=later).raise_if_refused()
    event.entered_in_error_on, event.entered_in_error_reason = today, reason.strip()
    terms, policy = terms_of(step.id), policy_in_force()
    if extension:
        step.ends_on, terms.ends_at = event.before_on, event.before_at
        _start_end(step, terms, policy, today)
    if event.kind is ToolEventKind.REVIEW and step.issued_on is not None:
        db.session.flush()
        last = last_review_day(step)
        step.review_on = next_review(
            tool_of(POWERS[step.power]), last, whom(step.subject, terms.under_18), policy.values
        )
        _start_review(step, policy, today)
    details = {"tool_event_id": event.id}
    record("entered_in_error", about(step), actor=actor, now=now, details=details, reason=reason)


def _in_hand(
    move: str, actor: Actor, now: datetime, intervention_id: int, version: int | None
) -> tuple[Intervention, ToolTerms, date]:
    """The tool that takes a move, locked, with its terms."""
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    check_version(step, version)
    check_move(step, move, actor)
    terms = terms_of(step.id)
    if terms not in db.session:
        db.session.add(terms)
    return step, terms, today


def _with_usual_last_day(begin: Begin, tool: Tool, policy: Policy) -> Begin:
    """With the last day that the council's practice gives, where none was said."""
    term = begin.term
    if term is None or term.last_day is not None or not tool.usual_length:
        return begin
    return replace(begin, term=replace(term, last_day=usual_last_day(tool, term.first_day, policy.values)))


def _term_columns(begin: Begin, actor: Actor) -> dict[str, object]:
    term = begin.term
    if term is None:
        return {}
    return {
        "issued_on": term.first_day,
        "issued_at": term.begins,
        "ends_on": term.last_day,
        "review_on": begin.review_on,
        "issuer_id": actor.user_id,
    }


def _keep(step: Intervention, terms: ToolTerms, begin: Begin) -> None:
    if begin.court:
        terms.court = begin.court.strip()
    if begin.conditions:
        terms.conditions = begin.conditions.strip()
    if begin.term:
        terms.ends_at = begin.term.ends
    known = answers_of(step.id)
    for question, answer in begin.answers.items():
        if answer.strip() and question not in known:
            db.session.add(ToolAnswer(intervention_id=step.id, question=question, answer=answer.strip()))


def _start_clocks(step: Intervention, terms: ToolTerms, move: str, policy: Policy, today: date) -> None:
    of = Links(case_id=step.case_id, intervention_id=step.id)
    event = terms.proposed_on if move == "propose" else step.issued_at or step.issued_on
    for rule in POWERS[step.power].clocks_started_by(move):
        if event is not None:
            deadlines.start(rule, event, of, policy=policy)
    if move == "start" and step.issued_on is not None:
        _start_end(step, terms, policy, today)
        if step.review_on is None:
            tool = tool_of(POWERS[step.power])
            step.review_on = next_review(tool, step.issued_on, whom(step.subject, terms.under_18), policy.values)
        _start_review(step, policy, today)


def _start_end(step: Intervention, terms: ToolTerms, policy: Policy, today: date) -> None:
    _run_to(END_CLOCK, step, terms.ends_at or step.ends_on, policy, today)


def _start_review(step: Intervention, policy: Policy, today: date) -> None:
    _run_to(REVIEW_CLOCK, step, step.review_on, policy, today)


def _run_to(rule: str, step: Intervention, day: date | datetime | None, policy: Policy, today: date) -> None:
    """Let the clock of a rule run to a day or a moment that was named, in the place of the one that runs."""
    deadlines.supersede(rule, of=Links(intervention_id=step.id), on=today, because="Another day is named")
    if day is not None and step.status == IN_FORCE:
        deadlines.start(rule, day, Links(case_id=step.case_id, intervention_id=step.id), policy=policy)


def _judge_event(
    step: Intervention, terms: ToolTerms, happened_on: date, text: str, today: date, *, breach: bool = False
) -> Findings:
    return check_event(happened_on=happened_on, text=text, term=_term(step, terms), today=today, breach=breach)


def _add_event(
    step: Intervention, kind: ToolEventKind, happened_on: date, text: str, actor: Actor, **columns: object
) -> None:
    row = ToolEvent(intervention_id=step.id, kind=kind, happened_on=happened_on, text=text.strip(), **columns)
    row.recorded_by_id = actor.user_id
    db.session.add(row)
    db.session.flush()


def _term(step: Intervention, terms: ToolTerms) -> Term:
    term = term_of(step, terms)
    if term is None:
        raise RuleBroken((IN_ERROR,))
    return term
