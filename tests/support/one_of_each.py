"""One row of every table: what migrations carry down and up again, and what impossible rows are made from."""

from datetime import UTC, date, datetime
from decimal import Decimal

from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.action_plans import StepState
from asb_cases.domain.annual_report import BlockKind
from asb_cases.domain.case_connections import LinkKind
from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, ApplicationChannel
from asb_cases.domain.case_review_states import ReviewStatus
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel, TriageState
from asb_cases.domain.contact_preferences import ContactWay, NeedKind
from asb_cases.domain.files import FileMark
from asb_cases.domain.history import CHAIN_START, HistoryOperation
from asb_cases.domain.incidents import IncidentSource
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Role, Via
from asb_cases.domain.public_pages import Door
from asb_cases.domain.requirements import RequirementKind
from asb_cases.domain.risk import RiskLevel
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, db
from asb_cases.models.absence import Absence
from asb_cases.models.account_link import AccountLink
from asb_cases.models.action_plan import ActionPlan, ActionPlanReview, ActionPlanStep
from asb_cases.models.alleged_breach import AllegedBreach, BreachRequirement
from asb_cases.models.annual_report import (
    AnnualReport,
    AnnualReportAppendix,
    AnnualReportBlock,
    AnnualReportComment,
    AnnualReportCoverLine,
    AnnualReportEdition,
    AnnualReportOutput,
    AnnualReportSection,
)
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseCategory, CaseReader, CaseShare, Participant
from asb_cases.models.case_connection import CaseLink, CaseMerge, CaseMergeRow
from asb_cases.models.case_review import CaseReview, CaseReviewComplaint
from asb_cases.models.casework import Attachment, AttachmentLink, ContactEntry, Direction, Note, NoteKind, Task
from asb_cases.models.clockwork import JobRun, Lease
from asb_cases.models.complaint import Complaint, ComplaintCategory, ComplaintSubject, ComplaintUpdate
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.data_import import Import, ImportRow, ImportState, OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.email import Email
from asb_cases.models.file_description import FileDescription, FileMarked
from asb_cases.models.frozen_document import FrozenDocument
from asb_cases.models.history import Consultation, HistoryEntry, SentForm
from asb_cases.models.incident import Incident, IncidentComplaint
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence, ScreeningAnswer
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.partner_series import PartnerSeries, PartnerValue, SeriesQualifier
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.person_contact import ContactPreference, PersonNeed
from asb_cases.models.person_merge import PersonMerge, PersonMergeRow
from asb_cases.models.place import Address, Ward
from asb_cases.models.policy import BankHolidayChange, PolicyValue, RecordCoverage, ReferenceCounter
from asb_cases.models.procedure_review import ProcedureReview
from asb_cases.models.public_draft import PublicDraft, PublicKnock
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.models.reminder import Reminder, ReminderChoice, ReminderPlan
from asb_cases.models.requirement import Requirement
from asb_cases.models.response_pause import ResponsePause
from asb_cases.models.risk import RiskAssessment, RiskTemplateVersion
from asb_cases.models.saved_filter import SavedFilter
from asb_cases.models.search_entry import SearchEntry
from asb_cases.models.service import Service
from asb_cases.models.user import Authorisation, Team, User
from asb_cases.models.user_session import SignInAttempt, UserSession
from asb_cases.models.wording import WordingVersion
from tests.support.one_of_each_after import after_a_notice
from tests.support.one_of_each_review import of_a_case_review

DAY = date(2016, 2, 29)
MOMENT = datetime(2016, 2, 29, 23, 30, tzinfo=UTC)


def one_of_each() -> list[Base]:
    """Rows in an order that satisfies every reference. Categories and the end of the history chain are there already."""
    return [*people_who_work(), *the_case(), *enforcement(), *after_a_notice(DAY), *the_rest()]


def fill() -> None:
    """Write the rows, each by itself: references back to the same table would confuse the unit of work's own order."""
    for row in one_of_each():
        db.session.add(row)
        db.session.flush()
    db.session.commit()
    db.session.close()


