"""Whoever searches or saves lists as files faster than anybody works is told when to try again."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from asb_cases.domain.asking_pace import EXPORTS, SEARCHES, Pace
from asb_cases.domain.permissions import Role
from tests.factories import NOW, make_user
from tests.support.signed_in import client_of

FEW = 2


@pytest.mark.parametrize(("path", "pace"), [("/search?q=drums", SEARCHES), ("/cases.csv", EXPORTS)])
def test_so_many_in_a_while_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch, path: str, pace: Pace) -> None:
    name = {SEARCHES: "SEARCHES", EXPORTS: "EXPORTS"}[pace]
    monkeypatch.setattr(f"asb_cases.web.asking_pace.{name}", Pace(FEW, pace.within))
    with app.app_context():
        mine, theirs = make_user(Role.MANAGER).id, make_user(Role.MANAGER).id
    with time_machine.travel(NOW, tick=False) as clock:
        client = client_of(app, mine)
        assert [client.get(path).status_code for _ in range(FEW)] == [200] * FEW
        clock.shift(timedelta(seconds=30))
        held = client.get(path)
        assert held.status_code == 429
        assert "Try again after" in held.text
        wait = int(held.headers["Retry-After"])
        assert wait == pace.within.total_seconds() - 30 + 1
        assert client_of(app, theirs).get(path).status_code == 200, "a colleague goes on"
        assert client.get("/cases").status_code == 200, "and so does the work"
        clock.shift(timedelta(seconds=wait))
        assert client_of(app, mine).get(path).status_code == 200
