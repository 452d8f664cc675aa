"""All that the rules may want to know of a case's interventions, read ahead in two statements however many there are.

The first reads the interventions themselves, with their subjects: those of the case and those elsewhere that they
follow. The second reads whatever hangs on them, and the council's policy, as rows of one shape.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    null,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.legal_values import AddedValue, LegalValues
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission, roles_that_may
from asb_cases.domain.powers.penalty import Received
from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.requirements import Requirement, RequirementKind
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.appeal import Appeal as AppealRow
from asb_cases.models.case import Participant
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence, ScreeningAnswer
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person
from asb_cases.models.policy import BankHolidayChange, PolicyValue
from asb_cases.models.requirement import Requirement as RequirementRow
from asb_cases.models.service import Service
from asb_cases.models.user import Authorisation, User
from asb_cases.queries.enforcement_records import Records
from asb_cases.queries.policy import Policy
from asb_cases.queries.visibility import ACTORS_AT_ONCE, interventions_visible_to, of_complete_imports, of_unmerged

Column = ColumnElement[Any] | InstrumentedAttribute[Any]

CASE, TODAY = bindparam("case", type_=Integer), bindparam("today", type_=Date)
#: The clocks whose last day is a fact of some rule.
CLOCKS = ("cpw_life", "cpn_appeal")


@dataclass(frozen=True)
class BreachAhead:
    """An alleged breach that was read ahead."""

    id: int
    intervention: Intervention
    from_on: date
    to_on: date | None
    status: str
    decision: str | None
    entered_in_error_on: date | None


@dataclass(frozen=True)
class AppealAhead:
    """An appeal that was read ahead, with its id."""

    id: int
    appeal: Appeal


@dataclass(frozen=True)
class RequirementAhead:
    """One version of a requirement that was read ahead: the rule's view of it, its id, and what brought it about."""

    id: int
    rule: Requirement
    made_by: str


@dataclass(frozen=True)
class Authorised:
    """Somebody who holds an authorisation (s.53) for a power now."""

    user_id: int
    name: str
    power: str
    from_on: date
    to_on: date | None


