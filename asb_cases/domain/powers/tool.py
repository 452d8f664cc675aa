"""Tools and powers that need no pages of their own: one generic journey, told by a file of facts for each.

The journey: proposed or applied for, begun (made, granted, signed, served), reviewed, extended, not kept to, ended. Which of
these there are, what is asked, and what binds is data; the checks are `domain/other_tools.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Permission as P
from asb_cases.domain.powers.power import Power
from asb_cases.domain.tool_files import Table, tool_tables
from asb_cases.domain.workflow import Transition

PROPOSED, IN_FORCE, NOT_MADE, ENDED = "proposed", "in_force", "not_made", "ended"
#: The clocks that every tool may start: the day it ends, and the day by which somebody looks at it again.
END_CLOCK, REVIEW_CLOCK = "tool_end", "tool_review"


@dataclass(frozen=True)
class Question:
    """Something to be answered at a stage (`propose` or `start`), by whom it is asked (`who`: of the young, of adults). An
    answer that is needed and missing refuses, or (`caution`) is pointed out."""

    code: str
    label: str
    stage: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    day: bool = False
    optional: bool = False
    caution: bool = False
    who: str = ""
    authority: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Bound:
    """A limit of time: `at_most` and `at_least` from the beginning, an `extension`, the `total` with every extension, or how
    long after a day that was given (`from_`) it may be proposed (`proposed_within`). `value` is the code of a dated value; `who`
    and `answer` ("signed_by=officer") say when it binds. One that is not law is only pointed out (`caution`)."""

    bound: str
    value: str
    authority: str
    remedy: str
    who: str = ""
    answer: str = ""
    from_: str = ""
    caution: bool = False


@dataclass(frozen=True)
class Lawful:
    """A dated value that something rests on (an age, a commencement, an hour of the day), with its section and remedy."""

    value: str
    authority: str
    remedy: str
    upto: str = ""


@dataclass(frozen=True)
class Started:
    """A clock that a move of the journey starts, until one of the moves that end it."""

    code: str
    on: str
    until: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tool:
    """What the generic journey knows of one tool. `decided_by`: council, court, agreement or partner (whose `body` acts).
    `last_day`: needed, optional or none. `in_hours`: it begins and ends at a moment. `until_further_order`: whom it may bind
    without a last day ("adult" or nobody). `leaves_out`: "christmas", where hours of that day do not count."""

    decided_by: str
    started: str
    counted: str
    proposed: str = ""
    not_made: str = ""
    last_day: str = "none"
    in_hours: bool = False
    leaves_out: str = ""
    until_further_order: str = ""
    until_further_order_caution: bool = False
    until_further_order_authority: str = ""
    usual_length: str = ""
    review: str = ""
    review_who: str = ""
    renewed: bool = False
    body: str = ""
    minimum_age: Lawful | None = None
    in_force: Lawful | None = None
    hours_of_day: Lawful | None = None
    questions: tuple[Question, ...] = ()
    bounds: tuple[Bound, ...] = ()
    started_clocks: tuple[Started, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def asks_age(self) -> bool:
        """Whether it matters if they are under 18."""
        told = [*(each.who for each in self.questions), *(each.who for each in self.bounds)]
        return any(told) or bool(self.until_further_order or self.review_who or self.minimum_age)

    def asked_at(self, stage: str, *, proposed_before: bool = False) -> tuple[Question, ...]:
        """What is asked at a stage. One that begins without having been proposed answers for both."""
        stages = {stage} if stage == "propose" or proposed_before else {"propose", "start"}
        return tuple(each for each in self.questions if each.stage in stages)


def powers_of_files() -> tuple[Power, ...]:
    """Every other tool or power as an entry of the register."""
    return tuple(_power(table) for table in tool_tables())


def _power(table: Table) -> Power:
    tool = _tool(table)
    titles = {IN_FORCE: str(table["running"]), ENDED: "Ended"}
    if tool.proposed:
        titles |= {PROPOSED: tool.proposed, NOT_MADE: tool.not_made}
    clocks = tuple((each.on, each.code) for each in tool.started_clocks)
    stops = tuple((move, each.code) for each in tool.started_clocks for move in each.until)
    return Power(
        code=table["code"],
        title=table["title"],
        short_title=table["short_title"],
        document=table["document"],
        authority=table["authority"],
        letter="",
        recipient_kinds=frozenset(PersonKind(kind) for kind in table["recipients"]),
        given_status=IN_FORCE,
        open_statuses=frozenset(titles) - {ENDED, NOT_MADE},
        status_titles=MappingProxyType(titles),
        transitions=_journey(tool),
        clocks=clocks,
        stops=(*stops, ("end", END_CLOCK), ("end", REVIEW_CLOCK)),
        # A register says of an agreement or an order how it ended in these words.
        outcomes=MappingProxyType({"complied": ENDED, "withdrawn": ENDED}),
        tool=tool,
    )


def _journey(tool: Tool) -> tuple[Transition, ...]:
    begin = Transition(None, IN_FORCE, "start", P.DRAFT, "other_tools.check_begin")
    proposal = (
        Transition(None, PROPOSED, "propose", P.DRAFT, "other_tools.check_begin"),
        Transition(PROPOSED, IN_FORCE, "start", P.DRAFT, "other_tools.check_begin"),
        Transition(PROPOSED, NOT_MADE, "not_made", P.DRAFT, "other_tools.check_end"),
    )
    extend = (Transition(IN_FORCE, IN_FORCE, "extend", P.DRAFT, "other_tools.check_extension"),) if tool.renewed else ()
    return (
        begin,
        *(proposal if tool.proposed else ()),
        Transition(IN_FORCE, IN_FORCE, "review", P.ASSESS_COMPLIANCE, "other_tools.check_event"),
        *extend,
        Transition(IN_FORCE, IN_FORCE, "note_breach", P.ALLEGE_BREACH, "other_tools.check_event"),
        Transition(IN_FORCE, ENDED, "end", P.ASSESS_COMPLIANCE, "other_tools.check_end"),
    )


def _tool(table: Table) -> Tool:
    review = table.get("review", {})
    own = (Started(row["code"], row["on"], tuple(row["until"])) for row in table.get("clocks", ()))
    shared = (Started(row["code"], row["on"], tuple(row["until"])) for row in table.get("starts", ()))
    plain = {
        name: table[name]
        for name in (
            "decided_by", "started", "proposed", "not_made", "last_day", "leaves_out", "until_further_order",
            "until_further_order_caution", "until_further_order_authority", "usual_length", "renewed", "body",
        )
        if name in table
    }  # fmt: skip
    return Tool(
        **plain,
        counted=table["counted"]["code"],
        in_hours=table.get("timing") == "hours",
        review=review.get("value", ""),
        review_who=review.get("who", ""),
        minimum_age=_lawful(table.get("minimum_age")),
        in_force=_lawful(table.get("in_force")),
        hours_of_day=_lawful(table.get("hours_of_day")),
        questions=tuple(Question(**row) for row in table.get("questions", ())),
        bounds=tuple(_bounds(table.get("bounds", ()))),
        started_clocks=(*own, *shared),
        outcomes=MappingProxyType(dict(table["outcomes"])),
    )


def _bounds(rows: Iterable[Mapping[str, Any]]) -> Iterable[Bound]:
    for row in rows:
        yield Bound(**{("from_" if name == "from" else name): value for name, value in row.items()})


def _lawful(row: Mapping[str, str] | None) -> Lawful | None:
    if row is None:
        return None
    value = row.get("value") or row["from"]
    return Lawful(value, row["authority"], row["remedy"], row.get("to", ""))
