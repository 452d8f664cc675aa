"""`/ask-for-a-review`: anybody asks for an ASB case review, one question a page (2014 Act s.104(1)).

The browser's cookie holds a token and nothing else; the answers are a row that goes within hours unless they are sent. No
address of these pages holds anything that somebody typed.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor, Via
from asb_cases.domain.public_pages import MOST_REPORTS, ComeAgain, Door, NoDraft
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.public_drafts import draft_of, reference_sent
from asb_cases.services import public_applications as acts
from asb_cases.web.access import public
from asb_cases.web.accounts.site import this_site
from asb_cases.web.forms import Form
from asb_cases.web.public.answers import (
    ANSWERED,
    BY_CODE,
    CHECK,
    REPORTS,
    Answers,
    answered,
    application_of,
    asked,
    before,
    first_open,
    report_in_words,
    report_of,
    reports_of,
    summary_of,
    typed_in_report,
)
from asb_cases.web.public.asking_forms import ButtonForm, MoreForm, ReportForm, SendForm
from asb_cases.web.public.words import public_words

asking = Blueprint("asking", __name__, url_prefix="/ask-for-a-review")

P = ParamSpec("P")

#: Where the browser's cookie keeps the token of its answers.
TOKEN = "review_draft"  # noqa: S105 - the name of it
CHANGE, FIRST = "change", "who"
LEFT_EMPTY = "A box that people do not see was filled in, so this was not sent. Leave it empty, and send it again."


def while_on(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Show how else to reach the council where the form is switched off, and when to come again where too many come."""

    @wraps(view)
    def switched(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        words = public_words(today())
        if not words.form_is_on:
            return render_template("public/not_here.html", words=words), 404
        try:
            return view(*args, **kwargs)
        except ComeAgain as full:
            at = local(full.at)
            return render_template("public/come_again.html", words=words, at=f"{at:%H:%M}"), 429
        except NoDraft:
            return _nothing_to_go_on_with()

    return switched


@asking.get("")
@public
@while_on
def start() -> ResponseReturnValue:
    """What it is, and what is asked. Nothing is kept yet, not even a cookie."""
    return render_template("public/start.html", words=public_words(today()))


@asking.route("/<step>", methods=["GET", "POST"])
@public
@while_on
def question(step: str) -> ResponseReturnValue:
    """One question. The first begins the answers."""
    found = BY_CODE.get(step)
    if found is None or found.form is None:
        abort(404)
    answers = (_answers() or {}) if step == FIRST else _going_on()
    form = found.form(data=answers)
    if form.validate_on_submit():
        _keep(answered(form, step, answers), new=not answers)
        return _onward()
    return _page("public/question.html", form, step, answers)


@asking.route("/reports", methods=["GET", "POST"])
@public
@while_on
def reports() -> ResponseReturnValue:
    """The reports told of so far, and whether there is another."""
    answers = _going_on()
    told = reports_of(answers)
    if not told and not _was_asked(answers) and request.method == "GET":
        return redirect(url_for("asking.report", number=1, **_changing()))
    form = MoreForm()
    if form.validate_on_submit():
        if form.more.data == "yes" and len(told) < MOST_REPORTS:
            return redirect(url_for("asking.report", number=len(told) + 1, **_changing()))
        _keep({ANSWERED: sorted({*answers.get(ANSWERED, ()), REPORTS})})
        return _onward()
    listed = [(number, report_in_words(each)) for number, each in enumerate(told, 1)]
    full = len(told) >= MOST_REPORTS
    return _page("public/reports.html", form, REPORTS, answers, listed=listed, full=full, button=ButtonForm())


@asking.route("/reports/<int:number>", methods=["GET", "POST"])
@public
@while_on
def report(number: int) -> ResponseReturnValue:
    """One report: to whom, when, and of what."""
    if not 1 <= number <= MOST_REPORTS:
        abort(404)
    answers = _going_on()
    told = reports_of(answers)
    if number > len(told) + 1:
        abort(404)
    form = ReportForm(data=typed_in_report(told[number - 1]) if number <= len(told) else None)
    if form.validate_on_submit():
        told[number - 1 : number] = [report_of(form)]
        _keep({REPORTS: told})
        return redirect(url_for("asking.reports", **_changing()))
    return _page("public/report.html", form, REPORTS, answers, number=number, first=not told)


@asking.post("/reports/none")
@public
@while_on
def no_reports() -> ResponseReturnValue:
    """Nothing was reported, or nobody knows: the request is taken in all the same."""
    answers = _going_on()
    _keep({REPORTS: [], ANSWERED: sorted({*answers.get(ANSWERED, ()), REPORTS})})
    return _onward()


@asking.post("/reports/<int:number>/remove")
@public
@while_on
def remove_report(number: int) -> ResponseReturnValue:
    """Take back a report that was told of."""
    if not 1 <= number <= MOST_REPORTS:
        abort(404)
    answers = _going_on()
    told = reports_of(answers)
    if number > len(told):
        abort(404)
    del told[number - 1]
    _keep({REPORTS: told, ANSWERED: sorted({*answers.get(ANSWERED, ()), REPORTS})})
    return redirect(url_for("asking.reports", **_changing()))


@asking.route("/check", methods=["GET", "POST"])
@public
@while_on
def check() -> ResponseReturnValue:
    """All the answers, to be changed or sent."""
    answers = _going_on()
    if missing := first_open(answers):
        return redirect(_address(missing.code))
    form = SendForm()
    if form.validate_on_submit():
        if form.website.data:
            form.website.errors = [LEFT_EMPTY]
        else:
            try:
                return _send(answers)
            except RuleBroken as broken:
                form.form_errors.extend(refusal.message for refusal in broken.refusals)
    summary = [(step.title, said, _address(step.code, change=True)) for step, said in summary_of(answers)]
    return _page("public/check.html", form, CHECK, answers, summary=summary)


@asking.get("/done")
@public
@while_on
def done() -> ResponseReturnValue:
    """The reference number, and what happens next."""
    reference = _sent_reference()
    if reference is None:
        raise NoDraft
    return render_template("public/done.html", reference=reference, days=_days(), words=public_words(today()))


def _send(answers: Answers) -> ResponseReturnValue:
    acts.knock(Door.SEND, address=request.remote_addr, now=now(), secret_key=current_app.config["SECRET_KEY"])
    acts.send_application(
        actor=Actor(via=Via.PUBLIC),
        now=now(),
        token=session[TOKEN],
        said=application_of(answers),
        site=this_site(),
        days=_days(),
    )
    return redirect(url_for("asking.done"))


def _keep(given: Mapping[str, Any], *, new: bool = False) -> None:
    """Keep answers; those of the first question begin them. Raises NoDraft, ComeAgain."""
    if new:
        key = current_app.config["SECRET_KEY"]
        acts.knock(Door.BEGIN, address=request.remote_addr, now=now(), secret_key=key)
        session[TOKEN] = acts.begin_draft(now=now())
    acts.keep_answers(token=session.get(TOKEN) or "", now=now(), answers=given)


def _answers() -> dict[str, Any] | None:
    """The answers of this browser, as far as they have come; None where there are none, or they are sent."""
    draft = draft_of(session.get(TOKEN), now=now())
    if draft is None or draft.case_review_id is not None:
        return None
    found: dict[str, Any] = json.loads(draft.answers)
    return found or None


def _going_on() -> dict[str, Any]:
    """The answers to go on with. Raises NoDraft."""
    answers = _answers()
    if not answers:
        raise NoDraft
    return answers


def _nothing_to_go_on_with() -> ResponseReturnValue:
    """To the reference, where they were sent; else that they are gone."""
    if _sent_reference() is not None:
        return redirect(url_for("asking.done"))
    session.pop(TOKEN, None)
    return render_template("public/answers_gone.html"), 410


def _sent_reference() -> str | None:
    draft = draft_of(session.get(TOKEN), now=now())
    return reference_sent(draft) if draft else None


def _onward() -> ResponseReturnValue:
    """To the next question that is not answered, else to the check."""
    missing = first_open(_answers() or {})
    return redirect(_address(missing.code if missing else CHECK))


def _address(code: str, *, change: bool = False) -> str:
    asked_again: dict[str, Any] = {CHANGE: "1"} if change else {}
    if code in (REPORTS, CHECK):
        return url_for(f"asking.{code}", **asked_again)
    return url_for("asking.question", step=code, **asked_again)


def _changing() -> dict[str, Any]:
    return {CHANGE: "1"} if request.args.get(CHANGE) else {}


def _was_asked(answers: Answers) -> bool:
    return REPORTS in answers.get(ANSWERED, ())


def _days() -> int:
    return values_in_force().number("case_review_acknowledge_days", today())


def _page(template: str, form: Form, code: str, answers: Answers, **shown: Any) -> ResponseReturnValue:
    earlier = before(code, answers)
    if request.args.get(CHANGE):
        back = _address(CHECK)
    else:
        back = _address(earlier) if earlier else url_for("asking.start")
    title = BY_CODE[code].title if code in BY_CODE else ""
    total = len(asked(answers)) + 1
    return render_template(template, form=form, back=back, title=title, total=total, **shown), form.http_status
