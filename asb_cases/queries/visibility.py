"""Which records somebody may see: the table `CASE_VISIBILITY` of domain/permissions.py as conditions in SQL.

Everything that lists, counts, searches or exports cases, or what hangs on them, carries one of these conditions.
A restricted case is seen by its named readers only, whatever their role; naming somebody of the council lets them see
it whichever team they are in, while a partner also needs the case to be shared with their body. Rows of an import that
is not complete are seen by nobody.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, false, inspect, or_, select, true, tuple_, union_all
from sqlalchemy.orm import InstrumentedAttribute

from asb_cases.domain.other_tools import tool_of
from asb_cases.domain.permissions import Actor, CaseScope, Permission, RestrictedAccess
from asb_cases.domain.powers import POWERS, TOOLS
from asb_cases.models.absence import Absence
from asb_cases.models.case import Case, CaseReader, CaseShare, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.complaint import Complaint, ComplaintSubject
from asb_cases.models.data_import import Import, ImportState
from asb_cases.models.intervention import Intervention
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person import Person
from asb_cases.models.person_merge import PersonMerge
from asb_cases.models.record import FromImport
from asb_cases.models.user import User

#: The powers whose use makes a case one for legal.
LEGAL_STEPS = (
    "CPN",
    "FPN",
    "PROSECUTION",
    *(code for code in TOOLS if tool_of(POWERS[code]).decided_by == "court"),
)
IN_FORCE = ("in_force", "appealed")
#: Conditions do not change once made: those of so many people are kept from one page to the next.
ACTORS_AT_ONCE = 256


@lru_cache(maxsize=ACTORS_AT_ONCE)
def visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Case` under which the actor may see it on that day."""
    in_scope = in_scope_of(actor, today)
    named = _named_as_reader(actor)
    if actor.restricted_access is RestrictedAccess.ALWAYS:
        seen = in_scope
    elif actor.restricted_access is RestrictedAccess.NEVER:
        seen = and_(in_scope, Case.restricted.is_(False))
    elif actor.case_scope is CaseScope.SHARED_WITH_BODY:
        seen = and_(in_scope, or_(Case.restricted.is_(False), named))
    else:
        seen = or_(and_(in_scope, Case.restricted.is_(False)), and_(Case.restricted.is_(True), named))
    return and_(of_complete_imports(Case), seen)


