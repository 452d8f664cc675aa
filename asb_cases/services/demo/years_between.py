"""The years between 2015-16 and now: a few warnings and notices in each, so that every year has its report."""

from collections.abc import Iterator
from datetime import date, timedelta

from asb_cases.domain.periods import financial_year_of
from asb_cases.services.demo.behaviour import BEHAVIOURS, WEIGHTS
from asb_cases.services.demo.cases import Plot, begins, closing
from asb_cases.services.demo.notices import ends, escalates
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.staff import let_go
from asb_cases.services.demo.stories import Story
from asb_cases.services.demo.warnings import heeds, warns

FIRST_YEAR = 2016
#: The months in which somebody is warned, and the one of the warning that a notice follows.
WARNED_IN, NOTICED_IN = (5, 9, 11), 7
MONTH = timedelta(days=30)
LAST_DAY_OF_A_COLLEAGUE = date(2019, 6, 28)


def years_between(scene: Scene) -> Iterator[Story]:
    """Stories of each whole year before the current one, and of a colleague who left."""
    for year in range(FIRST_YEAR, financial_year_of(scene.today).first.year):
        for month in WARNED_IN:
            yield _warned(scene, scene.office_day(date(year, month, scene.chance.randint(1, 25))))
        yield _noticed(scene, scene.office_day(date(year, NOTICED_IN, scene.chance.randint(1, 25))))
    yield _leaves(scene)


def _plot(scene: Scene, warned_on: date) -> Plot:
    kind = scene.chance.choices(BEHAVIOURS, WEIGHTS)[0]
    return Plot(warned_on - timedelta(days=18), kind, scene.chance.choice(("officer", "streets")), complaints=1)


def _warned(scene: Scene, day: date) -> Story:
    matter = yield from begins(scene, _plot(scene, day))
    (warning,) = yield from warns(scene, matter, day)
    yield from heeds(scene, matter, warning, day + MONTH)
    yield from closing(scene, matter.case_id, day + 3 * MONTH, outcome="resolved", reason="The warning was heeded.")


def _noticed(scene: Scene, day: date) -> Story:
    matter, notice, issued_on = yield from escalates(scene, _plot(scene, day), day)
    review_on = issued_on + 6 * MONTH
    reason = "Quiet since the notice."
    closed_on = issued_on + 3 * MONTH
    yield from closing(scene, matter.case_id, closed_on, outcome="notice", reason=reason, review_on=review_on)
    yield from ends(scene, matter, notice, issued_on)


def _leaves(scene: Scene) -> Story:
    now = yield at(LAST_DAY_OF_A_COLLEAGUE, "17:00")
    let_go(scene.staff, "former", now=now)
