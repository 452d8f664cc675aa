"""A row of a council's own register of warnings, notices, fixed penalties and prosecutions: columns and cells."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from asb_cases.domain.imports.cells import RECORDS_BEGIN, Cells
from asb_cases.domain.imports.columns import Format
from asb_cases.domain.imports.problems import Problem, of_refusal
from asb_cases.domain.imports.setting import Setting, read_categories
from asb_cases.domain.imports.subjects import Subject, subject_of
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, identity_key
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.power import OffenceCode, Power
from asb_cases.domain.requirements import Requirement, parse_requirements
from asb_cases.domain.service import ServiceMethod

FORMAT = Format(
    name="register",
    needed=("reference", "subject_name", "power", "issued_on"),
    optional=(
        "case_reference",
        "case_opened_on",
        "category",
        "ward",
        "subject_kind",
        "subject_born_on",
        "subject_address",
        "offence",
        "served_on",
        "service_method",
        "issued_by",
        "offence_from",
        "offence_to",
        "conduct",
        "requirements",
        "comply_by",
        "ends_on",
        "follows",
        "outcome",
        "outcome_on",
        "amount",
        "paid_on",
        "incomplete",
        "officer_email",
    ),
)
#: What a register may write as an outcome. Which of them a power knows stands in the power's own entry.
OUTCOMES = (
    "complied",
    "withdrawn",
    "appeal_dismissed",
    "appeal_modified",
    "appeal_quashed",
    "paid",
    "unpaid",
    "cancelled",
    "convicted",
    "acquitted",
    "discontinued",
)
#: What can't be checked where a penalty or prosecution names no alleged day.
NO_ALLEGED_DAY = {
    "FPN": "No alleged day is recorded: the penalty was held against the maximum of its own date.",
    "PROSECUTION": "No alleged day is recorded: the six months of s.127 were not checked.",
}


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """What one row says. None is "not recorded". Amounts are in pence. `remarks`: what was read over, or not checked."""

    reference: str
    power: str
    subject_name: str
    subject_kind: PersonKind
    issued_on: date
    case_reference: str | None
    case_opened_on: date | None
    categories: tuple[str, ...]
    ward: str | None
    subject_born_on: date | None
    subject_address: str | None
    offence: str | None
    served_on: date | None
    service_method: ServiceMethod | None
    issued_by: str | None
    offence_from: date | None
    offence_to: date | None
    conduct: str | None
    requirements: tuple[Requirement, ...]
    comply_by: date | None
    ends_on: date | None
    follows: str | None
    outcome: str | None
    outcome_on: date | None
    amount: int | None
    paid_on: date | None
    may_be_incomplete: bool
    officer_email: str | None
    remarks: tuple[str, ...] = ()

    @property
    def subject(self) -> Subject:
        """Whom the row is about, as rows that follow each other are compared."""
        return subject_of(self.subject_kind, self.subject_name, self.subject_born_on, self.subject_address)

    @property
    def subject_key(self) -> str:
        """By which two rows that don't follow each other are of one person or body (see `domain.people`)."""
        return identity_key(self.subject_kind, self.subject_name, self.subject_born_on, self.subject_address)

    @property
    def key_by_address(self) -> str | None:
        """What rows of one subject share where no birth date is given; None with one, and where a name is all there is."""
        return self.subject_key if self.subject_address and not self.subject_born_on else None

    @property
    def needs_earlier_step(self) -> bool:
        """Whether the law wants something to go before (2014 Act ss.43(5), 48, 52)."""
        return bool(POWERS[self.power].follows) and self.offence in (None, OffenceCode.CPN_BREACH)

    @property
    def status(self) -> str:
        """The status it was left in, as far as the row itself says."""
        power = POWERS[self.power]
        return power.outcomes[self.outcome] if self.outcome else power.given_status

    @property
    def offence_day(self) -> date | None:
        """The first alleged day, where one is recorded."""
        return self.offence_from or self.offence_to


