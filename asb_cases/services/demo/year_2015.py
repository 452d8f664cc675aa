"""The year from 1 April 2015 to 31 March 2016: 154 warnings, 39 notices, a penalty that was paid, a conviction.

Beside them stands what must not be counted: warnings of the day before and the day after, another body's, drafts, one
entered in error, a second giving, a variation, a conviction of the next year. What was withdrawn or quashed counts.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from asb_cases.domain.appeals import AppealGround, AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.calendar import days_between, is_working_day
from asb_cases.domain.service import ServiceMethod
from asb_cases.services.corrections import mark_intervention_entered_in_error
from asb_cases.services.demo.behaviour import BEHAVIOURS, DRINKING, MUSIC, PARTIES, WEIGHTS, Behaviour
from asb_cases.services.demo.cases import Matter, Plot, begins, closing
from asb_cases.services.demo.notices import (
    LIFE_IN_MONTHS,
    Escalated,
    appeals,
    court_decides,
    decides,
    drafts_notice,
    ends,
    escalates,
    fails,
)
from asb_cases.services.demo.penalties import REDUCED, court_finds, pays, penalises, prosecutes
from asb_cases.services.demo.scene import Scene, at
from asb_cases.services.demo.stories import Story
from asb_cases.services.demo.warnings import drafts_warning, gives, goes_on, heeds, lapses, warns, withdraws
from asb_cases.services.interventions import drop
from asb_cases.services.outside_steps import Outside, record_outside_step
from asb_cases.services.requirement_versions import Change
from asb_cases.services.variations import vary_notice

FIRST, LAST = date(2015, 4, 1), date(2016, 3, 31)
#: 154 warnings to 147 people: seven had two, and on 39 a notice followed. One stands before a forgotten draft.
ALONE, TWICE, NOTICES = 100, 7, 39
ONE_DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)
OFFICERS = ("former", "officer", "streets")
METHODS = (ServiceMethod.HAND, ServiceMethod.HAND, ServiceMethod.LEFT, ServiceMethod.EMAIL)


def year_2015(scene: Scene) -> Iterator[Story]:
    """A story for each person warned, and for each thing that must not be counted."""
    yield from _warned_alone(scene)
    yield from _warned_twice(scene)
    yield from _noticed(scene)
    yield from _not_counted(scene)


def _warned_alone(scene: Scene) -> Iterator[Story]:
    days = [FIRST, LAST, *_some_days(scene, FIRST + ONE_DAY, LAST - WEEK, ALONE - 2)]
    return (_warned(scene, day, number) for number, day in enumerate(days))


def _warned_twice(scene: Scene) -> Iterator[Story]:
    return (_warned_again(scene, day) for day in _some_days(scene, FIRST + MONTH, date(2015, 12, 1), TWICE))


def _noticed(scene: Scene) -> Iterator[Story]:
    yield _paid_penalty(scene)
    yield _convicted(scene, date(2015, 5, 12), convicted_on=date(2015, 12, 9))
    yield _convicted(scene, date(2016, 1, 5), convicted_on=date(2016, 7, 20))
    yield _withdrawn_notice(scene)
    yield _appealed(scene, date(2015, 7, 6), AppealOutcome.QUASHED, AppealGround.CANNOT_CONTROL)
    yield _appealed(scene, date(2015, 10, 5), AppealOutcome.DISMISSED, AppealGround.NOT_UNREASONABLE)
    yield _varied(scene)
    yield _given_twice(scene)
    special = 8
    days = _some_days(scene, FIRST + ONE_DAY, date(2016, 1, 8), NOTICES - special - 1)
    yield from (_kept_to_its_end(scene, day) for day in [*days, date(2016, 1, 11)])


def _not_counted(scene: Scene) -> Iterator[Story]:
    yield _warned(scene, FIRST - ONE_DAY, 0)
    yield _warned(scene, LAST + ONE_DAY, 0)
    yield _entered_in_error(scene)
    yield _warned_by_police(scene)
    yield _dropped_draft(scene)
    yield _forgotten_draft(scene)


def _some_days(scene: Scene, first: date, last: date, count: int) -> list[date]:
    days = [day for day in days_between(first, last) if is_working_day(day, scene.holidays)]
    return sorted(scene.chance.choices(days, k=count))


def _plot(scene: Scene, warned_on: date, behaviour: Behaviour | None = None) -> Plot:
    kind = behaviour or scene.chance.choices(BEHAVIOURS, WEIGHTS)[0]
    began = warned_on - timedelta(days=scene.chance.randint(12, 34))
    officer = scene.chance.choice(OFFICERS)
    return Plot(
        began, kind, officer, priority=scene.chance.choice((2, 2, 3)), complaints=scene.chance.choice((1, 1, 2))
    )


def _warned(scene: Scene, day: date, number: int) -> Story:
    """One warning. Most are heeded; some lapse, a few are withdrawn."""
    matter = yield from begins(scene, _plot(scene, day))
    method = scene.chance.choice(METHODS)
    (warning,) = yield from warns(scene, matter, day, method=method)
    if number % 25 == 7:
        reason = "Representations show that the noise came from another flat."
        yield from withdraws(scene, warning, scene.office_day(day + WEEK), reason)
        yield from _closed(scene, matter, day + 2 * WEEK, "no further action", "The warning was withdrawn.")
    elif number % 6 == 3:
        yield from lapses(scene, matter, warning, day)
        yield from _closed(scene, matter, day + 7 * MONTH, "resolved", "Six months without a report.")
    else:
        yield from heeds(scene, matter, warning, day + timedelta(days=matter.behaviour.days) + WEEK)
        yield from _closed(scene, matter, day + 2 * MONTH, "resolved", "The warning was heeded.")


def _warned_again(scene: Scene, day: date) -> Story:
    """Two warnings to one person: the second about something else, and heeded."""
    matter = yield from begins(scene, _plot(scene, day, PARTIES))
    (first,) = yield from warns(scene, matter, day)
    assessed = yield from goes_on(scene, matter, first, day)
    second_on = scene.office_day(assessed + 2 * WEEK)
    (second,) = yield from warns(scene, matter, second_on)
    yield from heeds(scene, matter, second, second_on + 3 * WEEK)
    yield from _closed(scene, matter, second_on + 2 * MONTH, "resolved", "Heeded at the second warning.")


def _notice(scene: Scene, warned_on: date, behaviour: Behaviour | None = None) -> Escalated:
    return escalates(scene, _plot(scene, warned_on, behaviour), warned_on)


def _kept_to_its_end(scene: Scene, warned_on: date) -> Story:
    """A notice that is complied with until it ends; its case is closed in the meantime, with the notice in force."""
    matter, notice, day = yield from _notice(scene, warned_on)
    review_on = scene.office_day(day + 6 * MONTH)
    yield from _closed(scene, matter, day + 3 * MONTH, "notice complied with", "Quiet since the notice.", review_on)
    yield from ends(scene, matter, notice, day)


def _paid_penalty(scene: Scene) -> Story:
    matter, notice, day = yield from _notice(scene, date(2015, 6, 15), MUSIC)
    failed_on = day + 3 * WEEK
    breach = yield from fails(matter, notice, failed_on)
    yield from decides(scene, breach, scene.office_day(failed_on + WEEK), BreachDecision.FPN)
    issued_on = scene.office_day(failed_on + 2 * WEEK)
    penalty = yield from penalises(scene, matter, breach, issued_on)
    yield from pays(scene, penalty, issued_on + 6 * ONE_DAY, REDUCED)
    yield from _closed(scene, matter, issued_on + 3 * MONTH, "notice complied with", "Paid, and quiet since.", LAST)
    yield from ends(scene, matter, notice, day)


def _convicted(scene: Scene, warned_on: date, *, convicted_on: date) -> Story:
    matter, notice, day = yield from _notice(scene, warned_on, PARTIES)
    failed_on = day + 4 * WEEK
    breach = yield from fails(matter, notice, failed_on)
    yield from decides(scene, breach, scene.office_day(failed_on + WEEK), BreachDecision.PROSECUTE, by="legal")
    prepared_on = scene.office_day(failed_on + 3 * WEEK)
    laid_on = scene.office_day(prepared_on + 5 * WEEK)
    prosecution = yield from prosecutes(scene, matter, breach, prepared_on, laid_on)
    yield from court_finds(scene, prosecution, convicted_on, "convicted", plea="guilty")
    yield from ends(scene, matter, notice, day)
    yield from _closed(scene, matter, day + (LIFE_IN_MONTHS + 2) * MONTH, "prosecuted", "Convicted; quiet since.")


def _withdrawn_notice(scene: Scene) -> Story:
    matter, notice, day = yield from _notice(scene, date(2015, 8, 17))
    reason = "The recipient moved out before it was given: it binds nobody there."
    yield from withdraws(scene, notice, scene.office_day(day + 2 * WEEK), reason)
    yield from _closed(scene, matter, day + MONTH, "no further action", "The household has moved away.")


def _appealed(scene: Scene, warned_on: date, outcome: AppealOutcome, ground: AppealGround) -> Story:
    matter, notice, day = yield from _notice(scene, warned_on)
    appeal = yield from appeals(matter, notice, scene.office_day(day + 2 * WEEK), ground)
    decided_on = scene.office_day(day + 2 * MONTH)
    yield from court_decides(
        scene, appeal, decided_on, outcome, f"Appeal {outcome.value} after a hearing of half a day."
    )
    quashed = outcome is AppealOutcome.QUASHED
    review_on = None if quashed else scene.office_day(day + 6 * MONTH)
    yield from _closed(scene, matter, day + 4 * MONTH, "court decided", "The court has decided the appeal.", review_on)
    if not quashed:
        yield from ends(scene, matter, notice, day)


def _varied(scene: Scene) -> Story:
    matter, notice, day = yield from _notice(scene, date(2015, 9, 14), PARTIES)
    now = yield at(scene.office_day(day + MONTH), "14:00")
    change = Change(
        "Stop holding gatherings of more than fifteen people at the premises between 11 pm and 8 am", number=1
    )
    reason = "Asked for by the recipient: a family of twelve."
    vary_notice(actor=scene.staff["manager"], now=now, intervention_id=notice, reason=reason, changes=[change])
    review_on = scene.office_day(day + 6 * MONTH)
    yield from _closed(scene, matter, day + 3 * MONTH, "notice complied with", "Quiet since the variation.", review_on)
    yield from ends(scene, matter, notice, day)


def _given_twice(scene: Scene) -> Story:
    matter, notice, day = yield from _notice(scene, date(2015, 11, 2))
    yield from gives(scene, matter, [notice], scene.office_day(day + WEEK), ServiceMethod.LEFT)
    review_on = scene.office_day(day + 6 * MONTH)
    yield from _closed(scene, matter, day + 3 * MONTH, "notice complied with", "Quiet since.", review_on)
    yield from ends(scene, matter, notice, day)


def _entered_in_error(scene: Scene) -> Story:
    """A warning typed into the wrong case."""
    day = date(2015, 10, 13)
    matter = yield from begins(scene, _plot(scene, day))
    (warning,) = yield from warns(scene, matter, day)
    now = yield at(day + ONE_DAY, "09:25")
    reason = "Belongs to another address; the right warning was recorded there."
    mark_intervention_entered_in_error(actor=scene.staff["manager"], now=now, intervention_id=warning, reason=reason)
    yield from _closed(scene, matter, day + MONTH, "no further action", "One complaint, and nothing since.")


def _warned_by_police(scene: Scene) -> Story:
    """A warning that the police gave, kept beside the council's own records."""
    day = date(2015, 6, 3)
    matter = yield from begins(scene, _plot(scene, day, DRINKING))
    now = yield at(day + ONE_DAY, "10:30")
    outside = Outside("CPW", "Thames Valley Police", day, conduct=DRINKING.conduct.format(place=matter.place))
    record_outside_step(
        actor=matter.officer, now=now, case_id=matter.case_id, subject_id=matter.subject_id, outside=outside
    )
    yield from _closed(scene, matter, day + 2 * MONTH, "resolved", "Heeded the police warning.")


