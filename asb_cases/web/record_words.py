"""How templates name what the registers of the rules know: powers, statuses of steps, clocks; and how far off a day is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import Flask

from asb_cases.domain.appeals import GROUND_TITLES, AppealGround
from asb_cases.domain.breaches import DECISION_TITLES, BreachDecision
from asb_cases.domain.calendar import local
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clock_standing import ended_as, most_urgent_first, standing
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.closing import OUTCOMES
from asb_cases.domain.contact_preferences import NEED_TITLES, WAY_TITLES, ContactWay, NeedKind, read_ways
from asb_cases.domain.duplicates import SIGN_TITLES
from asb_cases.domain.files import title_of
from asb_cases.domain.history import KINDS as HISTORY_KINDS
from asb_cases.domain.incidents import SOURCE_TITLES, IncidentSource
from asb_cases.domain.out_of_hours import minutes_to_arrive, shift_of
from asb_cases.domain.periods import between
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.power import OFFENCE_TITLES, OffenceCode
from asb_cases.domain.powers.screening import BY_CODE, Screened
from asb_cases.domain.requirements import KIND_TITLES, RequirementKind
from asb_cases.domain.risk import level_of_rank
from asb_cases.domain.service import METHOD_TITLES, ServiceMethod
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Consultee
from asb_cases.models.tool import ToolEventKind
from asb_cases.queries.duplicates import Likely
from asb_cases.web.filters import day, moment, words
from asb_cases.web.page_names import page_name

#: Kinds of record, as people call them.
KIND_WORDS = {
    "case": "Case",
    "person": "Person or body",
    "complaint": "Complaint",
    "case_review": "Case review",
    "note": "Note on a case",
    "contact_entry": "Contact on a case",
    "incident": "Incident of a case",
}

NUISANCE_WORDS = {
    "no": "No.",
    "told": "It may be one, and environmental health knows.",
    "to_tell": "It may be one. Environmental health is to be told.",
}

#: A day no further off than this is marked.
NEAR = timedelta(days=3)


def install_record_words(app: Flask) -> None:
    """Give templates every filter below, under its own name."""
    for filter_ in (
        power_title, given_word, step_status, clock_title, clock_next_step, clock_authority, from_day, is_near,
        requirement_kind, service_method, breach_decision, offence_title, grounds_titles, kind_title, most_urgent_first,
        told_beforehand, way, ways, need_title, told_of, response_words, shift_working,
        file_title, incident_source, screen_rows, statutory_nuisance, history_title,
        risk_level, page_name, closure_outcome, period_label, tool_event_title,
    ):  # fmt: skip
        app.add_template_filter(filter_)
    app.add_template_filter(standing, "clock_standing")
    app.add_template_filter(minutes_to_arrive, "minutes_until")


def period_label(first: date, last: date) -> str:
    """What people call the days from one to another: "2015-16", "June 2015"."""
    return between(first, last).label


def closure_outcome(code: str | None) -> str:
    """What a case came to, as it is asked for when the case is closed."""
    return OUTCOMES.get(code or "") or words(code)


def power_title(code: str) -> str:
    """The power in full: "Community protection notice"."""
    return POWERS[code].title if code in POWERS else words(code)


def tool_event_title(kind: ToolEventKind) -> str:
    """What came after a tool began."""
    return {"review": "Reviewed", "extension": "Extended", "breach": "Said not to be kept to"}[kind.value]


def given_word(power: str) -> str:
    """What was done on the day that an intervention counts from."""
    tool = POWERS[power].tool if power in POWERS else None
    if tool is not None:
        return tool.started.lower()
    return {"FPN": "issued", "PROSECUTION": "laid"}.get(power, "given")


def step_status(status: str, power: str) -> str:
    """The status of an intervention in the words of its power."""
    titles = POWERS[power].status_titles if power in POWERS else {}
    return titles.get(status) or words(status)


def clock_title(rule: str) -> str:
    """What a clock is for."""
    return CLOCK_RULES[rule].title if rule in CLOCK_RULES else words(rule)


def clock_outcome(rule: str, state: str) -> str:
    """What a clock that is over has come to: "Met", "Missed", "Passed"."""
    return words(ended_as(rule, DeadlineState(state)))


def answered_words(clock: Deadline) -> str:
    """What a contact did to a clock: "On 2 March 2026 it met “First response to a category 2 report”, due by 4 March 2026." """
    met = "it met" if clock.state is DeadlineState.MET else "it came too late for"
    return (
        f"On {day(clock.ended_on)} {met} “{clock_title(clock.rule)}”, due by {moment(clock.due_at or clock.last_day)}."
    )


def clock_next_step(rule: str) -> str:
    """What becomes lawful once a clock is over."""
    return (CLOCK_RULES[rule].next_step if rule in CLOCK_RULES else None) or "The next step is lawful"


def told_beforehand(consultee: Consultee) -> dict[str, str]:
    """Who was told of a notice before it was issued, when, and what they said, as a row of a summary."""
    said = f": {consultee.note}" if consultee.note else ""
    return {"key": consultee.name, "value": f"Told on {day(consultee.told_on)}{said}"}


def risk_level(rank: int | None) -> str | None:
    """The level of a rank, as the case's page reads it."""
    level = level_of_rank(rank)
    return level.value if level else None


