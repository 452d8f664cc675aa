"""What officers keep on cases of the past weeks: incidents, what was agreed, a wait for the person who reported, a note
withheld, a task given away, and a colleague on leave."""

from collections.abc import Iterator
from datetime import timedelta

from asb_cases.domain.action_plans import StepState
from asb_cases.domain.complaints import Channel
from asb_cases.domain.incidents import IncidentSource
from asb_cases.models.casework import Direction, NoteKind
from asb_cases.queries.action_plans import plan_to_work_on
from asb_cases.services.absences import end_absence, record_absence
from asb_cases.services.action_plans import PlannedStep, agree_plan, close_plan_step, review_plan
from asb_cases.services.casework import add_contact, add_note, add_task, change_task, withhold_note
from asb_cases.services.demo.behaviour import MUSIC, PARTIES
from asb_cases.services.demo.cases import Matter, Plot, begins
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.incidents import Happened, record_incident
from asb_cases.services.response_clock import pause_response

ONE_DAY = timedelta(days=1)


def current_casework(scene: Scene) -> Iterator[Story]:
    """A story for each situation."""
    yield _agreed(scene)
    yield _waits_for_the_reporter(scene)
    yield _on_leave(scene)
    yield _was_on_leave(scene)


def _agreed(scene: Scene) -> Story:
    """Diary sheets and a night visit, and what was agreed with the neighbour because of them."""
    matter = yield from begins(scene, Plot(scene.ago(33), PARTIES))
    for days, began, source, note in (
        (26, "23:40", IncidentSource.DIARY, "Sheet 2"),
        (19, "23:10", IncidentSource.OFFICER, ""),
    ):
        now = yield at(scene.ago(days - 2), "09:30")
        start = at(scene.ago(days), began)
        happened = Happened(
            on=scene.ago(days),
            at=start,
            until_on=scene.ago(days - 1),
            until_at=start + timedelta(hours=2),
            seen="Amplified music and shouting, heard with the windows shut.",
            source=source,
            source_note=note or None,
            evidence=True,
            complaint_ids=matter.complaint_ids[:1],
        )
        record_incident(actor=matter.officer, now=now, case_id=matter.case_id, happened=happened)
    yield from _plan(scene, matter)
    now = yield at(scene.ago(3), "16:00")
    text = "The caretaker told me who has the key; asked not to be named."
    secret = add_note(actor=matter.officer, now=now, case_id=matter.case_id, text=text, kind=NoteKind.RECORD)
    now = yield at(scene.ago(2), "09:15")
    reason = "Would tell who helped us."
    withhold_note(actor=scene.staff["manager"], now=now, note_id=secret, reason=reason)


def _plan(scene: Scene, matter: Matter) -> Story:
    now = yield at(scene.ago(16), "10:30")
    steps = [
        PlannedStep("Keep the diary sheets for two more weeks", None, scene.ago(2)),
        PlannedStep("Visit on a Saturday night", matter.officer.user_id, scene.ago(6)),
        PlannedStep("Talk to the landlord about the tenancy", matter.officer.user_id, scene.today + 4 * ONE_DAY),
    ]
    plan = agree_plan(
        actor=matter.officer,
        now=now,
        case_id=matter.case_id,
        summary="No amplified music after eleven; the neighbour rings us the same night if there is.",
        steps=steps,
        agreed_on=scene.ago(16),
        person_id=matter.complainant_ids[0],
        review_on=scene.ago(7),
    )
    now = yield at(scene.ago(6), "09:00")
    close_plan_step(
        actor=matter.officer, now=now, step_id=steps_of(plan)[1], state=StepState.DONE, outcome="Quiet at 00:30."
    )
    now = yield at(scene.ago(6), "09:10")
    finding = "Quieter, but not quiet: the plan goes on."
    review_plan(actor=matter.officer, now=now, plan_id=plan, finding=finding, next_review_on=scene.today + 8 * ONE_DAY)
    now = yield at(scene.ago(5), "09:00")
    title, due = "Ring the landlord", scene.today + 2 * ONE_DAY
    task = add_task(actor=matter.officer, now=now, case_id=matter.case_id, title=title, due_on=due)
    now = yield at(scene.ago(4), "09:00")
    change_task(
        actor=matter.officer, now=now, task_id=task, owner_id=scene.staff.id_of("manager"), due_on=due + ONE_DAY,
        reason="The landlord asked for a manager.",
    )  # fmt: skip


def steps_of(plan_id: int) -> list[int]:
    """The ids of a plan's steps, in their order."""
    return [step.id for step in plan_to_work_on(plan_id).steps]


def _waits_for_the_reporter(scene: Scene) -> Story:
    """Nobody answers, so the clock of the first response stands still."""
    day = scene.office_day(scene.ago(1))
    matter = yield from begins(scene, Plot(day, MUSIC, complaints=1, responds=False))
    now = yield at(day, "14:05")
    add_contact(
        actor=matter.officer, now=now, case_id=matter.case_id, channel=Channel.PHONE, direction=Direction.OUT,
        told="Rang twice; no answer and no machine.", person_id=matter.complainant_ids[0], reached=False,
    )  # fmt: skip
    now = yield at(day, "14:10")
    reason = "No answer at ten past eleven and at two; a card was left with our number."
    pause_response(actor=matter.officer, now=now, case_id=matter.case_id, reason=reason)


def _on_leave(scene: Scene) -> Story:
    """The officer of the street team is away this week, and the other team's officer covers."""
    now = yield at(scene.ago(10), "08:30")
    away, cover = scene.staff.id_of("streets"), scene.staff.id_of("officer")
    record_absence(
        actor=scene.staff["streets"], now=now, user_id=away, cover_id=cover, from_on=scene.ago(1),
        to_on=scene.today + 6 * ONE_DAY,
    )  # fmt: skip


def _was_on_leave(scene: Scene) -> Story:
    """One who came back early."""
    now = yield at(scene.ago(40), "08:30")
    away, cover = scene.staff.id_of("officer"), scene.staff.id_of("deputy")
    absence = record_absence(
        actor=scene.staff["manager"], now=now, user_id=away, cover_id=cover, from_on=scene.ago(30), to_on=scene.ago(20)
    )
    now = yield at(scene.ago(24), "08:30")
    end_absence(actor=scene.staff["manager"], now=now, absence_id=absence)
