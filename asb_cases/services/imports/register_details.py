"""What hangs on a register's entries: requirements, services, appeals, payments, court outcomes, and clocks that still
run on the day of import. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.register_case import Entry
from asb_cases.domain.imports.register_law import penalty_window
from asb_cases.domain.requirements import POSITIVE
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.payment import Payment
from asb_cases.models.requirement import Requirement
from asb_cases.models.service import Service
from asb_cases.queries.import_steps import Recorded
from asb_cases.services.deadlines import Links
from asb_cases.services.imports.batch import Batch
from asb_cases.services.imports.bulk import add_rows
from asb_cases.services.imports.running_clocks import start_if_running


@dataclass(frozen=True)
class Recording:
    """A row being recorded: in which case, against whom, and after what."""

    line: int
    entry: Entry
    case_id: int
    subject_id: int
    earlier: Recorded | None

    @property
    def row(self) -> RegisterRow:
        return self.entry.row

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
    paid_on = each.row.outcome_on if each.row.paid_on is None else each.row.paid_on
    last_day, _proceed_from = penalty_window(each.row.issued_on, batch.setting)
    return {
        "paid_on": paid_on,
        "amount_pence": each.row.amount,
        "in_time": paid_on is None or paid_on <= last_day,
    }


def _court_outcome(each: Recording) -> dict[str, object]:
    return {"result": each.row.status, "decided_on": each.row.outcome_on, "fine_pence": each.row.amount}


def _start_clocks(batch: Batch, each: Recording, intervention_id: int, breach_id: int | None) -> None:
    """Start those clocks that have not run out yet. Imported history starts no other."""
    row, status = each.row, each.entry.status(batch.setting.today)
    links = {"case_id": each.case_id, "intervention_id": intervention_id, "import_id": batch.import_id}
    if status == "served":
        start_if_running("cpw_life", row.issued_on, Links(**links), setting=batch.setting)
        start_if_running("cpw_compliance", row.comply_by, Links(**links), setting=batch.setting)
    if status == "in_force":
        start_if_running("cpn_review", row.issued_on, Links(**links), setting=batch.setting)
        if not (row.outcome or "").startswith("appeal_"):
            start_if_running("cpn_appeal", row.issued_on, Links(**links), setting=batch.setting)
        if row.comply_by and row.comply_by >= batch.setting.today:
            for requirement_id in _requirements_with_a_day(intervention_id):
                start_if_running(
                    "requirement_due",
                    row.comply_by,
                    Links(**links, requirement_id=requirement_id),
                    setting=batch.setting,
                )
    if status == "issued":
        start_if_running("fpn_no_proceedings", row.issued_on, Links(**links), setting=batch.setting)
    if breach_id and row.power == "FPN" and status in ("issued", "unpaid") and not each.entry.taken_over:
        of_breach = {"case_id": each.case_id, "breach_id": breach_id, "import_id": batch.import_id}
        start_if_running("prosecution_limit", row.offence_day, Links(**of_breach), setting=batch.setting)


def _requirements_with_a_day(intervention_id: int) -> Sequence[int]:
    return db.session.scalars(
        select(Requirement.id).where(
            Requirement.intervention_id == intervention_id,
            Requirement.kind.in_(POSITIVE),
            Requirement.comply_by.is_not(None),
        )
    ).all()
