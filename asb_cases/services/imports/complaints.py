"""Rows of complaints recorded. Part of an act."""

from collections.abc import Mapping, Sequence

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.complaints import TriageState
from asb_cases.domain.imports.complaints import NO_NAME, ComplaintRow, read_row
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part
from asb_cases.domain.references import Prefix
from asb_cases.models.complaint import Complaint, ComplaintCategory
from asb_cases.queries.imports import cases_called, category_ids
from asb_cases.services.imports.batch import Batch, Keys, Written
from asb_cases.services.imports.bulk import add_rows, add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.imports.people import Named, add_participants, find_or_add_people
from asb_cases.services.imports.places import find_or_add_addresses, find_or_add_wards
from asb_cases.services.imports.reading import read_again
from asb_cases.services.imports.references import keep_references
from asb_cases.services.search_index import Entry, index_new


def keys_of(row: ComplaintRow) -> Keys:
    return Keys(reference=fold_key(row.reference) if row.reference else None)


def prepare(batch: Batch, stored: Sequence[StoredRow]) -> dict[int, ComplaintRow]:
    """What each row says, by line."""
    return {each.line: read_again(read_row, each, batch.setting) for each in stored}


def write(batch: Batch, rows: Mapping[int, ComplaintRow]) -> Written:
    """Record complaints: joined to the case they name, where we know it, else waiting without one."""
    cases = cases_called([row.case_reference for row in rows.values() if row.case_reference])
    wards = find_or_add_wards((row.ward for row in rows.values()), batch.import_id)
    places = [text for row in rows.values() for text in (row.place, row.complainant_address)]
    addresses = find_or_add_addresses(places, batch.import_id)
    told_us = {line: _named(row) for line, row in rows.items() if row.has_complainant}
    people = find_or_add_people(told_us, addresses, batch.import_id)
    of_case = {line: cases.get(fold_key(row.case_reference or "")) for line, row in rows.items()}
    add_participants(
        ((case_id, people[line]) for line, case_id in of_case.items() if case_id and line in people),
        Part.COMPLAINANT,
        batch.import_id,
    )
    references = numbered((Prefix.COMPLAINT, row.made_on.year) for row in rows.values())
    values = [
        _complaint(row, of_case[line], people.get(line), addresses, wards)
        | {"reference": reference, "import_id": batch.import_id}
        for (line, row), reference in zip(rows.items(), references, strict=True)
    ]
    ids = dict(zip(rows, add_rows_for_ids(Complaint, values), strict=True))
    _add_categories(rows, ids)
    keep_references("complaint", {ids[line]: row.reference for line, row in rows.items()}, batch.import_id)
    index_new(
        Entry("complaint", ids[line], of_case[line], (ours, row.reference, row.description, row.place), batch.import_id)
        for (line, row), ours in zip(rows.items(), references, strict=True)
    )
    return Written(ids)


def _named(row: ComplaintRow) -> Named:
    return Named(
        name=row.complainant_name or NO_NAME,
        address=row.complainant_address,
        email=row.complainant_email,
        phone=row.complainant_phone,
        distinct=row.complainant_key is not None,
    )


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


def _add_categories(rows: Mapping[int, ComplaintRow], ids: Mapping[int, int]) -> None:
    categories = category_ids()
    values = [
        {"complaint_id": ids[line], "category_id": categories[code]}
        for line, row in rows.items()
        for code in row.categories
    ]
    add_rows(ComplaintCategory, values)
