"""`/admin/policy`, `/admin/service-standards`: what the law and the council fix, each value from its day."""

from collections.abc import Iterable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import in_words
from asb_cases.domain.legal_values import LegalValue, LegalValues, OutsideDates
from asb_cases.domain.permissions import Permission
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.policy_pages import values_of
from asb_cases.services.policy import add_policy_value
from asb_cases.web.access import current_actor, requires
from asb_cases.web.admin.policy_forms import value_form
from asb_cases.web.forms import refusals_in

policy_values = Blueprint("policy_values", __name__, url_prefix="/admin")

STANDARDS = "Service standards"
REST = "Practice, and the rest"
#: The headings under which values are shown, and how the codes below each begin.
TOPICS = (
    (STANDARDS, ("response_", "acknowledge_", "close_of_business")),
    ("Warnings and notices", ("act_sections_43", "cpw_", "cpn_", "closed_notice_", "deemed_service", "remedial_", "seizure_")),
    ("Fixed penalties and prosecutions", ("fpn_", "prosecution_")),
    ("ASB case review (Community Trigger)", ("act_section_104", "case_review_")),
    ("Public pages", ("public_",)),
    ("Risk", ("risk_",)),
    ("Words on letters and notices", ("letter_",)),
)  # fmt: skip


def topic_of(code: str) -> str:
    """The heading under which a code is shown."""
    return next((topic for topic, beginnings in TOPICS if code.startswith(beginnings)), REST)


@policy_values.get("/policy")
@requires(Permission.MANAGE_SETTINGS)
def list_values() -> str:
    """Every value with what it is today."""
    return _listed("Policy values", values_in_force().values())


@policy_values.get("/service-standards")
@requires(Permission.MANAGE_SETTINGS)
def standards() -> str:
    """How quickly people are answered: the values of that topic."""
    return _listed(STANDARDS, (each for each in values_in_force().values() if topic_of(each.code) == STANDARDS))


@policy_values.route("/policy/<code>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def value(code: str) -> ResponseReturnValue:
    """One value: what it means, its values by day, and a form for one more."""
    values = values_in_force()
    entry = values.get(code)
    if entry is None:
        abort(404)
    fixed = entry.unit == "in_force"
    form = None if fixed else value_form(entry)
    if form is not None and form.validate_on_submit():
        with refusals_in(form):
            add_policy_value(
                actor=current_actor(),
                now=now(),
                code=code,
                from_on=form.from_on.data,
                value=form.typed_value(),
                source=form.source.data or "",
            )
            flash(f"It applies from {in_words(form.from_on.data)}.", "success")
            return redirect(url_for("policy_values.value", code=code))
    page = render_template(
        "admin/policy_value.html",
        entry=entry,
        rows=values_of(entry, today()),
        form=form,
        standard=topic_of(code) == STANDARDS,
        limits=_limits(entry, values),
    )
    return page, form.http_status if form else 200


def _listed(title: str, entries: Iterable[LegalValue]) -> str:
    topics: dict[str, list[tuple[LegalValue, str]]] = {topic: [] for topic in (*(name for name, _ in TOPICS), REST)}
    for entry in entries:
        topics[topic_of(entry.code)].append((entry, _today(entry)))
    shown = {topic: rows for topic, rows in topics.items() if rows}
    return render_template("admin/policy.html", title=title, topics=shown)


def _today(entry: LegalValue) -> str:
    try:
        return entry.written(entry.on(today()).value)
    except OutsideDates:
        return f"From {in_words(entry.values[0].from_on)}"


def _limits(entry: LegalValue, values: LegalValues) -> str:
    """What may be entered, in sentences."""
    said = [
        f"At least {entry.written(entry.at_least)}." if entry.at_least and entry.at_least > 1 else "",
        f"At most {entry.written(entry.at_most)}." if entry.at_most is not None else "",
        entry.limit or "",
    ]
    if entry.not_above is not None:
        bound = values[entry.not_above]
        said.append(f"No more than this other value: {bound.title}, today {_today(bound)} ({bound.authority}).")
    return " ".join(filter(None, said))
