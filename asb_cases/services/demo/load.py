"""Loading the demonstration: one act, so that one that is interrupted leaves nothing behind."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from random import Random

from asb_cases.adapters.storage import Storage
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.permissions import CONSOLE
from asb_cases.queries.first_use import nobody_yet
from asb_cases.queries.policy import holidays
from asb_cases.services.demo import staff, year_2015
from asb_cases.services.demo.case_reviews import since_2014
from asb_cases.services.demo.current_case_reviews import current_case_reviews
from asb_cases.services.demo.current_cases import current_cases
from asb_cases.services.demo.current_casework import current_casework
from asb_cases.services.demo.current_complaints import current_complaints
from asb_cases.services.demo.current_notices import current_notices
from asb_cases.services.demo.current_penalties import current_penalties, current_prosecutions
from asb_cases.services.demo.current_records import current_records
from asb_cases.services.demo.current_warnings import current_warnings
from asb_cases.services.demo.keeping_up import keeping_up
from asb_cases.services.demo.last_night import last_night
from asb_cases.services.demo.out_of_hours import winter_and_spring
from asb_cases.services.demo.people import Crowd
from asb_cases.services.demo.places import WARDS, Town
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.staff import SignIn, make_up_passwords, sign_ins
from asb_cases.services.demo.stories import Story, tell
from asb_cases.services.demo.yearly_reports import partner_figures, yearly_reports
from asb_cases.services.demo.years_between import years_between
from asb_cases.services.history import Subject, record
from asb_cases.services.new_passwords import MadeUp
from asb_cases.services.policy import add_policy_value, keep_records_from
from asb_cases.services.transaction import transaction
from asb_cases.services.wards import find_or_add_ward

SEED = 154
#: When the service of the demonstration began to keep its records here.
BEGINNING = datetime(2014, 9, 1, 8, 0, tzinfo=UTC)

ON_PAPER = "The register before was kept on paper."
#: What its letters and notices say of the council itself.
WORDS = {
    "letter_council_address": "Town Hall, 801 St Aldate’s, Oxford",
    "letter_contact": "ASB Investigation Team, 01632 960000, Monday to Friday, 9 am to 5 pm; asb@example.org",
    "letter_appeal_court": "Oxford Magistrates’ Court, 899 Speedwell Street, Oxford",
    "letter_privacy": "How the council uses what it knows about you: www.example.org/privacy",
    "letter_case_review_contact": "Community safety team, 01632 960001; case.reviews@example.org",
}
KEPT_SINCE_2015 = (
    "cpw_issued", "cpw_recipients", "cpn_issued", "cpn_recipients", "cpn_appeals", "cpn_withdrawn",
    "breaches_recorded", "fpn_issued", "fpn_paid", "prosecutions_started", "prosecutions_convicted",
)  # fmt: skip

SOMEBODY_IS_HERE = Refusal(
    "somebody_is_here",
    "This database has users already: the demonstration only goes into an empty one.",
    "How the demonstration works",
    "Start without the demonstration, or name an empty database in DATABASE_URL.",
)


def load_demonstration(*, now: datetime, storage: Storage, told: Callable[[int], None]) -> list[SignIn]:
    """Fill an empty database with the demonstration. Returns how to sign in, one account for each role.

    Its files go to `storage`. `told` hears how many acts were done so far.
    Raises RuleBroken where there are users; `passwords.Busy`.
    """
    check_empty()
    passwords = make_up_passwords()
    _load(now=now, storage=storage, passwords=passwords, told=told)
    return sign_ins(passwords)


def check_empty() -> None:
    """Raises RuleBroken where anybody is in the database."""
    if not nobody_yet():
        raise RuleBroken((SOMEBODY_IS_HERE,))


@transaction
def _load(*, now: datetime, storage: Storage, passwords: Sequence[MadeUp], told: Callable[[int], None]) -> None:
    check_empty()
    chance = Random(SEED)  # noqa: S311 - invented people are no secret
    wards = {name: find_or_add_ward(actor=CONSOLE, now=BEGINNING, name=name) for name in WARDS}
    scene = Scene(
        today=local(now).date(),
        holidays=holidays(),
        staff=staff.take_on(passwords, now=BEGINNING),
        town=Town(wards, chance),
        crowd=Crowd(chance),
        chance=chance,
        storage=storage,
    )
    acts = tell(_stories(scene), until=now, told=told)
    partner_figures(now=now)
    yearly_reports(now=now, storage=storage, manager=scene.staff["manager"])
    record("demonstration_loaded", Subject("demonstration", None), actor=CONSOLE, now=now, details={"turns": acts})


def _policy(scene: Scene) -> Story:
    """What the council of the demonstration has decided: since when its records count, and who checks a notice."""
    now = yield BEGINNING
    for figure in KEPT_SINCE_2015:
        keep_records_from(actor=CONSOLE, now=now, figure=figure, complete_from=year_2015.FIRST, note=ON_PAPER)
    for code, text in WORDS.items():
        add_policy_value(
            actor=CONSOLE, now=now, code=code, from_on=staff.FIRST_DAY, value=text, source="The demonstration"
        )
    now = yield at(scene.ago(500), "10:00")
    add_policy_value(
        actor=CONSOLE,
        now=now,
        code="cpn_four_eyes",
        from_on=scene.ago(500),
        value="checked_next_working_day",
        source="Decision of the head of service, for notices at the door",
    )


def _stories(scene: Scene) -> Iterator[Story]:
    return chain(
        [_policy(scene)],
        since_2014(scene),
        winter_and_spring(scene),
        year_2015.year_2015(scene),
        years_between(scene),
        current_cases(scene),
        current_complaints(scene),
        current_warnings(scene),
        current_notices(scene),
        current_penalties(scene),
        current_prosecutions(scene),
        current_case_reviews(scene),
        current_casework(scene),
        current_records(scene),
        [keeping_up(scene)],
        [last_night(scene)],
    )
