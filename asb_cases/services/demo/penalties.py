"""What follows an alleged breach in stories: fixed penalties and prosecutions, step by step."""

from dataclasses import replace
from datetime import date, timedelta

from asb_cases.domain.service import ServiceMethod
from asb_cases.services.demo.cases import Matter
from asb_cases.services.demo.notices import COURT
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story, Telling
from asb_cases.services.demo.warnings import CAUTIONS
from asb_cases.services.fixed_penalties import Terms, draft_fixed_penalty
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.payments import record_payment
from asb_cases.services.prosecutions import (
    Result,
    SignOff,
    authorise_prosecution,
    lay_prosecution,
    prepare_prosecution,
    record_court_outcome,
    submit_prosecution,
)
from asb_cases.services.service_of_documents import Giving, record_service

FULL, REDUCED, OFFER_DAYS = 10000, 6000, 10
PARTICULARS = "Amplified music from the premises was heard inside the neighbouring home between 11.10 pm and 11.50 pm."
PAYEE = "Demonstration Council, Exchequer Team, Town Hall, 801 St Aldate’s, Oxford"
OTHER_WAYS = "By card on 01632 960000, Monday to Friday, 9 am to 5 pm; or online, with the reference of the notice."
SIGN_OFF = SignOff(
    evidential_note="Two officers and a neighbour give statements; no reasonable excuse was put forward.",
    public_interest_note="Repeated after a warning and a notice, with young children next door.",
    authority_reference="Delegation LEG/9",
)


def drafts_penalty(matter: Matter, breach_id: int, on: date) -> Telling:
    """A penalty with a reduced offer is drafted. Ends with its id."""
    now = yield at(on, "09:30")
    terms = Terms(
        PARTICULARS,
        PAYEE,
        amount_pence=FULL,
        reduced_pence=REDUCED,
        reduced_within_days=OFFER_DAYS,
        other_ways_to_pay=OTHER_WAYS,
    )
    return draft_fixed_penalty(actor=matter.officer, now=now, breach_id=breach_id, terms=terms)


def authorises_penalty(scene: Scene, penalty_id: int, on: date) -> Story:
    """The manager authorises it."""
    now = yield at(on, "10:30")
    authorise(actor=scene.staff["manager"], now=now, intervention_id=penalty_id, cautions_reason=CAUTIONS)


def penalises(scene: Scene, matter: Matter, breach_id: int, on: date) -> Telling:
    """A penalty is issued on the day and handed over. Ends with its id."""
    penalty_id = yield from drafts_penalty(matter, breach_id, on)
    yield from authorises_penalty(scene, penalty_id, on)
    now = yield at(on, "11:30")
    issue(actor=matter.officer, now=now, intervention_id=penalty_id, cautions_reason=CAUTIONS)
    now = yield at(on, "13:10")
    giving = Giving(ServiceMethod.HAND, given_on=on, given_at=now, address=matter.place)
    record_service(actor=matter.officer, now=now, intervention_id=penalty_id, giving=giving, cautions_reason=CAUTIONS)
    return penalty_id


def pays(scene: Scene, penalty_id: int, on: date, pence: int = FULL, *, late_reason: str | None = None) -> Story:
    """The money comes; late money is for the manager to accept."""
    now = yield at(on, "16:20")
    record_payment(
        actor=scene.staff["manager" if late_reason else "officer"],
        now=now,
        intervention_id=penalty_id,
        paid_on=on,
        amount_pence=pence,
        method="Card, by telephone",
        reference=f"PAY-{penalty_id:06d}",
        late_reason=late_reason,
    )


def prepares(matter: Matter, breach_id: int, on: date) -> Telling:
    """The officer begins the file. Ends with its id."""
    now = yield at(on, "09:50")
    return prepare_prosecution(actor=matter.officer, now=now, breach_id=breach_id, summary=PARTICULARS)


def submits(matter: Matter, file_id: int, on: date) -> Story:
    """The file goes to legal."""
    now = yield at(on, "12:10")
    submit_prosecution(actor=matter.officer, now=now, intervention_id=file_id, cautions_reason=CAUTIONS)


def legal_authorises(scene: Scene, file_id: int, on: date) -> Story:
    """Legal signs both stages of the Code."""
    now = yield at(on, "10:40")
    authorise_prosecution(
        actor=scene.staff["legal"], now=now, intervention_id=file_id, sign_off=SIGN_OFF, cautions_reason=CAUTIONS
    )


def lays(scene: Scene, file_id: int, on: date) -> Story:
    """Legal lays it."""
    now = yield at(on, "14:40")
    lay_prosecution(actor=scene.staff["legal"], now=now, intervention_id=file_id, cautions_reason=CAUTIONS)


def prosecutes(scene: Scene, matter: Matter, breach_id: int, prepared_on: date, laid_on: date) -> Telling:
    """From the file to the court. Ends with the prosecution's id."""
    file_id = yield from prepares(matter, breach_id, prepared_on)
    yield from submits(matter, file_id, prepared_on)
    yield from legal_authorises(scene, file_id, prepared_on + timedelta(days=5))
    yield from lays(scene, file_id, laid_on)
    return file_id


def court_finds(scene: Scene, file_id: int, on: date, result: str, *, plea: str = "not_guilty") -> Story:
    """The court ends it."""
    now = yield at(on, "16:45")
    outcome = Result(result, decided_on=on, plea=plea, court=COURT)
    if result == "convicted":
        outcome = replace(outcome, fine_pence=30000, costs_pence=45000, surcharge_pence=3000)
    record_court_outcome(actor=scene.staff["legal"], now=now, intervention_id=file_id, result=outcome)
