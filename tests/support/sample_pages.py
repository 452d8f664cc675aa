"""A small application with the frame of the real one and a page of each pattern, for tests of the frame itself."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import Form as PlainForm

from asb_cases import ROOT
from asb_cases.domain.errors import NotPermitted, Refusal, RuleBroken
from asb_cases.domain.permissions import Permission, Role
from asb_cases.extensions import csrf
from asb_cases.queries.not_found import NotFound
from asb_cases.services.versions import check_version
from asb_cases.web.access import guard, public, requires
from asb_cases.web.errors import show_errors
from asb_cases.web.filters import install_filters
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    EmailField,
    FileField,
    MoneyField,
    NumberField,
    PasswordField,
    QueryForm,
    RadioField,
    RowsField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.headers import send_headers
from asb_cases.web.navigation import show_navigation
from asb_cases.web.request_size import bound_forms
from asb_cases.web.static_files import serve_static_files
from asb_cases.web.validators import EmailAddress, NotBeforeField, NotInFuture
from tests.support.page_client import PageClient
from tests.support.settings import settings_for_tests

REFUSAL = Refusal(
    "no_warning",
    "No written warning was given to this person before the notice.",
    "Anti-social Behaviour, Crime and Policing Act 2014 s.43(5)(a)",
    "Give a written warning, and enough time to act on it, before the notice.",
    field="name",
)
CHANNELS = (("email", "Email"), ("phone", "Phone"), ("in_person", "In person"))
POWERS = (("CPW", "Warning", "A written warning"), ("CPN", "Notice", "A community protection notice"))


class ToldForm(PlainForm):
    """One row of those that may be several."""

    who = TextField("Who was told", required="Enter who was told")
    on = DateField("Day they were told")


class EveryFieldForm(VersionedForm):
    """One field of each kind."""

    name = TextField(
        "Full name", required="Enter the full name", hint="As it stands on the tenancy", autocomplete="off"
    )
    email = EmailField("Email address", [EmailAddress()])
    password = PasswordField("Password")
    account = TextAreaField("What happened", required="Say what happened", counted=True, max_length=400)
    channel = SelectField("How it reached us", required="Choose how it reached us", choices=CHANNELS)
    ward = SelectField("Ward", choices=[("1", "Barton"), ("2", "Blackbird Leys")], searchable=True)
    power = RadioField("Power", required="Choose a power", choices=POWERS)
    urgent = RadioField("Is it urgent?", choices=[("yes", "Yes"), ("no", "No")], inline=True)
    kinds = CheckboxesField(
        "Kinds of behaviour", required="Choose at least one kind", choices=CHANNELS, hint="All that apply"
    )
    given_on = DateField("Date given", [NotInFuture()], required="Enter the date given")
    ends_on = DateField("End date", [NotBeforeField("given_on")])
    at = TimeField("Time given")
    amount = MoneyField("Amount")
    days = NumberField("Days", least=1, most=28, suffix="days")
    photo = FileField("Photograph", accept="image/*")
    told = RowsField("Who was told", row=ToldForm, noun="person")
    sure = TickField("I have checked the address", required="Tick to say that you have checked the address")


class SampleFilter(QueryForm):
    """A filter as lists have it."""

    channel = CheckboxesField("Channel", choices=CHANNELS, size="s", small=True)
    since = DateField("Received since", size="s", hint="")
    text = TextField("Words", size="s")


@dataclass
class Record:
    """A row that somebody else has changed."""

    version: int = 7
    name: str = "Alex Morgan"
    given_on: date = date(2017, 5, 6)
    amount: int = 9950
    channel: str = "in_person"
    password: str = "never shown"


class Person(UserMixin):
    """Somebody signed in."""

    id, name, team_id, partner_body_id, unread_reminders = 1, "Pat Quinn", None, None, 0

    def __init__(self, role: Role) -> None:
        self.role = role


samples = Blueprint("samples", __name__)


@samples.route("/cases", methods=["GET"])
@requires(Permission.SEE_CASES)
def cases() -> str:
    rows = [
        {
            "reference": f"ASB-2026-{n:06}",
            "status": status,
            "subject": who,
            "opened": date(2026, 3, n),
            "open": n * 1100,
        }
        for n, status, who in (
            (3, "new", "Flat 4, 12 Cowley Road"),
            (2, "open", "Alex Morgan"),
            (1, "closed", "Not known"),
        )
    ]
    return render_template("sample_list.html", rows=rows, form=SampleFilter())


@samples.get("/record")
@requires(Permission.SEE_CASES)
def record() -> str:
    at = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
    items = [
        {"title": "Warning given", "by": "Pat Quinn", "at": at, "text": "By hand.\nAt the door.", "href": "/cases"},
        {"title": "Complaint received", "at": date(2026, 3, 1), "text": "Loud music after midnight"},
    ]
    return render_template("sample_record.html", items=items)


@samples.route("/form", methods=["GET", "POST"])
@requires(Permission.WORK_CASES, Permission.LOG_COMPLAINTS)
def form() -> ResponseReturnValue:
    sheet = EveryFieldForm(version=3)
    if sheet.validate_on_submit():
        check_version(Record(), sheet.version.data)
        flash("Saved", "success")
        return redirect("/record")
    return render_template("sample_form.html", form=sheet), 422 if sheet.errors else 200


@samples.get("/sign-in")
@public
def sign_in() -> str:
    return render_template(
        "errors/error.html", page={"title": "Sign in", "sentences": [request.args.get("next") or "-"]}
    )


@samples.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    return redirect("/sign-in")


@samples.get("/search")
@requires(Permission.SEARCH)
def search() -> str:
    return render_template("errors/error.html", page={"title": "Search", "sentences": []})


@samples.get("/admin")
@requires(Permission.MANAGE_USERS, Permission.MANAGE_SETTINGS)
def admin() -> str:
    return render_template("errors/error.html", page={"title": "Admin", "sentences": []})


@requires(Permission.SEE_FIGURES)
def part() -> str:
    return render_template("errors/error.html", page={"title": "A part of the service", "sentences": []})


for address in ("/complaints", "/people", "/interventions", "/case-reviews", "/reports"):
    samples.add_url_rule(address, view_func=part)


@samples.get("/refused")
@requires(Permission.SEE_CASES)
def refused() -> str:
    raise RuleBroken([REFUSAL, REFUSAL.at("other")])


@samples.get("/not-permitted")
@requires(Permission.SEE_CASES)
def not_permitted() -> str:
    raise NotPermitted("issue")


@samples.get("/not-yours")
@requires(Permission.SEE_CASES)
def not_yours() -> str:
    raise NotFound


@samples.get("/fails/<int:status>")
@requires(Permission.SEE_CASES)
def fails(status: int) -> str:
    return abort(status)


@samples.get("/undeclared")
def undeclared() -> str:
    return "nobody said who may read this"


def sample_app(role: Role | None = Role.MANAGER, **settings: object) -> Flask:
    """The sample pages, seen by somebody with `role`, or by nobody in particular. Uses no database."""
    app = Flask("samples", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(settings_for_tests("sqlite://"))
    app.config.from_mapping(settings)
    csrf.init_app(app)
    people = LoginManager()
    people.init_app(app, add_context_processor=False)
    people.request_loader(lambda _request: Person(role) if role else None)
    for set_up in (bound_forms, guard, send_headers, show_errors, install_filters, show_navigation):
        set_up(app)
    serve_static_files(app, ROOT / "asb_cases" / "static")
    app.register_blueprint(samples)
    here = FileSystemLoader(Path(__file__).resolve().parents[1] / "web" / "sample_templates")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), here])
    app.test_client_class = PageClient
    return app