def people_who_work() -> list[Base]:
    return [
        Team(id=1, name="Safer Streets", name_key="safer streets"),
        PartnerBody(id=1, name="Police", name_key="police", kind=PartnerBodyKind.POLICE),
        User(id=1, email="o@example.org", email_key="o@example.org", name="O", role=Role.OFFICER, team_id=1, created_at=MOMENT),
        User(id=2, email="p@example.org", email_key="p@example.org", name="P", role=Role.OFFICER, team_id=1, created_at=MOMENT),
        Absence(id=1, user_id=1, cover_id=2, from_on=DAY, to_on=DAY),
        Authorisation(id=1, user_id=1, power="CPN", from_on=DAY, delegation_reference="D1"),
        SavedFilter(id=1, user_id=1, list_code="cases", name="Mine", name_key="mine", query="officer=1", saved_at=MOMENT),
        UserSession(id=1, token_hash="0" * 64, user_id=1, started_at=MOMENT, last_seen_at=MOMENT),
        SignInAttempt(id=1, at=MOMENT, account_hash="a", address_hash="b", succeeded=True),
        Import(
            id=1, kind="register", file_name="r.csv", file_sha256="0" * 64, options="{}", state=ImportState.WRITING,
            started_at=MOMENT,
        ),
        ImportRow(import_id=1, line=2, fingerprint="0" * 64, entity_kind="intervention", entity_id=1),
    ]  # fmt: skip


def the_case() -> list[Base]:
    return [
        Ward(id=1, name="Carfax", name_key="carfax"),
        Address(id=1, text="1 High Street", text_key="1 high street", ward_id=1),
        Person(id=1, kind=PersonKind.INDIVIDUAL, name="Ann Example", name_key="ann example", identity_key="k", born_on=DAY),
        PersonAddress(id=1, person_id=1, address_id=1, from_on=DAY),
        Person(id=2, kind=PersonKind.INDIVIDUAL, name="A Example", name_key="a example", identity_key="k2"),
        ContactPreference(
            id=1, person_id=1, preferred=ContactWay.EMAIL, language="Polish", interpreter=True, not_by="phone", from_on=DAY
        ),
        PersonNeed(id=1, person_id=1, kind=NeedKind.ADJUSTMENT, text="Large print", from_on=DAY, recorded_by_id=1),
        PersonMerge(id=1, kept_id=1, merged_id=2, merged_at=MOMENT, merged_by_id=1, reason="One person"),
        PersonMergeRow(
            id=1, merge_id=1, table_name="complaints", column_name="complainant_id", row_key="{}", before="2", after="1",
        ),
        ContactWarning(
            id=1, person_id=1, reason="Shouted at staff", precautions="Visit in pairs", set_by_id=1, set_on=DAY,
            review_on=date(2016, 8, 29),
        ),
        Case(id=1, reference="ASB-2016-000001", status=CaseStatus.OPEN, title="Noise", opened_on=DAY, team_id=1),
        CaseCategory(case_id=1, category_id=2),
        CaseReader(case_id=1, user_id=1),
        CaseShare(id=1, case_id=1, partner_body_id=1, from_on=DAY),
        Participant(id=1, case_id=1, person_id=1, part=Part.SUBJECT),
        Complaint(
            id=1, reference="CMP-2016-000001", made_on=DAY, channel=Channel.OUT_OF_HOURS, shift_on=DAY,
            triage=TriageState.JOINED, case_id=1,
        ),
        ComplaintSubject(complaint_id=1, person_id=1),
        ComplaintCategory(complaint_id=1, category_id=2),
        ComplaintUpdate(id=1, complaint_id=1, written_at=MOMENT, text="Nobody there", response="visit", arrived_at=MOMENT),
        ContactEntry(id=1, case_id=1, at=MOMENT, channel=Channel.PHONE, direction=Direction.OUT, told="What happens next"),
        Note(id=1, case_id=1, kind=NoteKind.RECORD, text="Visited", written_at=MOMENT),
        Task(id=1, case_id=1, title="Ring back", created_on=DAY, due_on=DAY),
        Incident(
            id=1, case_id=1, happened_on=DAY, happened_at=MOMENT, seen="Music", source=IncidentSource.DIARY, evidence=True,
            recorded_at=MOMENT,
        ),
        IncidentComplaint(incident_id=1, complaint_id=1),
        ActionPlan(id=1, case_id=1, person_id=1, summary="Music off at ten", agreed_on=DAY, agreed_by_id=1, review_on=DAY),
        ActionPlanStep(id=1, plan_id=1, number=1, text="Keep a diary", due_on=DAY, state=StepState.OPEN),
        ActionPlanReview(id=1, plan_id=1, reviewed_on=DAY, reviewed_by_id=1, finding="Quieter"),
        ResponsePause(id=1, case_id=1, began_at=MOMENT, reason="No answer at the number given", began_by_id=1),
        Attachment(id=1, sha256="a" * 64, size_bytes=1, media_type="text/plain", name="a.txt", received_at=MOMENT),
        AttachmentLink(id=1, attachment_id=1, case_id=1, entity_kind="case", entity_id=1),
        FileDescription(attachment_id=1, description="The garden", taken_on=DAY, taken_at=MOMENT, taken_by="A neighbour"),
        FileMarked(attachment_id=1, mark=FileMark.EVIDENCE),
        WordingVersion(
            id=1, code="notice_end", version=1, text="Ask us.", reason="Asked for", written_at=MOMENT, written_by_id=1
        ),
        FrozenDocument(
            id=1, kind="closing", title="Your report to us", number="ASB-2016-000001", case_id=1, recipient_id=1,
            template="closure_letter", template_version="0" * 12, data="{}", sha256="b" * 64, size_bytes=1,
            media_type="application/pdf", made_with="A test", made_at=MOMENT, made_by_id=1,
        ),
        Case(
            id=2, reference="ASB-2016-000002", status=CaseStatus.CLOSED, title="Noise too", opened_on=DAY, closed_on=DAY,
            closure_reason="Merged", merged_into_id=1,
        ),
        CaseLink(id=1, lower_id=1, higher_id=2, kind=LinkKind.SAME_PLACE, reason="Next door", linked_on=DAY),
        CaseMerge(id=1, kept_id=1, merged_id=2, merged_at=MOMENT, reason="One noise", before="{}"),
        CaseMergeRow(merge_id=1, table_name="notes", row_id=1),
        RiskTemplateVersion(version=2, from_on=DAY, content="{}", because="Asked for", entered_at=MOMENT),
        RiskAssessment(
            id=1, case_id=1, person_id=1, template_version=2, answers="{}", signs="[]", points=3,
            scored_level=RiskLevel.STANDARD, level=RiskLevel.HIGH, level_reason="Threats", working="w", assessed_at=MOMENT,
        ),
    ]  # fmt: skip


