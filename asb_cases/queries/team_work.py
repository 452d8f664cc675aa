"""What a manager looks after: what nobody has yet, what is late, how old it is, what runs out; officer by officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, Select, case, cast, false, func, literal, null, select, union_all

from asb_cases.domain.clock_groups import rules_of_group
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import Team, User
from asb_cases.queries.case_list import CaseFilter, is_without_contact, wanted_case_ids
from asb_cases.queries.case_review_explanations import owed_explanation_ids
from asb_cases.queries.case_review_pages import CaseReviewFilter, wanted_case_review_ids
from asb_cases.queries.clock_conditions import is_ahead, is_overdue, runs
from asb_cases.queries.deadline_list import AHEAD, DeadlineFilter, wanted_deadlines
from asb_cases.queries.intervention_list import InterventionFilter, wanted_intervention_ids
from asb_cases.queries.my_work import OPEN
from asb_cases.queries.task_list import OVERDUE, TaskFilter, wanted_tasks
from asb_cases.queries.visibility import (
    case_reviews_visible_to,
    interventions_visible_to,
    of_complete_imports,
    visible_to,
)

#: Ages of open cases, in days: the first and the last of each band.
BANDS: tuple[tuple[int, int | None], ...] = ((0, 27), (28, 55), (56, 83), (84, None))
DRAFTS = ("CPW", "CPN", "FPN")
#: As many of each as the first page shows.
SHOWN = 5
OFFICERS = 60


@dataclass(frozen=True)
class Band:
    """Open cases of an age: those opened from a day (None: however long ago) to a day."""

    key: str
    first: int
    last: int | None
    opened_from: date | None
    opened_to: date


def bands(today: date) -> list[Band]:
    """The bands as days on which cases were opened."""
    return [
        Band(
            f"band_{first}",
            first,
            last,
            None if last is None else today - timedelta(days=last),
            today - timedelta(days=first),
        )
        for first, last in BANDS
    ]


def aged_counts(
    actor: Actor, today: date, *, owner_id: int | None = None, of: str = ""
) -> dict[str, Select[*tuple[Any, ...]]]:
    """The open cases that the actor sees by their age, or those of one officer; `of` begins the keys."""
    return {
        of + band.key: wanted_case_ids(
            actor,
            today,
            CaseFilter(statuses=OPEN, owner_id=owner_id, opened_from=band.opened_from, opened_to=band.opened_to),
        )
        for band in bands(today)
    }


def team_counts(actor: Actor, now: datetime, today: date) -> dict[str, Select[*tuple[Any, ...]]]:
    """What is counted of the whole that the actor sees, by key: each is exactly what its list shows."""
    return {
        "unallocated": wanted_case_ids(actor, today, CaseFilter(statuses=OPEN, unallocated=True)),
        "all_overdue": wanted_deadlines(actor, now, today, DeadlineFilter(when="overdue")),
        "all_tasks_overdue": wanted_tasks(actor, today, TaskFilter(when=OVERDUE)),
        "notices_overdue": wanted_deadlines(actor, now, today, DeadlineFilter(when="overdue", about="notices")),
        "notices": wanted_deadlines(actor, now, today, DeadlineFilter(when="month", about="notices")),
        "reviews": wanted_case_review_ids(actor, today, CaseReviewFilter(stage="running")),
        "review_letters": wanted_case_review_ids(actor, today, CaseReviewFilter(overdue="letter")),
        "explanations": owed_explanation_ids(actor, today),
        "drafts": wanted_intervention_ids(actor, today, InterventionFilter(given=False, powers=DRAFTS, status="draft")),
        **aged_counts(actor, today),
    }


def by_officer(
    actor: Actor, now: datetime, today: date, *, no_contact_since: date | None = None, limit: int = OFFICERS
) -> Sequence[Any]:
    """For each officer the open cases, those with something overdue, the day the oldest was opened and, where a day is
    given, those without contact since. One query."""
    without_contact = false() if no_contact_since is None else is_without_contact(no_contact_since)
    late = select(Deadline.id).where(Deadline.case_id == Case.id, is_overdue(now), of_complete_imports(Deadline))
    return db.session.execute(
        select(
            User.id,
            User.name,
            func.count(Case.id).label("open"),
            func.sum(case((late.correlate(Case).exists(), 1), else_=0)).label("overdue"),
            func.sum(case((without_contact, 1), else_=0)).label("no_contact"),
            func.min(Case.opened_on).label("oldest"),
        )
        .join(Case, Case.owner_id == User.id)
        .where(Case.status.in_(OPEN), visible_to(actor, today))
        .group_by(User.id, User.name)
        .order_by(func.count(Case.id).desc(), User.name)
        .limit(limit)
    ).all()


def by_team(actor: Actor, now: datetime, today: date, *, no_contact_since: date) -> Sequence[Any]:
    """The same for each team's cases, whoever works them. One query."""
    late = select(Deadline.id).where(Deadline.case_id == Case.id, is_overdue(now), of_complete_imports(Deadline))
    return db.session.execute(
        select(
            Team.id,
            Team.name,
            func.count(Case.id).label("open"),
            func.sum(case((late.correlate(Case).exists(), 1), else_=0)).label("overdue"),
            func.sum(case((is_without_contact(no_contact_since), 1), else_=0)).label("no_contact"),
        )
        .join(Case, Case.team_id == Team.id)
        .where(Case.status.in_(OPEN), visible_to(actor, today))
        .group_by(Team.id, Team.name)
        .order_by(Team.name, Team.id)
    ).all()