class RecordsOfCase(Records):
    """The case's interventions, and the same answers that the database gives one by one."""

    def __init__(
        self,
        case_id: int,
        rows: Sequence[Intervention],
        hanging: Sequence[Any],
        people: Sequence[Any],
        visible: frozenset[int],
    ) -> None:
        self.case_id = case_id
        self.by_id = {row.id: row for row in rows}
        #: The ids of those that the reader may open; one elsewhere may be out of their sight.
        self.visible = visible
        #: Of the case itself; those marked as entered in error too.
        self.interventions = [row for row in rows if row.case_id == case_id]
        self._people = people  # held, so that who is behind an occupier need not be asked for again
        found: dict[str, list[Any]] = defaultdict(list)
        for row in hanging:
            found[row.kind].append(row)
        self.requirements_of = _by_owner(found["requirement"], _requirement, lambda row: (row.number, row.version))
        self.appeals_of = _by_owner(found["appeal"], _appeal, lambda row: (row.on1 or date.max, row.id))
        self._received = _by_owner(found["payment"], lambda row: Received(row.on1, row.number), _by_day)
        self._told = _by_owner(found["consultee"], lambda row: row.on1, _by_day)
        self._screen = _by_owner(found["screen"], _screened, lambda row: row.id)
        self._parts = _by_owner(found["part"], lambda row: Part(row.code), lambda row: row.code)
        self._same = {row.id: row.of for row in found["same"]}
        self._given = {row.of for row in found["given"]}
        self._evidence: dict[int, dict[str, int]] = defaultdict(dict)
        for row in found["evidence"]:
            self._evidence[row.of][row.code] = row.number
        self._last_days: dict[tuple[int, str], list[date]] = defaultdict(list)
        for row in sorted(found["clock"], key=lambda row: row.id):
            self._last_days[row.of, row.code].append(row.on1)
        versions = {each.id: each.rule for known in self.requirements_of.values() for each in known}
        self._breached = _by_owner(
            found["breached"],
            lambda row: versions[row.id],
            lambda row: (versions[row.id].number, versions[row.id].version),
        )
        seen = [row for row in found["breach"] if row.of in self.by_id]
        self.breaches_of = _by_owner(seen, self._breach, lambda row: (row.on1, row.id))
        self.authorised = [Authorised(row.of, row.text, row.code, row.on1, row.on2) for row in found["authorisation"]]
        self.policy = _policy(found["value"], found["holiday"])

    @property
    def breaches(self) -> Mapping[int, BreachAhead]:
        """Every alleged breach, by its id."""
        return {each.id: each for known in self.breaches_of.values() for each in known}

    def requirements(self, intervention_id: int) -> Sequence[Requirement]:
        return [each.rule for each in self.requirements_of.get(intervention_id, ())]

    def requirements_breached(self, breach_id: int) -> Sequence[Requirement]:
        return self._breached.get(breach_id, ())

    def appeals(self, notice_id: int) -> Sequence[Appeal]:
        return [each.appeal for each in self.appeals_of.get(notice_id, ())]

    def received(self, penalty_id: int) -> Sequence[Received]:
        return self._received.get(penalty_id, ())

    def steps_for_breach(self, breach_id: int, power: str) -> Sequence[Intervention]:
        return [
            row
            for row in self.by_id.values()
            if row.breach_id == breach_id and row.power == power and row.entered_in_error_on is None
        ]

    def last_days(self, rule: str, intervention_id: int) -> Sequence[date]:
        return self._last_days.get((intervention_id, rule), ())

    def evidence(self, intervention_id: int) -> Mapping[str, int]:
        return self._evidence.get(intervention_id, {})

    def days_told(self, intervention_id: int) -> Sequence[date]:
        return self._told.get(intervention_id, ())

    def screen(self, intervention_id: int) -> Sequence[Screened]:
        return self._screen.get(intervention_id, ())

    def parts(self, case_id: int, person_id: int) -> set[Part]:
        return set(self._parts.get(person_id, ())) if case_id == self.case_id else super().parts(case_id, person_id)

    def same_subject(self, person: Person) -> frozenset[int]:
        named = person.identified_as_id or person.id
        others = {each for each, as_whom in self._same.items() if as_whom == named}
        return frozenset({named, *others}) - {person.id}

    def was_handed_over(self, intervention_id: int) -> bool:
        return intervention_id in self._given

    def came_back_on(self, intervention_id: int) -> date | None:
        return None

    def may_issue(self, user_id: int | None, power: str, day: date) -> bool:
        return any(
            each.user_id == user_id and each.power == power and each.from_on <= day <= (each.to_on or day)
            for each in self.authorised
        )

    def _breach(self, row: Any) -> BreachAhead:
        return BreachAhead(row.id, self.by_id[row.of], row.on1, row.on2, row.more, row.code, row.on3)


def records_of_case(case_id: int, actor: Actor, today: date) -> RecordsOfCase:
    """Everything, for whoever may see the case: the caller asks that. Two statements."""
    rows = db.session.execute(_interventions_shown_to(actor, today), {"case": case_id}).all()
    interventions = [row[0] for row in rows]
    known = {row.id: row for row in interventions}
    for row in interventions:
        set_committed_value(row, "follows", known.get(row.follows_id))
    hanging = db.session.execute(_hanging(), {"case": case_id, "today": today}).all()
    visible = frozenset(row[0].id for row in rows if row[2])
    return RecordsOfCase(case_id, interventions, hanging, [row[1] for row in rows], visible)


