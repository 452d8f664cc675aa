"""A fixed penalty as time passes: what is due on which day, what was paid in time (2014 Act s.52)."""

from dataclasses import dataclass
from datetime import date

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered

PAID_BEFORE_NOTICE = Refusal(
    "paid_before_notice",
    "The payment is dated {paid}, before the notice of {notice}.",
    "2014 Act s.52(2)",
    "Check both days, and that the payment belongs to this notice.",
    field="paid_on",
)
PAID_IN_FUTURE = Refusal(
    "paid_in_future",
    "The day of the payment, {paid}, has not come yet.",
    "2014 Act s.52(10)",
    "Record the payment once it is here. One sent by post counts from the day the letter would arrive.",
    field="paid_on",
)
LATE_NEEDS_REASON = Refusal(
    "late_payment_needs_decision",
    "The payment came on {paid}, after the last day, {last}: it discharges nothing by itself.",
    "2014 Act s.52(5)(b)",
    "Decide whether to accept it, and say why; or send it back and decide about a prosecution.",
    field="late_reason",
)
NOT_THE_AMOUNT_DUE = Refusal(
    "not_the_amount_due",
    "£{paid} was paid, and £{due} is due on that day.",
    "2014 Act s.52(7)-(8)",
    "Ask for the rest: the liability is discharged once the amount due is paid.",
    field="amount",
)
OVERPAID = Caution(
    "overpaid",
    "£{paid} was paid, and £{due} is due on that day: the difference is owed back.",
    field="amount",
)


def pounds(pence: int) -> str:
    """`100.00` for 10000."""
    return f"{pence // 100:,}.{pence % 100:02d}"


@dataclass(frozen=True)
class Penalty:
    """A fixed penalty given. `last_day` and `proceed_from` are what the clock `fpn_no_proceedings` gave; `reduced_until`
    the last day of the reduced offer. Amounts are in pence, None where an old register does not say."""

    notice_date: date
    last_day: date
    proceed_from: date
    amount: int | None = None
    reduced: int | None = None
    reduced_until: date | None = None
    paid_on: date | None = None
    paid_amount: int | None = None

    def amount_due(self, on: date) -> int | None:
        """What discharges the liability on a day."""
        offered = self.reduced is not None and self.reduced_until is not None and on <= self.reduced_until
        return self.reduced if offered else self.amount

    @property
    def paid_in_time(self) -> bool:
        """Whether the amount due was paid before the end of the 14 days: then nobody can be convicted (s.52(5)(b))."""
        if self.paid_on is None or self.paid_on > self.last_day:
            return False
        due = self.amount_due(self.paid_on)
        return self.paid_amount is None or due is None or self.paid_amount >= due


def check_payment(
    penalty: Penalty, *, paid_on: date, amount: int, today: date, late_reason: str | None = None
) -> Findings:
    """Whether a payment may be recorded as paying the penalty. A late one is a decision, with its reason."""
    paid = in_words(paid_on)
    late = paid_on > penalty.last_day and not (late_reason or "").strip()
    return gathered([
        PAID_BEFORE_NOTICE.of(paid=paid, notice=in_words(penalty.notice_date)) if paid_on < penalty.notice_date else None,
        PAID_IN_FUTURE.of(paid=paid) if paid_on > today else None,
        LATE_NEEDS_REASON.of(paid=paid, last=in_words(penalty.last_day)) if late else None,
        _against_due(amount, penalty.amount_due(paid_on)),
    ])  # fmt: skip


def _against_due(amount: int, due: int | None) -> Refusal | Caution | None:
    if due is None or amount == due:
        return None
    kind: Refusal | Caution = NOT_THE_AMOUNT_DUE if amount < due else OVERPAID
    return kind.of(paid=pounds(amount), due=pounds(due))
