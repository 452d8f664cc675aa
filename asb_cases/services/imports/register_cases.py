"""The cases that a register's rows belong to: found by their number, or made. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.register_case import CaseFacts, Entry, case_of
from asb_cases.domain.names import fold_key
from asb_cases.domain.references import Prefix
from asb_cases.domain.sign_in import email_key
from asb_cases.models.case import Case, CaseCategory
from asb_cases.queries.imports import cases_called, owners_with_email
from asb_cases.services.imports.batch import Batch
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.imports.places import Places, wards_named, with_new
from asb_cases.services.imports.references import keep_references
from asb_cases.services.imports.register_checks import by_reference, case_of_family, is_case
from asb_cases.services.search_index import Entry as Searchable
from asb_cases.services.search_index import index_new

NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class Families:
    """The families of some rows: those that are a case already; what the file says of the others, each of which becomes
    one; the wards and owners that these name."""

    known: Mapping[str, int]
    new: Mapping[str, CaseFacts]
    wards: Places
    owners: Mapping[str, tuple[int, int | None]]


def families_of(batch: Batch, rows: Sequence[StoredRow]) -> Families:
    """Look up the cases that rows belong to: by what was written of them, or by their number."""
    names = {row.family: row for row in rows if row.family}
    known = batch.store.records_of_families(names)
    known |= {name: case_of_family(name) for name in names if is_case(name)}
    numbers = {name: row.said.case_reference for name, row in names.items() if name not in known and by_reference(name)}
    called = cases_called(numbers.values(), import_id=batch.import_id)
    known |= {name: called[fold_key(text)] for name, text in numbers.items() if fold_key(text) in called}
    new = _facts(batch, [name for name in names if name not in known])
    return Families(
        known,
        new,
        wards_named(each.ward for each in new.values()),
        owners_with_email({email_key(each.officer_email) for each in new.values() if each.officer_email}),
    )


def cases_of(batch: Batch, families: Families, addresses: Mapping[str, int]) -> dict[str, int]:
    """By family, the id of the case that it is, made where it is none yet. Part of an act."""
    return {**families.known, **_new(families, addresses, batch)}


def entries_of(batch: Batch, rows: Sequence[StoredRow]) -> dict[int, Entry]:
    """By line, what a row says, together with the powers of the rows that follow it."""
    followers = batch.store.marks_of_followers(row.reference for row in rows if row.reference)
    found: dict[int, Entry] = {}
    for row in rows:
        read: RegisterRow = row.said
        found[row.line] = Entry(read, followers.get(row.reference or "", frozenset()))
    return found


def _facts(batch: Batch, names: Sequence[str]) -> dict[str, CaseFacts]:
    """By family, the case that its rows make."""
    families = batch.store.of_families(names)
    entries = entries_of(batch, [row for rows in families.values() for row in rows])
    return {name: case_of([entries[row.line] for row in rows], batch.setting.today) for name, rows in families.items()}


def _new(families: Families, addresses: Mapping[str, int], batch: Batch) -> dict[str, int]:
    wanted = families.new
    if not wanted:
        return {}
    facts = list(wanted.values())
    wards = with_new(families.wards, batch.import_id)
    references = numbered((Prefix.CASE, each.opened_on.year) for each in facts)
    rows = [
        _row(each, reference, wards, addresses, families.owners) | {"import_id": batch.import_id}
        for each, reference in zip(facts, references, strict=True)
    ]
    ids = add_rows_for_ids(Case, rows)
    made = dict(zip(wanted, ids, strict=True))
    _add_categories(wanted, made, batch.categories)
    keep_references("case", {made[name]: each.reference for name, each in wanted.items()}, batch.import_id)
    index_new(
        Searchable("case", case_id, case_id, (ours, each.title, each.reference, each.address), batch.import_id)
        for case_id, ours, each in zip(ids, references, facts, strict=True)
    )
    return made


def _row(
    facts: CaseFacts,
    reference: str,
    wards: Mapping[str, int],
    addresses: Mapping[str, int],
    owners: Mapping[str, tuple[int, int | None]],
) -> dict[str, object]:
    owner_id, team_id = owners.get(email_key(facts.officer_email or ""), (None, None))
    return {
        "reference": reference,
        "status": facts.status,
        "title": facts.title,
        "opened_on": facts.opened_on,
        "closed_on": facts.closed_on,
        "closure_reason": NOT_RECORDED if facts.closed_on else None,
        "ward_id": wards.get(fold_key(facts.ward or "")),
        "address_id": addresses.get(fold_key(facts.address or "")),
        "owner_id": owner_id,
        "team_id": team_id,
        "officer_as_recorded": None if owner_id else facts.officer_email,
    }


def _add_categories(wanted: Mapping[str, CaseFacts], made: Mapping[str, int], ids: Mapping[str, int]) -> None:
    rows = [
        {"case_id": made[name], "category_id": ids[code]} for name, facts in wanted.items() for code in facts.categories
    ]
    add_rows(CaseCategory, rows)
