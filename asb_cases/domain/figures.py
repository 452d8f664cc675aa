"""The register of figures: what each counts, by which day, and how it may be broken down.

"Figure" always means a count, a rate or a supplied value, never a statutory value. How a figure's rows are found is in
`queries.figure_rows`; the words said about a value are in `domain.figure_notes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from asb_cases.domain.permissions import FiguresScope
from asb_cases.domain.tool_files import tool_tables


class FigureKind(StrEnum):
    """How a figure comes about: rows of ours counted, two counts divided, or a value that somebody supplied."""

    COUNT = "count"
    RATE = "rate"
    SERIES = "series"


class Dimension(StrEnum):
    """What a count may be broken down by. A row without it is under `NOT_RECORDED`."""

    STATUS = "status"
    CATEGORY = "category"
    WARD = "ward"
    RECIPIENT = "recipient"
    OUTCOME = "outcome"
    DECISION = "decision"
    PRIORITY = "priority"
    CHANNEL = "channel"
    TRIAGE = "triage"
    KIND = "kind"
    RESPONSE = "response"
    THRESHOLD = "threshold"
    POWER = "power"
    TEAM = "team"
    AGE = "age"
    COURT_RESULT = "court_result"


#: What each dimension is called on screen and in tables.
DIMENSION_TITLES: dict[Dimension, str] = {
    Dimension.STATUS: "Status now",
    Dimension.CATEGORY: "Category",
    Dimension.WARD: "Ward",
    Dimension.RECIPIENT: "Individual or body",
    Dimension.OUTCOME: "Outcome",
    Dimension.DECISION: "Decision",
    Dimension.PRIORITY: "Priority",
    Dimension.CHANNEL: "Channel",
    Dimension.TRIAGE: "Triage",
    Dimension.KIND: "Kind",
    Dimension.RESPONSE: "Response",
    Dimension.THRESHOLD: "Threshold",
    Dimension.POWER: "Power",
    Dimension.TEAM: "Officer team",
    Dimension.AGE: "Age band",
    Dimension.COURT_RESULT: "Result at court",
}


class Aside(StrEnum):
    """What is counted beside a figure, to be said in its note."""

    WITHDRAWN = "withdrawn"
    QUASHED = "quashed"
    CANCELLED = "cancelled"
    INCOMPLETE = "incomplete"
    DAY_NOT_KNOWN = "day_not_known"
    POSSIBLE_DUPLICATES = "possible_duplicates"
    OTHER_BODYS_NOTICE = "other_bodys_notice"
    LOCAL_SCHEME = "local_scheme"
    RECOMMENDATIONS_NOT_RECORDED = "recommendations_not_recorded"


class RequestKind(StrEnum):
    """What an out-of-hours request was about. Each counts once, under the first that fits; the last takes the rest."""

    PARTY = "party"
    MUSIC = "music"
    ALARM = "alarm"
    OTHER = "other"


NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Figure:
    """One figure. A rate is `over` per hundred `under`, both figures of the register; `left_out_of` are the counts
    whose incomplete records it leaves out, and `rests_on` those whose records must be complete for it to have a value.

    `on_last_day` marks a count of what stood on a period's last day. `published` is False for counts that only serve
    to work a rate out.
    """

    code: str
    title: str
    counted_by: str
    kind: FigureKind = FigureKind.COUNT
    breakdowns: tuple[Dimension, ...] = ()
    asides: tuple[Aside, ...] = ()
    over: str = ""
    under: str = ""
    left_out_of: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    on_last_day: bool = False
    published: bool = True


_PLACE = (Dimension.CATEGORY, Dimension.WARD, Dimension.TEAM)
_WHO = (Dimension.RECIPIENT, Dimension.AGE)
_STEP = (*_PLACE, *_WHO)
_GIVEN = (Dimension.STATUS, Dimension.OUTCOME, *_STEP)
_CASE = (*_PLACE, Dimension.PRIORITY)
_WITHDRAWN = (Aside.WITHDRAWN, Aside.INCOMPLETE)

_EVERY_POWER = (
    Figure(
        "powers_used",
        "Powers used",
        "Every warning, notice, penalty, order or prosecution of this council, by the day given, issued or laid. One "
        "since withdrawn, cancelled or quashed stays counted.",
        breakdowns=(Dimension.POWER, *_GIVEN),
        asides=(Aside.INCOMPLETE,),
        rests_on=("cpw_issued", "cpn_issued", "fpn_issued", "prosecutions_started"),
    ),
)

_WARNINGS_AND_NOTICES = (
    Figure(
        "cpw_issued",
        "Community protection warnings (CPWs) given",
        "Warnings given by this council, by the day given. A warning since withdrawn stays counted.",
        breakdowns=_GIVEN,
        asides=_WITHDRAWN,
    ),
    Figure(
        "cpw_recipients",
        "Recipients of CPWs",
        "Different people and bodies given a warning by this council, by the day given.",
        breakdowns=_WHO,
        asides=(Aside.POSSIBLE_DUPLICATES,),
    ),
    Figure(
        "cpn_issued",
        "Community protection notices (CPNs) issued",
        "Notices issued by this council, by the day issued. A copy served again or a variation is not a new notice; "
        "one since withdrawn or quashed stays counted.",
        breakdowns=_GIVEN,
        asides=(Aside.WITHDRAWN, Aside.QUASHED, Aside.INCOMPLETE),
    ),
    Figure(
        "cpn_recipients",
        "Recipients of CPNs",
        "Different people and bodies issued with a notice by this council, by the day issued.",
        breakdowns=_WHO,
        asides=(Aside.POSSIBLE_DUPLICATES,),
    ),
    Figure(
        "cpw_to_cpn_rate",
        "CPNs for every 100 CPWs",
        "Notices issued in the period over warnings given in the period, per cent. Records without the step they "
        "followed are left out.",
        kind=FigureKind.RATE,
        over="cpn_with_warning",
        under="cpw_complete",
        left_out_of=("cpn_issued", "cpw_issued"),
    ),
    Figure(
        "cpw_escalated_rate",
        "CPWs later followed by a CPN, per cent",
        "Of the warnings given in the period, those that a notice followed by today, per cent.",
        kind=FigureKind.RATE,
        over="cpw_escalated",
        under="cpw_complete",
        left_out_of=("cpw_issued",),
    ),
    Figure(
        "cpn_appeals",
        "Appeals against CPNs",
        "Appeals against this council’s notices, by the day lodged, late and withdrawn ones too.",
        breakdowns=(Dimension.OUTCOME, *_STEP),
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
    Figure(
        "cpn_withdrawn",
        "CPNs withdrawn",
        "Notices of this council that it withdrew, by the day withdrawn.",
        breakdowns=_STEP,
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
    Figure(
        "breaches_recorded",
        "Alleged breaches of CPNs recorded",
        "Alleged failures to comply with a notice, by the first day alleged, whatever was decided about them.",
        breakdowns=(Dimension.DECISION, *_STEP),
        asides=(Aside.OTHER_BODYS_NOTICE,),
    ),
)

_PENALTIES_AND_COURT = (
    Figure(
        "fpn_issued",
        "Fixed penalty notices (FPNs) issued for failing to comply with a CPN",
        "Fixed penalty notices under section 48, by the date of the notice. One since cancelled stays counted.",
        breakdowns=_GIVEN,
        asides=(Aside.CANCELLED, Aside.INCOMPLETE),
    ),
    Figure(
        "fpn_paid",
        "FPNs paid",
        "Fixed penalty notices under section 48 that are paid, by the day of the last payment.",
        breakdowns=_STEP,
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
    Figure(
        "prosecutions_started",
        "Prosecutions started for failing to comply with a CPN",
        "Prosecutions under section 48, for each defendant, by the day laid.",
        breakdowns=(*_GIVEN, Dimension.COURT_RESULT),
        asides=(Aside.INCOMPLETE,),
    ),
    Figure(
        "prosecutions_convicted",
        "Convictions for failing to comply with a CPN",
        "Convictions under section 48, for each defendant, by the day of the plea or finding.",
        breakdowns=_STEP,
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
)

#: One for each other tool, from its file.
_OTHER_TOOLS = tuple(
    Figure(tool["counted"]["code"], tool["counted"]["title"], tool["counted"]["counted_by"], breakdowns=_GIVEN)
    for tool in tool_tables()
)

_CASES_AND_COMPLAINTS = (
    Figure("cases_opened", "Cases opened", "Cases, by the day opened.", breakdowns=_CASE),
    Figure(
        "cases_closed",
        "Cases closed",
        "Cases that stand closed, by the day closed. One that was reopened is not counted.",
        breakdowns=(*_CASE, Dimension.OUTCOME),
    ),
    Figure(
        "cases_open_at_end",
        "Cases open at the end of the period",
        "Cases opened by the last day of the period and not closed by then.",
        breakdowns=_CASE,
        on_last_day=True,
    ),
    Figure(
        "complaints_received",
        "Complaints received",
        "Complaints, by the day made, whatever became of them.",
        breakdowns=(Dimension.CHANNEL, *_PLACE, Dimension.TRIAGE),
    ),
    Figure(
        "out_of_hours_requests",
        "Requests to the out-of-hours service",
        "Complaints that reached the out-of-hours service, by the day the shift began. Each is counted once, as a "
        "party, else loud music, else an alarm; all others are “other”.",
        breakdowns=(Dimension.KIND, *_PLACE, Dimension.RESPONSE),
    ),
)

_CASE_REVIEWS = (
    Figure(
        "case_review_applications",
        "Applications for an ASB case review (Community Trigger)",
        "Applications, by the day received, those withdrawn since too.",
        breakdowns=(Dimension.THRESHOLD, Dimension.CHANNEL, *_PLACE),
        asides=(Aside.WITHDRAWN, Aside.LOCAL_SCHEME),
    ),
    Figure(
        "case_review_threshold_met",
        "Case review threshold met",
        "Applications decided to meet the threshold, by the day decided.",
        breakdowns=_PLACE,
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
    Figure(
        "case_review_threshold_not_met",
        "Case review threshold not met",
        "Applications decided not to meet the threshold, by the day decided.",
        breakdowns=_PLACE,
        asides=(Aside.DAY_NOT_KNOWN,),
    ),
    Figure(
        "case_review_applications_met",
        "Applications of the period that met the threshold",
        "Of the applications received in the period, those decided to meet the threshold, whenever that was.",
        breakdowns=_PLACE,
    ),
    Figure("case_reviews_held", "Case reviews held", "Case reviews, by the day held.", breakdowns=_PLACE),
    Figure(
        "case_reviews_with_recommendations",
        "Case reviews that made recommendations",
        "Case reviews with at least one recommendation, by the day held. One held of which the number of recommendations "
        "was not recorded is not counted; the note beside the figure says how many there are.",
        asides=(Aside.RECOMMENDATIONS_NOT_RECORDED,),
    ),
)

_FOR_RATES = (
    Figure(
        "cpw_complete",
        "CPWs that rates count",
        "Warnings given by this council, by the day given, incomplete records left out.",
        published=False,
    ),
    Figure(
        "cpn_with_warning",
        "CPNs that rates count",
        "Notices issued by this council, by the day issued, incomplete records left out.",
        published=False,
    ),
    Figure(
        "cpw_escalated",
        "CPWs that a CPN followed",
        "Warnings given by this council in the period that a notice followed by today, incomplete records left out.",
        published=False,
    ),
)

FIGURES: dict[str, Figure] = {
    figure.code: figure
    for figure in (
        *_WARNINGS_AND_NOTICES,
        *_PENALTIES_AND_COURT,
        *_EVERY_POWER,
        *_OTHER_TOOLS,
        *_CASES_AND_COMPLAINTS,
        *_CASE_REVIEWS,
        *_FOR_RATES,
    )
}

#: The headings under which figures are shown together.
GROUPS: dict[str, tuple[Figure, ...]] = {
    "Warnings and notices": _WARNINGS_AND_NOTICES,
    "Fixed penalties and prosecutions": _PENALTIES_AND_COURT,
    "All powers": _EVERY_POWER,
    "Other tools and powers": _OTHER_TOOLS,
    "Cases and complaints": _CASES_AND_COMPLAINTS,
    "ASB case reviews (Community Trigger)": _CASE_REVIEWS,
}

#: The supplied series that every installation knows, whether or not it has a value.
CONTACTS_RECEIVED = "contacts_received"

_LEGAL = frozenset({
    "cpn_issued", "cpn_recipients", "cpn_appeals", "cpn_withdrawn", "breaches_recorded",
    "fpn_issued", "fpn_paid", "prosecutions_started", "prosecutions_convicted", "powers_used",
})  # fmt: skip
_SHIFT = frozenset({"complaints_received", "out_of_hours_requests"})

#: Which figures of the register a scope opens.
FIGURES_IN_SCOPE: dict[FiguresScope, frozenset[str]] = {
    FiguresScope.ALL: frozenset(FIGURES),
    FiguresScope.OWN_TEAM: frozenset(FIGURES),
    FiguresScope.LEGAL: _LEGAL,
    FiguresScope.OWN_SHIFT: _SHIFT,
    FiguresScope.NONE: frozenset(),
}


def published(scope: FiguresScope) -> list[Figure]:
    """The figures that somebody with this scope is shown, in the order of the register."""
    return [figure for figure in FIGURES.values() if figure.published and figure.code in FIGURES_IN_SCOPE[scope]]


def counts_behind(figures: Iterable[Figure]) -> list[Figure]:
    """The counts that the figures need, each once: themselves, and what rates are worked out from."""
    codes: dict[str, None] = {}
    for figure in figures:
        if figure.kind is FigureKind.RATE:
            codes.update(dict.fromkeys((figure.over, figure.under, *figure.left_out_of)))
        elif figure.kind is FigureKind.COUNT:
            codes[figure.code] = None
    return [FIGURES[code] for code in codes]


def series_figure(code: str, title: str, unit: str) -> Figure:
    """A supplied series as a figure."""
    counted = f"Values supplied, in {unit}, not rows of ours." if unit else "Values supplied, not rows of ours."
    return Figure(code, title, counted, kind=FigureKind.SERIES)
