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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from asb_cases.domain.permissions import Role
from tests.support.access_world import World
from tests.support.page_client import PageClient
from tests.support.page_markup import Element, Page
from tests.support.shared_world import SharedWorld, shared_world
from tests.support.signed_in import client_of
from tests.web.test_access_matrix import TABLE, filled

POSTS = sorted(line for line in TABLE if line.startswith("POST "))
EXAMPLES = int(os.environ.get("ASB_CASES_FORM_EXAMPLES", "12"))
#: Who sends it: the first of these whom the table lets in.
SENDERS = (Role.MANAGER, Role.OFFICER, Role.LEGAL, Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.ANALYST, Role.PARTNER)
REFUSED = {302, 403}
#: What reading and knocking leave behind: who looked, and who tried to sign in.
TRACES = frozenset({"consultations", "user_sessions", "sign_in_attempts", "public_knocks"})
#: Forms that answer with what they made, to be seen this once.
ANSWER_WITH_IT = frozenset(
    {
        "POST /admin/users/new",
        "POST /admin/users/<int:user_id>/password",
        "POST /admin/users/<int:user_id>/email",
        "POST /reminders/feed",
    }
)
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


class Desk:
    """One world for every form that this worker sends: each test leaves its rows as it found them."""

    def __init__(self, made: SharedWorld) -> None:
        self.made = made
        made.app.config["WTF_CSRF_ENABLED"] = False
        self.clients = {role: client_of(made.app, made.world.users[role]) for role in SENDERS}
        made.keep()
        self.untouched = content(made.database)
        self.forms: dict[Role, dict[str, list[Question]]] = {}

    def committed(self) -> int:
        """A number that is another one once somebody else has committed anything."""
        return int(self.made.database.execute("PRAGMA data_version").fetchone()[0])

    def questions_at(self, sender: Role, address: str) -> list[Question]:
        """The controls of the form that is sent to the address: on the page there, else on whichever page has it."""
        client = self.clients[sender]
        there = forms_on(client, address)
        if address in there:
            return there[address]
        if sender not in self.forms:
            found: dict[str, list[Question]] = {}
            for page in pages_that_open(self.made.world):
                found = forms_on(client, page) | found
            self.forms[sender] = found
        return self.forms[sender].get(address, [])


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with shared_world(tmp_path_factory.mktemp("storage")) as made:
        yield Desk(made)


@pytest.mark.parametrize("line", POSTS)
def test_whatever_is_sent_the_answer_is_a_page(desk: Desk, line: str) -> None:
    sender = next((role for role in SENDERS if TABLE[line][role] not in REFUSED), SENDERS[0])
    client, name = desk.clients[sender], desk.made.app.config["SESSION_COOKIE_NAME"]
    address = filled(line.removeprefix("POST "), desk.made.world.seen)
    questions = desk.questions_at(sender, address)
    cookie = client.get_cookie(name)
    assert cookie is not None

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(answers(questions))
    def send(given_answers: list[tuple[str, Any]]) -> None:
        client.set_cookie(name, cookie.value)
        data = MultiDict((name, as_sent(value)) for name, value in given_answers)
        so_far = desk.committed()
        status = client.post(address, data=data, buffered=True).status_code
        assert status < 500
        if 300 <= status < 400 or (status == 200 and line in ANSWER_WITH_IT):
            desk.made.put_back()
        elif desk.committed() != so_far:
            assert content(desk.made.database) == desk.untouched, f"answered with {status}, and something was saved"

    try:
        send()
    finally:
        client.set_cookie(name, cookie.value)
        desk.made.put_back()


def forms_on(client: PageClient, address: str) -> dict[str, list[Question]]:
    """The questions of each form on a page, by where it is sent; of two that are sent to one address, the first's."""
    answer = client.get(address, buffered=True)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return {}
    found: dict[str, list[Question]] = {}
    for form in Page(answer.text).root.all("form"):
        if form.attributes.get("method", "").lower() == "post":
            found.setdefault(form.attributes.get("action", address), [*questions_of(form)])
    return found


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
