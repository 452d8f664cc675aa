"""`/case-review-procedure`, `/would-my-case-qualify`, `/privacy`, `/accessibility`: what the council says to everybody."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import today
from asb_cases.domain.case_review import Complaint, assess, threshold_on
from asb_cases.domain.periods import between
from asb_cases.domain.publications import FOUR
from asb_cases.queries.policy import values_in_force
from asb_cases.queries.publications import latest_publications, publications_of
from asb_cases.reports.case_review_figures import Revision, numbers_of, published_figures
from asb_cases.web.access import public
from asb_cases.web.public.qualifying_forms import QualifyingForm
from asb_cases.web.public.words import public_words

public_pages = Blueprint("public_pages", __name__)

#: As many published periods as stand on the page.
PERIODS_SHOWN = 6
#: How long each step takes at most, by the values that say so.
STANDARDS = {
    "acknowledge": "case_review_acknowledge_days",
    "decide": "case_review_decide_days",
    "hold": "case_review_hold_days",
    "outcome": "case_review_outcome_days",
}


@public_pages.get("/case-review-procedure")
@public
def procedure() -> str:
    """The procedure that the Act has published (s.104(2), Sch. 4), from the values in force today."""
    day, values = today(), values_in_force()
    return render_template(
        "public/procedure.html",
        words=public_words(day, values),
        threshold=threshold_on(values, day),
        days={name: values.number(code, day) for name, code in STANDARDS.items()},
        titles=FOUR,
        published=_published(),
    )


def _published() -> list[tuple[str, Mapping[str, int], Sequence[Revision]]]:
    """The last periods that were published, each with its numbers and how they were corrected."""
    shown: list[tuple[str, Mapping[str, int], Sequence[Revision]]] = []
    for row in latest_publications()[:PERIODS_SHOWN]:
        period = between(row.first_on, row.last_on)
        found = published_figures(publications_of(period)) if row.number > 1 else None
        shown.append((period.label, numbers_of(row), found.revisions if found else ()))
    return shown


@public_pages.route("/would-my-case-qualify", methods=["GET", "POST"])
@public
def qualify() -> ResponseReturnValue:
    """Whether reports of these days would meet the threshold today. Nothing that is typed is kept."""
    day, values = today(), values_in_force()
    form, threshold, found = QualifyingForm(), threshold_on(values, day), None
    if form.validate_on_submit():
        told = [
            Complaint(row=number, occurred_on=each["occurred_on"], made_on=each["made_on"])
            for number, each in enumerate(form.reports.data, 1)
        ]
        found = assess(told, applied_on=day, threshold=threshold)
    words = public_words(day, values)
    page = render_template("public/qualify.html", form=form, found=found, threshold=threshold, words=words)
    return page, form.http_status


@public_pages.get("/privacy")
@public
def privacy() -> str:
    """What becomes of what people tell the council."""
    return render_template("public/privacy.html", words=public_words(today()))


@public_pages.get("/accessibility")
@public
def accessibility() -> str:
    """How far the pages can be used by everybody, and what has not been tried."""
    return render_template("public/accessibility.html", words=public_words(today()))
