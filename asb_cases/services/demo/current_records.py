"""What hangs on cases of the past weeks: photos and files, the risk to those who suffer, cases that belong together, and what
staff must know of people before they meet them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO

from asb_cases.domain.appeals import AppealGround
from asb_cases.domain.case_connections import LinkKind
from asb_cases.domain.complaints import Channel
from asb_cases.domain.contact_preferences import ContactWay, NeedKind, Preferences
from asb_cases.domain.files import FileKind, FileMark
from asb_cases.domain.hearings import HearingOutcome, HearingPurpose
from asb_cases.domain.people import Part
from asb_cases.domain.risk import Given, RiskLevel
from asb_cases.models.casework import Direction
from asb_cases.queries.risk import risk_templates
from asb_cases.services.case_connections import link_cases, merge_case, unmerge_case
from asb_cases.services.casework import add_contact
from asb_cases.services.contact_preferences import change_contact_preferences, end_need, record_need
from asb_cases.services.contact_warnings import end_contact_warning, review_contact_warning, set_contact_warning
from asb_cases.services.demo.behaviour import GARDEN, MUSIC, PARTIES, ROWDY
from asb_cases.services.demo.cases import Matter, Plot, begins, closing, joins
from asb_cases.services.demo.current_notices import noticed
from asb_cases.services.demo.notices import COURT, appeals
from asb_cases.services.demo.papers import photo, sheet
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.files import NewFile, Said, add_files, withhold_file
from asb_cases.services.hearings import Listing, list_hearing, record_hearing
from asb_cases.services.people import Details
from asb_cases.services.person_merging import merge_people, undo_merge
from asb_cases.services.representations import answer_representation, record_representation
from asb_cases.services.risk import assess_risk, change_risk_level
from asb_cases.services.saved_filters import save_filter

ONE_DAY = timedelta(days=1)
#: More than any file of the demonstration holds.
MOST_BYTES = 100_000
#: Answers by their places: often, getting worse, aimed at the person, who is afraid; and the same, milder.
FRIGHTENED = Given({0: (0,), 1: (0,), 2: (0,), 3: (0,), 4: (0,), 6: (0,), 9: (0,)}, adult=True)
WORRIED = Given({0: (1,), 1: (0,), 2: (0,), 3: (0,), 4: (1,), 9: (1,)})
ANNOYED = Given({0: (3,), 1: (1,), 2: (1,)})


def current_records(scene: Scene) -> Iterator[Story]:
    """A story for each kind of record."""
    yield _photographed(scene)
    yield _at_risk(scene)
    yield _belong_together(scene)
    yield _before_a_visit(scene)
    yield _entered_twice(scene)
    yield _put_forward(scene)
    yield _told_and_closed(scene)
    yield _keeps_a_filter(scene)


def received(scene: Scene, name: str, kind: FileKind, content: bytes) -> NewFile:
    """A file as it arrives."""
    return NewFile(scene.storage.receive(BytesIO(content), MOST_BYTES), name, kind)


def _photographed(scene: Scene) -> Story:
    """Photos of two nights and a diary sheet; one photo shows a neighbour, and is withheld."""
    matter = yield from begins(scene, Plot(scene.ago(32), PARTIES))
    nights = [scene.ago(20), scene.ago(13)]
    for number, night in enumerate(nights):
        now = yield at(night + ONE_DAY, "09:10")
        files = [received(scene, f"front-{night:%d-%b}.png", FileKind.PNG, photo(number))]
        said = Said(
            f"The front of {matter.place} at 23:40, from the pavement.",
            at(night, "23:40"),
            marks={FileMark.EVIDENCE},
        )
        _adds(scene, matter, now, files, said)
    now = yield at(scene.ago(10), "14:00")
    diary = sheet(
        ["Diary sheet 1", *(f"{night:%d %B}: music from 11 pm until 2 am, could not sleep" for night in nights)]
    )
    _adds(
        scene,
        matter,
        now,
        [received(scene, "diary-sheet-1.pdf", FileKind.PDF, diary)],
        Said("Diary of the household next door."),
    )
    now = yield at(scene.ago(9), "14:00")
    neighbour = received(scene, "neighbour-at-door.png", FileKind.PNG, photo(3))
    (shown,) = _adds(scene, matter, now, [neighbour], Said("Who answered the door", marks={FileMark.REPORTER_IDENTITY}))
    now = yield at(scene.ago(8), "09:00")
    withhold_file(actor=scene.staff["manager"], now=now, file_id=shown, reason="Shows who complained.")


def _adds(scene: Scene, matter: Matter, now: datetime, files: Sequence[NewFile], said: Said) -> list[int]:
    return add_files(
        actor=matter.officer, now=now, case_id=matter.case_id, storage=scene.storage, files=files, said=said,
    ).ids  # fmt: skip


def _at_risk(scene: Scene) -> Story:
    """One who is afraid, assessed twice; a neighbour who is worried; one set higher by the manager."""
    matter = yield from begins(scene, Plot(scene.ago(40), ROWDY, priority=1))
    afraid, worried = matter.complainant_ids[:2]
    version = risk_templates()[-1].template.version
    assessed = []
    for days, who, given in ((29, afraid, WORRIED), (29, worried, ANNOYED), (6, afraid, FRIGHTENED)):
        now = yield at(scene.ago(days), "12:00")
        note = "Asked on the telephone, in her own words." if who == afraid else None
        assessed.append(
            assess_risk(
                actor=matter.officer,
                now=now,
                case_id=matter.case_id,
                person_id=who,
                template_version=version,
                given=given,
                note=note,
            )
        )
    now = yield at(scene.ago(4), "12:00")
    reason = "Lives alone, and is the only witness."
    change_risk_level(
        actor=scene.staff["manager"], now=now, assessment_id=assessed[1], level=RiskLevel.MEDIUM, reason=reason
    )


def _belong_together(scene: Scene) -> Story:
    """A counter-allegation that is linked; a second report that is merged; one that was merged by mistake."""
    first = yield from begins(scene, Plot(scene.ago(80), MUSIC))
    second = yield from begins(scene, Plot(scene.ago(68), PARTIES, complaints=1))
    third = yield from begins(scene, Plot(scene.ago(56), MUSIC, complaints=1))
    fourth = yield from begins(scene, Plot(scene.ago(44), GARDEN, complaints=1))
    manager = scene.staff["manager"]
    now = yield at(scene.ago(30), "10:00")
    reason = "Each says that the other began."
    link_cases(
        actor=first.officer,
        now=now,
        case_id=first.case_id,
        other_id=second.case_id,
        kind=LinkKind.COUNTER_ALLEGATION,
        reason=reason,
    )
    for days, merged, why in (
        (28, third, "The same flat, reported by its other neighbour."),
        (27, fourth, "The same house."),
    ):
        now = yield at(scene.ago(days), "10:00")
        merge_case(
            actor=manager, now=now, case_id=merged.case_id, into_id=first.case_id, reason=why,
            cautions_reason="Looked through with the officer.",
        )  # fmt: skip
    now = yield at(scene.ago(26), "10:00")
    unmerge_case(actor=manager, now=now, case_id=fourth.case_id, reason="Another house after all.")


def _before_a_visit(scene: Scene) -> Story:
    """A dog that bites, a warning that is over, and how the neighbour wants to be reached."""
    matter = yield from begins(scene, Plot(scene.ago(60), GARDEN))
    officer, subject, neighbour = matter.officer, matter.subject_id, matter.complainant_ids[0]
    now = yield at(scene.ago(48), "09:30")
    old = set_contact_warning(
        actor=officer, now=now, person_id=subject, reason="A large dog was let out at an officer.",
        precautions="Ring first, and go in pairs.", review_on=scene.ago(10),
    )  # fmt: skip
    now = yield at(scene.ago(47), "10:00")
    preferences = Preferences(
        ContactWay.TEXT_MESSAGE, "After four", not_by=frozenset({ContactWay.LETTER}), not_by_because="The letter box is shared.",
    )  # fmt: skip
    change_contact_preferences(actor=officer, now=now, person_id=neighbour, preferences=preferences)
    record_need(actor=officer, now=now, person_id=neighbour, kind=NeedKind.ADJUSTMENT, text="Large print.")
    now = yield at(scene.ago(46), "10:00")
    over = record_need(
        actor=officer, now=now, person_id=neighbour, kind=NeedKind.VULNERABILITY, text="Alone after an operation."
    )
    now = yield at(scene.ago(20), "10:00")
    end_need(actor=officer, now=now, need_id=over, reason="Has recovered.")
    now = yield at(scene.ago(11), "09:30")
    review_contact_warning(
        actor=officer, now=now, warning_id=old, reason="The dog is still there.", precautions="Ring first, and go in pairs.",
        review_on=scene.today + 60 * ONE_DAY,
    )  # fmt: skip
    now = yield at(scene.ago(11), "09:45")
    other = set_contact_warning(
        actor=officer, now=now, person_id=neighbour, reason="A visitor of theirs threatened the postman.",
        precautions="Meet outside.", review_on=scene.today + 30 * ONE_DAY,
    )  # fmt: skip
    now = yield at(scene.ago(5), "09:45")
    end_contact_warning(actor=officer, now=now, warning_id=other, reason="The visitor has left the city.")


def _entered_twice(scene: Scene) -> Story:
    """One person under two names is made one; two brothers that were made one are two again."""
    matter = yield from begins(scene, Plot(scene.ago(46), MUSIC, complaints=1))
    now = yield at(scene.ago(33), "10:00")
    twice = [joins(matter, now, Details(name), Part.WITNESS) for name in ("Ottilie Fernhollow", "Ottilie Fern-Hollow")]
    now = yield at(scene.ago(32), "10:00")
    manager = scene.staff["manager"]
    merge_people(
        actor=manager,
        now=now,
        kept_id=twice[0],
        merged_id=twice[1],
        reason="Says that she is both.",
        cautions_reason="Asked her.",
    )
    now = yield at(scene.ago(31), "10:00")
    brothers = [joins(matter, now, Details(name), Part.WITNESS) for name in ("Bertram Quillfeather", "B. Quillfeather")]
    now = yield at(scene.ago(30), "10:00")
    merge = merge_people(
        actor=manager, now=now, kept_id=brothers[0], merged_id=brothers[1], reason="One initial.", cautions_reason="One house.",
    )  # fmt: skip
    now = yield at(scene.ago(29), "10:00")
    undo_merge(actor=manager, now=now, merge_id=merge, reason="They are brothers.")


def _put_forward(scene: Scene) -> Story:
    """A notice that its recipient answers to, and appeals against: one hearing was adjourned, the next is to come."""
    matter, notice, day = yield from noticed(scene, 26, MUSIC)
    officer, legal = scene.staff["officer"], scene.staff["legal"]
    put = []
    for days, text in ((4, "The loudspeakers are needed for a course."), (12, "Asks for an hour more on Saturdays.")):
        now = yield at(day + days * ONE_DAY, "14:20")
        put.append(
            record_representation(actor=officer, now=now, intervention_id=notice, received_on=now.date(), text=text)
        )
    now = yield at(day + 13 * ONE_DAY, "09:30")
    answer = "A course by day is not touched by the notice."
    answer_representation(actor=officer, now=now, representation_id=put[0], answered_on=now.date(), answer=answer)
    yield from appeals(matter, notice, day + 14 * ONE_DAY, AppealGround.NOT_UNREASONABLE)
    now = yield at(day + 16 * ONE_DAY, "11:00")
    first = Listing(day + 21 * ONE_DAY, HearingPurpose.APPEAL, court=COURT)
    hearing = list_hearing(actor=legal, now=now, intervention_id=notice, listing=first)
    now = yield at(day + 22 * ONE_DAY, "11:00")
    following = Listing(scene.today + 12 * ONE_DAY, HearingPurpose.APPEAL, court=COURT)
    record_hearing(
        actor=legal, now=now, hearing_id=hearing, outcome=HearingOutcome.ADJOURNED, note="A witness fell ill.",
        following=following,
    )  # fmt: skip


def _told_and_closed(scene: Scene) -> Story:
    """An update that can be printed as a letter, and after it the letter that the case is closed."""
    matter = yield from begins(scene, Plot(scene.ago(60), GARDEN, complaints=1))
    now = yield at(scene.ago(40), "10:00")
    add_contact(
        actor=matter.officer, now=now, case_id=matter.case_id, channel=Channel.EMAIL, direction=Direction.OUT,
        told="The garden was cleared on Monday. We look again in a month.", person_id=matter.complainant_ids[0],
    )  # fmt: skip
    yield from closing(
        scene, matter.case_id, scene.ago(9), outcome="resolved", reason="The garden has stayed clear for a month."
    )


def _keeps_a_filter(scene: Scene) -> Story:
    now = yield at(scene.ago(15), "08:20")
    save_filter(
        actor=scene.staff["officer"],
        now=now,
        list_code="cases",
        name="Open, with a notice",
        query="status=open&only=notice_in_force",
    )
