"""One's own reminders on their pages: read, put off with a reason, chosen, and in a calendar by a secret."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Role
from asb_cases.domain.reminders import Delivery
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.reminder import Reminder
from asb_cases.services.reminders import make_feed
from tests.factories import actor_of, keep, make_case, make_task, make_team, make_user
from tests.support.page_client import PageClient
from tests.support.query_counter import counted_queries


def reminder_of(app: Flask, rule: str, day: date | None = None) -> tuple[int, int, str]:
    """A person with one reminder of a case of theirs: their id, its id, and the reference of the case."""
    with app.app_context():
        user = make_user(team=make_team())
        case = make_case(owner=user, title="Mrs Smith")
        day = day or today()
        deadline = keep(
            Deadline(
                rule=rule, case_id=case.id, starts_on=date(2026, 1, 1), last_day=max(day, date(2026, 1, 1)), working="w"
            )
        )
        reminder = keep(
            Reminder(
                effect_key=f"deadline {deadline.id}",
                user_id=user.id,
                deadline_id=deadline.id,
                case_id=case.id,
                rule=rule,
                stage="due",
                due_on=deadline.last_day,
                made_at=now(),
            )
        )
        return user.id, reminder.id, case.reference


def test_a_reminder_is_new_until_it_is_read(app: Flask, client_as: Callable[..., PageClient]) -> None:
    user_id, reminder_id, reference = reminder_of(app, "acknowledge")
    client = client_as(user_id=user_id)
    page = client.get("/reminders").text
    assert "Mark as read" in page
    assert f"/cases/{reference}" in page
    assert counter(client) == "1 unread"
    app.config["WTF_CSRF_ENABLED"] = False
    client.post("/reminders/read", data={"reminder": [str(reminder_id), "x", "9" * 30]})
    page = client.get("/reminders").text
    assert "Mark as new" in page
    assert "Mark all as read" not in page, "there is nothing left to read"
    assert counter(client) == ""
    client.post(f"/reminders/{reminder_id}/unread")
    assert "Mark as read" in client.get("/reminders").text
    assert counter(client) == "1 unread"


def test_what_has_merely_passed_leaves_the_list_once_it_was_read(
    app: Flask, client_as: Callable[..., PageClient]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    yesterday = today() - timedelta(days=1)
    for rule, day, stays in (
        ("cpn_appeal", yesterday, False),
        ("cpn_appeal", today(), True),
        ("cpn_review", yesterday, True),
        ("prosecution_limit", yesterday, True),
    ):
        user_id, reminder_id, reference = reminder_of(app, rule, day)
        client = client_as(user_id=user_id)
        assert reference in client.get("/reminders").text
        client.post("/reminders/read", data={"reminder": str(reminder_id)})
        assert (reference in client.get("/reminders").text) is stays, (rule, day)


def counter(client: PageClient) -> str:
    """How many reminders the frame of any page says are unread: nothing where none is."""
    header = client.page("/account").root.all("header")[0]
    [link] = [each for each in header.all("a") if each.attributes["href"] == "/reminders"]
    return link.text.removeprefix("Reminders").strip()


def test_the_counter_is_asked_with_who_is_signed_in(app: Flask, client_as: Callable[..., PageClient]) -> None:
    user_id, _, _ = reminder_of(app, "acknowledge")
    client = client_as(user_id=user_id)
    with counted_queries(app) as sent:
        client.get("/account")
    assert sum("reminders" in statement for statement in sent) == 1


def test_another_persons_reminder_is_not_there(app: Flask, client_as: Callable[..., PageClient]) -> None:
    _, reminder_id, reference = reminder_of(app, "acknowledge")
    client = client_as(Role.OFFICER)
    assert reference not in client.get("/reminders").text
    assert client.get(f"/reminders/{reminder_id}/snooze").status_code == 404


def test_putting_off_needs_a_later_day_and_a_reason(app: Flask, client_as: Callable[..., PageClient]) -> None:
    user_id, reminder_id, reference = reminder_of(app, "acknowledge")
    client, address = client_as(user_id=user_id), f"/reminders/{reminder_id}/snooze"
    assert client.submit(address).status_code == 422
    yesterday, later = today() - timedelta(days=1), today() + timedelta(days=3)

    def until(day: date) -> dict[str, str]:
        return {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year)}

    assert client.submit(address, {**until(yesterday), "reason": "Waiting for a call"}).status_code == 422
    assert client.submit(address, {**until(later), "reason": "Waiting for a call"}).status_code == 302
    assert reference not in client.get("/reminders").text
    assert counter(client) == ""
    with app.app_context():
        row = db.session.get_one(Reminder, reminder_id)
        assert (row.snoozed_until, row.snoozed_because) == (later, "Waiting for a call")


def test_a_statutory_limit_is_not_put_off(app: Flask, client_as: Callable[..., PageClient]) -> None:
    user_id, reminder_id, _ = reminder_of(app, "cpn_appeal")
    client = client_as(user_id=user_id)
    assert "Put off" not in client.get("/reminders").text
    app.config["WTF_CSRF_ENABLED"] = False
    day = today() + timedelta(days=3)
    fields = {"until-day": str(day.day), "until-month": str(day.month), "until-year": str(day.year), "reason": "Later"}
    answer = client.post(f"/reminders/{reminder_id}/snooze", data=fields)
    assert answer.status_code == 422
    assert "cannot be put off" in answer.text


def test_the_calendar_has_days_and_references_and_nothing_else(
    app: Flask, client_as: Callable[..., PageClient]
) -> None:
    user_id, _, reference = reminder_of(app, "acknowledge", date(2027, 3, 1))
    client = client_as(user_id=user_id)
    page = client.submit("/reminders/settings", form=-1).text
    address = re.search(r"http://localhost(/calendar/[^<\s]+\.ics)", page)
    assert address is not None
    feed = app.test_client().get(address[1])
    assert feed.mimetype == "text/calendar"
    assert "DTSTART;VALUE=DATE:20270301\r\n" in feed.text
    assert f"SUMMARY:{reference}: Acknowledge a report\r\n" in feed.text
    assert "Smith" not in feed.text
    assert all(len(line.encode()) <= 75 for line in feed.text.split("\r\n"))
    assert feed.headers["Cache-Control"] == "no-store"


def test_what_the_reader_may_not_see_is_told_by_its_reference_at_most(
    app: Flask, client_as: Callable[..., PageClient]
) -> None:
    """A task in a case that went to others: the calendar leaves it out, and the list does not say what it is about."""
    with app.app_context():
        user, case = make_user(team=make_team()), make_case(owner=make_user(), team=make_team())
        task = make_task(case, owner_id=user.id, title="Ring Mrs Smith", due_on=today())
        keep(
            Reminder(
                effect_key="task", user_id=user.id, task_id=task.id, case_id=case.id, rule="task", stage="due",
                due_on=today(), made_at=now(),
            )
        )  # fmt: skip
        token = make_feed(actor=actor_of(user), now=now())
        user_id, reference = user.id, case.reference
    page = client_as(user_id=user_id).get("/reminders").text
    assert reference in page
    assert "Smith" not in page
    assert reference not in app.test_client().get(f"/calendar/{token}.ics").text


def test_a_new_address_or_none_ends_the_old_one(app: Flask, client_as: Callable[..., PageClient]) -> None:
    user_id, _, _ = reminder_of(app, "acknowledge")
    client = client_as(user_id=user_id)

    def made() -> str:
        found = re.search(r"(/calendar/[^<\s]+\.ics)", client.post("/reminders/feed").text)
        assert found is not None
        return found[1]

    app.config["WTF_CSRF_ENABLED"] = False
    first, second = made(), made()
    stranger = app.test_client()
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    client.post("/reminders/feed/end")
    assert stranger.get(second).status_code == 404
    with app.app_context():
        kinds = db.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)).all()
    assert kinds == ["calendar_feed_made", "calendar_feed_made", "calendar_feed_ended"]


@pytest.mark.parametrize("chosen", list(Delivery))
def test_how_reminders_are_emailed_is_ones_own_choice(
    app: Flask, client_as: Callable[..., PageClient], chosen: Delivery
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = client_as(Role.OFFICER)
    assert client.post("/reminders/settings", data={"delivery": chosen.value}).status_code == 302
    ticked = [
        field.attributes["value"]
        for field in client.page("/reminders/settings").root.all("input")
        if "checked" in field.attributes
    ]
    assert ticked == [chosen.value]


def test_a_plan_is_set_by_an_administrator(app: Flask, client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    wrong = client.submit("/admin/reminder-plans/cpn_end", {"days_before": "90, 90"})
    assert wrong.status_code == 422
    assert "each once" in wrong.text
    assert client.submit("/admin/reminder-plans/cpn_end", {"days_before": "90, 30", "after": "yes"}).status_code == 302
    assert "90, 30" in client.get("/admin/reminder-plans").text
    stale = client.page("/admin/reminder-plans/cpn_end")
    assert client.submit("/admin/reminder-plans/cpn_end", {"days_before": "60"}).status_code == 302
    hidden = {
        field.attributes["name"]: field.attributes.get("value", "")
        for field in stale.root.all("form")[-1].all("input")
        if field.attributes.get("type") == "hidden"
    }
    assert client.post("/admin/reminder-plans/cpn_end", data={**hidden, "days_before": "7"}).status_code == 409
