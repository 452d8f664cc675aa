"""What is printed of an application: its letters, and the chronology that the panel works from."""

from functools import partial

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.documents.case_review_letter import case_review_letter
from asb_cases.documents.context import names_in_texts, undecided
from asb_cases.domain.case_content import content_for
from asb_cases.domain.case_review_letters import LetterKind, letters_there_are
from asb_cases.domain.permissions import Permission
from asb_cases.queries.case_review_work import work_on
from asb_cases.queries.case_reviews import count_for
from asb_cases.queries.document_rows import names_to_keep_out
from asb_cases.queries.frozen_documents import frozen_of_case_review
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.queries.timeline import timeline_of
from asb_cases.services.case_review_papers import code_of, keep_case_review_letter
from asb_cases.web.access import current_actor, requires
from asb_cases.web.case_reviews.step_page import application
from asb_cases.web.documents.printing import printed
from asb_cases.web.documents.routes import KEPT, NOT_KEPT, kept
from asb_cases.web.forms import Form, refusals_in
from asb_cases.web.timeline_items import timeline_items

review_papers = Blueprint("review_papers", __name__, url_prefix="/case-reviews/<reference>")

#: More happened in hardly any case; the case page has the rest.
LONGEST = 400
LETTER_WORDS = ("address", "contact")


@review_papers.route("/letters/<letter>", methods=["GET", "POST"])
@requires(Permission.WORK_CASE_REVIEWS)
def letter(reference: str, letter: str) -> ResponseReturnValue:
    """A letter to whoever applied, as a page to be looked at, printed or kept as it leaves."""
    review, form = application(reference), Form()
    wanted = next((each for each in LetterKind if each.value.replace("_", "-") == letter), None)
    there_are = letters_there_are(threshold=review.threshold, held=review.review_held_on is not None)
    if wanted not in there_are or wanted is None:
        raise NotFound("letter")
    if form.validate_on_submit():
        with refusals_in(form):
            printed(
                partial(
                    keep_case_review_letter, actor=current_actor(), now=now(), case_review_id=review.id, kind=wanted
                )
            )
            flash(KEPT, "success")
            return redirect(url_for("review_papers.letter", reference=reference, letter=letter))
    values = policy_in_force().values
    document = case_review_letter(
        wanted, review, work_on(review.id), current_app.config["COUNCIL_NAME"], values, today()
    )
    names = names_to_keep_out(review.case_id, review.applicant_id or 0) if review.case_id else []
    others = [name for name in names if name != document.recipient.name]
    flags = [
        f"The text may name {name}, who turned to the council or stands by somebody who did. Take the name out first."
        for name in names_in_texts(document.typed, others)
    ]
    if titles := undecided(document.council, LETTER_WORDS, values):
        listed = "; ".join(f"“{title}”" for title in titles)
        flags.append(f"Not decided yet, and so left out: {listed}. An administrator sets each as a policy value.")
    if not document.in_full:
        flags.append("The victim’s consent is not recorded: the letter says only what whoever applies must be told.")
    page = render_template(
        "documents/case_review_letter.html",
        document=document,
        flags=flags,
        mark=NOT_KEPT,
        form=form,
        **kept([row for row in frozen_of_case_review(review.id) if row.kind == code_of(wanted)]),
        crumbs=[
            ("Case reviews", url_for("case_reviews.list_case_reviews")),
            (review.reference, url_for("case_reviews.case_review", reference=review.reference)),
        ],
    )
    return page, form.http_status


@review_papers.get("/chronology")
@requires(Permission.WORK_CASE_REVIEWS)
def chronology(reference: str) -> str:
    """What happened and what each body knew and did, in the order of the days."""
    review, content = application(reference), content_for(current_actor())
    events = []
    if review.case_id is not None:
        timeline = timeline_of(review.case_id, content, size=LONGEST)
        events = timeline_items(timeline.events, content, review.case_reference)[::-1]
    return render_template(
        "case_reviews/chronology.html",
        review=review,
        count=count_for(review),
        bodies=work_on(review.id).bodies,
        events=events,
        today=today(),
    )
