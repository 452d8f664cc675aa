"""What is asked about a review of the case review procedures."""

from datetime import date

from asb_cases.domain.periods import financial_year, financial_year_of
from asb_cases.web.forms import DateField, Form, SelectField, TextAreaField

YEARS_OFFERED = 10
LONGEST = 4000


class ReviewForm(Form):
    """A review of the procedures."""

    year = SelectField("Which year it looks at", required="Choose the year")
    reviewed_on = DateField("Day of the review", required="Enter the day of the review")
    findings = TextAreaField(
        "What was found",
        required="Say what was found",
        hint="How many asked and how soon they were answered, what applicants said, what went wrong. Name nobody.",
        rows=8,
        max_length=LONGEST,
    )
    changes = TextAreaField(
        "What is changed in the procedures", hint="Leave it blank if nothing is.", max_length=LONGEST
    )
    policing_body = TextAreaField(
        "The local policing body: whom you asked, and what they said",
        hint="Needed where the procedures are changed. If they were not asked, say why.",
        rows=3,
        max_length=LONGEST,
    )
    landlords = TextAreaField(
        "The social landlords: whom you asked, and what they said",
        hint="Needed where the procedures are changed. If they were not asked, say why.",
        rows=3,
        max_length=LONGEST,
    )
    others = TextAreaField(
        "Others who were asked", hint="Victims, police, health, voluntary groups.", rows=3, max_length=LONGEST
    )

    def offer_years(self, today: date, also: date | None = None) -> None:
        """The running financial year and those before it, and the one of an entry that is corrected."""
        latest = financial_year_of(today).first.year
        years = {*range(latest, latest - YEARS_OFFERED, -1), *([also.year] if also else [])}
        self.year.choices = [(str(year), financial_year(year).label) for year in sorted(years, reverse=True)]

    @property
    def year_first_on(self) -> date:
        return financial_year(int(self.year.data)).first


class CorrectReviewForm(ReviewForm):
    """The entry as it should have been, and why."""

    because = TextAreaField(
        "Why the entry is corrected", required="Say why the entry is corrected", rows=3, max_length=1000
    )
