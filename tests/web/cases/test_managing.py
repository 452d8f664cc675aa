"""Looking after a case on its pages: described, given a priority, allocated, shared, restricted, closed and reopened."""

from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseShare
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import User
from tests.factories import keep, make_absence, make_breach, make_case, make_intervention, make_user
from tests.web.casework.conftest import Desk, day_parts, desk

__all__ = ["desk"]  # the fixture


def row(desk: Desk) -> Case:
    with desk.app.app_context():
        return db.session.get_one(Case, desk.case_id)


DETAILS = {"title": "Loud music from the flat", "summary": "Most weekends", "place": "14 Marsh Lane", "ward_id": ""}


def test_details_are_changed_and_a_stale_tab_sees_both_versions(desk: Desk) -> None:
    client, path = desk.client(), f"{desk.path}/change"
    stale = client.hidden(path)
    assert client.submit(path, {**DETAILS, "categories": "noise_music"}).status_code == 302
    page = client.get(desk.path).text
    for words in ("Loud music from the flat", "Most weekends", "14 Marsh Lane", "Noise: loud music"):
        assert words in page
    lost = client.post(path, data={**stale, **DETAILS, "title": "Typed for nothing", "place": "Another place"})
    assert lost.status_code == 409
    for words in (
        "Typed for nothing",
        "Loud music from the flat",
        "Another place",
        "14 Marsh Lane",
        "Noise: loud music",
    ):
        assert words in lost.text
    assert row(desk).title == "Loud music from the flat"
    nowhere = client.submit(path, {**DETAILS, "place": "..."})
    assert nowhere.status_code == 422
    assert "The place has no letter and no digit in it" in nowhere.text
    blank = client.submit(path, {**DETAILS, "title": " "})
    assert blank.status_code == 422
    assert "Enter a title" in blank.text


@pytest.mark.engines("sqlite")
def test_a_new_priority_needs_its_reason(desk: Desk) -> None:
    client, path = desk.client(), f"{desk.path}/priority"
    assert "needs a reason" in client.submit(path, {"priority": "1", "reason": ""}).text
    assert "is the priority it has" in client.submit(path, {"priority": "2", "reason": "Again"}).text
    assert client.submit(path, {"priority": "1", "reason": "A threat to life"}).status_code == 302
    assert row(desk).priority == 1


@pytest.mark.engines("sqlite")
def test_work_is_started_and_the_case_allocated(desk: Desk) -> None:
    officer_id = desk.users[Role.OFFICER]
    client, manager = desk.client(), desk.client(Role.MANAGER)
    assert ">Start work</a>" in client.get(desk.path).text
    assert client.submit(f"{desk.path}/start").status_code == 302
    assert (row(desk).owner_id, row(desk).status.value) == (officer_id, "open")
    assert "not possible while the status is" in client.submit(f"{desk.path}/start").text
    with desk.app.app_context():
        other = make_user(name="Pat Quinn")
        other_id = other.id
        make_absence(other, db.session.get_one(User, officer_id), from_on=today(), to_on=today() + timedelta(days=4))
    given = {"team_id": str(row(desk).team_id), "owner_id": str(other_id)}
    assert manager.submit(f"{desk.path}/allocate", given).status_code == 302
    page = client.get(desk.path).text
    assert "Pat Quinn, covered by Officer until" in page
    assert client.get(f"{desk.path}/allocate").status_code == 403


def test_several_cases_are_ticked_and_allocated_at_once(desk: Desk) -> None:
    with desk.app.app_context():
        other = make_case(title="Litter").reference
        closed = make_case(status="closed", closed_on=today(), closure_reason="x", opened_on=today()).reference
    manager = desk.client(Role.MANAGER)
    boxes = [
        box.attributes["value"]
        for box in manager.page("/cases").root.all("input")
        if box.attributes.get("name") == "case"
    ]
    assert set(boxes) == {desk.reference, other}
    assert closed not in boxes
    assert 'name="case"' not in desk.client().get("/cases").text
    path = f"/cases/allocate?case={desk.reference}&case={other}"
    tokens = [
        box.attributes["value"] for box in manager.page(path).root.all("input") if box.attributes.get("name") == "cases"
    ]
    officer_id = str(desk.users[Role.OFFICER])
    sent = manager.submit(path, {"cases": tokens, "team_id": "", "owner_id": officer_id})
    assert (sent.status_code, sent.location) == (302, "/cases")
    with desk.app.app_context():
        assert {case.reference for case in db.session.query(Case).filter_by(owner_id=int(officer_id))} == set(boxes)
    stale = manager.submit(path, {"cases": tokens, "team_id": "", "owner_id": ""})
    assert stale.status_code == 409, "they were given away since"
    assert manager.submit(path, {"cases": [], "owner_id": officer_id}).status_code == 422
    assert manager.submit(path, {"cases": ["999-1"], "owner_id": officer_id}).status_code == 422
    assert "No case was chosen" in manager.get("/cases/allocate").text


