"""No sequence of allowed moves reaches an unlawful state: the rules against a plain ledger that knows none of them.

The machine tries steps of the enforcement track on random days. A step the rules refuse is not taken. What was taken
is written down as plain days, and the invariants judge these days by the sections, written out again from the Act.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from asb_cases.domain import closing, workflow
from asb_cases.domain.appeals import (
    MOVE_OF_OUTCOME,
    Appeal,
    AppealFacts,
    AppealOutcome,
    check_determination,
    check_lodging,
)
from asb_cases.domain.breaches import (
    AllegationFacts,
    BreachDecision,
    DecisionFacts,
    Notice,
    check_allegation,
    check_decision,
)
from asb_cases.domain.calendar import plus_months
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.community_protection_notice import NoticeFacts, check_given
from asb_cases.domain.powers.fixed_penalty_notice import PenaltyFacts, check_penalty
from asb_cases.domain.powers.penalty import Penalty, check_payment
from asb_cases.domain.powers.prior_warning import WrittenWarning
from asb_cases.domain.powers.prosecution import ProsecutionFacts, check_lay
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.requirements import Requirement, RequirementKind
from asb_cases.domain.workflow import CaseStatus, next_status

START = date(2026, 1, 5)
SUBJECT = Recipient(1, PersonKind.INDIVIDUAL, born_on=date(1990, 1, 1))
KINDS = st.sampled_from(RequirementKind)
DAYS_BACK = st.sampled_from([0, 0, 1, 3, 10, 20, 40])
HOURS = st.sampled_from([1, 24, 24, 5 * 24, 14 * 24, 15 * 24, 60 * 24, 190 * 24])
#: Steps that end a road early are taken one time in four, so that runs get far.
SELDOM = st.integers(1, 4).map(lambda number: number == 4)
DECISIONS = st.sampled_from([*BreachDecision, *[BreachDecision.FPN, BreachDecision.PROSECUTE] * 4])
CPN, FPN, PROSECUTION = (POWERS[code].transitions for code in ("CPN", "FPN", "PROSECUTION"))


@dataclass
class Breach:
    """One alleged breach and what followed, as a ledger keeps it."""

    day: date
    kind: RequirementKind
    decision: BreachDecision | None = None
    penalties: list[Penalty] = field(default_factory=list)
    penalty_status: str | None = None
    laid: list[date] = field(default_factory=list)
    prosecution_status: str | None = None


class EnforcementTrack(RuleBasedStateMachine):
    """One case, one subject, one notice at a time."""

    def __init__(self):
        super().__init__()
        self.now = datetime.combine(START, time(9), UTC)
        self.warned: list[WrittenWarning] = []
        self.notices: list[tuple[datetime, tuple[datetime, ...]]] = []
        self.status: str | None = None
        self.given: date | None = None
        self.ended: date | None = None
        self.appeals: list[Appeal] = []
        self.breaches: list[Breach] = []
        self.case = next_status(workflow.TRANSITIONS, None, "open")
        self.closings: list[tuple[bool, bool, bool, bool]] = []

    @property
    def today(self):
        return self.now.date()

    @property
    def notice(self):
        quashed = self.ended if self.status == "quashed" else None
        return Notice(1, self.given, self.ended, quashed, tuple(self.appeals))

    def moved(self, table, status, move):
        """The status after a move, or None where the table refuses it."""
        try:
            return next_status(table, status, move)
        except RuleBroken:
            return None

    @initialize(stage=st.sampled_from(["nothing", "notice", "breach", "breach", "penalty", "penalty"]))
    def begin(self, stage):
        """Runs set out from various points of the track, or few would get far; each is reached by the rules themselves."""
        if stage == "nothing":
            return
        self.warn(1)
        self.now += timedelta(days=10)
        self.give_a_notice()
        if stage != "notice":
            decision = BreachDecision.FPN if stage == "penalty" else BreachDecision.PROSECUTE
            self.allege(RequirementKind.STOP, 0, decision)
        if stage == "penalty":
            self.penalise_breach(self.breaches[0], 10000, 13)

    @rule(hours=HOURS)
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @precondition(lambda self: self.status is None)
    @rule(subject=st.sampled_from([1, 1, 2]))
    def warn(self, subject):
        self.warned.append(WrittenWarning(subject, self.today, self.now))

    @precondition(lambda self: self.status is None)
    @rule()
    def give_a_notice(self):
        facts = NoticeFacts(recipient=SUBJECT, warnings=tuple(self.warned), on=self.today, at=self.now, minimum_age=16)
        if check_given(facts).allowed:
            self.given, self.status = self.today, "in_force"
            self.notices.append((self.now, tuple(each.given_at for each in self.warned if each.subject_id == 1)))

    @precondition(lambda self: self.given is not None)
    @rule()
    def appeal(self):
        status = self.moved(CPN, self.status, "lodge_appeal")
        if status is None:
            return
        last = self.given + timedelta(days=20)
        facts = AppealFacts(self.today, self.given, last, last, self.today, tuple(self.appeals))
        if check_lodging(facts).allowed:
            self.appeals.append(Appeal(self.today))
            self.status = status

    @precondition(lambda self: self.appeals)
    @rule(outcome=st.sampled_from(AppealOutcome))
    def determine(self, outcome):
        status = self.moved(CPN, self.status, MOVE_OF_OUTCOME[outcome])
        if status is None or not self.appeals or self.appeals[-1].outcome is not None:
            return
        if check_determination(self.appeals[-1], self.today, self.today).allowed:
            self.appeals[-1] = Appeal(self.appeals[-1].lodged_on, self.today, outcome)
            if status == "quashed" and self.ended is None:
                self.ended = self.today
            self.status = status

    @precondition(lambda self: self.status == "in_force")
    @rule(move=st.sampled_from(["withdraw", "discharge", "end"]), really=SELDOM)
    def end_the_notice(self, move, really):
        status = self.moved(CPN, self.status, move)
        if really and status is not None:
            self.status, self.ended = status, self.today

    @precondition(lambda self: self.given is not None)
    @rule(kind=KINDS, back=DAYS_BACK, decision=DECISIONS)
    def allege(self, kind, back, decision):
        day = self.today - timedelta(days=back)
        facts = AllegationFacts(self.notice, (Requirement(1, 1, kind, "…"),), day, self.today, evidence="Seen.")
        if check_allegation(facts).allowed:
            self.breaches.append(Breach(day, kind))
            if self.case != CaseStatus.OPEN:
                self.case = next_status(workflow.TRANSITIONS, self.case, "breach_alleged")
            if back < 3:
                self.settle(self.breaches[-1], decision)

    @precondition(lambda self: self.breaches and self.case == CaseStatus.OPEN)
    @rule(decision=DECISIONS, data=st.data())
    def decide(self, decision, data):
        self.settle(data.draw(st.sampled_from(self.breaches)), decision)

    def settle(self, breach, decision):
        facts = DecisionFacts(
            decision,
            "Weighed.",
            penalty_given=bool(breach.penalties),
            proceedings_started=bool(breach.laid),
            paid_in_time=any(each.paid_in_time for each in breach.penalties),
        )
        if check_decision(facts).allowed:
            breach.decision = decision

    @precondition(lambda self: self.breaches and self.case == CaseStatus.OPEN)
    @rule(data=st.data(), amount=st.sampled_from([7500, 10000, 10000, 10001]), days=st.sampled_from([None, 13, 13, 14]))
    def penalise(self, data, amount, days):
        ready = [each for each in self.breaches if each.decision is BreachDecision.FPN]
        self.penalise_breach(data.draw(st.sampled_from(ready or self.breaches)), amount, days)

    def penalise_breach(self, breach, amount, days):
        facts = PenaltyFacts(
            SUBJECT, self.notice, self.today, 10000, offence_from=breach.day, decision=breach.decision,
            breach_alleged=True, amount=amount, reduced=5000 if days else None, reduced_within_days=days,
            particulars="…", payee="…", penalty_already_given=bool(breach.penalties), proceedings_started=bool(breach.laid),
        )  # fmt: skip
        if check_penalty(facts).allowed:
            until = self.today + timedelta(days=days) if days else None
            last = self.today + timedelta(days=14)
            breach.penalties.append(Penalty(self.today, last, last + timedelta(days=1), amount, facts.reduced, until))
            breach.penalty_status = "issued"

    @precondition(lambda self: any(breach.penalty_status == "issued" for breach in self.breaches))
    @rule(amount=st.sampled_from([5000, 7500, 10000]))
    def pay(self, amount):
        for breach in self.breaches:
            status = self.moved(FPN, breach.penalty_status, "record_payment")
            if status is None:
                continue
            penalty = breach.penalties[-1]
            if check_payment(penalty, paid_on=self.today, amount=amount, today=self.today).allowed:
                breach.penalty_status = status
                breach.penalties[-1] = Penalty(
                    penalty.notice_date, penalty.last_day, penalty.proceed_from, penalty.amount, penalty.reduced,
                    penalty.reduced_until, self.today, amount,
                )  # fmt: skip

    @precondition(lambda self: self.breaches and self.case == CaseStatus.OPEN)
    @rule(data=st.data())
    def prosecute(self, data):
        ready = [each for each in self.breaches if each.decision is BreachDecision.PROSECUTE]
        breach = data.draw(st.sampled_from(ready or self.breaches))
        limit = plus_months(breach.day, 6)
        facts = ProsecutionFacts(
            SUBJECT, self.notice, self.today, self.today, offence_from=breach.day, limit_first=limit, limit_last=limit,
            penalty=breach.penalties[-1] if breach.penalties else None, breach_alleged=True, decision=breach.decision,
            evidential_note="…", public_interest_note="…", authority_reference="…", by_legal=True,
        )  # fmt: skip
        if breach.prosecution_status is None and check_lay(facts).allowed:
            breach.laid.append(self.today)
            breach.prosecution_status = next_status(PROSECUTION, "authorised", "lay")

    @precondition(lambda self: any(breach.laid for breach in self.breaches))
    @rule(result=st.sampled_from(["convicted", "acquitted"]))
    def court_decides(self, result):
        for breach in self.breaches:
            status = self.moved(PROSECUTION, breach.prosecution_status, f"record_{result}")
            breach.prosecution_status = status or breach.prosecution_status

    @precondition(lambda self: any(breach.penalties for breach in self.breaches))
    @rule(really=SELDOM)
    def penalties_settled(self, really):
        for breach in self.breaches if really else ():
            unpaid = self.moved(FPN, breach.penalty_status, "mark_unpaid")
            breach.penalty_status = self.moved(FPN, unpaid, "write_off") if unpaid else breach.penalty_status

    @precondition(lambda self: self.given is not None)
    @rule(really=SELDOM)
    def close(self, really):
        appealing = bool(self.appeals) and self.appeals[-1].outcome is None
        undecided = any(breach.decision is None for breach in self.breaches)
        penalties = any(breach.penalty_status in {"issued", "unpaid"} for breach in self.breaches)
        trials = any(breach.prosecution_status == "laid" for breach in self.breaches)
        facts = closing.ClosingFacts(
            self.today, appealing, undecided, penalties, trials,
            notices_in_force=self.status in {"in_force", "appealed"},
            reason="Settled.", told="By phone.", review_on=self.today + timedelta(days=90),
        )  # fmt: skip
        status = self.moved(workflow.TRANSITIONS, self.case, closing.closing_move(facts))
        if really and status is not None and closing.check_close(facts).allowed:
            self.case = status
            self.closings.append((appealing, undecided, penalties, trials))

    @invariant()
    def every_notice_follows_a_written_warning_to_its_recipient(self):
        for at, warnings in self.notices:
            assert any(given < at for given in warnings)

    @invariant()
    def every_alleged_breach_is_of_a_notice_in_force_that_day(self):
        for breach in self.breaches:
            assert self.given is not None
            assert self.given <= breach.day
            assert self.ended is None or breach.day <= self.ended

    @invariant()
    def no_do_or_steps_breach_falls_inside_an_appeal(self):
        for breach in self.breaches:
            for appeal in self.appeals:
                ended = appeal.determined_on or date.max
                # What was alleged of the day of lodging, before it was lodged, stands.
                inside = appeal.lodged_on < breach.day <= ended
                assert breach.kind is RequirementKind.STOP or not inside

    @invariant()
    def one_lawful_penalty_a_breach(self):
        for breach in self.breaches:
            assert len(breach.penalties) <= 1
            for penalty in breach.penalties:
                assert penalty.amount <= 10000
                assert breach.day <= penalty.notice_date
                assert penalty.reduced_until is None or (penalty.reduced_until - penalty.notice_date).days < 14

    @invariant()
    def no_proceedings_in_the_14_days_after_payment_or_after_six_months(self):
        for breach in self.breaches:
            for laid in breach.laid:
                assert laid <= plus_months(breach.day, 6)
                for penalty in breach.penalties:
                    assert laid > penalty.notice_date + timedelta(days=14)
                    # Only the whole of what was due on its day discharges; a part does not.
                    offered = penalty.reduced_until is not None and (penalty.paid_on or START) <= penalty.reduced_until
                    whole = (penalty.paid_amount or 0) >= (penalty.reduced if offered else penalty.amount)
                    paid = penalty.paid_on if whole else None
                    assert paid is None or paid > laid or paid > penalty.notice_date + timedelta(days=14)

    @invariant()
    def no_case_is_closed_over_something_unfinished(self):
        assert not any(any(left) for left in self.closings)
        if self.case == CaseStatus.CLOSED:
            assert all(breach.decision is not None for breach in self.breaches)


EnforcementTrack.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestEnforcementTrack = EnforcementTrack.TestCase
