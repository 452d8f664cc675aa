"""One case as its page shows it: what it is, who plays which part, where each subject stands, its clocks.

Six queries, however much there is (with `timeline.timeline_of`), and one more where a contact warning stands: what is
one value a case comes with the case itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from asb_cases.domain.case_content import CaseContent, content_for
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockNature, DeadlineState
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.domain.references import parse_reference
from asb_cases.domain.risk import RISK_CLOCKS
from asb_cases.domain.service_standards import RESPONSE_CLOCKS
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.models.case import Case, CaseCategory, CaseShare
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import Attachment, AttachmentLink
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.place import Address, Ward
from asb_cases.models.response_pause import ResponsePause
from asb_cases.models.risk import RiskAssessment
from asb_cases.models.user import Team, User
from asb_cases.queries.absences import away_on
from asb_cases.queries.case_work import CaseWork, PartPlayed, work_of
from asb_cases.queries.contact_warnings import WarningShown, contact_warnings_for
from asb_cases.queries.files import added_by_own_body
from asb_cases.queries.next_steps import takes_steps
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.records_of_case import RecordsOfCase, records_of_case
from asb_cases.queries.risk import level_of_case
from asb_cases.queries.steps import Step, steps_of_case, steps_read_ahead
from asb_cases.queries.visibility import ACTORS_AT_ONCE, of_complete_imports, of_visible_case, visible_to

#: The colleague who covers for the owner.
_COVER = aliased(User)
#: Clocks of what the council must do, or may do only until then.
RESPONSES = frozenset(RESPONSE_CLOCKS.values())
OURS = tuple(code for code, rule in CLOCK_RULES.items() if rule.nature is not ClockNature.PERIOD)


@dataclass(frozen=True)
class Standing:
    """Where one subject stands: every step taken against them in this case, the latest first."""

    name: str | None
    person_id: int | None
    steps: Sequence[Step]


@dataclass(frozen=True)
class CasePage:
    """A case and what hangs on it. `facts` has the columns that `_case` selects; `clocks_belong_to` says by the id of a
    deadline which complaint, step or case review it is of. `records` are there for whoever takes steps."""

    facts: Any
    work: CaseWork
    warnings: Sequence[WarningShown]
    standings: Sequence[Standing]
    steps: Sequence[Step]
    deadlines: Sequence[Deadline]
    clocks_belong_to: Mapping[int, str]
    records: RecordsOfCase | None

    @property
    def owes_response(self) -> bool:
        """Whether the first response is owed, and its clock runs."""
        return any(each.rule in RESPONSES and each.state is DeadlineState.RUNNING for each in self.deadlines)


def case_page(actor: Actor, reference: str, today: date, content: CaseContent) -> CasePage:
    """The case with this reference, however it was typed, as far as the actor is shown it. Raises `NotFound`."""
    facts = _case(actor, reference, today)
    work = work_of(facts.id, content)
    records = records_of_case(facts.id, actor, today) if content.words and takes_steps(actor) else None
    steps = _steps(facts.id, records, actor, today, content)
    deadlines, belong_to = _deadlines(facts.id, steps, work.parts, content)
    warnings, standings = _warnings(actor, work.parts, today), _standings(work.parts, steps)
    return CasePage(facts, work, warnings, standings, steps, deadlines, belong_to, records)


def _steps(
    case_id: int, records: RecordsOfCase | None, actor: Actor, today: date, content: CaseContent
) -> Sequence[Step]:
    if records is not None:
        return steps_read_ahead(records, today, content)
    return steps_of_case(case_id, actor, today, content) if content.notices_in_force else []


def _case(actor: Actor, reference: str, today: date) -> Any:
    parsed = parse_reference(reference)
    asked = {"asked": str(parsed) if parsed else reference}
    row = db.session.execute(_case_shown_to(actor, today), asked).one_or_none()
    if row is None:
        raise NotFound("case")
    return row


@lru_cache(maxsize=ACTORS_AT_ONCE)
def _case_shown_to(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """The case of a reference (`asked`). Put together once for each reader and day: that takes longer than to send it."""
    return (
        select(
            *(column for column in Case.__table__.columns),
            Address.text.label("address"),
            Ward.name.label("ward"),
            Team.name.label("team"),
            User.name.label("owner"),
            _COVER.name.label("cover"),
            Absence.to_on.label("covered_until"),
            ResponsePause.began_at.label("waiting_since"),
            ResponsePause.reason.label("waiting_because"),
            _titles_of_categories().label("categories"),
            _other_references().label("other_references"),
            _shared_with(Team.name, Team.id == CaseShare.team_id, today).label("teams_shared_with"),
            _shared_with(PartnerBody.name, PartnerBody.id == CaseShare.partner_body_id, today).label("shared_with"),
            _files(actor).label("files"),
            _kept(actor, today).label("kept_reference"),
            _merges().label("merges"),
            (level_of_case() if content_for(actor).risk else null()).label("risk_rank"),
        )
        .outerjoin(Address, Address.id == Case.address_id)
        .outerjoin(Ward, Ward.id == Case.ward_id)
        .outerjoin(Team, Team.id == Case.team_id)
        .outerjoin(User, User.id == Case.owner_id)
        .outerjoin(Absence, Absence.id == _absence_of_owner(today))
        .outerjoin(_COVER, _COVER.id == Absence.cover_id)
        .outerjoin(ResponsePause, (ResponsePause.case_id == Case.id) & ResponsePause.ended_at.is_(None))
        .where(Case.reference == bindparam("asked"), visible_to(actor, today))
    )


def _kept(actor: Actor, today: date) -> ScalarSelect[Any]:
    """The case that this one was merged into, for whoever may see it."""
    kept = aliased(Case)
    return (
        select(kept.reference)
        .where(kept.id == Case.merged_into_id, of_visible_case(kept.id, actor, today))
        .correlate(Case)
        .scalar_subquery()
    )


def _merges() -> ScalarSelect[Any]:
    """How many cases were merged into this one."""
    merged = aliased(Case)
    return select(func.count()).where(merged.merged_into_id == Case.id).correlate(Case).scalar_subquery()


def _absence_of_owner(today: date) -> ScalarSelect[Any]:
    absence = aliased(Absence)
    return (
        select(func.min(absence.id))
        .where(absence.user_id == Case.owner_id, away_on(today, absence))
        .correlate(Case)
        .scalar_subquery()
    )


def _titles_of_categories() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(Category.title, ", "))
        .join(CaseCategory, CaseCategory.category_id == Category.id)
        .where(CaseCategory.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )


def _other_references() -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(OtherReference.reference, ", "))
        .where(
            OtherReference.entity_kind == "case",
            OtherReference.entity_id == Case.id,
            of_complete_imports(OtherReference),
        )
        .correlate(Case)
        .scalar_subquery()
    )


def _shared_with(name: InstrumentedAttribute[str], join: Any, today: date) -> ScalarSelect[Any]:
    return (
        select(func.aggregate_strings(name, ", "))
        .select_from(CaseShare)
        .join(name.class_, join)
        .where(
            CaseShare.case_id == Case.id,
            CaseShare.ended_on.is_(None),
            CaseShare.from_on <= today,
            (CaseShare.to_on.is_(None)) | (CaseShare.to_on >= today),
        )
        .correlate(Case)
        .scalar_subquery()
    )


def _files(actor: Actor) -> ScalarSelect[Any]:
    """How many files of the case the reader is shown."""
    return (
        select(func.count(AttachmentLink.attachment_id.distinct()))
        .join(Attachment, Attachment.id == AttachmentLink.attachment_id)
        .where(AttachmentLink.case_id == Case.id, added_by_own_body(actor))
        .correlate(Case)
        .scalar_subquery()
    )


#: Statements that are the same for everybody are made once.
_MISSED = (Deadline.state == DeadlineState.MISSED) & Deadline.rule.in_(OURS)
_CLOCKS_OF_CASE = (
    select(Deadline, Complaint.reference, CaseReview.reference, RiskAssessment.person_id)
    .outerjoin(RiskAssessment, RiskAssessment.id == Deadline.risk_assessment_id)
    .outerjoin(Complaint, Complaint.id == Deadline.complaint_id)
    .outerjoin(CaseReview, CaseReview.id == Deadline.case_review_id)
    .where(
        Deadline.case_id == bindparam("case"),
        (Deadline.state == DeadlineState.RUNNING) | _MISSED,
        of_complete_imports(Deadline),
    )
    .order_by(Deadline.last_day, Deadline.id)
)


def _warnings(actor: Actor, parts: Sequence[PartPlayed], today: date) -> list[WarningShown]:
    """The contact warnings about people of the case, each once. Asked only where somebody is marked."""
    found = contact_warnings_for(actor, {each.person_id for each in parts if each.warned and each.person_id}, today)
    return list({warning.id: warning for warnings in found.values() for warning in warnings}.values())


def _standings(parts: Sequence[PartPlayed], steps: Sequence[Step]) -> list[Standing]:
    """One for each subject, and for whoever else a step was taken against."""
    against: dict[int | None, list[Step]] = defaultdict(list)
    for step in steps:
        against[step.subject_id].append(step)
    names = {each.person_id: each.name for each in parts if each.part is Part.SUBJECT}
    names |= {step.subject_id: step.subject for step in steps}
    return [Standing(name, person_id, against[person_id]) for person_id, name in names.items()]


def _deadlines(
    case_id: int, steps: Sequence[Step], parts: Sequence[PartPlayed], content: CaseContent
) -> tuple[list[Deadline], dict[int, str]]:
    """The clocks that run, and of those that are over what the council missed; and what each belongs to. How the risk is
    looked after is not shown to whoever is not shown the risk."""
    found = db.session.execute(_CLOCKS_OF_CASE, {"case": case_id}).all()
    rows = [row for row in found if content.risk or row[0].rule not in RISK_CLOCKS]
    at_risk = {part.person_id: part.name for part in parts if part.name}
    called = {step.id: f"{step.reference}, {step.subject}" if step.subject else step.reference for step in steps}
    belong_to = {
        clock.id: called.get(clock.intervention_id or 0)
        or (complaint if content.complaints else None)
        or (review if content.case_reviews else None)
        or at_risk.get(person_id if clock.risk_assessment_id else None)
        for clock, complaint, review, person_id in rows
    }
    return [row[0] for row in rows], {each: text for each, text in belong_to.items() if text}
