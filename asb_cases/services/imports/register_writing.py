"""Rows of a register recorded as interventions, with all that hangs on them. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asb_cases.adapters.row_store import RowState, StoredRow
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.imports.register_case import Entry
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.intervention import Intervention
from asb_cases.queries.import_steps import Recorded, recorded_steps, step_ids_called
from asb_cases.services.imports import places
from asb_cases.services.imports.batch import Batch, Written
from asb_cases.services.imports.bulk import add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.imports.people import Parts, People, add_participants, parts_in, with_new
from asb_cases.services.imports.places import Places, addresses_named
from asb_cases.services.imports.references import keep_references
from asb_cases.services.imports.register_cases import Families, cases_of, entries_of, families_of
from asb_cases.services.imports.register_details import Clocks, Recording, add_details, clocks_running
from asb_cases.services.imports.register_subjects import subjects_of
from asb_cases.services.search_index import Entry as Searchable
from asb_cases.services.search_index import index_new

DECISIONS = {"FPN": BreachDecision.FPN, "PROSECUTION": BreachDecision.PROSECUTE}


@dataclass(frozen=True)
class Prepared:
    """Rows with all that is known before they are recorded: by line what each is, what it follows and which of its clocks
    run; the cases they belong to, and the people and addresses they name."""

    rows: Sequence[StoredRow]
    entries: Mapping[int, Entry]
    before: Mapping[int, Recorded]
    clocks: Mapping[int, Clocks]
    families: Families
    subjects: People
    parts: Parts
    addresses: Places


def prepare(batch: Batch, rows: Sequence[StoredRow]) -> Prepared:
    """Read rows none of which follows another of them; those they follow are recorded already."""
    entries, before = entries_of(batch, rows), _earlier(batch, rows)
    families = families_of(batch, rows)
    texts = [facts.address for facts in families.new.values()] + [each.row.subject_address for each in entries.values()]
    return Prepared(
        rows=rows,
        entries=entries,
        before=before,
        clocks={line: clocks_running(entry, batch.setting) for line, entry in entries.items()},
        families=families,
        subjects=subjects_of(batch, rows, before),
        parts=parts_in(families.known.values(), Part.SUBJECT),
        addresses=addresses_named(texts),
    )


def write(batch: Batch, prepared: Prepared) -> Written:
    """Record rows with all that hangs on them."""
    rows, entries = prepared.rows, prepared.entries
    addresses = places.with_new(prepared.addresses, batch.import_id)
    cases = cases_of(batch, prepared.families, addresses)
    subjects = with_new(prepared.subjects, _homes(entries, addresses), batch.import_id)
    add_participants(((cases[row.family or ""], subjects[row.line]) for row in rows), prepared.parts, batch.import_id)
    recordings = [
        Recording(
            line=row.line,
            entry=entries[row.line],
            case_id=cases[row.family or ""],
            subject_id=subjects[row.line],
            earlier=prepared.before.get(row.line),
            clocks=prepared.clocks[row.line],
        )
        for row in rows
    ]
    breaches = _add_breaches(batch, recordings)
    ids = _add_interventions(batch, recordings, breaches)
    add_details(batch, recordings, ids, breaches)
    return Written(ids, {row.family: cases[row.family] for row in rows if row.family})


def _earlier(batch: Batch, rows: Sequence[StoredRow]) -> dict[int, Recorded]:
    """By line, the entry that the row follows: of this import, or known from elsewhere."""
    wanted = {row.follows: row.said.follows for row in rows if row.follows}
    in_file = batch.store.by_reference(wanted)
    ids = {key: row.record_id for key, row in in_file.items() if row.state is RowState.WRITTEN and row.record_id}
    ids |= step_ids_called([text for key, text in wanted.items() if key not in ids])
    recorded = recorded_steps(set(ids.values()))
    return {row.line: recorded[ids[row.follows]] for row in rows if row.follows in ids}


def _homes(entries: Mapping[int, Entry], addresses: Mapping[str, int]) -> dict[int, int]:
    """By line, the address that the row gives its subject."""
    return {
        line: addresses[fold_key(entry.row.subject_address)]
        for line, entry in entries.items()
        if entry.row.subject_address
    }


def _add_breaches(batch: Batch, recordings: Sequence[Recording]) -> dict[int, int]:
    """By line, the alleged breach of a notice that a penalty or prosecution is for, where its day is recorded. A
    prosecution after a penalty is for the same breach, unless it names another day."""
    found: dict[int, int] = {}
    new: dict[int, dict[str, object]] = {}
    for each in recordings:
        notice_id = each.notice_id
        if each.row.offence != OffenceCode.CPN_BREACH or notice_id is None:
            continue
        if each.earlier and each.earlier.power == "FPN" and each.earlier.breach_id and not each.row.offence_day:
            found[each.line] = each.earlier.breach_id
        elif each.row.offence_day:
            new[each.line] = {
                "intervention_id": notice_id,
                "from_on": each.row.offence_day,
                "to_on": each.row.offence_to,
                "recorded_on": batch.setting.today,
                "status": "decided",
                "decision": DECISIONS[each.row.power].value,
                "import_id": batch.import_id,
            }
    return found | dict(zip(new, add_rows_for_ids(AllegedBreach, list(new.values())), strict=True))


def _add_interventions(batch: Batch, recordings: Sequence[Recording], breaches: Mapping[int, int]) -> dict[int, int]:
    references = numbered((POWERS[each.row.power].prefix, each.row.issued_on.year) for each in recordings)
    rows = [
        _intervention(batch, each, breaches.get(each.line)) | {"reference": reference}
        for each, reference in zip(recordings, references, strict=True)
    ]
    ids = add_rows_for_ids(Intervention, rows)
    old = {new_id: each.row.reference for each, new_id in zip(recordings, ids, strict=True)}
    keep_references("intervention", old, batch.import_id)
    index_new(
        Searchable("intervention", new_id, each.case_id, (ours, each.row.reference, each.row.conduct), batch.import_id)
        for each, new_id, ours in zip(recordings, ids, references, strict=True)
    )
    return {each.line: new_id for each, new_id in zip(recordings, ids, strict=True)}


def _intervention(batch: Batch, each: Recording, breach_id: int | None) -> dict[str, object]:
    row, today = each.row, batch.setting.today
    return {
        "power": row.power,
        "status": each.entry.status(today),
        "case_id": each.case_id,
        "subject_id": each.subject_id,
        "follows_id": each.earlier.id if each.earlier else None,
        "follows_as_recorded": row.follows if each.earlier is None else None,
        "incomplete": row.needs_earlier_step and each.lacks_earlier_step,
        "breach_id": breach_id,
        "issued_on": row.issued_on,
        "issued_by_body": row.issued_by,
        "officer_as_recorded": row.officer_email,
        "conduct": row.conduct,
        "comply_by": row.comply_by,
        "ends_on": row.ends_on,
        "offence": row.offence,
        "offence_from": row.offence_from,
        "offence_to": row.offence_to,
        "amount_pence": row.amount if row.power == "FPN" else None,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
        "ended_on": each.entry.ended_on(today),
        "import_id": batch.import_id,
    }
