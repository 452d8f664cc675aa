"""Two records of one person made one, and made two again.

Every row that named the one names the other afterwards, so that each list, search and figure knows one person. What was
changed is kept value by value (`models.person_merge`), and undoing puts back exactly what has not changed since.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, and_, insert, or_, select, update

from asb_cases.domain.calendar import local
from asb_cases.domain.history import canonical_json
from asb_cases.domain.merging import Record, check_merge, check_undoing_merge, opposite_sides, wider
from asb_cases.domain.people import identity_key
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.extensions import Base, db
from asb_cases.models.case import Participant
from asb_cases.models.person import Person
from asb_cases.models.person_contact import ContactPreference
from asb_cases.models.person_merge import PersonMerge, PersonMergeRow
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.person_merges import (
    Naming,
    columns_naming_people,
    crossing_steps,
    later_merges,
    merge_to_undo,
    parts_by_case,
    references_of,
    rows_changed_by,
    rows_doubled,
    rows_naming,
)
from asb_cases.services.history import Subject, record
from asb_cases.services.people import index_person
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: What the kept record takes from the other where it has nothing itself; what belongs together on one line.
BLANKS = (
    ("born_on",),
    ("believed_16_or_over_because",),
    ("company_number",),
    ("email", "email_key"),
    ("phone", "phone_key"),
    ("identified_as_id", "identified_on", "identified_because"),
)
PEOPLE: Table = Person.__table__  # type: ignore[assignment]  # its table is one
PARTS: Table = Participant.__table__  # type: ignore[assignment]
PREFERENCES: Table = ContactPreference.__table__  # type: ignore[assignment]
STEPS = ("interventions", "subject_id")


@transaction
def merge_people(
    *,
    actor: Actor,
    now: datetime,
    kept_id: int,
    merged_id: int,
    reason: str,
    cautions_reason: str | None = None,
    seen: Mapping[int, int] | None = None,
) -> int:
    """Make one person of two records: `kept_id` stands from now on for both. `seen` are the versions that the form was made
    from, by the ids of the two. Returns the id of the merge, by which it is undone."""
    actor.check(Permission.MERGE_RECORDS)
    today = local(now).date()
    people = {each: person_to_work_on(each, actor=actor, today=today) for each in sorted({kept_id, merged_id})}
    for person in people.values():
        check_version(person, (seen or {}).get(person.id))
    kept, merged = people[kept_id], people[merged_id]
    opposite = _opposite(kept_id, merged_id)
    references = references_of(actor, opposite, today) or (["a case that you do not see"] if opposite else [])
    findings = check_merge(_record(kept), _record(merged), reason=reason, opposite=references)
    findings.raise_unless_reasoned(cautions_reason)
    merge = PersonMerge(
        kept_id=kept_id, merged_id=merged_id, merged_at=now, merged_by_id=actor.user_id, reason=reason.strip()
    )
    db.session.add(merge)
    db.session.flush()
    changes = Changes(merge.id)
    _fill_blanks(changes, kept, merged)
    _end_other_preference(changes, kept_id, merged_id, today)
    for naming in columns_naming_people():
        _rename(changes, naming, kept_id, merged_id)
    _settle(changes, people.values())
    index_person(kept_id)
    details = {"merged": merged_id, "merge": merge.id, "changed": len(changes.rows)}
    why = " / ".join(filter(None, (reason.strip(), (cautions_reason or "").strip())))
    record("people_merged", Subject("person", kept_id), actor=actor, now=now, details=details, reason=why)
    return merge.id


@transaction
def undo_merge(*, actor: Actor, now: datetime, merge_id: int, reason: str) -> None:
    """Make two records of one again: every value that the merge changed and nobody has changed since is put back."""
    actor.check(Permission.MERGE_RECORDS)
    today = local(now).date()
    merge = merge_to_undo(merge_id)
    kept = person_to_work_on(merge.kept_id, actor=actor, today=today)
    rows = rows_changed_by(merge.id)
    check_undoing_merge(
        undone=merge.undone_on is not None,
        later_merges=later_merges(merge),
        crossing_steps=_crossing(merge, rows),
        reason=reason,
    ).raise_if_refused()
    put_back = sum(_put_back(row) for row in rows)
    merge.undone_on, merge.undone_by_id, merge.undone_because = today, actor.user_id, reason.strip()
    _settle(Changes(merge.id), [kept])
    for person_id in (merge.kept_id, merge.merged_id):
        index_person(person_id)
    details = {
        "merged": merge.merged_id,
        "merge": merge.id,
        "put_back": put_back,
        "changed_since": len(rows) - put_back,
    }
    record("people_unmerged", Subject("person", merge.kept_id), actor=actor, now=now, details=details, reason=reason)


@dataclass
class Changes:
    """What a merge changes, noted as it is done."""

    merge_id: int
    rows: list[dict[str, Any]] = field(default_factory=list)

    def change(self, table: Table, key: Mapping[str, Any], column: Column[Any], before: object, after: object) -> None:
        """Put a value into a row, and note what stood there."""
        db.session.execute(update(table).where(*_is(table, key)).values({column: after}))
        self.note(table, [key], column, before, after)

    def note(
        self, table: Table, keys: Iterable[Mapping[str, Any]], column: Column[Any], before: object, after: object
    ) -> None:
        """Note the same change of many rows."""
        common = {
            "merge_id": self.merge_id,
            "table_name": table.name,
            "column_name": column.name,
            "before": _written(before),
            "after": _written(after),
        }
        self.rows += [{**common, "row_key": canonical_json(dict(key))} for key in keys]


def _fill_blanks(changes: Changes, kept: Person, merged: Person) -> None:
    """Let the kept record have what only the other has. The key that imports know it by follows."""
    key = {"id": kept.id}
    taken = [group for group in BLANKS if getattr(kept, group[0]) is None and getattr(merged, group[0]) is not None]
    for name in (each for group in taken for each in group):
        changes.change(PEOPLE, key, PEOPLE.c[name], getattr(kept, name), getattr(merged, name))
    if ("born_on",) in taken:
        after = identity_key(kept.kind, kept.name, merged.born_on, None)
        changes.change(PEOPLE, key, PEOPLE.c.identity_key, kept.identity_key, after)


def _end_other_preference(changes: Changes, kept_id: int, merged_id: int, today: date) -> None:
    """Of two ways in which one person wants to be contacted, the kept record's holds; the other stays to be read."""
    standing = dict(
        db.session.execute(
            select(ContactPreference.person_id, ContactPreference.id).where(
                ContactPreference.person_id.in_((kept_id, merged_id)), ContactPreference.to_on.is_(None)
            )
        ).all()
    )
    if len(standing) == 2:
        changes.change(PREFERENCES, {"id": standing[merged_id]}, PREFERENCES.c.to_on, None, today)