def read_row(given: Mapping[str, str], setting: Setting) -> tuple[RegisterRow | None, list[Problem]]:
    """What a row says, or what is wrong with it."""
    cells = Cells(given)
    reference = cells.keyed("reference", needed=True)
    subject_name = cells.keyed("subject_name", needed=True)
    issued_on = cells.day("issued_on", needed=True, since=RECORDS_BEGIN, until=setting.today)
    power = _power(cells)
    kind = cells.choice("subject_kind", PersonKind) or PersonKind.INDIVIDUAL
    born_on = cells.day("subject_born_on", until=setting.today)
    if born_on and kind is not PersonKind.INDIVIDUAL:
        cells.refuse(
            "subject_born_on", "not_born", "Only an individual has a birth date.", "Take it away, or mend the kind."
        )
    comply_by = cells.day("comply_by")
    requirements, unreadable = parse_requirements(cells.text("requirements") or "", comply_by)
    if power and power.tool is not None:
        # What a contract or an order asks for has no kinds by law: it is read as what it is for.
        requirements, unreadable = (), ()
        for column in ("requirements", "service_method", "served_on", "follows"):
            _read_over(column, cells, power)
    cells.problems += [of_refusal(refusal, "requirements") for refusal in unreadable]
    issued_by = cells.text("issued_by")
    ends_on = cells.day("ends_on")
    outcome, outcome_on, paid_on = _outcome(cells, power, setting)
    details = {
        "case_reference": cells.keyed("case_reference"),
        "case_opened_on": cells.day("case_opened_on", since=RECORDS_BEGIN, until=setting.today),
        "categories": read_categories(cells, setting),
        "ward": cells.keyed("ward"),
        "subject_address": cells.keyed("subject_address"),
        "offence": _offence(cells, power),
        "service_method": None
        if power and (power.code == "PROSECUTION" or power.tool is not None)
        else cells.choice("service_method", ServiceMethod),
        "served_on": None
        if power and (power.code == "PROSECUTION" or power.tool is not None)
        else cells.day("served_on", until=setting.today),
        "issued_by": None if issued_by and fold_key(issued_by) == fold_key(setting.council) else issued_by,
        "conduct": cells.text("conduct"),
        "comply_by": comply_by,
        "ends_on": ends_on,
        "follows": None if power and power.tool is not None else cells.keyed("follows"),
        "amount": _amount(cells, power, outcome),
        "officer_email": cells.text("officer_email", 300),
    }
    said_incomplete = cells.yes("incomplete")
    offence_from, offence_to = _offence_days(cells, power, setting)
    cells.in_order("issued_on", issued_on, "ends_on", ends_on)
    cells.in_order("issued_on", issued_on, "outcome_on", outcome_on)
    cells.in_order("issued_on", issued_on, "paid_on", paid_on)
    if cells.problems or not (reference and subject_name and issued_on and power):
        return None, cells.problems
    early = setting.incomplete_before is not None and issued_on < setting.incomplete_before
    row = RegisterRow(
        reference=reference,
        power=power.code,
        subject_name=subject_name,
        subject_kind=kind,
        subject_born_on=born_on,
        issued_on=issued_on,
        requirements=requirements,
        outcome=outcome,
        outcome_on=outcome_on,
        paid_on=paid_on,
        offence_from=offence_from,
        offence_to=offence_to,
        remarks=tuple(cells.remarks),
        may_be_incomplete=said_incomplete or early,
        **details,  # type: ignore[arg-type]
    )
    return row, []


def _power(cells: Cells) -> Power | None:
    if cells.text("power") is None and "power" not in cells.columns_refused:
        cells.refuse("power", "needed", "power is blank.", f"Write one of {', '.join(POWERS)}.")
    code = cells.code("power", POWERS)
    return POWERS[code] if code else None


def _offence(cells: Cells, power: Power | None) -> str | None:
    """What a penalty or prosecution is for. The offences are those that the power knows."""
    if power is None or not power.offences:
        _read_over("offence", cells, power)
        return None
    return cells.code("offence", power.offences) or OffenceCode.CPN_BREACH


def _offence_days(cells: Cells, power: Power | None, setting: Setting) -> tuple[date | None, date | None]:
    """The first and last alleged day of a penalty or prosecution."""
    if power is None or not power.offences:
        _read_over("offence_from", cells, power)
        _read_over("offence_to", cells, power)
        return None, None
    first = cells.day("offence_from", until=setting.today)
    last = cells.day("offence_to", until=setting.today)
    cells.in_order("offence_from", first, "offence_to", last)
    if not (first or last):
        cells.remarks.append(NO_ALLEGED_DAY[power.code])
    return first, last


def _read_over(column: str, cells: Cells, power: Power | None) -> None:
    if power and cells.says(column):
        cells.remarks.append(f"{column} was read over: {power.document.lower()} has none.")


def _outcome(cells: Cells, power: Power | None, setting: Setting) -> tuple[str | None, date | None, date | None]:
    """The outcome, its day and the day of payment. A day of payment says that a fixed penalty was paid."""
    outcome = cells.code("outcome", OUTCOMES)
    outcome_on = cells.day("outcome_on", until=setting.today)
    paid_on = cells.day("paid_on", until=setting.today)
    if power and outcome and outcome not in _outcomes_of(power):
        cells.refuse(
            "outcome",
            "outcome_not_of_power",
            f"A {power.code} can’t end as “{outcome}”.",
            f"Write one of {', '.join(_outcomes_of(power))}, or leave it blank.",
        )
        return None, outcome_on, paid_on
    if paid_on and power and power.code == "FPN":
        outcome = outcome or "paid"
    if paid_on and power and outcome != "paid":
        cells.refuse(
            "paid_on",
            "not_paid",
            f"A day of payment does not go with {f'the outcome “{outcome}”' if outcome else f'a {power.code}'}.",
            "Leave paid_on blank, or write paid as the outcome of a fixed penalty.",
        )
    if outcome_on and not outcome and "outcome" not in cells.columns_refused:
        cells.refuse("outcome_on", "no_outcome", "There is a day of the outcome and no outcome.", "Write the outcome.")
    return outcome, outcome_on or (paid_on if outcome == "paid" else None), paid_on


def _outcomes_of(power: Power) -> tuple[str, ...]:
    return tuple(outcome for outcome in OUTCOMES if outcome in power.outcomes)


def _amount(cells: Cells, power: Power | None, outcome: str | None) -> int | None:
    """A penalty's amount, or what a court fined. A warning or notice has none."""
    if power and not power.offences:
        _read_over("amount", cells, power)
        return None
    amount = cells.pence("amount")
    if amount is None or power is None or power.code == "FPN" or outcome == "convicted":
        return amount
    cells.refuse(
        "amount",
        "no_amount",
        f"An amount does not go with {power.document.lower()} that ended so.",
        "Only a fixed penalty has one, and a conviction (its fine).",
    )
    return None
