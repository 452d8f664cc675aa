"""Documents as pages to be printed: `/interventions/<reference>/documents/<kind>`, and letters about a case to those who
complained, `/cases/<reference>/letters`."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, current_app, render_template, url_for

from asb_cases.adapters.time import today
from asb_cases.documents.context import (
    ComplainantLetter,
    SubjectDocument,
    complainant_letter,
    names_in,
    subject_document,
    undecided,
)
from asb_cases.documents.kinds import KINDS, DocumentKind, Standing, there_is
from asb_cases.documents.statutory import CASE_REVIEW
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.document_rows import (
    DocumentRows,
    LetterRows,
    closing_letter_rows,
    contacts_to_letter,
    document_rows,
    names_to_keep_out,
    people_written_to,
    update_letter_rows,
)
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown

documents = Blueprint("documents", __name__)

#: The council's words that letters to those who complained use.
LETTER_WORDS = ("address", "contact", "case_review_contact")


@documents.get("/interventions/<reference>/documents/<kind>")
@requires(Permission.DRAFT, Permission.AUTHORISE)
def of_intervention(reference: str, kind: str) -> str:
    """A warning, notice or penalty as it is given, a letter about it, or the certificate of its service."""
    rows = document_rows(current_actor(), reference, today())
    wanted = KINDS.get(kind)
    if wanted is None or not there_is(wanted, _standing(rows)):
        raise NotFound("document")
    policy, step = policy_in_force(), rows.step
    document = subject_document(wanted, rows, current_app.config["COUNCIL_NAME"], policy, today())
    shown("intervention", step.id, case_id=step.case_id)
    return render_template(
        f"documents/{wanted.template}.html",
        document=document,
        flags=list(_flags(wanted, document, rows, policy)),
        crumbs=[
            (rows.case_reference, url_for("cases.case", reference=rows.case_reference)),
            (step.reference, url_for("interventions.intervention", reference=step.reference)),
        ],
    )


@documents.get("/cases/<reference>/letters")
@requires(Permission.WORK_CASES)
def letters(reference: str) -> str:
    """The letters there are to those who complained or suffered."""
    case = load_case_for(current_actor(), reference, today())
    shown("case", case.id, case_id=case.id)
    return render_template(
        "letters/list.html",
        case=case,
        people=people_written_to(case.id) if case.closed_on else [],
        contacts=contacts_to_letter(case.id),
    )


@documents.get("/cases/<reference>/letters/closing/<int:participant_id>")
@requires(Permission.WORK_CASES)
def closing_letter(reference: str, participant_id: int) -> str:
    """That the case is closed and why, with the right to a review."""
    rows = closing_letter_rows(current_actor(), reference, participant_id, today())
    return _letter("Your report to us: the case is closed", "closure_letter", rows, ("review_right", *LETTER_WORDS))


@documents.get("/cases/<reference>/letters/update/<int:contact_id>")
@requires(Permission.WORK_CASES)
def update_letter(reference: str, contact_id: int) -> str:
    """What somebody was told, as it stands in the record of that contact."""
    rows = update_letter_rows(current_actor(), reference, contact_id, today())
    return _letter("Your report to us: where it stands", "update_letter", rows, LETTER_WORDS)


def _letter(title: str, template: str, rows: LetterRows, used: tuple[str, ...]) -> str:
    policy = policy_in_force()
    block = (CASE_REVIEW.template, CASE_REVIEW.version)
    letter = complainant_letter(title, rows, current_app.config["COUNCIL_NAME"], policy, today(), block)
    shown("person", rows.person.id, case_id=rows.case.id)
    reference = rows.case.reference
    return render_template(
        f"documents/{template}.html",
        document=letter,
        flags=[
            *_not_decided(undecided(letter.council, used, policy.values)),
            *_named(letter, rows.case.id, rows.person.id),
        ],
        crumbs=[
            (reference, url_for("cases.case", reference=reference)),
            ("Letters", url_for("documents.letters", reference=reference)),
        ],
    )


def _standing(rows: DocumentRows) -> Standing:
    step = rows.step
    return Standing(
        step.power, step.status, was_given=step.issued_on is not None, varied=rows.varied is not None,
        served=bool(rows.services),
    )  # fmt: skip


def _flags(kind: DocumentKind, document: SubjectDocument, rows: DocumentRows, policy: Policy) -> Iterator[str]:
    """What is to be looked at before it leaves. None of it is printed."""
    yield from _not_decided(undecided(document.council, kind.uses, policy.values))
    yield from _named(document, rows.step.case_id, rows.step.subject_id)
    if kind.itself and rows.step.status == "authorised":
        yield "It is authorised, and not signed yet."
    if kind.itself and rows.step.issued_on is None and rows.step.ended_on is not None:
        yield "It was given up before it was given: it is not to be given to anybody."


def _named(document: SubjectDocument | ComplainantLetter, case_id: int, recipient_id: int) -> list[str]:
    """Those whom it must not name to whoever it is to, and may."""
    return [
        f"The text may name {name}, who turned to the council or stands by somebody who did. Take the name out first."
        for name in names_in(document, names_to_keep_out(case_id, recipient_id))
    ]


def _not_decided(titles: list[str]) -> list[str]:
    if not titles:
        return []
    words = "; ".join(f"“{title}”" for title in titles)
    return [f"Not decided yet, and so left out: {words}. An administrator sets each as a policy value."]


def documents_links(facts: Any, page: Any) -> list[tuple[str, str]]:
    """The documents of an intervention, for its page: what each is called, and where it is."""
    if facts.import_id is not None or facts.issued_by_body is not None:
        return []
    standing = Standing(
        facts.power, facts.status, was_given=facts.issued_on is not None,
        varied=any(each.made_by == "variation" for each in page.requirements),
        served=any(each.entered_in_error_on is None for each in page.services),
    )  # fmt: skip
    return [
        (kind.titles[facts.power], url_for("documents.of_intervention", reference=facts.reference, kind=kind.code))
        for kind in KINDS.values()
        if there_is(kind, standing)
    ]
