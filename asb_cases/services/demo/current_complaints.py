"""Complaints of the past days that wait for triage, or were found to be somebody else's or no anti-social behaviour."""

from collections.abc import Iterator
from datetime import timedelta

from asb_cases.domain.complaints import Channel, OutOfHoursResponse
from asb_cases.services.complaints import acknowledge_complaint, log_complaint, mark_complaint_entered_in_error
from asb_cases.services.demo.behaviour import BEGGING, DOGS, GARDEN, MUSIC, NOT_ASB, NOT_FOR_US, PARTIES, Behaviour
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.staff import POLICE
from asb_cases.services.demo.stories import Story, Telling
from asb_cases.services.out_of_hours import add_what_happened
from asb_cases.services.told import Complainant, Told
from asb_cases.services.triage import find_not_asb, refer_complaint

#: What came in by which way, and how many days ago.
WAITING = (
    (Channel.PHONE, MUSIC, 1),
    (Channel.EMAIL, GARDEN, 1),
    (Channel.WEB, BEGGING, 2),
    (Channel.IN_PERSON, DOGS, 3),
    (Channel.APP, PARTIES, 4),
    (Channel.PARTNER, BEGGING, 6),
    (Channel.LETTER, GARDEN, 7),
)


def current_complaints(scene: Scene) -> Iterator[Story]:
    """A story for each complaint."""
    yield from (_waits(scene, channel, kind, days) for channel, kind, days in WAITING)
    yield from (_last_night(scene, number) for number in range(3))
    yield from (_elsewhere(scene, *each, number) for number, each in enumerate(NOT_FOR_US))
    yield from (_no_asb(scene, said, why, number) for number, (said, why) in enumerate(NOT_ASB.items()))
    yield _logged_twice(scene)


def _logged(scene: Scene, days_ago: int, channel: Channel, said: str, kind: Behaviour | None = None) -> Telling:
    """Somebody tells us. Ends with the complaint's id."""
    ward = scene.town.ward()
    now = yield at(scene.ago(days_ago), "13:45")
    anonymous = channel is Channel.WEB
    home = scene.town.address(ward)
    return log_complaint(
        actor=scene.staff["officer"],
        now=now,
        told=Told(
            description=said,
            channel=channel,
            made=now,
            occurred_on=now.date() - timedelta(days=1),
            place=scene.town.address(ward),
            ward_id=scene.town.ward_ids[ward],
            categories=(kind.category,) if kind else (),
            received_by_body=POLICE if channel is Channel.PARTNER else None,
            anonymous=anonymous,
        ),
        complainant=None if anonymous else Complainant(details=scene.crowd.neighbour(), address=home),
    )


def _waits(scene: Scene, channel: Channel, kind: Behaviour, days_ago: int) -> Story:
    yield from _logged(scene, days_ago, channel, scene.chance.choice(kind.complaints), kind)


def _last_night(scene: Scene, number: int) -> Story:
    """The shift of the last nights: nobody has looked at these yet. One was seen to before it was written up, of one it
    was added later how it ended."""
    ward = scene.town.ward()
    made = at(scene.ago(1 + number), ("22:15", "23:40", "01:05")[number])
    now = yield made + timedelta(minutes=50)
    complaint = log_complaint(
        actor=scene.staff["duty"],
        now=now,
        told=Told(
            description="Party with shouting in the garden.",
            channel=Channel.OUT_OF_HOURS,
            made=made,
            place=scene.town.address(ward),
            ward_id=scene.town.ward_ids[ward],
            categories=("noise_party",),
            response=(OutOfHoursResponse.VISIT, OutOfHoursResponse.CONTACT, OutOfHoursResponse.NONE)[number],
            arrived_at=made + timedelta(minutes=25) if number == 0 else None,
            outcome="It ended when the officers came." if number == 0 else None,
        ),
        complainant=Complainant(details=scene.crowd.neighbour(), address=scene.town.address(ward)),
    )
    if number == 1:
        later = yield made + timedelta(minutes=95)
        add_what_happened(
            actor=scene.staff["duty"],
            now=later,
            complaint_id=complaint,
            text="Rung again: it had not stopped, so we went. Music off, the host spoken to.",
            response=OutOfHoursResponse.VISIT,
            arrived_at=made + timedelta(minutes=80),
        )


def _elsewhere(scene: Scene, said: str, whose: str, why: str, number: int) -> Story:
    complaint = yield from _logged(scene, 12 + number, Channel.EMAIL, said)
    now = yield at(scene.ago(11 + number), "10:15")
    acknowledge_complaint(actor=scene.staff["officer"], now=now, complaint_id=complaint)
    refer_complaint(actor=scene.staff["officer"], now=now, complaint_id=complaint, to=whose, reason=why)


def _no_asb(scene: Scene, said: str, why: str, number: int) -> Story:
    complaint = yield from _logged(scene, 18 + number, Channel.PHONE, said)
    now = yield at(scene.ago(17 + number), "10:15")
    acknowledge_complaint(actor=scene.staff["officer"], now=now, complaint_id=complaint)
    find_not_asb(actor=scene.staff["officer"], now=now, complaint_id=complaint, reason=why)


def _logged_twice(scene: Scene) -> Story:
    complaint = yield from _logged(scene, 8, Channel.PHONE, MUSIC.complaints[0], MUSIC)
    now = yield at(scene.ago(7), "09:30")
    reason = "Logged twice: the same call as the one before."
    mark_complaint_entered_in_error(actor=scene.staff["manager"], now=now, complaint_id=complaint, reason=reason)
