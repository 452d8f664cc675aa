"""How cases begin and end: a complaint, a case about it, who plays which part, a first response; then closing."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asb_cases.domain.complaints import Channel
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.models.casework import Direction
from asb_cases.services.case_closing import close_case
from asb_cases.services.cases import Description
from asb_cases.services.casework import add_contact, add_note
from asb_cases.services.complaints import log_complaint
from asb_cases.services.demo.behaviour import Behaviour
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.participants import add_participant
from asb_cases.services.people import Details, add_person
from asb_cases.services.told import Complainant, Told
from asb_cases.services.triage import open_case_from_complaint

CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.WEB, Channel.IN_PERSON, Channel.APP)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Matter:
    """A case as its story goes on: what it is about and where, who works on it, who are its subjects."""

    case_id: int
    officer: Actor
    behaviour: Behaviour
    place: str
    ward_id: int
    subject_ids: tuple[int, ...]
    complainant_ids: tuple[int, ...]
    complaint_ids: tuple[int, ...]

    @property
    def subject_id(self) -> int:
        return self.subject_ids[0]


Beginning = Generator[datetime, datetime, Matter]


@dataclass(frozen=True)
class Plot:
    """What a case is to be: `on` the day of the first complaint, `complaints` how many people complain, `subjects` who
    it is about (one adult, where nobody is named), `officer` the key of the colleague whose it is."""

    on: date
    behaviour: Behaviour
    officer: str = "officer"
    priority: int | None = 2
    complaints: int = 2
    subjects: Sequence[Details] = ()
    ward: str | None = None
    responds: bool = True


def begins(scene: Scene, plot: Plot) -> Beginning:
    """The first days of a case, from the first complaint to the first response."""
    officer = scene.staff[plot.officer]
    day = scene.office_day(plot.on)
    ward = plot.ward or scene.town.ward()
    ward_id, place = scene.town.ward_ids[ward], scene.town.address(ward)

    now = yield at(day, scene.chance.choice(("09:12", "09:47", "10:20", "11:05")))
    told = [_told(scene, plot.behaviour, place, ward_id, at(day, "09:05"), number) for number in range(plot.complaints)]
    neighbours = [
        add_person(actor=officer, now=now, details=scene.crowd.neighbour(), address=scene.town.address(ward))
        for _ in told
    ]
    first = log_complaint(actor=officer, now=now, told=told[0], complainant=Complainant(person_id=neighbours[0]))
    case_id = open_case_from_complaint(
        actor=officer,
        now=now,
        complaint_id=first,
        description=Description(
            title=plot.behaviour.title.format(place=place.split(",")[0]),
            summary=told[0].description,
            categories=(plot.behaviour.category,),
            address=place,
            ward_id=ward_id,
        ),
        priority=plot.priority,
        owner_id=officer.user_id,
    )
    complaints = [first] + [
        log_complaint(actor=officer, now=now, told=each, complainant=Complainant(person_id=who), case_id=case_id)
        for each, who in zip(told[1:], neighbours[1:], strict=True)
    ]

    now = yield now + timedelta(minutes=35)
    subjects = [
        _join(officer, now, case_id, details, Part.SUBJECT, place)
        for details in plot.subjects or (scene.crowd.adult(day),)
    ]
    if plot.responds:
        now = yield at(scene.office_day(day + ONE_DAY), "11:30")
        add_contact(
            actor=officer,
            now=now,
            case_id=case_id,
            channel=Channel.PHONE,
            direction=Direction.OUT,
            told="Heard what happens and how often; explained what we can do, diary sheets sent, and when we ring next.",
        )
        add_note(actor=officer, now=now, case_id=case_id, text=f"Visited {place}. Spoke to the household next door.")
    return Matter(
        case_id=case_id,
        officer=officer,
        behaviour=plot.behaviour,
        place=place,
        ward_id=ward_id,
        subject_ids=tuple(subjects),
        complainant_ids=tuple(neighbours),
        complaint_ids=tuple(complaints),
    )


def closing(scene: Scene, case_id: int, on: date, *, outcome: str, reason: str, review_on: date | None = None) -> Story:
    """The manager closes the case, and the people who complained hear why."""
    now = yield at(scene.office_day(on), "15:40")
    close_case(
        actor=scene.staff["manager"],
        now=now,
        case_id=case_id,
        outcome=outcome,
        reason=reason,
        told="Told by letter why the case is closed, whom to ring if it starts again, and of the ASB case review.",
        review_on=review_on,
        cautions_reason="Looked through with the officer.",
    )


def joins(matter: Matter, now: datetime, details: Details, part: Part, address: str | None = None) -> int:
    """Somebody else comes to play a part in the case. Returns the person's id."""
    return _join(matter.officer, now, matter.case_id, details, part, address)


def complains_again(scene: Scene, matter: Matter, now: datetime) -> int:
    """The first complainant tells us of another day. Returns the complaint's id."""
    told = _told(scene, matter.behaviour, matter.place, matter.ward_id, now, scene.chance.randint(0, 9))
    complainant = Complainant(person_id=matter.complainant_ids[0])
    return log_complaint(actor=matter.officer, now=now, told=told, complainant=complainant, case_id=matter.case_id)


def _join(officer: Actor, now: datetime, case_id: int, details: Details, part: Part, address: str | None) -> int:
    person_id = add_person(actor=officer, now=now, details=details, address=address)
    add_participant(actor=officer, now=now, case_id=case_id, person_id=person_id, part=part)
    return person_id


def _told(scene: Scene, behaviour: Behaviour, place: str, ward_id: int, made: datetime, number: int) -> Told:
    return Told(
        description=behaviour.complaints[number % len(behaviour.complaints)],
        channel=scene.chance.choice(CHANNELS),
        made=made,
        occurred_on=made.date() - ONE_DAY * scene.chance.randint(0, 5),
        place=place,
        ward_id=ward_id,
        categories=(behaviour.category,),
    )
