"""Every rule that refuses without override, met in a real browser as an officer meets it: what is wrong, under which section
and how it is put right can be read; the summary has the keyboard; the message stands beside its answer; what was typed is
still there. The many ways in which each can be met are in tests/web/interventions/test_refusals.py."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Page

from asb_cases.domain import breaches, service
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.errors import Refusal
from asb_cases.domain.powers import (
    authority,
    community_protection_notice,
    fixed_penalty_notice,
    penalty,
    prior_warning,
    prosecution,
    recipient,
)
from asb_cases.services.appeals import lodge_appeal
from asb_cases.services.draft_content import Asked
from asb_cases.services.interventions import authorise
from asb_cases.services.payments import record_payment
from asb_cases.services.people import Details, change_person
from tests.support.enforcement_track import DO, STOP, Track, at, day, step
from tests.support.office import TELEPHONE, Office
from tests.support.officers_hand import type_day

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LANE = "4 Rose Lane, “the yellow house”"
PARTICULARS = "Amplified music from 23:40 to 01:15, “every” night & more."


@dataclass(frozen=True)
class Met:
    """A refusal, who meets it on which day, and what they type where. `beside` names the answer that it stands beside."""

    refusal: Refusal
    page: Callable[[Track], str]
    on: int
    who: str = "officer"
    typed: dict[str, Any] = field(default_factory=dict)
    beside: str | None = None


def of(intervention_id: int, page: str) -> str:
    return f"/interventions/{step(intervention_id).reference}/{page}"


def too_young(track: Track) -> str:
    """Warned, and then found to be fourteen."""
    track.warn(0)
    details = Details(track.subject.name, born_on=date(2011, 1, 1))
    change_person(actor=track.officer, now=at(1), person_id=track.subject.id, version=None, details=details)
    return f"/cases/{track.case.reference}/notices/new"


def by_others(track: Track) -> str:
    """Another body’s notice, in a case in which nobody was warned."""
    track.draft_warning(0)
    return f"/cases/{track.case.reference}/steps-by-others/new"


def draft(page: str, **changes: Any) -> Callable[[Track], str]:
    """A notice that waits to be authorised."""
    return lambda track: of(track.draft_notice(track.warn(0), 14, **changes), page)


def authorised(track: Track) -> str:
    notice = track.draft_notice(track.warn(0), 14)
    authorise(actor=track.manager, now=at(14), intervention_id=notice)
    return of(notice, "issue")


def signed(page: str) -> Callable[[Track], str]:
    def arrange(track: Track) -> str:
        notice = track.draft_notice(track.warn(0), 14)
        track.sign(notice, 14)
        return of(notice, page)

    return arrange


def signed_the_same_day(track: Track) -> str:
    """Warned at eleven, signed at two."""
    notice = track.draft_notice(track.warn(14, comply_by=day(14)), 14, hour=14)
    track.sign(notice, 14, hour=14, reason="Asked to stop at eleven, louder at two")
    return of(notice, "service/hand")


def breached(page: str, decision: BreachDecision | None = BreachDecision.FPN) -> Callable[[Track], str]:
    """Alleged of day 30, and decided the day after unless nobody has."""

    def arrange(track: Track) -> str:
        notice = track.notice(20)
        breach = track.breach(notice, 30)
        if decision is not None:
            track.decide(breach, decision, 31)
        return of(notice, f"breaches/{breach}/{page}")

    return arrange


def appealed(track: Track) -> str:
    notice = track.notice(20, requirements=[Asked(DO.kind, DO.text, day(40)), STOP])
    lodge_appeal(actor=track.officer, now=at(31), intervention_id=notice, lodged_on=day(30))
    return of(notice, f"breaches/new?from_on={day(45).isoformat()}")


def penalised(track: Track) -> tuple[int, int]:
    """A penalty dated day 32, and a file for the court beside it."""
    breach = track.breach(track.notice(20), 30)
    return track.penalty(breach, 32), track.authorised_prosecution(breach, 40)


def paid(track: Track) -> str:
    fixed, file = penalised(track)
    record_payment(actor=track.officer, now=at(46), intervention_id=fixed, paid_on=day(46), amount_pence=10000)
    return of(file, "lay")


def file_of_days(first: int, last: int | None) -> Callable[[Track], str]:
    """A file that legal has signed, on a failure alleged of a day or days."""

    def arrange(track: Track) -> str:
        breach = track.breach(track.notice(20), first, recorded=60, to_on=None if last is None else day(last))
        return of(track.authorised_prosecution(breach, 60), "lay")

    return arrange


def in_force(page: str) -> Callable[[Track], str]:
    return lambda track: of(track.notice(20), page)


TERMS = {"conduct": PARTICULARS, "amount": "100", "payee": "Town Hall"}
HANDED = {"given_on": day(14), "address": LANE}
NO_WARNING = {"power": "CPN", "issued_by_body": "Thames Valley Police", "given_on": day(10), "subject": None}
MET = (
    Met(prior_warning.NO_WRITTEN_WARNING, by_others, 14, typed=NO_WARNING),
    Met(recipient.UNDER_AGE, too_young, 14, typed={"follows": None}, beside="follows"),
    Met(community_protection_notice.NO_CONSULTEES, draft("authorise", consultees=[]), 14, "manager"),
    Met(authority.NEEDS_SECOND_PERSON, draft("authorise"), 14),
    Met(authority.NOT_AUTHORISED, authorised, 14, "colleague", {"satisfied": True}),
    Met(service.METHOD_UNKNOWN_TO_THE_ACT, signed("service/email"), 14, typed={**HANDED, "address": "sam@example.org"}),
    Met(service.NO_ENQUIRIES_NOTE, signed("service/posted-on-premises"), 14, typed=HANDED, beside="enquiries_note"),
    Met(prior_warning.WARNING_LATER_THAT_DAY, signed_the_same_day, 14, typed={**HANDED, "given_at": "10:30"}),
    Met(fixed_penalty_notice.BREACH_NOT_DECIDED, breached("fixed-penalty", None), 32, typed=TERMS),
    Met(prosecution.BREACH_NOT_DECIDED, breached("prosecution", None), 32, typed={"conduct": PARTICULARS}),
    Met(fixed_penalty_notice.OVER_MAXIMUM, breached("fixed-penalty"), 32, typed={**TERMS, "amount": "100.01"}, beside="amount"),
    Met(fixed_penalty_notice.OFFER_TOO_LONG, breached("fixed-penalty"), 32,
        typed={**TERMS, "reduced": "75", "reduced_within_days": "14"}, beside="reduced_within_days"),
    Met(breaches.NO_NOTICE_IN_FORCE, in_force("breaches/new"), 46, typed={"from_on": day(19)}, beside="from_on"),
    Met(prosecution.WITHIN_14_DAYS, lambda track: of(penalised(track)[1], "lay"), 46, "legal", {"laid_on": day(46)}, "laid_on"),
    Met(penalty.LATE_NEEDS_REASON, lambda track: of(penalised(track)[0], "record-payment"), 60, "manager",
        {"paid_on": day(60), "amount": "100"}, "late_reason"),
    Met(prosecution.PAID_IN_TIME, paid, 60, "legal", {"laid_on": day(60)}),
    Met(prosecution.OUT_OF_TIME, file_of_days(30, None), 212, "legal", {"laid_on": day(212)}, "laid_on"),
    Met(prosecution.CONTINUING_NEEDS_LEGAL, file_of_days(30, 50), 212, "legal", {"laid_on": day(212)},
        "continuing_failure_reason"),
)  # fmt: skip


def test_every_refusal_says_why_and_what_to_do_and_loses_nothing(office: Office) -> None:
    office.decide("cpn_four_eyes", "always")
    faults: list[str] = []
    for on, who in dict.fromkeys((met.on, met.who) for met in MET):
        mine = [met for met in MET if (met.on, met.who) == (on, who)]
        paths = [office.arrange(met.page) for met in mine]
        with office.on(on, 15):
            page = office.tab(who, viewport=TELEPHONE)
            for met, path in zip(mine, paths, strict=True):
                page.goto(path)
                for name, value in met.typed.items():
                    enter(page, name, value)
                page.locator("main form.asb-form button:not([aria-hidden]):not([formaction])").last.click()
                faults += [f"{met.refusal.code}: lacks {fault}" for fault in what_is_missing(page, met)]
    assert faults == []


def test_a_requirement_that_an_appeal_suspends_is_not_offered_and_says_why(office: Office) -> None:
    path = office.arrange(appealed)
    with office.on(46):
        page = office.tab("officer", viewport=TELEPHONE)
        page.goto(path)
        page.locator("summary", has_text="Those that could not be failed then").click()
        seen = page.locator("main").inner_text()
    refusal = breaches.REQUIREMENT_SUSPENDED
    for words in (refusal.message, refusal.remedy, refusal.authority):
        assert as_filled_in(words).search(seen), words
    assert page.locator("[name=requirements]").count() == 1


def enter(page: Page, name: str, value: Any) -> None:
    """An answer given to a question of the form. None: the first that is offered."""
    if isinstance(value, date):
        type_day(page, name, value)
        return
    control = page.locator(f'main [name="{name}"]').first
    tag, kind = control.evaluate("(it) => [it.tagName, it.type]")
    if kind in ("checkbox", "radio"):
        offered = page.locator(f'main [name="{name}"][value="{value}"]') if isinstance(value, str) else control
        offered.check()
    elif tag == "SELECT":
        control.select_option(value) if value else control.select_option(index=1)
    else:
        control.fill(value)


def what_is_missing(page: Page, met: Met) -> list[str]:
    """What the page of a refusal lacks, in what can be seen of it on a telephone."""
    seen = page.locator("main").inner_text()
    told = {
        "the keyboard in the summary": page.locator(".govuk-error-summary:focus").count() == 1,
        "the message": as_filled_in(met.refusal.message).search(seen),
        "the section": met.refusal.authority in seen,
        "the remedy": as_filled_in(met.refusal.remedy).search(seen),
        "the message beside its answer": met.beside is None or beside(page, met),
        "room": page.evaluate(OVERFLOW) <= 0,
    }
    told |= {f"what was typed as {name}": kept(page, name, value) for name, value in met.typed.items()}
    return [what for what, there in told.items() if not there]


def as_filled_in(text: str) -> re.Pattern[str]:
    """The text of a refusal, whatever stands in its gaps."""
    return re.compile(".+?".join(map(re.escape, re.split(r"{\w+}", text))))


def beside(page: Page, met: Met) -> bool:
    group = page.locator(".govuk-form-group--error", has=page.locator(f'[name^="{met.beside}"]')).last
    return group.count() == 1 and bool(as_filled_in(met.refusal.message).search(group.inner_text()))


def kept(page: Page, name: str, value: Any) -> bool:
    """Whether an answer still stands in its question."""
    if isinstance(value, date):
        parts = (page.locator(f'[id="{name}-{part}"]').input_value() for part in ("day", "month", "year"))
        return [*map(int, parts)] == [value.day, value.month, value.year]
    control = page.locator(f'main [name="{name}"]').first
    if control.get_attribute("type") in ("checkbox", "radio"):
        return page.locator(f'main [name="{name}"]:checked').count() == 1
    return control.input_value() == value if value else control.input_value() != ""
