"""The questions of pages about fixed penalties."""

from asb_cases.services.fixed_penalties import Terms
from asb_cases.web.forms import (
    CautiousForm,
    DateField,
    MoneyField,
    NumberField,
    SelectField,
    TextAreaField,
    TextField,
    VersionedForm,
)

WAYS = ("By post", "Card, by telephone", "Card, online", "Bank transfer", "Cash or card at the counter", "Another way")


class TermsForm(VersionedForm):
    """What a fixed penalty notice says."""

    conduct = TextAreaField(
        "What is alleged to be the offence?",
        hint="In reasonable detail: what was done or left undone, where, on which day, at what time. Complete it.",
        required="Say what is alleged to be the offence",
        rows=6,
    )
    amount = MoneyField("How much is the penalty?", required="Enter the amount of the penalty")
    reduced = MoneyField("Reduced amount", hint="Leave it blank to offer none.")
    reduced_within_days = NumberField(
        "Days within which the reduced amount may be paid", least=1, most=99, width=3, suffix="days",
        hint="Counted from the day after the date of the notice.",
    )  # fmt: skip
    payee = TextAreaField(
        "To whom is it paid, and at which address?",
        rows=3,
        hint="Payment by post to this address is always possible (2014 Act s.52(9)).",
        required="Enter the name and address to which the penalty is paid",
    )
    other_ways_to_pay = TextAreaField(
        "How else may it be paid?", rows=3, hint="For example by card, online, at the counter."
    )

    def terms(self) -> Terms:
        """What was answered."""
        return Terms(
            particulars=self.conduct.data,
            payee=self.payee.data,
            amount_pence=self.amount.data,
            reduced_pence=self.reduced.data,
            reduced_within_days=self.reduced_within_days.data,
            other_ways_to_pay=self.other_ways_to_pay.data,
        )


class PaymentForm(CautiousForm):
    """Money that came in."""

    paid_on = DateField(
        "On which day was it paid?",
        noun="Day of the payment",
        hint="Money sent by post is paid on the day the letter would arrive (2014 Act s.52(10)).",
        required="Enter the day of the payment",
    )
    amount = MoneyField("How much?", required="Enter the amount that was paid")
    method = SelectField("How was it paid?", blank="Choose one", choices=[(way, way) for way in WAYS])
    reference = TextField("Reference of the payment", width=20, max_length=60)
    late_reason = TextAreaField(
        "If it came after the last day: why is it accepted?",
        hint="Money that came late discharges nothing by itself.",
        rows=3,
    )
