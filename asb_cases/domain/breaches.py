"""Alleged breaches of a notice (2014 Act s.48): whether one may be recorded, how it is decided, what each decision opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from asb_cases.domain.appeals import Appeal
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.permissions import Permission as P
from asb_cases.domain.requirements import Requirement
from asb_cases.domain.workflow import Table, Transition


class BreachStatus(StrEnum):
    """Alleged until decided."""

    ALLEGED = "alleged"
    DECIDED = "decided"


class BreachDecision(StrEnum):
    """What is done about an alleged breach."""

    NO_FURTHER_ACTION = "no_further_action"
    WARN = "warn"
    FPN = "fpn"
    PROSECUTE = "prosecute"
    REMEDIAL_ACTION = "remedial_action"
    SEIZURE_WARRANT = "seizure_warrant"
    REVIEW_NOTICE = "review_notice"


DECISION_TITLES: dict[BreachDecision, str] = {
    BreachDecision.NO_FURTHER_ACTION: "No further action",
    BreachDecision.WARN: "Warn",
    BreachDecision.FPN: "Fixed penalty notice",
    BreachDecision.PROSECUTE: "Prosecute",
    BreachDecision.REMEDIAL_ACTION: "Remedial action (s.47)",
    BreachDecision.SEIZURE_WARRANT: "Apply for a seizure warrant (s.51)",
    BreachDecision.REVIEW_NOTICE: "Review the notice",
}

#: The power whose drafting a decision opens, where it opens one.
OPENS: dict[BreachDecision, str] = {BreachDecision.FPN: "FPN", BreachDecision.PROSECUTE: "PROSECUTION"}

#: The clock each alleged day starts.
CLOCK = "prosecution_limit"

TRANSITIONS: Table = (
    Transition(None, BreachStatus.ALLEGED, "allege", P.ALLEGE_BREACH, "breaches.check_allegation"),
    Transition(BreachStatus.ALLEGED, BreachStatus.DECIDED, "decide", P.DECIDE_BREACH, "breaches.check_decision"),
    # An unpaid penalty, or new evidence, is a reason to decide again.
    Transition(BreachStatus.DECIDED, BreachStatus.DECIDED, "decide_again", P.DECIDE_BREACH, "breaches.check_decision"),
)

NO_NOTICE_IN_FORCE = Refusal(
    "no_notice_in_force",
    "No community protection notice to this subject was in force on {day}.",
    "2014 Act s.48(1)",
    "Check the alleged day and the notice: when it was given, and whether it had ended, been withdrawn or quashed by then.",
    field="offence_from",
)
NOTICE_TO_SOMEONE_ELSE = Refusal(
    "notice_to_someone_else",
    "The notice was issued to somebody else; only its recipient can fail to comply with it.",
    "2014 Act s.48(1)",
    "Name the notice that this subject was given.",
    field="follows",
)
BREACH_IN_FUTURE = Refusal(
    "breach_in_future",
    "The alleged day, {day}, has not come yet.",
    "2014 Act s.48(1)",
    "Check the day.",
    field="from_on",
)
BREACH_DAYS_REVERSED = Refusal(
    "breach_days_reversed",
    "The last alleged day comes before the first.",
    "2014 Act s.48(1)",
    "Check both days.",
    field="to_on",
)
NO_REQUIREMENT_NAMED = Refusal(
    "no_requirement_named",
    "It is not said which requirement was not complied with.",
    "2014 Act s.48(1)",
    "Pick at least one requirement of the notice.",
    field="requirements",
)
REQUIREMENT_SUSPENDED = Refusal(
    "requirement_suspended",
    "Requirement {number} had no effect on {day}, because an appeal was in progress.",
    "2014 Act s.46(3)",
    "Allege only days before the appeal was lodged or after it ended, or a requirement that stayed in force.",
    field="requirements",
)
REQUIREMENT_NOT_IN_FORCE = Refusal(
    "requirement_not_in_force",
    "Requirement {number} did not stand in these words on {day}.",
    "2014 Act s.48(1)",
    "Pick the version of the requirement that stood on that day.",
    field="requirements",
)
REQUIREMENT_NOT_DUE = Refusal(
    "requirement_not_due",
    "Requirement {number} had until {due}, so it could not be failed on {day}.",
    "2014 Act s.43(8)",
    "Allege a day after the time limit.",
    field="from_on",
)
NO_BREACH_EVIDENCE = Caution(
    "no_breach_evidence",
    "No evidence is named for the alleged breach yet.",
    field="evidence",
)
ON_DAY_GIVEN = Caution(
    "breach_on_day_given",
    "The notice was given that same day{at}: only what happened after that can be a failure to comply with it. Say what shows "
    "that it was after.",
    field="from_on",
    authority="2014 Act s.48(1)",
)
VARIED_NOT_GIVEN = Caution(
    "requirement_varied_not_given",
    "It is not recorded that requirement {number}, as it was varied, had been given to the recipient by then. Say how they "
    "knew of it.",
    field="requirements",
    authority="2014 Act s.48(3)",
)
GAVE_NO_TIME = Caution(
    "requirement_gave_no_time",
    "Requirement {number} gave time until {due}, and the notice was given on {given}: it gave none. Vary it first, or say how it "
    "could have been met.",
    field="requirements",
    authority="2014 Act ss.43(8) and 48(3)",
)
DECISION_NEEDS_REASON = Refusal(
    "decision_needs_reason",
    "The reasons for the decision are not given.",
    "Council practice",
    "Say what you weighed: the evidence, the recipient’s account, any excuse, what is proportionate.",
    field="decision_reason",
)
PENALTY_ALREADY_GIVEN = Refusal(
    "penalty_already_given",
    "A fixed penalty notice was given for this alleged breach already.",
    "2014 Act s.52(2)",
    "One alleged breach, one penalty: follow the one that was given, or cancel it with a reason first.",
    field="decision",
)
PAID_IN_TIME = Refusal(
    "penalty_paid_in_time",
    "The fixed penalty for this alleged breach was paid in time: nobody can be convicted of it any more.",
    "2014 Act s.52(5)(b)",
    "Record any later alleged breach as a new one.",
    field="decision",
)
PROCEEDINGS_STARTED = Refusal(
    "proceedings_started",
    "A prosecution for this alleged breach has been laid already; a fixed penalty, which offers not to "
    "prosecute, comes too late.",
    "2014 Act s.52(5)(a)",
    "Let the prosecution take its course, or discontinue it first.",
    field="decision",
)
NO_ACCOUNT = Caution(
    "no_account",
    "The recipient’s account is not recorded. All reasonable steps, or another reasonable excuse, is a defence.",
    field="account",
    authority="2014 Act s.48(3)",
)


NOTICE_CAME_BACK = Caution(
    "notice_came_back",
    "The notice was posted and came back on {day}, and it is not recorded that it was given another way: it may never have been "
    "served. Say how the recipient had it.",
    field="breach",
    authority="Interpretation Act 1978 s.7",
)
GIVEN_UNDER_AGE = Caution(
    "notice_given_under_age",
    "The recipient was {age} when the notice was given, and nobody under {minimum} can be given one: ask legal before going on; "
    "it should be withdrawn.",
    field="breach",
    authority="2014 Act s.43(1)",
)
ALLEGED_ALREADY = Caution(
    "breach_alleged_already",
    "A breach of requirement {number} on one of these days is alleged already. Say in what this is another failure: one offence "
    "is met with one penalty, or tried once.",
    field="requirements",
    authority="2014 Act s.52(2)",
)
NOTICE_SINCE_QUASHED = Caution(
    "notice_since_quashed",
    "The notice stood on the alleged day but was quashed on {quashed}: ask legal before going on.",
    field="breach",
)


@dataclass(frozen=True)
class Notice:
    """A notice as breaches see it. `last_day` is the last day on which it stood: its end date, or the day it was
    withdrawn, discharged or quashed, whichever came first; None while it stands. `given_on` None: never given. `came_back_on`:
    the post brought it back, and it was given in no other way; `age_when_given` where a birth date is known."""

    subject_id: int | str
    given_on: date | None
    last_day: date | None = None
    quashed_on: date | None = None
    appeals: tuple[Appeal, ...] = ()
    linked_ids: frozenset[int | str] = frozenset()
    given_at: datetime | None = None
    came_back_on: date | None = None
    age_when_given: int | None = None

    def in_force(self, on: date) -> bool:
        """Whether it stood on a day. An appeal leaves the notice itself in force."""
        ends = [day for day in (self.last_day, self.quashed_on) if day is not None]
        return self.given_on is not None and self.given_on <= on and (not ends or on <= min(ends))

    def was_given_to(self, subject_id: int | str) -> bool:
        return subject_id == self.subject_id or subject_id in self.linked_ids


@dataclass(frozen=True)
class AllegationFacts:
    """A breach being alleged: of which requirements, from which day to which (None: one day). It rests on what `evidence`
    describes, and on records of the case. `not_given`: the numbers of requirements that stood as varied, of which the
    record does not say that the recipient had been given the variation; `alleged_already`: of those of which a breach on one
    of the days is alleged already."""

    notice: Notice
    requirements: tuple[Requirement, ...]
    from_on: date
    today: date
    to_on: date | None = None
    evidence: str | None = None
    records_picked: int = 0
    not_given: tuple[int, ...] = ()
    alleged_already: tuple[int, ...] = ()


@dataclass(frozen=True)
class DecisionFacts:
    """A decision on an alleged breach."""

    decision: BreachDecision
    reason: str | None
    account: str | None = None
    penalty_given: bool = False
    paid_in_time: bool = False
    proceedings_started: bool = False


def check_allegation(facts: AllegationFacts) -> Findings:
    """Whether the breach may be recorded: in force, effective, due and past on every day alleged."""
    last = facts.to_on or facts.from_on
    if last < facts.from_on:
        return gathered([BREACH_DAYS_REVERSED])
    if last > facts.today:
        return gathered([BREACH_IN_FUTURE.of(day=in_words(last))])
    standing = check_in_force(facts.notice, facts.from_on, last)
    if not standing.allowed:
        return gathered(refusal.at("from_on") for refusal in standing.refusals)
    return gathered([
        None if facts.requirements else NO_REQUIREMENT_NAMED,
        *(why_not_failed(each, facts.notice.appeals, facts.from_on, last) for each in facts.requirements),
        None if (facts.evidence or "").strip() or facts.records_picked else NO_BREACH_EVIDENCE,
        _on_day_given(facts),
        *(VARIED_NOT_GIVEN.of(number=number) for number in facts.not_given),
        *(ALLEGED_ALREADY.of(number=number) for number in facts.alleged_already),
        came_back(facts.notice),
        *(_gave_no_time(each, facts.notice) for each in facts.requirements),
    ])  # fmt: skip


def check_in_force(notice: Notice | None, first: date, last: date) -> Findings:
    """Whether a notice stood on the first and on the last alleged day, and so on each between."""
    missing = next((day for day in (first, last) if notice is None or not notice.in_force(day)), None)
    return gathered([NO_NOTICE_IN_FORCE.of(day=in_words(missing)) if missing else None])


def check_recipient_of(notice: Notice | None, subject_id: int | str) -> Findings:
    """Whether the notice was given to the one who is said to have failed to comply."""
    return gathered([NOTICE_TO_SOMEONE_ELSE if notice and not notice.was_given_to(subject_id) else None])


def check_still_binding(
    notice: Notice | None, requirements: tuple[Requirement, ...], first: date, last: date
) -> Findings:
    """Whether, as appeals are known now, one of the requirements had effect on the alleged days: an appeal may be heard of
    only after the breach was recorded. Nothing is asked where the requirements are not given."""
    appeals = notice.appeals if notice else ()
    found = [_suspended(each, appeals, first, last) for each in requirements]
    return gathered(found[:1] if all(found) else ())


def since_quashed(notice: Notice | None) -> Caution | None:
    """A caution where the court quashed the notice after the alleged day (before it, no notice was in force)."""
    return NOTICE_SINCE_QUASHED.of(quashed=in_words(notice.quashed_on)) if notice and notice.quashed_on else None


def came_back(notice: Notice | None) -> Caution | None:
    """A caution where the post brought the notice back, and nothing else shows that it was given."""
    return NOTICE_CAME_BACK.of(day=in_words(notice.came_back_on)) if notice and notice.came_back_on else None


def given_under_age(notice: Notice | None, minimum: int | None) -> Caution | None:
    """A caution where a birth date, learnt since, says that the notice could not be given (s.43(1))."""
    age = notice.age_when_given if notice else None
    return GIVEN_UNDER_AGE.of(age=age, minimum=minimum) if age is not None and minimum and age < minimum else None


def check_decision(facts: DecisionFacts) -> Findings:
    """Whether an alleged breach may be decided like this."""
    return gathered([
        None if (facts.reason or "").strip() else DECISION_NEEDS_REASON,
        PENALTY_ALREADY_GIVEN if facts.decision is BreachDecision.FPN and facts.penalty_given else None,
        PROCEEDINGS_STARTED if facts.decision is BreachDecision.FPN and facts.proceedings_started else None,
        PAID_IN_TIME if facts.decision is BreachDecision.PROSECUTE and facts.paid_in_time else None,
        NO_ACCOUNT if facts.decision in OPENS and not (facts.account or "").strip() else None,
    ])  # fmt: skip


class LimitEnds(StrEnum):
    """What ends the six months for an alleged breach. Issuing a fixed penalty does not."""

    LAID = "laid"
    PAID_IN_TIME = "paid_in_time"
    NO_ACTION_BY_LEGAL = "no_action_by_legal"


def limit_ended_by_decision(decision: BreachDecision, *, by_legal: bool) -> LimitEnds | None:
    """Whether a decision ends the six months: only legal's no further action does."""
    return LimitEnds.NO_ACTION_BY_LEGAL if by_legal and decision is BreachDecision.NO_FURTHER_ACTION else None


