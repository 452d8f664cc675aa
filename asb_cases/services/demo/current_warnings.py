"""Warnings of the past months, one in each status, and to each kind of recipient."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.services.demo.behaviour import BEGGING, DRINKING, GARDEN, GRAFFITI, MUSIC, PARTIES, REPAIRS, Behaviour
from asb_cases.services.demo.cases import Plot, begins, closing, joins
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.demo.warnings import (
    CAUTIONS,
    drafts_warning,
    gives,
    goes_on,
    heeds,
    lapses,
    signs,
    warns,
    withdraws,
)
from asb_cases.services.interventions import authorise
from asb_cases.services.people import Details

#: A case begins so long before its warning, so that its first days are over whatever holidays there are.
AHEAD = 14


def current_warnings(scene: Scene) -> Iterator[Story]:
    """A story for each status and each kind of recipient."""
    yield _drafted(scene)
    yield _authorised(scene)
    yield _waiting_to_be_given(scene)
    yield _given(scene, GARDEN, scene.ago(GARDEN.days - 1))  # to be heeded by tomorrow
    yield _given(scene, MUSIC, scene.ago(30))  # should have been assessed
    yield _given(scene, REPAIRS, scene.ago(4), ServiceMethod.EMAIL)
    yield _heeded(scene)
    yield _not_heeded(scene)
    yield _lapsed(scene)
    yield _withdrawn(scene)
    yield _to_a_landlord(scene)
    yield _to_a_company(scene)
    yield _to_somebody_young(scene)
    yield _to_somebody_without_birth_date(scene)


def plot(day: date, behaviour: Behaviour, officer: str = "officer", **given: object) -> Plot:
    """A case whose first steps are over by `day`."""
    return replace(Plot(day - timedelta(days=AHEAD), behaviour, officer), **given)  # type: ignore[arg-type]


def _drafted(scene: Scene) -> Story:
    day = scene.ago(2)
    matter = yield from begins(scene, plot(day, PARTIES))
    yield from drafts_warning(matter, day)


def _authorised(scene: Scene) -> Story:
    day = scene.ago(2)
    matter = yield from begins(scene, plot(day, GARDEN, "streets"))
    (warning,) = yield from drafts_warning(matter, day)
    now = yield at(scene.ago(1), "09:55")
    authorise(actor=matter.officer, now=now, intervention_id=warning, cautions_reason=CAUTIONS)


def _waiting_to_be_given(scene: Scene) -> Story:
    day = scene.ago(1)
    matter = yield from begins(scene, plot(day, MUSIC))
    ids = yield from drafts_warning(matter, day)
    yield from signs(matter, ids, at(day, "11:00"))


def _given(scene: Scene, behaviour: Behaviour, day: date, method: ServiceMethod = ServiceMethod.HAND) -> Story:
    matter = yield from begins(scene, plot(day, behaviour, "streets" if behaviour is REPAIRS else "officer"))
    yield from warns(scene, matter, day, method=method)


def _heeded(scene: Scene) -> Story:
    day = scene.ago(75)
    matter = yield from begins(scene, plot(day, DRINKING, "streets"))
    (warning,) = yield from warns(scene, matter, day)
    yield from heeds(scene, matter, warning, day + timedelta(days=20))
    yield from closing(scene, matter.case_id, scene.ago(30), outcome="resolved", reason="The warning was heeded.")


def _not_heeded(scene: Scene) -> Story:
    """Not heeded a fortnight ago: whether a notice follows is to be decided."""
    day = scene.ago(28)
    matter = yield from begins(scene, plot(day, MUSIC))
    (warning,) = yield from warns(scene, matter, day)
    yield from goes_on(scene, matter, warning, day)


def _lapsed(scene: Scene) -> Story:
    day = scene.ago(240)
    matter = yield from begins(scene, plot(day, BEGGING, "streets"))
    (warning,) = yield from warns(scene, matter, day)
    yield from lapses(scene, matter, warning, day)


def _withdrawn(scene: Scene) -> Story:
    day = scene.ago(60)
    matter = yield from begins(scene, plot(day, MUSIC))
    (warning,) = yield from warns(scene, matter, day)
    yield from withdraws(scene, warning, day + timedelta(days=9), "The noise came from the flat above.")


def _to_a_landlord(scene: Scene) -> Story:
    """The owner of a house answers for what goes on there, and it is said why (s.44)."""
    day = scene.ago(16)
    matter = yield from begins(scene, plot(day, GARDEN))
    now = yield at(day, "09:00")
    landlord = joins(matter, now, scene.crowd.body(), Part.OWNER_LANDLORD)
    says = {"subject_basis": "Lets the house room by room, keeps the garden itself and empties the bins."}
    ids = yield from drafts_warning(matter, day, subject_ids=[landlord], says=says)
    yield from signs(matter, ids, at(day, "10:30"))
    yield from gives(scene, matter, ids, day, ServiceMethod.POST)


def _to_a_company(scene: Scene) -> Story:
    day = scene.ago(12)
    matter = yield from begins(scene, plot(day, REPAIRS, subjects=(scene.crowd.body(),)))
    yield from warns(scene, matter, day, method=ServiceMethod.LEFT)


def _to_somebody_young(scene: Scene) -> Story:
    """Seventeen: the parent and the youth justice worker are part of the case."""
    day = scene.ago(10)
    matter = yield from begins(scene, plot(day, GRAFFITI, "streets", subjects=(scene.crowd.young(day, 17),)))
    now = yield at(day, "09:10")
    joins(matter, now, scene.crowd.neighbour(), Part.PARENT_GUARDIAN, matter.place)
    joins(matter, now, scene.crowd.neighbour(), Part.PROFESSIONAL)
    yield from warns(scene, matter, day)


def _to_somebody_without_birth_date(scene: Scene) -> Story:
    day = scene.ago(9)
    unknown = scene.crowd.of_unknown_age("Holds a driving licence and gave 1979 as the year of birth.")
    matter = yield from begins(scene, plot(day, DRINKING, "streets", subjects=(unknown,)))
    yield from warns(scene, matter, day)


def occupier_of(place: str) -> Details:
    """Whoever lives there, as long as nobody knows who (s.45)."""
    return Details(name=f"The occupier of {place}", kind=PersonKind.OCCUPIER)