def looked_after(actor: Actor, now: datetime, today: date) -> dict[str, list[Any]]:
    """The first of what a manager has to see to, by key of `team_counts`: unallocated cases, the clocks of notices, case
    reviews with their clocks, drafts. One query."""
    parts = (
        _unallocated(actor, today),
        _notices(actor, now, today),
        _case_reviews(actor, now, today),
        _drafts(actor, today),
    )
    found: dict[str, list[Any]] = {"unallocated": [], "notices": [], "reviews": [], "drafts": []}
    for row in db.session.execute(union_all(*(select(part.limit(SHOWN).subquery()) for part in parts))):
        found[row.what].append(row)
    return found


def _row(
    what: str, row_id: Any, reference: Any, words: Any, day: Any, code: Any, case_reference: Any, case_id: Any
) -> Any:
    return select(
        literal(what).label("what"),
        row_id.label("id"),
        reference.label("reference"),
        words.label("words"),
        day.label("day"),
        code.label("code"),
        case_reference.label("case_reference"),
        case_id.label("case_id"),
    )


def _unallocated(actor: Actor, today: date) -> Any:
    return (
        _row("unallocated", Case.id, Case.reference, Case.title, Case.opened_on, literal(""), Case.reference, Case.id)
        .where(Case.owner_id.is_(None), Case.status.in_(OPEN), visible_to(actor, today))
        .order_by(Case.opened_on, Case.id)
    )


def _notices(actor: Actor, now: datetime, today: date) -> Any:
    return (
        _row(
            "notices", Deadline.id, func.coalesce(Intervention.reference, Case.reference), Case.title, Deadline.last_day,
            Deadline.rule, Case.reference, Case.id,
        )
        .join(Case, Case.id == Deadline.case_id)
        .outerjoin(Intervention, Intervention.id == Deadline.intervention_id)
        .where(
            Deadline.rule.in_(rules_of_group("notices")),
            is_overdue(now) | is_ahead(now, AHEAD["month"]),
            of_complete_imports(Deadline),
            visible_to(actor, today),
        )
        .order_by(Deadline.last_day, Deadline.id)
    )  # fmt: skip


def _case_reviews(actor: Actor, now: datetime, today: date) -> Any:
    return (
        _row(
            "reviews", CaseReview.id, CaseReview.reference, literal(""), Deadline.last_day, Deadline.rule, literal(""),
            CaseReview.case_id,
        )
        .join(Deadline, Deadline.case_review_id == CaseReview.id)
        .where(runs(now), case_reviews_visible_to(actor, today), of_complete_imports(Deadline))
        .order_by(Deadline.last_day, Deadline.id)
    )  # fmt: skip


def _drafts(actor: Actor, today: date) -> Any:
    return (
        _row(
            "drafts", Intervention.id, Intervention.reference, User.name, cast(null(), Date), Intervention.power,
            Case.reference, Case.id,
        )
        .join(Case, Case.id == Intervention.case_id)
        .outerjoin(User, User.id == Intervention.drafter_id)
        .where(
            Intervention.status == "draft",
            Intervention.power.in_(DRAFTS),
            Intervention.issued_on.is_(None),
            interventions_visible_to(actor, today),
        )
        .order_by(Intervention.id)
    )  # fmt: skip
