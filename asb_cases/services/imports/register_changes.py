"""What an old register changes about records that were there before it. Parts of an act."""

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from asb_cases.domain.people import identity_key
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.import_steps import warnings_escalated_by, warnings_to_escalate
from asb_cases.queries.imports import people_without_birth_date
from asb_cases.services.imports.batch import Batch, Change
from asb_cases.services.imports.bulk import table_of
from asb_cases.services.imports.register_checks import PERSON

#: How many people are asked about in one statement.
AT_ONCE = 500


def outstanding(batch: Batch) -> list[Change]:
    """Warnings that notices of the import follow stand escalated; a birth date that its rows give somebody recorded without
    one is theirs. What was changed before, by an import that was interrupted, is not named again."""
    born = {
        int(name.removeprefix(PERSON)): facts.born_on
        for name, facts in batch.store.facts_beginning(PERSON)
        if facts.born_on
    }
    people: list[Change] = []
    ids = sorted(born)
    for start in range(0, len(ids), AT_ONCE):
        for person_id, kind, name in people_without_birth_date(ids[start : start + AT_ONCE]):
            key = identity_key(kind, name, born[person_id], None)
            people.append(Change(person_id=person_id, born_on=born[person_id], key=key))
    return [Change(warning_id=warning_id) for warning_id in warnings_to_escalate(batch.import_id)] + people


def finish(changes: Sequence[Change]) -> None:
    """Change the older records."""
    warnings = [{"of_id": each.warning_id} for each in changes if each.warning_id]
    people = [{"of_id": each.person_id, "day": each.born_on, "key": each.key} for each in changes if each.person_id]
    table = table_of(Intervention)
    if warnings:
        db.session.execute(
            update(table)
            .where(table.c.id == bindparam("of_id"), table.c.status == "served")
            .values(status="escalated", version=table.c.version + 1),
            warnings,
        )
    table = table_of(Person)
    if people:
        db.session.execute(
            update(table)
            .where(table.c.id == bindparam("of_id"), table.c.born_on.is_(None))
            .values(born_on=bindparam("day"), identity_key=bindparam("key"), version=table.c.version + 1),
            people,
        )


def undo(import_id: int) -> None:
    """Let warnings stand as given again that only notices of this import, which is undone, had escalated. The birth dates
    stay: they are true of the people, whoever wrote them down."""
    table = table_of(Intervention)
    ids = warnings_escalated_by(import_id)
    if ids:
        db.session.execute(
            update(table)
            .where(table.c.id == bindparam("of_id"), table.c.status == "escalated")
            .values(status="served", version=table.c.version + 1),
            [{"of_id": each} for each in ids],
        )
