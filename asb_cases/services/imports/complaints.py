"""Rows of complaints recorded. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.imports.complaints import NO_NAME, ComplaintRow
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part
from asb_cases.domain.references import Prefix
from asb_cases.models.complaint import Complaint, ComplaintCategory
from asb_cases.queries.imports import cases_called
from asb_cases.services.imports import places
from asb_cases.services.imports.batch import Batch, Keys, Written
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.imports.people import Named, Parts, People, add_participants, parts_in, people_named, with_new
from asb_cases.services.imports.places import Places, addresses_named, wards_named
from asb_cases.services.imports.references import keep_references
from asb_cases.services.search_index import Entry, index_new


def keys_of(row: ComplaintRow) -> Keys:
    return Keys(reference=fold_key(row.reference) if row.reference else None)


@dataclass(frozen=True)
class Prepared:
    """What each row says, by line; and what is known already of all that they name."""

    rows: Mapping[int, ComplaintRow]
    cases: Mapping[str, int]
    wards: Places
    addresses: Places
    people: People
    parts: Parts


def prepare(batch: Batch, stored: Sequence[StoredRow]) -> Prepared:
    """Read rows, and look up what they name."""
    rows: dict[int, ComplaintRow] = {each.line: each.said for each in stored}
    cases = cases_called([row.case_reference for row in rows.values() if row.case_reference])
    return Prepared(
        rows=rows,
        cases=cases,
        wards=wards_named(row.ward for row in rows.values()),
        addresses=addresses_named(text for row in rows.values() for text in (row.place, row.complainant_address)),
        people=people_named({line: _named(row) for line, row in rows.items() if row.has_complainant}, batch.import_id),
        parts=parts_in(cases.values(), Part.COMPLAINANT),
    )


def write(batch: Batch, prepared: Prepared) -> Written:
    """Record complaints: joined to the case they name, where we know it, else waiting without one."""
    rows = prepared.rows
    wards = places.with_new(prepared.wards, batch.import_id)
    addresses = places.with_new(prepared.addresses, batch.import_id)
    people = with_new(prepared.people, _homes(rows, addresses), batch.import_id)
    of_case = {line: prepared.cases.get(fold_key(row.case_reference or "")) for line, row in rows.items()}
    add_participants(
        ((case_id, people[line]) for line, case_id in of_case.items() if case_id and line in people),
        prepared.parts,
        batch.import_id,
    )
    references = numbered((Prefix.COMPLAINT, row.made_on.year) for row in rows.values())
    values = [
        _complaint(row, of_case[line], people.get(line), addresses, wards)
        | {"reference": reference, "import_id": batch.import_id}
        for (line, row), reference in zip(rows.items(), references, strict=True)
    ]
    ids = dict(zip(rows, add_rows_for_ids(Complaint, values), strict=True))
    _add_categories(rows, ids, batch.categories)
    keep_references("complaint", {ids[line]: row.reference for line, row in rows.items()}, batch.import_id)
    index_new(
        Entry("complaint", ids[line], of_case[line], (ours, row.reference, row.description, row.place), batch.import_id)
        for (line, row), ours in zip(rows.items(), references, strict=True)
    )
    return Written(ids)


def _named(row: ComplaintRow) -> Named:
    return Named(
        name=row.complainant_name or NO_NAME,
        key=row.complainant_key,
        address=row.complainant_address,
        email=row.complainant_email,
        phone=row.complainant_phone,
        distinct=row.complainant_is_distinct,
    )


def _homes(rows: Mapping[int, ComplaintRow], addresses: Mapping[str, int]) -> dict[int, int]:
    return {line: addresses[fold_key(row.complainant_address)] for line, row in rows.items() if row.complainant_address}


def _complaint(
    row: ComplaintRow,
    case_id: int | None,
    complainant_id: int | None,
    addresses: Mapping[str, int],
    wards: Mapping[str, int],
) -> dict[str, object]:
    return {
        "made_on": row.made_on,
        "occurred_on": row.occurred_on,
        "channel": row.channel,
        "complainant_id": complainant_id,
        "received_by_body": row.body,
        "description": row.description,
        "address_id": addresses.get(fold_key(row.place or "")),
        "ward_id": wards.get(fold_key(row.ward or "")),
        "triage": TriageState.JOINED if case_id else TriageState.NEW,
        "case_id": case_id,
        "case_reference_as_recorded": None if case_id else row.case_reference,
        "outcome": row.outcome,
        "shift_on": row.shift_on,
    }


def _add_categories(rows: Mapping[int, ComplaintRow], ids: Mapping[int, int], categories: Mapping[str, int]) -> None:
    values = [
        {"complaint_id": ids[line], "category_id": categories[code]}
        for line, row in rows.items()
        for code in row.categories
    ]
    add_rows(ComplaintCategory, values)
