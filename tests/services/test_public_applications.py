"""How often the public may come: counted in the database, whoever counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask

from asb_cases.domain.public_pages import KNOCKS_WITHIN, LIMITS, ComeAgain, Door
from asb_cases.extensions import db
from asb_cases.models.public_draft import PublicKnock
from asb_cases.services.public_applications import knock
from tests.factories import NOW

HERE = LIMITS[Door.SEND].address


def let_in(app: Flask, address: str, later: timedelta = timedelta()) -> bool:
    with app.app_context():
        try:
            knock(Door.SEND, address=address, now=NOW + later, secret_key="k")
        except ComeAgain:
            return False
        return True


def test_at_the_same_moment_on_many_connections_no_more_come_in_than_may(app: Flask) -> None:
    with ThreadPoolExecutor(HERE + 6) as many:
        came_in = list(many.map(lambda _: let_in(app, "192.0.2.1"), range(HERE + 6)))
    assert sum(came_in) <= HERE
    while let_in(app, "192.0.2.1"):  # those who were in each other's way may come now
        came_in.append(True)
    assert 0 < sum(came_in) <= HERE
    assert not let_in(app, "192.0.2.1")
    assert let_in(app, "192.0.2.2"), "another address is not kept out"
    assert let_in(app, "192.0.2.1", KNOCKS_WITHIN + timedelta(seconds=1)), "an hour later"
    with app.app_context():
        assert "192.0.2" not in str(db.session.query(PublicKnock.address_hash).all())


def test_everywhere_together(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {Door.SEND: type(LIMITS[Door.SEND])(address=10, total=3)}
    monkeypatch.setattr("asb_cases.queries.public_drafts.LIMITS", limits)
    assert [let_in(app, f"192.0.2.{number}") for number in range(5)] == [True, True, True, False, False]
