"""The enforcement steps of synthetic cases as rows: warnings, notices on them, breaches and penalties that were paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from asb_cases.domain.powers.legal_test import SECTION_43_LIMBS
from asb_cases.domain.references import Prefix
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence
from asb_cases.models.payment import Payment
from asb_cases.models.requirement import Requirement
from asb_cases.models.service import Service
from asb_cases.services.demo.notices import ENOUGH_TIME, TOLD
from asb_cases.services.demo.penalties import FULL, PARTICULARS
from asb_cases.services.demo.synthetic import moment
from asb_cases.services.demo.synthetic_rows import Filling, Placed, clock, note_act
from asb_cases.services.demo.warnings import SCREENED
from asb_cases.services.history import Subject
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.search_index import Entry, index_new

PREFIXES = {"CPW": Prefix.WARNING, "CPN": Prefix.NOTICE, "FPN": Prefix.FIXED_PENALTY}
ONE_DAY, FAILED_BEFORE = timedelta(days=1), timedelta(days=10)
ACTS = ("drafted", "authorised", "issued", "service_recorded")


@dataclass(frozen=True)
class Step:
    """One step of a synthetic case: its row's id, and the case."""

    id: int
    of: Placed
    on: date


def write_steps(filling: Filling, placed: Sequence[Placed]) -> None:
    """Write every step that the cases came to."""
    warned = [each for each in placed if each.drawn.warned_on]
    warnings = _written(
        filling, "CPW", [_row("CPW", each, each.drawn.warned_on, _status(each)) for each in warned], warned
    )
    by_case = {step.of.case_id: step for step in warnings}
    noticed = [each for each in warned if each.drawn.noticed_on]
    rows = [_notice(each, by_case[each.case_id].id) for each in noticed]
    notices = _written(filling, "CPN", rows, noticed)
    _penalties(filling, [step for step in notices if step.of.drawn.penalised_on])


def _status(placed: Placed) -> str:
    """Where a warning stands now."""
    drawn = placed.drawn
    if drawn.noticed_on:
        return "escalated"
    return "complied" if drawn.closed_on else "served"


def _row(power: str, placed: Placed, on: date | None, status: str, **more: Any) -> dict[str, Any]:
    """The columns that a warning, a notice and a penalty share; all rows of one power name the same."""
    if on is None:
        raise ValueError("A step that was taken has its day.")
    officer = placed.officer.user_id
    return {
        "power": power,
        "status": status,
        "case_id": placed.case_id,
        "subject_id": placed.subject_id,
        "issued_on": on,
        "issued_at": moment(on, 13),
        "incomplete": False,
        "conduct": placed.drawn.behaviour.conduct.format(place=placed.drawn.place),
        "drafter_id": officer,
        "authoriser_id": officer,
        "authorised_at": moment(on, 11),
        "issuer_id": officer,
        "signed_at": moment(on, 12),
        "version": 1,
        **more,
    }


def _tested(placed: Placed) -> dict[str, Any]:
    behaviour = placed.drawn.behaviour
    return {
        "detrimental_effect": behaviour.effect,
        "persistent_or_continuing": behaviour.persistence,
        "unreasonable": behaviour.why,
        "screening": SCREENED,
        "screening_flags": False,
    }


def _notice(placed: Placed, warning_id: int) -> dict[str, Any]:
    on = placed.drawn.noticed_on
    ended = placed.drawn.closed_on
    return _row(
        "CPN",
        placed,
        on,
        "ended" if ended else "in_force",
        follows_id=warning_id,
        enough_time_reason=ENOUGH_TIME,
        ended_on=ended,
        ended_because="Every requirement was met." if ended else None,
        outcome="complied" if ended else None,
        outcome_on=ended,
    )


def _written(filling: Filling, power: str, rows: Sequence[dict[str, Any]], placed: Sequence[Placed]) -> list[Step]:
    """Add steps with what hangs on each, and return them."""
    references = numbered((PREFIXES[power], row["issued_on"].year) for row in rows)
    tested = [{} if power == "FPN" else _tested(each) for each in placed]
    whole = [
        {**row, **test, "reference": reference} for row, test, reference in zip(rows, tested, references, strict=True)
    ]
    ids = add_rows_for_ids(Intervention, whole)
    steps = [Step(each, of, row["issued_on"]) for each, of, row in zip(ids, placed, whole, strict=True)]
    index_new(
        Entry("intervention", step.id, step.of.case_id, (row["reference"], step.of.drawn.subject, row["conduct"]))
        for step, row in zip(steps, whole, strict=True)
    )
    add_rows(Service, [_service(power, step) for step in steps])
    if power != "FPN":
        _content(filling, power, steps)
    for step in steps:
        for hour, kind in enumerate(ACTS, 10):
            about = Subject("intervention", step.id, step.of.case_id)
            note_act(kind, about, step.of.officer, step.on, hour, power=power)
    return steps


