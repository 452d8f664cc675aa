"""One case, for whoever may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from asb_cases.domain.case_connections import MERGED_CASE
from asb_cases.domain.closing import ClosingFacts
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import Actor
from asb_cases.domain.record_keeping import IN_ERROR
from asb_cases.domain.references import parse_reference
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseShare
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention
from asb_cases.models.place import Address
from asb_cases.models.user import Team, User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.risk import risk_left
from asb_cases.queries.visibility import in_scope_of, notice_in_force, of_complete_imports, visible_to

#: What is over is closed; these are not, by power.
OPEN_PENALTY = ("issued", "unpaid")
OPEN_PROSECUTION = ("legal_review", "authorised", "laid")
DRAFTS = ("draft", "authorised")


@dataclass(frozen=True)
class StepLeft:
    """One step that is not over."""

    reference: str
    power: str
    status: str


@dataclass(frozen=True)
class Described:
    """A case as the form that describes it shows it. `categories` are codes."""

    title: str
    summary: str | None
    place: str | None
    ward_id: int | None
    categories: list[str]


@dataclass(frozen=True)
class Allocable:
    """A case to be given to somebody."""

    id: int
    version: int
    reference: str
    title: str
    team: str | None
    owner: str | None


def load_case_for(actor: Actor, reference: str, today: date) -> Case:
    """The case with this reference, however it was typed. Raises `NotFound`."""
    return _one(_called(reference), visible_to(actor, today))


def case_to_work_on(case_id: int, *, actor: Actor, today: date) -> Case:
    """The case for an act, its row locked until the act ends, with its categories. Raises `NotFound`, and `RuleBroken`
    for a case entered in error or merged into another, on which nobody works."""
    case = _one(Case.id == case_id, visible_to(actor, today), lock=True)
    if case.restricted and _hidden_meanwhile(case_id, actor, today):
        raise NotFound("case")
    if case.entered_in_error_on:
        raise RuleBroken([IN_ERROR])
    if case.merged_into_id is not None:
        seen = select(Case.reference).where(Case.id == case.merged_into_id, visible_to(actor, today))
        raise RuleBroken([MERGED_CASE.of(kept=db.session.scalar(seen) or "another case")])
    return case


def _hidden_meanwhile(case_id: int, actor: Actor, today: date) -> bool:
    """Whether the actor was taken from the readers of a case, which is locked, while the lock was waited for: PostgreSQL
    judges a row that it waited for by what stood in other tables before."""
    return db.session.scalar(select(Case.id).where(Case.id == case_id, visible_to(actor, today))) is None


def restricted_case_to_open(case_id: int, *, actor: Actor, today: date) -> Case:
    """A case that the actor's scope includes, named as its reader or not: for the act that opens a restricted one with
    a reason, and for nothing else. Raises `NotFound`."""
    return _one(Case.id == case_id, in_scope_of(actor, today), of_complete_imports(Case), lock=True)


def case_to_open_called(reference: str, *, actor: Actor, today: date) -> Case:
    """The same by its reference, however it was typed: for the page that asks for the reason. Raises `NotFound`."""
    return _one(_called(reference), in_scope_of(actor, today), of_complete_imports(Case))


def described(case: Case) -> Described:
    """The case as it is described now."""
    place = db.session.scalar(select(Address.text).where(Address.id == case.address_id)) if case.address_id else None
    return Described(case.title, case.summary, place, case.ward_id, [each.code for each in case.categories])


def cases_to_allocate(
    actor: Actor, today: date, *, references: Iterable[str] = (), ids: Iterable[int] = ()
) -> list[Allocable]:
    """Those of these cases that the actor may see and that are not entered in error, by reference."""
    rows = db.session.execute(
        select(Case.id, Case.version, Case.reference, Case.title, Team.name, User.name)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(User, User.id == Case.owner_id)
        .where(
            or_(Case.reference.in_(list(references)), Case.id.in_(list(ids))),
            Case.entered_in_error_on.is_(None),
            visible_to(actor, today),
        )
        .order_by(Case.reference)
    )
    return [Allocable(*row) for row in rows]


def _called(reference: str) -> ColumnElement[bool]:
    parsed = parse_reference(reference)
    return Case.reference == (str(parsed) if parsed else reference)


def _one(*wanted: ColumnElement[bool], lock: bool = False) -> Case:
    query = select(Case).where(*wanted).options(selectinload(Case.categories))
    if lock:
        query = query.with_for_update(of=Case).execution_options(populate_existing=True)
    case = db.session.scalars(query).one_or_none()
    if case is None:
        raise NotFound("case")
    return case


def current_share(case_id: int, *, team_id: int | None, partner_body_id: int | None, today: date) -> CaseShare | None:
    """The share of a case with a team or a body that is in force, or is still to come."""
    return db.session.scalars(
        select(CaseShare)
        .where(
            CaseShare.case_id == case_id,
            CaseShare.team_id == team_id if team_id is not None else CaseShare.partner_body_id == partner_body_id,
            CaseShare.ended_on.is_(None),
            or_(CaseShare.to_on.is_(None), CaseShare.to_on >= today),
        )
        .limit(1)
    ).one_or_none()


def closing_facts(
    case: Case, on: date, *, reason: str | None, told: str | None, review_on: date | None
) -> ClosingFacts:
    """What is left in the case on the day of closing. Rows entered in error are not."""
    counts = {name: len(steps) for name, steps in steps_left(case, on).items()}
    risk = risk_left(case.id, on)
    return ClosingFacts(on=on, reason=reason, told=told, review_on=review_on, risk_left=risk, **counts)


def steps_left(case: Case, on: date) -> dict[str, list[StepLeft]]:
    """The steps that stand in the way of closing, or stay after it, by the name that `ClosingFacts` counts them under: an
    appeal or an alleged breach once for each, by the notice that it is about."""
    return {
        "notices_in_force": _steps(case, notice_in_force(on)),
        "penalties_open": _steps(
            case, Intervention.power == "FPN", Intervention.status.in_(OPEN_PENALTY), ~_went_to_court()
        ),
        "prosecutions_open": _steps(
            case, Intervention.power == "PROSECUTION", Intervention.status.in_(OPEN_PROSECUTION)
        ),
        "drafts": _steps(
            case,
            or_(
                and_(Intervention.power != "PROSECUTION", Intervention.status.in_(DRAFTS)),
                and_(Intervention.power == "PROSECUTION", Intervention.status == "draft"),
            ),
        ),
        "appeals_running": _of_steps(case, Appeal, Appeal.outcome.is_(None)),
        "breaches_undecided": _of_steps(case, AllegedBreach, AllegedBreach.status == "alleged"),
    }


def standing_rows(case: Case) -> int:
    """How many complaints and interventions of the case are not marked as entered in error."""
    complaints = db.session.scalar(
        select(func.count())
        .select_from(Complaint)
        .where(Complaint.case_id == case.id, Complaint.entered_in_error_on.is_(None))
    )
    return (complaints or 0) + len(_steps(case))


def _steps(case: Case, *wanted: ColumnElement[bool]) -> list[StepLeft]:
    standing = (Intervention.case_id == case.id, Intervention.entered_in_error_on.is_(None))
    found = select(Intervention.reference, Intervention.power, Intervention.status).where(*standing, *wanted)
    return [StepLeft(*row) for row in db.session.execute(found.order_by(Intervention.id))]


def _went_to_court() -> ColumnElement[bool]:
    """Whether an unpaid penalty was followed by a prosecution that was laid: what is still open is then with the court."""
    laid = aliased(Intervention)
    same = or_(laid.follows_id == Intervention.id, laid.breach_id == Intervention.breach_id)
    standing = (laid.power == "PROSECUTION", laid.issued_on.is_not(None), laid.entered_in_error_on.is_(None))
    return and_(Intervention.status == "unpaid", exists().where(same, *standing))


def _of_steps(case: Case, rows: type[Appeal] | type[AllegedBreach], *wanted: ColumnElement[bool]) -> list[StepLeft]:
    """The case's interventions, once for each row that hangs on them, as wanted and not entered in error."""
    query = (
        select(Intervention.reference, Intervention.power, Intervention.status)
        .select_from(rows)
        .join(Intervention, Intervention.id == rows.intervention_id)
        .where(Intervention.case_id == case.id, Intervention.entered_in_error_on.is_(None))
        .where(rows.entered_in_error_on.is_(None), *wanted)
        .order_by(rows.id)
    )
    return [StepLeft(*row) for row in db.session.execute(query)]