def enforcement() -> list[Base]:
    common = {"case_id": 1, "subject_id": 1, "issued_on": DAY, "issuer_id": 1}
    return [
        Intervention(id=1, reference="CPW-2016-0001", power="CPW", status="escalated", **common),
        InterventionEvidence(id=1, intervention_id=1, limb="unreasonable", note_id=1),
        Intervention(id=2, reference="CPN-2016-0001", power="CPN", status="in_force", follows_id=1, **common),
        Consultee(id=1, intervention_id=2, name="The landlord", told_on=DAY),
        ScreeningAnswer(id=1, intervention_id=2, item="housing", raised=True, note="Temporary accommodation"),
        Requirement(id=1, intervention_id=2, power="CPN", number=1, kind=RequirementKind.STOP, text="No amplified music"),
        Service(id=1, intervention_id=2, power="CPN", method=ServiceMethod.HAND, given_on=DAY),
        Appeal(id=1, intervention_id=2, lodged_on=DAY),
        AllegedBreach(
            id=1, intervention_id=2, from_on=DAY, recorded_on=DAY, status="decided", decision="fpn", decision_reason="r",
            decided_on=DAY,
        ),
        BreachRequirement(breach_id=1, requirement_id=1),
        Intervention(
            id=3, reference="FPN-2016-0001", power="FPN", status="paid", follows_id=2, breach_id=1, offence="cpn_breach",
            amount_pence=10000, **common,
        ),
        Payment(id=1, intervention_id=3, paid_on=DAY, amount_pence=10000),
        Intervention(
            id=4, reference="PRO-2016-0001", power="PROSECUTION", status="convicted", follows_id=2, breach_id=1,
            offence="cpn_breach", **common,
        ),
        CourtOutcome(id=1, intervention_id=4, result="convicted", decided_on=DAY),
    ]  # fmt: skip


