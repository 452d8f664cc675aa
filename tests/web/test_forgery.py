"""No other site makes somebody's browser change anything: every address, with and without a token of ours."""

import itertools
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.permissions import Role
from asb_cases.extensions import Base, db
from tests.support.access_world import World, make_world
from tests.support.signed_in import client_of
from tests.web.test_access_matrix import TABLE, filled

POSTS = [line.removeprefix("POST ") for line in TABLE if line.startswith("POST ")]
#: What a request without a token, with another's, or from another site looks like.
FORGED = (
    ({}, {}),
    ({"csrf_token": "made up"}, {}),
    ({"csrf_token": "made up"}, {"Sec-Fetch-Site": "cross-site"}),
    ({"csrf_token": "made up"}, {"Sec-Fetch-Site": "same-site"}),
)


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    # At one moment: when a session was last seen is kept to the minute, and is no act.
    with time_machine.travel("2026-03-02 10:00:00+00:00", tick=False):
        yield make_world(app)


def content(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with app.app_context():
        return {
            table.name: [tuple(row) for row in db.session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.engines("sqlite")
def test_without_our_token_nothing_is_done(app: Flask, world: World) -> None:
    """Forgery is refused before it is asked who somebody is: each forged request is sent by each role in turn."""
    clients = [client_of(app, user_id) for user_id in world.users.values()]
    clients.append(app.test_client())  # type: ignore[arg-type]
    in_turn = itertools.cycle(clients)
    before = content(app)
    wrong = []
    for rule in POSTS:
        for fields, headers in FORGED:
            response = next(in_turn).post(filled(rule, world.seen), data=fields, headers=headers)
            if response.status_code != 400:
                wrong.append(f"POST {rule} with {fields} {headers}: {response.status_code}")
    assert wrong == []
    assert content(app) == before


@pytest.mark.engines("sqlite")
def test_even_with_our_token_another_site_does_nothing(app: Flask, world: World) -> None:
    client = client_of(app, world.users[Role.ADMINISTRATOR])
    before = content(app)
    for site in ("cross-site", "same-site"):
        response = client.submit("/account", form=0, headers={"Sec-Fetch-Site": site})
        assert response.status_code == 400
    assert content(app) == before
    assert client.submit("/account", form=0, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


@pytest.mark.engines("sqlite")
def test_asking_changes_nothing_but_the_record_of_who_looked(app: Flask, world: World) -> None:
    clients = [client_of(app, user_id) for user_id in world.users.values()]
    before = content(app)
    for line in TABLE:
        method, rule = line.split()
        if method == "GET":
            for client in clients:
                client.get(filled(rule, world.seen), buffered=True)
                client.head(filled(rule, world.seen))
    after = content(app)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"consultations", "user_sessions"}
    assert before["history_entries"] == after["history_entries"]
