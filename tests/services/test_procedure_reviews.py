"""The yearly look at the case review procedures: recorded, corrected in the open, never overwritten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import Role
from asb_cases.domain.procedure_reviews import ProcedureReviewed, check_procedure_review
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.procedure_reviews import procedure_reviews
from asb_cases.services.procedure_reviews import correct_procedure_review, record_procedure_review
from tests.factories import NOW, TODAY, make_actor
from tests.support.record import history_kinds, refused

FOUND = ProcedureReviewed(year_first_on=date(2024, 4, 1), reviewed_on=TODAY, findings="Two letters went out late.")


def test_recorded_and_corrected(in_app: Flask) -> None:
    manager = make_actor(Role.MANAGER)
    with pytest.raises(NotPermitted):
        record_procedure_review(actor=make_actor(Role.OFFICER), now=NOW, found=FOUND)
    review_id = record_procedure_review(actor=manager, now=NOW, found=FOUND)
    record_procedure_review(actor=manager, now=NOW, found=replace(FOUND, year_first_on=date(2025, 4, 1)))
    better = replace(FOUND, findings="Three letters went out late.")
    with refused("reason_needed"):
        correct_procedure_review(actor=manager, now=NOW, review_id=review_id, found=better, because=" ")
    correct_procedure_review(actor=manager, now=NOW, review_id=review_id, found=better, because="Counted again.")
    with refused("procedure_review_corrected_already"):
        correct_procedure_review(actor=manager, now=NOW, review_id=review_id, found=FOUND, because="Once more.")
    with pytest.raises(NotFound):
        correct_procedure_review(actor=manager, now=NOW, review_id=99, found=FOUND, because="No such entry.")
    later, corrected = procedure_reviews()
    assert (later.stands.year_first_on.year, later.before) == (2025, ())
    assert corrected.stands.findings == "Three letters went out late."
    assert [row.findings for row in corrected.before] == ["Two letters went out late."]
    assert history_kinds()[-1] == "procedure_review_corrected"


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({}, ()),
        ({"findings": " "}, ("needs_words",)),
        ({"reviewed_on": TODAY + timedelta(days=1)}, ("day_not_come",)),
        ({"changes": "Two reports are enough."}, ("not_consulted", "not_consulted")),
        ({"changes": "Two.", "policing_body": "Agreed.", "landlords": "Not asked: none is co-opted."}, ()),
    ],
)
def test_what_may_be_recorded(given: dict[str, object], codes: tuple[str, ...]) -> None:
    assert check_procedure_review(replace(FOUND, **given), TODAY).codes == codes  # type: ignore[arg-type]