def file_title(media_type: str) -> str:
    """What people call a file of a media type."""
    return title_of(media_type)


def history_title(kind: str) -> str:
    """What an entry of the history is called."""
    return HISTORY_KINDS[kind].title if kind in HISTORY_KINDS else words(kind)


def incident_source(source: str) -> str:
    """How an incident is known."""
    return SOURCE_TITLES[IncidentSource(source)]


def screen_rows(answers: Sequence[Screened]) -> list[dict[str, str]]:
    """The answers to the screen as rows of a summary: what was raised or noted by itself, the rest in one row."""
    told = [each for each in answers if each.raised or each.note]
    rest = [_screened(each) for each in answers if each not in told]
    rows = [{"key": _screened(each), "value": _screen_answer(each)} for each in told]
    return [*rows, {"key": "Nothing known of", "value": "; ".join(rest)}] if rest else rows


def _screened(answer: Screened) -> str:
    return BY_CODE[answer.item].about if answer.item in BY_CODE else words(answer.item)


def _screen_answer(answer: Screened) -> str:
    said = "To be considered" if answer.raised else "Nothing known"
    return f"{said}: {answer.note}" if answer.note else said


def statutory_nuisance(code: str) -> str:
    """Whether it may be a statutory nuisance, as a sentence."""
    return NUISANCE_WORDS.get(code, words(code))


def clock_authority(rule: str) -> str:
    """Whose rule a clock is."""
    return CLOCK_RULES[rule].authority if rule in CLOCK_RULES else ""


def response_words(response: str | None) -> str:
    """What an out-of-hours shift did about a request."""
    return {None: "Not recorded", "none": "No visit or contact"}.get(response) or words(response)


def shift_working(received: datetime) -> str:
    """Why a request belongs to its shift."""
    return shift_of(received).working


def from_day(value: date, now: datetime) -> str:
    """How far off a day is: "today", "in 5 days", "3 days ago"."""
    days = (value - local(now).date()).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def is_near(value: date, now: datetime) -> bool:
    """Whether a day is so close that it is marked."""
    return value - local(now).date() <= NEAR


def requirement_kind(kind: str) -> str:
    """The kind of a requirement."""
    return KIND_TITLES[RequirementKind(kind)]


def service_method(method: str | None) -> str:
    """How a document was given."""
    return METHOD_TITLES[ServiceMethod(method)] if method else ""


def breach_decision(decision: str | None) -> str:
    """What was decided about an alleged breach."""
    known = {member.value for member in BreachDecision}
    return DECISION_TITLES[BreachDecision(decision)] if decision in known else words(decision)


def offence_title(code: str | None) -> str:
    """What a penalty or prosecution is for."""
    known = {member.value for member in OffenceCode}
    return OFFENCE_TITLES[OffenceCode(code)] if code in known else words(code)


def grounds_titles(codes: str | None) -> list[str]:
    """The grounds of an appeal, kept as codes with commas between them; what is no code stands as it is written."""
    known = {member.value for member in AppealGround}
    parts = [part.strip() for part in (codes or "").split(",") if part.strip()]
    if not all(part in known for part in parts):
        return [codes] if codes else []
    return [GROUND_TITLES[AppealGround(part)] for part in parts]


def way(code: str) -> str:
    """A way to reach somebody: "Telephone"."""
    return WAY_TITLES[ContactWay(code)]


def ways(codes: str | None) -> list[str]:
    """Ways kept as codes with commas between them, each in words."""
    return [WAY_TITLES[each] for each in ContactWay if each in read_ways(codes)]


def need_title(kind: str) -> str:
    """What sort of need it is."""
    return NEED_TITLES[NeedKind(kind)]


def told_of(person: Likely) -> str:
    """What tells somebody apart from others of the name, and what speaks for their being the one asked about."""
    born = f"born {day(person.born_on)}" if person.born_on else ""
    facts = ", ".join(filter(None, (words(person.kind), born, *person.addresses[:2])))
    signs = ", ".join(SIGN_TITLES[sign] for sign in person.signs)
    return f"{facts}. {signs.capitalize()}." if signs else f"{facts}."


def kind_title(kind: str, power: str | None = None) -> str:
    """What sort of record a search found."""
    return power_title(power) if power else KIND_WORDS.get(kind, words(kind))
