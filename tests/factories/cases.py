"""Cases, what was told about them, and who may see them."""

from datetime import date
from io import BytesIO
from typing import Any

from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.domain.case_review_states import ReviewStatus, status_by_days
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.incidents import IncidentSource
from asb_cases.domain.people import Part
from asb_cases.domain.risk import RiskLevel
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.absence import Absence
from asb_cases.models.action_plan import ActionPlan, ActionPlanStep
from asb_cases.models.case import Case, CaseCategory, CaseReader, CaseShare, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import Attachment, AttachmentLink, ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint
from asb_cases.models.data_import import Import, ImportState
from asb_cases.models.file_description import FileDescription
from asb_cases.models.incident import Incident
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person import Person
from asb_cases.models.response_pause import ResponsePause
from asb_cases.models.risk import RiskAssessment
from asb_cases.models.user import Team, User
from tests.factories.people import make_person
from tests.factories.rows import NOW, TODAY, filled, keep, number


def make_case(
    *, team: Team | None = None, owner: User | None = None, categories: tuple[str, ...] = (), **given: Any
) -> Case:
    """An open case of nobody, opened on TODAY."""
    least = {"reference": f"ASB-2026-{number():06d}", "status": CaseStatus.OPEN, "title": "Noise", "opened_on": TODAY}
    case = keep(Case(**filled(given, **least), team_id=team.id if team else None, owner_id=owner.id if owner else None))
    for code in categories:
        keep(CaseCategory(case_id=case.id, category_id=category(code).id))
    return case


def category(code: str) -> Category:
    """One of the categories that every installation begins with."""
    return db.session.scalars(select(Category).where(Category.code == code)).one()


def make_share(
    case: Case, *, team: Team | None = None, body: PartnerBody | None = None, from_on: date = TODAY, **given: Any
) -> CaseShare:
    return keep(
        CaseShare(
            **given,
            case_id=case.id,
            team_id=team.id if team else None,
            partner_body_id=body.id if body else None,
            from_on=from_on,
        )
    )


def make_reader(case: Case, user: User) -> CaseReader:
    return keep(CaseReader(case_id=case.id, user_id=user.id))


def make_participant(case: Case, person: Person | None = None, part: Part = Part.SUBJECT, **given: Any) -> Participant:
    person = person or make_person()
    return keep(Participant(**given, case_id=case.id, person_id=person.id, part=part))


def make_complaint(
    *, case: Case | None = None, complainant: Person | None = None, recorded_by: User | None = None, **given: Any
) -> Complaint:
    """A complaint by telephone on TODAY; joined to the case, where one is given, else new."""
    least = {
        "reference": f"CMP-2026-{number():06d}",
        "made_on": TODAY,
        "channel": Channel.PHONE,
        "description": "Loud music until three in the morning",
        "triage": TriageState.JOINED if case else TriageState.NEW,
    }
    if given.get("channel") is Channel.OUT_OF_HOURS:
        least["shift_on"] = given.get("made_on", TODAY)
    return keep(
        Complaint(
            **filled(given, **least),
            case_id=case.id if case else None,
            complainant_id=complainant.id if complainant else None,
            recorded_by_id=recorded_by.id if recorded_by else None,
        )
    )


def make_contact(case: Case, **given: Any) -> ContactEntry:
    least = {"at": NOW, "channel": Channel.PHONE, "direction": Direction.OUT, "told": "What happens next"}
    return keep(ContactEntry(**filled(given, **least), case_id=case.id))


def make_note(case: Case, **given: Any) -> Note:
    least = {"kind": NoteKind.INTERNAL, "text": "Visited, nobody in", "written_at": NOW}
    return keep(Note(**filled(given, **least), case_id=case.id))


def make_task(case: Case, **given: Any) -> Task:
    return keep(Task(**filled(given, title="Ring back", created_on=TODAY, due_on=TODAY), case_id=case.id))


