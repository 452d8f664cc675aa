"""Letters about a case review: what stands in them for whom, and kept as they leave."""

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, VictimConsent
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.frozen_document import FrozenDocument
from tests.factories import TODAY, make_case_review
from tests.support.signed_in import client_with_role


@pytest.mark.engines("sqlite")
def test_who_is_not_the_victim_reads_the_decision_alone_and_a_letter_is_kept(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    told = {
        "threshold": ThresholdDecision.NOT_MET,
        "decided_on": TODAY,
        "harm": "Her sleep is gone",
        "contact_name": "Cllr X",
    }
    with app.app_context():
        for_another = {"applicant_role": ApplicantRole.COUNCILLOR, "on_behalf_of": "Ann"}
        pages = {
            name: f"/case-reviews/{make_case_review(**told, **given).reference}/letters/not-met"
            for name, given in {
                "victim": {"applicant_role": ApplicantRole.VICTIM},
                "agreed": for_another | {"victim_consent": VictimConsent.YES},
                "not_asked": for_another | {"victim_consent": VictimConsent.NOT_ASKED},
            }.items()
        }
    client = client_with_role(app, Role.OFFICER)
    read = {name: client.get(page).text for name, page in pages.items()}
    assert {name for name, text in read.items() if "Her sleep is gone" in text} == {"victim", "agreed"}
    assert all("is not met" in text and "If you are not satisfied" in text for text in read.values())
    assert client.get(pages["victim"].replace("not-met", "outcome")).status_code == 404
    assert client.post(pages["not_asked"]).status_code == 302
    with app.app_context():
        [(kind, data)] = db.session.execute(select(FrozenDocument.kind, FrozenDocument.data)).all()
    assert kind == "case_review_not_met"
    assert "Her sleep is gone" not in data
    assert "As it left" in client.get(pages["not_asked"]).text
