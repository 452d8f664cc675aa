"""What each dimension reads from a figure's rows, and what is counted beside a figure for its note."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, case, cast, extract, func, literal, select

from asb_cases.domain.age_bands import AGE_BANDS, NOT_AN_INDIVIDUAL
from asb_cases.domain.figures import NOT_RECORDED, Aside, Dimension, RequestKind
from asb_cases.domain.people import PersonKind
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseCategory
from asb_cases.models.case_review import CaseReview
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint, ComplaintCategory
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.place import Ward
from asb_cases.models.user import Team
from asb_cases.queries.figure_rows import Column, CountedRows
from asb_cases.queries.visibility import of_complete_imports

NOT_DECIDED = "not_decided"
#: What is said beside a figure of rows that are not among its own: the figure whose rows they are.
COUNTED_AMONG: Mapping[Aside, str] = {Aside.RECOMMENDATIONS_NOT_RECORDED: "case_reviews_held"}


@dataclass(frozen=True)
class Reading:
    """How a dimension is read: the key of each row, and the tables joined for it. A row may have several keys
    (categories), and none."""

    key: Column
    joined: tuple[tuple[type[Any], ColumnElement[bool]], ...] = ()

    def add_to(self, rows: Select[Any]) -> Select[Any]:
        """The rows with what the dimension needs beside them; none is lost."""
        for table, tie in self.joined:
            rows = rows.outerjoin(table, tie)
        return rows

    @property
    def key_or_none(self) -> ColumnElement[str]:
        """The key as text, `not_recorded` where there is none."""
        return func.coalesce(cast(self.key, String), literal(NOT_RECORDED, String))


def _request_kind() -> ColumnElement[str]:
    """The first kind of noise that fits, so that the kinds add up to the requests."""

    def about(code: str) -> ColumnElement[bool]:
        return (
            select(ComplaintCategory.complaint_id)
            .join(Category, Category.id == ComplaintCategory.category_id)
            .where(ComplaintCategory.complaint_id == Complaint.id, Category.code == code)
            .correlate(Complaint)
            .exists()
        )

    first_that_fits = [
        (about(f"noise_{kind.value}"), kind.value) for kind in (RequestKind.PARTY, RequestKind.MUSIC, RequestKind.ALARM)
    ]
    return case(*first_that_fits, else_=RequestKind.OTHER.value)


def _decided(decision: Column, otherwise: str = NOT_DECIDED) -> ColumnElement[str]:
    return func.coalesce(cast(decision, String), literal(otherwise, String))


_CATEGORY = (Category, Category.id == CaseCategory.category_id)
_WARD_OF_CASE = (Ward, Ward.id == Case.ward_id)

_TEAM_OF_CASE = (Team, Team.id == Case.team_id)
_SUBJECT = (Person, Person.id == Intervention.subject_id)
_COURT = (
    CourtOutcome,
    and_(
        CourtOutcome.intervention_id == Intervention.id,
        CourtOutcome.entered_in_error_on.is_(None),
        of_complete_imports(CourtOutcome),
    ),
)


def _category_of(case_id: Column) -> Reading:
    return Reading(Category.code, ((CaseCategory, CaseCategory.case_id == case_id), _CATEGORY))


def _of_case(case_id: Column) -> Mapping[Dimension, Reading]:
    """The ward and the team of the case that a record belongs to, if there is one."""
    case_of_it = (Case, Case.id == case_id)
    return {
        Dimension.CATEGORY: _category_of(case_id),
        Dimension.WARD: Reading(Ward.name, (case_of_it, _WARD_OF_CASE)),
        Dimension.TEAM: Reading(Team.name, (case_of_it, _TEAM_OF_CASE)),
    }


def _age() -> ColumnElement[str]:
    """The age band of a step's subject on the day of the step."""
    lived = _as_number(Intervention.issued_on) - _as_number(Person.born_on)
    *younger, oldest = AGE_BANDS
    bands = [(lived < (band.below or 0) * 10_000, band.code) for band in younger]
    return case(
        (Person.kind != PersonKind.INDIVIDUAL, NOT_AN_INDIVIDUAL),
        (lived.is_(None), NOT_RECORDED),
        *bands,
        else_=oldest.code,
    )


def _as_number(day: Column) -> ColumnElement[int]:
    """`domain.age_bands.as_number` of a column."""
    year, month, number = (cast(extract(part, day), Integer) for part in ("year", "month", "day"))
    return year * 10_000 + month * 100 + number


