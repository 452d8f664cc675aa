"""Until when the complaints of a case reach the number at which a review must be held (2014 Act, s.104(4) and (11)).

The time to apply runs for each complaint by itself; what an officer has to know of a case is the one day on which the
complaints stop being enough.
"""

from collections.abc import Sequence
from datetime import date

from asb_cases.domain.case_review import Complaint, Threshold, assess
from asb_cases.domain.counting import Count, months_beginning_with


def last_to_count(complaints: Sequence[Complaint], *, today: date, threshold: Threshold) -> Complaint | None:
    """The complaint whose time to apply, once over, leaves too few. None where too few count already."""
    if len(complaints) < threshold.number:
        return None
    ends = [(_last_day(each.made_on, threshold), each) for each in complaints if each.made_on is not None]
    for last_day, complaint in sorted(ends, key=lambda end: (end[0], end[1].row), reverse=True):
        if last_day >= today and assess(complaints, applied_on=last_day, threshold=threshold).met:
            return complaint
    return None


def _last_day(made_on: date, threshold: Threshold) -> date:
    return months_beginning_with(Count(made_on, threshold.application_months, "months")).last_day