def _dropped_draft(scene: Scene) -> Story:
    """A warning that was never given."""
    day = date(2015, 9, 8)
    matter = yield from begins(scene, _plot(scene, day))
    (draft,) = yield from drafts_warning(matter, day)
    now = yield at(day + WEEK, "10:00")
    drop(actor=matter.officer, now=now, intervention_id=draft, reason="They spoke to each other and it has stopped.")
    yield from _closed(scene, matter, day + MONTH, "resolved", "Settled between neighbours.")


def _forgotten_draft(scene: Scene) -> Story:
    """A notice that stayed a draft when its case was closed."""
    warned_on, day = date(2015, 12, 10), date(2016, 2, 9)
    matter = yield from begins(scene, _plot(scene, warned_on, MUSIC))
    (warning,) = yield from warns(scene, matter, warned_on)
    yield from goes_on(scene, matter, warning, warned_on)
    yield from drafts_notice(matter, [warning], day)
    yield from _closed(
        scene, matter, day + MONTH, "no further action", "The tenancy ended before the notice was signed."
    )


def _closed(scene: Scene, matter: Matter, on: date, outcome: str, reason: str, review_on: date | None = None) -> Story:
    return closing(scene, matter.case_id, on, outcome=outcome, reason=reason, review_on=review_on)