def limit_runs_again(before: BreachDecision | None, decision: BreachDecision) -> bool:
    """Whether a decision takes back one that may have ended the six months. They run to the last day they always had."""
    return before is BreachDecision.NO_FURTHER_ACTION and decision is not before


def check_days(notice: Notice, first: date, last: date, today: date) -> Findings:
    """Whether a breach of some requirement may be alleged of these days at all."""
    found = check_allegation(AllegationFacts(notice, (), first, today, last))
    return Findings(tuple(each for each in found.refusals if each.code != NO_REQUIREMENT_NAMED.code))


def why_not_failed(each: Requirement, appeals: tuple[Appeal, ...], first: date, last: date) -> Refusal | None:
    """Why a requirement could not be failed on one of the alleged days: it did not stand, had no effect, or gave time."""
    due = each.due_day(appeals) or each.comply_by
    for day in _turning_days(each, appeals, first, last):
        if not each.stands(day):
            return REQUIREMENT_NOT_IN_FORCE.of(number=each.number, day=in_words(day))
        if not each.effective(day, appeals):
            return REQUIREMENT_SUSPENDED.of(number=each.number, day=in_words(day))
    if due is not None and first <= due:
        return REQUIREMENT_NOT_DUE.of(number=each.number, due=in_words(due), day=in_words(first))
    return None


