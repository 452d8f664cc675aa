"""`/sign-in`, `/sign-out`, `/account`: coming in, leaving, one's own password and sessions."""

import logging

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from werkzeug.exceptions import TooManyRequests

from asb_cases.adapters.time import now
from asb_cases.domain import accounts as rules
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.domain.sign_in import ATTEMPTS_WITHIN
from asb_cases.queries.sessions import sessions_of
from asb_cases.queries.users import load_user
from asb_cases.services import new_passwords, sessions, users
from asb_cases.services import sign_in as signing_in
from asb_cases.services.sessions import EndedBecause
from asb_cases.services.sign_in import SignInRefused, TooManyAttempts
from asb_cases.web.access import current_actor, public, requires, safe_next, somebody
from asb_cases.web.accounts.browsers import browser_in_words
from asb_cases.web.accounts.forms import ChangePasswordForm, SignInForm
from asb_cases.web.accounts.site import this_site
from asb_cases.web.kept_form import read_kept
from asb_cases.web.signed_in import session_limits, user_of

accounts = Blueprint("accounts", __name__)
log = logging.getLogger(__name__)

WRONG = "The email address or the password is not right. Check both and try again."


@accounts.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask who it is. Whatever is wrong, the answer is the same: it tells nobody who has an account."""
    form = SignInForm()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(_next_page())
    if form.validate_on_submit():
        try:
            token = signing_in.sign_in(
                actor=somebody(),
                now=now(),
                email=form.email.data,
                password=form.password.data,
                browser=request.user_agent.string,
                secret_key=current_app.config["SECRET_KEY"],
            )
        except SignInRefused:
            form.form_errors.append(WRONG)
        except TooManyAttempts:
            raise wait() from None
        else:
            _come_in(token)
            return _go_on()
    mail = this_site().sends_email
    page = render_template("accounts/sign_in.html", form=form, kept=request.form.get("kept"), mail=mail)
    return page, form.http_status


@accounts.post("/sign-out")
@requires(Permission.USE_OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """Leave: the session ends here and now, and the browser is asked to keep nothing."""
    sessions.sign_out(actor=current_actor(), now=now(), session_id=current_user.session_id)
    logout_user()
    session.clear()
    response = redirect(url_for("accounts.sign_in", left="yes"))
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response


@accounts.get("/account")
@requires(Permission.USE_OWN_ACCOUNT)
def own_account() -> ResponseReturnValue:
    """One's own details, and where one is signed in."""
    return render_template(
        "accounts/account.html",
        user=load_user(current_user.id),
        sessions=sessions_of(current_user.id, now=now(), limits=session_limits()),
        this_session=current_user.session_id,
        browser_in_words=browser_in_words,
    )


@accounts.route("/account/password", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def own_password() -> ResponseReturnValue:
    """Choose a new password, after proving to know the old one."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            _come_in(_change_password(form))
            flash("Your password has been changed. You have been signed out everywhere else.", "success")
            return redirect(url_for("accounts.own_account"))
        except RuleBroken as broken:
            form.show_refusals(broken.refusals)
        except TooManyAttempts:
            raise wait() from None
    page = render_template("accounts/password.html", form=form, first=current_user.must_change_password)
    return page, form.http_status


@accounts.post("/account/sessions/<int:session_id>/end")
@requires(Permission.USE_OWN_ACCOUNT)
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign oneself out of another browser."""
    sessions.end_own_session(actor=current_actor(), now=now(), session_id=session_id)
    flash("You have been signed out of that browser.", "success")
    return redirect(url_for("accounts.own_account"))


@accounts.post("/account/sessions/end-others")
@requires(Permission.USE_OWN_ACCOUNT)
def end_other_sessions() -> ResponseReturnValue:
    """Sign oneself out of every browser but this one."""
    sessions.end_own_other_sessions(actor=current_actor(), now=now(), session_id=current_user.session_id)
    flash("You have been signed out everywhere else.", "success")
    return redirect(url_for("accounts.own_account"))


def _change_password(form: ChangePasswordForm) -> str:
    """The token of the session to go on in. Raises RuleBroken, TooManyAttempts."""
    actor, key = current_actor(), current_app.config["SECRET_KEY"]
    known = signing_in.check_own_password(
        actor=actor, now=now(), email=current_user.email, password=form.current.data, secret_key=key
    )
    if not known:
        raise RuleBroken((rules.WRONG_PASSWORD,))
    about = (current_user.name, current_user.email, current_app.config["COUNCIL_NAME"])
    kept = new_passwords.password_hash_of(form.password.data, about=about)
    browser = request.user_agent.string
    return users.change_own_password(actor=actor, now=now(), password_hash=kept, browser=browser)


def _come_in(token: str) -> None:
    """Make the session the browser's. What the cookie held before, and a session left open in it, goes."""
    if current_user.is_authenticated:
        old = current_user.session_id
        sessions.sign_out(actor=current_actor(), now=now(), session_id=old, because=EndedBecause.SIGNED_IN_AGAIN)
    session.clear()
    g.pop("csrf_token", None)  # of the session that is gone: a page that follows at once needs one of the new
    login_user(user_of(token))


def _go_on() -> ResponseReturnValue:
    """To the page asked for; or to what was typed before the session ended, where the same person is back."""
    kept = read_kept(request.form.get("kept", ""), user_id=current_user.id)
    if kept is None or safe_next(kept.path) is None:
        return redirect(_next_page())
    return render_template("accounts/go_on.html", kept=kept)


def _next_page() -> str:
    return safe_next(request.args.get("next")) or url_for("home.start")


def wait() -> TooManyRequests:
    """What is answered where there were too many attempts."""
    log.warning("too many attempts to sign in")
    return TooManyRequests(retry_after=int(ATTEMPTS_WITHIN.total_seconds()))
