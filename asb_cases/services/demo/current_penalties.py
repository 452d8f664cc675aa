"""Alleged breaches of the past months with every decision, fixed penalties and prosecutions in every status."""

from collections.abc import Generator, Iterator
from datetime import date, datetime, timedelta

from asb_cases.domain.breaches import BreachDecision
from asb_cases.services.demo.behaviour import MUSIC, PARTIES, ROWDY
from asb_cases.services.demo.cases import Matter, closing
from asb_cases.services.demo.current_notices import noticed
from asb_cases.services.demo.notices import decides, fails
from asb_cases.services.demo.penalties import (
    FULL,
    REDUCED,
    authorises_penalty,
    court_finds,
    drafts_penalty,
    lays,
    legal_authorises,
    pays,
    penalises,
    prepares,
    prosecutes,
    submits,
)
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.fixed_penalties import cancel, mark_unpaid, write_off
from asb_cases.services.prosecutions import abandon_prosecution

DECISION = BreachDecision
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
#: Decisions that start neither a penalty nor a prosecution.
OTHER_DECISIONS = (
    DECISION.NO_FURTHER_ACTION,
    DECISION.WARN,
    DECISION.REMEDIAL_ACTION,
    DECISION.SEIZURE_WARRANT,
    DECISION.REVIEW_NOTICE,
)
COURT_RESULTS = ("convicted", "acquitted", "discontinued", "dismissed")

Decided = Generator[datetime, datetime, tuple[Matter, int, date]]


def current_penalties(scene: Scene) -> Iterator[Story]:
    """A story for each decision and each status."""
    yield _undecided(scene)
    yield _reopened(scene)
    yield _decided_otherwise(scene)
    yield _penalty_drafted(scene)
    yield _penalty_authorised(scene)
    yield _penalty_running(scene)
    yield _penalty_paid(scene, 6, REDUCED)
    yield _penalty_paid(scene, 13, FULL)
    yield _penalty_paid(scene, 20, FULL, late_reason="On leave for a fortnight; the money came the day after.")
    yield _penalty_unpaid(scene)
    yield _penalty_cancelled(scene)
    yield _penalty_written_off(scene)


def current_prosecutions(scene: Scene) -> Iterator[Story]:
    """A story for each status."""
    yield _file_begun(scene)
    yield _with_legal(scene)
    yield _authorised(scene)
    yield _before_court(scene)
    yield _after_unpaid_penalty(scene)
    yield _abandoned(scene)
    for result in COURT_RESULTS:
        yield _decided_by_court(scene, result)


def _breach(scene: Scene, decision: BreachDecision, *, failed_ago: int, by: str = "manager") -> Decided:
    """A breach of so many days ago, recorded the day after and decided five days later. Ends with the case, the breach and
    the day of the decision."""
    matter, notice, _ = yield from noticed(scene, failed_ago + 30, MUSIC)
    failed_on = scene.ago(failed_ago)
    breach = yield from fails(matter, notice, failed_on)
    decided_on = failed_on + 5 * ONE_DAY
    yield from decides(scene, breach, decided_on, decision, by=by)
    return matter, breach, decided_on


def _undecided(scene: Scene) -> Story:
    matter, notice, _ = yield from noticed(scene, 33, PARTIES)
    yield from fails(matter, notice, scene.ago(5), account="Says that it was a birthday.")


def _reopened(scene: Scene) -> Story:
    """A case that was closed with its notice in force is open again."""
    matter, notice, _ = yield from noticed(scene, 160, ROWDY)
    review_on = scene.today + 30 * ONE_DAY
    quiet = "Quiet since the notice."
    yield from closing(scene, matter.case_id, scene.ago(90), outcome="notice", reason=quiet, review_on=review_on)
    yield from fails(matter, notice, scene.ago(3), recorded_on=scene.ago(2))


def _decided_otherwise(scene: Scene) -> Story:
    """One notice, and what else can be done about breaches of it."""
    matter, notice, _ = yield from noticed(scene, 170, MUSIC)
    for number, decision in enumerate(OTHER_DECISIONS):
        failed_on = scene.ago(140 - 20 * number)
        breach = yield from fails(matter, notice, failed_on)
        yield from decides(scene, breach, failed_on + 4 * ONE_DAY, decision)


def _penalty_drafted(scene: Scene) -> Story:
    matter, breach, _ = yield from _breach(scene, DECISION.FPN, failed_ago=11)
    yield from drafts_penalty(matter, breach, scene.ago(2))


def _penalty_authorised(scene: Scene) -> Story:
    matter, breach, _ = yield from _breach(scene, DECISION.FPN, failed_ago=12)
    penalty = yield from drafts_penalty(matter, breach, scene.ago(2))
    yield from authorises_penalty(scene, penalty, scene.ago(1))


