"""Who plays which part in a case and, for those who read what the service keeps for itself, what is to be done in it:
tasks, and the steps of what was agreed. One query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from asb_cases.domain.action_plans import StepState
from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.people import Part, PersonKind
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlan, ActionPlanStep
from asb_cases.models.case import Participant
from asb_cases.models.casework import Task
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.person_contact import ContactPreference
from asb_cases.models.user import User
from asb_cases.queries.casework import awaiting_check
from asb_cases.queries.contact_warnings import warned_of
from asb_cases.queries.visibility import of_complete_imports, of_unmerged

#: In the order in which a page lists parts.
PART_ORDER = tuple(Part(part) for part in (
    "subject", "complainant", "victim", "witness", "owner_landlord", "occupier", "parent_guardian", "professional",
))  # fmt: skip


@dataclass(frozen=True)
class PartPlayed:
    """Somebody's part in the case. `name` None: there is such a person, but the reader is not told who; nor then how they
    want to be contacted. `not_by`: ways not to, as codes; `times` when, in their words."""

    id: int
    part: Part
    name: str | None
    person_id: int | None
    kind: PersonKind
    from_on: date | None
    to_on: date | None
    warned: bool
    not_by: str | None
    interpreter: bool
    language: str | None
    times: str | None


@dataclass(frozen=True)
class OpenTask:
    """Something still to be done. `check_of`: the document whose second person's check it asks for."""

    id: int
    title: str
    owner_id: int | None
    owner: str | None
    due_on: date
    check_of: str | None


@dataclass(frozen=True)
class StepInShort:
    """One step of what was agreed. `owner` None: the person it was agreed with."""

    number: int
    text: str
    state: StepState
    owner: str | None
    due_on: date | None


@dataclass(frozen=True)
class PlanInShort:
    """A plan that goes on. `with_whom` None: whoever reported it."""

    id: int
    summary: str
    with_whom: str | None
    agreed_by: str | None
    agreed_on: date
    review_on: date | None
    steps: tuple[StepInShort, ...]


@dataclass(frozen=True)
class CaseWork:
    """Parts in the order of the page; tasks by the day they are due; plans, the latest first."""

    parts: Sequence[PartPlayed]
    tasks: Sequence[OpenTask]
    plans: Sequence[PlanInShort]


def work_of(case_id: int, content: CaseContent) -> CaseWork:
    """What the reader is shown of it."""
    rows = db.session.execute(_everything(content.internal_notes), {"case": case_id}).all()
    of_kind = {kind: [row for row in rows if row.what == kind] for kind in ("part", "task", "plan", "step")}
    parts = [_part(row, content) for row in sorted(of_kind["part"], key=lambda row: row.id)]
    tasks = [OpenTask(row.id, row.text, row.owner_id, row.name, row.to_on, row.code) for row in of_kind["task"]]
    plans = [_plan(row, of_kind["step"]) for row in of_kind["plan"]]
    return CaseWork(
        sorted(parts, key=lambda each: PART_ORDER.index(each.part)),
        sorted(tasks, key=lambda each: (each.due_on, each.id)),
        sorted(plans, key=lambda each: (each.agreed_on, each.id), reverse=True),
    )


