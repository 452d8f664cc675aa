"""A small service at work: one case, those who may act on it, and the real acts in few words.

Days are counted from `START`; `at(day, hour)` is a moment of that day. A helper does what the act it is named after does,
with everything in order unless the test says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.permissions import Actor, Role
from asb_cases.domain.requirements import RequirementKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case
from asb_cases.models.deadline import Deadline
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.requirement import Requirement
from asb_cases.services.breaches import allege_breach, decide_breach
from asb_cases.services.draft_content import Asked, Content, Evidence, NoticeTo, Told
from asb_cases.services.drafting import draft_notice, draft_warning
from asb_cases.services.fixed_penalties import Terms, draft_fixed_penalty
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.prosecutions import (
    SignOff,
    authorise_prosecution,
    lay_prosecution,
    prepare_prosecution,
    submit_prosecution,
)
from asb_cases.services.service_of_documents import Giving, record_service
from tests.factories import actor_of, make_authorisation, make_case, make_person, make_team, make_user

START = date(2026, 1, 5)

PARTICULARS = "Amplified music in the garden from 23:40 to 01:15."
STOP = Asked(RequirementKind.STOP, "Stop playing amplified music in the garden of 4 Rose Lane.")
DO = Asked(RequirementKind.DO, "Remove the sofa from the front garden of 4 Rose Lane.")


def day(number: int) -> date:
    return START + timedelta(days=number)


def at(number: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(START.year, START.month, START.day, hour, minute, tzinfo=UTC) + timedelta(days=number)


def content(**changes: Any) -> Content:
    """All that a warning or notice needs."""
    limbs = ("detrimental_effect", "persistent_or_continuing", "unreasonable")
    whole = Content(
        conduct="Amplified music in the garden after midnight on three nights.",
        detrimental_effect="Four households could not sleep.",
        persistent_or_continuing="Three nights in two weeks.",
        unreasonable="It went on after two requests.",
        evidence=[Evidence(limb, description="Diary of a neighbour") for limb in limbs],
        requirements=[STOP],
        screening="Nothing known.",
        enough_time_reason="Two weeks to turn it down; heard again since.",
        consultees=[Told("The landlord", START)],
    )
    return replace(whole, **changes)


@dataclass(frozen=True)
class Track:
    """Who acts on which case, about whom. The officer may issue notices and penalties; so may the manager."""

    case: Case
    subject: Person
    officer: Actor
    colleague: Actor
    manager: Actor
    legal: Actor

    def draft_warning(self, on: int, **changes: Any) -> int:
        text = content(**{"comply_by": day(on + 7), **changes})
        (warning,) = draft_warning(
            actor=self.officer, now=at(on), case_id=self.case.id, subject_ids=[self.subject.id], content=text
        )
        return warning

    def sign(self, intervention_id: int, on: int, hour: int = 10, reason: str | None = None) -> None:
        """The manager authorises, the officer signs."""
        authorise(actor=self.manager, now=at(on, hour), intervention_id=intervention_id, cautions_reason=reason)
        issue(actor=self.officer, now=at(on, hour), intervention_id=intervention_id, cautions_reason=reason)

    def give(self, intervention_id: int, on: int, hour: int = 11, reason: str | None = None, **how: Any) -> int:
        """Handed over at a time of the day; `reason` for what practice advises against."""
        giving = Giving(**{"method": ServiceMethod.HAND, "given_at": at(on, hour), **how})
        return record_service(
            actor=self.officer,
            now=at(on, hour),
            intervention_id=intervention_id,
            giving=giving,
            cautions_reason=reason,
        )

    def warn(self, on: int, *, reason: str | None = None, **changes: Any) -> int:
        """A warning given on a day; `reason` for what practice advises against."""
        warning = self.draft_warning(on, **changes)
        self.sign(warning, on, reason=reason)
        self.give(warning, on)
        return warning

    def draft_notice(self, warning: int | None, on: int, *, hour: int = 10, **changes: Any) -> int:
        text = content(**{"ends_on": day(on + 365), **changes})
        (notice,) = draft_notice(
            actor=self.officer,
            now=at(on, hour),
            case_id=self.case.id,
            recipients=[NoticeTo(self.subject.id, warning)],
            content=text,
        )
        return notice

    def notice(self, on: int, *, warned_on: int | None = None, **changes: Any) -> int:
        """A notice given on a day, after a warning two weeks before."""
        warning = self.warn(
            on - 14 if warned_on is None else warned_on, requirements=changes.get("requirements", [STOP])
        )
        notice = self.draft_notice(warning, on, **changes)
        self.sign(notice, on, reason="As the warning said, but for the day.")
        self.give(notice, on, reason="To whoever opened the door.")
        return notice

    def breach(
        self, notice: int, on: int, *, recorded: int | None = None, numbers: Sequence[int] = (1,), **how: Any
    ) -> int:
        """An alleged breach of a day, recorded the day after."""
        ids = [requirement_id(notice, number) for number in numbers]
        return allege_breach(
            actor=self.officer,
            now=at(on + 1 if recorded is None else recorded),
            intervention_id=notice,
            requirement_ids=ids,
            from_on=day(on),
            **{"evidence": "Heard by two officers", **how},
        )

    def decide(self, breach: int, decision: BreachDecision, on: int, actor: Actor | None = None) -> None:
        decide_breach(
            actor=actor or self.officer,
            now=at(on),
            breach_id=breach,
            decision=decision,
            reason="Two officers heard it.",
            account="Says it was a birthday.",
        )

    def draft_penalty(self, breach: int, on: int, **terms: Any) -> int:
        given = Terms(**{"particulars": PARTICULARS, "payee": "The council, Town Hall, Oxford", **terms})
        return draft_fixed_penalty(actor=self.officer, now=at(on), breach_id=breach, terms=given)

    def penalty(self, breach: int, on: int, **terms: Any) -> int:
        """A penalty dated a day, for a breach decided so."""
        self.decide(breach, BreachDecision.FPN, on)
        penalty = self.draft_penalty(breach, on, **terms)
        self.sign(penalty, on)
        return penalty

    def authorised_prosecution(self, breach: int, on: int) -> int:
        """A file that legal has signed, for a breach decided to be prosecuted."""
        self.decide(breach, BreachDecision.PROSECUTE, on, self.legal)
        prosecution = prepare_prosecution(
            actor=self.officer, now=at(on), breach_id=breach, summary="Music after midnight"
        )
        submit_prosecution(actor=self.officer, now=at(on), intervention_id=prosecution, cautions_reason="Persistent")
        authorise_prosecution(
            actor=self.legal,
            now=at(on),
            intervention_id=prosecution,
            sign_off=SignOff("Two recordings", "Repeated after a penalty", "Delegation 7.3"),
        )
        return prosecution

    def lay(self, prosecution: int, on: int, **how: Any) -> None:
        lay_prosecution(actor=self.legal, now=at(on), intervention_id=prosecution, **how)


def make_track(**subject: Any) -> Track:
    """A team with one open case about somebody of full age, who may be described otherwise."""
    team = make_team()
    officer, colleague = make_user(Role.OFFICER, team=team), make_user(Role.OFFICER, team=team)
    manager, legal = make_user(Role.MANAGER, team=team), make_user(Role.LEGAL)
    for user in (officer, manager):
        for power in ("CPN", "FPN"):
            make_authorisation(user, power)
    person = make_person(**{"born_on": date(1990, 5, 1), **subject})
    case = make_case(team=team, owner=officer, opened_on=day(-60))
    return Track(case, person, *(actor_of(user) for user in (officer, colleague, manager, legal)))


def step(intervention_id: int) -> Intervention:
    """The row as it is in the database now."""
    db.session.rollback()
    found = db.session.get(Intervention, intervention_id)
    assert found is not None
    return found


def breach_row(breach_id: int) -> AllegedBreach:
    db.session.rollback()
    found = db.session.get(AllegedBreach, breach_id)
    assert found is not None
    return found


def requirement_id(intervention_id: int, number: int, version: int | None = None) -> int:
    """The standing version of a requirement, or the one asked for."""
    query = select(Requirement.id).where(
        Requirement.intervention_id == intervention_id,
        Requirement.number == number,
        Requirement.to_on.is_(None) if version is None else Requirement.version == version,
    )
    return db.session.scalars(query).one()


def clocks(**links: int) -> list[tuple[str, date, str]]:
    """Rule, last day and state of every clock with these links, in the order started."""
    db.session.rollback()
    query = select(Deadline).filter_by(**links).order_by(Deadline.id)
    return [(row.rule, row.last_day, row.state.value) for row in db.session.scalars(query)]


def running(**links: int) -> dict[str, date]:
    """The last day of each running clock, by rule."""
    return {rule: last for rule, last, state in clocks(**links) if state == "running"}


def entries(case_id: int) -> list[str]:
    """The kinds of the case's history entries, in order."""
    db.session.rollback()
    query = select(HistoryEntry.kind).where(HistoryEntry.case_id == case_id).order_by(HistoryEntry.id)
    return list(db.session.scalars(query))
