"""Prosecution of an alleged breach (2014 Act s.48): when it is barred, and who must have signed."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from asb_cases.domain.breaches import (
    BreachDecision,
    Notice,
    came_back,
    given_under_age,
    since_quashed,
)
from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Permission as P
from asb_cases.domain.powers.breach_of_notice import Grounds, check_breach_of_notice
from asb_cases.domain.powers.penalty import Penalty, pounds
from asb_cases.domain.powers.power import OffenceCode, Power
from asb_cases.domain.powers.recipient import Recipient, young
from asb_cases.domain.references import Prefix
from asb_cases.domain.requirements import Requirement
from asb_cases.domain.workflow import Transition, from_each

GUARDS = "powers.prosecution."
CHECK_ENDING = "powers.authority.check_ending"

RESULTS = ("convicted", "acquitted", "discontinued", "dismissed")

POWER = Power(
    code="PROSECUTION",
    title="Prosecution",
    short_title="Prosecution",
    document="A prosecution",
    authority="2014 Act s.48",
    letter="prosecution",
    prefix=Prefix.PROSECUTION,
    recipient_kinds=frozenset(PersonKind),
    follows=("CPN", "FPN"),
    offences=(OffenceCode.CPN_BREACH, OffenceCode.PSPO_BREACH),
    given_status="laid",
    stops=(("lay", "prosecution_limit"),),
    open_statuses=frozenset({"draft", "legal_review", "authorised", "laid"}),
    # Registers write "withdrawn" for a summons that was.
    outcomes=MappingProxyType({result: result for result in RESULTS} | {"withdrawn": "discontinued"}),
    status_titles=MappingProxyType({
        "draft": "File in preparation",
        "legal_review": "With legal",
        "authorised": "Authorised",
        "laid": "Laid, before the court",
        "convicted": "Convicted",
        "acquitted": "Acquitted",
        "discontinued": "Discontinued",
        "dismissed": "Dismissed",
        "abandoned": "Abandoned before laying",
    }),
    transitions=(
        Transition(None, "draft", "draft", P.PREPARE_PROSECUTION, GUARDS + "check_prepare"),
        Transition("draft", "legal_review", "submit", P.PREPARE_PROSECUTION, GUARDS + "check_prepare"),
        Transition("legal_review", "draft", "send_back", P.REVIEW_PROSECUTION),
        Transition("legal_review", "authorised", "authorise", P.REVIEW_PROSECUTION, GUARDS + "check_authorise"),
        Transition("authorised", "legal_review", "send_back", P.REVIEW_PROSECUTION),
        Transition("authorised", "laid", "lay", P.LAY_PROSECUTION, GUARDS + "check_lay"),
        *(Transition("laid", result, f"record_{result}", P.RECORD_COURT_OUTCOME, GUARDS + "check_result")
          for result in RESULTS),
        *from_each(("draft", "legal_review", "authorised"), "abandoned", "abandon", P.REVIEW_PROSECUTION, CHECK_ENDING),
        *from_each(RESULTS, "laid", "result_in_error", P.CORRECT_RECORDS),
    ),
)  # fmt: skip

WITHIN_14_DAYS = Refusal(
    "proceedings_within_14_days",
    "A fixed penalty notice of {notice} may still be paid: no proceedings before {proceed}.",
    "2014 Act s.52(5)(a)",
    "Lay it from {proceed}, if the penalty is not paid by {last}.",
    field="laid_on",
)
PAID_IN_TIME = Refusal(
    "penalty_paid_in_time",
    "The fixed penalty was paid in time, on {paid}: nobody can be convicted of the alleged offence any more.",
    "2014 Act s.52(5)(b)",
    "Record any later alleged breach as a new one.",
)
OUT_OF_TIME = Refusal(
    "prosecution_out_of_time",
    "The last day to lay an information for an offence alleged on {offence} was {last}.",
    "Magistrates’ Courts Act 1980 s.127(1)",
    "It can’t be prosecuted any more. Another alleged breach has its own six months; for a failure that went on, legal may "
    "rely on a later alleged day, with reasons.",
    field="laid_on",
)
CONTINUING_NEEDS_LEGAL = Refusal(
    "continuing_failure_needs_legal",
    "Only a later alleged day is in time. Relying on it, as a failure that went on, is for legal to decide, with reasons.",
    "Magistrates’ Courts Act 1980 s.127(1)",
    "Ask legal to lay it and to say why the failure is one that went on.",
    field="continuing_failure_reason",
)
BEFORE_OFFENCE = Refusal(
    "laid_before_offence",
    "It can’t have been laid on {laid}, before the alleged offence of {offence}.",
    "2014 Act s.48(1)",
    "Check both days.",
    field="laid_on",
)
LAID_IN_FUTURE = Refusal(
    "laid_in_future",
    "The day of laying, {laid}, has not come yet.",
    "Magistrates’ Courts Act 1980 s.127(1)",
    "Record it once it is laid.",
    field="laid_on",
)
NO_ALLEGED_BREACH = Refusal(
    "no_alleged_breach",
    "The prosecution is for no alleged breach of a notice.",
    "2014 Act s.48(1)",
    "Record the alleged breach first, with its requirement, day and evidence.",
    field="breach",
)
BREACH_NOT_DECIDED = Refusal(
    "breach_not_decided_prosecute",
    "The alleged breach has not been decided to be prosecuted.",
    "2014 Act s.48(1)",
    "Decide the alleged breach first, with reasons.",
    field="breach",
)
GROUNDS = Grounds(BreachDecision.PROSECUTE, NO_ALLEGED_BREACH, BREACH_NOT_DECIDED)
NO_EVIDENTIAL_NOTE = Refusal(
    "no_evidential_test",
    "Legal’s view of the evidence is not recorded.",
    "Code for Crown Prosecutors: evidential stage",
    "Say why there is a realistic prospect of conviction, reasonable excuse included.",
    field="evidential_note",
)
NO_PUBLIC_INTEREST_NOTE = Refusal(
    "no_public_interest_test",
    "Legal’s view of the public interest is not recorded.",
    "Code for Crown Prosecutors: public interest stage",
    "Say why a prosecution is required in the public interest.",
    field="public_interest_note",
)
NO_AUTHORITY_REFERENCE = Refusal(
    "no_authority_reference",
    "The authority to prosecute is not named.",
    "Council’s scheme of delegation",
    "Give the reference of the delegation or decision.",
    field="authority_reference",
)
RESULT_BEFORE_LAYING = Refusal(
    "result_before_laying",
    "The court can’t have decided on {decided}, before it was laid on {laid}.",
    "2014 Act s.48(1)",
    "Check both days.",
    field="decided_on",
)
RESULT_IN_FUTURE = Refusal(
    "result_in_future",
    "The day of the court’s decision, {decided}, has not come yet.",
    "2014 Act s.48(1)",
    "Record the result once the court has decided.",
    field="decided_on",
)
NEEDS_CONVICTION = Refusal(
    "needs_conviction",
    "A fine, a surcharge, compensation, a remedial order or forfeiture comes with a conviction alone.",
    "2014 Act ss.48(2), 49 and 50",
    "Record the conviction, or leave those blank.",
    field="result",
)
OF_THE_UNNAMED = Refusal(
    "prosecution_of_the_unnamed",
    "The defendant is not named: an information is laid against a person or body.",
    "2014 Act s.48(1)",
    "Record first who the occupier or owner turned out to be, then abandon this file and prepare one against them.",
    field="subject",
)
FINE_OVER_MAXIMUM = Refusal(
    "fine_over_maximum",
    "A fine of £{fine} is more than £{maximum}, the most for an individual.",
    "2014 Act s.48(2)(a)",
    "Check the sum: costs, the surcharge and compensation have places of their own, and a fine for another offence is not of "
    "this one. A body may be fined without limit.",
    field="fine",
)
DISMISSED_BEFORE = Caution(
    "dismissed_before",
    "A prosecution of this alleged breach was dismissed before. If the court had heard evidence that was an acquittal, and "
    "nobody is tried again for it. Say why another may be brought.",
    authority="Autrefois acquit",
)
PENALTY_NEVER_GIVEN = Caution(
    "penalty_never_given",
    "It is not recorded that the fixed penalty notice for this was ever given to the recipient, who could not have paid it. Say "
    "why a prosecution is right.",
    authority="2014 Act s.52(2)",
)
PAID_LATE = Caution(
    "penalty_paid_late",
    "The fixed penalty was paid, though late, on {paid}. Say why a prosecution is still right.",
)

PART_PAID = Caution(
    "penalty_part_paid",
    "£{paid} of the fixed penalty was paid, the last of it on {day}. Say what becomes of that money and why a prosecution "
    "is right.",
)


@dataclass(frozen=True)
class ProsecutionFacts:
    """A prosecution on its way, or an old register's row (`imported`: what is blank is 'not recorded').

    `limit_first` and `limit_last` are the last days of the six months for the first and the last alleged day; None where
    the days are not recorded. `on` is the day of the step; for laying, the day laid. `requirements` are those said not to
    have been complied with.
    """

    recipient: Recipient
    notice: Notice | None
    on: date
    today: date
    offence: str = OffenceCode.CPN_BREACH
    offence_from: date | None = None
    offence_to: date | None = None
    limit_first: date | None = None
    limit_last: date | None = None
    penalty: Penalty | None = None
    breach_alleged: bool = False
    decision: BreachDecision | None = None
    evidential_note: str | None = None
    public_interest_note: str | None = None
    authority_reference: str | None = None
    continuing_failure_reason: str | None = None
    by_legal: bool = False
    imported: bool = False
    requirements: tuple[Requirement, ...] = ()
    penalty_never_given: bool = False
    dismissed_before: bool = False
    minimum_age: int | None = None

    @property
    def offence_days(self) -> tuple[date, date]:
        """First and last day of the offence, as far as recorded; else the day of the step."""
        first = self.offence_from or self.offence_to or self.on
        return first, self.offence_to or first


def check_prepare(facts: ProsecutionFacts) -> Findings:
    """Whether a file may be prepared and submitted: there is a breach to prosecute, and it was not paid for in time."""
    return check_breach_of_notice(facts, GROUNDS) + gathered([
        *_penalty_paid(facts),
        since_quashed(facts.notice),
        came_back(facts.notice),
        given_under_age(facts.notice, facts.minimum_age),
        young(facts.recipient, facts.offence_days[0]),
        PENALTY_NEVER_GIVEN if facts.penalty_never_given else None,
        DISMISSED_BEFORE if facts.dismissed_before else None,
    ])  # fmt: skip


def check_authorise(facts: ProsecutionFacts) -> Findings:
    """Whether legal may authorise it: both stages of the Code, and the authority."""
    return check_prepare(facts) + _signed_off(facts)


def check_lay(facts: ProsecutionFacts) -> Findings:
    """Whether it may be laid on the day, or (imported) have been laid: not within the 14 days, not after payment in time,
    within six months of the alleged day."""
    barred = gathered([
        _within_14_days(facts),
        *_penalty_paid(facts),
        _out_of_time(facts),
        _before_offence(facts),
        LAID_IN_FUTURE.of(laid=in_words(facts.on)) if facts.on > facts.today else None,
    ])  # fmt: skip
    if facts.imported:
        return Findings((check_breach_of_notice(facts, GROUNDS) + barred).refusals)
    unnamed = gathered([
        OF_THE_UNNAMED if facts.recipient.kind in UNNAMED else None,
        PENALTY_NEVER_GIVEN if facts.penalty_never_given else None,
    ])  # fmt: skip
    return check_breach_of_notice(facts, GROUNDS) + barred + _signed_off(facts) + unnamed


def check_result(
    *,
    laid_on: date,
    decided_on: date,
    today: date,
    result: str = "convicted",
    on_conviction: bool = False,
    fine: int | None = None,
    maximum: int | None = None,
) -> Findings:
    """Whether the court's result may be recorded as of a day. `on_conviction`: whether it holds what only a conviction
    brings. `maximum`: the highest fine, in pence; None where there is none, as for a body."""
    over = fine is not None and maximum is not None and fine > maximum
    decided = in_words(decided_on)
    return gathered([
        FINE_OVER_MAXIMUM.of(fine=pounds(fine or 0), maximum=pounds(maximum or 0)) if over else None,
        NEEDS_CONVICTION if on_conviction and result != "convicted" else None,
        RESULT_BEFORE_LAYING.of(decided=decided, laid=in_words(laid_on)) if decided_on < laid_on else None,
        RESULT_IN_FUTURE.of(decided=decided) if decided_on > today else None,
    ])  # fmt: skip


def _within_14_days(facts: ProsecutionFacts) -> Refusal | None:
    penalty = facts.penalty
    if penalty is None or facts.on >= penalty.proceed_from:
        return None
    return WITHIN_14_DAYS.of(
        notice=in_words(penalty.notice_date), proceed=in_words(penalty.proceed_from), last=in_words(penalty.last_day)
    )


def _penalty_paid(facts: ProsecutionFacts) -> list[Refusal | Caution | None]:
    penalty = facts.penalty
    if penalty is None or penalty.paid_on is None:
        return []
    if not penalty.paid_in_full:
        return [PART_PAID.of(paid=pounds(penalty.paid_amount or 0), day=in_words(penalty.paid_on))]
    kind: Refusal | Caution = PAID_IN_TIME if penalty.paid_in_time else PAID_LATE
    return [kind.of(paid=in_words(penalty.paid_on))]


def _out_of_time(facts: ProsecutionFacts) -> Refusal | None:
    """The six months run for each alleged day: the first counts, unless legal relies on a later one with reasons."""
    if facts.limit_first is None or facts.on <= facts.limit_first:
        return None
    if facts.limit_last is None or facts.on > facts.limit_last:
        last_offence = in_words(facts.offence_days[1])
        return OUT_OF_TIME.of(offence=last_offence, last=in_words(facts.limit_last or facts.limit_first))
    relied_on = facts.by_legal and bool((facts.continuing_failure_reason or "").strip())
    return None if relied_on or facts.imported else CONTINUING_NEEDS_LEGAL


def _before_offence(facts: ProsecutionFacts) -> Refusal | None:
    offence = facts.offence_days[1]
    return BEFORE_OFFENCE.of(laid=in_words(facts.on), offence=in_words(offence)) if facts.on < offence else None


def _signed_off(facts: ProsecutionFacts) -> Findings:
    return gathered([
        None if (facts.evidential_note or "").strip() else NO_EVIDENTIAL_NOTE,
        None if (facts.public_interest_note or "").strip() else NO_PUBLIC_INTEREST_NOTE,
        None if (facts.authority_reference or "").strip() else NO_AUTHORITY_REFERENCE,
    ])  # fmt: skip