def _gave_no_time(each: Requirement, notice: Notice) -> Caution | None:
    if each.comply_by is None or notice.given_on is None or each.comply_by >= notice.given_on:
        return None
    return GAVE_NO_TIME.of(number=each.number, due=in_words(each.comply_by), given=in_words(notice.given_on))


def _on_day_given(facts: AllegationFacts) -> Caution | None:
    notice = facts.notice
    if facts.from_on != notice.given_on:
        return None
    return ON_DAY_GIVEN.of(at=f", at {local(notice.given_at):%H:%M}" if notice.given_at else "")


def _suspended(each: Requirement, appeals: tuple[Appeal, ...], first: date, last: date) -> Refusal | None:
    for day in _turning_days(each, appeals, first, last):
        if each.stands(day) and not each.effective(day, appeals):
            return REQUIREMENT_SUSPENDED.of(number=each.number, day=in_words(day)).at("breach")
    return None


def _turning_days(each: Requirement, appeals: tuple[Appeal, ...], first: date, last: date) -> Iterator[date]:
    """The alleged days on which a requirement may have ceased to bind: looking at these is looking at them all."""
    yield first
    yield last
    ended = each.to_on + timedelta(days=1) if each.to_on else None
    for day in (ended, *(day for appeal in appeals for day in (appeal.lodged_on, appeal.stop_suspended_on))):
        if day is not None and first < day < last:
            yield day