_OF_STEPS: Mapping[Dimension, Reading] = {
    **_of_case(Intervention.case_id),
    Dimension.STATUS: Reading(Intervention.status),
    Dimension.RECIPIENT: Reading(Person.kind, (_SUBJECT,)),
    Dimension.AGE: Reading(_age(), (_SUBJECT,)),
    Dimension.OUTCOME: Reading(_decided(Intervention.outcome, "none_yet")),
    Dimension.POWER: Reading(Intervention.power),
    Dimension.COURT_RESULT: Reading(_decided(CourtOutcome.result, "pending"), (_COURT,)),
}
_OF_COMPLAINTS: Mapping[Dimension, Reading] = {
    **_of_case(Complaint.case_id),
    Dimension.CATEGORY: Reading(
        Category.code,
        (
            (ComplaintCategory, ComplaintCategory.complaint_id == Complaint.id),
            (Category, Category.id == ComplaintCategory.category_id),
        ),
    ),
    Dimension.WARD: Reading(Ward.name, ((Ward, Ward.id == Complaint.ward_id),)),
    Dimension.CHANNEL: Reading(Complaint.channel),
    Dimension.TRIAGE: Reading(Complaint.triage),
    Dimension.RESPONSE: Reading(Complaint.response),
    Dimension.KIND: Reading(_request_kind()),
}

#: How each dimension is read, by the table whose rows are counted.
READINGS: Mapping[type[Any], Mapping[Dimension, Reading]] = {
    Intervention: _OF_STEPS,
    Appeal: {**_OF_STEPS, Dimension.OUTCOME: Reading(_decided(Appeal.outcome, "pending"))},
    AllegedBreach: {**_OF_STEPS, Dimension.DECISION: Reading(_decided(AllegedBreach.decision))},
    Case: {
        Dimension.CATEGORY: _category_of(Case.id),
        Dimension.WARD: Reading(Ward.name, (_WARD_OF_CASE,)),
        Dimension.TEAM: Reading(Team.name, (_TEAM_OF_CASE,)),
        Dimension.PRIORITY: Reading(Case.priority),
        Dimension.OUTCOME: Reading(Case.closure_outcome),
    },
    Complaint: _OF_COMPLAINTS,
    CaseReview: {
        **_of_case(CaseReview.case_id),
        Dimension.THRESHOLD: Reading(_decided(CaseReview.threshold)),
        Dimension.CHANNEL: Reading(CaseReview.channel),
    },
}


def reading(rows: CountedRows, dimension: Dimension) -> Reading:
    """How the dimension is read from a figure's rows."""
    counted: Any = rows.row.class_
    return READINGS[counted][dimension]


def aside_condition(rows: CountedRows, aside: Aside) -> ColumnElement[bool]:
    """The condition on a figure's rows that something is counted beside it."""
    if aside is Aside.WITHDRAWN and rows.holder is CaseReview:
        return CaseReview.withdrawn_on.is_not(None)
    return {
        Aside.WITHDRAWN: Intervention.status == "withdrawn",
        Aside.QUASHED: Intervention.status == "quashed",
        Aside.CANCELLED: Intervention.status == "cancelled",
        Aside.INCOMPLETE: Intervention.incomplete.is_(True),
        Aside.OTHER_BODYS_NOTICE: Intervention.issued_by_body.is_not(None),
        Aside.LOCAL_SCHEME: CaseReview.local_scheme.is_(True),
        Aside.RECOMMENDATIONS_NOT_RECORDED: CaseReview.recommendations.is_(None),
        Aside.DAY_NOT_KNOWN: rows.day.is_(None),
    }[aside]


def possible_duplicates(recipients: Select[Any]) -> Select[Any]:
    """How many of the recipients may be another of them: of one name, and not known to be born on different days.

    "The occupier" and "the owner" are names of nobody, so they are left out.
    """
    found = recipients.subquery()
    named = (
        select(
            func.count().label("people"),
            func.count(Person.born_on.distinct()).label("birthdays"),
        )
        .select_from(found)
        .join(Person, Person.id == found.c.row_id)
        .where(Person.kind.in_((PersonKind.INDIVIDUAL, PersonKind.BODY)))
        .group_by(Person.kind, Person.name_key)
        .subquery()
    )
    spare = named.c.people - case((named.c.birthdays > 1, named.c.birthdays), else_=1)
    return select(func.coalesce(func.sum(spare), 0)).select_from(named)
