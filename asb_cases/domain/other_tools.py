"""What the law says of a tool in the generic journey: whether it may begin, be extended, end, on the facts of its file.

A bound that is law refuses, with its section and the way to put it right. One that is practice, or was read second-hand, is
pointed out and asks for a reason. What is not known, such as an age, refuses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from asb_cases.domain.calendar import ONE_DAY, in_words, local, plus_months
from asb_cases.domain.counting import Count, amount, hours_but_christmas
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.people import PersonKind, age_on
from asb_cases.domain.powers.power import Power
from asb_cases.domain.powers.recipient import ADULT
from asb_cases.domain.powers.tool import Bound, Lawful, Question, Tool
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, days_in_order, moment_has_come, words_given

NOT_IN_FORCE = Refusal("power_not_in_force", "{document} can’t be had yet on {day}.", "", "{remedy}")
TOO_YOUNG = Refusal("tool_under_age", "They were {age} on {day}; it needs {minimum}.", "", "{remedy}", field="subject")
WRONG_KIND = Refusal(
    "tool_wrong_recipient",
    "{document} can’t be against {kind}.",
    "{authority}",
    "Name the individual it is against, or choose another tool.",
    field="subject",
)
NOT_ANSWERED = Refusal("tool_not_answered", "“{label}” is not answered.", "", "{remedy}")
POINTED_OUT = Caution("tool_not_answered_caution", "“{label}” is not answered.")
TOO_LONG = Refusal(
    "tool_too_long", "It may last {length} at most, until {last}; it names {named}.", "", "{remedy}", "ends_on"
)
TOO_SHORT = Refusal(
    "tool_too_short", "It lasts {length} at least, until {last}; it names {named}.", "", "{remedy}", "ends_on"
)
TOO_LATE_TO_PROPOSE = Refusal(
    "tool_proposed_too_late", "The last day for that was {last}, {length} after {since}.", "", "{remedy}", "proposed_on"
)
NEEDS_LAST_DAY = Refusal(
    "tool_needs_last_day", "Its last day is not given.", AUTHORITY, "Give the last day that it names.", field="ends_on"
)
ONLY_FIXED = Refusal(
    "tool_only_for_a_period",
    "Against somebody under 18 it needs a last day: it can’t run until further order.",
    "",
    "Give the last day that the order names.",
    field="ends_on",
)
NOT_AT_NIGHT = Refusal(
    "tool_outside_hours", "{time} is not between {begins} and {ends}.", "", "{remedy}", field="starts_at"
)
ENDS_BEFORE = Refusal(
    "tool_ends_before_it_begins",
    "It would end on {last}, before it began on {first}.",
    AUTHORITY,
    "Check both.",
    "ends_on",
)
EXTENDED_TOO_LATE = Refusal(
    "tool_extended_too_late",
    "It ended on {last}: what is over can’t be extended.",
    "It is extended while it lasts (for a closure order: 2014 Act s.82)",
    "Apply for, or make, a new one.",
    field="happened_on",
)
NOT_LONGER = Refusal(
    "tool_not_extended", "Its last day is {last} already.", AUTHORITY, "Give a later last day.", field="ends_on"
)
NO_LAST_DAY_TO_MOVE = Refusal(
    "tool_without_last_day",
    "It has no last day that could be moved.",
    AUTHORITY,
    "Nothing needs to be done.",
    "ends_on",
)
BEFORE_IT_BEGAN = Refusal(
    "tool_before_it_began", "{day} is before it began, on {first}.", AUTHORITY, "Check both days.", field="happened_on"
)
AFTER_IT_ENDED = Caution(
    "tool_breach_after_end", "{day} is after its last day, {last}: it bound nobody then.", field="happened_on"
)
STILL_RUNS = Refusal(
    "tool_still_runs", "Its last day has not passed.", AUTHORITY, "Say how it ended, if it ended early."
)
OUTCOME_NOT_SAID = Refusal(
    "tool_outcome_needed", "How it ended is not said.", AUTHORITY, "Choose one.", field="outcome"
)


@dataclass(frozen=True)
class Whom:
    """Whom it is against, as far as age decides. `under_18` is what was said where no birth date is recorded."""

    kind: PersonKind
    born_on: date | None = None
    under_18: bool | None = None

    def age(self, day: date) -> int | None:
        """Whole years, where the birth date is known."""
        return age_on(self.born_on, day) if self.born_on else None

    def is_young(self, day: date) -> bool | None:
        """Whether they are under 18; None where nobody knows."""
        age = self.age(day)
        return self.under_18 if age is None else age < ADULT


@dataclass(frozen=True)
class Term:
    """From when to when. Of a tool that counts hours, moments; `last_day` None is "until further order", or no end."""

    first_day: date
    last_day: date | None = None
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class ToolFacts:
    """A tool being proposed (`term` None) or begun."""

    power: Power
    whom: Whom
    now: datetime
    values: LegalValues
    stage: str
    proposed_on: date | None = None
    term: Term | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    proposed_before: bool = False
    imported: bool = False

    @property
    def tool(self) -> Tool:
        return tool_of(self.power)

    @property
    def day(self) -> date:
        """The day whose law decides: that of the beginning, else of the proposal."""
        return self.term.first_day if self.term else self.proposed_on or local(self.now).date()


def tool_of(power: Power) -> Tool:
    """What the generic journey knows of a power. Raises `ValueError` for a power with pages of its own."""
    if power.tool is None:
        raise ValueError(f"{power.code} has a journey of its own.")
    return power.tool


def check_begin(facts: ToolFacts) -> Findings:
    """Whether it may be proposed, or begin, on these facts. Of an old register's row only the law is asked."""
    law = gathered([
        _not_in_force(facts), _too_young(facts), _wrong_kind(facts), *_bounded(facts), _only_fixed(facts), _ends_before(facts),
    ])  # fmt: skip
    if facts.imported:
        return Findings(law.refusals)
    asked = [
        _unanswered(each, facts) for each in facts.tool.asked_at(facts.stage, proposed_before=facts.proposed_before)
    ]
    return law + gathered([*asked, *_days_in_order(facts), _no_last_day(facts), _outside_hours(facts)])


