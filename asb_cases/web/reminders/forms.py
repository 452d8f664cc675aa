"""Forms of one's own reminders, and of the plans that an administrator sets."""

from asb_cases.domain.reminders import Delivery
from asb_cases.web.forms import (
    DateField,
    Form,
    NumberField,
    RadioField,
    TextAreaField,
    TextField,
    TickField,
    VersionedForm,
)

DELIVERIES = [
    (Delivery.IMMEDIATE.value, "As they come", "In working hours, unless hours count"),
    (Delivery.DIGEST.value, "Once a day", "One e-mail in the morning"),
    (Delivery.PRODUCT_ONLY.value, "Not at all", "Only on these pages"),
]


class SnoozeForm(Form):
    """Until when to be left alone, and why."""

    until = DateField("Remind me again on", required="Enter the day to remind you again")
    reason = TextAreaField("Why it can wait", required="Say why it can wait", rows=3, max_length=500)


class DeliveryForm(Form):
    """How reminders come by e-mail."""

    delivery = RadioField(
        "E-mails about reminders",
        required="Choose how reminders are e-mailed",
        choices=DELIVERIES,
        coerce=Delivery,
        hint="Reminders of statutory time limits are always e-mailed.",
    )


class PlanForm(VersionedForm):
    """When clocks of one kind are told of."""

    days_before = TextField(
        "Days before the last day", hint="With commas, for example 60, 30, 14, 7. Leave it empty for none.", width=20
    )
    on_the_day = TickField("On the last day")
    after = TickField("Once the last day is over")
    manager_from = NumberField(
        "Tell the manager too from", least=0, most=400, suffix="days before", hint="Leave it empty for never."
    )
    escalate_after = NumberField(
        "Tell the manager if it is still open after",
        least=0,
        most=60,
        suffix="working days",
        hint="Counted from the last day. Leave it empty for never.",
    )
    legal = TickField("Tell legal as well")
