"""Rows of questions: another one, one less, nothing saved by either, and nothing typed lost."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm

from asb_cases.web.forms import DateField, Form, RowsField, TextField, TickField
from tests.support.page_client import PageClient
from tests.support.sample_pages import sample_app


class Told(PlainForm):
    who = TextField("Who was told", required="Enter who was told")
    on = DateField("Day they were told")
    agreed = TickField("They agreed")


class Sheet(Form):
    told = RowsField("Who was told", row=Told, noun="person")


@pytest.fixture(scope="module")
def app() -> Flask:
    return sample_app(WTF_CSRF_ENABLED=False)


def sheet(app: Flask, *typed: tuple[str, str], data: list[dict[str, object]] | None = None) -> Sheet:
    method = "POST" if typed else "GET"
    with app.test_request_context("/", method=method, data=MultiDict(typed)):
        form = Sheet(data={"told": data} if data else None)
        form.valid = form.validate_on_submit()
        form.drawn = str(form.told())
        return form


ANN = (("told-0-who", "Ann"), ("told-0-on-day", "2"), ("told-0-on-month", "3"), ("told-0-on-year", "2026"))


def test_what_is_kept_fills_the_rows_and_one_is_always_there(app: Flask) -> None:
    assert list(sheet(app).told.rows) == [0]
    form = sheet(app, data=[{"who": "Ann", "on": date(2026, 3, 2)}, {"who": "Bob"}])
    assert [row.who.data for row in form.told.rows.values()] == ["Ann", "Bob"]
    assert 'value="Ann"' in form.drawn
    assert 'name="told-rows" value="0,1"' in form.drawn


def test_rows_are_read_and_blank_ones_are_none(app: Flask) -> None:
    form = sheet(app, ("told-rows", "0,4"), *ANN, ("told-4-who", " "))
    assert form.valid
    assert form.told.data == [{"who": "Ann", "on": date(2026, 3, 2), "agreed": False}]


def test_another_row_saves_nothing_and_keeps_what_was_typed(app: Flask) -> None:
    form = sheet(app, ("told-rows", "0"), *ANN, ("told-add", "1"))
    assert not form.valid
    assert form.errors == {}
    assert list(form.told.rows) == [0, 1]
    assert 'value="Ann"' in form.drawn


def test_the_row_that_is_removed_is_the_one_named(app: Flask) -> None:
    form = sheet(app, ("told-rows", "0,1"), *ANN, ("told-1-who", "Bob"), ("told-remove", "0"))
    assert not form.valid
    assert [row.who.data for row in form.told.rows.values()] == ["Bob"]
    assert list(form.told.rows) == [1], "it keeps its name, so that what a browser kept of it still fits"


def test_each_error_is_told_at_its_row(app: Flask) -> None:
    wrong = ("told-1-on-day", "31"), ("told-1-on-month", "2"), ("told-1-on-year", "2026")
    form = sheet(app, ("told-rows", "0,1"), *ANN, *wrong)
    assert not form.valid
    assert form.error_items() == [
        ("Person 2: Enter who was told", "told-1-who"),
        ("Person 2: Day they were told must be a real date", "told-1-on-day"),
    ]
    assert form.http_status == 422


@pytest.mark.parametrize("rows", ["", "x", "0," * 900, "-1", "0,0,0", "999999999999", "\u0663"])
def test_whatever_is_sent_as_the_list_of_rows(app: Flask, rows: str) -> None:
    form = sheet(app, ("told-rows", rows), ("told-remove", rows), ("told-add", rows))
    assert 1 <= len(form.told.rows) <= 41


def test_the_key_enter_saves_and_presses_no_button_of_a_row() -> None:
    client = sample_app().test_client()
    assert isinstance(client, PageClient)
    form = client.page("/form").root.all("form")[-1]
    first = form.all("button")[0]
    assert first.attributes["tabindex"] == "-1", "nobody meets it but the key"
    assert "name" not in first.attributes