@cache
def _everything(internal: bool) -> CompoundSelect[*tuple[Any, ...]] | Select[*tuple[Any, ...]]:
    """The statement, put together once for each sort of reader."""
    case_id = bindparam("case", type_=Integer)
    owner, agreed_by = aliased(User), aliased(User)
    parts = (
        _row(
            "part", Participant.id, code=Participant.part, kind=Person.kind, name=Person.name, owner_id=Person.id,
            from_on=Participant.from_on, to_on=Participant.to_on, flag=warned_of(), not_by=ContactPreference.not_by,
            interpreter=ContactPreference.interpreter, text=ContactPreference.language, times=ContactPreference.times,
        )
        .join(Person, Person.id == Participant.person_id)
        .outerjoin(
            ContactPreference, and_(ContactPreference.person_id == Person.id, ContactPreference.to_on.is_(None))
        )
        .where(Participant.case_id == case_id, of_complete_imports(Participant), of_unmerged(Participant.person_id))
    )  # fmt: skip
    if not internal:
        return parts
    tasks = (
        _row(
            "task", Task.id, text=Task.title, owner_id=Task.owner_id, name=owner.name, to_on=Task.due_on,
            code=Intervention.reference,
        )
        .outerjoin(owner, owner.id == Task.owner_id)
        .outerjoin(Intervention, awaiting_check())
        .where(Task.case_id == case_id, Task.done_on.is_(None))
    )  # fmt: skip
    goes_on = (ActionPlan.case_id == case_id, ActionPlan.ended_on.is_(None))
    plans = (
        _row(
            "plan", ActionPlan.id, text=ActionPlan.summary, name=Person.name, code=agreed_by.name,
            from_on=ActionPlan.agreed_on, to_on=ActionPlan.review_on,
        )
        .outerjoin(Person, Person.id == ActionPlan.person_id)
        .outerjoin(agreed_by, agreed_by.id == ActionPlan.agreed_by_id)
        .where(*goes_on)
    )  # fmt: skip
    steps = (
        _row(
            "step", ActionPlanStep.number, text=ActionPlanStep.text, code=ActionPlanStep.state, name=owner.name,
            owner_id=ActionPlanStep.plan_id, to_on=ActionPlanStep.due_on,
        )
        .join(ActionPlan, ActionPlan.id == ActionPlanStep.plan_id)
        .outerjoin(owner, owner.id == ActionPlanStep.owner_id)
        .where(*goes_on)
    )  # fmt: skip
    return union_all(parts, tasks, plans, steps)


def _row(
    what: str,
    row_id: Any,
    *,
    code: Any = None,
    kind: Any = None,
    name: Any = None,
    text: Any = None,
    owner_id: Any = None,
    from_on: Any = None,
    to_on: Any = None,
    flag: Any = None,
    not_by: Any = None,
    interpreter: Any = None,
    times: Any = None,
) -> Select[*tuple[Any, ...]]:
    """One kind of row: what all of them have, blank where this one has none."""

    def column(value: Any, of: Any) -> Any:
        return cast(null() if value is None else value, of)

    return select(
        literal(what).label("what"),
        row_id.label("id"),
        column(code, String).label("code"),
        column(kind, String).label("kind"),
        column(name, String).label("name"),
        column(text, String).label("text"),
        column(owner_id, Integer).label("owner_id"),
        (column(None, Date) if from_on is None else from_on).label("from_on"),
        (column(None, Date) if to_on is None else to_on).label("to_on"),
        column(flag, Boolean).label("flag"),
        column(not_by, String).label("not_by"),
        column(interpreter, Boolean).label("interpreter"),
        column(times, String).label("times"),
    )


def _part(row: Any, content: CaseContent) -> PartPlayed:
    part = Part(row.code)
    named = part in content.named
    return PartPlayed(
        id=row.id,
        part=part,
        name=row.name if named else None,
        person_id=row.owner_id if named else None,
        kind=PersonKind(row.kind),
        from_on=row.from_on,
        to_on=row.to_on,
        warned=bool(row.flag) and content.register,
        not_by=row.not_by if content.register else None,
        interpreter=bool(row.interpreter) and content.register,
        language=row.text if content.register else None,
        times=row.times if content.register else None,
    )


def _plan(row: Any, steps: Sequence[Any]) -> PlanInShort:
    of_plan = sorted((step for step in steps if step.owner_id == row.id), key=lambda step: step.id)
    return PlanInShort(
        id=row.id,
        summary=row.text,
        with_whom=row.name,
        agreed_by=row.code,
        agreed_on=row.from_on,
        review_on=row.to_on,
        steps=tuple(StepInShort(step.id, step.text, StepState(step.code), step.name, step.to_on) for step in of_plan),
    )
