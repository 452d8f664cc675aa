"""Warnings in stories: drafted, signed and given, and what becomes of them."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from asb_cases.domain.powers.legal_test import SECTION_43_LIMBS
from asb_cases.domain.service import ServiceMethod, deemed_day
from asb_cases.services.demo.cases import Matter
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.draft_content import Content, Evidence
from asb_cases.services.drafting import draft_warning
from asb_cases.services.endings import lapse, withdraw
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.service_of_documents import Giving, record_service
from asb_cases.services.warning_outcomes import record_compliance, record_not_heeded

SCREENED = "Asked about health, language and caring duties: nothing that speaks against it. Article 8 weighed."
#: What is said where practice raises an eyebrow.
CAUTIONS = "Talked through with the manager; see the case notes."
MONTHS_OF_LIFE = timedelta(days=190)
ONE_DAY, MINUTES = timedelta(days=1), timedelta(minutes=25)

#: Fields of `Content` in other words than usual.
Says = Mapping[str, Any]
AS_USUAL: Says = MappingProxyType({})

Warned = Generator[datetime, datetime, tuple[int, ...]]


def content_of(matter: Matter, on: date) -> Content:
    """What a warning of a day says: the legal test answered and evidenced, and what is required."""
    behaviour = matter.behaviour
    return Content(
        conduct=behaviour.conduct.format(place=matter.place),
        detrimental_effect=behaviour.effect,
        persistent_or_continuing=behaviour.persistence,
        unreasonable=behaviour.why,
        evidence=[Evidence(limb.code, complaint_id=matter.complaint_ids[0]) for limb in SECTION_43_LIMBS],
        requirements=behaviour.asked(on),
        screening=SCREENED,
        screening_flags=False,
        comply_by=on + timedelta(days=behaviour.days),
    )


def drafts_warning(
    matter: Matter, on: date, *, subject_ids: Sequence[int] | None = None, clock: str = "09:40", says: Says = AS_USUAL
) -> Warned:
    """A draft to each subject; `says` replaces parts of what it says."""
    now = yield at(on, clock)
    ids = draft_warning(
        actor=matter.officer,
        now=now,
        case_id=matter.case_id,
        subject_ids=subject_ids or matter.subject_ids,
        content=replace(content_of(matter, on), **says),
    )
    return tuple(ids)


def signs(matter: Matter, ids: Sequence[int], moment: datetime) -> Story:
    """The officer authorises and signs warnings."""
    now = yield moment
    for warning_id in ids:
        authorise(actor=matter.officer, now=now, intervention_id=warning_id, cautions_reason=CAUTIONS)
    now = yield now + MINUTES
    for warning_id in ids:
        issue(actor=matter.officer, now=now, intervention_id=warning_id, cautions_reason=CAUTIONS)


def warns(
    scene: Scene,
    matter: Matter,
    on: date,
    *,
    method: ServiceMethod = ServiceMethod.HAND,
    subject_ids: Sequence[int] | None = None,
    says: Says = AS_USUAL,
) -> Warned:
    """A warning to each subject, given on the day (a posted one counts from the day it would arrive)."""
    ids = yield from drafts_warning(matter, on, subject_ids=subject_ids, says=says)
    yield from signs(matter, ids, at(on, "10:15"))
    yield from gives(scene, matter, ids, on, method)
    return ids


def gives(scene: Scene, matter: Matter, ids: Sequence[int], on: date, method: ServiceMethod) -> Story:
    """Documents reach their recipients: by hand, at the address, by post or (warnings) by e-mail."""
    if method is ServiceMethod.POST:
        giving = Giving(method, sent_on=on, address=matter.place, address_basis="Last known address")
        now = yield at(deemed_day(on, scene.holidays), "15:15")
    else:
        now = yield at(on, "14:10")
        at_address = method is not ServiceMethod.EMAIL
        address = matter.place if at_address else None
        giving = Giving(method, given_on=on, given_at=now, address=address, note="Read out and explained.")
    for each in ids:
        record_service(actor=matter.officer, now=now, intervention_id=each, giving=giving, cautions_reason=CAUTIONS)


def heeds(scene: Scene, matter: Matter, warning_id: int, on: date) -> Story:
    """The conduct stops."""
    now = yield at(scene.office_day(on), "11:20")
    record_compliance(
        actor=matter.officer,
        now=now,
        intervention_id=warning_id,
        assessment="Two visits and the neighbours’ diaries: it has stopped.",
    )


def goes_on(scene: Scene, matter: Matter, warning_id: int, warned_on: date) -> Generator[datetime, datetime, date]:
    """The conduct goes on after the time the warning gave. Ends with the day of the assessment."""
    seen_on = warned_on + timedelta(days=matter.behaviour.days + 2)
    day = scene.office_day(seen_on + ONE_DAY)
    now = yield at(day, "10:50")
    record_not_heeded(
        actor=matter.officer,
        now=now,
        intervention_id=warning_id,
        evidence_on=seen_on,
        assessment="Seen by an officer on this day, and two dated diary entries since.",
    )
    return day


def lapses(scene: Scene, matter: Matter, warning_id: int, warned_on: date) -> Story:
    """Six months pass."""
    now = yield at(scene.office_day(warned_on + MONTHS_OF_LIFE), "09:15")
    lapse(actor=matter.officer, now=now, intervention_id=warning_id)


def withdraws(scene: Scene, step_id: int, on: date, reason: str) -> Story:
    """The manager takes a warning or notice back."""
    now = yield at(on, "11:15")
    withdraw(
        actor=scene.staff["manager"],
        now=now,
        intervention_id=step_id,
        reason=reason,
        recipient_told=True,
        victim_told=True,
    )
