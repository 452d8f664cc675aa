"""Which period, what it is compared with, and which of its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask import abort, request
from wtforms import HiddenField

from asb_cases.adapters.time import today
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.caseload import month_of
from asb_cases.domain.errors import gathered
from asb_cases.domain.figures import DIMENSION_TITLES, Dimension, Figure
from asb_cases.domain.periods import Period, between, parse_any_period
from asb_cases.domain.publications import check_period
from asb_cases.domain.record_keeping import day_has_come
from asb_cases.queries.figure_drill_down import Part, Place
from asb_cases.queries.paging import LARGEST_ID
from asb_cases.web.fields.typed_text import storable
from asb_cases.web.forms import DateField, Form, QueryForm, SelectField, TextAreaField, TextField
from asb_cases.web.validators import NotBeforeField

#: A month and the same one two years before.
MONTHS_OFFERED = 25
OTHER = "other"
COMPARISONS = (
    ("year_before", "The same days a year before"),
    (OTHER, "Another period, named below"),
    ("none", "Nothing"),
)
EVERYTHING = "everything"
NO_PERIOD = "Enter a period, or the first day"


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

    @property
    def period(self) -> Period:
        """The period asked for, once the answers are valid."""
        return between(self.first.data, self.last.data)


class FiguresForm(QueryForm):
    """Any period in words or as two days, what it is compared with, and what its counts are broken down by."""

    named = TextField(
        "Period",
        name="period",
        hint="A financial year (2015-16), a year (2015), a quarter (April to June 2015), a month (June 2015), any days "
        "(1 November 2015 to 31 May 2016), or everything since a day (since 1 September 2014).",
    )
    first = DateField("Or its first day", name="from", noun="First day", hint="For example, 1 4 2015")
    last = DateField(
        "And its last day",
        [NotBeforeField("first")],
        name="to",
        noun="Last day",
        hint="Leave it empty to count up to today",
    )
    compare = SelectField("Compare with", choices=COMPARISONS, blank="The period before")
    against = TextField("The other period", hint="Only where you compare with another period: written as above.")
    by = SelectField(
        "Broken down by",
        choices=[*((each.value, title) for each, title in DIMENSION_TITLES.items()), (EVERYTHING, "Everything")],
        blank="Nothing",
    )

    period: Period
    other: Period | None = None

    @property
    def dimensions(self) -> set[Dimension]:
        """What the counts are to be broken down by."""
        if self.by.data == EVERYTHING:
            return set(Dimension)
        return {Dimension(self.by.data)} if self.by.data else set()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the answers name a period, and one to compare with where that is asked for."""
        if not super().validate(extra_validators):
            return False
        if not self.named.data and self.first.data is None:
            self.named.errors = [NO_PERIOD]
            return False
        with _said_beside(self.named if self.named.data else self.last):
            self.period = self._asked()
        if not self.errors:
            with _said_beside(self.against):
                self.other = self._compared_with()
        return not self.errors

    def _asked(self) -> Period:
        if self.named.data:
            return parse_any_period(self.named.data, today=today())
        return between(self.first.data, self.last.data or today())

    def _compared_with(self) -> Period | None:
        """The period to compare with, if any."""
        if self.compare.data == OTHER:
            if not self.against.data:
                raise UnreadableDate("Enter the period to compare with")
            return parse_any_period(self.against.data, today=today())
        if self.compare.data == "none":
            return None
        return self.period.year_before if self.compare.data == "year_before" else self.period.previous

    def in_address(self) -> dict[str, Any]:
        """The same question with its period as two days: the address that stays good."""
        kept = {"compare": self.compare.data, "against": self.against.data, "by": self.by.data}
        asked = {"from": self.period.first.isoformat(), "to": self.period.last.isoformat(), **kept}
        return {name: value for name, value in asked.items() if value}


@contextmanager
def _said_beside(field: Any) -> Iterator[None]:
    """Say beside the answer why it is not a period."""
    try:
        yield
    except UnreadableDate as error:
        field.errors = [str(error)]


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
