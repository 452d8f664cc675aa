"""Cases of the past weeks beside enforcement: new, restricted, shared, full of people, with tasks, notes and contacts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from asb_cases.domain.complaints import Channel
from asb_cases.domain.people import Part
from asb_cases.models.casework import Direction, NoteKind
from asb_cases.services.case_access import end_share, restrict_case, share_case
from asb_cases.services.case_closing import reopen_case
from asb_cases.services.cases import Description, allocate, change_priority, mark_case_entered_in_error, open_case
from asb_cases.services.casework import add_contact, add_note, add_task, correct_note, finish_task
from asb_cases.services.demo.behaviour import BEGGING, DOGS, GARDEN, GRAFFITI, MUSIC, PARTIES, REPAIRS, ROWDY
from asb_cases.services.demo.cases import Matter, Plot, begins, closing, complains_again, joins
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.staff import LANDLORD, POLICE, STREETS
from asb_cases.services.demo.stories import Story
from asb_cases.services.people import add_address

ONE_DAY = timedelta(days=1)
CUCKOOING = replace(
    ROWDY,
    category="cuckooing",
    title="Strangers in the flat at {place}",
    complaints=("People I do not know go in and out of her flat all night, and she no longer answers the door.",),
)
THREATS = replace(
    ROWDY,
    category="harassment",
    title="Threats at {place}",
    complaints=("He said that he knows where my children go to school.", "A note through the door with a threat."),
)
DRUGS = replace(
    ROWDY,
    category="drugs",
    title="Drug use in the stairwell of {place}",
    complaints=("Needles on the second landing again.", "People asleep on the stairs with foil around them."),
)


def current_cases(scene: Scene) -> Iterator[Story]:
    """A story for each situation."""
    yield from (_new(scene, days, priority) for days, priority in ((0, 1), (1, 2), (2, 3), (9, 2)))
    yield _waiting_for_a_response(scene)
    yield _restricted(scene)
    yield _shared(scene)
    yield _full_of_people(scene)
    yield _busy(scene)
    yield _allocated(scene)
    yield _closed(scene)
    yield _reopened(scene)
    yield _entered_in_error(scene)


def _new(scene: Scene, days_ago: int, priority: int) -> Story:
    """Opened without an owner: waiting for a manager to give it to somebody."""
    kind = {0: THREATS, 1: MUSIC, 2: GRAFFITI, 9: BEGGING}[days_ago]
    ward = scene.town.ward()
    place = scene.town.address(ward)
    now = yield at(scene.ago(days_ago), "00:05" if days_ago == 0 else "16:35")
    open_case(
        actor=scene.staff["officer"],
        now=now,
        description=Description(
            title=kind.title.format(place=place.split(",")[0]),
            summary=kind.complaints[0],
            categories=(kind.category,),
            address=place,
            ward_id=scene.town.ward_ids[ward],
        ),
        priority=priority,
    )


def _waiting_for_a_response(scene: Scene) -> Story:
    """The first response is overdue."""
    yield from begins(scene, Plot(scene.ago(16), DOGS, priority=3, complaints=1, responds=False))


def _restricted(scene: Scene) -> Story:
    """Only those named may read it."""
    matter = yield from begins(scene, Plot(scene.ago(30), THREATS, priority=1))
    now = yield at(scene.ago(20), "10:00")
    joins(matter, now, scene.crowd.neighbour(), Part.VICTIM)
    readers = [scene.staff.id_of("officer"), scene.staff.id_of("manager")]
    reason = "The subject has a relative in the council."
    restrict_case(actor=scene.staff["manager"], now=now, case_id=matter.case_id, reader_ids=readers, reason=reason)


def _shared(scene: Scene) -> Story:
    """Shared with the police and with the other team; the sharing with a landlord has ended."""
    matter = yield from begins(scene, Plot(scene.ago(45), CUCKOOING, priority=1))
    now = yield at(scene.ago(30), "10:00")
    officer = matter.officer
    old = share_case(
        actor=officer, now=now, case_id=matter.case_id, partner_body_id=scene.staff.bodies[LANDLORD],
        reason="The landlord changes the lock.",
    )  # fmt: skip
    share_case(
        actor=officer, now=now, case_id=matter.case_id, partner_body_id=scene.staff.bodies[POLICE],
        reason="Joint visits to a person at risk.", to_on=scene.today + timedelta(days=60),
    )  # fmt: skip
    share_case(
        actor=officer, now=now, case_id=matter.case_id, team_id=scene.staff.teams[STREETS],
        reason="The street team passes by each evening.",
    )  # fmt: skip
    now = yield at(scene.ago(25), "15:00")
    text = "Visited with a colleague at 2.30 pm: she was alone and well. Next visit on Friday."
    add_note(actor=scene.staff["partner"], now=now, case_id=matter.case_id, text=text)
    now = yield at(scene.ago(12), "15:30")
    end_share(actor=officer, now=now, share_id=old)


def _full_of_people(scene: Scene) -> Story:
    """Every part that somebody can play in a case."""
    matter = yield from begins(scene, Plot(scene.ago(60), DRUGS, priority=1, complaints=3))
    now = yield at(scene.ago(50), "10:00")
    joins(matter, now, scene.crowd.neighbour(), Part.VICTIM, scene.town.address(scene.town.ward()))
    joins(matter, now, scene.crowd.neighbour(), Part.WITNESS)
    joins(matter, now, scene.crowd.body(), Part.OWNER_LANDLORD)
    joins(matter, now, scene.crowd.neighbour(), Part.OCCUPIER, matter.place)
    joins(matter, now, scene.crowd.neighbour(), Part.PARENT_GUARDIAN)
    worker = joins(matter, now, scene.crowd.neighbour(), Part.PROFESSIONAL)
    now = yield at(scene.ago(41), "11:00")
    add_contact(
        actor=matter.officer, now=now, case_id=matter.case_id, channel=Channel.EMAIL, direction=Direction.OUT,
        told="Asked the support worker for a joint visit.", person_id=worker,
    )  # fmt: skip
    now = yield at(scene.ago(40), "09:10")
    add_contact(
        actor=matter.officer, now=now, case_id=matter.case_id, channel=Channel.EMAIL, direction=Direction.IN,
        told="Can do Thursday at ten.", person_id=worker,
    )  # fmt: skip
    now = yield at(scene.ago(33), "09:10")
    previous = scene.town.address(scene.town.ward())
    gone = scene.ago(400)
    add_address(actor=matter.officer, now=now, person_id=matter.subject_id, address=previous, from_on=None, to_on=gone)


def _busy(scene: Scene) -> Story:
    """Many complaints, notes (one of them corrected), and tasks: done, overdue, due tomorrow and later."""
    matter = yield from begins(scene, Plot(scene.ago(80), PARTIES, complaints=4))
    for days in (66, 52, 45, 38, 24, 17, 10, 3):
        now = yield at(scene.ago(days), "08:50")
        complains_again(scene, matter, now)
    now = yield at(scene.ago(2), "09:40")
    text = "Spoke to the tenant at the door: says it was a birthday. Second party this mouth."
    note = add_note(actor=matter.officer, now=now, case_id=matter.case_id, text=text, kind=NoteKind.RECORD)
    now = yield at(scene.ago(2), "09:44")
    right = text.replace("mouth", "month")
    correct_note(actor=matter.officer, now=now, note_id=note, text=right, reason="A slip of the keyboard.")
    yield from _tasks(scene, matter)


def _tasks(scene: Scene, matter: Matter) -> Story:
    now = yield at(scene.ago(2), "10:00")
    done = add_task(
        actor=matter.officer,
        now=now,
        case_id=matter.case_id,
        title="Ring back about the diary sheets",
        due_on=scene.ago(1),
    )
    add_task(actor=matter.officer, now=now, case_id=matter.case_id, title="Ask for the bodycam", due_on=scene.ago(1))
    for title, days in (("Visit next door", 1), ("Meeting with the landlord", 6), ("Look again at the risk", 14)):
        due_on = scene.today + timedelta(days=days)
        add_task(actor=matter.officer, now=now, case_id=matter.case_id, title=title, due_on=due_on)
    now = yield at(scene.ago(1), "11:00")
    finish_task(actor=matter.officer, now=now, task_id=done, outcome="Sheets received, fourteen entries.")


def _allocated(scene: Scene) -> Story:
    """Given to the other team, and more urgent than it seemed."""
    matter = yield from begins(scene, Plot(scene.ago(22), REPAIRS, priority=3))
    now = yield at(scene.ago(12), "10:00")
    manager = scene.staff["manager"]
    reason = "A child was nearly hit by a car on a jack."
    change_priority(actor=manager, now=now, case_id=matter.case_id, priority=2, reason=reason)
    streets = scene.staff.teams[STREETS]
    allocate(actor=manager, now=now, case_id=matter.case_id, team_id=streets, owner_id=scene.staff.id_of("streets"))


def _closed(scene: Scene) -> Story:
    matter = yield from begins(scene, Plot(scene.ago(100), GARDEN, "streets"))
    reason = "Cleared after one conversation."
    yield from closing(scene, matter.case_id, scene.ago(55), outcome="resolved", reason=reason)


def _reopened(scene: Scene) -> Story:
    matter = yield from begins(scene, Plot(scene.ago(140), DOGS))
    yield from closing(scene, matter.case_id, scene.ago(90), outcome="resolved", reason="Quiet for six weeks.")
    now = yield at(scene.ago(8), "10:00")
    reason = "The barking is back since the weekend; two new diary sheets."
    reopen_case(actor=scene.staff["manager"], now=now, case_id=matter.case_id, reason=reason)


def _entered_in_error(scene: Scene) -> Story:
    """Opened twice by mistake."""
    now = yield at(scene.ago(26), "12:00")
    twice = Description(title="Loud music (opened twice)", categories=("noise_music",))
    case_id = open_case(actor=scene.staff["officer"], now=now, description=twice, priority=3)
    now = yield at(scene.ago(25), "09:00")
    reason = "The same report had been opened by a colleague."
    mark_case_entered_in_error(actor=scene.staff["manager"], now=now, case_id=case_id, reason=reason)
