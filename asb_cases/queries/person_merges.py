"""Merged records of people: which stands for which, what a merge would bring together, and which rows name a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, UniqueConstraint, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case, Participant
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.person_merge import PersonMerge, PersonMergeRow
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.visibility import visible_to

#: What merges are made of keeps naming the records as they were.
OWN_TABLES = frozenset({"person_merges", "person_merge_rows"})
STANDING = PersonMerge.undone_on.is_(None)


@dataclass(frozen=True)
class Naming:
    """A column that names a person. `keys` are the other columns that tell its rows apart."""

    table: Table
    column: Column[Any]
    keys: tuple[Column[Any], ...]


@cache
def columns_naming_people() -> tuple[Naming, ...]:
    """Every column of every table that names a person: a new table is merged like the others, without being told."""
    people = Person.__table__.c.id
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if table.name not in OWN_TABLES and any(key.column is people for key in column.foreign_keys):
                keys = tuple(key for key in table.primary_key.columns if key is not column)
                found.append(Naming(table, column, keys))
    return tuple(found)


def rows_naming(naming: Naming, person_id: int) -> Sequence[Any]:
    """The keys of the rows that name a person."""
    return db.session.execute(select(*naming.keys).where(naming.column == person_id).order_by(*naming.keys)).all()


def rows_doubled(naming: Naming, kept_id: int, merged_id: int) -> set[tuple[Any, ...]]:
    """The keys of the rows that name the one and could not name the other, who has such a row already."""
    found: set[tuple[Any, ...]] = set()
    for others, conditions in _uniques(naming):
        double = naming.table.alias()
        same = (
            select(literal(1))
            .select_from(double)
            .where(
                double.c[naming.column.name] == kept_id,
                *(double.c[other.name] == other for other in others),
                *conditions,
            )
            .correlate(naming.table)
            .exists()
        )
        wanted = select(*naming.keys).where(naming.column == merged_id, *conditions, same)
        found |= {tuple(row) for row in db.session.execute(wanted)}
    return found


def _uniques(naming: Naming) -> Iterator[tuple[list[Column[Any]], list[ColumnElement[bool]]]]:
    """What of a table may stand only once with a person: the columns beside the person's, and of which rows that holds."""
    table, column = naming.table, naming.column
    if column.primary_key:
        yield list(naming.keys), []
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column in list(constraint.columns):
            yield [each for each in constraint.columns if each is not column], []
    for index in table.indexes:
        if index.unique and column in list(index.columns):
            condition = index.dialect_options["sqlite"]["where"]
            yield [each for each in index.columns if each is not column], [] if condition is None else [condition]


def standing_merges() -> Mapping[int, int]:
    """By each record that was merged, the one it stands behind, which may itself be merged."""
    return dict(db.session.execute(select(PersonMerge.merged_id, PersonMerge.kept_id).where(STANDING)).all())


def kept_for(person_id: int, merges: Mapping[int, int]) -> int:
    """The record that stands for this one in the end."""
    while person_id in merges:
        person_id = merges[person_id]
    return person_id


def merged_into(person_id: int) -> list[int]:
    """Every record that this one stands for, those merged into those too, the latest merged last."""
    found: list[int] = []
    wanted = [person_id]
    while wanted:
        query = select(PersonMerge.merged_id).where(PersonMerge.kept_id.in_(wanted), STANDING).order_by(PersonMerge.id)
        wanted = list(db.session.scalars(query))
        found += wanted
    return found


def merges_of(person_id: int) -> Sequence[Any]:
    """The merges that made a person's record what it is, undone ones too, the latest first: the merge itself, the name of
    the record that was merged, and who did it and undid it."""
    by, undone_by = aliased(User), aliased(User)
    return db.session.execute(
        select(PersonMerge, Person.name, by.name.label("merged_by"), undone_by.name.label("undone_by"))
        .join(Person, Person.id == PersonMerge.merged_id)
        .outerjoin(by, by.id == PersonMerge.merged_by_id)
        .outerjoin(undone_by, undone_by.id == PersonMerge.undone_by_id)
        .where(PersonMerge.kept_id == person_id)
        .order_by(PersonMerge.id.desc())
    ).all()


def load_merge_of(person_id: int, merge_id: int) -> PersonMerge:
    """A merge into a person whom the reader was seen to see, for a page. Raises `NotFound`."""
    return _one(select(PersonMerge).where(PersonMerge.id == merge_id, PersonMerge.kept_id == person_id))


def merge_to_undo(merge_id: int) -> PersonMerge:
    """A merge for the act that undoes it, the row locked; the caller asks whether the person may be seen. Raises
    `NotFound`."""
    found = select(PersonMerge).where(PersonMerge.id == merge_id).with_for_update(of=PersonMerge)
    return _one(found.execution_options(populate_existing=True))


def _one(found: Select[PersonMerge]) -> PersonMerge:
    merge = db.session.scalars(found).one_or_none()
    if merge is None:
        raise NotFound("merge")
    return merge


def rows_changed_by(merge_id: int) -> Sequence[PersonMergeRow]:
    """Everything that a merge changed, the last first."""
    found = select(PersonMergeRow).where(PersonMergeRow.merge_id == merge_id).order_by(PersonMergeRow.id.desc())
    return db.session.scalars(found).all()


def later_merges(merge: PersonMerge) -> int:
    """How many standing merges were made after one and with the record that it kept."""
    of_kept = or_(PersonMerge.kept_id == merge.kept_id, PersonMerge.merged_id == merge.kept_id)
    found = select(func.count()).select_from(PersonMerge).where(PersonMerge.id > merge.id, of_kept, STANDING)
    return db.session.scalar(found) or 0


def parts_by_case(person_id: int) -> Mapping[int, set[Part]]:
    """The parts that a person plays or played, by the case, whoever may see it."""
    found: dict[int, set[Part]] = {}
    for case_id, part in db.session.execute(
        select(Participant.case_id, Participant.part).where(Participant.person_id == person_id)
    ):
        found.setdefault(case_id, set()).add(part)
    return found


def references_of(actor: Actor, case_ids: Sequence[int], today: date) -> list[str]:
    """What those of these cases are called that the actor may see."""
    found = select(Case.reference).where(Case.id.in_(case_ids), visible_to(actor, today)).order_by(Case.id)
    return list(db.session.scalars(found))


def crossing_steps(kept_id: int, moved: Sequence[int]) -> int:
    """How many standing steps against a person would follow, or be followed by, one of the `moved` ones, were those given
    back to the record they came from."""
    earlier = aliased(Intervention)
    given_up = and_(Intervention.issued_on.is_(None), Intervention.ended_on.is_not(None))
    crosses = Intervention.id.in_(moved) != earlier.id.in_(moved)
    found = (
        select(func.count())
        .select_from(Intervention)
        .join(earlier, earlier.id == Intervention.follows_id)
        .where(
            Intervention.subject_id == kept_id,
            earlier.subject_id == kept_id,
            crosses,
            Intervention.entered_in_error_on.is_(None),
            ~given_up,
        )
    )
    return (db.session.scalar(found) or 0) if moved else 0
