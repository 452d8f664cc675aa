"""`/admin/emails`: what was sent to whom and when, and sending again what could not be delivered."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.outbox import EmailState
from asb_cases.domain.permissions import Permission
from asb_cases.queries.emails import EmailFilter, counts_by_state, emails_page, load_email
from asb_cases.services.outbox import send_again
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, DateField, QueryForm, TextField
from asb_cases.web.lists import asked_place, page_links, selected_filters
from asb_cases.web.validators import NotBeforeField

admin_emails = Blueprint("admin_emails", __name__, url_prefix="/admin/emails")


class EmailFilterForm(QueryForm):
    """The filters beside the list."""

    state = CheckboxesField(
        "State", choices=[(state.value, words(state)) for state in EmailState], size="s", small=True
    )
    address = TextField("Address holds", size="s", autocomplete="off")
    queued_from = DateField("Queued from", size="s", hint="")
    queued_to = DateField("Queued to", [NotBeforeField("queued_from")], size="s", hint="")

    def wanted(self) -> EmailFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        return EmailFilter(
            states=tuple(self.state.data or ()),
            address=self.address.data or "",
            queued_from=self.queued_from.data,
            queued_to=None if self.queued_to.errors else self.queued_to.data,
        )


@admin_emails.get("")
@requires(Permission.MANAGE_SETTINGS)
def list_emails() -> str:
    """The outbox and everything that has left it."""
    form = EmailFilterForm()
    page = emails_page(form.wanted(), asked_place())
    shown("email", *page.ids)
    return render_template(
        "admin/emails.html",
        form=form,
        filters=selected_filters(form),
        rows=page.rows,
        links=page_links(page),
        counts=counts_by_state(),
    )


@admin_emails.get("/<int:email_id>")
@requires(Permission.MANAGE_SETTINGS)
def email(email_id: int) -> str:
    """One e-mail: what it says, and what became of it."""
    found = load_email(email_id)
    shown("email", found.id)
    return render_template("admin/email.html", email=found)


@admin_emails.post("/<int:email_id>/send-again")
@requires(Permission.MANAGE_SETTINGS)
def again(email_id: int) -> ResponseReturnValue:
    """Put an e-mail that was given up back in the outbox."""
    send_again(actor=current_actor(), now=now(), email_id=email_id)
    flash("The e-mail waits to be sent again.", "success")
    return redirect(url_for("admin_emails.email", email_id=email_id))
