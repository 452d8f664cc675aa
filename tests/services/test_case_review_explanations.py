"""An explanation of the case review: owed at a second complaint, listed, given with proof."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case_review_work import CaseReviewExplanation
from asb_cases.queries.case_review_explanations import explanations_page
from asb_cases.queries.not_found import NotFound
from asb_cases.services.case_review_explanations import explain_case_review
from asb_cases.services.complaints import log_complaint
from asb_cases.services.told import Complainant, Told
from tests.factories import NOW, TODAY, make_actor, make_complaint, make_person
from tests.support.record import clocks, refused


def told(actor: Actor, person_id: int) -> int:
    said = Told(description="Music again", channel=Channel.PHONE, made=NOW)
    return log_complaint(actor=actor, now=NOW, told=said, complainant=Complainant(person_id=person_id))


def test_owed_at_the_second_complaint_once_and_given_with_proof(in_app: Flask) -> None:
    officer, ann, bob = make_actor(), make_person("Ann"), make_person("Bob")
    make_complaint(complainant=ann, made_on=TODAY - timedelta(days=30), reference="CMP-2026-900001")
    make_complaint(complainant=bob, made_on=TODAY - timedelta(days=230), reference="CMP-2026-900002")
    second, _third, other = told(officer, ann.id), told(officer, ann.id), told(officer, bob.id)
    assert list(db.session.scalars(select(CaseReviewExplanation.complaint_id))) == [second]
    assert clocks(complaint_id=second)["case_review_explanation"] == "running"
    assert [row.person for row in explanations_page(officer, TODAY, None).rows] == ["Ann"]
    given = {"actor": officer, "now": NOW, "on": TODAY, "way": ContactWay.LETTER}
    with refused("needs_words"):
        explain_case_review(**given, complaint_id=second, proof=" ")
    explain_case_review(**given, complaint_id=second, proof="Letter of today")
    assert clocks(complaint_id=second)["case_review_explanation"] == "met"
    assert explanations_page(officer, TODAY, None).rows == []
    with refused("already_done"):
        explain_case_review(**given, complaint_id=second, proof="Again")
    with pytest.raises(NotFound):
        explain_case_review(**given, complaint_id=other, proof="Nothing was owed")
