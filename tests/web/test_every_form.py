"""Every form of the service, sent with whatever fingers, programs and ill will may put into it: the answer is always a
page, and what is not accepted leaves no trace.

`script/prove` sets ASB_CASES_FORM_EXAMPLES to send each 200 times.
"""

import io
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url
from werkzeug.datastructures import MultiDict

from asb_cases.domain.permissions import Role
from tests.support.access_world import World, make_world
from tests.support.page_client import PageClient
from tests.support.page_markup import Element, Page
from tests.support.signed_in import client_of
from tests.web.test_access_matrix import TABLE, filled

POSTS = sorted(line for line in TABLE if line.startswith("POST "))
EXAMPLES = int(os.environ.get("ASB_CASES_FORM_EXAMPLES", "60"))
#: Who sends it: the first of these whom the table lets in.
SENDERS = (Role.MANAGER, Role.OFFICER, Role.LEGAL, Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.ANALYST, Role.PARTNER)
REFUSED = {302, 403}
#: What reading and knocking leave behind: who looked, and who tried to sign in.
TRACES = frozenset({"consultations", "user_sessions", "sign_in_attempts"})
#: Forms that answer with what they made, to be seen this once.
ANSWER_WITH_IT = frozenset({"POST /admin/users/<int:user_id>/password", "POST /reminders/feed"})
HIDDEN_NAMES = frozenset({"csrf_token", "form_key", "resumed"})

NASTY = st.sampled_from(
    [
        *(
            "",
            " ",
            "\x00",
            "\u202eabc",
            "0",
            "-1",
            "1",
            "2",
            "29",
            "31",
            "2026",
            "1e9",
            "9" * 40,
            "\u0660\u0663",
            "\ufeff",
        ),
        *("<b>", "{{7*7}}", "%s", "' OR 1=1 --", "..", "yes", "NaN", "null", "\r\n\r\nX: y", "\ud800"),
        *("2016-02-30", "12:60", "\u00e9" * 300, "a" * 20_001),
    ]
)
FILES = st.sampled_from(
    [
        (b"", "empty.jpg"),
        (b"MZ\x90", "photo.jpg"),
        (b"%PDF-1.7\n<script>", "a.pdf.exe"),
        (b"\xff\xd8\xff\xe0rest", "../../x.jpg"),
    ]
)


@dataclass(frozen=True)
class Question:
    """One control of a form: its name, its kind, and the values it offers, where it offers some."""

    name: str
    kind: str
    offered: tuple[str, ...] = ()


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("line", POSTS)
def test_whatever_is_sent_the_answer_is_a_page(app: Flask, engine_url: str, line: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    world = make_world(app)
    sender = next((role for role in SENDERS if TABLE[line][role] not in REFUSED), SENDERS[0])
    client = client_of(app, world.users[sender])
    address = filled(line.removeprefix("POST "), world.seen)
    questions = questions_at(client, address, world)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    database = sqlite3.connect(make_url(engine_url).database or "")
    before = sqlite3.connect(":memory:")
    database.backup(before)
    untouched = content(database)

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(answers(questions))
    def send(given_answers: list[tuple[str, Any]]) -> None:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], cookie.value)
        data = MultiDict((name, as_sent(value)) for name, value in given_answers)
        status = client.post(address, data=data, buffered=True).status_code
        assert status < 500
        if 300 <= status < 400 or (status == 200 and line in ANSWER_WITH_IT):
            before.backup(database)
        else:
            assert content(database) == untouched, f"answered with {status}, and something was saved"

    send()


def questions_at(client: PageClient, address: str, world: World) -> list[Question]:
    """The controls of the form that is sent to the address: on the page there, else on whichever page has it."""
    for page in (address, *pages_that_open(world)):
        answer = client.get(page, buffered=True)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        for form in Page(answer.text).root.all("form"):
            if form.attributes.get("method", "").lower() == "post" and form.attributes.get("action", page) == address:
                return [*questions_of(form)]
    return []


def pages_that_open(world: World) -> Iterator[str]:
    for line in TABLE:
        method, rule = line.split()
        if method == "GET" and not rule.endswith(".csv"):
            yield filled(rule, world.seen)


def questions_of(form: Element) -> Iterator[Question]:
    """Every control by name, once, with what it offers."""
    found: dict[str, Question] = {}
    for control in form.all("input", "select", "textarea"):
        name, kind = control.attributes.get("name", ""), control.attributes.get("type", control.tag)
        if not name or name in HIDDEN_NAMES:
            continue
        offered = [option.attributes.get("value", "") for option in control.all("option")]
        if kind in {"radio", "checkbox", "hidden"}:
            offered = [control.attributes.get("value", "")]
        earlier = found.get(name, Question(name, kind))
        found[name] = Question(name, kind, (*earlier.offered, *offered))
    yield from found.values()


def answers(questions: list[Question]) -> st.SearchStrategy[list[tuple[str, Any]]]:
    """Mostly an answer to each question, some left out, some given twice, some to questions that nobody asked."""
    if not questions:
        return st.lists(st.tuples(st.sampled_from(["name", "version", "reason"]), NASTY), max_size=4)
    each = [
        st.none() | answer.map(lambda value, name=question.name: (name, value))
        for question in questions
        for answer in [answer_to(question)]
    ]
    extra = st.lists(st.tuples(st.sampled_from([q.name for q in questions] + ["else"]), NASTY), max_size=3)
    return st.tuples(st.tuples(*each), extra).map(lambda both: [answer for answer in (*both[0], *both[1]) if answer])


def answer_to(question: Question) -> st.SearchStrategy[Any]:
    if question.kind == "file":
        return FILES
    likely = (
        st.sampled_from(question.offered) if question.offered else st.sampled_from(["Some words", "3", "2026", "14:30"])
    )
    return likely | likely | NASTY | st.text(max_size=40)


def as_sent(value: Any) -> Any:
    """A file as a browser sends it; a text that can be written as UTF-8."""
    if isinstance(value, tuple):
        return io.BytesIO(value[0]), value[1]
    return value.encode("utf-8", "replace").decode()


def content(database: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an act could have written."""
    tables = [
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if name not in TRACES and not name.startswith(("search_entries_", "sqlite_"))
    ]
    return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
