"""The out-of-hours service of one winter and spring: 94 requests, by the shift they reached, and their triage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from asb_cases.domain.calendar import days_between
from asb_cases.domain.complaints import Channel, OutOfHoursResponse
from asb_cases.services.cases import Description
from asb_cases.services.complaints import acknowledge_complaint, log_complaint
from asb_cases.services.demo.cases import closing
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.told import Complainant, Told
from asb_cases.services.triage import find_not_asb, join_complaint, open_case_from_complaint

FIRST_SHIFT, LAST_SHIFT = date(2015, 11, 1), date(2016, 5, 31)
#: How many requests there were about each kind.
REQUESTS = {"noise_party": 50, "noise_music": 23, "noise_other": 14, "noise_alarm": 7}

SAID = {
    "noise_party": "A party with shouting in the garden, it goes right through the wall.",
    "noise_music": "Loud music for two hours, the bass above all.",
    "noise_other": "Hammering and a saw in the yard at this hour.",
    "noise_alarm": "An alarm has been ringing since the evening and nobody comes.",
}
#: Moments of a shift, by the clock; those from midnight on belong to the day before.
EVENING, AFTER_MIDNIGHT = ("20:40", "21:15", "22:05", "22:50", "23:35"), ("00:20", "01:10", "02:45", "03:30")
ONE_DAY, ARRIVAL, WRITTEN_UP = timedelta(days=1), timedelta(minutes=38), timedelta(minutes=55)
#: Of the requests about parties and music, so many come from places that are heard of again and again.
HAUNTS, VISITS_EACH = 9, 3


@dataclass
class Haunt:
    """A place, and the case about it once there is one."""

    address: str
    ward_id: int
    case_id: int | None = None


def winter_and_spring(scene: Scene) -> Iterator[Story]:
    """A story for each request, and for two just outside the period, which belong to other shifts."""
    kinds = [kind for kind, count in REQUESTS.items() for _ in range(count)]
    scene.chance.shuffle(kinds)
    nights = _nights(scene.chance, len(kinds))
    haunts = [haunt for haunt in (_haunt(scene) for _ in range(HAUNTS)) for _ in range(VISITS_EACH)]
    for shift, kind in zip(nights, kinds, strict=True):
        again = haunts and kind in ("noise_party", "noise_music") and scene.chance.random() < 0.4
        yield _request(scene, haunts.pop(0) if again else _haunt(scene), shift, kind, again=bool(again))
    yield _request(scene, _haunt(scene), FIRST_SHIFT - ONE_DAY, "noise_party", clock="01:15")
    yield _request(scene, _haunt(scene), LAST_SHIFT + ONE_DAY, "noise_music", clock="22:05")


def _nights(chance: Random, count: int) -> list[date]:
    """Shifts, most of them on Friday and Saturday; the first and the last of the period are among them."""
    nights = list(days_between(FIRST_SHIFT, LAST_SHIFT))
    weights = [4 if night.weekday() in (4, 5) else 1 for night in nights]
    return sorted([FIRST_SHIFT, LAST_SHIFT, *chance.choices(nights, weights, k=count - 2)])


def _haunt(scene: Scene) -> Haunt:
    ward = scene.town.ward()
    return Haunt(scene.town.address(ward), scene.town.ward_ids[ward])


def _request(
    scene: Scene, haunt: Haunt, shift: date, kind: str, *, again: bool = False, clock: str | None = None
) -> Story:
    """Somebody rings in the night; a visit or a call; and the officers look at it when the office opens."""
    clock = clock or scene.chance.choice(EVENING if scene.chance.random() < 0.6 else AFTER_MIDNIGHT)
    night = shift + ONE_DAY if clock < "12:00" else shift
    visited = scene.chance.random() < 0.7
    made = at(night, clock)
    now = yield made + WRITTEN_UP
    complaint_id = log_complaint(
        actor=scene.staff[scene.chance.choice(("duty", "night"))],
        now=now,
        told=Told(
            description=SAID[kind],
            channel=Channel.OUT_OF_HOURS,
            made=made,
            place=haunt.address,
            ward_id=haunt.ward_id,
            categories=(kind,),
            response=OutOfHoursResponse.VISIT if visited else OutOfHoursResponse.CONTACT,
            arrived_at=made + ARRIVAL if visited else None,
        ),
        complainant=Complainant(details=scene.crowd.neighbour(), address=scene.town.address(scene.town.ward())),
    )
    now = yield at(scene.office_day(shift + ONE_DAY), "12:20")
    acknowledge_complaint(actor=scene.staff["streets"], now=now, complaint_id=complaint_id, at=made + ARRIVAL)
    if again:
        yield from _belongs_together(scene, haunt, complaint_id, kind, now)
    else:
        find_not_asb(
            actor=scene.staff["streets"],
            now=now,
            complaint_id=complaint_id,
            reason="One evening only, and it ended when the officers spoke to them. To ring again if it comes back.",
        )


def _belongs_together(scene: Scene, haunt: Haunt, complaint_id: int, kind: str, now: datetime) -> Story:
    """A place that is heard of again gets a case, closed when it has been quiet for three months."""
    officer = scene.staff["streets"]
    if haunt.case_id is not None:
        join_complaint(actor=officer, now=now, complaint_id=complaint_id, case_id=haunt.case_id)
        return
    haunt.case_id = open_case_from_complaint(
        actor=officer,
        now=now,
        complaint_id=complaint_id,
        description=Description(
            title=f"Noise at night at {haunt.address.split(',')[0]}",
            categories=(kind,),
            address=haunt.address,
            ward_id=haunt.ward_id,
        ),
        priority=3,
        owner_id=officer.user_id,
    )
    yield from closing(
        scene, haunt.case_id, LAST_SHIFT + timedelta(days=90), outcome="resolved", reason="Quiet for three months."
    )
