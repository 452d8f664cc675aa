"""Statuses and the moves between them, as tables. There is no other way to change a status."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from asb_cases.domain.errors import Refusal, RuleBroken
from asb_cases.domain.permissions import Actor, Permission


class CaseStatus(StrEnum):
    """Where a case stands."""

    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"
    CLOSED_NOTICE_IN_FORCE = "closed_notice_in_force"


@dataclass(frozen=True)
class Transition:
    """One move: from a status (None: from nothing) to another, who may make it, and the check that guards it.

    `guard` names the rule's function, `module.function` below `asb_cases.domain`; None where no rule is asked.
    """

    source: str | None
    target: str
    move: str
    permission: Permission
    guard: str | None = None


Table = tuple[Transition, ...]

NO_SUCH_MOVE = Refusal(
    "move_not_open",
    "“{move}” is not possible while the status is “{status}”.",
    "How the record works",
    "{remedy}",
)

TITLES: dict[CaseStatus, str] = {
    CaseStatus.NEW: "New",
    CaseStatus.OPEN: "Open",
    CaseStatus.CLOSED: "Closed",
    CaseStatus.CLOSED_NOTICE_IN_FORCE: "Closed, notice in force",
}

NEW, OPEN = CaseStatus.NEW, CaseStatus.OPEN
CLOSED, NOTICE = CaseStatus.CLOSED, CaseStatus.CLOSED_NOTICE_IN_FORCE
P = Permission

#: The case. An alleged breach of a notice reopens a closed case whoever records it.
TRANSITIONS: Table = (
    Transition(None, NEW, "log", P.OPEN_CASES),
    Transition(None, OPEN, "open", P.OPEN_CASES),
    Transition(NEW, OPEN, "start", P.WORK_CASES),
    Transition(NEW, CLOSED, "close", P.CLOSE_CASES, "closing.check_close"),
    Transition(OPEN, CLOSED, "close", P.CLOSE_CASES, "closing.check_close"),
    Transition(NEW, NOTICE, "close_notice_in_force", P.CLOSE_CASES, "closing.check_close"),
    Transition(OPEN, NOTICE, "close_notice_in_force", P.CLOSE_CASES, "closing.check_close"),
    Transition(NEW, CLOSED, "merge", P.MERGE_RECORDS, "case_connections.check_merge"),
    Transition(OPEN, CLOSED, "merge", P.MERGE_RECORDS, "case_connections.check_merge"),
    Transition(CLOSED, OPEN, "unmerge", P.MERGE_RECORDS, "case_connections.check_unmerge"),
    Transition(CLOSED, NEW, "unmerge_new", P.MERGE_RECORDS, "case_connections.check_unmerge"),
    Transition(NOTICE, CLOSED, "notice_over", P.ASSESS_COMPLIANCE, "closing.check_notice_over"),
    Transition(CLOSED, OPEN, "reopen", P.REOPEN_CASES, "closing.check_reopen"),
    Transition(NOTICE, OPEN, "reopen", P.REOPEN_CASES, "closing.check_reopen"),
    Transition(CLOSED, OPEN, "breach_alleged", P.ALLEGE_BREACH),
    Transition(NOTICE, OPEN, "breach_alleged", P.ALLEGE_BREACH),
)


def next_status(table: Table, status: str | None, move: str) -> str:
    """The status a move leads to. Raises `RuleBroken` for a move the table does not know from there."""
    for row in table:
        if row.source == status and row.move == move:
            return str(row.target)
    raise RuleBroken(
        (NO_SUCH_MOVE.of(move=_words(move), status=_words(status or "none"), remedy=_way_out(table, status)),)
    )


def moves_open(table: Table, status: str | None, actor: Actor) -> tuple[Transition, ...]:
    """The moves that lead on from a status and that the actor may make; a page's buttons. Guards are asked at the act."""
    return tuple(row for row in moves_from(table, status) if actor.may(row.permission))


def moves_from(table: Table, status: str | None) -> tuple[Transition, ...]:
    """The moves that lead on from a status, whoever may make them."""
    return tuple(row for row in table if row.source == status)


def moves_open_to(status: str | None, actor: Actor) -> tuple[Transition, ...]:
    """The moves of a case that the actor may make."""
    return moves_open(TRANSITIONS, status, actor)


def statuses(table: Table) -> frozenset[str]:
    """Every status the table knows."""
    return frozenset(row.target for row in table)


def from_each(
    sources: Iterable[str], target: str, move: str, permission: Permission, guard: str | None = None
) -> Table:
    """The same move from several statuses."""
    return tuple(Transition(source, target, move, permission, guard) for source in sources)


def _way_out(table: Table, status: str | None) -> str:
    open_moves = sorted({_words(row.move) for row in moves_from(table, status)})
    return f"Possible now: {', '.join(open_moves)}." if open_moves else "Nothing further can be done with it."


def _words(code: str) -> str:
    return code.replace("_", " ")
