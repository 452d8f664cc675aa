"""Which period, what it is compared with, and which of its rows."""

from datetime import date
from typing import Any

from flask import abort, request
from wtforms import HiddenField

from asb_cases.adapters.time import today
from asb_cases.domain.caseload import month_of
from asb_cases.domain.errors import gathered
from asb_cases.domain.figures import Dimension, Figure
from asb_cases.domain.periods import Period, between
from asb_cases.domain.publications import check_period
from asb_cases.domain.record_keeping import day_has_come
from asb_cases.queries.figure_drill_down import Part, Place
from asb_cases.queries.paging import LARGEST_ID
from asb_cases.web.fields.typed_text import storable
from asb_cases.web.forms import DateField, Form, QueryForm, SelectField, TextAreaField
from asb_cases.web.validators import NotBeforeField

#: A month and the same one two years before.
MONTHS_OFFERED = 25
COMPARISONS = (("year_before", "The same days a year before"), ("none", "Nothing"))


class PeriodForm(QueryForm):
    """Two days, both included. A link carries each as `2015-04-01`."""

    first = DateField("First day", required="Enter the first day", name="from", hint="For example, 1 4 2015")
    last = DateField(
        "Last day",
        [NotBeforeField("first")],
        required="Enter the last day",
        name="to",
        hint="For example, 31 3 2016",
    )
    compare = SelectField("Compare with", choices=COMPARISONS, blank="The period before")

    @property
    def period(self) -> Period:
        """The period asked for, once the answers are valid."""
        return between(self.first.data, self.last.data)

    @property
    def compared_with(self) -> Period | None:
        """The period to compare with, if any."""
        if self.compare.data == "none":
            return None
        return self.period.year_before if self.compare.data == "year_before" else self.period.previous


class ReportingPeriodForm(QueryForm):
    """A reporting period: two days, both included, at most twelve months apart (2014 Act s.104(9))."""

    first = DateField("First day", required="Enter the first day", name="from", hint="For example, 1 4 2015")
    last = DateField(
        "Last day",
        [NotBeforeField("first")],
        required="Enter the last day",
        name="to",
        hint="At most twelve months later: for example, 31 3 2016",
    )

    def is_asked(self) -> bool:
        """Whether a period was asked for."""
        return bool(request.args)

    @property
    def period(self) -> Period:
        """The period asked for, once the answers are valid."""
        return between(self.first.data, self.last.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the days make a reporting period that has begun."""
        if not super().validate(extra_validators):
            return False
        not_begun = day_has_come("The first day", self.first.data, today(), "first")
        self.show_refusals((check_period(self.period) + gathered([not_begun])).refusals)
        return not self.errors


class PublishForm(Form):
    """A button, and the digest of the figures that whoever presses it was shown."""

    seen = HiddenField()


class CorrectForm(PublishForm):
    """Why what was published is wrong."""

    because = TextAreaField(
        "Why the published figures are corrected",
        required="Say why the published figures are corrected",
        hint="It is printed beside the figures for everybody to read: name nobody.",
        rows=3,
        max_length=1000,
    )


class MonthForm(QueryForm):
    """Which month's caseload."""

    month = SelectField("Month")

    def offer(self, today: date) -> None:
        """The running month and those before it."""
        months = [month_of(today)]
        while len(months) < MONTHS_OFFERED:
            months.append(months[-1].previous)
        self.month.choices = [(f"{each.first:%Y-%m}", each.label) for each in months]


class SendCaseloadForm(Form):
    """Which month's caseload is sent."""

    month = HiddenField()


def asked_period() -> Period:
    """The period that a link asks for; anything else is a bad request."""
    form = PeriodForm()
    return form.period if form.validate() else abort(400)


def asked_part(figure: Figure) -> Part | None:
    """The number of a breakdown that the address asks for, if any. The figure must have that breakdown."""
    by, key = request.args.get("by"), request.args.get("is")
    if by is None and key is None:
        return None
    if key is None or by not in {dimension.value for dimension in figure.breakdowns}:
        abort(400)
    return Part(Dimension(by), storable(key))


def asked_place() -> Place | None:
    """The place in the list that the address asks for, if any: `2015-09-01.17`."""
    asked = request.args.get("after")
    if not asked:
        return None
    day, _, row_id = asked.partition(".")
    try:
        place = Place(date.fromisoformat(day), int(row_id))
    except ValueError:
        abort(400)
    return place if 0 <= place.row_id <= LARGEST_ID else abort(400)
