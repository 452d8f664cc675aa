"""What the register knows about a power: the facts about it as data, which pages, acts and imports read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from asb_cases.domain.people import PersonKind
from asb_cases.domain.references import Prefix
from asb_cases.domain.requirements import RequirementKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import Table, statuses

if TYPE_CHECKING:
    from asb_cases.domain.powers.tool import Tool


class OffenceCode(StrEnum):
    """What a fixed penalty or a prosecution is for. Registers may know further ones as plain text."""

    CPN_BREACH = "cpn_breach"
    PSPO_BREACH = "pspo_breach"


OFFENCE_TITLES: dict[OffenceCode, str] = {
    OffenceCode.CPN_BREACH: "Failing to comply with a community protection notice (2014 Act s.48)",
    OffenceCode.PSPO_BREACH: "Failing to comply with a public spaces protection order (2014 Act s.67)",
}


@dataclass(frozen=True)
class Limb:
    """One limb of a legal test, answered and evidenced by itself."""

    code: str
    question: str


@dataclass(frozen=True, kw_only=True)
class Power:
    """One tool or power. What is law about it cites its section; its rules are functions in the same file.

    `document` begins a sentence ("A community protection notice"). `minimum_age` and `four_eyes` are codes of dated
    values. `clocks` are (move, clock rule) pairs: the move that starts each; `stops` the moves that end some.
    `outcomes` maps the result an old register names to the status it leaves. `tool`: the generic journey it goes through,
    where it has no pages of its own.
    """

    code: str
    title: str
    short_title: str
    document: str
    authority: str
    letter: str
    transitions: Table
    status_titles: Mapping[str, str]
    given_status: str
    recipient_kinds: frozenset[PersonKind]
    follows: tuple[str, ...] = ()
    minimum_age: str | None = None
    limbs: tuple[Limb, ...] = ()
    services: frozenset[ServiceMethod] = frozenset()
    service_authority: str | None = None
    requirement_kinds: frozenset[RequirementKind] = frozenset()
    time_limited_kinds: frozenset[RequirementKind] = frozenset()
    offences: tuple[OffenceCode, ...] = ()
    needs_authorisation: bool = False
    needs_consultees: bool = False
    four_eyes: str | None = None
    clocks: tuple[tuple[str, str], ...] = ()
    stops: tuple[tuple[str, str], ...] = ()
    open_statuses: frozenset[str] = frozenset()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    prefix: Prefix = Prefix.OTHER_TOOL
    tool: "Tool | None" = None

    @property
    def statuses(self) -> frozenset[str]:
        """Every status of its machine."""
        return statuses(self.transitions)

    def clocks_started_by(self, move: str) -> tuple[str, ...]:
        """Codes of the clock rules that a move starts."""
        return tuple(rule for starting, rule in self.clocks if starting == move)

    def clocks_stopped_by(self, move: str) -> tuple[str, ...]:
        """Codes of the clock rules that a move ends."""
        return tuple(rule for ending, rule in self.stops if ending == move)