def check_extension(
    power: Power, *, whom: Whom, values: LegalValues, term: Term, asked_on: date, until: Term, now: datetime
) -> Findings:
    """Whether what runs may be extended, on the day asked for, until the last day of another term."""
    tool = tool_of(power)
    last, later = _last(term), _last(until)
    if last is None:
        return gathered([NO_LAST_DAY_TO_MOVE])
    authority = next((each.authority for each in tool.bounds if each.bound == "extension"), power.authority)
    over = asked_on > local(last).date() if isinstance(last, datetime) else asked_on > last
    first = [
        day_has_come("The day", asked_on, local(now).date(), "happened_on"),
        _at(EXTENDED_TOO_LATE.of(last=_said(last)), authority) if over else None,
        NOT_LONGER.of(last=_said(last)) if later is None or not _after(later, last) else None,
    ]
    bounds = []
    for each in tool.bounds:
        begin = {"extension": last, "total": _first(term), "at_most": _first(term)}.get(each.bound)
        once = each.bound == "at_most" and any(other.bound == "total" for other in tool.bounds)
        if begin is not None and not once and _binds(each, whom, term.first_day, {}):
            bounds.append(_over(each, begin, later, values, tool, term.first_day))
    return gathered([*first, *bounds])


def check_event(*, happened_on: date, text: str, term: Term, today: date, breach: bool = False) -> Findings:
    """Whether a review, or what was not kept to, may be recorded as of a day."""
    last = term.last_day or (local(term.ends).date() if term.ends else None)
    after = breach and last is not None and happened_on > last
    return gathered([
        words_given("What was found", text, "text"),
        day_has_come("The day", happened_on, today, "happened_on"),
        BEFORE_IT_BEGAN.of(day=in_words(happened_on), first=in_words(term.first_day))
        if happened_on < term.first_day else None,
        AFTER_IT_ENDED.of(day=in_words(happened_on), last=in_words(last)) if after and last else None,
    ])  # fmt: skip


def check_end(*, happened_on: date, since: date | None, text: str, today: date, outcome: str | None = "") -> Findings:
    """Whether it may be recorded as over, or as not made, as of a day: with the reason, and with the outcome where there is one
    to choose."""
    before = since is not None and happened_on < since
    return gathered([
        words_given("The reason", text, "text"),
        OUTCOME_NOT_SAID if outcome is None else None,
        day_has_come("The day", happened_on, today, "happened_on"),
        BEFORE_IT_BEGAN.of(day=in_words(happened_on), first=in_words(since)) if before and since else None,
    ])  # fmt: skip


