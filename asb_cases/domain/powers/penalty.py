"""A fixed penalty as time passes: what is due on which day, what was paid in time (2014 Act s.52)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    "Decide whether to accept it, as the whole or a part of the penalty, and say why; or send it back and decide about "
    "a prosecution.",
    field="late_reason",
)
LATE_IS_SOMEBODY_ELSES = Refusal(
    "late_payment_needs_manager",
    "The money came after the last day, {last}: whether to accept it is for a manager to decide.",
    "2014 Act s.52(5)(b)",
    "Ask a manager to record it, with the reason for which it is accepted.",
    field="paid_on",
)
OVERPAID = Caution(
    "overpaid",
    "£{paid} was paid in all, and £{due} is due on that day: the difference is owed back.",
    field="amount",
)


def pounds(pence: int) -> str:
    """`100.00` for 10000."""
    return f"{pence // 100:,}.{pence % 100:02d}"


@dataclass(frozen=True)
class Received:
    """Money that came in, all of a penalty or a part of it: on which day, how many pence. None where an old register does
    not say."""

    paid_on: date | None
    amount: int | None


@dataclass(frozen=True)
class Penalty:
    """A fixed penalty given. `last_day` and `proceed_from` are what the clock `fpn_no_proceedings` gave; `reduced_until`
    the last day of the reduced offer. `paid_on` is the day on which the amount due had come in, or of the latest part
    where it has not, and `paid_amount` all that had come by then. Amounts are in pence, None where an old register does
    not say."""

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
    def paid_in_full(self) -> bool:
        """Whether the amount due on the day had come in by then."""
        if self.paid_on is None:
            return False
        due = self.amount_due(self.paid_on)
        return self.paid_amount is None or due is None or self.paid_amount >= due

    @property
    def paid_in_time(self) -> bool:
        """Whether the amount due was paid before the end of the 14 days: then nobody can be convicted (s.52(5)(b))."""
        return self.paid_in_full and self.paid_on is not None and self.paid_on <= self.last_day

    def with_money(self, received: Iterable[Received]) -> "Penalty":
        """This penalty with all the money that came in, whatever the order in which it was heard of. What has no day counts
        for nothing."""
        found, total = self, 0
        for day, amount in sorted(((each.paid_on, each.amount) for each in received if each.paid_on), key=_by_day):
            total += amount or 0
            found = replace(self, paid_on=day, paid_amount=None if amount is None else total)
            if found.paid_in_full:
                break
        return found


def check_payment(
    penalty: Penalty,
    *,
    paid_on: date,
    amount: int,
    today: date,
    late_reason: str | None = None,
    received: Iterable[Received] = (),
) -> Findings:
    """Whether a payment may be recorded: all of the penalty, or a part, beside what was `received` before. A late one is a
    decision, with its reason."""
    paid = in_words(paid_on)
    money = [*received, Received(paid_on, amount)]
    late = paid_on > penalty.last_day and not (late_reason or "").strip()
    return gathered([
        PAID_BEFORE_NOTICE.of(paid=paid, notice=in_words(penalty.notice_date)) if paid_on < penalty.notice_date else None,
        PAID_IN_FUTURE.of(paid=paid) if paid_on > today else None,
        LATE_NEEDS_REASON.of(paid=paid, last=in_words(penalty.last_day)) if late else None,
        _over(penalty.with_money(money), sum(each.amount or 0 for each in money)),
    ])  # fmt: skip


def _over(after: Penalty, total: int) -> Caution | None:
    due = after.amount_due(after.paid_on) if after.paid_on else None
    if due is None or total <= due:
        return None
    return OVERPAID.of(paid=pounds(total), due=pounds(due))


def _by_day(day_and_amount: tuple[date, int | None]) -> date:
    return day_and_amount[0]
