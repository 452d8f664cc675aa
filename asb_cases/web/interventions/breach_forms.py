"""The questions of pages about alleged breaches."""

from collections.abc import Iterable

from asb_cases.domain.breaches import DECISION_TITLES, BreachDecision
from asb_cases.domain.measures import KINDS_OF, MEASURE_TITLES, MeasureKind
from asb_cases.queries.evidence import Record
from asb_cases.services.breaches import Picked
from asb_cases.web.filters import short_day
from asb_cases.web.forms import (
    CautiousForm,
    CheckboxesField,
    Choice,
    DateField,
    MoneyField,
    QueryForm,
    RadioField,
    TextAreaField,
)

KIND_WORDS = {"complaint": "Complaint", "contact_entry": "Contact", "note": "Note", "attachment": "File"}
ACCOUNT_HINT = (
    "Their account, and any excuse: to have taken all reasonable steps, or another reasonable excuse, is a defence "
    "(2014 Act s.48(3))."
)
MEASURE_HINTS = {
    BreachDecision.REMEDIAL_ACTION: (
        "The work and its place, who was asked for consent and what they said, what was done to reach the owner."
    ),
    BreachDecision.SEIZURE_WARRANT: "The court and the number of the warrant; what was seized, from whom, and where it is kept.",
}
#: What of a record's words is shown beside it.
SHOWN = 120

DECISION_HINTS: dict[BreachDecision, str] = {
    BreachDecision.NO_FURTHER_ACTION: "The six months to prosecute run on, unless legal decides this.",
    BreachDecision.WARN: "Tell the recipient in words or in writing. The notice stands.",
    BreachDecision.FPN: "A fixed penalty notice is drafted next. Paid in time, nobody can be convicted of this.",
    BreachDecision.PROSECUTE: "A file is prepared next, and reviewed by legal.",
    BreachDecision.REMEDIAL_ACTION: "Do the work that was not done: on land in the open air, or elsewhere with consent.",
    BreachDecision.SEIZURE_WARRANT: "For an item that was used: a justice of the peace is asked for a warrant.",
    BreachDecision.REVIEW_NOTICE: "Look at the notice again first: it may have to be varied.",
}


class BreachDaysForm(QueryForm):
    """On which days the requirement is said not to have been kept: asked first, since it decides which could be failed."""

    from_on = DateField(
        "On which day was the notice not complied with?",
        noun="First alleged day",
        required="Enter the day on which the notice was not complied with",
    )
    to_on = DateField(
        "Until which day did it go on?", noun="Last alleged day", hint="Only where it went on for more than a day."
    )


class AllegeForm(CautiousForm):
    """An alleged breach, once its days are known."""

    requirements = CheckboxesField("Which requirement was not complied with?", coerce=int)
    picked = CheckboxesField(
        "What in the case shows it?", small=True, hint="The latest complaints, contacts, notes and files of the case."
    )
    evidence = TextAreaField(
        "What else shows it?", hint="What was seen or heard, by whom, at what time, and where the evidence is kept."
    )
    account = TextAreaField(
        "What does the recipient say?",
        hint=ACCOUNT_HINT,
    )

    def offer(self, records: Iterable[Record]) -> None:
        """Let these records of the case be picked."""
        self.picked.choices = [Choice(f"{each.kind}-{each.id}", _title(each), _excerpt(each.text)) for each in records]

    def records_picked(self) -> list[Picked]:
        """Those that were."""
        pairs = (value.rsplit("-", 1) for value in self.picked.data or ())
        return [Picked(kind, int(number)) for kind, number in pairs]


class DecideForm(CautiousForm):
    """What is done about an alleged breach."""

    account = TextAreaField(
        "What does the recipient say?",
        hint=ACCOUNT_HINT,
    )
    decision = RadioField(
        "What is done about it?",
        choices=[(each.value, DECISION_TITLES[each], DECISION_HINTS[each]) for each in BreachDecision],
        coerce=BreachDecision,
        required="Choose what is done about it",
    )
    reason = TextAreaField(
        "Why?",
        hint="What you weighed: the evidence, the recipient’s account, any excuse, what is proportionate.",
        required="Enter the reasons for the decision",
    )

    def leave_out(self, decisions: Iterable[BreachDecision]) -> None:
        """Do not offer what the law does not allow."""
        out = {each.value for each in decisions}
        self.decision.choices = [choice for choice in self.decision.choices if choice.value not in out]


class MeasureForm(CautiousForm):
    """One thing done about an alleged breach beside a penalty and a prosecution."""

    kind = RadioField("What was done?", coerce=MeasureKind, required="Choose what was done")
    on = DateField("On which day?", noun="The day", required="Enter the day on which it was done")
    amount = MoneyField(
        "Amount", hint="The estimated cost, what the work cost, or what is asked for. Leave it blank for anything else."
    )
    text = TextAreaField("What exactly, and by whom?", hint="", rows=4, required="Say what was done, and by whom")

    def offer(self, decision: BreachDecision) -> None:
        """Let what belongs to a decision be chosen."""
        self.text.description = MEASURE_HINTS[decision]
        self.kind.choices = [Choice(each.value, MEASURE_TITLES[each]) for each in KINDS_OF[decision]]


def _title(record: Record) -> str:
    name = KIND_WORDS[record.kind] + (f" {record.reference}" if record.reference else "")
    return f"{name}, {short_day(record.on)}"


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
