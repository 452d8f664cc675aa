"""How documents are given: the ways each may go, and the days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from asb_cases.domain.calendar import LONDON
from asb_cases.domain.powers import POWERS
from asb_cases.domain.service import ServiceFacts, ServiceMethod, check_service, deemed_day

HAND = ServiceFacts(ServiceMethod.HAND, given_on=date(2026, 3, 2), today=date(2026, 3, 5), signed_on=date(2026, 3, 2))


def at(hour, minute, second=0):
    return datetime(2026, 3, 2, hour, minute, second, tzinfo=UTC)


POST = ServiceFacts(
    ServiceMethod.POST,
    given_on=date(2026, 3, 4),
    today=date(2026, 3, 5),
    sent_on=date(2026, 3, 2),
    deemed_on=date(2026, 3, 4),
    address="4 Rose Lane",
)

ON_PREMISES = replace(
    HAND, method=ServiceMethod.POSTED_ON_PREMISES, address="4 Rose Lane", enquiries_note="Asked next door."
)
#: Signed at ten past one, handed over at half past: the night on which half past one comes twice.
TWICE = ServiceFacts(
    ServiceMethod.HAND,
    given_on=date(2026, 10, 25),
    today=date(2026, 10, 25),
    given_at=datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
    signed_at=datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
)

ALLOWED = {
    "CPW": {"hand", "left", "post", "posted_on_premises", "email", "other_written"},
    "CPN": {"hand", "left", "post", "posted_on_premises"},
    "FPN": {"hand", "left", "post"},
    "PROSECUTION": set(),
}


@pytest.mark.parametrize("imported", [False, True])
@pytest.mark.parametrize("method", ServiceMethod)
@pytest.mark.parametrize("code", ALLOWED)
def test_every_document_crossed_with_every_way(code, method, imported):
    power = POWERS[code]
    facts = replace(HAND, method=method, address="4 Rose Lane", enquiries_note="Asked next door.", imported=imported)
    refusals = check_service(power.document, power.services, facts).refusals
    if method.value in ALLOWED[code]:
        assert refusals == ()
    else:
        assert [refusal.code for refusal in refusals] == ["service_method_not_allowed"]
        assert "s.55" in refusals[0].authority
        assert power.document in refusals[0].message


@pytest.mark.parametrize(
    ("codes", "facts"),
    [
        ((), HAND),
        ((), POST),
        (("no_address_of_service",), replace(POST, address=" ")),
        (("no_address_of_service",), replace(HAND, method=ServiceMethod.LEFT)),
        (("no_enquiries_note",), replace(HAND, method=ServiceMethod.POSTED_ON_PREMISES, address="4 Rose Lane")),
        (("unnamed_not_on_premises",), replace(HAND, named=False)),
        ((), replace(HAND, named=True)),
        (("named_on_premises",), replace(ON_PREMISES, named=True)),
        ((), replace(ON_PREMISES, named=False)),
        ((), ON_PREMISES),
        (("given_in_future",), replace(HAND, given_on=date(2026, 3, 6))),
        (("given_before_signed",), replace(HAND, given_on=date(2026, 3, 1))),
        (("given_before_signed",), replace(HAND, given_at=at(8, 59), signed_at=at(9, 0))),
        ((), replace(HAND, given_at=at(9, 0), signed_at=at(9, 0, 40))),
        ((), replace(HAND, given_at=at(8, 59))),
        ((), TWICE),
        (("given_before_signed",), replace(TWICE, given_at=TWICE.given_at.replace(hour=0, minute=59))),
        (("given_in_future",), replace(HAND, given_at=at(18, 1), now=at(18, 0))),
        ((), replace(HAND, given_at=at(18, 0), now=at(18, 0))),
        (("given_before_sent",), replace(POST, sent_on=date(2026, 3, 5), deemed_on=None)),
        ((), replace(POST, given_on=None)),
        (("sent_in_future",), replace(POST, given_on=None, sent_on=date(2026, 3, 6))),
        (("sent_before_signed",), replace(POST, given_on=None, signed_on=date(2026, 3, 3))),
        (("sent_before_signed",), replace(POST, signed_on=date(2026, 3, 3))),
        ((), replace(POST, given_on=None, signed_on=date(2026, 3, 2), dated_on=date(2026, 3, 2))),
        (("dated_before_posted",), replace(POST, given_on=None, dated_on=date(2026, 3, 1))),
        (("other_deemed_day",), replace(POST, given_on=date(2026, 3, 3))),
        ((), replace(POST, given_on=date(2026, 3, 3), deemed_because="Signed for.")),
        (("no_proof_of_receipt",), replace(HAND, method=ServiceMethod.EMAIL)),
        ((), replace(HAND, method=ServiceMethod.EMAIL, has_proof=True)),
        ((), ServiceFacts(ServiceMethod.POST, date(2015, 5, 1), date(2026, 3, 5), imported=True)),
    ],
)
def test_the_days_and_the_proof(codes, facts):
    findings = check_service("A community protection warning", frozenset(ServiceMethod), facts)
    assert findings.codes == codes
    assert all(refusal.remedy and refusal.authority for refusal in findings.refusals)


@pytest.mark.parametrize("code", ["CPW", "CPN", "FPN"])
@pytest.mark.parametrize("method", [ServiceMethod.LEFT, ServiceMethod.POST])
def test_only_a_notice_needs_the_address_that_section_55_asks_for(code, method):
    power = POWERS[code]
    findings = check_service(power.document, power.services, replace(HAND, method=method))
    assert findings.codes == ("no_address_of_service",)
    assert findings.allowed == (code == "CPW")


def test_post_is_presumed_to_arrive_on_the_second_working_day():
    assert deemed_day(date(2026, 3, 2), frozenset()) == date(2026, 3, 4)
    assert deemed_day(date(2026, 4, 2), frozenset({date(2026, 4, 3), date(2026, 4, 6)})) == date(2026, 4, 8)
