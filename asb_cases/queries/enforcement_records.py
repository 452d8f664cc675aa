"""What hangs on interventions, as the rules want it: asked for one by one by an act, or read ahead for a whole case.

An act asks as it goes (`LIVE`), on rows that it has locked. A page that says what the law allows now asks the same of
`RecordsOfCase` (queries/records_of_case.py), which has read everything in two statements. So there is one way to gather
facts, whichever the source.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.people import Part
from asb_cases.domain.powers.penalty import Received
from asb_cases.domain.powers.screening import Screened
from asb_cases.domain.requirements import Requirement
from asb_cases.extensions import db
from asb_cases.models.appeal import Appeal as AppealRow
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence
from asb_cases.models.person import Person
from asb_cases.models.requirement import Requirement as RequirementRow
from asb_cases.queries import enforcement
from asb_cases.queries.people import parts_in_case, records_of_same


def as_requirement(row: RequirementRow) -> Requirement:
    return Requirement(row.number, row.version, row.kind, row.text, row.comply_by, row.from_on, row.to_on)


def as_appeal(row: AppealRow) -> Appeal:
    outcome = AppealOutcome(row.outcome) if row.outcome else None
    return Appeal(row.lodged_on, row.determined_on, outcome, row.stop_suspended_on)


class Records:
    """Each question asked of the database when it comes up. What was entered in error is left out."""

    def requirements(self, intervention_id: int) -> Sequence[Requirement]:
        """Every version of every requirement, by number and version."""
        return [as_requirement(row) for row in enforcement.requirements_of(intervention_id)]

    def requirements_breached(self, breach_id: int) -> Sequence[Requirement]:
        """Those that an alleged breach is of."""
        return [as_requirement(row) for row in enforcement.requirements_breached(breach_id)]

    def appeals(self, notice_id: int) -> Sequence[Appeal]:
        return [as_appeal(row) for row in enforcement.appeals_against(notice_id)]

    def received(self, penalty_id: int) -> Sequence[Received]:
        """The money that came in for a penalty."""
        return [Received(row.paid_on, row.amount_pence) for row in enforcement.payments_of(penalty_id)]

    def steps_for_breach(self, breach_id: int, power: str) -> Sequence[Intervention]:
        """Penalties, or prosecutions, for an alleged breach."""
        return enforcement.steps_for_breach(breach_id, power)

    def last_days(self, rule: str, intervention_id: int) -> Sequence[date]:
        """The last day of every clock of a rule that an intervention had, in the order started."""
        return [row.last_day for row in enforcement.clocks_of(rule, intervention_id)]

    def evidence(self, intervention_id: int) -> Mapping[str, int]:
        """How many pieces of evidence are named for each limb."""
        rows = db.session.execute(
            select(InterventionEvidence.limb, func.count())
            .where(InterventionEvidence.intervention_id == intervention_id)
            .group_by(InterventionEvidence.limb)
        )
        return {limb: count for limb, count in rows}  # noqa: C416 (rows are not pairs to mypy)

    def screen(self, intervention_id: int) -> Sequence[Screened]:
        """The answers to the questions of the screen."""
        return enforcement.screen_of(intervention_id)

    def days_told(self, intervention_id: int) -> Sequence[date]:
        """The days on which somebody was told of it beforehand (s.43(6))."""
        told = select(Consultee.told_on).where(Consultee.intervention_id == intervention_id)
        return list(db.session.scalars(told))

    def parts(self, case_id: int, person_id: int) -> set[Part]:
        """Every part that a person plays, or played, in a case."""
        return parts_in_case(case_id, person_id)

    def same_subject(self, person: Person) -> frozenset[int]:
        """The other records of one subject (s.45)."""
        return records_of_same(person)

    def was_handed_over(self, intervention_id: int) -> bool:
        """Whether it is recorded that the document was given, apart from its date."""
        return any(each.given_on for each in enforcement.services_of(intervention_id))

    def came_back_on(self, intervention_id: int) -> date | None:
        """The day on which the post brought the document back, where it was given in no other way. It is a reason to ask, never
        to refuse, so that what is read ahead of a page does without."""
        given = [each for each in enforcement.services_of(intervention_id) if each.given_on]
        returned = [each.returned_on for each in given if each.returned_on]
        return max(returned) if returned and len(returned) == len(given) else None

    def may_issue(self, user_id: int | None, power: str, day: date) -> bool:
        """Whether somebody holds an authorisation for a power on a day (s.53)."""
        return enforcement.may_issue(user_id, power, day)


#: The database itself.
LIVE = Records()