def in_scope_of(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Case` before restricted ones are taken away. For whoever opens one with a reason; never for a
    list, a count or a search."""
    return SCOPES[actor.case_scope](actor, today)


def of_visible_case(
    case_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], actor: Actor, today: date
) -> ColumnElement[bool]:
    """The same for what hangs on a case, by its column: `of_visible_case(Note.case_id, actor, today)`.

    Asked row by row (each a look into an index), so that a page of a long list costs no more than its rows.
    """
    return exists().where(Case.id == case_id, visible_to(actor, today)).correlate_except(Case)


def visible_case_ids(actor: Actor, today: date) -> Select[int]:
    """The ids of all cases the actor may see, to be used within another query."""
    return select(Case.id).where(visible_to(actor, today))


@lru_cache(maxsize=ACTORS_AT_ONCE)
def complaints_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Complaint`: those of a visible case, those of no case yet for whoever works complaints, and
    a duty officer's own records. One that was joined to a restricted case goes out of sight with it."""
    if not actor.may(Permission.SEE_COMPLAINTS):
        return false()
    of_no_case: ColumnElement[bool] = Complaint.case_id.is_(None)
    if actor.case_scope is CaseScope.TONIGHT:
        of_no_case = and_(of_no_case, Complaint.recorded_by_id == actor.user_id)
    return and_(of_complete_imports(Complaint), or_(of_no_case, of_visible_case(Complaint.case_id, actor, today)))


def interventions_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Intervention`: those of a visible case; for a duty officer only what is in force."""
    if not (actor.may(Permission.SEE_INTERVENTIONS) or actor.may(Permission.SEE_NOTICES_IN_FORCE)):
        return false()
    seen = and_(of_complete_imports(Intervention), of_visible_case(Intervention.case_id, actor, today))
    if not actor.may(Permission.SEE_INTERVENTIONS):
        seen = and_(seen, notice_in_force(today))
    return seen


@lru_cache(maxsize=ACTORS_AT_ONCE)
def case_reviews_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `CaseReview`: those about a visible case, and those about none of ours that is known."""
    if not actor.may(Permission.SEE_CASE_REVIEWS):
        return false()
    about = or_(CaseReview.case_id.is_(None), of_visible_case(CaseReview.case_id, actor, today))
    return and_(of_complete_imports(CaseReview), about)


@lru_cache(maxsize=ACTORS_AT_ONCE)
def people_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Person`: whoever plays a part in a visible case, is behind a visible complaint or is who one is
    about, and those who are in the register without any of it, which only casework that may edit people sees. Nobody sees
    a record that was merged into another: the other is shown in its place."""
    if not actor.may(Permission.SEE_PEOPLE):
        return false()
    seen = met_in_work(actor, today)
    if actor.may(Permission.EDIT_PEOPLE):
        seen = or_(seen, in_no_record())
    return and_(of_complete_imports(Person), of_unmerged(Person.id), seen)


@lru_cache(maxsize=ACTORS_AT_ONCE)
def needs_visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Person` that the actor is shown what the person needs and what puts them at risk, which is
    nobody's business but theirs who work with the person: through a case or a complaint that they see, and for managers,
    who answer for the whole service, as far as they see the person."""
    if not actor.may(Permission.SEE_PEOPLE):
        return false()
    return people_visible_to(actor, today) if actor.case_scope is CaseScope.SERVICE else met_in_work(actor, today)


def met_in_work(actor: Actor, today: date) -> ColumnElement[bool]:
    """The condition on `Person`: they play a part in a case that the actor sees, made a complaint that they see, or are
    who one is about."""
    return or_(
        _plays_part().where(of_visible_case(Participant.case_id, actor, today), of_complete_imports(Participant)),
        _told_us().where(complaints_visible_to(actor, today)),
        told_of_in(complaints_visible_to(actor, today)),
    )


def of_unmerged(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition that leaves out records merged into another, by the column that names the person: what stays on
    one (a part that the kept record plays as well) is not shown twice."""
    return person_id.not_in(select(PersonMerge.merged_id).where(PersonMerge.undone_on.is_(None)))


def in_no_record() -> ColumnElement[bool]:
    """The condition on `Person`: somebody in the register who plays no part in any case, and is in no complaint."""
    return and_(~_plays_part(), ~_told_us(), ~exists().where(ComplaintSubject.person_id == Person.id).correlate(Person))


def told_of_in(complaints: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition on `Person`: somebody that a complaint of these is about."""
    told_of = select(ComplaintSubject.person_id).join(Complaint, Complaint.id == ComplaintSubject.complaint_id)
    return told_of.where(ComplaintSubject.person_id == Person.id, complaints).correlate(Person).exists()


def _plays_part() -> Exists:
    return exists().where(Participant.person_id == Person.id).correlate(Person)


def _told_us() -> Exists:
    return exists().where(Complaint.complainant_id == Person.id).correlate(Person)


def of_complete_imports(rows: type[FromImport]) -> ColumnElement[bool]:
    """The condition that leaves out rows whose import is not complete."""
    if not inspect(rows).is_mapper:  # an alias is made anew each time: nothing of it is kept
        return _out_of_unfinished(rows)
    if rows not in _COMPLETE:
        _COMPLETE[rows] = _out_of_unfinished(rows)
    return _COMPLETE[rows]


#: One condition for each table, not one for each query.
_COMPLETE: dict[type[FromImport], ColumnElement[bool]] = {}


def _out_of_unfinished(rows: type[FromImport]) -> ColumnElement[bool]:
    unfinished = select(Import.id).where(Import.state != ImportState.COMPLETE)
    return or_(rows.import_id.is_(None), rows.import_id.not_in(unfinished))


def notice_in_force(today: date) -> ColumnElement[bool]:
    """The condition on `Intervention` that it is a community protection notice in force, whoever appeals against it."""
    return and_(
        Intervention.power == "CPN",
        Intervention.status.in_(IN_FORCE),
        Intervention.entered_in_error_on.is_(None),
        or_(Intervention.ends_on.is_(None), Intervention.ends_on >= today),
    )


def _of_own_team(actor: Actor, today: date) -> ColumnElement[bool]:
    """The team's, nobody's yet, one's own wherever it is, what is shared with the team, and what one covers."""
    seen: list[ColumnElement[bool]] = [Case.team_id.is_(None)]
    if actor.user_id is not None:
        seen += [Case.owner_id == actor.user_id, _covered_by(actor.user_id, today)]
    if actor.team_id is not None:
        seen += [Case.team_id == actor.team_id, _shared(CaseShare.team_id == actor.team_id, today)]
    return or_(*seen)


def _of_service(_actor: Actor, _today: date) -> ColumnElement[bool]:
    return true()


def _shared_with_body(actor: Actor, today: date) -> ColumnElement[bool]:
    """What is shared with a body that is worked with: a retired one sees nothing, whoever still has an account of it."""
    worked_with = exists().where(PartnerBody.id == CaseShare.partner_body_id, PartnerBody.active)
    return (
        false()
        if actor.body_id is None
        else _shared(and_(CaseShare.partner_body_id == actor.body_id, worked_with), today)
    )


def _with_legal_step(_actor: Actor, _today: date) -> ColumnElement[bool]:
    return _has(
        Intervention.case_id,
        Intervention.power.in_(LEGAL_STEPS),
        Intervention.entered_in_error_on.is_(None),
        of_complete_imports(Intervention),
    )


def _of_tonight(actor: Actor, today: date) -> ColumnElement[bool]:
    """A notice in force that a duty officer may meet, and the cases that their own records went into. Few of many, so
    they are found first (`IN`), where the other scopes are asked of each case."""
    in_force = select(Intervention.case_id).where(notice_in_force(today), of_complete_imports(Intervention))
    own = select(Complaint.case_id).where(
        Complaint.recorded_by_id == actor.user_id, Complaint.case_id.is_not(None), of_complete_imports(Complaint)
    )
    return Case.id.in_(in_force if actor.user_id is None else union_all(in_force, own))


def _none(_actor: Actor, _today: date) -> ColumnElement[bool]:
    return false()


def _shared(with_whom: ColumnElement[bool], today: date) -> ColumnElement[bool]:
    return _has(
        CaseShare.case_id,
        with_whom,
        CaseShare.ended_on.is_(None),
        CaseShare.from_on <= today,
        or_(CaseShare.to_on.is_(None), CaseShare.to_on >= today),
    )


def _covered_by(user_id: int, today: date) -> ColumnElement[bool]:
    """Cases of a colleague who is away and whom this person covers, as far as they are of the colleague's own team. Asked
    once for a whole list: few are away."""
    away = (
        select(User.id, User.team_id)
        .join(Absence, Absence.user_id == User.id)
        .where(
            Absence.cover_id == user_id,
            Absence.ended_on.is_(None),
            Absence.from_on <= today,
            Absence.to_on >= today,
        )
    )
    return tuple_(Case.owner_id, Case.team_id).in_(away)


def _named_as_reader(actor: Actor) -> ColumnElement[bool]:
    if actor.user_id is None:
        return false()
    return _has(CaseReader.case_id, CaseReader.user_id == actor.user_id)


def _has(case_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], *of: ColumnElement[bool]) -> Exists:
    """That a case has such rows. Tied to `Case` alone, so that a query may also select or join the rows' own table."""
    return exists().where(case_id == Case.id, *of).correlate(Case)


SCOPES: dict[CaseScope, Callable[[Actor, date], ColumnElement[bool]]] = {
    CaseScope.OWN_TEAM: _of_own_team,
    CaseScope.SERVICE: _of_service,
    CaseScope.SHARED_WITH_BODY: _shared_with_body,
    CaseScope.LEGAL_STEP: _with_legal_step,
    CaseScope.TONIGHT: _of_tonight,
    CaseScope.REFERENCES_ONLY: _of_service,
    CaseScope.NONE: _none,
}
