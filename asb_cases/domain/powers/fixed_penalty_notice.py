"""The fixed penalty notice for an alleged breach (2014 Act s.52)."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from asb_cases.domain.breaches import (
    PENALTY_ALREADY_GIVEN,
    PROCEEDINGS_STARTED,
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
from asb_cases.domain.powers.authority import check_issuer
from asb_cases.domain.powers.breach_of_notice import Grounds, check_breach_of_notice
from asb_cases.domain.powers.penalty import Penalty, pounds
from asb_cases.domain.powers.power import OffenceCode, Power
from asb_cases.domain.powers.recipient import Recipient, young
from asb_cases.domain.references import Prefix
from asb_cases.domain.requirements import Requirement
from asb_cases.domain.service import SECTION_55
from asb_cases.domain.workflow import Transition, from_each

GUARDS = "powers.fixed_penalty_notice."
CHECK_ENDING = "powers.authority.check_ending"
CHECK_PAYMENT = "powers.penalty.check_payment"

POWER = Power(
    code="FPN",
    title="Fixed penalty notice",
    short_title="FPN",
    document="A fixed penalty notice",
    authority="2014 Act s.52",
    letter="fixed_penalty_notice",
    prefix=Prefix.FIXED_PENALTY,
    recipient_kinds=frozenset(PersonKind),
    follows=("CPN",),
    services=SECTION_55,
    service_authority="2014 Act s.55",
    offences=(OffenceCode.CPN_BREACH, OffenceCode.PSPO_BREACH),
    needs_authorisation=True,
    given_status="issued",
    clocks=(("issue", "fpn_no_proceedings"), ("issue", "fpn_reduced_offer")),
    stops=tuple(
        (move, rule)
        for move in ("record_payment", "accept_late_payment", "cancel", "write_off")
        for rule in ("fpn_no_proceedings", "fpn_reduced_offer")
    ),
    open_statuses=frozenset({"draft", "authorised", "issued", "unpaid"}),
    outcomes=MappingProxyType({
        "paid": "paid",
        "unpaid": "unpaid",
        "cancelled": "cancelled",
        "withdrawn": "cancelled",
        "written_off": "written_off",
    }),
    status_titles=MappingProxyType({
        "draft": "Draft",
        "authorised": "Authorised",
        "issued": "Issued, may be paid",
        "paid": "Paid",
        "unpaid": "Unpaid",
        "written_off": "Written off",
        "cancelled": "Cancelled",
    }),
    transitions=(
        Transition(None, "draft", "draft", P.DRAFT, GUARDS + "check_penalty"),
        Transition("draft", "authorised", "authorise", P.AUTHORISE, GUARDS + "check_penalty"),
        Transition("draft", "authorised", "authorise_own", P.ISSUE, GUARDS + "check_penalty"),
        Transition("authorised", "draft", "send_back", P.DRAFT),
        Transition("authorised", "issued", "issue", P.ISSUE, GUARDS + "check_issue"),
        Transition("issued", "issued", "record_service", P.RECORD_SERVICE, "service.check_service"),
        Transition("issued", "paid", "record_payment", P.RECORD_PAYMENT, CHECK_PAYMENT),
        Transition("issued", "unpaid", "mark_unpaid", P.ASSESS_COMPLIANCE, GUARDS + "check_unpaid"),
        Transition("unpaid", "paid", "accept_late_payment", P.SETTLE_PENALTY, CHECK_PAYMENT),
        # Paid in time, heard of late: the post, or the bank, was slow.
        Transition("unpaid", "paid", "record_payment", P.RECORD_PAYMENT, CHECK_PAYMENT),
        # Or after the penalty was given up: once it was given, what is paid in time discharges all the same (s.52(2), (5)(b)).
        *(Transition(status, status, "record_payment", P.RECORD_PAYMENT, CHECK_PAYMENT)
          for status in ("cancelled", "written_off")),
        Transition("unpaid", "written_off", "write_off", P.SETTLE_PENALTY, CHECK_ENDING),
        *from_each(("draft", "authorised"), "cancelled", "drop", P.DRAFT, CHECK_ENDING),
        *from_each(("issued", "unpaid"), "cancelled", "cancel", P.SETTLE_PENALTY, CHECK_ENDING),
        # The payment was entered in error.
        Transition("paid", "issued", "payment_in_error", P.CORRECT_RECORDS),
    ),
)  # fmt: skip

NO_ALLEGED_BREACH = Refusal(
    "no_alleged_breach",
    "The penalty is for no alleged breach of a notice.",
    "2014 Act s.52(1)",
    "Record the alleged breach first, with its requirement, day and evidence.",
    field="breach",
)
BREACH_NOT_DECIDED = Refusal(
    "breach_not_decided_fpn",
    "The alleged breach has not been decided to be met with a fixed penalty.",
    "2014 Act s.52(1)",
    "Decide the alleged breach first: why there is reason to believe that it happened, and why a penalty is right.",
    field="breach",
)
GROUNDS = Grounds(BreachDecision.FPN, NO_ALLEGED_BREACH, BREACH_NOT_DECIDED)
NO_AMOUNT = Refusal(
    "no_amount",
    "The amount of the penalty is not given.",
    "2014 Act s.52(6)(c)",
    "Give the amount in pounds.",
    field="amount",
)
OVER_MAXIMUM = Refusal(
    "penalty_over_maximum",
    "£{amount} is more than £{maximum}, the maximum {day}.",
    "2014 Act s.52(7)",
    "Lower the amount: the maximum of the alleged day counts, not a later one.",
    field="amount",
)
MAXIMUM_NOT_KNOWN = Refusal(
    "penalty_maximum_not_known",
    "The maximum of a fixed penalty for this offence on {day} is not known here.",
    "2014 Act s.52(7); s.68 for another offence",
    "Have an administrator record the maximum with its source first, or have the offence dealt with another way.",
    field="amount",
)
OFFER_TOO_LONG = Refusal(
    "reduced_offer_too_long",
    "A reduced amount can’t be offered for {days} days: the period must be less than {below} days.",
    "2014 Act s.52(8)",
    "Offer it for {most} days at most.",
    field="reduced_within_days",
)
NOT_REDUCED = Refusal(
    "reduced_not_lower",
    "The reduced amount, £{reduced}, is not lower than the full one.",
    "2014 Act s.52(8)",
    "Lower it, or offer none.",
    field="reduced",
)
OFFER_INCOMPLETE = Refusal(
    "reduced_offer_incomplete",
    "A reduced offer needs both an amount and a number of days.",
    "2014 Act s.52(8)",
    "Give both, or neither.",
    field="reduced",
)
BEFORE_OFFENCE = Refusal(
    "penalty_before_offence",
    "The notice is dated {day}, before the alleged offence of {offence}.",
    "2014 Act s.52(1)",
    "Check both days.",
    field="issued_on",
)
DATED_BEFORE_SIGNED = Refusal(
    "penalty_dated_before_signed",
    "The notice is dated {day}, before it was signed on {signed}: the recipient would lose days of the 14.",
    "2014 Act s.52(5)",
    "Date it the day of signing or later; if it was signed by hand before today, give the time of signing.",
    field="dated_on",
)
DATED_IN_FUTURE = Refusal(
    "penalty_dated_in_future",
    "The date of the notice, {day}, has not come yet.",
    "2014 Act s.52(5)",
    "Issue it on the day that it bears.",
    field="dated_on",
)
TO_THE_UNNAMED = Refusal(
    "penalty_to_the_unnamed",
    "The recipient is not named: a penalty is offered to somebody there is reason to believe committed the offence.",
    "2014 Act s.52(1)",
    "Record first who the occupier or owner turned out to be, then give this one up and draft it to them.",
    field="subject",
)
GIVEN_TOO_LATE = Refusal(
    "penalty_given_too_late",
    "The notice is dated {dated}, and its last day to pay was {last}: given on {given}, it offers nothing.",
    "2014 Act s.52(2) and (5)",
    "Cancel it, and issue another for the alleged breach, dated the day on which it is given.",
    field="given_on",
)
GIVEN_LATE = Caution(
    "penalty_given_late",
    "The notice is dated {dated} and was given on {given}: its days to pay, until {last}, run from its date. Say how the "
    "recipient gets the days back, for instance by a longer time to pay.",
    field="given_on",
    authority="2014 Act s.52(5)",
)
NO_PARTICULARS = Refusal(
    "no_particulars",
    "The circumstances alleged to be the offence are not described.",
    "2014 Act s.52(6)(a)",
    "Say in reasonable detail what was done or left undone, where and when.",
    field="conduct",
)
NO_PAYEE = Refusal(
    "no_payee",
    "It is not said to whom, and at which address, the penalty is paid.",
    "2014 Act s.52(6)(d)",
    "Give the name and the address. Payment by post to that address is always possible (s.52(9)).",
    field="payee",
)
STILL_PAYABLE = Refusal(
    "still_payable",
    "The penalty may be paid until the end of {last}.",
    "2014 Act s.52(5)",
    "Mark it unpaid after that day.",
)
OUT_OF_TIME = Caution(
    "offence_out_of_time",
    "The last day to prosecute the alleged offence was {last}: the penalty can’t be followed by a prosecution.",
    field="offence_from",
    authority="Magistrates’ Courts Act 1980 s.127(1)",
)


@dataclass(frozen=True)
class PenaltyFacts:
    """A fixed penalty on its way, or an old register's row (`imported`: what is blank is 'not recorded').

    `maximum` is the cap of the day of the offence, else of the notice date; None where none is known for the offence.
    `offence_from` None: not recorded; the notice must then have stood on `notice_date`. `requirements` are those
    said not to have been complied with. `signed_on` is the day on which the issuer signed, where it is another than the
    date of the notice. Amounts are in pence.
    """

    recipient: Recipient
    notice: Notice | None
    notice_date: date
    maximum: int | None
    offence: str = OffenceCode.CPN_BREACH
    offence_from: date | None = None
    offence_to: date | None = None
    decision: BreachDecision | None = None
    breach_alleged: bool = False
    amount: int | None = None
    reduced: int | None = None
    reduced_within_days: int | None = None
    reduced_below_days: int = 14
    particulars: str | None = None
    payee: str | None = None
    penalty_already_given: bool = False
    proceedings_started: bool = False
    limit_last_day: date | None = None
    issuer_authorised: bool = False
    imported: bool = False
    requirements: tuple[Requirement, ...] = ()
    signed_on: date | None = None
    minimum_age: int | None = None

    @property
    def offence_days(self) -> tuple[date, date]:
        """First and last day of the offence, as far as recorded; else the date of the notice."""
        first = self.offence_from or self.offence_to or self.notice_date
        return first, self.offence_to or first


def check_penalty(facts: PenaltyFacts) -> Findings:
    """Whether the penalty may be drafted or authorised, or (imported) taken in from an old register."""
    bound = check_breach_of_notice(facts, GROUNDS) + gathered(
        [_over_maximum(facts), _before_offence(facts), *_offer(facts)]
    )
    if facts.imported:
        return Findings(bound.refusals)
    return bound + gathered([
        None if facts.amount is not None and facts.amount > 0 else NO_AMOUNT,
        MAXIMUM_NOT_KNOWN.of(day=in_words(facts.offence_days[0])) if facts.maximum is None else None,
        None if (facts.particulars or "").strip() else NO_PARTICULARS,
        None if (facts.payee or "").strip() else NO_PAYEE,
        PENALTY_ALREADY_GIVEN.at("breach") if facts.penalty_already_given else None,
        PROCEEDINGS_STARTED.at("breach") if facts.proceedings_started else None,
        _out_of_time(facts),
        since_quashed(facts.notice),
        came_back(facts.notice),
        given_under_age(facts.notice, facts.minimum_age),
        young(facts.recipient, facts.offence_days[0]),
    ])  # fmt: skip


def check_issue(facts: PenaltyFacts) -> Findings:
    """Whether the issuer may issue it: everything again, and authority under s.53 on the day of signing."""
    signed_on = facts.signed_on or facts.notice_date
    unnamed = gathered([TO_THE_UNNAMED if facts.recipient.kind in UNNAMED else None])
    issuer = check_issuer(POWER.document, authorised=facts.issuer_authorised, on=signed_on)
    return check_penalty(facts) + issuer + unnamed


def check_date(*, dated_on: date, signed_on: date, today: date) -> Findings:
    """Whether the notice may bear a date. Its 14 days run from it, so that it is never one before the signature."""
    day = in_words(dated_on)
    return gathered([
        DATED_BEFORE_SIGNED.of(day=day, signed=in_words(signed_on)) if dated_on < signed_on else None,
        DATED_IN_FUTURE.of(day=day) if dated_on > today else None,
    ])  # fmt: skip


def check_handed_over(penalty: Penalty, *, given_on: date, posted: bool = False) -> Findings:
    """Whether the notice may be given on a day for the first time. Of a posted one, that the post takes some of its days
    was said at the posting."""
    words = {name: in_words(day) for name, day in (
        ("dated", penalty.notice_date), ("given", given_on), ("last", penalty.last_day),
    )}  # fmt: skip
    if given_on > penalty.last_day:
        return gathered([GIVEN_TOO_LATE.of(**words)])
    return gathered([GIVEN_LATE.of(**words) if given_on > penalty.notice_date and not posted else None])


def check_unpaid(*, last_day: date, today: date) -> Findings:
    """Whether the penalty may be marked unpaid: once the 14 days are over."""
    return gathered([STILL_PAYABLE.of(last=in_words(last_day)) if today <= last_day else None])


def _over_maximum(facts: PenaltyFacts) -> Refusal | None:
    if facts.amount is None or facts.maximum is None or facts.amount <= facts.maximum:
        return None
    alleged = facts.offence_from or facts.offence_to
    day = f"for an offence alleged on {in_words(alleged)}" if alleged else f"on {in_words(facts.notice_date)}"
    return OVER_MAXIMUM.of(amount=pounds(facts.amount), maximum=pounds(facts.maximum), day=day)


def _before_offence(facts: PenaltyFacts) -> Refusal | None:
    first, last = facts.offence_days
    if facts.notice_date >= last:
        return None
    return BEFORE_OFFENCE.of(
        day=in_words(facts.notice_date), offence=in_words(last if facts.notice_date >= first else first)
    )


def _offer(facts: PenaltyFacts) -> list[Refusal | None]:
    if facts.reduced is None and facts.reduced_within_days is None:
        return []
    if not (facts.reduced and facts.reduced > 0 and facts.reduced_within_days and facts.reduced_within_days > 0):
        return [OFFER_INCOMPLETE]
    days, below = facts.reduced_within_days, facts.reduced_below_days
    not_lower = facts.amount is not None and facts.reduced >= facts.amount
    return [
        OFFER_TOO_LONG.of(days=days, below=below, most=below - 1) if days >= below else None,
        NOT_REDUCED.of(reduced=pounds(facts.reduced)) if not_lower else None,
    ]


def _out_of_time(facts: PenaltyFacts) -> Caution | None:
    if facts.limit_last_day is None or facts.notice_date <= facts.limit_last_day:
        return None
    return OUT_OF_TIME.of(last=in_words(facts.limit_last_day))
