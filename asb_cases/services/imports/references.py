"""The numbers that an older register gave to records: kept, unique a kind, found by search. Part of an act."""

from collections.abc import Mapping

from asb_cases.domain.names import fold_key
from asb_cases.models.data_import import OtherReference
from asb_cases.services.imports.bulk import add_rows


def keep_references(entity_kind: str, references: Mapping[int, str | None], import_id: int) -> None:
    """Keep the number that each record, by its id, had in the register; those that had none are left out."""
    rows = [
        {
            "entity_kind": entity_kind,
            "entity_id": entity_id,
            "reference": reference,
            "reference_key": fold_key(reference),
            "import_id": import_id,
        }
        for entity_id, reference in references.items()
        if reference
    ]
    add_rows(OtherReference, rows)
