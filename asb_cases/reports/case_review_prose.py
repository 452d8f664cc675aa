"""Applications for a case review and what became of them, since they began, in sentences."""

from collections.abc import Iterator

from asb_cases.domain.calendar import in_words
from asb_cases.domain.periods import Period
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.prose import Paragraph, Sentence, known, number_of, was_or_were

TITLE = "ASB case reviews (Community Trigger)"
APPLICATIONS = ("application", "applications")


def case_review_paragraph(year: FigureSet, since: FigureSet) -> Paragraph:
    """The paragraph: all applications since the first one, then those of the year."""
    return Paragraph("case_reviews", TITLE, (*_all(since), *_of_year(year, since)))


def _all(since: FigureSet) -> Iterator[Sentence]:
    opening = f"{_since(since.period)} "
    if not known(since, *since.values):
        reason = " ".join(dict.fromkeys(each.note or "" for each in since.values.values() if each.value is None))
        yield Sentence(since.period, (f"{opening}there is no number of applications for an ASB case review. {reason}",))
        return
    applications = number_of(since, "case_review_applications", *APPLICATIONS)
    verb = was_or_were(applications.value)
    ending = f" for an ASB case review, also known as the Community Trigger, {verb} received."
    yield Sentence(since.period, (opening, applications, ending))
    if applications.value:
        met = number_of(since, "case_review_applications_met")
        held = number_of(since, "case_reviews_held", "case review", "case reviews")
        pieces = ("Of these, ", met, " met the threshold, and ", held, f" {was_or_were(held.value)} held in that time.")
        yield Sentence(since.period, pieces)


def _of_year(year: FigureSet, since: FigureSet) -> Iterator[Sentence]:
    if since.period.first == year.period.first or not known(year, "case_review_applications"):
        return
    applications = number_of(year, "case_review_applications", *APPLICATIONS)
    if applications.value:
        verb = was_or_were(applications.value)
        yield Sentence(year.period, (f"In {year.period.label} itself, ", applications, f" {verb} received."))


def _since(period: Period) -> str:
    """`Since September 2014, and up to 31 March 2016,`"""
    start = f"{period.first:%B} {period.first.year}" if period.first.day == 1 else in_words(period.first)
    return f"Since {start}, and up to {in_words(period.last)},"
