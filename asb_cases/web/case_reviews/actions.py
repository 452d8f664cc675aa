"""What can be done with an application from its page: a line for each step that leads on from where it stands."""

from typing import Any

from asb_cases.domain.case_review_states import BEFORE_OUTCOME, ESCALATABLE, UNDECIDED, ReviewStatus
from asb_cases.domain.permissions import Actor
from asb_cases.queries.case_review_work import TheWork
from asb_cases.services.case_review_meetings import AFTER_HELD
from asb_cases.web.action_links import ActionGroup, ActionLine, open_to

S = ReviewStatus
NEXT, COUNT, REVIEW, END = "Next", "The count", "The review", "Otherwise"


def actions_of(review: Any, work: TheWork, actor: Actor, *, acknowledged: bool) -> list[ActionGroup]:
    """The steps open to the reader. Nothing, where it is entered in error or came with an old register."""
    if review.entered_in_error_on:
        return []
    status, work_to_do = review.status, work.to_pass_on
    undecided, held = status in UNDECIDED, status in AFTER_HELD
    untold = status in (S.THRESHOLD_MET, S.THRESHOLD_NOT_MET)
    lines = [
        ActionLine(NEXT, "Record that it was acknowledged", "review_steps.acknowledge", not acknowledged and undecided),
        ActionLine(NEXT, "Pass it to the relevant bodies", "review_steps.pass_to_bodies", bool(work_to_do) and undecided),
        ActionLine(NEXT, "Decide whether the threshold is met", "review_steps.decide", undecided),
        ActionLine(NEXT, "Record that the applicant was told the decision", "review_steps.notify", untold),
        ActionLine(NEXT, "Arrange the review", "review_steps.arrange", status in (S.MET_NOTIFIED, S.MEETING_ARRANGED)),
        ActionLine(NEXT, "Record that the review was held", "review_steps.hold", status in (S.MET_NOTIFIED, S.MEETING_ARRANGED)),
        ActionLine(NEXT, "Record that the outcome was sent", "review_steps.outcome", status is S.REVIEW_HELD),
        ActionLine(NEXT, "Record what was decided of it", "review_steps.escalation_decided", status is S.ESCALATED),
        ActionLine(NEXT, "Close the case review", "review_steps.close", status in (S.OUTCOME_ISSUED, S.ACTIONS_MONITORING)),
        ActionLine(COUNT, "Link to a case and to complaints", "review_applying.link", undecided),
        ActionLine(COUNT, "Enter a complaint made to another body", "review_applying.complaint_elsewhere", undecided),
        ActionLine(REVIEW, "Record a recommendation", "review_steps.new_recommendation", held),
        ActionLine(REVIEW, "Plan an action", "review_steps.new_action", held),
        ActionLine(REVIEW, "Record what the victim says of it", "review_steps.plan_talked_over", held and bool(work.actions)),
        ActionLine(REVIEW, "Chronology for the panel", "review_papers.chronology"),
        ActionLine(END, "Record that it is taken further", "review_steps.take_further", status in ESCALATABLE),
        ActionLine(END, "Record that it was withdrawn", "review_steps.withdraw", status in BEFORE_OUTCOME),
        ActionLine(END, "Mark as entered in error", "review_steps.in_error"),
    ]  # fmt: skip
    return open_to(actor, lines, reference=review.reference)
