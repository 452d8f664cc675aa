"""Rows of a register looked at together: each after the one it follows, whatever their order in the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from asb_cases.adapters.row_store import RowState, RowStore, StoredRow, Told
from asb_cases.domain.imports.columns import shortened
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.register_law import Step, check_row, step_of
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.imports.subjects import Subject
from asb_cases.domain.names import fold_key
from asb_cases.extensions import db
from asb_cases.queries.import_steps import Recorded, steps_called


@dataclass(frozen=True)
class Earlier:
    """What a row follows: another row of the file that comes in with it, or an entry recorded already."""

    row: StoredRow | None = None
    recorded: Recorded | None = None
    step: Step | None = None

    @property
    def family(self) -> str | None:
        """The case it belongs to."""
        return family_of_case(self.recorded.case_id) if self.recorded else self.row.family if self.row else None

    @property
    def subject(self) -> str:
        """The name of the subject it is about."""
        return f"{PERSON}{self.recorded.subject_id}" if self.recorded else (self.row and self.row.subject) or ""


NOTHING = Earlier()
#: How the name of a subject begins who is recorded already.
PERSON = "person:"


def check(store: RowStore, setting: Setting) -> None:
    """Refuse rows that follow each other in a circle, follow nothing or break the law's order; and say of the others
    which belong to one case."""
    store.refuse(_circle(line) for line in store.lines_in_circles())
    for rows in store.in_turn(RowState.GOOD):
        _check_together(rows, store, setting)
        db.session.rollback()


def told(line: int, problem: Problem) -> Told:
    """A problem of a row, to be laid down."""
    return Told(line, problem.column, problem.code, problem.message, problem.remedy, problem.authority)


def family_of_case(case_id: int) -> str:
    """The name of the family that is a case recorded already."""
    return f"case:{case_id}"


def is_case(family: str) -> bool:
    """Whether a family is a case recorded already."""
    return family.startswith("case:")


def case_of_family(family: str) -> int:
    """The id of the case that a family is."""
    return int(family.removeprefix("case:"))


def by_reference(family: str) -> bool:
    """Whether a family is the rows that name one case of the register. Each of them says which."""
    return family.startswith("reference:")


def is_first_of_subject(row: StoredRow) -> bool:
    """Whether no earlier entry is about the same subject, so that the row itself says who that is."""
    return row.subject == _by_line(row)


def _check_together(rows: Sequence[StoredRow], store: RowStore, setting: Setting) -> None:
    """Rows of one depth: none of them follows another of them. Several may follow the same one, and the first of these adds
    to what is known of its subject."""
    earlier = _find({row.follows: row.said.follows for row in rows if row.follows}, store, setting)
    known: dict[str, Subject] = store.facts_about(each.subject for each in earlier.values())
    families: dict[int, str] = {}
    subjects: dict[int, tuple[str, str | None]] = {}
    wrong: list[Told] = []
    for row in rows:
        read: RegisterRow = row.said
        before = earlier.get(row.follows or "", NOTHING)
        if before.step and before.subject in known:
            before = replace(before, step=replace(before.step, subject=known[before.subject]))
        problems = _problems(row, read, before, setting)
        wrong += [told(row.line, problem) for problem in problems]
        families[row.line] = _family(row, read, before)
        name = _by_line(row)
        if before.step and not problems and read.subject.is_same(before.step.subject):
            name = before.subject
            known[name] = read.subject.together_with(before.step.subject)
        subjects[row.line] = name, read.key_by_address
    store.refuse(wrong)
    store.set_families(families)
    store.set_subjects(subjects)
    store.keep_facts(known)


def _by_line(row: StoredRow) -> str:
    return f"line:{row.line}"


def _find(wanted: Mapping[str, str], store: RowStore, setting: Setting, deeper: bool = True) -> dict[str, Earlier]:
    """What is meant by references, by folded key. A penalty is found together with the notice it is for."""
    in_file = store.by_reference(wanted)
    coming = {key: row for key, row in in_file.items() if row.state is not RowState.SKIPPED}
    recorded = steps_called([text for key, text in wanted.items() if key not in coming], setting)
    found = {key: Earlier(recorded=record, step=step) for key, (record, step) in recorded.items()}
    readable: dict[str, RegisterRow] = {
        key: row.said for key, row in coming.items() if row.state is not RowState.REFUSED
    }
    notices = {row.follows: row.said.follows for key, row in coming.items() if key in readable and row.follows}
    behind = _find(notices, store, setting, deeper=False) if deeper and notices else {}
    for key, row in coming.items():
        step = step_of(readable[key], behind.get(row.follows or "", NOTHING).step, setting) if key in readable else None
        found[key] = Earlier(row=row, step=step)
    return found


def _problems(row: StoredRow, read: RegisterRow, before: Earlier, setting: Setting) -> list[Problem]:
    if before.row and before.row.state is RowState.REFUSED:
        message = f"It follows “{shortened(read.follows or '')}” (line {before.row.line}), which is refused."
        return [Problem("follows", "follows_refused", message, "Put that row right first.")]
    if row.follows and before.step is None and not read.may_be_incomplete:
        return [
            Problem(
                "follows",
                "follows_unknown",
                f"No entry “{shortened(read.follows or '')}” stands in this file or is recorded already.",
                "Check the reference, or write yes under incomplete to let the row in without the step it follows.",
            )
        ]
    return check_row(read, before.step, setting)


def _family(row: StoredRow, read: RegisterRow, before: Earlier) -> str:
    """Rows of one case: those that name the same case, else those that follow each other."""
    if read.case_reference:
        return f"reference:{fold_key(read.case_reference)}"
    return before.family or _by_line(row)


def _circle(line: int) -> Told:
    return Told(
        line,
        "follows",
        "follows_in_circle",
        "The entries that this one follows follow each other in a circle.",
        "Name under follows the earlier step only.",
        "",
    )
