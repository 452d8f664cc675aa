"""Fields: what is typed is understood, kept, and refused in plain English at the control that is wrong."""

import re
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from asb_cases.adapters.time import today
from asb_cases.domain.errors import Refusal
from asb_cases.web.fields.typed_text import on_one_line, storable, tidied
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    FileField,
    Form,
    MoneyField,
    NumberField,
    PasswordField,
    QueryForm,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.validators import EmailAddress, NotBeforeField, NotInFuture
from tests.support.sample_pages import sample_app


class Channel(StrEnum):
    """A vocabulary."""

    EMAIL = "email"
    PHONE = "phone"


CHANNELS = [(Channel.EMAIL, "Email"), (Channel.PHONE, "Phone")]


class Sheet(VersionedForm):
    """Fields of which each test uses one."""

    name = TextField("Name", hint="In full")
    email = EmailField("Email address", [EmailAddress()])
    password = PasswordField("Password")
    account = TextAreaField("Account", max_length=10)
    channel = SelectField("Channel", choices=CHANNELS, coerce=Channel, required="Choose a channel")
    team = SelectField("Team", coerce=int)
    way = RadioField("Way", choices=CHANNELS, coerce=Channel)
    kinds = CheckboxesField("Kinds", choices=CHANNELS, coerce=Channel)
    first = DateField("Day it began", [NotInFuture()])
    last = DateField("Day it ended", [NotBeforeField("first")], noun="End date")
    at = TimeField("Time")
    amount = MoneyField("Amount")
    days = NumberField("Days", least=1, most=28)
    photo = FileField("Photograph")
    sure = TickField("Sure")


@pytest.fixture(scope="module")
def framed() -> Flask:
    return sample_app(WTF_CSRF_ENABLED=False)


def sent(app: Flask, answers: list[tuple[str, Any]], **row: Any) -> Sheet:
    """The form as it stands after somebody sent it."""
    with app.test_request_context(method="POST", data=MultiDict([("channel", "email"), *answers])):
        form = Sheet(**row)
        form.team.choices = [(1, "North"), (2, "South")]
        form.validate()
        for field in form:
            field.html = str(field())
        return form


def test_text_is_tidied_and_kept_free_of_what_cannot_be_stored(framed: Flask) -> None:
    form = sent(framed, [("name", "  Alex\x00 \t Morgan\r\n ")])
    assert form.name.data == "Alex Morgan"
    assert 'value="Alex Morgan"' in form.name.html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb\rc", "a\nb\nc"), ("\x00\x07a\x1b", "a"), ("e\u0301", "\xe9"), ("\ud800a\udfff", "a"), ("   ", "")],
)
def test_tidied(typed: str, kept: str) -> None:
    assert tidied(typed) == kept


def test_one_line() -> None:
    assert on_one_line("a\n\n b\tc") == "a b c"


def test_a_password_is_neither_trimmed_nor_shown(framed: Flask) -> None:
    form = sent(framed, [("password", "  correct  horse\u00a0 ")])
    assert form.password.data == "  correct  horse\u00a0 "
    assert "horse" not in form.password.html
    assert 'autocomplete="current-password"' in form.password.html
    assert storable("a\x00b\ud800") == "ab"


def test_blank_answers_are_none(framed: Flask) -> None:
    form = sent(framed, [(name, " ") for name in ("name", "email", "account", "at", "amount", "days", "team")])
    assert not form.errors
    assert {form[name].data for name in ("name", "email", "account", "at", "amount", "days", "team", "first")} == {None}
    assert form.kinds.data == []
    assert form.sure.data is False


