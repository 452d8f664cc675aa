"""What the record says about itself: the kinds of history entry, and the chain that shows tampering.

The operations are the six of DPA 2018 s.62. Entries hold ids and codes; what somebody typed is covered by a salted
hash, so that it can be erased and the chain stays whole.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class HistoryOperation(StrEnum):
    """The operations that DPA 2018 s.62 wants logged."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"


@dataclass(frozen=True)
class Kind:
    """One kind of history entry: its code, the operation it is, and what people read."""

    code: str
    operation: HistoryOperation
    title: str


#: What the first entry links to.
CHAIN_START = "0" * 64

COLLECTED, ALTERED = HistoryOperation.COLLECTION, HistoryOperation.ALTERATION
CONSULTED, DISCLOSED = HistoryOperation.CONSULTATION, HistoryOperation.DISCLOSURE
COMBINED, ERASED = HistoryOperation.COMBINATION, HistoryOperation.ERASURE

_ROWS: tuple[tuple[str, HistoryOperation, str], ...] = (
    # complaints and cases
    ("complaint_logged", COLLECTED, "Complaint logged"),
    ("complaint_updated", COLLECTED, "What happened later about a complaint added"),
    ("complaint_triaged", ALTERED, "Complaint triaged"),
    ("complaint_joined", COMBINED, "Complaint joined to a case"),
    ("complaint_moved", ALTERED, "Complaint moved to another case"),
    ("complaint_put_back", ALTERED, "Complaint taken out of its case"),
    ("case_opened", COLLECTED, "Case opened"),
    ("case_started", ALTERED, "Work on the case started"),
    ("case_changed", ALTERED, "Case changed"),
    ("case_allocated", ALTERED, "Case allocated"),
    ("absence_recorded", COLLECTED, "Absence and cover recorded"),
    ("absence_ended", ALTERED, "Absence ended"),
    ("case_restricted", ALTERED, "Case restricted"),
    ("case_unrestricted", ALTERED, "Restriction of the case lifted"),
    ("case_shared", DISCLOSED, "Case shared"),
    ("case_share_ended", ALTERED, "Sharing of the case ended"),
    ("case_closed", ALTERED, "Case closed"),
    ("case_closed_notice_in_force", ALTERED, "Case closed, notice in force"),
    ("case_reopened", ALTERED, "Case reopened"),
    ("restricted_case_opened", CONSULTED, "Restricted case opened with a reason"),
    ("participant_added", COLLECTED, "Person or body added to the case"),
    ("participant_ended", ALTERED, "Part in the case ended"),
    ("person_recorded", COLLECTED, "Person or body recorded"),
    ("person_changed", ALTERED, "Details of a person or body changed"),
    ("person_identified", COMBINED, "Occupier or owner identified"),
    ("identification_undone", ALTERED, "Identification of an occupier or owner undone"),
    ("people_merged", COMBINED, "Two records of one person merged"),
    ("people_unmerged", ALTERED, "Merge of two people undone"),
    ("contact_preferences_changed", ALTERED, "Contact preferences changed"),
    ("need_recorded", COLLECTED, "Need recorded"),
    ("need_ended", ALTERED, "Need ended"),
    ("contact_warning_set", COLLECTED, "Contact warning set"),
    ("contact_warning_reviewed", ALTERED, "Contact warning reviewed and kept"),
    ("contact_warning_ended", ALTERED, "Contact warning ended"),
    ("note_added", COLLECTED, "Note added"),
    ("note_corrected", ALTERED, "Note corrected"),
    ("note_withheld", ALTERED, "Note withheld"),
    ("contact_recorded", COLLECTED, "Contact recorded"),
    ("task_added", COLLECTED, "Task added"),
    ("task_changed", ALTERED, "Task given to somebody else, or its day moved"),
    ("task_done", ALTERED, "Task done"),
    ("incident_recorded", COLLECTED, "Incident recorded"),
    ("incident_changed", ALTERED, "Incident changed"),
    ("plan_agreed", COLLECTED, "Action plan agreed"),
    ("plan_changed", ALTERED, "Action plan changed"),
    ("plan_step_added", COLLECTED, "Step added to the action plan"),
    ("plan_step_closed", ALTERED, "Step of the action plan done or dropped"),
    ("plan_reviewed", ALTERED, "Action plan reviewed"),
    ("plan_ended", ALTERED, "Action plan ended"),
    ("response_paused", ALTERED, "Response clock paused: waiting for the reporter"),
    ("response_resumed", ALTERED, "Response clock runs again"),
    ("attachment_added", COLLECTED, "File added"),
    ("attachment_described", ALTERED, "File described anew"),
    ("attachment_linked", COMBINED, "File attached to another record"),
    ("attachment_withheld", ALTERED, "File withheld"),
    ("attachment_released", ALTERED, "File no longer withheld"),
    ("cases_linked", COMBINED, "Cases linked"),
    ("case_link_ended", ALTERED, "Link of cases ended"),
    ("cases_merged", COMBINED, "Cases merged"),
    ("case_unmerged", ALTERED, "Merge of cases undone"),
    ("risk_assessed", COLLECTED, "Risk assessed"),
    ("risk_level_changed", ALTERED, "Level of risk changed"),
    ("risk_template_changed", ALTERED, "Risk assessment matrix changed"),
    ("entered_in_error", ALTERED, "Marked as entered in error"),
    # enforcement
    ("drafted", COLLECTED, "Drafted"),
    ("draft_changed", ALTERED, "Draft changed"),
    ("authorisation_asked", ALTERED, "Asked to be authorised"),
    ("changes_asked", ALTERED, "Changes to a draft asked for"),
    ("authorised", ALTERED, "Authorised"),
    ("sent_back", ALTERED, "Sent back to drafting"),
    ("issued", ALTERED, "Issued"),
    ("checked_afterwards", ALTERED, "Checked by a second person"),
    ("posting_recorded", COLLECTED, "Posting recorded"),
    ("service_recorded", COLLECTED, "Service recorded"),
    ("handed_over_at_once", ALTERED, "Authorised, signed and handed over at once"),
    ("post_returned", COLLECTED, "Post that came back recorded"),
    ("compliance_assessed", ALTERED, "Compliance assessed"),
    ("escalated", ALTERED, "Escalated"),
    ("varied", ALTERED, "Varied"),
    ("document_kept", COLLECTED, "Letter or certificate kept as it leaves"),
    ("wording_changed", ALTERED, "Words of documents changed"),
    ("withdrawn", ALTERED, "Withdrawn"),
    ("discharged", ALTERED, "Discharged"),
    ("lapsed", ALTERED, "Lapsed"),
    ("life_over", ALTERED, "Life over"),
    ("ended", ALTERED, "Ended"),
    ("appeal_lodged", COLLECTED, "Appeal lodged"),
    ("appeal_directed", ALTERED, "Direction of the court recorded"),
    ("appeal_determined", ALTERED, "Appeal determined"),
    ("breach_alleged", COLLECTED, "Breach alleged"),
    ("breach_decided", ALTERED, "Alleged breach decided"),
    ("measure_recorded", COLLECTED, "Work in default, or a seizure, recorded"),
    ("payment_recorded", COLLECTED, "Payment recorded"),
    ("penalty_unpaid", ALTERED, "Fixed penalty unpaid"),
    ("penalty_cancelled", ALTERED, "Fixed penalty cancelled"),
    ("penalty_written_off", ALTERED, "Fixed penalty written off"),
    ("prosecution_submitted", ALTERED, "Prosecution submitted to legal"),
    ("prosecution_abandoned", ALTERED, "Prosecution abandoned"),
    ("prosecution_laid", ALTERED, "Prosecution laid"),
    ("court_outcome_recorded", COLLECTED, "Court outcome recorded"),
    ("representation_recorded", COLLECTED, "Representation received"),
    ("representation_answered", ALTERED, "Representation answered"),
    ("hearing_listed", COLLECTED, "Hearing listed"),
    ("hearing_recorded", ALTERED, "What became of a hearing recorded"),
    ("tool_recorded", COLLECTED, "Another tool or power recorded"),
    ("tool_started", ALTERED, "Tool or power begun"),
    ("tool_not_made", ALTERED, "Tool or power not made"),
    ("tool_reviewed", ALTERED, "Tool or power reviewed"),
    ("tool_extended", ALTERED, "Tool or power extended"),
    ("tool_breach_noted", COLLECTED, "Noted that a tool or power was not kept to"),
    ("deadline_stopped", ALTERED, "Deadline stopped"),
    # case reviews, imports, figures
    ("case_review_received", COLLECTED, "Case review application received"),
    ("case_review_changed", ALTERED, "Case review changed"),
    ("case_review_decided", ALTERED, "Case review threshold decided"),
    ("case_review_held", ALTERED, "Case review held"),
    ("case_review_outcome_sent", DISCLOSED, "Case review outcome sent"),
    ("case_review_acknowledged", DISCLOSED, "Case review application acknowledged"),
    ("case_review_linked", COMBINED, "Case review linked to a case and complaints"),
    ("case_review_complaint_added", COLLECTED, "Complaint to another body entered for a case review"),
    ("case_review_complaint_changed", ALTERED, "Complaint of a case review described"),
    ("case_review_complaint_in_error", ALTERED, "Complaint of a case review marked as a mistake"),
    ("case_review_set_aside", ALTERED, "Setting a complaint aside proposed"),
    ("case_review_set_aside_confirmed", ALTERED, "Setting a complaint aside confirmed"),
    ("case_review_set_aside_ended", ALTERED, "Complaint counts again"),
    ("case_review_passed_on", DISCLOSED, "Case review passed to relevant bodies"),
    ("case_review_body_chased", DISCLOSED, "Relevant body reminded"),
    ("case_review_body_answered", COLLECTED, "Answer of a relevant body recorded"),
    ("case_review_notified", DISCLOSED, "Applicant told the threshold decision"),
    ("case_review_arranged", ALTERED, "Case review arranged"),
    ("case_review_recommended", COLLECTED, "Recommendation of a case review recorded"),
    ("case_review_recommendation_answered", COLLECTED, "Answer to a recommendation recorded"),
    ("case_review_action_planned", COLLECTED, "Action of a case review planned"),
    ("case_review_action_chased", ALTERED, "Action of a case review chased"),
    ("case_review_action_done", ALTERED, "Action of a case review done"),
    ("case_review_plan_talked_over", COLLECTED, "Victim asked about the action plan"),
    ("case_review_closed", ALTERED, "Case review closed"),
    ("case_review_escalated", ALTERED, "Case review escalated"),
    ("case_review_escalation_decided", COLLECTED, "Decision on an escalation recorded"),
    ("case_review_explained", DISCLOSED, "Case review explained to somebody who complained again"),
    ("case_review_withdrawn", ALTERED, "Case review application withdrawn"),
    ("case_review_figures_published", DISCLOSED, "Case review figures published"),
    ("case_review_figures_corrected", DISCLOSED, "Published case review figures corrected"),
    ("procedure_review_recorded", COLLECTED, "Review of the case review procedures recorded"),
    ("procedure_review_corrected", ALTERED, "Review of the case review procedures corrected"),
    ("imported", COLLECTED, "Register imported"),
    ("import_started", COLLECTED, "Import started"),
    ("import_abandoned", ALTERED, "Import abandoned"),
    ("partner_figures_recorded", COLLECTED, "Partner figures recorded"),
    ("partner_series_added", COLLECTED, "Series of partner figures added"),
    ("partner_series_changed", ALTERED, "Series of partner figures changed"),
    ("annual_report_started", COLLECTED, "Yearly report started"),
    ("annual_report_changed", ALTERED, "Yearly report changed"),
    ("annual_report_approved", ALTERED, "Section of a yearly report approved"),
    ("annual_report_signed", ALTERED, "Yearly report signed off"),
    ("annual_report_reopened", ALTERED, "Yearly report opened for a revision"),
    ("exported", DISCLOSED, "Records exported"),
    ("erased", ERASED, "Personal data erased"),
    ("email_sent_again", ALTERED, "E-mail sent again"),
    ("reminder_plan_set", ALTERED, "Plan of reminders set"),
    # signing in and administration
    ("signed_in", CONSULTED, "Signed in"),
    ("sign_in_refused", CONSULTED, "Sign-in refused"),
    ("signed_out", CONSULTED, "Signed out"),
    ("session_ended", ALTERED, "Signed-in session ended"),
    ("user_created", COLLECTED, "User created"),
    ("user_changed", ALTERED, "User changed"),
    ("role_changed", ALTERED, "Role changed"),
    ("user_deactivated", ALTERED, "User deactivated"),
    ("user_reactivated", ALTERED, "User reactivated"),
    ("password_changed", ALTERED, "Password changed"),
    ("calendar_feed_made", DISCLOSED, "Address of a calendar feed made"),
    ("calendar_feed_ended", ALTERED, "Calendar feed ended"),
    ("password_link_given", ALTERED, "One-time link to set a password given"),
    ("password_link_asked", ALTERED, "One-time link to set a password asked for"),
    ("address_change_asked", ALTERED, "Change of e-mail address asked for"),
    ("address_changed", ALTERED, "E-mail address changed"),
    ("team_created", COLLECTED, "Team created"),
    ("team_changed", ALTERED, "Team changed"),
    ("team_retired", ALTERED, "Team retired"),
    ("team_restored", ALTERED, "Team put in use again"),
    ("authorisation_given", COLLECTED, "Authorisation given"),
    ("authorisation_ended", ALTERED, "Authorisation ended"),
    ("policy_value_added", COLLECTED, "Policy value added"),
    ("bank_holiday_changed", ALTERED, "Bank holiday changed"),
    ("category_added", COLLECTED, "Category added"),
    ("category_changed", ALTERED, "Category changed"),
    ("category_retired", ALTERED, "Category retired"),
    ("category_restored", ALTERED, "Category put in use again"),
    ("ward_changed", ALTERED, "Ward changed"),
    ("ward_confirmed", ALTERED, "Ward of an import looked at"),
    ("ward_retired", ALTERED, "Ward retired"),
    ("ward_restored", ALTERED, "Ward put in use again"),
    ("ward_merged", COMBINED, "Two wards merged"),
    ("partner_body_changed", ALTERED, "Partner body changed"),
    ("partner_body_retired", ALTERED, "Partner body retired"),
    ("partner_body_restored", ALTERED, "Partner body put in use again"),
    ("record_coverage_changed", ALTERED, "Start of complete records changed"),
    ("filter_saved", COLLECTED, "Filter of a list saved"),
    ("filter_renamed", ALTERED, "Saved filter renamed"),
    ("filter_deleted", ALTERED, "Saved filter deleted"),
    ("demonstration_loaded", COLLECTED, "Demonstration loaded"),
)

#: Every kind of entry. It only grows: entries of old kinds stay readable.
KINDS: dict[str, Kind] = {code: Kind(code, operation, title) for code, operation, title in _ROWS}


def canonical_json(values: Mapping[str, object]) -> str:
    """One text for one content, whatever the order of the keys: what hashes are made of."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def chained_hash(previous: str, covered: Mapping[str, object]) -> str:
    """The hash of an entry: SHA-256 of the hash before it and the entry's canonical text, in hex."""
    return hashlib.sha256((previous + canonical_json(covered)).encode()).hexdigest()


def salted_hash(text: str, salt: str) -> str:
    """What the chain keeps of a typed text: says that it was not changed, gives nothing away once the salt is gone."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()
