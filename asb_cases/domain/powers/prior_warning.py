"""The written warning before a notice, and the time it gave (2014 Act s.43(5))."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.requirements import Requirement

SECTION = "2014 Act s.43(5)(a)"
ONE_DAY = timedelta(days=1)

NO_WRITTEN_WARNING = Refusal(
    "no_written_warning",
    "The recipient has not been given a written warning that a notice will be issued unless the effect stops.",
    SECTION,
    "Give a community protection warning first, or record one given by the police or a landlord with a copy.",
    field="follows",
)
WARNING_TO_SOMEONE_ELSE = Refusal(
    "warning_to_someone_else",
    "The written warning was given to somebody else.",
    SECTION,
    "Warn this recipient in writing first. If both records are one person, link or merge them.",
    field="follows",
)
WARNING_NOT_BEFORE = Refusal(
    "warning_not_before_notice",
    "The written warning was given on {given}, not before the notice of {day}.",
    SECTION,
    "Check both days; give the notice once the warning has been given and there was time to heed it.",
    field="follows",
)
WARNING_LATER_THAT_DAY = Refusal(
    "warning_not_before_notice",
    "The written warning was given at or after the time of the notice, on the same day.",
    SECTION,
    "Check both times; give the notice once the warning has been given and there was time to heed it.",
    field="follows",
)
WARNING_WITHDRAWN = Refusal(
    "warning_withdrawn",
    "The written warning was withdrawn on {withdrawn}, before the notice.",
    SECTION,
    "Give a new warning first.",
    field="follows",
)
TIMES_NOT_RECORDED = Refusal(
    "same_day_times_not_recorded",
    "Warning and notice bear the same day, and the times are not recorded: nothing shows that the warning came first.",
    SECTION,
    "Record the time at which each was given.",
    field="issued_at",
)
NO_ENOUGH_TIME_REASON = Refusal(
    "no_enough_time_reason",
    "It is not said why the recipient had enough time to deal with the matter, and that the effect goes on.",
    "2014 Act s.43(5)(b)",
    "Say how long they had, why that was enough, and what shows that the conduct still has the effect.",
    field="enough_time_reason",
)
WARNING_LAPSED = Caution(
    "warning_lapsed",
    "The warning lapsed on {lapsed} under local policy. Say why the notice still stands on it.",
    field="follows",
)
UNDER_A_DAY = Caution(
    "under_24_hours",
    "Less than 24 hours lie between warning and notice. Say why that was enough.",
    field="enough_time_reason",
)
TIME_NOT_OVER = Caution(
    "warning_time_not_over",
    "The warning gave time until the end of {day}, which is not over. Say why they had enough time all the same.",
    field="enough_time_reason",
    authority="2014 Act s.43(5)(b)",
)
CAME_BACK = Caution(
    "warning_came_back",
    "The warning was posted and came back on {day}, and it is not recorded that it was given another way. Say how the recipient "
    "had it.",
    field="follows",
    authority=SECTION,
)
HEEDED = Caution(
    "warning_heeded",
    "The record says that the warning was heeded, on {day}. Say what has happened since, and why the notice still stands on "
    "it.",
    field="follows",
    authority="2014 Act s.43(5)(b)",
)
WIDER_THAN_WARNING = Caution(
    "wider_than_warning",
    "Requirement {number} does not stand in the warning in these words. Say why it differs.",
    field="requirements",
)


@dataclass(frozen=True)
class WrittenWarning:
    """A warning the notice may stand on: by us, the police or a landlord. `given_on` None: not given yet.

    `power` is the register's code; a warning by somebody else is entered under CPW too. `comply_by` is the last day of the
    time that it gave; `heeded_on` the day on which it was found to have been heeded; `came_back_on` that on which the
    post brought it back, where it was given in no other way.
    """

    subject_id: int | str
    given_on: date | None
    given_at: datetime | None = None
    lapsed_on: date | None = None
    withdrawn_on: date | None = None
    requirements: tuple[Requirement, ...] = ()
    power: str = "CPW"
    comply_by: date | None = None
    heeded_on: date | None = None
    came_back_on: date | None = None


def check_prior_warning(
    recipient: Recipient,
    warnings: Iterable[WrittenWarning],
    *,
    on: date,
    at: datetime | None = None,
    imported: bool = False,
    drafting: bool = False,
) -> Findings:
    """Whether one of the warnings carries a notice of this day (and moment, where both fell on one day).

    A draft asks only that a warning was given by then. An imported row that lacks times is taken at its days.
    """
    reasons = [
        _objection(recipient, each, on, at, days_only=imported or drafting, imported=imported) for each in warnings
    ]
    if any(reason is None for reason in reasons):
        return gathered([])
    return gathered([min((each for each in reasons if each), key=_nearest, default=NO_WRITTEN_WARNING)])


def check_enough_time(
    recipient: Recipient,
    warnings: Sequence[WrittenWarning],
    reason: str | None,
    requirements: Sequence[Requirement],
    *,
    on: date,
    at: datetime | None = None,
) -> Findings:
    """Whether the reason is given why there was enough time (s.43(5)(b)), and what practice points out beside it."""
    carrying = [each for each in warnings if _objection(recipient, each, on, at, days_only=True) is None]
    latest = max(carrying, key=lambda each: each.given_on or date.min, default=None)
    stated = None if (reason or "").strip() else NO_ENOUGH_TIME_REASON
    if latest is None:
        return gathered([stated])
    return gathered([
        stated,
        _lapsed(latest, on),
        CAME_BACK.of(day=in_words(latest.came_back_on)) if latest.came_back_on else None,
        HEEDED.of(day=in_words(latest.heeded_on)) if latest.heeded_on else None,
        TIME_NOT_OVER.of(day=in_words(latest.comply_by)) if latest.comply_by and on <= latest.comply_by else None,
        _hurried(latest, on, at),
        *_wider(latest, requirements),
    ])  # fmt: skip


def _objection(
    recipient: Recipient,
    warning: WrittenWarning,
    on: date,
    at: datetime | None,
    *,
    days_only: bool,
    imported: bool = False,
) -> Refusal | None:
    """Why this warning does not carry the notice. One that a notice was given on is not withdrawn any more: a withdrawal on
    the day of the notice came first, unless an old register says so, which has no times."""
    if warning.power != "CPW" or warning.given_on is None:
        return NO_WRITTEN_WARNING
    if not recipient.is_same(warning.subject_id):
        return WARNING_TO_SOMEONE_ELSE
    if warning.given_on > on:
        return WARNING_NOT_BEFORE.of(given=in_words(warning.given_on), day=in_words(on))
    withdrawn = warning.withdrawn_on
    if withdrawn is not None and (withdrawn < on or (withdrawn == on and not imported)):
        return WARNING_WITHDRAWN.of(withdrawn=in_words(withdrawn))
    return _same_day(warning, at, days_only) if warning.given_on == on else None


def _same_day(warning: WrittenWarning, at: datetime | None, days_only: bool) -> Refusal | None:
    if warning.given_at is None or at is None:
        return None if days_only else TIMES_NOT_RECORDED
    return None if warning.given_at < at else WARNING_LATER_THAT_DAY


def _nearest(refusal: Refusal) -> int:
    """How far a warning is from carrying the notice: the nearest miss is the one worth telling."""
    order = ("same_day_times_not_recorded", "warning_not_before_notice", "warning_withdrawn", "warning_to_someone_else")
    return order.index(refusal.code) if refusal.code in order else len(order)


def _lapsed(warning: WrittenWarning, on: date) -> Caution | None:
    if warning.lapsed_on is None or warning.lapsed_on >= on:
        return None
    return WARNING_LAPSED.of(lapsed=in_words(warning.lapsed_on))


def _hurried(warning: WrittenWarning, on: date, at: datetime | None) -> Caution | None:
    if warning.given_at is not None and at is not None:
        return UNDER_A_DAY if at - warning.given_at < ONE_DAY else None
    return UNDER_A_DAY if warning.given_on == on else None


def _wider(warning: WrittenWarning, requirements: Sequence[Requirement]) -> list[Caution]:
    if not warning.requirements:
        return []
    warned = {(each.kind, fold_key(each.text)) for each in warning.requirements}
    return [
        WIDER_THAN_WARNING.of(number=each.number)
        for each in requirements
        if (each.kind, fold_key(each.text)) not in warned
    ]