def _rename(changes: Changes, naming: Naming, kept_id: int, merged_id: int) -> None:
    """Let the rows of one column that name the one name the other. Where the other has the same row already, the row
    stays as it is, out of sight with its person."""
    doubled = rows_doubled(naming, kept_id, merged_id)
    rows = [row for row in rows_naming(naming, merged_id) if tuple(row) not in doubled]
    if naming.table is PARTS:
        for row in doubled:
            _play_it_for_both(changes, row[0], kept_id)
    if not rows:
        return
    names = [key.name for key in naming.keys]
    keys = [dict(zip(names, row, strict=True)) for row in rows]
    change = update(naming.table).where(naming.column == merged_id).values({naming.column: kept_id})
    if doubled:
        change = change.where(~_any_of(naming, doubled))
    db.session.execute(change)
    changes.note(naming.table, keys, naming.column, merged_id, kept_id)


def _play_it_for_both(changes: Changes, participant_id: int, kept_id: int) -> None:
    """Of two entries of one part in one case the kept record's lasts as long as both."""
    other = db.session.execute(select(PARTS).where(PARTS.c.id == participant_id)).one()
    own = db.session.execute(
        select(PARTS).where(PARTS.c.case_id == other.case_id, PARTS.c.part == other.part, PARTS.c.person_id == kept_id)
    ).one()
    days = wider((own.from_on, own.to_on), (other.from_on, other.to_on))
    for name, before, after in (("from_on", own.from_on, days[0]), ("to_on", own.to_on, days[1])):
        if before != after:
            changes.change(PARTS, {"id": own.id}, PARTS.c[name], before, after)


def _settle(changes: Changes, people: Iterable[Person]) -> None:
    """Keep the notes, and let whoever has a form of these records open be told that they changed."""
    if changes.rows:
        db.session.execute(insert(PersonMergeRow), changes.rows)
    for person in people:
        db.session.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(version=PEOPLE.c.version + 1))
    db.session.flush()
    db.session.expire_all()


def _put_back(row: PersonMergeRow) -> int:
    """Put one value back where it is still what the merge put there: 1 where it was."""
    table = Base.metadata.tables[row.table_name]
    column = table.c[row.column_name]
    after = _read(column, row.after)
    same = column.is_(None) if after is None else column == after
    change = update(table).where(*_is(table, json.loads(row.row_key)), same)
    done = db.session.execute(change.values({column: _read(column, row.before)}))
    return int(done.rowcount)  # type: ignore[attr-defined]  # an update's result has one


def _crossing(merge: PersonMerge, rows: Iterable[PersonMergeRow]) -> int:
    """How many steps would rest on a step against somebody else; none where both turned out to be the same one."""
    merged, kept = (db.session.get_one(Person, each) for each in (merge.merged_id, merge.kept_id))
    if merged.identified_as_id is not None and merged.identified_as_id == kept.identified_as_id:
        return 0
    moved = [json.loads(row.row_key)["id"] for row in rows if (row.table_name, row.column_name) == STEPS]
    return crossing_steps(merge.kept_id, moved)


def _opposite(kept_id: int, merged_id: int) -> list[int]:
    """The cases in which the two stand on opposite sides."""
    first, second = parts_by_case(kept_id), parts_by_case(merged_id)
    return sorted(case for case in first.keys() & second.keys() if opposite_sides(first[case], second[case]))


def _record(person: Person) -> Record:
    return Record(person.id, person.kind, person.born_on, person.company_number, person.identified_as_id)


def _is(table: Table, key: Mapping[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]


def _any_of(naming: Naming, keys: Iterable[tuple[Any, ...]]) -> Any:
    """The condition that a row is one of these."""
    return or_(*(and_(*(key == value for key, value in zip(naming.keys, row, strict=True))) for row in keys))


def _written(value: object) -> str | None:
    """A value as it is noted."""
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _read(column: Column[Any], text: str | None) -> Any:
    """A noted value as the column takes it."""
    if text is None:
        return None
    kind = column.type.python_type
    return date.fromisoformat(text) if kind is date else kind(text)
