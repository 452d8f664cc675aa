"""Days and moments as console commands take them."""

from datetime import date, datetime

import click

from asb_cases.domain.calendar import LONDON, UnreadableDate, parse_date


class Day(click.ParamType[date]):
    """A day, `2026-03-02` or `02/03/2026`."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_date(str(value))
        except UnreadableDate as error:
            self.fail(str(error), param, ctx)


class DayOrMoment(Day):
    """A day, or a day and a time on the clock in Europe/London: `2026-03-02T14:30`."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        day, _, clock = str(value).strip().replace("T", " ").partition(" ")
        found = super().convert(day, param, ctx)
        if not clock:
            return found
        try:
            at = datetime.strptime(clock.strip(), "%H:%M").time()  # noqa: DTZ007 (the zone is joined below)
        except ValueError:
            self.fail(f"“{clock}” is not a time of day: write it as 14:30.", param, ctx)
        return datetime.combine(found, at, LONDON)
