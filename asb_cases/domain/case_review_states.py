"""Where an application for an ASB case review stands, and the moves between: a table, as for a case (domain/workflow.py).

What the table alone makes sure of: nobody comes to an outcome without a decision that the threshold is met, without having
been told so, and without a review (2014 Act, s.104(1), (6) and (8)).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.permissions import Permission
from asb_cases.domain.workflow import Table, Transition, from_each


class ReviewStatus(StrEnum):
    """The state of an application. Told of the decision is two states, since what may follow differs."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INFO_GATHERING = "info_gathering"
    THRESHOLD_MET = "threshold_met"
    THRESHOLD_NOT_MET = "threshold_not_met"
    MET_NOTIFIED = "met_notified"
    NOT_MET_NOTIFIED = "not_met_notified"
    MEETING_ARRANGED = "meeting_arranged"
    REVIEW_HELD = "review_held"
    OUTCOME_ISSUED = "outcome_issued"
    ACTIONS_MONITORING = "actions_monitoring"
    CLOSED = "closed"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


S, P = ReviewStatus, Permission

STATUS_TITLES: Mapping[ReviewStatus, str] = {
    S.RECEIVED: "Received",
    S.ACKNOWLEDGED: "Acknowledged",
    S.INFO_GATHERING: "Asking the bodies",
    S.THRESHOLD_MET: "Threshold met, applicant to be told",
    S.THRESHOLD_NOT_MET: "Threshold not met, applicant to be told",
    S.MET_NOTIFIED: "Threshold met",
    S.NOT_MET_NOTIFIED: "Threshold not met",
    S.MEETING_ARRANGED: "Review arranged",
    S.REVIEW_HELD: "Review held, outcome to be sent",
    S.OUTCOME_ISSUED: "Outcome sent",
    S.ACTIONS_MONITORING: "Following up actions",
    S.CLOSED: "Closed",
    S.ESCALATED: "Escalated",
    S.WITHDRAWN: "Withdrawn",
}
#: What is done next, in the words of the queue; nothing where it is over.
NEXT_STEPS: Mapping[ReviewStatus, str] = {
    S.RECEIVED: "Acknowledge it, and pass it to the relevant bodies",
    S.ACKNOWLEDGED: "Pass it to the relevant bodies",
    S.INFO_GATHERING: "Gather the bodies’ views and decide",
    S.THRESHOLD_MET: "Tell the applicant that it is met",
    S.THRESHOLD_NOT_MET: "Tell the applicant why it is not met",
    S.MET_NOTIFIED: "Arrange the review",
    S.MEETING_ARRANGED: "Hold the review",
    S.REVIEW_HELD: "Send the outcome",
    S.OUTCOME_ISSUED: "Follow up the actions, or close",
    S.ACTIONS_MONITORING: "See the actions done, then close",
    S.ESCALATED: "Await what the escalation body decides",
}

#: Before the bodies have decided.
UNDECIDED = (S.RECEIVED, S.ACKNOWLEDGED, S.INFO_GATHERING)
#: Before the outcome is told: until then it may be withdrawn.
BEFORE_OUTCOME = (
    *UNDECIDED, S.THRESHOLD_MET, S.THRESHOLD_NOT_MET, S.MET_NOTIFIED, S.MEETING_ARRANGED, S.REVIEW_HELD,
)  # fmt: skip
#: Once told, the applicant may take it further.
ESCALATABLE = (S.NOT_MET_NOTIFIED, S.OUTCOME_ISSUED, S.ACTIONS_MONITORING, S.CLOSED)
#: Nothing is waited for any more.
OVER = (S.NOT_MET_NOTIFIED, S.CLOSED, S.WITHDRAWN)

