"""What the record asks of every entry, whatever it is about: words where words are needed, days that can be right."""

from datetime import date, datetime

from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.errors import Refusal
from asb_cases.domain.names import fold_key

AUTHORITY = "How the record works"

CANNOT_HAVE_DONE = Refusal(
    "cannot_have_done",
    "{name} can’t be named here: their role does not include it, or their account is out of use.",
    AUTHORITY,
    "Name a colleague whose role includes it and whose account is in use; write down in the note who else was there.",
)
NEEDS_WORDS = Refusal("needs_words", "{what} is not given.", AUTHORITY, "Fill it in.")
NEEDS_REASON = Refusal(
    "reason_needed",
    "{what} needs a reason.",
    AUTHORITY,
    "Say why; it is kept with the record.",
    field="reason",
)
PLACE_WITHOUT_WORDS = Refusal(
    "place_without_words",
    "The place has no letter and no digit in it.",
    AUTHORITY,
    "Write it as you would say it, or leave it blank.",
)
DAY_NOT_COME = Refusal("day_not_come", "{what}, {day}, has not come yet.", AUTHORITY, "Check the day.")
MOMENT_NOT_COME = Refusal("moment_not_come", "{what}, {time}, has not come yet.", AUTHORITY, "Check the time.")
DAY_IS_PAST = Refusal(
    "day_is_past", "{what} can’t be on {day}, which is past.", AUTHORITY, "Name today or a day to come."
)
DAYS_OUT_OF_ORDER = Refusal(
    "days_out_of_order",
    "{later} can’t come on {second}, before {earlier} on {first}.",
    AUTHORITY,
    "Check both days.",
)
ALREADY_IN_ERROR = Refusal(
    "already_entered_in_error",
    "This is marked as entered in error already.",
    AUTHORITY,
    "Nothing needs to be done.",
)
IN_ERROR = Refusal(
    "entered_in_error",
    "This is marked as entered in error: nothing further can be done with it.",
    AUTHORITY,
    "Work on the right record.",
)
CASE_IS_CLOSED = Refusal(
    "case_is_closed",
    "This case is closed.",
    AUTHORITY,
    "Have it reopened first, with what has come up, or open a new case.",
)
UNKNOWN_CATEGORY = Refusal(
    "unknown_category",
    "No category in use is called “{code}”.",
    AUTHORITY,
    "Use one of: {known}.",
    field="categories",
)
ANONYMOUS_COMPLAINANT = Refusal(
    "anonymous_complainant",
    "A complaint can’t be anonymous and name who made it.",
    AUTHORITY,
    "Leave the name out, or record it as not anonymous.",
    field="anonymous",
)
REPORTED_THEMSELVES = Refusal(
    "reported_themselves",
    "Whoever reports it can’t also be the one it is about.",
    AUTHORITY,
    "Choose another person, or leave it open who it is about.",
    field="about",
)
REFERENCE_KNOWN = Refusal(
    "their_reference_known",
    "A complaint with the reference {reference} is recorded already.",
    AUTHORITY,
    "Search for it: it may be the same report. If two bodies use the same number, put the body’s initials before it.",
    field="their_reference",
)
SHIFT_NEEDS_TIME = Refusal(
    "shift_needs_time",
    "An out-of-hours request needs its time of day: a night belongs to the shift on which it began.",
    AUTHORITY,
    "Give the time at which it was made.",
    field="made_at",
)
CASE_HAS_STEPS = Refusal(
    "case_has_steps",
    "This case holds complaints or enforcement steps that stand.",
    AUTHORITY,
    "Mark those as entered in error first, or move the complaints to the right case.",
)
ALREADY_CORRECTED = Refusal(
    "note_already_corrected",
    "This note was corrected already.",
    AUTHORITY,
    "Correct the later note instead.",
)
ALREADY_WITHHELD = Refusal(
    "already_withheld",
    "This is withheld already.",
    AUTHORITY,
    "Nothing needs to be done.",
)
NOTE_WITHHELD = Refusal(
    "note_withheld",
    "This note is withheld: its words can’t be put in another place.",
    AUTHORITY,
    "Add a new note.",
)
ALREADY_DONE = Refusal("already_done", "This is done already.", AUTHORITY, "Nothing needs to be done.")
DONE_BY_CHECKING = Refusal(
    "done_by_checking",
    "This task is done when the check itself is recorded.",
    AUTHORITY,
    "Record the check of {reference}. The task then ends by itself.",
)
NOT_RESTRICTED = Refusal(
    "not_restricted",
    "This case is not restricted.",
    AUTHORITY,
    "Open it as any other.",
)
NO_READERS = Refusal(
    "no_readers",
    "A restricted case needs at least one reader.",
    AUTHORITY,
    "Name those who work on it.",
    field="readers",
)
ONE_RECIPIENT = Refusal(
    "one_recipient",
    "A case is shared with one team or with one partner body.",
    AUTHORITY,
    "Choose one; share it again for another.",
    field="share_with",
)
SHARED_ALREADY = Refusal(
    "shared_already",
    "The case is shared with them already.",
    AUTHORITY,
    "Nothing needs to be done.",
    field="share_with",
)
PLAYS_PART_ALREADY = Refusal(
    "plays_part_already",
    "They already play this part in the case.",
    AUTHORITY,
    "Nothing needs to be done.",
    field="part",
)
UNKNOWN_PRIORITY = Refusal(
    "unknown_priority",
    "“{priority}” is not a priority.",
    AUTHORITY,
    "Use 1, 2 or 3.",
    field="priority",
)
SAME_PRIORITY = Refusal(
    "same_priority",
    "Priority {priority} is the priority it has.",
    AUTHORITY,
    "Choose another, or leave it as it is.",
    field="priority",
)


