"""A form that is sent twice is acted on once: the second click is led to what the first one made.

Every form carries a key (`Form.hidden`), the act keeps it with its history entry (`services.history`), and a key that is
known already is not acted on again. So a double click, a page sent again and an impatient finger do no harm.
"""

from flask import Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.queries.sent_forms import Outcome, outcome_of_form
from asb_cases.services.history import AlreadySent
from asb_cases.web.access import sent_form_key

SAID = "This was saved the first time you sent it. It has not been saved twice."

#: Where what has no page of its own, or none that is looked at again, is listed.
LISTS = {
    "saved_filter": "saved_filters.own",
    "user": "admin_users.users",
    "team": "admin_groups.groups",
    "partner_body": "admin_groups.groups",
    "authorisation": "admin_authorisations.list_authorisations",
    "category": "admin_categories.list_categories",
    "ward": "admin_wards.list_wards",
    "wording": "wordings.list_wordings",
    "policy_value": "policy_values.list_values",
    "bank_holiday": "record_keeping.bank_holidays",
    "record_coverage": "record_keeping.complete_from",
    "procedure_review": "procedure_reviews.list_reviews",
    "case_review_publication": "publications.years",
}


def act_on_forms_once(app: Flask) -> None:
    """Install the look before an act, and the answer for those sent at the same moment."""
    app.before_request(_lead_on)
    app.register_error_handler(AlreadySent, lambda _error: outcome_page() or redirect(url_for("home.start")))


def _lead_on() -> ResponseReturnValue | None:
    return outcome_page() if request.method == "POST" else None


def outcome_page() -> ResponseReturnValue | None:
    """The way to what was done with the form of this request; None where nothing was done with it."""
    key = sent_form_key()
    outcome = outcome_of_form(key) if key else None
    if outcome is None:
        return None
    flash(SAID, "information")
    return redirect(address_of(outcome))


def address_of(outcome: Outcome) -> str:
    """The page of a record that an act was about; of its case, where it has none; else the first page."""
    pages = {
        "case": "cases.case",
        "complaint": "complaints.complaint",
        "intervention": "interventions.intervention",
        "case_review": "case_reviews.case_review",
    }
    if outcome.kind in pages and outcome.reference:
        return url_for(pages[outcome.kind], reference=outcome.reference)
    if outcome.case_reference:
        return url_for("cases.case", reference=outcome.case_reference)
    if outcome.kind == "person" and outcome.id:
        return url_for("people.person", person_id=outcome.id)
    if outcome.kind in LISTS:
        return url_for(LISTS[outcome.kind])
    return url_for("home.start")
