"""Where a number's rows are shown: addresses that councils' own scripts and documents link to."""

from urllib.parse import quote, urlencode

from asb_cases.domain.figures import Dimension
from asb_cases.domain.periods import Period


def rows_path(code: str, period: Period, part: tuple[Dimension, str] | None = None) -> str:
    """The page of exactly the rows that a figure counts in a period, or of one number of its breakdown."""
    asked = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if part is not None:
        asked |= {"by": part[0].value, "is": part[1]}
    return f"/reports/figures/{quote(code, safe='')}?{urlencode(asked)}"


def figures_path(period: Period) -> str:
    """The page of all figures of a period."""
    asked = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return f"/reports/figures?{urlencode(asked)}"


def partnership_path(year: Period) -> str:
    """The page of a year's partnership report."""
    return f"/reports/partnership/{year.label}"


def case_review_figures_path(period: Period) -> str:
    """The page of the figures about case reviews of a period, which a reporting period is named by: `2015-16`, `2015`, or
    its two days."""
    return f"/reports/case-reviews/{period_name(period)}"


def period_name(period: Period) -> str:
    """A period as an address names it: a year, quarter or month by its usual name, any other by its days."""
    if period.months == 12:
        return period.label
    return f"{period.first.isoformat()}_{period.last.isoformat()}"