def usual_last_day(tool: Tool, first: date, values: LegalValues) -> date | None:
    """The last day that the council's practice gives it."""
    if not tool.usual_length:
        return None
    return plus_months(first, values.number(tool.usual_length, first)) - ONE_DAY


def next_review(tool: Tool, last: date, whom: Whom, values: LegalValues) -> date | None:
    """By when it is looked at again, counted from its beginning or the last review."""
    if not tool.review or (tool.review_who == "young" and not whom.is_young(last)):
        return None
    span = values.number(tool.review, last)
    return last + timedelta(days=span) if values[tool.review].unit == "days" else plus_months(last, span)


def _not_in_force(facts: ToolFacts) -> Refusal | None:
    lawful = facts.tool.in_force
    if lawful is None or facts.values.text(lawful.value, facts.day) == "in_force":
        return None
    return _lawfully(NOT_IN_FORCE, lawful, document=facts.power.document, day=in_words(facts.day))


def _too_young(facts: ToolFacts) -> Refusal | None:
    lawful = facts.tool.minimum_age
    if lawful is None:
        return None
    minimum, age = facts.values.number(lawful.value, facts.day), facts.whom.age(facts.day)
    if age is None and facts.whom.under_18 and minimum >= ADULT:
        return _lawfully(TOO_YOUNG, lawful, age="under 18", day=in_words(facts.day), minimum=minimum)
    if age is None or age >= minimum:
        return None
    return _lawfully(TOO_YOUNG, lawful, age=age, day=in_words(facts.day), minimum=minimum)


def _wrong_kind(facts: ToolFacts) -> Refusal | None:
    if facts.whom.kind in facts.power.recipient_kinds:
        return None
    kind = {"body": "a body", "occupier": "an unnamed occupier", "owner": "an unnamed owner"}.get(
        facts.whom.kind.value, ""
    )
    named = {"document": facts.power.document, "kind": kind, "authority": facts.power.authority}
    return _at(WRONG_KIND.of(**named), facts.power.authority)


def _unanswered(question: Question, facts: ToolFacts) -> Refusal | Caution | None:
    young = facts.whom.is_young(facts.day)
    asked = not question.who or (question.who == "young") == young
    if question.optional or not asked or (facts.answers.get(question.code) or "").strip():
        return None
    if question.caution:
        found = POINTED_OUT.of(label=question.label)
        return Caution(found.code, found.message, f"answer_{question.code}", question.authority)
    refusal = NOT_ANSWERED.of(label=question.label, remedy=question.remedy)
    return _at(refusal, question.authority).at(f"answer_{question.code}")


def _bounded(facts: ToolFacts) -> Iterator[Refusal | Caution | None]:
    term = facts.term
    for each in facts.tool.bounds:
        if not _binds(each, facts.whom, facts.day, facts.answers):
            continue
        if each.bound == "proposed_within":
            yield _proposed_too_late(each, facts)
        elif term is not None and each.bound == "at_most":
            yield _over(each, _first(term), _last(term), facts.values, facts.tool, facts.day)
        elif term is not None and each.bound == "at_least":
            yield _under(each, term, facts.values)


def _binds(bound: Bound, whom: Whom, day: date, answers: Mapping[str, str]) -> bool:
    if bound.who and whom.is_young(day) is not (bound.who == "young"):
        return False
    code, _, wanted = bound.answer.partition("=")
    return not code or answers.get(code) == wanted


def _proposed_too_late(bound: Bound, facts: ToolFacts) -> Refusal | Caution | None:
    text = facts.answers.get(bound.from_) or ""
    try:
        since = date.fromisoformat(text)
    except ValueError:
        return None
    proposed_on = facts.proposed_on or facts.day
    months = facts.values.number(bound.value, since)
    last = plus_months(since, months)
    if proposed_on <= last:
        return None
    said = {"last": in_words(last), "length": amount(months, "months"), "since": in_words(since)}
    return _found(TOO_LATE_TO_PROPOSE, bound, **said)


def _over(
    bound: Bound, begin: date | datetime, end: date | datetime | None, values: LegalValues, tool: Tool, day: date
) -> Refusal | Caution | None:
    """What ends later than the bound allows. Counted the longer way: from the day after, since an order may begin then."""
    if end is None:
        return None
    most = _last_allowed(bound, begin, values, tool, day)
    if not _after(end, most):
        return None
    length = amount(values.number(bound.value, day), values[bound.value].unit)
    return _found(TOO_LONG, bound, length=length, last=_said(most), named=_said(end))