REVIEW_TRANSITIONS: Table = (
    Transition(None, S.RECEIVED, "receive", P.WORK_CASE_REVIEWS),
    Transition(S.RECEIVED, S.ACKNOWLEDGED, "acknowledge", P.WORK_CASE_REVIEWS),
    Transition(S.INFO_GATHERING, S.INFO_GATHERING, "acknowledge", P.WORK_CASE_REVIEWS),
    *from_each(UNDECIDED, S.INFO_GATHERING, "pass_on", P.WORK_CASE_REVIEWS, "case_review_steps.check_passed_on"),
    *from_each(UNDECIDED, S.THRESHOLD_MET, "decide_met", P.DECIDE_CASE_REVIEWS, "case_review_steps.check_decision"),
    *from_each(UNDECIDED, S.THRESHOLD_NOT_MET, "decide_not_met", P.DECIDE_CASE_REVIEWS, "case_review_steps.check_decision"),
    Transition(S.THRESHOLD_MET, S.MET_NOTIFIED, "notify", P.WORK_CASE_REVIEWS, "case_review_steps.check_notified"),
    Transition(S.THRESHOLD_NOT_MET, S.NOT_MET_NOTIFIED, "notify", P.WORK_CASE_REVIEWS, "case_review_steps.check_notified"),
    *from_each(
        (S.MET_NOTIFIED, S.MEETING_ARRANGED), S.MEETING_ARRANGED, "arrange", P.WORK_CASE_REVIEWS,
        "case_review_meeting.check_arranged",
    ),
    *from_each(
        (S.MET_NOTIFIED, S.MEETING_ARRANGED), S.REVIEW_HELD, "hold", P.WORK_CASE_REVIEWS, "case_review_steps.check_held"
    ),
    Transition(S.REVIEW_HELD, S.OUTCOME_ISSUED, "send_outcome", P.WORK_CASE_REVIEWS, "case_review_steps.check_outcome_sent"),
    Transition(S.OUTCOME_ISSUED, S.ACTIONS_MONITORING, "monitor", P.WORK_CASE_REVIEWS),
    *from_each(
        (S.OUTCOME_ISSUED, S.ACTIONS_MONITORING), S.CLOSED, "close", P.WORK_CASE_REVIEWS, "case_review_meeting.check_closed"
    ),
    *from_each(ESCALATABLE, S.ESCALATED, "escalate", P.WORK_CASE_REVIEWS, "case_review_steps.check_escalated"),
    Transition(S.ESCALATED, S.INFO_GATHERING, "decide_again", P.WORK_CASE_REVIEWS),
    Transition(S.ESCALATED, S.MET_NOTIFIED, "review_again", P.WORK_CASE_REVIEWS),
    Transition(S.ESCALATED, S.NOT_MET_NOTIFIED, "decision_stands", P.WORK_CASE_REVIEWS),
    Transition(S.ESCALATED, S.OUTCOME_ISSUED, "outcome_stands", P.WORK_CASE_REVIEWS),
    *from_each(BEFORE_OUTCOME, S.WITHDRAWN, "withdraw", P.WORK_CASE_REVIEWS, "case_review_steps.check_withdrawal"),
)  # fmt: skip


def decide_move(decision: ThresholdDecision) -> str:
    """The move that a decision is."""
    return "decide_met" if decision is ThresholdDecision.MET else "decide_not_met"


def status_by_days(
    *,
    threshold: ThresholdDecision | None,
    held_on: date | None,
    outcome_sent_on: date | None,
    withdrawn_on: date | None,
) -> ReviewStatus:
    """Where an application stands of which an older register gives no more than its days."""
    if withdrawn_on:
        return S.WITHDRAWN
    if threshold is None and held_on is None:
        return S.RECEIVED
    if threshold is ThresholdDecision.NOT_MET and held_on is None:
        return S.NOT_MET_NOTIFIED if outcome_sent_on else S.THRESHOLD_NOT_MET
    if held_on is None:
        return S.THRESHOLD_MET
    return S.CLOSED if outcome_sent_on else S.REVIEW_HELD
