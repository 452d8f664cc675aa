"""What a case's timeline is made of: one SELECT for each kind of event, all with the same columns.

`at` is text that sorts: a moment in UTC ("2026-03-02 10:00:00") or, where only the day is known, that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, cast, func, literal, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.clocks import DeadlineState
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import ContactEntry, Note, NoteKind, Task
from asb_cases.models.complaint import Complaint
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.visibility import of_complete_imports

Column = ColumnElement[Any] | InstrumentedAttribute[Any]

CASE_ID = bindparam("case_id", type_=Integer)
#: Events of one moment or day stand in this order, the latest step first.
RANKS = (
    "case_closed", "case_review_outcome_sent", "case_review_held", "case_review_decided", "case_review_applied",
    "court_outcome", "payment", "breach_decided", "breach_alleged", "appeal_determined", "appeal_lodged",
    "intervention_ended", "service", "intervention_given", "deadline_over", "task_done", "task_added", "note",
    "contact", "complaint", "case_opened",
)  # fmt: skip


@dataclass(frozen=True)
class Sources:
    """Builds the SELECTs for one database engine."""

    sqlite: bool

    def day(self, column: Column) -> ColumnElement[str]:
        """A day as text."""
        return cast(column, String) if self.sqlite else func.to_char(column, "YYYY-MM-DD")

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
        if content.interventions:
            yield from self.of_interventions()
        if content.case_reviews:
            yield from self.of_case_reviews()

    def of_case(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Opened and closed."""
        mine = Case.id == CASE_ID
        yield event("case_opened", Case.id, self.day(Case.opened_on), reference=Case.reference).where(mine)
        closed = event(
            "case_closed", Case.id, self.day(Case.closed_on), code=Case.closure_outcome, text=Case.closure_reason
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

    def of_casework(self, *, internal: bool) -> Iterator[Select[*tuple[Any, ...]]]:
        """Contacts, notes, tasks, and the clocks that are over. A partner reads the notes that are for the record."""
        text = func.coalesce(Note.withheld_because, Note.text)
        code = func.coalesce(cast(Note.withheld_on, String), "")
        notes = (
            event("note", Note.id, self.moment(Note.written_at), code=Note.kind, more=code, text=text, by=User.name,
                  number=Note.corrects_id)
            .outerjoin(User, User.id == Note.author_id)
            .where(Note.case_id == CASE_ID, of_complete_imports(Note))
        )  # fmt: skip
        if not internal:
            yield notes.where(Note.kind == NoteKind.RECORD)
            return
        yield notes
        yield (
            event("contact", ContactEntry.id, self.moment(ContactEntry.at), code=ContactEntry.channel,
                  more=ContactEntry.direction, text=ContactEntry.told, person=Person.name, by=User.name)
            .outerjoin(Person, Person.id == ContactEntry.person_id)
            .outerjoin(User, User.id == ContactEntry.author_id)
            .where(ContactEntry.case_id == CASE_ID, of_complete_imports(ContactEntry))
        )  # fmt: skip
        for kind, day, words in (
            ("task_added", Task.created_on, Task.title),
            ("task_done", Task.done_on, Task.outcome),
        ):
            found = event(kind, Task.id, self.day(day), text=words, more=Task.title, by=User.name)
            yield found.outerjoin(User, User.id == Task.owner_id).where(Task.case_id == CASE_ID, day.is_not(None))
        yield event(
            "deadline_over", Deadline.id, self.day(Deadline.ended_on), code=Deadline.rule, more=Deadline.state,
            text=Deadline.ended_because,
        ).where(
            Deadline.case_id == CASE_ID,
            Deadline.state.in_((DeadlineState.MET, DeadlineState.MISSED)),
            of_complete_imports(Deadline),
        )  # fmt: skip

    def of_interventions(self) -> Iterator[Select[*tuple[Any, ...]]]:
        """Warnings, notices, penalties, prosecutions, and what came of each."""
        step = {"reference": Intervention.reference, "code": Intervention.power, "person": Person.name}
        issuer = aliased(User)
        given = event(
            "intervention_given", Intervention.id, self.day(Intervention.issued_on), **step, text=Intervention.conduct,
            more=Intervention.issued_by_body, by=issuer.name, in_error=Intervention.entered_in_error_on,
        )  # fmt: skip
        yield self._of_step(given.outerjoin(issuer, issuer.id == Intervention.issuer_id), Intervention.issued_on)
        ended = event(
            "intervention_ended", Intervention.id, self.day(Intervention.ended_on), **step, text=Intervention.ended_because,
            more=Intervention.status, in_error=Intervention.entered_in_error_on,
        )  # fmt: skip
        yield self._of_step(ended, Intervention.ended_on)
        for kind, table, day, about in (
            ("service", Service, Service.given_on, {"more": Service.method, "text": Service.note}),
            ("appeal_lodged", Appeal, Appeal.lodged_on, {"text": Appeal.court}),
            ("appeal_determined", Appeal, Appeal.determined_on, {"more": Appeal.outcome, "text": Appeal.order_note}),
            ("breach_alleged", AllegedBreach, AllegedBreach.from_on, {"text": AllegedBreach.account}),
            (
                "breach_decided",
                AllegedBreach,
                AllegedBreach.decided_on,
                {"more": AllegedBreach.decision, "text": AllegedBreach.decision_reason},
            ),
            ("payment", Payment, Payment.paid_on, {"number": Payment.amount_pence}),
            (
                "court_outcome",
                CourtOutcome,
                CourtOutcome.decided_on,
                {"more": CourtOutcome.result, "text": CourtOutcome.orders},
            ),
        ):
            happened = event(kind, table.id, self.day(day), **step, **about, in_error=table.entered_in_error_on)
            joined = happened.join(Intervention, Intervention.id == table.intervention_id)
            yield self._of_step(joined, day).where(of_complete_imports(table))

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
            yield event(
                kind, CaseReview.id, self.day(day), reference=CaseReview.reference, more=more,
                in_error=CaseReview.entered_in_error_on,
            ).where(CaseReview.case_id == CASE_ID, day.is_not(None), of_complete_imports(CaseReview))  # fmt: skip


def event(
    kind: str,
    row_id: Column,
    at: ColumnElement[str],
    *,
    reference: Column | None = None,
    code: Column | None = None,
    more: Column | None = None,
    text: Column | None = None,
    person: Column | None = None,
    by: Column | None = None,
    number: Column | None = None,
    in_error: Column | None = None,
) -> Select[*tuple[Any, ...]]:
    """One kind of event: what all of them have, blank where this one has none."""

    def words(column: Column | None) -> ColumnElement[Any]:
        return cast(null() if column is None else column, String)

    return select(
        at.label("at"),
        literal(RANKS.index(kind)).label("rank"),
        row_id.label("row_id"),
        words(reference).label("reference"),
        words(code).label("code"),
        words(more).label("more"),
        words(text).label("text"),
        words(person).label("person"),
        words(by).label("by"),
        cast(null() if number is None else number, Integer).label("number"),
        words(in_error).label("in_error"),
    )
