"""Work done in default and seizure under a warrant: what the sections ask to come first."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.appeals import Appeal
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.measures import KINDS_OF, MEASURE_TITLES, Measure, MeasureFacts, MeasureKind, check_measure

K = MeasureKind
FAILED, ON = date(2026, 4, 1), date(2026, 5, 4)
NOTICED = Measure(K.WORK_NOTICE, date(2026, 4, 10), 30000)
CONSENTED = Measure(K.RECIPIENT_CONSENTED, date(2026, 4, 20))
OWNER = Measure(K.OWNER_NOT_REACHED, date(2026, 4, 21))
WORK = Measure(K.WORK_OPEN_AIR, date(2026, 5, 1), 25000)
ISSUED = Measure(K.WARRANT_ISSUED, date(2026, 4, 22))
SEIZED = Measure(K.ITEM_SEIZED, date(2026, 5, 1))
REMEDY = MeasureFacts(
    K.WORK_OPEN_AIR, ON, today=ON, text="The garden was cleared.", failed_on=FAILED, amount=25000,
    decision=BreachDecision.REMEDIAL_ACTION,
)  # fmt: skip
SEIZURE = replace(REMEDY, kind=K.ITEM_SEIZED, amount=None, decision=BreachDecision.SEIZURE_WARRANT)
ELSEWHERE = replace(REMEDY, kind=K.WORK_ELSEWHERE, earlier=(NOTICED, CONSENTED, OWNER))
COST = replace(REMEDY, kind=K.COST_NOTICE, earlier=(WORK,))


@pytest.mark.parametrize(
    ("codes", "facts"),
    [
        ((), REMEDY),
        (("measure_not_decided",), replace(REMEDY, decision=BreachDecision.FPN)),
        ((), replace(COST, decision=BreachDecision.FPN)),  # decided otherwise since, with the work done
        (("needs_words",), replace(REMEDY, text=" ")),
        (("day_not_come",), replace(REMEDY, today=date(2026, 5, 3))),
        (("days_out_of_order",), replace(REMEDY, on=date(2026, 3, 31))),
        (("measure_no_amount",), replace(REMEDY, amount=None)),
        (("work_during_appeal",), replace(REMEDY, appeals=(Appeal(date(2026, 5, 4)),))),
        ((), replace(REMEDY, appeals=(Appeal(date(2026, 5, 5)),))),
        # elsewhere than on open land: notice, consent of the recipient, and the owner settled
        ((), ELSEWHERE),
        ((), replace(ELSEWHERE, earlier=(NOTICED, CONSENTED, Measure(K.RECIPIENT_IS_OWNER, ON)))),
        (("no_work_notice",), replace(ELSEWHERE, earlier=(CONSENTED, OWNER))),
        (("no_consent_to_work",), replace(ELSEWHERE, earlier=(NOTICED, OWNER))),
        (("no_owner_consent_to_work",), replace(ELSEWHERE, earlier=(NOTICED, CONSENTED))),
        (
            ("no_consent_to_work",),
            replace(ELSEWHERE, earlier=(NOTICED, OWNER, replace(CONSENTED, on=date(2026, 5, 5)))),
        ),
        # the cost
        ((), COST),
        (("no_work_done",), replace(COST, earlier=(NOTICED,))),
        (("cost_notice_over_cost",), replace(COST, amount=25001)),
        (("cost_notice_over_cost",), replace(COST, amount=1, earlier=(WORK, Measure(K.COST_NOTICE, ON, 25000)))),
        (("no_cost_notice",), replace(COST, kind=K.COST_APPEAL)),
        # the warrant
        ((), replace(SEIZURE, earlier=(ISSUED,), warrant_until=date(2026, 5, 6))),
        (("no_warrant",), SEIZURE),
        (("warrant_over",), replace(SEIZURE, earlier=(ISSUED,), warrant_until=date(2026, 5, 3))),
        (("nothing_seized",), replace(SEIZURE, kind=K.ITEM_RETURNED, earlier=(ISSUED,))),
        ((), replace(SEIZURE, kind=K.ITEM_RETURNED, earlier=(ISSUED, SEIZED))),
    ],
)  # fmt: skip
def test_each_in_its_order(codes, facts):
    found = check_measure(facts)
    assert found.codes == codes
    assert all(refusal.authority and refusal.remedy for refusal in found.refusals)


def test_every_kind_has_its_words_and_its_decision():
    assert set(MEASURE_TITLES) == set(MeasureKind)
    assert sorted(kind for kinds in KINDS_OF.values() for kind in kinds) == sorted(MeasureKind)
