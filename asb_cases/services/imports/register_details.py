"""What hangs on a register's entries: requirements, services, appeals, payments, court outcomes, and clocks that still
run on the day of import. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.register_case import Entry
from asb_cases.domain.imports.register_law import penalty_window
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.tool import END_CLOCK
from asb_cases.domain.requirements import POSITIVE
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.payment import Payment
from asb_cases.models.requirement import Requirement
from asb_cases.models.service import Service
from asb_cases.queries.import_steps import Recorded
from asb_cases.queries.policy import Policy
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.imports.batch import Batch
from asb_cases.services.imports.bulk import add_rows
from asb_cases.services.imports.running_clocks import still_runs

#: The one clock that belongs to an alleged breach, and the one of each requirement with a day.
OF_BREACH, REQUIREMENT_DUE = "prosecution_limit", "requirement_due"
#: Rules of clocks, each with the day it is counted from.
Clocks = tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Recording:
    """A row being recorded: in which case, against whom, after what, and which clocks of it still run."""

    line: int
    entry: Entry
    case_id: int
    subject_id: int
    earlier: Recorded | None
    clocks: Clocks

    @property
    def row(self) -> RegisterRow:
        return self.entry.row

    @property
    def lacks_earlier_step(self) -> bool:
        """Whether what went before is not recorded, or only the penalty for a notice that is not."""
        return self.earlier is None or (self.earlier.power == "FPN" and self.earlier.follows_id is None)

    @property
    def notice_id(self) -> int | None:
        """The notice that a penalty or prosecution is for the breach of."""
        if self.earlier is None:
            return None
        return self.earlier.id if self.earlier.power == "CPN" else self.earlier.follows_id


def add_details(
    batch: Batch, recordings: Sequence[Recording], ids: Mapping[int, int], breaches: Mapping[int, int]
) -> None:
    """Record what hangs on the entries, whose ids are given by line."""
    of = [(each, {"intervention_id": ids[each.line], "import_id": batch.import_id}) for each in recordings]
    add_rows(Requirement, [row for each, links in of for row in _requirements(each, links["intervention_id"])])
    add_rows(Service, [_service(each) | links for each, links in of if each.row.service_method or each.row.served_on])
    add_rows(Appeal, [_appeal(each) | links for each, links in of if (each.row.outcome or "").startswith("appeal_")])
    add_rows(Payment, [_payment(each, batch) | links for each, links in of if each.row.outcome == "paid"])
    add_rows(
        CourtOutcome,
        [_court_outcome(each) | links for each, links in of if each.row.power == "PROSECUTION" and each.row.outcome],
    )
    for each in recordings:
        _start_clocks(batch, each, ids[each.line], breaches.get(each.line))


def _requirements(each: Recording, intervention_id: int) -> list[dict[str, object]]:
    return [
        {
            "intervention_id": intervention_id,
            "power": each.row.power,
            "number": requirement.number,
            "version": 1,
            "kind": requirement.kind,
            "text": requirement.text,
            "comply_by": requirement.comply_by,
            "from_on": each.row.issued_on,
        }
        for requirement in each.row.requirements
    ]


def _service(each: Recording) -> dict[str, object]:
    """A warning or notice counts from the day it was given, so that day stands where no other is recorded."""
    given_on = each.row.served_on or (each.row.issued_on if each.row.power in ("CPW", "CPN") else None)
    return {"power": each.row.power, "method": each.row.service_method, "given_on": given_on}


def _appeal(each: Recording) -> dict[str, object]:
    outcome = (each.row.outcome or "").removeprefix("appeal_")
    return {"lodged_on": None, "outcome": outcome, "determined_on": each.row.outcome_on}


def _payment(each: Recording, batch: Batch) -> dict[str, object]:
    """In time or late is known only where the day of payment is."""
    paid_on = each.row.paid_on
    last_day, _proceed_from = penalty_window(each.row.issued_on, batch.setting)
    return {
        "paid_on": paid_on,
        "amount_pence": each.row.amount,
        "in_time": None if paid_on is None else paid_on <= last_day,
    }


def _court_outcome(each: Recording) -> dict[str, object]:
    return {"result": each.row.status, "decided_on": each.row.outcome_on, "fine_pence": each.row.amount}


def clocks_running(entry: Entry, setting: Setting) -> Clocks:
    """The clocks that have not run out yet, with the day each is counted from. Imported history starts no other."""
    row, status = entry.row, entry.status(setting.today)
    wanted: list[tuple[str, date | None]] = []
    if status == "served":
        wanted += [("cpw_life", row.issued_on), ("cpw_compliance", row.comply_by)]
    if POWERS[row.power].tool is not None:
        return ((END_CLOCK, row.ends_on),) if status == "in_force" and row.ends_on else ()
    if status == "in_force":
        wanted += [("cpn_review", row.issued_on), (REQUIREMENT_DUE, row.comply_by)]
        if not (row.outcome or "").startswith("appeal_"):
            wanted.append(("cpn_appeal", row.issued_on))
    if status == "issued":
        wanted.append(("fpn_no_proceedings", row.issued_on))
    if row.power == "FPN" and status in ("issued", "unpaid") and not entry.taken_over:
        wanted.append((OF_BREACH, row.offence_day))
    return tuple((rule, day) for rule, day in wanted if day and still_runs(rule, day, setting))


def _start_clocks(batch: Batch, each: Recording, intervention_id: int, breach_id: int | None) -> None:
    policy = Policy(batch.setting.values, batch.setting.holidays)
    of = Links(case_id=each.case_id, intervention_id=intervention_id, import_id=batch.import_id)
    for rule, day in each.clocks:
        if rule == OF_BREACH:
            links = [replace(of, intervention_id=None, breach_id=breach_id)] if breach_id else []
        elif rule == REQUIREMENT_DUE:
            links = [replace(of, requirement_id=each_id) for each_id in _requirements_with_a_day(intervention_id)]
        else:
            links = [of]
        for link in links:
            deadlines.start(rule, day, link, policy=policy)


def _requirements_with_a_day(intervention_id: int) -> Sequence[int]:
    return db.session.scalars(
        select(Requirement.id).where(
            Requirement.intervention_id == intervention_id,
            Requirement.kind.in_(POSITIVE),
            Requirement.comply_by.is_not(None),
        )
    ).all()
