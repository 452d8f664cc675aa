"""What is asked of a council's own decisions, before they are kept as dated rows."""

from datetime import date

from asb_cases.domain.calendar import SATURDAY, Holidays, in_words
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.legal_values import AddedValue, LegalValues, ValueNotAllowed
from asb_cases.domain.record_keeping import words_given

AUTHORITY = "How the record works"

UNKNOWN_FIGURE = Refusal("unknown_figure", "There is no such figure.", AUTHORITY, "Choose one of the list.")
NO_WORKING_DAY = Refusal(
    "no_working_day",
    "{day} is a {weekday}: no working day as it is.",
    "Banking and Financial Dealings Act 1971, s.1 and Sch. 1",
    "Add the day that is given in its place.",
    field="day",
)
HOLIDAY_ALREADY = Refusal(
    "holiday_already",
    "{day} is a bank holiday already.",
    AUTHORITY,
    "Nothing needs to be done.",
    field="day",
)
NO_HOLIDAY = Refusal(
    "no_holiday",
    "{day} is not a bank holiday.",
    AUTHORITY,
    "Nothing needs to be done.",
    field="day",
)


def check_added(values: LegalValues, code: str, *, from_on: date, value: str, source: str) -> Findings:
    """Whether a value may be added to those in force: readable in its unit, within what the law sets, with its authority.
    A refusal names the section that sets the limit."""
    findings = gathered([words_given("Where the value is decided", source, "source")])
    try:
        with_it = values.with_one_more(AddedValue(code, from_on, value, source))
    except ValueNotAllowed as refused:
        authority = values[code].authority if code in values else AUTHORITY
        return findings + gathered([Refusal("value_not_allowed", str(refused), authority, "", field="value")])
    return findings + gathered([_above(with_it, code, from_on)])


def _above(values: LegalValues, code: str, from_on: date) -> Refusal | None:
    found = values.first_above_its_bound(code, from_on)
    if found is None:
        return None
    day, bound = found
    entry, limit = values[code], values[bound.code]
    told = (
        f"{entry.title}: {entry.written(values.on(code, from_on).value)} would be above {limit.written(bound.value)} "
        f"on {in_words(day)}, which is not allowed ({limit.title[:1].lower()}{limit.title[1:]})."
    )
    remedy = "Enter no more than that. If the limit has changed, add its new value first, with its authority."
    return Refusal("value_above_bound", told, limit.authority, remedy, field="value")


def check_holiday(day: date, title: str, *, observed: bool, known: Holidays) -> Findings:
    """Whether a bank holiday may be added (`observed`), or taken away."""
    said, weekend = in_words(day), day.weekday() >= SATURDAY
    return gathered([
        words_given("What the day is", title, "title"),
        NO_WORKING_DAY.of(day=said, weekday=f"{day:%A}") if observed and weekend else None,
        HOLIDAY_ALREADY.of(day=said) if observed and day in known else None,
        NO_HOLIDAY.of(day=said) if not observed and day not in known else None,
    ])  # fmt: skip
