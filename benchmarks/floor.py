"""The floor under a page: what its request asks of the database, sent by the bare driver: who is signed in, the rows of the
page, the record of the view, written as durably; the rows in a plain Jinja table, by a bare Flask. What the ratio shows is
the price of everything else: SQLAlchemy, forms, rules, the frame of the page, headers.
"""

import sqlite3
from typing import Any

from flask import Flask
from sqlalchemy import event

from asb_cases.extensions import db

Statement = tuple[str, Any]

PLAIN = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><h1>Floor</h1>
{% for rows in tables %}<table>
{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>
{% endfor %}</body></html>"""
DURABLE = "PRAGMA synchronous=FULL"


def statements_of(app: Flask, client: Any, path: str) -> list[Statement]:
    """What the request sends to the database, with its values."""
    sent: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0].upper() not in {"BEGIN", "COMMIT", "ROLLBACK"}:
            sent.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = client.get(path)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return sent


def bare_app(database: str, floors: dict[str, list[Statement]]) -> Flask:
    """An application of one page a floor: `/floor/<name>`."""
    app = Flask("floor", template_folder=None)
    plain = app.jinja_env.from_string(PLAIN)
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.execute(DURABLE)

    @app.get("/floor/<name>")
    def floor(name: str) -> str:
        return plain.render(tables=[_answered(connection, *each) for each in floors[name]])

    return app


def _answered(connection: sqlite3.Connection, statement: str, values: Any) -> list[Any]:
    """The rows of a statement; one that writes is a transaction of its own."""
    if statement.lstrip().startswith(("SELECT", "WITH")):
        return connection.execute(statement, values).fetchall()
    connection.execute("BEGIN IMMEDIATE")
    rows = connection.execute(statement, values).fetchall()
    connection.execute("COMMIT")
    return rows
