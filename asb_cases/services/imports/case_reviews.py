"""Rows of case-review applications recorded, with the clocks that still run. Part of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.case_review_states import status_by_days
from asb_cases.domain.imports.case_reviews import CaseReviewRow
from asb_cases.domain.names import fold_key
from asb_cases.domain.references import Prefix
from asb_cases.models.case_review import CaseReview
from asb_cases.queries.imports import cases_called
from asb_cases.services.deadlines import Links
from asb_cases.services.imports.batch import Batch, Keys, Written
from asb_cases.services.imports.bulk import add_rows_for_ids
from asb_cases.services.imports.numbers import numbered
from asb_cases.services.imports.people import Named, People, people_named, with_new
from asb_cases.services.imports.references import keep_references
from asb_cases.services.imports.running_clocks import start_if_running
from asb_cases.services.search_index import Entry, index_new


def keys_of(row: CaseReviewRow) -> Keys:
    return Keys(reference=fold_key(row.reference) if row.reference else None)


@dataclass(frozen=True)
class Prepared:
    """What each row says, by line; and what is known already of the cases and applicants that they name."""

    rows: Mapping[int, CaseReviewRow]
    cases: Mapping[str, int]
    applicants: People


def prepare(batch: Batch, stored: Sequence[StoredRow]) -> Prepared:
    """Read rows, and look up what they name."""
    rows: dict[int, CaseReviewRow] = {each.line: each.said for each in stored}
    named = {
        line: Named(row.applicant_name, fold_key(row.applicant_name), distinct=False)
        for line, row in rows.items()
        if row.applicant_name
    }
    return Prepared(
        rows,
        cases_called([row.case_reference for row in rows.values() if row.case_reference]),
        people_named(named, batch.import_id),
    )


def write(batch: Batch, prepared: Prepared) -> Written:
    """Record applications, of the case they name where we know it."""
    rows, cases = prepared.rows, prepared.cases
    people = with_new(prepared.applicants, {}, batch.import_id)
    of_case = {line: cases.get(fold_key(row.case_reference or "")) for line, row in rows.items()}
    references = numbered((Prefix.CASE_REVIEW, row.applied_on.year) for row in rows.values())
    values = [
        _case_review(row, of_case[line], people.get(line)) | {"reference": reference, "import_id": batch.import_id}
        for (line, row), reference in zip(rows.items(), references, strict=True)
    ]
    ids = dict(zip(rows, add_rows_for_ids(CaseReview, values), strict=True))
    keep_references("case_review", {ids[line]: row.reference for line, row in rows.items()}, batch.import_id)
    index_new(
        Entry("case_review", ids[line], of_case[line], (ours, row.reference, row.applicant_name), batch.import_id)
        for (line, row), ours in zip(rows.items(), references, strict=True)
    )
    for line, row in rows.items():
        links = Links(case_id=of_case[line], case_review_id=ids[line], import_id=batch.import_id)
        _start_clocks(batch, row, links)
    return Written(ids)


def _case_review(row: CaseReviewRow, case_id: int | None, applicant_id: int | None) -> dict[str, object]:
    return {
        "applied_on": row.applied_on,
        "status": status_by_days(
            threshold=row.threshold,
            held_on=row.review_held_on,
            outcome_sent_on=row.outcome_sent_on,
            withdrawn_on=row.withdrawn_on,
        ),
        "applicant_id": applicant_id,
        "case_id": case_id,
        "case_reference_as_recorded": None if case_id else row.case_reference,
        "local_scheme": row.local_scheme,
        "threshold": row.threshold,
        "decided_on": row.decided_on,
        "review_held_on": row.review_held_on,
        "recommendations": row.recommendations,
        "outcome_sent_on": row.outcome_sent_on,
        "withdrawn_on": row.withdrawn_on,
    }


def _start_clocks(batch: Batch, row: CaseReviewRow, links: Links) -> None:
    """The step that an application still waits for, if its time is not over."""
    if row.withdrawn_on or row.outcome_sent_on or row.local_scheme:
        return
    waiting: tuple[str, date | None]
    if row.review_held_on:
        waiting = ("case_review_outcome", row.review_held_on)
    elif row.threshold is None:
        waiting = ("case_review_decide", row.applied_on)
    else:
        waiting = ("case_review_hold", row.decided_on if row.threshold.value == "met" else None)
    start_if_running(*waiting, links, setting=batch.setting)