@pytest.mark.engines("sqlite")
def test_a_case_is_shared_and_the_sharing_ended(desk: Desk) -> None:
    client, path = desk.client(), f"{desk.path}/sharing"
    with desk.app.app_context():
        share = db.session.query(CaseShare).one()
    body = f"body-{share.partner_body_id}"
    again = client.submit(path, {"share_with": body, "reason": "Joint visit"})
    assert "The case is shared with them already" in again.text
    assert desk.client(Role.PARTNER).get(desk.path).status_code == 200
    assert client.submit(path, form=1).location == path, "the button beside it"
    assert desk.client(Role.PARTNER).get(desk.path).status_code == 404
    assert "Police" not in client.get(desk.path).text, "what has ended is not said to be shared"
    until = today() + timedelta(days=9)
    assert (
        client.submit(path, {"share_with": body, "reason": "Joint visit", **day_parts("to_on", until)}).status_code
        == 302
    )
    assert desk.client(Role.PARTNER).get(desk.path).status_code == 200
    before = day_parts("to_on", today() - timedelta(days=1)) | day_parts("from_on", today())
    assert (
        "must be the same as or after first day"
        in client.submit(path, {"share_with": body, "reason": "x", **before}).text
    )


@pytest.mark.engines("sqlite")
def test_a_case_is_restricted_to_named_readers_and_opened_again(desk: Desk) -> None:
    manager, path = desk.client(Role.MANAGER), f"{desk.path}/restrict"
    manager_id, legal_id = str(desk.users[Role.MANAGER]), str(desk.users[Role.LEGAL])
    nobody = manager.submit(path, {"readers": [], "reason": "A relative works here"})
    assert "Choose at least one reader" in nobody.text
    assert (
        manager.submit(path, {"readers": [manager_id, legal_id], "reason": "A relative works here"}).location
        == desk.path
    )
    assert desk.client().get(desk.path).status_code == 404
    assert desk.client(Role.LEGAL).get(desk.path).status_code == 200
    stale = manager.hidden(path)
    assert manager.submit(path, {"readers": [manager_id], "reason": "Legal is done"}).status_code == 302
    assert desk.client(Role.LEGAL).get(desk.path).status_code == 404
    lost = manager.post(path, data={**stale, "readers": [manager_id, legal_id], "reason": "Typed for nothing"})
    assert lost.status_code == 409
    assert "Typed for nothing" in lost.text
    officer_id = str(desk.users[Role.OFFICER])
    assert manager.submit(f"{desk.path}/lift-restriction", {"reason": "They left"}).status_code == 302
    assert desk.client().get(desk.path).status_code == 200
    assert manager.submit(path, {"readers": [officer_id], "reason": "Again"}).location == "/cases", (
        "not among the readers"
    )


CLOSING = {"closure_outcome": "resolved", "closure_reason": "Quiet for a month", "closure_told": "Rang on Monday"}


def test_what_stands_in_the_way_of_closing_is_linked(desk: Desk, app: Flask) -> None:
    with desk.app.app_context():
        case = db.session.get_one(Case, desk.case_id)
        notice = make_intervention("CPN", case=case, status="appealed")
        keep(Appeal(intervention_id=notice.id, lodged_on=today()))
        make_breach(notice)
        penalty = make_intervention("FPN", case=case, follows=notice)
        references = notice.reference, penalty.reference
    manager, path = desk.client(Role.MANAGER), f"{desk.path}/close"
    page = manager.page(path)
    links = {link.attributes["href"] for link in page.root.all("main")[0].all("a")}
    assert {f"/interventions/{reference}" for reference in references} <= links
    text = page.root.text
    for words in ("appeal against a notice in this case is in progress", "2014 Act s.46(3)", "2014 Act s.52"):
        assert words in text
    token = manager.hidden(path)["csrf_token"]
    sent = manager.post(path, data={"csrf_token": token, "form_key": "x" * 20, "version": "1", **CLOSING})
    assert sent.status_code == 422
    assert row(desk).closed_on is None


def test_a_case_is_closed_told_and_reopened(desk: Desk) -> None:
    manager, path = desk.client(Role.MANAGER), f"{desk.path}/close"
    silent = manager.submit(path, {**CLOSING, "closure_told": ""})
    assert silent.status_code == 422
    assert "Before you go on" in silent.text
    assert "Quiet for a month" in silent.text, "nothing typed is lost"
    done = manager.submit(path, {**CLOSING, "closure_told": "", "cautions_reason": "Anonymous: nobody to tell"})
    assert done.status_code == 302
    page = desk.client().get(desk.path).text
    for words in ("Quiet for a month", "Resolved"):
        assert words in page
    assert ">Close</a>" not in page
    assert "Say what has come up" in manager.submit(f"{desk.path}/reopen", {"reason": ""}).text
    assert manager.submit(f"{desk.path}/reopen", {"reason": "The barking is back"}).status_code == 302
    assert row(desk).closed_on is None
    history = desk.client().get(f"{desk.path}/history").text
    for words in ("Case reopened", "The barking is back", "Case closed", "Anonymous: nobody to tell", "Manager"):
        assert words in history


