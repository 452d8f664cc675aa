"""Incidents, what was agreed, and waits, on the pages."""

from datetime import timedelta

import pytest

from asb_cases.adapters.time import LONDON, today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlan, ActionPlanStep
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.incident import Incident
from asb_cases.queries.incidents import complaints_telling_of
from tests.factories import make_complaint, make_plan
from tests.web.casework.conftest import Desk, day_parts

YESTERDAY = timedelta(days=1)


def test_an_incident_over_midnight_is_recorded_shown_and_put_right(desk: Desk) -> None:
    with desk.app.app_context():
        complaint = make_complaint(case=db.session.get_one(Case, desk.case_id))
        complaint_id, reference = complaint.id, complaint.reference
    client, night = desk.client(), today() - YESTERDAY
    answers = {
        **day_parts("happened_on", night), "happened_time": "23:40", **day_parts("until_on", today()), "until_time": "00:00",
        "seen": "Bass heard in the street", "source": "diary", "source_note": "Sheet 3", "evidence": "yes",
        "complaints": str(complaint_id), "place": "1 High Street",
    }  # fmt: skip
    assert client.submit(f"{desk.path}/incidents/new", answers).status_code == 302
    with desk.app.app_context():
        incident = db.session.query(Incident).one()
        assert incident.happened_at is not None
        assert f"{incident.happened_at.astimezone(LONDON):%H:%M}" == "23:40"
        assert (incident.happened_on, incident.until_on, incident.evidence) == (night, today(), True)
        assert [each.id for each in complaints_telling_of(incident.id)] == [complaint_id]
    page = client.get(f"/incidents/{incident.id}").text
    for words in ("11:40pm", "Bass heard", "It stands in a diary sheet: Sheet 3", "1 High Street", reference):
        assert words in page
    assert "Incident: it stands in a diary sheet (evidence)" in client.get(desk.path).text
    form = client.get(f"/incidents/{incident.id}/change").text
    assert 'value="23:40"' in form
    changed = client.submit(
        f"/incidents/{incident.id}/change", {**answers, "seen": "Bass heard indoors", "evidence": ""}
    )
    assert changed.status_code == 302
    assert "Bass heard indoors" in client.get(f"{desk.path}/incidents").text
    manager = desk.client(Role.MANAGER)
    manager.submit(f"/incidents/{incident.id}/entered-in-error", {"reason": "The wrong night"})
    assert "The wrong night" in client.get(f"/incidents/{incident.id}").text
    assert "Bass heard" not in desk.client(Role.PARTNER).get(desk.path).text


def test_a_plan_with_steps_is_agreed_worked_and_ended(desk: Desk) -> None:
    client, week = desk.client(), today() + timedelta(days=7)
    answers = {
        "person_id": str(desk.complainant_id), **day_parts("agreed_on", today()), "summary": "Quiet after eleven",
        "steps-rows": "0,1", "steps-0-text": "Keep a diary", "steps-0-owner_id": "",
        "steps-1-text": "Ring on Friday", "steps-1-owner_id": str(desk.users[Role.OFFICER]),
        **day_parts("steps-1-due_on", week), **day_parts("review_on", week),
    }  # fmt: skip
    assert client.submit(f"{desk.path}/plan/new", answers).status_code == 302
    with desk.app.app_context():
        steps = db.session.query(ActionPlanStep).order_by(ActionPlanStep.number).all()
        plan_id = db.session.query(ActionPlan).one().id
    page = client.get(desk.path).text
    for words in ("Agreed with Wilhelmina Quennell", "Quiet after eleven", "Keep a diary", "Ring on Friday"):
        assert words in page
    client.submit(f"/plan-steps/{steps[0].id}/close", {"state": "done", "outcome": "Fourteen entries"})
    why = client.submit(f"/plan-steps/{steps[1].id}/close", {"state": "dropped", "outcome": ""})
    assert why.status_code == 422
    assert "It is not said why the step is dropped" in why.text
    client.submit(f"/plans/{plan_id}/steps/new", {"text": "Write to the landlord", "owner_id": ""})
    client.submit(f"/plans/{plan_id}/review", {"finding": "Quiet for a month", "ends": "yes"})
    page = client.get(f"{desk.path}/plan").text
    for words in ("Fourteen entries", "Write to the landlord", "Quiet for a month", "Ended"):
        assert words in page
    assert "Quiet after eleven" not in desk.client(Role.PARTNER).get(desk.path).text


@pytest.mark.engines("sqlite")
def test_a_stale_plan_is_a_conflict_with_both_versions(desk: Desk) -> None:
    with desk.app.app_context():
        plan_id = make_plan(db.session.get_one(Case, desk.case_id), agreed_on=today()).id
    client = desk.client()
    assert (
        client.submit(f"/plans/{plan_id}/change", {"summary": "Quiet by ten", "reason": "As agreed"}).status_code == 302
    )
    lost = client.post(
        f"/plans/{plan_id}/change",
        data={
            **client.hidden(f"/plans/{plan_id}/change"),
            "version": "1",
            "summary": "Quiet by nine",
            "reason": "Mine",
        },
    )
    assert lost.status_code == 409
    assert "Quiet by ten" in lost.text
    assert "Quiet by nine" in lost.text


def test_the_response_waits_and_runs_again(desk: Desk) -> None:
    client = desk.client()
    assert client.submit(f"{desk.path}/wait", {"reason": "No answer at ten and at two"}).status_code == 302
    assert "The response clock is paused: waiting for the person" in client.get(desk.path).text
    twice = client.post(f"{desk.path}/wait", data={**client.hidden(f"{desk.path}/wait"), "reason": "Again"})
    assert twice.status_code == 422
    assert client.submit(f"{desk.path}/wait").status_code == 302
    page = client.get(desk.path).text
    assert "The wait is over" in page
    assert "The response clock is paused: waiting" not in page
    with desk.app.app_context():
        states = [clock.state.value for clock in db.session.query(Deadline).order_by(Deadline.id)]
    assert states == ["stopped", "running"]
    assert "No answer at ten" in client.get(f"{desk.path}/wait").text
