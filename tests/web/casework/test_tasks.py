"""Tasks on the pages: one's own first, given away and moved with a reason, done."""

from datetime import timedelta

import pytest

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from tests.factories import make_task
from tests.web.casework.conftest import Desk, day_parts


def the_task(desk: Desk) -> Task:
    with desk.app.app_context():
        return db.session.query(Task).one()


def test_a_task_is_added_changed_and_done(desk: Desk) -> None:
    client, tomorrow = desk.client(), today() + timedelta(days=1)
    manager_id = desk.users[Role.MANAGER]
    added = client.submit(
        f"{desk.path}/tasks/new",
        {"title": "Ring back", "owner_id": str(desk.users[Role.OFFICER]), **day_parts("due_on", tomorrow)},
    )
    assert added.location == desk.path
    task = the_task(desk)
    assert (task.title, task.due_on) == ("Ring back", tomorrow)
    change = {"owner_id": str(manager_id), "reason": "On leave", **day_parts("due_on", today())}
    assert client.submit(f"/tasks/{task.id}/change", change).status_code == 302
    assert (the_task(desk).owner_id, the_task(desk).due_on) == (manager_id, today())
    lists = client.get(f"{desk.path}/tasks").text
    assert "Others’" in lists
    assert "Yours" not in lists
    assert "Yours" in desk.client(Role.MANAGER).get(f"{desk.path}/tasks").text
    client.submit(f"/tasks/{task.id}/done", {"outcome": "No answer"})
    assert (the_task(desk).done_on, the_task(desk).outcome) == (today(), "No answer")
    assert "No answer" in client.get(f"{desk.path}/tasks").text


@pytest.mark.engines("sqlite")
def test_a_stale_tab_is_shown_both_versions_and_what_was_typed(desk: Desk) -> None:
    with desk.app.app_context():
        task_id = make_task(db.session.get_one(Case, desk.case_id), due_on=today(), created_on=today()).id
    client, manager = desk.client(), desk.client(Role.MANAGER)
    officer_id = str(desk.users[Role.OFFICER])
    stale = client.hidden(f"/tasks/{task_id}/change")
    theirs = {"owner_id": str(desk.users[Role.MANAGER]), "reason": "Mine now", **day_parts("due_on", today())}
    assert manager.submit(f"/tasks/{task_id}/change", theirs).status_code == 302
    later = today() + timedelta(days=9)
    lost = client.post(
        f"/tasks/{task_id}/change",
        data={**stale, "owner_id": officer_id, "reason": "Typed for nothing", **day_parts("due_on", later)},
    )
    assert lost.status_code == 409
    for words in ("Typed for nothing", "Manager", "Officer", f"{later.day} {later.month} {later.year}"):
        assert words in lost.text
    assert the_task(desk).due_on == today()


@pytest.mark.engines("sqlite")
def test_what_is_overdue_is_marked_and_legal_only_reads(desk: Desk) -> None:
    yesterday = today() - timedelta(days=1)
    with desk.app.app_context():
        make_task(db.session.get_one(Case, desk.case_id), title="Late one", due_on=yesterday, created_on=yesterday)
    page = desk.client().get(desk.path).text
    assert "Late one" in page
    assert "Overdue" in page
    assert "Late one" not in desk.client(Role.PARTNER).get(desk.path).text
    assert "Late one" not in desk.client(Role.ANALYST).get(desk.path).text
