"""The kinds of file that can be brought in, by name. A new one is a format in `domain.imports` and an entry here."""

from asb_cases.domain.imports import case_reviews as case_review_rows
from asb_cases.domain.imports import complaints as complaint_rows
from asb_cases.domain.imports import partner_figures as partner_figure_rows
from asb_cases.domain.imports import register as register_rows
from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.names import fold_key
from asb_cases.queries.import_steps import cases_of_steps
from asb_cases.services.imports import (
    case_reviews,
    complaints,
    partner_figures,
    register_changes,
    register_checks,
    register_writing,
)
from asb_cases.services.imports.batch import Keys, Kind


def _register_keys(row: RegisterRow) -> Keys:
    return Keys(fold_key(row.reference), fold_key(row.follows) if row.follows else None, row.power)


REGISTER = Kind(
    layout=register_rows.FORMAT,
    row=register_rows.RegisterRow,
    entity_kind="intervention",
    read=register_rows.read_row,
    keys=_register_keys,
    prepare=register_writing.prepare,
    write=register_writing.write,
    check=register_checks.check,
    outstanding=register_changes.outstanding,
    finish=register_changes.finish,
    cases_of=cases_of_steps,
)
COMPLAINTS = Kind(
    layout=complaint_rows.FORMAT,
    row=complaint_rows.ComplaintRow,
    entity_kind="complaint",
    read=complaint_rows.read_row,
    keys=complaints.keys_of,
    prepare=complaints.prepare,
    write=complaints.write,
)
CASE_REVIEWS = Kind(
    layout=case_review_rows.FORMAT,
    row=case_review_rows.CaseReviewRow,
    entity_kind="case_review",
    read=case_review_rows.read_row,
    keys=case_reviews.keys_of,
    prepare=case_reviews.prepare,
    write=case_reviews.write,
)
PARTNER_FIGURES = Kind(
    layout=partner_figure_rows.FORMAT,
    row=partner_figure_rows.PartnerFigureRow,
    entity_kind="partner_value",
    read=partner_figure_rows.read_row,
    keys=partner_figures.keys_of,
    prepare=partner_figures.prepare,
    write=partner_figures.write,
    shared="series",
    find_known=partner_figures.find_known,
    check=partner_figures.check,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in (REGISTER, COMPLAINTS, CASE_REVIEWS, PARTNER_FIGURES)}
