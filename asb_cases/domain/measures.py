"""What follows an alleged breach beside a penalty and a prosecution: work done in default (2014 Act s.47), and an item seized
under a warrant (s.51). One entry for each thing done, in the order in which the sections ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from asb_cases.domain.appeals import Appeal
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.powers.penalty import pounds
from asb_cases.domain.record_keeping import day_has_come, days_in_order, words_given


class MeasureKind(StrEnum):
    """One thing done."""

    WORK_NOTICE = "work_notice"
    RECIPIENT_CONSENTED = "recipient_consented"
    OWNER_CONSENTED = "owner_consented"
    OWNER_NOT_REACHED = "owner_not_reached"
    RECIPIENT_IS_OWNER = "recipient_is_owner"
    CONSENT_REFUSED = "consent_refused"
    WORK_OPEN_AIR = "work_open_air"
    WORK_ELSEWHERE = "work_elsewhere"
    COST_NOTICE = "cost_notice"
    COST_APPEAL = "cost_appeal"
    WARRANT_APPLIED = "warrant_applied"
    WARRANT_REFUSED = "warrant_refused"
    WARRANT_ISSUED = "warrant_issued"
    ITEM_SEIZED = "item_seized"
    ITEM_RETURNED = "item_returned"
    ITEM_FORFEITED = "item_forfeited"


K = MeasureKind

MEASURE_TITLES: dict[MeasureKind, str] = {
    K.WORK_NOTICE: "Notice of the intended work given, with its estimated cost",
    K.RECIPIENT_CONSENTED: "The recipient of the notice consented to the work",
    K.OWNER_CONSENTED: "The owner of the premises consented to the work",
    K.OWNER_NOT_REACHED: "The owner could not be reached, despite reasonable efforts",
    K.RECIPIENT_IS_OWNER: "The recipient owns the premises: no other owner is asked",
    K.CONSENT_REFUSED: "Consent to the work was refused",
    K.WORK_OPEN_AIR: "Work done on land that is open to the air",
    K.WORK_ELSEWHERE: "Work done elsewhere, with consent",
    K.COST_NOTICE: "Notice of the cost given to the recipient",
    K.COST_APPEAL: "Appeal lodged against the amount",
    K.WARRANT_APPLIED: "Warrant applied for",
    K.WARRANT_REFUSED: "Warrant refused",
    K.WARRANT_ISSUED: "Warrant issued by a justice of the peace",
    K.ITEM_SEIZED: "Item seized under the warrant",
    K.ITEM_RETURNED: "Item returned",
    K.ITEM_FORFEITED: "Item forfeited by order of the court, on conviction",
}

#: What may be recorded after which decision.
KINDS_OF: Mapping[BreachDecision, tuple[MeasureKind, ...]] = MappingProxyType({
    BreachDecision.REMEDIAL_ACTION: tuple(K)[: tuple(K).index(K.WARRANT_APPLIED)],
    BreachDecision.SEIZURE_WARRANT: tuple(K)[tuple(K).index(K.WARRANT_APPLIED) :],
})  # fmt: skip

WORK = (K.WORK_OPEN_AIR, K.WORK_ELSEWHERE)
#: Those that name an amount: an estimate, what the work cost, what is asked.
WITH_AMOUNT = frozenset({K.WORK_NOTICE, *WORK, K.COST_NOTICE})
OWNER_SETTLED = frozenset({K.OWNER_CONSENTED, K.OWNER_NOT_REACHED, K.RECIPIENT_IS_OWNER})

#: The clock that each starts from its day, and those that it ends.
STARTS: Mapping[MeasureKind, str] = MappingProxyType({
    K.COST_NOTICE: "remedial_cost_appeal",
    K.WARRANT_ISSUED: "seizure_warrant",
    K.ITEM_SEIZED: "seizure_retention",
})  # fmt: skip
ENDS: Mapping[MeasureKind, str] = MappingProxyType({
    K.COST_APPEAL: "remedial_cost_appeal",
    K.ITEM_SEIZED: "seizure_warrant",
    K.ITEM_RETURNED: "seizure_retention",
    K.ITEM_FORFEITED: "seizure_retention",
})  # fmt: skip

NOT_DECIDED = Refusal(
    "measure_not_decided",
    "It has not been decided to do this about the alleged breach.",
    "2014 Act ss.47 and 51",
    "Decide the alleged breach first, with reasons.",
    field="kind",
)
NO_AMOUNT = Refusal(
    "measure_no_amount",
    "The amount is not given.",
    "2014 Act s.47(3) and (6)",
    "Give the estimated cost with a notice of intended work, what the work cost, or the amount asked for.",
    field="amount",
)
NO_WORK_NOTICE = Refusal(
    "no_work_notice",
    "No notice of the intended work, with its estimated cost and asking for consent, was given by {day}.",
    "2014 Act s.47(3)",
    "Give the recipient that notice first. On land that is open to the air none is needed.",
    field="kind",
)
NO_CONSENT = Refusal(
    "no_consent_to_work",
    "The recipient’s consent to the work is not recorded by {day}.",
    "2014 Act s.47(3) and (4)(a)",
    "Ask for it. Without it the work can be done on land open to the air alone; on conviction a court may order it (s.49).",
    field="kind",
)
NO_OWNER = Refusal(
    "no_owner_consent_to_work",
    "It is not recorded that the owner of the premises consented by {day}, or could not be reached.",
    "2014 Act s.47(4)(b)",
    "Record the owner’s consent, what was done to reach them, or that the recipient owns the premises.",
    field="kind",
)
NO_WORK = Refusal(
    "no_work_done",
    "No work is recorded as done by {day}: there is no cost to ask for.",
    "2014 Act s.47(6)",
    "Record the work first, with what it cost.",
    field="kind",
)
OVER_COST = Refusal(
    "cost_notice_over_cost",
    "£{amount} is more than the work cost and was not asked for yet: £{left}.",
    "2014 Act s.47(6)",
    "Ask for no more than the work cost.",
    field="amount",
)
NO_COST_NOTICE = Refusal(
    "no_cost_notice",
    "No notice of the cost was given by {day}.",
    "2014 Act s.47(7)",
    "Record the notice of the cost first.",
    field="kind",
)
NO_WARRANT = Refusal(
    "no_warrant",
    "No warrant was issued by {day}.",
    "2014 Act s.51(1)",
    "Record first that a justice of the peace issued one, on information on oath.",
    field="kind",
)
WARRANT_OVER = Refusal(
    "warrant_over",
    "The warrant could be executed until {last}; {day} is too late.",
    "2014 Act s.51",
    "Check both days; apply for another warrant.",
    field="on",
)
NOTHING_SEIZED = Refusal(
    "nothing_seized",
    "Nothing is recorded as seized by {day}.",
    "2014 Act s.51",
    "Record first what was seized.",
    field="kind",
)
APPEAL_PENDING = Caution(
    "work_during_appeal",
    "An appeal against the notice was in progress on {day}: what it requires to be done has no effect for that time. Say why "
    "the work is done all the same.",
    field="on",
    authority="2014 Act s.46(3)",
)


@dataclass(frozen=True)
class Measure:
    """One that was recorded."""

    kind: MeasureKind
    on: date
    amount: int | None = None


@dataclass(frozen=True)
class MeasureFacts:
    """One being recorded, beside the `earlier` ones that stand. `failed_on` is the first alleged day; `warrant_until` the last
    day of the latest warrant. Amounts are in pence."""

    kind: MeasureKind
    on: date
    today: date
    text: str | None
    failed_on: date
    decision: BreachDecision | None
    amount: int | None = None
    earlier: tuple[Measure, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    warrant_until: date | None = None

    def known(self, *kinds: MeasureKind) -> list[Measure]:
        """Those of these kinds that were recorded of a day up to this one."""
        return [each for each in self.earlier if each.kind in kinds and each.on <= self.on]


def may_begin(decision: BreachDecision | None, wanted: BreachDecision, earlier: Sequence[Measure]) -> bool:
    """Whether anything of the sort may be recorded: it was decided, now or before something of it was done."""
    return decision is wanted or any(each.kind in KINDS_OF[wanted] for each in earlier)


def check_measure(facts: MeasureFacts) -> Findings:
    """Whether it may be recorded."""
    wanted = next(decision for decision, kinds in KINDS_OF.items() if facts.kind in kinds)
    amount_missing = facts.kind in WITH_AMOUNT and not (facts.amount and facts.amount > 0)
    return gathered([
        None if may_begin(facts.decision, wanted, facts.earlier) else NOT_DECIDED,
        words_given("What was done", facts.text, "text"),
        day_has_come("The day", facts.on, facts.today, "on"),
        days_in_order(("the alleged breach", facts.failed_on), ("This", facts.on), "on"),
        NO_AMOUNT if amount_missing else None,
        *_in_order(facts),
    ])  # fmt: skip


def _in_order(facts: MeasureFacts) -> list[Refusal | Caution | None]:
    day = in_words(facts.on)
    found: list[Refusal | Caution | None] = []
    if facts.kind is K.WORK_ELSEWHERE:
        found += [
            None if facts.known(K.WORK_NOTICE) else NO_WORK_NOTICE.of(day=day),
            None if facts.known(K.RECIPIENT_CONSENTED) else NO_CONSENT.of(day=day),
            None if facts.known(*OWNER_SETTLED) else NO_OWNER.of(day=day),
        ]
    if facts.kind in WORK and any(appeal.in_progress(facts.on) for appeal in facts.appeals):
        found.append(APPEAL_PENDING.of(day=day))
    if facts.kind is K.COST_NOTICE:
        found.append(_cost(facts, day))
    if facts.kind is K.COST_APPEAL:
        found.append(None if facts.known(K.COST_NOTICE) else NO_COST_NOTICE.of(day=day))
    if facts.kind is K.ITEM_SEIZED:
        late = facts.warrant_until is not None and facts.on > facts.warrant_until
        found.append(None if facts.known(K.WARRANT_ISSUED) else NO_WARRANT.of(day=day))
        found.append(
            WARRANT_OVER.of(last=in_words(facts.warrant_until), day=day) if late and facts.warrant_until else None
        )
    if facts.kind in (K.ITEM_RETURNED, K.ITEM_FORFEITED):
        found.append(None if facts.known(K.ITEM_SEIZED) else NOTHING_SEIZED.of(day=day))
    return found


def _cost(facts: MeasureFacts, day: str) -> Refusal | None:
    work = facts.known(*WORK)
    if not work:
        return NO_WORK.of(day=day)
    asked = sum(each.amount or 0 for each in facts.earlier if each.kind is K.COST_NOTICE)
    left = sum(each.amount or 0 for each in work) - asked
    over = facts.amount is not None and facts.amount > left
    return OVER_COST.of(amount=pounds(facts.amount or 0), left=pounds(max(left, 0))) if over else None
