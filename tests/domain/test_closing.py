"""Closing and reopening a case."""

from dataclasses import replace
from datetime import date

import pytest

from asb_cases.domain.closing import (
    ClosingFacts,
    check_close,
    check_notice_over,
    check_reopen,
    closed_status,
    closing_move,
)
from asb_cases.domain.workflow import TRANSITIONS, CaseStatus, next_status

DONE = ClosingFacts(date(2026, 5, 1), reason="The music stopped in March.", told="Told by phone on 1 May.")
NOTICE_STANDS = replace(DONE, notices_in_force=1, review_on=date(2026, 8, 1))


@pytest.mark.parametrize(
    ("codes", "facts"),
    [
        ((), DONE),
        ((), NOTICE_STANDS),
        (("closing_appeal_running",), replace(DONE, appeals_running=1)),
        (("closing_breach_undecided",), replace(DONE, breaches_undecided=2)),
        (("closing_penalty_open",), replace(DONE, penalties_open=1)),
        (("closing_prosecution_open",), replace(DONE, prosecutions_open=1)),
        (("closing_appeal_running", "closing_prosecution_open"),
         replace(NOTICE_STANDS, appeals_running=1, prosecutions_open=1)),
        (("closing_needs_reason",), replace(DONE, reason=" ")),
        (("closing_needs_review_date",), replace(NOTICE_STANDS, review_on=None)),
        (("closing_needs_review_date",), replace(NOTICE_STANDS, review_on=date(2026, 4, 30))),
        (("closing_victim_not_told",), replace(NOTICE_STANDS, told=None)),
        (("closing_nobody_told",), replace(DONE, told="")),
        (("closing_drafts_left",), replace(DONE, drafts=1)),
    ],
)  # fmt: skip
def test_what_keeps_a_case_open(codes, facts):
    findings = check_close(facts)
    assert findings.codes == codes
    assert all(refusal.authority and refusal.remedy for refusal in findings.refusals)


def test_untold_people_and_drafts_only_ask_for_a_reason():
    assert check_close(replace(DONE, told=None, drafts=1)).allowed


@pytest.mark.parametrize(("facts", "status"), [(DONE, "closed"), (NOTICE_STANDS, "closed_notice_in_force")])
def test_a_notice_in_force_does_not_block_but_shows_in_the_status(facts, status):
    assert next_status(TRANSITIONS, CaseStatus.OPEN, closing_move(facts)) == status == closed_status(facts)


def test_the_status_changes_once_the_notice_is_over():
    assert check_notice_over(0).codes == ()
    assert check_notice_over(1).codes == ("notice_still_in_force",)


def test_reopening_needs_a_reason():
    assert check_reopen("New complaint.").codes == ()
    assert check_reopen(None).codes == ("reopening_needs_reason",)