def the_rest() -> list[Base]:
    return [
        CaseReview(
            id=1, reference="ACR-2016-0001", status=ReviewStatus.THRESHOLD_MET, applied_on=DAY,
            threshold=ThresholdDecision.MET, decided_on=DAY,
            channel=ApplicationChannel.WEB, applicant_role=ApplicantRole.FRIEND, on_behalf_of="n", words="w",
        ),
        ProcedureReview(id=1, year_first_on=DAY, reviewed_on=DAY, findings="f", recorded_at=MOMENT),
        PublicDraft(id=1, token_hash="h", touched_at=MOMENT, answers="{}", case_review_id=1),
        PublicKnock(id=1, at=MOMENT, door=Door.SEND, address_hash="h"),
        CaseReviewPublication(
            id=1, first_on=DAY, last_on=DAY, number=1, applications=8, threshold_not_met=4, reviews_held=4,
            with_recommendations=0, text="t", notes="n", sha256="0" * 64, published_at=MOMENT,
        ),
        CaseReviewComplaint(id=1, case_review_id=1, body="Police", made_on=DAY),
        *of_a_case_review(DAY),
        # Numbers that no sequence comes to here: a migration starts clocks of its own.
        Deadline(
            id=101, rule="cpn_appeal", intervention_id=2, starts_on=DAY, last_day=DAY, working="w",
            state=DeadlineState.RUNNING,
        ),
        Deadline(
            id=102, rule="plan_review", case_id=1, action_plan_id=1, starts_on=DAY, last_day=DAY, working="w",
            state=DeadlineState.RUNNING,
        ),
        Deadline(
            id=103, rule="plan_step_of_theirs", case_id=1, action_plan_id=1, plan_step_id=1, starts_on=DAY, last_day=DAY,
            working="w", state=DeadlineState.RUNNING,
        ),
        AnnualReport(id=1, year=2015, started_at=MOMENT),
        AnnualReportCoverLine(report_id=1, code="to", label="To", text="Council"),
        AnnualReportSection(id=1, report_id=1, place=1, heading="h", changed_at=MOMENT),
        AnnualReportBlock(id=1, section_id=1, place=1, kind=BlockKind.FIGURE, figure="cpn_issued", as_sentence=True),
        AnnualReportComment(id=1, section_id=1, text="t", made_at=MOMENT, made_by_name="n"),
        AnnualReportAppendix(
            id=1, report_id=1, title="t", name="a.txt", media_type="text/plain", sha256="0" * 64, size_bytes=1, added_at=MOMENT,
        ),
        AnnualReportEdition(
            id=1, report_id=1, number=1, signed_at=MOMENT, signed_by_name="n", content="{}", sha256="0" * 64
        ),
        AnnualReportOutput(edition_id=1, format="html", media_type="text/html", sha256="0" * 64, size_bytes=1),
        PartnerSeries(id=1, code="police_recorded_crime", title="Recorded crime", unit="crimes"),
        PartnerValue(
            id=1, series_id=1, period_from=DAY, period_to=DAY, value=Decimal(100), qualifier=SeriesQualifier.ABOUT,
            source="s", entered_at=MOMENT,
        ),
        Reminder(
            id=1, effect_key="deadline 101 due 1", user_id=1, deadline_id=101, rule="cpn_appeal", stage="due", due_on=DAY,
            made_at=MOMENT,
        ),
        ReminderPlan(rule="cpn_appeal"),
        ReminderChoice(user_id=1),
        Lease(name="scheduler", holder="host:1", held_since=MOMENT),
        JobRun(id=1, job="tidy_up", asked_by="schedule", holder="host:1", started_at=MOMENT),
        Email(
            id=1, effect_key="reminder:1", kind="reminder", address="a@example.org", subject="s", text="t",
            message_id="<1@example.org>", queued_at=MOMENT, next_try_at=MOMENT,
        ),
        AccountLink(
            id=1, token_hash="h", user_id=1, purpose=LinkPurpose.INVITATION, made_at=MOMENT, expires_at=MOMENT
        ),
        PolicyValue(id=1, code="fpn_cap", from_on=DAY, value="1", source="s", entered_at=MOMENT),
        BankHolidayChange(day=DAY, title="Leap day", observed=True),
        RecordCoverage(figure="cpw_issued", complete_from=DAY, note="n"),
        ReferenceCounter(prefix="CPW", year=2016, last_number=1),
        OtherReference(id=1, entity_kind="case", entity_id=1, reference="OLD/1", reference_key="old 1"),
        SearchEntry(id=1, entity_kind="case", entity_id=1, case_id=1, words="noise carfax"),
        HistoryEntry(
            id=1, at=MOMENT, kind="case_opened", operation=HistoryOperation.COLLECTION, via=Via.CONSOLE, entity_kind="case",
            entity_id=1, case_id=1, details="{}", reason="because", reason_salt="s", previous_hash=CHAIN_START, hash="b" * 64,
        ),
        SentForm(form_key="k" * 16, history_id=1, sent_at=MOMENT),
        Consultation(
            id=1, at=MOMENT, user_id=1, via=Via.WEB, endpoint="cases.show", operation=HistoryOperation.CONSULTATION,
            case_id=1, shown="[]",
        ),
    ]  # fmt: skip
