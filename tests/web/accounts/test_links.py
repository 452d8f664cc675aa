"""The pages behind one-time links, and asking for one without being signed in."""

import threading

import pytest
from flask import Flask
from sqlalchemy import event, select

from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.permissions import Role
from asb_cases.domain.sign_in import LIMITS
from asb_cases.extensions import db
from asb_cases.models.email import Email
from asb_cases.models.user import User
from asb_cases.web.accounts.links import AFTERWARDS
from tests.factories import make_link, make_user
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

PASSWORD = "purple monkey dishwasher"
CHOSEN = {"password": PASSWORD, "again": PASSWORD}
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def ann(app: Flask) -> int:
    app.config.update(MAIL_URL="smtp://mail.invalid", MAIL_FROM="asb@example.org")
    with app.app_context():
        return make_user(Role.MANAGER, email="ann@example.org").id


def link_of(app: Flask, user_id: int, purpose: LinkPurpose, **given: object) -> str:
    with app.app_context():
        return make_link(db.session.get_one(User, user_id), purpose, **given)  # type: ignore[arg-type]


def addressed(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Email.address).order_by(Email.id)))


def test_looking_at_a_link_uses_nothing_up_and_tells_its_address_to_nobody(
    app: Flask, client: PageClient, ann: int
) -> None:
    link = f"/set-password/{link_of(app, ann, LinkPurpose.RESET)}"
    for _ in range(3):
        answer = client.get(link)
        assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "same-origin, strict-origin")
    assert client.submit(link, CHOSEN).location == "/sign-in"
    assert "Your password is set" in client.get("/sign-in").text


def test_a_password_that_will_not_do_leaves_the_link_good(app: Flask, client: PageClient, ann: int) -> None:
    link = f"/set-password/{link_of(app, ann, LinkPurpose.INVITATION)}"
    for fields, told in (
        ({"password": "short", "again": "short"}, "12 characters or more"),
        ({"password": PASSWORD, "again": "another"}, "are not the same"),
        ({"password": "ann example org ann", "again": "ann example org ann"}, "too easy to guess"),
    ):
        answer = client.submit(link, fields)
        assert (answer.status_code, told in answer.text) == (422, True)
        assert fields["password"] not in answer.text
    assert client.submit(link, CHOSEN).location == "/sign-in"


def test_every_link_that_is_over_gives_the_same_page(app: Flask, client: PageClient, ann: int) -> None:
    reset, change = LinkPurpose.RESET, LinkPurpose.ADDRESS_CHANGE
    over = [
        f"/set-password/{link_of(app, ann, reset, used_at=app_moment())}",
        f"/set-password/{link_of(app, ann, reset, withdrawn_at=app_moment())}",
        f"/set-password/{link_of(app, ann, reset, expires_at=app_moment())}",
        f"/set-password/{link_of(app, ann, change, new_email='x@example.org')}",
        f"/confirm-address/{link_of(app, ann, reset)}",
        "/set-password/nonsense",
        "/confirm-address/nonsense",
    ]
    answers = [client.get(link) for link in over]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "ask for another link" in answers[0].text
    form = client.hidden("/forgotten-password")
    assert client.post(over[0], data={**form, **CHOSEN}).status_code == 404


def app_moment() -> object:
    from tests.factories import NOW

    return NOW


def wait_for_the_rest() -> None:
    """Until what is done after an answer is done."""
    for thread in threading.enumerate():
        if thread.name == AFTERWARDS:
            thread.join()


def test_asking_tells_nobody_who_has_an_account(app: Flask, client: PageClient, ann: int) -> None:
    with app.app_context():
        make_user(email="gone@example.org", active=False)
    asked: dict[str, tuple[str, list[str]]] = {}
    for email in ("Ann@example.org", "nobody@example.org", "gone@example.org"):
        form = client.hidden("/forgotten-password")
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object, to: list[str] = statements) -> None:
            to.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        answer = client.post("/forgotten-password", data={**form, "email": email})
        before = list(statements)
        text = answer.text
        answer.close()
        wait_for_the_rest()
        event.remove(engine, "before_cursor_execute", note)
        asked[email] = (text, before)
    assert len({text for text, _before in asked.values()}) == 1
    known, unknown, gone = (before for _text, before in asked.values())
    assert known == unknown == gone, "until the answer is sent, the same is done for all"
    assert addressed(app) == ["ann@example.org"]


def test_asking_is_limited_and_keeps_nobody_from_signing_in(app: Flask, client: PageClient, ann: int) -> None:
    statuses = [
        client.submit("/forgotten-password", {"email": "nobody@example.org"}, buffered=True).status_code
        for _ in range(LIMITS.account + 1)
    ]
    assert statuses == [200] * LIMITS.account + [429]
    wrong = client.submit("/sign-in", {"email": "nobody@example.org", "password": "wrong"})
    assert wrong.status_code == 422


def test_without_a_mail_server_the_page_says_whom_to_ask(app: Flask, client: PageClient) -> None:
    assert "ask your administrator for a link" in client.get("/sign-in").text
    page = client.get("/forgotten-password").text
    assert "Ask your administrator" in page
    assert 'type="email"' not in page
    assert client.post("/forgotten-password", data=client.hidden("/sign-in")).status_code == 200


def test_ones_own_address_is_changed_by_whoever_knows_the_password(app: Flask, client: PageClient, ann: int) -> None:
    link = f"/set-password/{link_of(app, ann, LinkPurpose.RESET)}"
    client.submit(link, CHOSEN)
    mine = client_of(app, ann)
    wrong = mine.submit("/account/email", {"email": "new@example.org", "current": "wrong"})
    assert (wrong.status_code, "current password is not right" in wrong.text) == (422, True)
    right = {"email": "new@example.org", "current": PASSWORD}
    assert mine.submit("/account/email", right).location == "/account"
    assert addressed(app) == ["new@example.org"]


def test_an_administrator_reads_a_link_only_where_no_mail_leaves(app: Flask, ann: int) -> None:
    with app.app_context():
        administrator = client_of(app, make_user(Role.ADMINISTRATOR).id)
    page = f"/admin/users/{ann}"
    mailed = administrator.post(f"{page}/password", data=administrator.hidden(page)).text
    assert ("/set-password/" in mailed, "put into the outbox, to ann@example.org" in mailed) == (False, True)
    app.config.update(MAIL_URL=None)
    assert "/set-password/" in administrator.post(f"{page}/password", data=administrator.hidden(page)).text
