"""`/forgotten-password`, `/set-password/...`, `/confirm-address/...`, `/account/email`: what is done by one-time links.

Looking at a link changes nothing: programs that examine mail follow every link in it. What is behind one is sent by a button.
"""

import logging
from collections.abc import Callable
from threading import Thread

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from asb_cases.adapters.time import now
from asb_cases.domain import accounts as rules
from asb_cases.domain.account_links import SETS_PASSWORD, LinkOver, LinkPurpose
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Permission
from asb_cases.queries.account_links import good_link
from asb_cases.services import address_change, new_passwords, setting_passwords
from asb_cases.services import sign_in as signing_in
from asb_cases.services.sign_in import TooManyAttempts
from asb_cases.web.access import current_actor, public, requires, somebody
from asb_cases.web.accounts.forms import AddressForm, ForgottenForm, NothingAskedForm, SetPasswordForm
from asb_cases.web.accounts.routes import wait
from asb_cases.web.accounts.site import this_site
from asb_cases.web.forms import refusals_in

account_links = Blueprint("account_links", __name__)
log = logging.getLogger(__name__)

#: What is done beside an answer that has been sent.
AFTERWARDS = "after the answer"
#: Of links asked for by people who are not signed in, counted apart from their attempts to sign in.
DOOR = "forgotten password "
#: The address of these pages is a secret: not even our own pages are told it. (The origin must be told, since forgery
#: protection asks for it.) A browser that knows only the first of the two keeps to that.
REFERRER_POLICY = "same-origin, strict-origin"


@account_links.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The answer is the same, and takes as long, whether or not there is an account: what depends on it
    is done when the answer has been sent."""
    form = ForgottenForm() if this_site().sends_email else None
    if form is None or not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), form.http_status if form else 200
    actor, site = somebody(), this_site()
    try:
        asked = signing_in.begin_attempt(
            email=form.email.data,
            address=actor.address,
            now=now(),
            secret_key=current_app.config["SECRET_KEY"],
            at=DOOR,
        )
    except TooManyAttempts:
        raise wait() from None

    def send() -> None:
        if asked.user_id is not None:
            setting_passwords.send_forgotten_link(actor=actor, now=now(), user_id=asked.user_id, site=site)

    answer = make_response(render_template("accounts/link_sent.html"))
    answer.call_on_close(_afterwards(send))
    return answer


@account_links.route("/set-password/<token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> ResponseReturnValue:
    """Choose a password, for whoever holds the link."""
    try:
        user = good_link(token, SETS_PASSWORD, now=now()).user
    except LinkOver:
        return _over()
    form, about = SetPasswordForm(), (user.name, user.email, current_app.config["COUNCIL_NAME"])
    if form.validate_on_submit():
        try:
            kept = new_passwords.password_hash_of(form.password.data, about=about)
            setting_passwords.set_password(actor=somebody(), now=now(), token=token, password_hash=kept)
            flash("Your password is set. Sign in with it.", "success")
            return redirect(url_for("accounts.sign_in"))
        except RuleBroken as broken:
            form.show_refusals(broken.refusals)
        except LinkOver:
            return _over()
    return _private(render_template("accounts/set_password.html", form=form, email=about[1]), form.http_status)


@account_links.route("/confirm-address/<token>", methods=["GET", "POST"])
@public
def confirm_address(token: str) -> ResponseReturnValue:
    """Confirm an e-mail address, for whoever reads its mail."""
    try:
        email = good_link(token, (LinkPurpose.ADDRESS_CHANGE,), now=now()).new_email
    except LinkOver:
        return _over()
    form = NothingAskedForm()
    if form.validate_on_submit():
        try:
            with refusals_in(form):
                address_change.confirm_address(actor=somebody(), now=now(), token=token, site=this_site())
                flash("The address is confirmed. Sign in with it from now on.", "success")
                return redirect(url_for("accounts.sign_in"))
        except LinkOver:
            return _over()
    return _private(render_template("accounts/confirm_address.html", form=form, email=email), form.http_status)


@account_links.route("/account/email", methods=["GET", "POST"])
@requires(Permission.USE_OWN_ACCOUNT)
def own_address() -> ResponseReturnValue:
    """Ask for another e-mail address of one's own, after proving to know the password."""
    form = AddressForm() if this_site().sends_email else None
    if form is not None and form.validate_on_submit():
        with refusals_in(form):
            _ask_for_own(form)
            flash("We have sent a link to the new address. Open it there to confirm.", "success")
            return redirect(url_for("accounts.own_account"))
    return render_template("accounts/email.html", form=form), form.http_status if form else 200


def _ask_for_own(form: AddressForm) -> None:
    """Raises RuleBroken."""
    actor, key = current_actor(), current_app.config["SECRET_KEY"]
    try:
        known = signing_in.check_own_password(
            actor=actor, now=now(), email=current_user.email, password=form.current.data, secret_key=key
        )
    except TooManyAttempts:
        raise wait() from None
    if not known:
        raise RuleBroken((rules.WRONG_PASSWORD,))
    address_change.ask_for_address_change(
        actor=actor, now=now(), user_id=current_user.id, email=form.email.data, site=this_site()
    )


def _afterwards(act: Callable[[], None]) -> Callable[[], None]:
    """Do something when the answer has been sent, and beside the connection that it was sent on: nobody can tell by the
    time of this answer, or of the next on that connection, what was done."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            try:
                act()
            except Exception:
                log.exception("what was asked for could not be done after the answer")

    return Thread(target=run, name=AFTERWARDS).start


def _over() -> Response:
    return _private(render_template("accounts/link_over.html", mail=this_site().sends_email), 404)


def _private(page: str, status: int) -> Response:
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = REFERRER_POLICY
    return response