def make_file(
    case: Case,
    *,
    description: str | None = None,
    received_by: User | None = None,
    content: bytes = b"Words",
    storage: Storage | None = None,
    **given: Any,
) -> Attachment:
    """A text file of the case as a whole. Its bytes are kept where a storage is given."""
    sha256 = f"{number():064x}"
    if storage is not None:
        received = storage.receive(BytesIO(content), len(content))
        storage.keep(received)
        sha256 = received.sha256
    least = {
        "sha256": sha256,
        "size_bytes": len(content),
        "media_type": "text/plain",
        "name": "a.txt",
        "received_at": NOW,
    }
    file = keep(Attachment(**filled(given, **least), received_by_id=received_by.id if received_by else None))
    keep(FileDescription(attachment_id=file.id, description=description))
    keep(AttachmentLink(attachment_id=file.id, case_id=case.id, entity_kind="case", entity_id=case.id))
    return file


def make_incident(case: Case, **given: Any) -> Incident:
    """Heard by an officer on TODAY, and to be relied on."""
    least = {
        "happened_on": TODAY,
        "seen": "Shouting in the stairwell",
        "source": IncidentSource.OFFICER,
        "evidence": True,
        "recorded_at": NOW,
    }
    return keep(Incident(**filled(given, **least), case_id=case.id))


def make_plan(case: Case, *steps: str, person: Person | None = None, **given: Any) -> ActionPlan:
    """Agreed on TODAY, with these steps for whoever it was agreed with."""
    least = {"summary": "Quiet after eleven", "agreed_on": TODAY}
    plan = keep(ActionPlan(**filled(given, **least), case_id=case.id, person_id=person.id if person else None))
    for place, words in enumerate(steps or ("Keep a diary",), 1):
        keep(ActionPlanStep(plan_id=plan.id, number=place, text=words))
    return plan


def make_pause(case: Case, **given: Any) -> ResponsePause:
    return keep(ResponsePause(**filled(given, began_at=NOW, reason="No answer"), case_id=case.id))


def make_absence(user: User, cover: User, **given: Any) -> Absence:
    return keep(Absence(**filled(given, from_on=TODAY, to_on=TODAY), user_id=user.id, cover_id=cover.id))


def make_risk(case: Case, person: Person | None = None, **given: Any) -> RiskAssessment:
    """An assessment of nobody named, of standard risk, by the matrix that ships."""
    least = {"points": 0, "scored_level": RiskLevel.STANDARD, "level": RiskLevel.STANDARD, "assessed_at": NOW}
    texts = {"template_version": 1, "answers": '{"0":[4]}', "signs": "[]", "working": "Together 0 points: standard."}
    return keep(
        RiskAssessment(**filled(given, **least, **texts), case_id=case.id, person_id=person.id if person else None)
    )


def make_case_review(*, case: Case | None = None, **given: Any) -> CaseReview:
    days = {name: given.get(name) for name in ("threshold", "outcome_sent_on", "withdrawn_on")}
    status = status_by_days(held_on=given.get("review_held_on"), **days)
    if given.get("threshold") is None and status is not ReviewStatus.WITHDRAWN:
        status = ReviewStatus.RECEIVED  # what no act could have made: rows for counting alone
    if status is ReviewStatus.NOT_MET_NOTIFIED:
        given.setdefault("decision_notified_on", given["outcome_sent_on"])
    least = {"reference": f"ACR-2026-{number():04d}", "applied_on": TODAY, "status": status}
    return keep(CaseReview(**filled(given, **least), case_id=case.id if case else None))


def make_import(state: ImportState = ImportState.COMPLETE, **given: Any) -> Import:
    least = {
        "kind": "register",
        "file_name": "register.csv",
        "file_sha256": f"{number():064x}",
        "options": "{}",
        "started_at": NOW,
        "completed_at": NOW if state is ImportState.COMPLETE else None,
    }
    return keep(Import(**filled(given, **least), state=state))