def _under(bound: Bound, term: Term, values: LegalValues) -> Refusal | Caution | None:
    """What ends sooner than the bound allows. Counted the shorter way: the first day is day one."""
    if term.last_day is None:
        return None
    span, unit = values.number(bound.value, term.first_day), values[bound.value].unit
    least = plus_months(term.first_day, span * (12 if unit == "years" else 1)) - ONE_DAY
    if term.last_day >= least:
        return None
    return _found(TOO_SHORT, bound, length=amount(span, unit), last=in_words(least), named=in_words(term.last_day))


def _last_allowed(bound: Bound, begin: date | datetime, values: LegalValues, tool: Tool, day: date) -> date | datetime:
    span, unit = values.number(bound.value, day), values[bound.value].unit
    if isinstance(begin, datetime):
        if tool.leaves_out == "christmas":
            counted = hours_but_christmas(Count(local(begin).date(), span, unit, moment=begin)).due_at
            return counted or begin
        return begin + timedelta(hours=span)
    if unit in ("days", "hours"):  # of an old register's hours only the days are known
        return begin + (timedelta(days=span) if unit == "days" else timedelta(days=-(-span // 24)))
    return plus_months(begin, span * (12 if unit == "years" else 1))


def _only_fixed(facts: ToolFacts) -> Refusal | Caution | None:
    tool, term = facts.tool, facts.term
    if tool.until_further_order != "adult" or term is None or term.last_day or not facts.whom.is_young(facts.day):
        return None
    bound = Bound(
        "", "", tool.until_further_order_authority, ONLY_FIXED.remedy, caution=tool.until_further_order_caution
    )
    return _found(ONLY_FIXED, bound)


def _no_last_day(facts: ToolFacts) -> Refusal | None:
    tool, term = facts.tool, facts.term
    if term is None or tool.last_day != "needed" or _last(term) is not None or tool.until_further_order:
        return None
    return NEEDS_LAST_DAY


def _outside_hours(facts: ToolFacts) -> Refusal | None:
    lawful, begins = facts.tool.hours_of_day, facts.term.begins if facts.term else None
    if lawful is None or begins is None:
        return None
    first, last = (facts.values.time_of_day(code, facts.day) for code in (lawful.value, lawful.upto))
    clock = local(begins).time()
    if clock >= first or clock < last:
        return None
    return _lawfully(NOT_AT_NIGHT, lawful, time=f"{clock:%H:%M}", begins=f"{first:%H:%M}", ends=f"{last:%H:%M}")


def _ends_before(facts: ToolFacts) -> Refusal | None:
    term = facts.term
    last = _last(term) if term else None
    if term is None or last is None or not _after(_first(term), last):
        return None
    return ENDS_BEFORE.of(last=_said(last), first=_said(_first(term)))


def _days_in_order(facts: ToolFacts) -> Sequence[Refusal | None]:
    today, term, proposed = local(facts.now).date(), facts.term, facts.proposed_on
    first = term.first_day if term else None
    return [
        day_has_come("The day it was proposed", proposed, today, "proposed_on"),
        day_has_come("Its first day", first, today, "starts_on"),
        moment_has_come("Its first moment", term.begins if term else None, facts.now, "starts_at"),
        days_in_order(("it was proposed", proposed), ("Its first day", first), "starts_on"),
    ]


def _first(term: Term) -> date | datetime:
    return term.begins or term.first_day


def _last(term: Term) -> date | datetime | None:
    return term.ends if term.begins else term.last_day


def _after(one: date | datetime, other: date | datetime) -> bool:
    """Whether one of two days, or one of two moments, is later."""
    return one > other


def _said(when: date | datetime) -> str:
    return f"{local(when):%H:%M} on {in_words(local(when).date())}" if isinstance(when, datetime) else in_words(when)


def _found(refusal: Refusal, bound: Bound, **said: object) -> Refusal | Caution:
    filled = _at(refusal.of(**said, remedy=bound.remedy), bound.authority)
    if bound.caution:
        return Caution(filled.code, filled.message, filled.field, filled.authority)
    return filled


def _lawfully(refusal: Refusal, lawful: Lawful, **said: object) -> Refusal:
    return _at(refusal.of(**said, remedy=lawful.remedy), lawful.authority)


def _at(refusal: Refusal, authority: str) -> Refusal:
    return Refusal(refusal.code, refusal.message, authority, refusal.remedy, refusal.field)
