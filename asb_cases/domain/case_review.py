"""The ASB case review (Community Trigger; 2014 Act, s.104): which complaints count, and whether the threshold is met.

Complaints about the behaviour count whoever made them (s.104(4)); only several by one person may be thinned (s.104(12)),
so what is counted once is one person's one incident, however many bodies it was told to. A date that is not known never
fails a complaint in silence: it stays undecided wherever the date could change the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from asb_cases.domain.calendar import in_words
from asb_cases.domain.counting import Count, amount, months_beginning_with
from asb_cases.domain.legal_values import LegalValues, OutsideDates
from asb_cases.domain.names import fold_key


class ThresholdDecision(StrEnum):
    """What the relevant bodies decided about an application."""

    MET = "met"
    NOT_MET = "not_met"


@dataclass(frozen=True)
class Threshold:
    """The numbers in force on the day of an application: how many complaints, and the two periods of s.104(11)."""

    number: int
    complaint_months: int
    application_months: int


@dataclass(frozen=True)
class Complaint:
    """One complaint to any body. `row` names it to the reader; `excluded` says why it was set aside (s.105), if it was.

    `complainant` and `incident` are names or numbers, compared folded; blank means not known.
    """

    row: int
    complainant: str = ""
    incident: str = ""
    occurred_on: date | None = None
    made_on: date | None = None
    body: str = ""
    excluded: str | None = None


@dataclass(frozen=True)
class Counted:
    """Whether a complaint counts, None where a date that is not known decides it, and why."""

    row: int
    counts: bool | None
    reason: str


@dataclass(frozen=True)
class Assessment:
    """The threshold applied to complaints. `open_question` says what to find out where it could still be met."""

    applied_on: date
    threshold: Threshold
    qualifying: int
    met: bool
    complaints: tuple[Counted, ...]
    open_question: str | None

    def may_be_decided(self, decision: ThresholdDecision) -> bool:
        """At or above the number the bodies must decide that the threshold is met (s.104(4)); below it they weigh."""
        return decision is ThresholdDecision.MET or not self.met


def threshold_on(values: LegalValues, applied_on: date) -> Threshold:
    """The threshold for an application made on a day. Raises `OutsideDates` before section 104 was in force."""
    if not values.in_force("act_section_104", applied_on):
        raise OutsideDates(
            f"Section 104 of the 2014 Act came into force on {in_words(values.in_force_from('act_section_104'))}. "
            f"An application of {in_words(applied_on)} was made under a local scheme: its threshold is not computed."
        )
    return Threshold(
        number=values.number("case_review_number", applied_on),
        complaint_months=values.number("case_review_complaint_months", applied_on),
        application_months=values.number("case_review_application_months", applied_on),
    )


def assess(complaints: Sequence[Complaint], *, applied_on: date, threshold: Threshold) -> Assessment:
    """Count qualifying complaints for an application made on a day. One answer a complaint, in the order given."""
    judged = [_judge(complaint, applied_on, threshold) for complaint in complaints]
    counted = _thin_doubles(complaints, judged)
    qualifying = sum(each.counts is True for each in counted)
    met = qualifying >= threshold.number
    return Assessment(
        applied_on=applied_on,
        threshold=threshold,
        qualifying=qualifying,
        met=met,
        complaints=counted,
        open_question=None if met else _open_question(complaints, counted, qualifying, threshold.number),
    )


def _judge(complaint: Complaint, applied_on: date, threshold: Threshold) -> Counted:
    """A complaint by itself: set aside, or tested against both periods as far as its dates are known."""
    if complaint.excluded:
        return Counted(complaint.row, False, f"Set aside: {complaint.excluded}")
    tests = (
        _in_order(complaint, applied_on),
        _made_in_time(complaint, threshold),
        _applied_in_time(complaint, applied_on, threshold),
    )
    failed = [reason for passed, reason in tests if passed is False]
    if failed:
        return Counted(complaint.row, False, " ".join(failed))
    if unknown := [reason for passed, reason in tests if passed is None]:
        return Counted(complaint.row, None, " ".join(filter(None, unknown)))
    return Counted(complaint.row, True, " ".join(filter(None, (reason for _, reason in tests))))


def _in_order(complaint: Complaint, applied_on: date) -> tuple[bool, str]:
    """Behaviour, complaint, application: no later one comes first."""
    occurred, made = complaint.occurred_on, complaint.made_on
    if occurred and made and made < occurred:
        return False, f"Made on {in_words(made)}, before the behaviour on {in_words(occurred)}: check the dates."
    if made and applied_on < made:
        return False, f"Made on {in_words(made)}, after the application of {in_words(applied_on)}."
    if occurred and applied_on < occurred:
        return False, f"The behaviour on {in_words(occurred)} came after the application of {in_words(applied_on)}."
    return True, ""


def _made_in_time(complaint: Complaint, threshold: Threshold) -> tuple[bool | None, str]:
    """Section 104(11)(a): made within the first period, which begins with the date of the behaviour."""
    if complaint.occurred_on is None:
        return None, "The date of the behaviour is not known: find out whether the complaint was made in time."
    if complaint.made_on is None:
        return None, "The date the complaint was made is not known: find it out."
    last, period = _period(complaint.occurred_on, threshold.complaint_months)
    made = f"Made on {in_words(complaint.made_on)}"
    if complaint.made_on <= last:
        return True, f"{made}, within {period}."
    return False, f"{made}, too late: {period}."


def _applied_in_time(complaint: Complaint, applied_on: date, threshold: Threshold) -> tuple[bool | None, str]:
    """Section 104(11)(b): applied for within the second period, which begins with the date the complaint was made.

    Where that date is not known, the latest it can have been if made in time settles some: older ones fail for certain.
    """
    applied = f"Review applied for on {in_words(applied_on)}"
    if complaint.made_on is not None:
        last, period = _period(complaint.made_on, threshold.application_months)
        if applied_on <= last:
            return True, f"{applied}, within {period}."
        return False, f"{applied}, too late: {period}."
    if complaint.occurred_on is not None:
        latest, first = _period(complaint.occurred_on, threshold.complaint_months)
        last, second = _period(latest, threshold.application_months)
        if last < applied_on:
            return False, f"{applied}, too late whenever the complaint was made: {first}, then {second}."
    return None, ""


def _period(day: date, months: int) -> tuple[date, str]:
    last = months_beginning_with(Count(day, months, "months")).last_day
    return last, f"{amount(months, 'months')} beginning with {in_words(day)} (last day {in_words(last)})"


def _double_key(complaint: Complaint) -> tuple[str, str] | int:
    """What is counted once. Without a complainant or an incident nothing is known to be a double: the row is its own."""
    complainant, incident = fold_key(complaint.complainant), fold_key(complaint.incident)
    return (complainant, incident) if complainant and incident else complaint.row


def _thin_doubles(complaints: Iterable[Complaint], judged: Iterable[Counted]) -> tuple[Counted, ...]:
    """Count one person's one incident once: the first complaint that qualifies stands for the others."""
    pairs = [(_double_key(complaint), each) for complaint, each in zip(complaints, judged, strict=True)]
    standing: dict[tuple[str, str] | int, int] = {}
    for key, each in pairs:
        if each.counts:
            standing.setdefault(key, each.row)
    return tuple(
        each
        if each.counts is False or standing.get(key, each.row) == each.row
        else replace(
            each,
            counts=False,
            reason=f"The same person's complaint about the same incident as row {standing[key]}, which counts for both.",
        )
        for key, each in pairs
    )


def _open_question(
    complaints: Iterable[Complaint], counted: Iterable[Counted], qualifying: int, number: int
) -> str | None:
    undecided = {
        _double_key(complaint) for complaint, each in zip(complaints, counted, strict=True) if each.counts is None
    }
    if qualifying + len(undecided) < number:
        return None
    return (
        f"{amount(qualifying, 'complaints')} of the {number} needed, and dates missing that could bring it to "
        f"{qualifying + len(undecided)}: find them out before deciding that the threshold is not met."
    )