def test_a_needed_answer_is_asked_for(framed: Flask) -> None:
    with framed.test_request_context(method="POST", data={}):
        empty = Sheet()
        empty.validate()
    assert list(empty.channel.errors) == ["Choose a channel"]


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("name", "a" * 201, "Name must be 200 characters or fewer"),
        ("account", "a" * 11, "Account must be 10 characters or fewer"),
        ("email", "alex", "Enter an email address in the correct format, like name@example.com"),
        ("at", "25:00", "Time must be a time, like 14:30 or 2:30pm"),
        ("at", "13pm", "Time must be a time, like 14:30 or 2:30pm"),
        ("at", "14", "Time must be a time, like 14:30 or 2:30pm"),
        ("amount", "1.5", "Amount must be an amount of money, like 100 or 75.50"),
        ("amount", "99999999", "Amount must be an amount of money, like 100 or 75.50"),
        ("days", "29", "Days must be a whole number between 1 and 28"),
        ("days", "\u0663", "Days must be a whole number between 1 and 28"),
        ("channel", "pigeon", "Choose one of the options shown"),
        ("way", "pigeon", "Choose one of the options shown"),
        ("kinds", "pigeon", "Choose one of the options shown"),
        ("team", "three", "Choose one of the options shown"),
        ("team", "3", "Choose one of the options shown"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_at_the_top(framed: Flask, name: str, typed: str, message: str) -> None:
    with framed.test_request_context(method="POST", data={"channel": "email", name: typed}):
        form = Sheet()
        form.team.choices = [(1, "North"), (2, "South")]
        assert not form.validate()
        markup = str(form[name]())
        [item] = form.error_items()
    assert item.message == message
    assert item.target == name
    assert message in markup
    assert f'id="{name}"' in markup
    assert f'id="{name}-error"' in markup
    assert re.search(rf'aria-describedby="[^"]*{name}-error', markup)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("0930", time(9, 30)),
        ("930", time(9, 30)),
    ],
)
def test_times_of_day(framed: Flask, typed: str, kept: time) -> None:
    assert sent(framed, [("at", typed)]).at.data == kept


@pytest.mark.parametrize(("typed", "pence"), [("100", 10000), ("£1,250.50", 125050), ("0.05", 5), ("99.99", 9999)])
def test_money(framed: Flask, typed: str, pence: int) -> None:
    assert sent(framed, [("amount", typed)]).amount.data == pence


def boxes(name: str, day: str, month: str, year: str) -> list[tuple[str, str]]:
    return [(f"{name}-day", day), (f"{name}-month", month), (f"{name}-year", year)]


@pytest.mark.parametrize(
    "typed", [("2", "3", "2016"), ("02", "03", "2016"), ("2", "Mar", "2016"), (" 2 ", "march", "2016")]
)
def test_a_day(framed: Flask, typed: tuple[str, str, str]) -> None:
    assert sent(framed, boxes("first", *typed)).first.data == date(2016, 3, 2)


def test_a_day_in_a_link(framed: Flask) -> None:
    form = sent(framed, [("first", "2016-03-02")])
    assert form.first.data == date(2016, 3, 2)
    assert 'value="2016"' in form.first.html


@pytest.mark.parametrize(
    ("typed", "message", "wrong"),
    [
        (("31", "2", "2016"), "must be a real date", ["day"]),
        (("1", "13", "2016"), "must be a real date", ["month"]),
        (("1", "Thermidor", "2016"), "must be a real date", ["month"]),
        (("x", "y", "2016"), "must be a real date", ["day", "month"]),
        (("", "3", "2016"), "must include a day", ["day"]),
        (("2", "", ""), "must include a month and year", ["month", "year"]),
        (("2", "3", "16"), "must have a year of 4 numbers", ["year"]),
        (("2", "3", "0216"), "must have a year between 1900 and 2100", ["year"]),
        (("0", "3", "2016"), "must be a real date", ["day"]),
        (("\u0662", "3", "2016"), "must be a real date", ["day"]),
    ],
)
def test_a_day_that_is_none(framed: Flask, typed: tuple[str, str, str], message: str, wrong: list[str]) -> None:
    form = sent(framed, boxes("last", *typed))
    [item] = form.error_items()
    assert item.message == f"End date {message}"
    assert item.target == f"last-{wrong[0]}"
    marked = re.findall(r'govuk-input--error"[^>]* id="last-(\w+)"', form.last.html)
    assert marked == wrong
    for part, text in zip(("day", "month", "year"), typed, strict=True):
        assert not text or f'name="last-{part}" type="text" inputmode="numeric" value="{text}"' in form.last.html