def _penalty_running(scene: Scene) -> Story:
    """The reduced offer ends tomorrow."""
    matter, breach, _ = yield from _breach(scene, DECISION.FPN, failed_ago=21)
    yield from penalises(scene, matter, breach, scene.ago(9))


def _penalised(scene: Scene, days_ago: int) -> Decided:
    """A penalty of so many days ago. Ends with the case, the penalty and its day."""
    matter, breach, _ = yield from _breach(scene, DECISION.FPN, failed_ago=days_ago + 14)
    penalty = yield from penalises(scene, matter, breach, scene.ago(days_ago))
    return matter, penalty, scene.ago(days_ago)


def _penalty_paid(scene: Scene, after_days: int, pence: int, *, late_reason: str | None = None) -> Story:
    _, penalty, issued_on = yield from _penalised(scene, 40 + after_days)
    yield from pays(scene, penalty, issued_on + after_days * ONE_DAY, pence, late_reason=late_reason)


def _left_unpaid(scene: Scene, days_ago: int) -> Decided:
    matter, penalty, issued_on = yield from _penalised(scene, days_ago)
    now = yield at(issued_on + 16 * ONE_DAY, "09:00")
    mark_unpaid(actor=matter.officer, now=now, intervention_id=penalty)
    return matter, penalty, issued_on


def _penalty_unpaid(scene: Scene) -> Story:
    yield from _left_unpaid(scene, 24)


def _penalty_cancelled(scene: Scene) -> Story:
    _, penalty, issued_on = yield from _penalised(scene, 50)
    now = yield at(issued_on + 9 * ONE_DAY, "14:00")
    reason = "A letter from the hospital shows a reasonable excuse."
    cancel(
        actor=scene.staff["manager"],
        now=now,
        intervention_id=penalty,
        reason=reason,
        recipient_told=True,
        victim_told=True,
    )


def _penalty_written_off(scene: Scene) -> Story:
    _, penalty, issued_on = yield from _left_unpaid(scene, 110)
    now = yield at(issued_on + 60 * ONE_DAY, "14:00")
    reason = "Moved away without an address; quiet since, and not worth the court's time."
    write_off(actor=scene.staff["manager"], now=now, intervention_id=penalty, reason=reason)


def _file_begun(scene: Scene) -> Story:
    matter, breach, _ = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=20)
    yield from prepares(matter, breach, scene.ago(2))


def _with_legal(scene: Scene) -> Story:
    """The six months are nearly over."""
    matter, breach, _ = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=168)
    file = yield from prepares(matter, breach, scene.ago(12))
    yield from submits(matter, file, scene.ago(10))


def _authorised(scene: Scene) -> Story:
    matter, breach, _ = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=60, by="legal")
    file = yield from prepares(matter, breach, scene.ago(20))
    yield from submits(matter, file, scene.ago(15))
    yield from legal_authorises(scene, file, scene.ago(3))


def _before_court(scene: Scene) -> Story:
    matter, breach, decided_on = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=90)
    yield from prosecutes(scene, matter, breach, decided_on + WEEK, scene.ago(20))


def _after_unpaid_penalty(scene: Scene) -> Story:
    """Not paid, decided again, and laid once proceedings were open."""
    matter, breach, _ = yield from _breach(scene, DECISION.FPN, failed_ago=94)
    penalty = yield from penalises(scene, matter, breach, scene.ago(80))
    now = yield at(scene.ago(64), "09:00")
    mark_unpaid(actor=matter.officer, now=now, intervention_id=penalty)
    yield from decides(scene, breach, scene.ago(60), DECISION.PROSECUTE)
    file = yield from prepares(matter, breach, scene.ago(55))
    yield from submits(matter, file, scene.ago(50))
    yield from legal_authorises(scene, file, scene.ago(40))
    yield from lays(scene, file, scene.ago(30))


def _abandoned(scene: Scene) -> Story:
    matter, breach, _ = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=100)
    file = yield from prepares(matter, breach, scene.ago(80))
    yield from submits(matter, file, scene.ago(75))
    now = yield at(scene.ago(60), "11:00")
    reason = "The main witness has moved abroad; the evidence would not suffice."
    abandon_prosecution(actor=scene.staff["legal"], now=now, intervention_id=file, reason=reason)


def _decided_by_court(scene: Scene, result: str) -> Story:
    matter, breach, decided_on = yield from _breach(scene, DECISION.PROSECUTE, failed_ago=200)
    file = yield from prosecutes(scene, matter, breach, decided_on + WEEK, scene.ago(150))
    yield from court_finds(scene, file, scene.ago(35), result, plea="guilty" if result == "convicted" else "not_guilty")
