"""A case with everything that a case can have, and many more around it: for tests of the pages that show records."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert, text

from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part
from asb_cases.domain.requirements import RequirementKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.case import Case, CaseCategory, Participant
from asb_cases.models.casework import Note, NoteKind
from asb_cases.models.data_import import OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.service import Service
from asb_cases.models.user import Team, User
from asb_cases.services import search_index
from tests import factories as make

SUBJECT, COMPLAINANT = "Óisín O’Farrell", "Wilhelmina Quennell"
PLACE = "14 Marsh Wharf Lane, Oxford OX4 9ZZ"
WORDS = "Bass audible in the bedroom until three in the morning"


@dataclass(frozen=True)
class FullCase:
    """Where the records of the full case are found."""

    case_id: int
    case: str
    complaint: str
    subject_id: int
    complainant_id: int
    warning: str
    notice: str
    penalty: str
    prosecution: str
    case_review: str
    team_id: int


def make_full_case(team: Team, owner: User, today: date) -> FullCase:
    """One case of the team with a record of each kind."""
    ward, address = make.make_ward(), make.make_address(PLACE)
    case = make.make_case(
        team=team, owner=owner, categories=("noise_music", "rowdy"), title="Loud music from a top-floor flat",
        summary="Parties most weekends.", priority=2, address_id=address.id, ward_id=ward.id,
        opened_on=today - timedelta(days=90),
    )  # fmt: skip
    subject = make.make_person(SUBJECT, address=address, born_on=date(1990, 2, 28))
    complainant = make.make_person(COMPLAINANT, email="wq@example.org", phone="01632 960123")
    make.make_participant(case, subject)
    make.make_participant(case, complainant, Part.COMPLAINANT)
    complaint = make.make_complaint(
        case=case, complainant=complainant, description=WORDS, made_on=today - timedelta(days=91), channel=Channel.EMAIL,
        address_id=address.id,
    )  # fmt: skip
    make.make_contact(case, person_id=complainant.id, author_id=owner.id)
    note = make.make_note(case, text="Bass heard from the street at 23:40", author_id=owner.id)
    make.make_note(case, kind=NoteKind.RECORD, text="Landlord informed", author_id=owner.id)
    make.make_task(case, owner_id=owner.id, due_on=today + timedelta(days=2), created_on=today)
    warning = make.make_intervention(
        "CPW", case=case, subject=subject, issuer=owner, issued_on=today - timedelta(days=60), status="escalated",
        conduct="Amplified music at night.", detrimental_effect="Neighbours cannot sleep.",
    )  # fmt: skip
    notice = make.make_intervention(
        "CPN", case=case, subject=subject, issuer=owner, follows=warning, issued_on=today - timedelta(days=20),
        status="appealed", ends_on=today + timedelta(days=345), conduct="Amplified music at night.",
    )  # fmt: skip
    make.make_requirement(notice, RequirementKind.STOP)
    make.make_requirement(
        notice, RequirementKind.DO, number=2, text="Remove the speakers", comply_by=today + timedelta(days=5)
    )
    make.keep(InterventionEvidence(intervention_id=notice.id, limb="detrimental_effect", complaint_id=complaint.id))
    make.keep(
        InterventionEvidence(intervention_id=notice.id, limb="unreasonable", note_id=note.id, description="At night")
    )
    make.keep(Consultee(intervention_id=notice.id, name="The landlord", told_on=today - timedelta(days=25)))
    make.keep(Service(
        intervention_id=notice.id, power="CPN", method=ServiceMethod.HAND, given_on=today - timedelta(days=20),
        server_id=owner.id, address=PLACE,
    ))  # fmt: skip
    make_appeal(notice, today - timedelta(days=10))
    breach = make.make_breach(notice, from_on=today - timedelta(days=15), account="Music again")
    penalty = make.make_intervention(
        "FPN", case=case, subject=subject, issuer=owner, follows=notice, breach_id=breach.id,
        issued_on=today - timedelta(days=12), status="unpaid",
    )  # fmt: skip
    prosecution = make.make_intervention(
        "PROSECUTION", case=case, subject=subject, issuer=owner, follows=notice, breach_id=breach.id, issued_on=None,
        status="legal_review",
    )  # fmt: skip
    review = make.make_case_review(case=case, applicant_id=complainant.id, applied_on=today - timedelta(days=5))
    make_deadline(case, today, intervention_id=notice.id)
    make_deadline(case, today, rule="case_review_decide", case_review_id=review.id, last_day=today - timedelta(days=1))
    make.keep(
        OtherReference(entity_kind="case", entity_id=case.id, reference="OX/77 b", reference_key=fold_key("OX/77 b"))
    )
    search_index.index("case", case.id, case.id, case.title, case.summary, PLACE)
    search_index.index("person", subject.id, None, subject.name, PLACE)
    search_index.index("person", complainant.id, None, complainant.name, complainant.email, complainant.phone)
    search_index.index("complaint", complaint.id, case.id, WORDS)
    search_index.index("intervention", notice.id, case.id, notice.conduct)
    search_index.index("note", note.id, case.id, note.text)
    db.session.commit()
    return FullCase(
        case.id, case.reference, complaint.reference, subject.id, complainant.id, warning.reference, notice.reference,
        penalty.reference, prosecution.reference, review.reference, team.id,
    )  # fmt: skip


def make_appeal(notice: Intervention, lodged_on: date) -> None:
    """An appeal in progress."""
    from tests.factories.outcomes import make_appeal as appeal

    appeal(notice, lodged_on=lodged_on, court="Oxford Magistrates’ Court", grounds="no_detrimental_effect")


def make_deadline(case: Case, today: date, **given: object) -> Deadline:
    """A clock that runs."""
    least: dict[str, object] = {
        "rule": "cpn_appeal", "starts_on": today - timedelta(days=20), "last_day": today + timedelta(days=1),
        "working": "21 days beginning with the day of issue.", "state": DeadlineState.RUNNING,
    }  # fmt: skip
    return make.keep(Deadline(**{**least, **given}, case_id=case.id))


def make_many_cases(team: Team, count: int, today: date) -> None:
    """Cases of the team, each with a subject, a category and words to be found by, opened on different days."""
    person = make.make_person("Bulk Person")
    start = (db.session.query(db.func.max(Case.id)).scalar() or 0) + 1
    ids = range(start, start + count)
    rows = [
        {"id": each, "reference": f"ASB-2025-{each:06d}", "status": CaseStatus.OPEN, "title": f"Bulk case {each}",
         "opened_on": today - timedelta(days=each % 700), "team_id": team.id, "priority": each % 3 + 1,
         "restricted": False, "version": 1}
        for each in ids
    ]  # fmt: skip
    category = make.category("noise_party").id
    db.session.execute(insert(Case), rows)
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT setval('cases_id_seq', (SELECT max(id) FROM cases))"))
    db.session.execute(
        insert(Participant), [{"case_id": each, "person_id": person.id, "part": Part.SUBJECT} for each in ids]
    )
    db.session.execute(insert(CaseCategory), [{"case_id": each, "category_id": category} for each in ids])
    db.session.execute(
        insert(SearchEntry),
        [{"entity_kind": "case", "entity_id": each, "case_id": each, "words": f"bulk case {each}"} for each in ids],
    )
    db.session.commit()


def add_many_notes(case_id: int, count: int) -> None:
    """Notes on one case, one a minute."""
    rows = [
        {
            "case_id": case_id,
            "kind": NoteKind.INTERNAL,
            "text": f"Note {each}",
            "written_at": make.NOW + timedelta(minutes=each),
        }
        for each in range(count)
    ]
    db.session.execute(insert(Note), rows)
    db.session.commit()
