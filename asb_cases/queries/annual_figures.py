"""The values that a yearly report speaks of: of several periods, each asked once for all that is wanted of it."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from asb_cases.domain.figures import CONTACTS_RECEIVED, FIGURES
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, FiguresScope
from asb_cases.extensions import db
from asb_cases.models.partner_series import PartnerSeries
from asb_cases.queries.figures import FigureValue, figures_of
from asb_cases.queries.visibility import of_complete_imports

Asked = tuple[str, Period]


def values_for(asked: Iterable[Asked], actor: Actor) -> dict[Asked, FigureValue]:
    """The value of each figure in each period asked for; what nobody knows of is left out."""
    by_period: dict[Period, set[str]] = defaultdict(set)
    for code, period in asked:
        by_period[period].add(code)
    found: dict[Asked, FigureValue] = {}
    for period, codes in by_period.items():
        for code, value in figures_of(period, actor, codes=codes, broken_down=()).values.items():
            found[code, period] = value
    return found


def figures_offered() -> list[tuple[str, str]]:
    """Every figure that a report may speak of, by code, with its title: those counted, then those supplied."""
    counted = [(figure.code, figure.title) for figure in FIGURES.values() if figure.published]
    series = select(PartnerSeries.code, PartnerSeries.title).where(of_complete_imports(PartnerSeries))
    supplied = {CONTACTS_RECEIVED: "Contacts received", **dict(db.session.execute(series).all())}
    return counted + sorted(supplied.items(), key=lambda each: each[1].casefold())


def sees_all_figures(actor: Actor) -> bool:
    """Whether the actor's figures are those of the whole service, which a report is about."""
    return actor.figures_scope is FiguresScope.ALL