@pytest.mark.engines("sqlite")
def test_with_a_notice_in_force_a_review_day_and_the_victim_told_are_needed(desk: Desk) -> None:
    with desk.app.app_context():
        make_intervention("CPN", case=db.session.get_one(Case, desk.case_id), ends_on=today() + timedelta(days=300))
    manager, path = desk.client(Role.MANAGER), f"{desk.path}/close"
    assert 'name="notice_review_on-day"' in manager.get(path).text
    bare = manager.submit(
        path, {**CLOSING, "closure_told": "", **{f"notice_review_on-{each}": "" for each in ("day", "month", "year")}}
    )
    assert bare.status_code == 422
    for words in ("the case needs a day on which it is looked at again", "the victim must know"):
        assert words in bare.text
    review = today() + timedelta(days=60)
    assert manager.submit(path, {**CLOSING, **day_parts("notice_review_on", review)}).status_code == 302
    assert row(desk).notice_review_on == review


@pytest.mark.engines("sqlite")
def test_a_case_entered_in_error_offers_nothing_more(desk: Desk) -> None:
    manager = desk.client(Role.MANAGER)
    assert manager.submit(f"{desk.path}/entered-in-error", {"reason": "Opened twice"}).status_code == 302
    page = manager.get(desk.path).text
    assert "Opened twice" in page
    assert "What you can do" not in page
    assert "entered in error" in manager.submit(f"{desk.path}/change", DETAILS).text


@pytest.mark.engines("sqlite")
def test_cover_is_recorded_by_the_absent_and_shown(desk: Desk) -> None:
    client, manager = desk.client(), desk.client(Role.MANAGER)
    officer_id, manager_id = str(desk.users[Role.OFFICER]), str(desk.users[Role.MANAGER])
    days = day_parts("from_on", today()) | day_parts("to_on", today() + timedelta(days=3))
    offered = client.get("/absences/new").text
    assert offered.count(f'value="{manager_id}"') == 1, "they record their own absence alone"
    assert client.submit("/absences/new", {"user_id": manager_id, "cover_id": officer_id, **days}).status_code == 422
    assert client.submit("/absences/new", {"user_id": officer_id, "cover_id": manager_id, **days}).status_code == 302
    for reader in (client, manager):
        assert "Officer, covered by Manager" in reader.get("/absences").text
    link = next(
        a.attributes["href"] for a in client.page("/absences").root.all("a") if a.attributes["href"].endswith("/end")
    )
    assert client.submit(link).status_code == 302
    assert "Away now" not in client.get("/absences").text


@pytest.mark.engines("sqlite")
def test_the_history_names_people_and_teams_and_no_bare_id(desk: Desk) -> None:
    manager, officer_id = desk.client(Role.MANAGER), str(desk.users[Role.OFFICER])
    manager.submit(f"{desk.path}/allocate", {"team_id": str(row(desk).team_id), "owner_id": officer_id})
    desk.client().submit(f"{desk.path}/priority", {"priority": "1", "reason": "A threat to life"})
    page = manager.page(f"{desk.path}/history").root.text
    for words in ("To: Officer", "Team: North", "Priority: 2 to 1", "A threat to life", "by console"):
        assert words in page
    assert "Owner id" not in page
    assert desk.client(Role.PARTNER).get(f"{desk.path}/history").status_code == 403


def test_once_the_last_notice_is_over_the_case_is_simply_closed(desk: Desk) -> None:
    with desk.app.app_context():
        case = db.session.get_one(Case, desk.case_id)
        notice_id = make_intervention("CPN", case=case, ends_on=today()).id
        case.status, case.closed_on, case.notice_review_on = CaseStatus.CLOSED_NOTICE_IN_FORCE, today(), today()
        case.closure_outcome, case.closure_reason = "resolved", "Quiet for a month"
        db.session.commit()
    client, path = desk.client(), f"{desk.path}/notice-over"
    early = client.submit(path, {})
    assert early.status_code == 422
    for words in (
        "A notice in this case is still in force.",
        "Let it end, discharge or withdraw it first.",
        "2014 Act s.43",
    ):
        assert words in early.text
    with desk.app.app_context():
        notice = db.session.get_one(Intervention, notice_id)
        notice.issued_on, notice.ends_on = today() - timedelta(days=30), today() - timedelta(days=1)
        db.session.commit()
    assert client.submit(path, {}).status_code == 302
    assert row(desk).status is CaseStatus.CLOSED
