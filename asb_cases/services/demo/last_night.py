"""What the jobs of the night before recorded: what time alone has brought to an end."""

from asb_cases.domain.permissions import JOB
from asb_cases.queries.over_by_now import HEEDED, WAITING, cases_without_notice, notices_over, warnings_over
from asb_cases.services.case_closing import record_notice_over
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.endings import end_notice, lapse, let_life_end


def last_night(scene: Scene) -> Story:
    """Let lapse and end what has, so that the first morning does not begin with years of reminders."""
    now = yield at(scene.ago(1), "23:30")
    today = scene.ago(1)
    for warning in warnings_over(today, WAITING):
        lapse(actor=JOB, now=now, intervention_id=warning)
    for warning in warnings_over(today, HEEDED):
        let_life_end(actor=JOB, now=now, intervention_id=warning)
    for notice in notices_over(today):
        end_notice(actor=JOB, now=now, intervention_id=notice)
    for case in cases_without_notice(today):
        record_notice_over(actor=JOB, now=now, case_id=case)
