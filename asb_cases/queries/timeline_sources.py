"""What a case's timeline is made of: one SELECT for each kind of event, all with the same columns.

`at` is text that sorts: a moment in UTC ("2026-03-02 10:00:00") or, where only the day is known, that day. What begins
something stands before the moments of its day ("2026-03-02"), what comes of something after them ("2026-03-02 24").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.clocks import DeadlineState
from asb_cases.models.action_plan import ActionPlan, ActionPlanReview, ActionPlanStep
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import Attachment, AttachmentLink, ContactEntry, Note, NoteKind, Task
from asb_cases.models.complaint import Complaint, ComplaintUpdate
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.deadline import Deadline
from asb_cases.models.file_description import FileDescription
from asb_cases.models.hearing import Hearing
from asb_cases.models.incident import Incident
from asb_cases.models.intervention import Intervention
from asb_cases.models.measure import Measure
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person
from asb_cases.models.place import Address
from asb_cases.models.representation import Representation
from asb_cases.models.response_pause import ResponsePause
from asb_cases.models.risk import RiskAssessment
from asb_cases.models.service import Service
from asb_cases.models.tool import ToolEvent
from asb_cases.models.user import User
from asb_cases.queries.casework import was_corrected
from asb_cases.queries.visibility import of_complete_imports

Column = ColumnElement[Any] | InstrumentedAttribute[Any]

CASE_ID = bindparam("case_id", type_=Integer)
END_OF_DAY = " 24"
#: A notice follows a warning, and a penalty a notice: of one moment, too.
GIVEN_ORDER = ("PROSECUTION", "FPN", "CPN", "CPW")
#: Clocks of which the entry that met them says all there is to say.
TOLD_BY_WHAT_MET_IT = ("plan_review", "plan_step", "plan_step_of_theirs", "victim_update")
#: Events of one moment or day stand in this order, the latest step first.
RANKS = (
    "case_closed", "case_review_outcome_sent", "case_review_held", "case_review_decided", "case_review_applied",
    "court_outcome", "hearing", "payment", "measure", "tool_event", "breach_decided", "breach_alleged", "appeal_determined",
    "appeal_lodged", "representation_answered", "representation_received", "intervention_ended",
    "service", *("intervention_given" for _power in GIVEN_ORDER), "deadline_over",
    "plan_reviewed", "plan_step_closed", "task_done", "task_added", "plan_agreed", "response_resumed", "response_paused",
    "risk_assessed", "file", "note", "contact", "incident", "complaint_updated", "complaint", "case_opened",
)  # fmt: skip


@dataclass(frozen=True)
class Sources:
    """Builds the SELECTs for one database engine."""

    sqlite: bool

    def day(self, column: Column) -> ColumnElement[str]:
        """A day as text."""
        return cast(column, String) if self.sqlite else func.to_char(column, "YYYY-MM-DD")

    def end_of(self, column: Column) -> ColumnElement[str]:
        """The same, after the moments of that day."""
        return self.day(column) + literal(END_OF_DAY, String)

    def moment(self, column: Column) -> ColumnElement[str]:
        """A moment as text, in UTC."""
        if self.sqlite:
            return func.substr(column, 1, 19)
        return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS")

    def events(self, content: CaseContent) -> Iterator[Select[*tuple[Any, ...]]]:
        """Every kind of event that the reader is shown."""
        yield from self.of_case()
        if content.complaints:
            yield from self.of_complaints()
        if content.words:
            yield from self.of_casework(internal=content.internal_notes)
        if content.files:
            yield self.of_files()
        if content.risk:
            yield self.of_risk()
        if content.interventions:
            yield from self.of_interventions()
        if content.case_reviews:
            yield from self.of_case_reviews()

    def of_case(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Opened and closed."""
        mine = Case.id == CASE_ID
        yield event("case_opened", Case.id, self.day(Case.opened_on), reference=Case.reference).where(mine)
        closed = event(
            "case_closed", Case.id, self.end_of(Case.closed_on), code=Case.closure_outcome, text=Case.closure_reason
        )
        yield closed.where(mine, Case.closed_on.is_not(None))

    def of_complaints(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """What people told us."""
        at = func.coalesce(self.moment(Complaint.made_at), self.day(Complaint.made_on))
        yield (
            event(
                "complaint", Complaint.id, at, reference=Complaint.reference, code=Complaint.channel,
                text=Complaint.description, person=Person.name, in_error=Complaint.entered_in_error_on,
            )
            .outerjoin(Person, Person.id == Complaint.complainant_id)
            .where(Complaint.case_id == CASE_ID, of_complete_imports(Complaint))
        )  # fmt: skip
        yield (
            event(
                "complaint_updated", ComplaintUpdate.id, self.moment(ComplaintUpdate.written_at),
                reference=Complaint.reference, text=ComplaintUpdate.text, by=User.name,
                in_error=Complaint.entered_in_error_on,
            )
            .join(Complaint, Complaint.id == ComplaintUpdate.complaint_id)
            .outerjoin(User, User.id == ComplaintUpdate.author_id)
            .where(Complaint.case_id == CASE_ID)
        )  # fmt: skip

    def of_casework(self, *, internal: bool) -> Iterator[Select[*tuple[Any, ...]]]:
        """Contacts, notes, tasks, and the clocks that are over. A partner reads the notes that are for the record."""
        if not internal:
            yield self.notes().where(Note.kind == NoteKind.RECORD)
            return
        yield self.notes()
        yield from self.of_plans()
        yield from self.of_waits()
        yield (
            event("incident", Incident.id, func.coalesce(self.moment(Incident.happened_at), self.day(Incident.happened_on)),
                  code=Incident.source, more=case((Incident.evidence, "evidence")), text=Incident.seen, by=User.name,
                  address=Address.text, in_error=Incident.entered_in_error_on)
            .outerjoin(User, User.id == Incident.recorded_by_id)
            .outerjoin(Address, Address.id == Incident.address_id)
            .where(Incident.case_id == CASE_ID)
        )  # fmt: skip
        yield (
            event("contact", ContactEntry.id, self.moment(ContactEntry.at), code=ContactEntry.channel,
                  more=ContactEntry.direction, text=ContactEntry.told, person=Person.name, by=User.name,
                  number=case((ContactEntry.reached.is_(False), 0), else_=1))
            .outerjoin(Person, Person.id == ContactEntry.person_id)
            .outerjoin(User, User.id == ContactEntry.author_id)
            .where(ContactEntry.case_id == CASE_ID, of_complete_imports(ContactEntry))
        )  # fmt: skip
        for kind, day, words in (
            ("task_added", Task.created_on, Task.title),
            ("task_done", Task.done_on, Task.outcome),
        ):
            found = event(kind, Task.id, self.end_of(day), text=words, more=Task.title, by=User.name)
            yield found.outerjoin(User, User.id == Task.owner_id).where(Task.case_id == CASE_ID, day.is_not(None))
        yield event(
            "deadline_over", Deadline.id, self.end_of(Deadline.ended_on), code=Deadline.rule, more=Deadline.state,
            text=Deadline.ended_because,
            reference=func.coalesce(Complaint.reference, Intervention.reference, CaseReview.reference),
        ).select_from(Deadline).outerjoin(
            Complaint, Complaint.id == Deadline.complaint_id
        ).outerjoin(
            Intervention, Intervention.id == Deadline.intervention_id
        ).outerjoin(
            CaseReview, CaseReview.id == Deadline.case_review_id
        ).where(
            Deadline.case_id == CASE_ID,
            or_(
                Deadline.state == DeadlineState.MISSED,
                and_(Deadline.state == DeadlineState.MET, Deadline.rule.not_in(TOLD_BY_WHAT_MET_IT)),
            ),
            of_complete_imports(Deadline),
        )  # fmt: skip

    def of_files(self) -> Select[*tuple[Any, ...]]:
        """Photos and files, when they were received."""
        of_case = select(AttachmentLink.attachment_id).where(AttachmentLink.case_id == CASE_ID)
        return (
            event("file", Attachment.id, self.moment(Attachment.received_at), code=Attachment.media_type,
                  more=Attachment.name, text=func.coalesce(Attachment.withheld_because, FileDescription.description),
                  by=User.name, method=cast(Attachment.withheld_on, String))
            .outerjoin(FileDescription, FileDescription.attachment_id == Attachment.id)
            .outerjoin(User, User.id == Attachment.received_by_id)
            .where(Attachment.id.in_(of_case))
        )  # fmt: skip

    def notes(self) -> Select[*tuple[Any, ...]]:
        """Notes, each as it stands. One that another took the place of is what that one said before."""
        earlier = aliased(Note)
        open_to_all = Note.withheld_on.is_(None) & earlier.withheld_on.is_(None)
        return (
            event("note", Note.id, self.moment(Note.written_at), code=Note.kind,
                  more=func.coalesce(cast(Note.withheld_on, String), ""),
                  text=func.coalesce(Note.withheld_because, Note.text), by=User.name, number=Note.corrects_id,
                  before=case((open_to_all, earlier.text)))
            .outerjoin(User, User.id == Note.author_id)
            .outerjoin(earlier, earlier.id == Note.corrects_id)
            .where(Note.case_id == CASE_ID, ~was_corrected(), of_complete_imports(Note))
        )  # fmt: skip

    def of_plans(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """What was agreed, and what came of it."""
        yield (
            event("plan_agreed", ActionPlan.id, self.day(ActionPlan.agreed_on), text=ActionPlan.summary,
                  person=Person.name, by=User.name)
            .outerjoin(Person, Person.id == ActionPlan.person_id)
            .outerjoin(User, User.id == ActionPlan.agreed_by_id)
            .where(ActionPlan.case_id == CASE_ID)
        )  # fmt: skip
        yield (
            event("plan_step_closed", ActionPlanStep.id, self.end_of(ActionPlanStep.closed_on), code=ActionPlanStep.state,
                  more=ActionPlanStep.text, text=ActionPlanStep.outcome, number=ActionPlanStep.plan_id)
            .join(ActionPlan, ActionPlan.id == ActionPlanStep.plan_id)
            .where(ActionPlan.case_id == CASE_ID, ActionPlanStep.closed_on.is_not(None))
        )  # fmt: skip
        yield (
            event("plan_reviewed", ActionPlanReview.id, self.end_of(ActionPlanReview.reviewed_on),
                  text=ActionPlanReview.finding, by=User.name, number=ActionPlanReview.plan_id)
            .join(ActionPlan, ActionPlan.id == ActionPlanReview.plan_id)
            .outerjoin(User, User.id == ActionPlanReview.reviewed_by_id)
            .where(ActionPlan.case_id == CASE_ID)
        )  # fmt: skip

    def of_waits(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Times in which the first response waited for whoever reported."""
        mine = ResponsePause.case_id == CASE_ID
        yield (
            event("response_paused", ResponsePause.id, self.moment(ResponsePause.began_at), text=ResponsePause.reason,
                  by=User.name)
            .outerjoin(User, User.id == ResponsePause.began_by_id)
            .where(mine)
        )  # fmt: skip
        resumed = event("response_resumed", ResponsePause.id, self.moment(ResponsePause.ended_at))
        yield resumed.where(mine, ResponsePause.ended_at.is_not(None))

    def of_risk(self) -> Select[*tuple[Any, ...]]:
        """Assessments of the risk, at the level that counts now."""
        return (
            event("risk_assessed", RiskAssessment.id, self.moment(RiskAssessment.assessed_at), code=RiskAssessment.level,
                  text=RiskAssessment.level_reason, person=Person.name, by=User.name)
            .outerjoin(Person, Person.id == RiskAssessment.person_id)
            .outerjoin(User, User.id == RiskAssessment.assessor_id)
            .where(RiskAssessment.case_id == CASE_ID)
        )  # fmt: skip

    def of_interventions(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Warnings, notices, penalties, prosecutions, and what came of each."""
        step = {"reference": Intervention.reference, "code": Intervention.power, "person": Person.name}
        yield self._of_step(self._given(step), Intervention.issued_on)
        ended = event(
            "intervention_ended", Intervention.id, self.end_of(Intervention.ended_on), **step,
            text=Intervention.ended_because, more=Intervention.status, in_error=Intervention.entered_in_error_on,
        )  # fmt: skip
        yield self._of_step(ended, Intervention.ended_on)
        yield self._of_step(self._served_again(step), Service.given_on).where(of_complete_imports(Service))
        for kind, table, day, about in (
            ("appeal_lodged", Appeal, Appeal.lodged_on, {"text": Appeal.court}),
            ("appeal_determined", Appeal, Appeal.determined_on, {"more": Appeal.outcome, "text": Appeal.order_note}),
            ("breach_alleged", AllegedBreach, AllegedBreach.from_on, {"text": AllegedBreach.account}),
            (
                "breach_decided",
                AllegedBreach,
                AllegedBreach.decided_on,
                {"more": AllegedBreach.decision, "text": AllegedBreach.decision_reason},
            ),
            (
                "measure",
                Measure,
                Measure.done_on,
                {"more": Measure.kind, "text": Measure.text, "number": Measure.amount_pence},
            ),
            ("payment", Payment, Payment.paid_on, {"number": Payment.amount_pence}),
            (
                "court_outcome",
                CourtOutcome,
                CourtOutcome.decided_on,
                {"more": CourtOutcome.result, "text": CourtOutcome.orders},
            ),
        ):
            at = self.day(day) if kind == "breach_alleged" else self.end_of(day)
            happened = event(kind, table.id, at, **step, **about, in_error=table.entered_in_error_on)
            joined = happened.join(Intervention, Intervention.id == table.intervention_id)
            yield self._of_step(joined, day).where(of_complete_imports(table))

        yield from self._of_court_and_letters(step)

    def _of_court_and_letters(self, step: Mapping[str, Column]) -> Iterator[Select[*tuple[Any, ...]]]:
        """Hearings of which it is known what became, what recipients put forward, and what they were answered."""
        put = Representation
        for kind, table, day, about in (
            (
                "hearing",
                Hearing,
                Hearing.listed_on,
                {"more": Hearing.outcome, "method": Hearing.purpose, "text": Hearing.note},
            ),
            (
                "tool_event",
                ToolEvent,
                ToolEvent.happened_on,
                {"more": ToolEvent.kind, "text": ToolEvent.text, "in_error": ToolEvent.entered_in_error_on},
            ),
            ("representation_received", put, put.received_on, {"more": put.made_by, "text": put.text}),
            ("representation_answered", put, put.answered_on, {"text": put.answer}),
        ):
            found = event(kind, table.id, self.end_of(day), **step, **about)
            joined = self._of_step(found.join(Intervention, Intervention.id == table.intervention_id), day)
            yield joined.where(Hearing.outcome.is_not(None)) if table is Hearing else joined

    def _given(self, step: Mapping[str, Column]) -> Select[*tuple[Any, ...]]:
        """Given, issued or laid, with the service that did it where that was the same day: one thing that happened."""
        issuer, server, service = aliased(User), aliased(User), aliased(Service)
        first = RANKS.index("intervention_given")
        places = {power: first + place for place, power in enumerate(GIVEN_ORDER)}
        at = func.coalesce(
            self.moment(service.given_at), self.moment(Intervention.issued_at), self.end_of(Intervention.issued_on)
        )
        return (
            event(
                "intervention_given", Intervention.id, at, **step, text=Intervention.conduct,
                rank=case(places, value=Intervention.power, else_=first), more=Intervention.issued_by_body,
                by=func.coalesce(server.name, issuer.name), method=service.method, address=service.address,
                in_error=Intervention.entered_in_error_on,
            )
            .select_from(Intervention)
            .outerjoin(service, service.id == _giving_service())
            .outerjoin(issuer, issuer.id == Intervention.issuer_id)
            .outerjoin(server, server.id == service.server_id)
        )  # fmt: skip

    def _served_again(self, step: Mapping[str, Column]) -> Select[*tuple[Any, ...]]:
        """Every other service: on another day than it counts from, again, or entered in error."""
        at = func.coalesce(self.moment(Service.given_at), self.end_of(Service.given_on))
        return (
            event(
                "service", Service.id, at, **step, text=Service.note, by=User.name, method=Service.method,
                address=Service.address, in_error=Service.entered_in_error_on,
            )
            .select_from(Service)
            .join(Intervention, Intervention.id == Service.intervention_id)
            .outerjoin(User, User.id == Service.server_id)
            .where(Service.id != func.coalesce(_giving_service(), 0))
        )  # fmt: skip

    def _of_step(self, found: Select[*tuple[Any, ...]], day: Column) -> Select[*tuple[Any, ...]]:
        subject = found.outerjoin(Person, Person.id == Intervention.subject_id)
        return subject.where(Intervention.case_id == CASE_ID, day.is_not(None), of_complete_imports(Intervention))

    def of_case_reviews(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Applications for a case review about this case, and their steps."""
        for kind, day in (
            ("case_review_applied", CaseReview.applied_on),
            ("case_review_decided", CaseReview.decided_on),
            ("case_review_held", CaseReview.review_held_on),
            ("case_review_outcome_sent", CaseReview.outcome_sent_on),
        ):
            more = CaseReview.threshold if kind == "case_review_decided" else None
            at = self.day(day) if kind == "case_review_applied" else self.end_of(day)
            yield event(
                kind, CaseReview.id, at, reference=CaseReview.reference, more=more,
                in_error=CaseReview.entered_in_error_on,
            ).where(CaseReview.case_id == CASE_ID, day.is_not(None), of_complete_imports(CaseReview))  # fmt: skip


def _giving_service() -> ScalarSelect[int | None]:
    """The first service of the day that an intervention counts from."""
    service = aliased(Service)
    return (
        select(func.min(service.id))
        .where(
            service.intervention_id == Intervention.id,
            service.given_on == Intervention.issued_on,
            service.entered_in_error_on.is_(None),
            of_complete_imports(service),
        )
        .correlate(Intervention)
        .scalar_subquery()
    )


def event(
    kind: str,
    row_id: Column,
    at: ColumnElement[str],
    *,
    rank: Column | None = None,
    reference: Column | None = None,
    code: Column | None = None,
    more: Column | None = None,
    text: Column | None = None,
    person: Column | None = None,
    by: Column | None = None,
    number: Column | None = None,
    method: Column | None = None,
    address: Column | None = None,
    in_error: Column | None = None,
    before: Column | None = None,
) -> Select[*tuple[Any, ...]]:
    """One kind of event: what all of them have, blank where this one has none. `rank`: its place among those of one
    moment, where the kind does not decide it."""

    def words(column: Column | None) -> ColumnElement[Any]:
        return cast(null() if column is None else column, String)

    return select(
        at.label("at"),
        (literal(RANKS.index(kind)) if rank is None else rank).label("rank"),
        row_id.label("row_id"),
        words(reference).label("reference"),
        words(code).label("code"),
        words(more).label("more"),
        words(text).label("text"),
        words(person).label("person"),
        words(by).label("by"),
        cast(null() if number is None else number, Integer).label("number"),
        words(method).label("method"),
        words(address).label("address"),
        words(in_error).label("in_error"),
        words(before).label("before"),
    )
