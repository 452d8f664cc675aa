"""A form that is sent twice is acted on once, and leads to what the first sending made."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry, SentForm
from asb_cases.models.user import Team
from asb_cases.web.sent_twice import SAID
from tests.support.page_client import PageClient

KEY = "k" * 22


def posted(client: PageClient, name: str, key: str) -> tuple[int, str]:
    answer = client.post("/admin/teams", data={"team_name": name, "form_key": key}, follow_redirects=True)
    return answer.status_code, answer.text


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_second_click_does_nothing_and_says_so(app: Flask, client_as: Callable[..., PageClient]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = client_as(Role.ADMINISTRATOR)
    assert posted(client, "Harbour", KEY)[0] == 200
    status, text = posted(client, "Harbour", KEY)
    assert status == 200
    assert SAID in text
    assert (count(app, Team), count(app, SentForm)) == (1, 1)
    assert posted(client, "Quayside", "l" * 22)[0] == 200
    assert count(app, Team) == 2


def test_a_form_that_was_refused_may_be_sent_again(app: Flask, client_as: Callable[..., PageClient]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = client_as(Role.ADMINISTRATOR)
    assert posted(client, "", KEY)[0] == 422
    assert posted(client, "Harbour", KEY)[0] == 200
    assert count(app, Team) == 1


def test_every_form_that_changes_something_carries_a_new_key(client_as: Callable[..., PageClient]) -> None:
    client = client_as(Role.ADMINISTRATOR)
    keys = {
        field.attributes["value"]
        for _ in range(2)
        for field in client.page("/admin/teams").root.all("input")
        if field.attributes.get("name") == "form_key"
    }
    assert len(keys) >= 2
    assert all(len(key) >= 16 for key in keys)


def test_of_two_sent_at_the_same_moment_one_is_acted_on(app: Flask, client_as: Callable[..., PageClient]) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    clients = [client_as(Role.ADMINISTRATOR) for _ in range(4)]
    answers: list[int] = []
    together = threading.Barrier(len(clients))

    def send(client: PageClient, number: int) -> None:
        together.wait()
        answers.append(posted(client, f"Harbour {number}", KEY)[0])

    threads = [threading.Thread(target=send, args=(client, number)) for number, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(clients)
    assert (count(app, Team), count(app, SentForm), count(app, HistoryEntry)) == (1, 1, 1)
