"""The clock by which a year's case review figures are to be published (2014 Act, s.104(9)).

It belongs to no case and no application: the passing of the year starts it, and the publication meets it.
"""

from datetime import datetime

from sqlalchemy import select

from asb_cases.domain.calendar import local
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.periods import financial_year_of
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from asb_cases.queries.publications import unpublished_years
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.transaction import transaction

CLOCK = "case_review_publication"


@transaction
def settle_publication_clock(*, now: datetime) -> bool:
    """Start the clock of the year that ended last, where its figures are owed, and meet those of years that were published.
    Returns whether there was something to do. Of years before that nobody is reminded: they were over before this was kept."""
    today = local(now).date()
    owed = {year.last for year in unpublished_years(today)}
    clocks = {row.starts_on: row for row in db.session.scalars(select(Deadline).where(Deadline.rule == CLOCK))}
    met = [row for row in clocks.values() if row.state is DeadlineState.RUNNING and row.starts_on not in owed]
    for clock in met:
        clock.state = DeadlineState.MISSED if today > clock.last_day else DeadlineState.MET
        clock.ended_on, clock.ended_because = today, "Published"
    ended_last = financial_year_of(today).previous.last
    begins = ended_last in owed and ended_last not in clocks
    if begins:
        deadlines.start(CLOCK, ended_last, Links())
    return bool(met) or begins
