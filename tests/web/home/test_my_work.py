"""The first page of each role: what is to be done, and every number opening exactly what it counts."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from flask import Flask

from asb_cases.domain.complaints import Channel, OutOfHoursResponse
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.models.user import Team, User
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.query_counter import counted_queries
from tests.support.reading_world import make_deadline, make_many_cases
from tests.support.signed_in import client_of
from tests.web.home.conftest import HIDDEN, NOW, TODAY, Desk, ago

BUDGET = 10


def numbers(page: Page) -> dict[str, tuple[int, str]]:
    """Each number of a first page by its words, with its address."""
    cards = [link for link in page.root.all("a") if link.attributes.get("class") == "asb-numbers__link"]
    found = {}
    for card in cards:
        number, words = (each.text for each in card.all("span"))
        found[words] = int(number), card.attributes["href"]
    return found


def listed(page: Page) -> int:
    """How many rows a list shows."""
    rows = [cell for cell in page.root.all("th") if cell.attributes.get("scope") == "row"]
    items = [item for item in page.root.all("li") if item.attributes.get("class") == "asb-agenda__item"]
    return len(rows) + len(items)


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (
            Role.OFFICER,
            {
                "Open cases of yours": 4, "Overdue in your cases": 3, "Due or ending within 7 days": 2,
                "Tasks of yours": 3, "Tasks overdue": 1, "Tasks due within 7 days": 1,
                "Cases given to you since yesterday": 1, "New in your cases since yesterday": 2,
                "Complaints to triage": 2, "Of these made since yesterday": 1,
            },
        ),
        (
            Role.MANAGER,
            {
                "Open cases of yours": 0, "Overdue in your cases": 0, "Due or ending within 7 days": 0,
                "Tasks of yours": 1, "Tasks overdue": 1, "Tasks due within 7 days": 0,
                "Cases given to you since yesterday": 0, "New in your cases since yesterday": 0,
                "Complaints to triage": 2, "Of these made since yesterday": 1,
                "Open cases without an officer": 1, "Overdue in all cases": 4, "Tasks overdue, everybody’s": 3,
                "Notices whose review is overdue": 1, "Notices ending or due within 28 days": 1,
                "Case reviews not finished": 1, "Case review letters overdue": 0, "Case review to be explained": 0,
                "Drafts to be authorised": 1,
                "Less than 4 weeks old": 2, "4 to 8 weeks old": 1, "8 to 12 weeks old": 1, "12 weeks and older": 1,
            },
        ),
        (
            Role.LEGAL,
            {
                "Files in legal review": 1, "Time limits within 3 months": 1, "Hearings to come": 1, "Notices under appeal": 0,
                "Prosecutions before the court": 0, "Tasks of yours": 0, "Tasks overdue": 0,
            },
        ),
    ],
)  # fmt: skip
def test_each_number_opens_exactly_what_it_counts(desk: Desk, role: Role, expected: dict[str, int]) -> None:
    client = desk.client(role)
    found = numbers(client.page("/"))
    assert {words: number for words, (number, _) in found.items()} == expected
    opened = {words: listed(client.page(address)) for words, (_, address) in found.items()}
    assert opened == expected


@time_machine.travel(NOW, tick=False)
def test_a_manager_sees_officer_by_officer(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    page = client.page("/")
    table = next(each for each in page.root.all("table") if "Officer by officer" in each.text)
    [row] = table.all("tbody")[0].all("tr")
    assert " ".join(row.text.split()).startswith("Pat Quinn")
    links = [(int(link.text.split()[0]), link.attributes["href"]) for link in row.all("a")]
    assert [number for number, _ in links] == [4, 2]
    assert [listed(client.page(address)) for _, address in links] == [4, 2]


@time_machine.travel(NOW, tick=False)
def test_what_is_due_stands_in_order_and_what_is_hidden_stands_nowhere(desk: Desk) -> None:
    text = " ".join(desk.client().page("/").root.text.split())
    overdue, due = (
        text.index("Overdue Nothing") if "Overdue Nothing" in text else text.index("Overdue 27 Feb 2026"),
        text.index("Due or ending within 7 days 2 March 2026 at 10:01am"),
    )
    assert overdue < text.index("Ring") < due < text.index("Visit")
    assert text.index("Second") > 0
    for role in (Role.OFFICER, Role.MANAGER, Role.LEGAL):
        client = desk.client(role)
        for path in ("/", "/tasks?whose=all", "/deadlines", "/news", "/deadlines.csv", "/tasks.csv?whose=all"):
            assert HIDDEN not in client.get(path, buffered=True).get_data(as_text=True), (role, path)


@time_machine.travel(NOW, tick=False)
def test_news_says_what_others_did(desk: Desk) -> None:
    page = " ".join(desk.client().page("/news").root.text.split())
    assert "Note added" in page
    assert "Case allocated" in page
    assert "since 1 March 2026" in page
    everything = desk.client().page("/news?since=2026-02-01")
    assert listed(everything) == 3
    assert listed(desk.client().page("/news?only=allocated&since=2026-02-31")) == 1


@time_machine.travel(NOW, tick=False)
def test_a_task_without_an_owner_and_done_tasks_are_found(desk: Desk) -> None:
    manager = desk.client(Role.MANAGER)
    assert "Nobody’s" in manager.page("/tasks?whose=all").root.text
    assert listed(desk.client().page("/tasks?when=done")) == 1
    assert "You have no task to do" in desk.client(Role.LEGAL).page("/tasks").root.text


@time_machine.travel(NOW, tick=False)
def test_lists_of_work_are_files_too(desk: Desk) -> None:
    tasks = desk.client().get("/tasks.csv", buffered=True).get_data(as_text=True).splitlines()
    assert len(tasks) == 4
    assert tasks[1].startswith("Ring,Pat Quinn,2026-03-01,")
    clocks = desk.client().get("/deadlines.csv?whose=mine&when=overdue", buffered=True).get_data(as_text=True)
    assert len(clocks.splitlines()) == 4
    with desk.app.app_context():
        last = db.session.query(Consultation).order_by(Consultation.id.desc()).first()
        assert (last.endpoint, last.operation.value) == ("work_lists.download_deadlines", "disclosure")


@pytest.mark.parametrize(
    "asked", ["when=x", "whose=999&about=nonsense", "after=99999999999", "since=x&only=y", "before=1"]
)
def test_whatever_is_asked_a_list_answers(desk: Desk, asked: str) -> None:
    for path in ("/tasks", "/deadlines", "/news"):
        assert desk.client().get(f"{path}?{asked}").status_code == 200, path


@time_machine.travel(NOW, tick=False)
def test_what_the_first_page_shows_is_on_record(desk: Desk) -> None:
    desk.client(Role.MANAGER).get("/")
    with desk.app.app_context():
        [row] = db.session.query(Consultation).all()
        assert row.endpoint == "home.start"
        assert '"case"' in row.shown
        assert '"intervention"' in row.shown


def test_a_duty_officer_begins_with_tonight(app: Flask) -> None:
    with app.app_context(), time_machine.travel(NOW, tick=False):
        user = make.make_user(Role.DUTY_OFFICER)
        night = {"channel": Channel.OUT_OF_HOURS, "recorded_by": user, "made_at": NOW, "shift_on": date(2026, 3, 1)}
        open_one = make.make_complaint(**night, response=OutOfHoursResponse.VISIT, outcome="?").reference
        finished = make.make_complaint(**night, response=OutOfHoursResponse.CONTACT, outcome="Quiet").reference
        long_ago = make.make_complaint(**night | {"shift_on": date(2026, 2, 1)}).reference
        user_id = user.id
    with time_machine.travel(NOW, tick=False):
        page = client_of(app, user_id).get("/").text
    assert "Shift of Sunday 1 March 2026" in page
    assert open_one in page
    assert finished not in page
    assert long_ago not in page
    assert 'action="/notices-tonight"' in page


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.PARTNER, "Nothing is shared with you at the moment"),
        (Role.ANALYST, "Partnership report"),
        (Role.ADMINISTRATOR, "Teams and partner bodies"),
        (Role.OFFICER, "No open case is yours."),
        (Role.MANAGER, "Every open case has an officer."),
    ],
)
def test_every_role_has_a_first_page_when_there_is_nothing(
    client_as: Callable[..., PageClient], role: Role, said: str
) -> None:
    page = client_as(role).get("/")
    assert page.status_code == 200
    assert said in page.text
    assert '<a class="govuk-service-navigation__link" href="/" aria-current="true">' in page.text


def test_a_partner_begins_with_what_is_shared(app: Flask) -> None:
    with app.app_context():
        body = make.make_body()
        shared, other = make.make_case(title="Shared"), make.make_case(title="Not shared")
        make.make_share(shared, body=body)
        user, hidden = make.make_user(Role.PARTNER, body=body).id, other.reference
    page = client_of(app, user).get("/").text
    assert "Shared" in page
    assert "All 1 case" in page
    assert hidden not in page


@pytest.mark.parametrize("size", [1, 1000])
def test_the_first_page_keeps_to_its_budget(desk: Desk, size: int) -> None:
    with desk.app.app_context():
        officer = db.session.get_one(User, desk.officer)
        for number in range(min(size, 60)):
            case = make.make_case(owner=officer, opened_on=ago(number))
            make_deadline(case, TODAY, rule="acknowledge", starts_on=ago(90), last_day=ago(number))
            make.make_task(case, owner_id=officer.id, created_on=ago(90), due_on=ago(number))
        make_many_cases(db.session.get_one(Team, officer.team_id), size, TODAY)
        db.session.execute(db.text("UPDATE cases SET owner_id = :user WHERE title LIKE 'Bulk%'"), {"user": officer.id})
        db.session.commit()
    for role in (Role.OFFICER, Role.MANAGER, Role.LEGAL):
        client = desk.client(role)
        with counted_queries(desk.app) as statements:
            assert client.get("/").status_code == 200
        assert len(statements) <= BUDGET, role
    assert "1,000+" in desk.client().get("/").text or size == 1
