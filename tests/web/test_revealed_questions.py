"""Questions that are asked only where one answer is chosen: in sight without JavaScript, tied to their answer with it."""

from flask import Flask

from asb_cases.web.forms import QueryForm, RadioField, TextField
from tests.support.page_markup import Page
from tests.support.sample_pages import sample_app


class Sheet(QueryForm):
    """One question that reveals another."""

    who = RadioField("Who", choices=[("nobody", "Nobody"), ("somebody", "Somebody")])
    name = TextField("Name")


def drawn(address: str) -> Page:
    app: Flask = sample_app()
    with app.test_request_context(address):
        form = Sheet()
        form.who.reveals = {"somebody": [form.name]}
        return Page(str(form.who()))


def test_the_answer_names_what_it_reveals() -> None:
    page = drawn("/")
    nobody, somebody, name = page.root.all("input")
    assert "data-asb-reveals" not in nobody.attributes
    block = next(
        each for each in page.root.all("div") if each.attributes.get("id") == somebody.attributes["data-asb-reveals"]
    )
    assert "govuk-radios__conditional--hidden" in block.attributes["class"]
    assert name in block.all("input")


def test_what_a_chosen_answer_reveals_is_not_hidden() -> None:
    page = drawn("/?who=somebody&name=Ann")
    [block] = [each for each in page.root.all("div") if each.attributes.get("id", "").startswith("conditional-")]
    assert "hidden" not in block.attributes["class"]
    assert block.all("input")[0].attributes["value"] == "Ann"
