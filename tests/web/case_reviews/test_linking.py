"""Linking an application to its case and complaints: what is suggested, and what is typed."""

import pytest
from flask import Flask

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.services.search_index import index
from tests.factories import make_case, make_case_review, make_complaint, make_participant, make_person
from tests.support.signed_in import client_with_role


@pytest.mark.engines("sqlite")
def test_cases_and_complaints_of_whoever_applies_are_suggested_and_a_wrong_reference_is_told(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        ann, case = make_person("Ann Lindqvist"), make_case(title="Drumming at night")
        index("person", ann.id, None, ann.name)
        make_participant(case, ann, Part.VICTIM)
        complaint = make_complaint(complainant=ann).reference
        hidden = make_case(title="Kept to its readers", restricted=True)
        make_participant(hidden, ann, Part.VICTIM)
        page = f"/case-reviews/{make_case_review(contact_name='Ann Lindqvist').reference}/link"
        called, secret, case_id = case.reference, hidden.reference, str(case.id)
    client = client_with_role(app, Role.OFFICER)
    suggested = client.get(page).text
    assert all(each in suggested for each in (called, "Drumming at night", complaint))
    assert "Kept to its readers" not in suggested
    for wrong in ("ASB-1999-000001", secret):
        answer = client.post(page, data={"case_reference": wrong})
        assert answer.status_code == 422
        assert "No case of yours has this reference." in answer.text
    assert client.post(page, data={"case_id": case_id, "version": "1"}).status_code == 302
    assert called in client.get(page.removesuffix("/link")).text