def _service(power: str, step: Step) -> dict[str, Any]:
    return {
        "intervention_id": step.id,
        "power": power,
        "method": ServiceMethod.HAND,
        "given_on": step.on,
        "given_at": moment(step.on, 13),
        "address": step.of.drawn.place,
        "server_id": step.of.officer.user_id,
    }


def _content(filling: Filling, power: str, steps: Sequence[Step]) -> None:
    evidence = [
        {"intervention_id": step.id, "limb": limb.code, "complaint_id": step.of.complaint_id}
        for step in steps
        for limb in SECTION_43_LIMBS
    ]
    add_rows(InterventionEvidence, evidence)
    asked = [
        {
            "intervention_id": step.id,
            "power": power,
            "number": number,
            "version": 1,
            "kind": each.kind,
            "text": each.text,
            "comply_by": each.comply_by,
            "from_on": step.on,
            "made_by": "issue",
        }
        for step in steps
        for number, each in enumerate(step.of.drawn.behaviour.asked(step.on), 1)
    ]
    add_rows(Requirement, asked)
    if power == "CPN":
        told = [{"intervention_id": step.id, "name": TOLD, "told_on": step.on - ONE_DAY} for step in steps]
        add_rows(Consultee, told)
    rules = {"CPW": ("cpw_life",), "CPN": ("cpn_appeal", "cpn_review")}[power]
    clocks = [
        clock(
            filling,
            rule,
            step.on,
            met_on=step.of.drawn.closed_on,
            case_id=step.of.case_id,
            intervention_id=step.id,
        )
        for step in steps
        for rule in rules
    ]
    add_rows(Deadline, clocks)


def _penalties(filling: Filling, notices: Sequence[Step]) -> None:
    """A breach of each notice, met with a penalty that was paid."""
    if not notices:
        return
    dated = [(step, step.of.drawn.penalised_on or step.on) for step in notices]
    breaches = add_rows_for_ids(
        AllegedBreach,
        [
            {
                "intervention_id": step.id,
                "from_on": on - FAILED_BEFORE,
                "recorded_on": on - FAILED_BEFORE + ONE_DAY,
                "evidence": "Heard by an officer.",
                "status": "decided",
                "decision": "fpn",
                "decision_reason": "Clear evidence, no excuse.",
                "decided_on": on - ONE_DAY,
                "decider_id": step.of.officer.user_id,
                "version": 1,
            }
            for step, on in dated
        ],
    )
    for breach, (step, on) in zip(breaches, dated, strict=True):
        note_act("breach_alleged", Subject("alleged_breach", breach, step.of.case_id), step.of.officer, on - ONE_DAY, 9)
    _first_requirements(breaches, notices)
    rows = [
        _row("FPN", step.of, on, "paid", follows_id=step.id, breach_id=breach, offence="cpn_breach", amount_pence=FULL,
             offence_from=on - FAILED_BEFORE, outcome="paid", outcome_on=on) | {"conduct": PARTICULARS}
        for breach, (step, on) in zip(breaches, dated, strict=True)
    ]  # fmt: skip
    penalties = _written(filling, "FPN", rows, [step.of for step in notices])
    add_rows(Payment, [_payment(step) for step in penalties])
    for step in penalties:
        about = Subject("intervention", step.id, step.of.case_id)
        note_act("payment_recorded", about, step.of.officer, step.on, 16, amount_pence=FULL)


def _payment(step: Step) -> dict[str, Any]:
    return {
        "intervention_id": step.id,
        "paid_on": step.on,
        "amount_pence": FULL,
        "method": "Card, by telephone",
        "in_time": True,
    }


def _first_requirements(breaches: Sequence[int], notices: Sequence[Step]) -> None:
    """Each breach is of the first requirement of its notice."""
    wanted = [step.id for step in notices]
    found = db.session.execute(
        select(Requirement.intervention_id, Requirement.id).where(
            Requirement.intervention_id.in_(wanted), Requirement.number == 1
        )
    )
    first = dict(found.all())
    rows = [
        {"breach_id": breach, "requirement_id": first[step.id]} for breach, step in zip(breaches, notices, strict=True)
    ]
    add_rows(BreachRequirement, rows)