def reason_given(what: str, reason: str | None) -> Refusal | None:
    """Refuses an act that must be explained and is not."""
    return None if (reason or "").strip() else NEEDS_REASON.of(what=what)


def words_given(what: str, text: str | None, field: str) -> Refusal | None:
    """Refuses an entry that would say nothing."""
    return None if (text or "").strip() else NEEDS_WORDS.of(what=what).at(field)


def place_named(text: str | None, field: str) -> Refusal | None:
    """Refuses a place written without a letter or a digit: nothing could be found by it."""
    return PLACE_WITHOUT_WORDS.at(field) if (text or "").strip() and not fold_key(text or "") else None


def day_has_come(what: str, day: date | None, today: date, field: str) -> Refusal | None:
    """Refuses a future day for what is said to have happened."""
    return DAY_NOT_COME.of(what=what, day=in_words(day)).at(field) if day and day > today else None


def moment_has_come(what: str, moment: datetime | None, now: datetime, field: str) -> Refusal | None:
    """Refuses a later moment of today; a later day is refused by `day_has_come`."""
    if moment is None or moment <= now or local(moment).date() != local(now).date():
        return None
    return MOMENT_NOT_COME.of(what=what, time=f"{local(moment):%H:%M}").at(field)


def day_to_come(what: str, day: date | None, today: date, field: str) -> Refusal | None:
    """Refuses a past day for what is still to be."""
    return DAY_IS_PAST.of(what=what, day=in_words(day)).at(field) if day and day < today else None


def days_in_order(earlier: tuple[str, date | None], later: tuple[str, date | None], field: str) -> Refusal | None:
    """Refuses what would have happened before the thing it follows. A day that is not known is in no one's way."""
    first, second = earlier[1], later[1]
    if first is None or second is None or first <= second:
        return None
    return DAYS_OUT_OF_ORDER.of(earlier=earlier[0], first=in_words(first), later=later[0], second=in_words(second)).at(
        field
    )


def known_priority(priority: int | None) -> Refusal | None:
    """Refuses a priority that is none of 1, 2 and 3; None is "not set yet"."""
    return None if priority in (None, 1, 2, 3) else UNKNOWN_PRIORITY.of(priority=priority)