def test_a_day_to_come_cannot_have_been(framed: Flask) -> None:
    tomorrow = today() + timedelta(days=1)
    typed = boxes("first", str(tomorrow.day), str(tomorrow.month), str(tomorrow.year))
    assert list(sent(framed, typed).first.errors) == ["Day it began must be today or in the past"]


def test_an_end_before_its_beginning(framed: Flask) -> None:
    typed = boxes("first", "2", "3", "2016") + boxes("last", "1", "3", "2016")
    assert list(sent(framed, typed).last.errors) == ["End date must be the same as or after day it began"]


def test_a_row_fills_the_form(framed: Flask) -> None:
    with framed.test_request_context():
        form = Sheet(
            first=date(2016, 3, 2), at=time(9, 5), amount=9950, channel=Channel.PHONE, kinds=[Channel.EMAIL], version=4
        )
        assert 'value="2016"' in str(form.first())
        assert 'value="09:05"' in str(form.at())
        assert 'value="99.50"' in str(form.amount())
        assert '<option value="phone" selected>' in str(form.channel())
        assert re.search(r'value="email" checked', str(form.kinds()))
        assert '<input type="hidden" name="version" value="4">' in str(form.hidden())


def test_choices_become_what_they_stand_for(framed: Flask) -> None:
    form = sent(framed, [("kinds", "email"), ("kinds", "phone"), ("team", "2"), ("way", "phone")])
    assert form.channel.data is Channel.EMAIL
    assert form.kinds.data == [Channel.EMAIL, Channel.PHONE]
    assert form.team.data == 2
    assert form.way.data is Channel.PHONE


@pytest.mark.parametrize(("typed", "version"), [("7", 7), ("", 0), ("x", 0), ("-1", 0), ("9" * 30, 0), ("\u0663", 0)])
def test_the_version_seen(framed: Flask, typed: str, version: int) -> None:
    assert sent(framed, [("version", typed)]).version.data == version


def test_nothing_typed_becomes_markup(framed: Flask) -> None:
    canary = "\"'><img src=x onerror=1>{{7*7}}"
    answers = [
        (field, canary) for field in ("name", "email", "account", "at", "amount", "days", "team", "way", "version")
    ]
    form = sent(framed, answers + boxes("first", canary, canary, canary))
    written = "".join(field.html for field in form)
    assert "<img" not in written
    assert "49" not in written


def test_refusals_of_the_rules_stand_beside_their_answers(framed: Flask) -> None:
    refusal = Refusal("too_young", "Under 16.", "2014 Act s.43(1)", "Consider another power.", field="first")
    form = sent(framed, [])
    form.show_refusals([refusal, refusal.at("elsewhere")])
    assert [item.target for item in form.error_items()] == ["first-day", None]
    assert form.error_items()[0].message == "Under 16."
    assert next(refusal.remedy for refusal in form.refusals) == "Consider another power."


class Asking(QueryForm):
    """A filter."""

    channel = SelectField("Channel", choices=CHANNELS, coerce=Channel)
    since = DateField("Since")


def test_an_asking_form_reads_the_address(framed: Flask) -> None:
    with framed.test_request_context("/cases?channel=phone&since=2016-03-02&csrf_token=x"):
        form = Asking()
        assert form.validate()
        assert (form.channel.data, form.since.data) == (Channel.PHONE, date(2016, 3, 2))
    with framed.test_request_context("/cases"):
        assert (Asking().channel.data, Asking().since.data) == (None, None)


class Other(Form):
    """A second form on one page."""

    name = TextField("Name")


def test_two_forms_on_one_page_share_no_id() -> None:
    with sample_app().test_request_context():
        first, second = Other(prefix="a"), Other(prefix="b")
        written = "".join(str(part) for form in (first, second) for part in (form.hidden(), form.name()))
    ids = re.findall(r' id="([^"]+)"', written)
    assert len(ids) == len(set(ids)) == 2
    assert written.count('name="csrf_token"') == 2