def _scope() -> CTE:
    """The ids of the case's interventions, of those they follow or that follow them, and of the notices that their
    penalties are about."""
    mine = Intervention.case_id == CASE
    later = aliased(Intervention)
    return union(
        select(Intervention.id).where(mine),
        select(Intervention.follows_id).where(mine, Intervention.follows_id.is_not(None)),
        select(later.id).join(Intervention, later.follows_id == Intervention.id).where(mine),
        select(AllegedBreach.intervention_id)
        .join(Intervention, Intervention.breach_id == AllegedBreach.id)
        .where(mine),
    ).cte("scope")


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _interventions_shown_to(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """Each with its subject, and with whom an unnamed occupier or owner was identified as. Put together once for each
    reader and day. A step elsewhere that one of the case follows is a fact about that one, whoever sees its case."""
    scope, behind = _scope(), aliased(Person)
    visible = interventions_visible_to(actor, today)
    return (
        select(Intervention, behind, visible.label("visible"))
        .join(Person, Person.id == Intervention.subject_id)
        .outerjoin(behind, behind.id == Person.identified_as_id)
        .options(contains_eager(Intervention.subject))
        .where(
            Intervention.id.in_(select(scope.c[0])),
            or_(Intervention.case_id != CASE, visible),
        )
        .order_by(Intervention.id)
    )


@cache
def _hanging() -> CompoundSelect[*tuple[Any, ...]]:
    """One kind of row after the other, all of one shape. Put together once."""
    scope = _scope()
    steps = select(scope.c[0])
    issuers = tuple(role.value for role in roles_that_may(Permission.ISSUE))
    subject = aliased(Person)
    named = func.coalesce(subject.identified_as_id, subject.id)
    of_subjects = (
        select(named).join(Intervention, Intervention.subject_id == subject.id).where(Intervention.id.in_(steps))
    )
    return union_all(
        _rows(
            "requirement", RequirementRow.intervention_id, RequirementRow.id, number=RequirementRow.number,
            version=RequirementRow.version, code=RequirementRow.kind, text=RequirementRow.text,
            more=RequirementRow.made_by, on1=RequirementRow.comply_by, on2=RequirementRow.from_on,
            on3=RequirementRow.to_on,
        ).where(RequirementRow.intervention_id.in_(steps)),
        _rows(
            "appeal", AppealRow.intervention_id, AppealRow.id, code=AppealRow.outcome, on1=AppealRow.lodged_on,
            on2=AppealRow.determined_on, on3=AppealRow.stop_suspended_on,
        ).where(AppealRow.intervention_id.in_(steps), AppealRow.entered_in_error_on.is_(None)),
        _rows(
            "breach", AllegedBreach.intervention_id, AllegedBreach.id, code=AllegedBreach.decision,
            more=AllegedBreach.status, on1=AllegedBreach.from_on, on2=AllegedBreach.to_on,
            on3=AllegedBreach.entered_in_error_on,
        ).where(AllegedBreach.intervention_id.in_(steps), of_complete_imports(AllegedBreach)),
        _rows("breached", BreachRequirement.breach_id, BreachRequirement.requirement_id)
        .join(AllegedBreach, AllegedBreach.id == BreachRequirement.breach_id)
        .where(AllegedBreach.intervention_id.in_(steps)),
        _rows("payment", Payment.intervention_id, Payment.id, number=Payment.amount_pence, on1=Payment.paid_on)
        .where(Payment.intervention_id.in_(steps), Payment.entered_in_error_on.is_(None)),
        _rows(
            "evidence", InterventionEvidence.intervention_id, func.max(InterventionEvidence.id),
            number=func.count(), code=InterventionEvidence.limb,
        )
        .where(InterventionEvidence.intervention_id.in_(steps))
        .group_by(InterventionEvidence.intervention_id, InterventionEvidence.limb),
        _rows("consultee", Consultee.intervention_id, Consultee.id, on1=Consultee.told_on)
        .where(Consultee.intervention_id.in_(steps)),
        _rows(
            "screen", ScreeningAnswer.intervention_id, ScreeningAnswer.id, number=cast(ScreeningAnswer.raised, Integer),
            code=ScreeningAnswer.item, text=ScreeningAnswer.note,
        ).where(ScreeningAnswer.intervention_id.in_(steps)),
        _rows("given", Service.intervention_id, func.max(Service.id))
        .where(
            Service.intervention_id.in_(steps), Service.given_on.is_not(None), Service.entered_in_error_on.is_(None)
        )
        .group_by(Service.intervention_id),
        _rows("clock", Deadline.intervention_id, Deadline.id, code=Deadline.rule, on1=Deadline.last_day)
        .where(Deadline.intervention_id.in_(steps), Deadline.rule.in_(CLOCKS)),
        _rows("part", Participant.person_id, Participant.id, code=Participant.part)
        .where(Participant.case_id == CASE, of_unmerged(Participant.person_id)),
        _rows("same", Person.identified_as_id, Person.id).where(Person.identified_as_id.in_(of_subjects)),
        _rows(
            "authorisation", Authorisation.user_id, Authorisation.id, code=Authorisation.power, text=User.name,
            on1=Authorisation.from_on, on2=Authorisation.to_on,
        )
        .join(User, User.id == Authorisation.user_id)
        .where(
            Authorisation.from_on <= TODAY, or_(Authorisation.to_on.is_(None), Authorisation.to_on >= TODAY),
            User.active, cast(User.role, String).in_(issuers),
        ),
        _rows(
            "value", None, PolicyValue.id, code=PolicyValue.code, text=PolicyValue.value, more=PolicyValue.source,
            on1=PolicyValue.from_on,
        ),
        _rows("holiday", None, None, number=cast(BankHolidayChange.observed, Integer), on1=BankHolidayChange.day),
    )  # fmt: skip


def _rows(
    kind: str,
    of: Column | None,
    row_id: Column | None,
    *,
    number: Column | None = None,
    version: Column | None = None,
    code: Column | None = None,
    text: Column | None = None,
    more: Column | None = None,
    on1: Column | None = None,
    on2: Column | None = None,
    on3: Column | None = None,
) -> Select[*tuple[Any, ...]]:
    """One kind of row: what all of them have, blank where this one has none. `of` is what it hangs on."""

    def typed(column: Column | None, as_what: Any) -> ColumnElement[Any]:
        if column is None:
            return cast(null(), as_what)
        return cast(column, String) if as_what is String else type_coerce(column, as_what)

    return select(
        cast(kind, String).label("kind"),
        typed(of, Integer).label("of"),
        typed(row_id, Integer).label("id"),
        typed(number, Integer).label("number"),
        typed(version, Integer).label("version"),
        typed(code, String).label("code"),
        typed(text, String).label("text"),
        typed(more, String).label("more"),
        typed(on1, Date).label("on1"),
        typed(on2, Date).label("on2"),
        typed(on3, Date).label("on3"),
    )


def _by_owner(rows: Sequence[Any], read: Callable[[Any], Any], order: Callable[[Any], Any]) -> dict[int, list[Any]]:
    """What hangs on each, in an order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=order):
        found[row.of].append(read(row))
    return dict(found)


def _by_day(row: Any) -> tuple[date, int]:
    return row.on1 or date.min, row.id


def _requirement(row: Any) -> RequirementAhead:
    rule = Requirement(row.number, row.version, RequirementKind(row.code), row.text, row.on1, row.on2, row.on3)
    return RequirementAhead(row.id, rule, row.more)


def _screened(row: Any) -> Screened:
    return Screened(row.code, bool(row.number), row.text)


def _appeal(row: Any) -> AppealAhead:
    outcome = AppealOutcome(row.code) if row.code else None
    return AppealAhead(row.id, Appeal(row.on1, row.on2, outcome, row.on3))


def _policy(values: Sequence[Any], changes: Sequence[Any]) -> Policy:
    added = [
        AddedValue(row.code, row.on1, row.text, row.more) for row in sorted(values, key=lambda row: (row.code, row.on1))
    ]
    observed = {row.on1 for row in changes if row.number}
    taken_away = {row.on1 for row in changes if not row.number}
    return Policy(LegalValues.load(added), (shipped_bank_holidays() | observed) - taken_away)
