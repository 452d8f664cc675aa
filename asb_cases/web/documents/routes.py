"""Documents as pages to be looked at, and as they left: `/interventions/<reference>/documents/<kind>`, letters about a case to
those who complained, `/cases/<reference>/letters`, and what is kept of either, `/documents/<id>`."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.documents.context import (
    ComplainantLetter,
    SubjectDocument,
    complainant_letter,
    names_in,
    subject_document,
    undecided,
)
from asb_cases.documents.kinds import KINDS, DocumentKind, Standing, standing_of, there_is
from asb_cases.documents.letters import LETTERS, LetterKind
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.document_rows import (
    DocumentRows,
    complaints_to_letter,
    contacts_to_letter,
    document_rows,
    letter_rows,
    measures_of,
    names_to_keep_out,
    people_written_to,
)
from asb_cases.queries.frozen_documents import frozen_document, frozen_of_case, frozen_of_intervention
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import Policy, policy_in_force
from asb_cases.services.keeping_documents import keep_document, keep_letter
from asb_cases.services.press import PDF
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import disclosed, shown
from asb_cases.web.documents.printing import printed
from asb_cases.web.files.download import sent_as_download
from asb_cases.web.files.uploads import storage
from asb_cases.web.files.words import file_size
from asb_cases.web.forms import Form, refusals_in

documents = Blueprint("documents", __name__)

DRAFT = "DRAFT: not authorised, and not to be given to anybody"
UNSIGNED = "DRAFT: not signed, and not to be given to anybody"
GIVEN_UP = "GIVEN UP: not to be given to anybody"
NOT_KEPT = "DRAFT: this is how it would read. It is not kept yet"
BY_THE_RECORD = "NOT KEPT: this is how it reads by the record today"
COPY = "READING COPY: the document as it left is kept apart, and is the one that counts"
KEPT = "It is kept as it leaves. Nothing alters it any more."


@documents.route("/interventions/<reference>/documents/<kind>", methods=["GET", "POST"])
@requires(Permission.DRAFT, Permission.AUTHORISE)
def of_intervention(reference: str, kind: str) -> ResponseReturnValue:
    """A warning, notice or penalty as it reads, a letter about it, or the certificate of its service; keep it as it leaves."""
    actor = current_actor()
    rows = document_rows(actor, reference, today())
    wanted = KINDS.get(kind)
    if wanted is None or not there_is(wanted, standing_of(rows)):
        raise NotFound("document")
    form, step_id = Form(), rows.step.id
    if form.validate_on_submit():
        with refusals_in(form):
            printed(partial(keep_document, actor=actor, now=now(), intervention_id=step_id, kind=kind))
            flash(KEPT, "success")
            return redirect(url_for("documents.of_intervention", reference=reference, kind=kind))
    if form.is_submitted():  # an act ends the read that the page was to be made of
        rows = document_rows(actor, reference, today())
    policy, step = policy_in_force(), rows.step
    document = subject_document(wanted, rows, current_app.config["COUNCIL_NAME"], policy, today())
    frozen = frozen_of_intervention(step.id, kind)
    shown("intervention", step.id, case_id=step.case_id)
    page = render_template(
        f"documents/{wanted.template}.html",
        document=document,
        flags=list(_flags(wanted, document, rows, policy)),
        crumbs=[
            (rows.case_reference, url_for("cases.case", reference=rows.case_reference)),
            (step.reference, url_for("interventions.intervention", reference=step.reference)),
        ],
        mark=_mark(wanted, rows, frozen),
        form=form if _to_be_kept(wanted, rows, frozen) else None,
        **kept(frozen),
    )
    return page, form.http_status


@documents.get("/cases/<reference>/letters")
@requires(Permission.WORK_CASES)
def letters(reference: str) -> str:
    """The letters there are to those who complained or suffered, and what was kept of them and of all else that left."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    shown("case", case.id, case_id=case.id)
    return render_template(
        "letters/list.html",
        case=case,
        people=people_written_to(case.id) if case.closed_on else [],
        complaints=complaints_to_letter(case.id),
        contacts=contacts_to_letter(case.id),
        **kept(frozen_of_case(actor, case.id, today())),
    )


@documents.route(
    "/cases/<reference>/letters/acknowledgement/<int:of_id>",
    methods=["GET", "POST"],
    defaults={"kind": "acknowledgement"},
)
@documents.route(
    "/cases/<reference>/letters/closing/<int:of_id>", methods=["GET", "POST"], defaults={"kind": "closing"}
)
@documents.route("/cases/<reference>/letters/update/<int:of_id>", methods=["GET", "POST"], defaults={"kind": "update"})
@requires(Permission.WORK_CASES)
def letter(reference: str, kind: str, of_id: int) -> ResponseReturnValue:
    """That we have somebody's report; that the case is closed and why, with the right to a review; or what they were told, as
    it stands in the record of that contact. Keep it as it leaves."""
    actor, wanted, form = current_actor(), LETTERS[kind], Form()
    if form.validate_on_submit():
        with refusals_in(form):
            printed(partial(keep_letter, actor=actor, now=now(), reference=reference, kind=wanted, of_id=of_id))
            flash(KEPT, "success")
            return redirect(url_for("documents.letter", reference=reference, kind=kind, of_id=of_id))
    rows, policy = letter_rows(wanted.of, actor, reference, of_id, today()), policy_in_force()
    document = complainant_letter(wanted, rows, current_app.config["COUNCIL_NAME"], policy, today())
    shown("person", rows.person.id, case_id=rows.case.id)
    page = render_template(
        f"documents/{wanted.template}.html",
        document=document,
        flags=[*_undecided(wanted, document, policy), *_named(document, rows.case.id, rows.person.id)],
        crumbs=[
            (rows.case.reference, url_for("cases.case", reference=rows.case.reference)),
            ("Letters", url_for("documents.letters", reference=rows.case.reference)),
        ],
        mark=NOT_KEPT,
        form=form,
        **kept(_kept_letters(wanted, rows.case.id, rows.person.id)),
    )
    return page, form.http_status


@documents.get("/documents/<int:document_id>")
@requires(Permission.DRAFT, Permission.AUTHORISE, Permission.WORK_CASES)
def frozen(document_id: int) -> ResponseReturnValue:
    """A document as it left, byte for byte: a disclosure, on record before the first byte leaves."""
    found = frozen_document(current_actor(), document_id, today())
    content = storage().read(found.sha256)
    disclosed("frozen_document", found.id, case_id=found.case_id)
    name = f"{found.number}-{found.kind}-{found.id}.{'pdf' if found.media_type == PDF else 'html'}"
    return sent_as_download(content, name, found.media_type, found.size_bytes)


def kept(frozen: Sequence[Any]) -> dict[str, object]:
    """What a page needs to list what is kept."""
    return {"frozen": frozen, "file_size": file_size, "PDF": PDF}


def _kept_letters(kind: LetterKind, case_id: int, person_id: int) -> list[Any]:
    rows = frozen_of_case(current_actor(), case_id, today())
    return [row for row in rows if row.kind == kind.code and row.recipient_id == person_id]


def _to_be_kept(kind: DocumentKind, rows: DocumentRows, frozen: Sequence[Any]) -> bool:
    """Whether it may be kept from its page. What an act freezes is kept by that, and here only where it was not."""
    return rows.step.entered_in_error_on is None and (
        not kind.by_act or (not frozen and (not kind.itself or rows.step.signed_at is not None))
    )


def _mark(kind: DocumentKind, rows: DocumentRows, frozen: Sequence[Any]) -> str:
    """Why the page is not the document that counts: it never is, once printed from a browser."""
    step = rows.step
    if kind.itself and step.issued_on is None and step.ended_on is not None:
        return GIVEN_UP
    if kind.itself and step.signed_at is None:
        return DRAFT if step.status == "draft" else UNSIGNED
    if not kind.by_act:
        return NOT_KEPT
    return COPY if frozen else BY_THE_RECORD


def _flags(kind: DocumentKind, document: SubjectDocument, rows: DocumentRows, policy: Policy) -> Iterator[str]:
    """What is to be looked at before it leaves. None of it is printed."""
    yield from _undecided(kind, document, policy)
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


def _undecided(
    kind: DocumentKind | LetterKind, document: SubjectDocument | ComplainantLetter, policy: Policy
) -> list[str]:
    titles = undecided(document.council, kind.uses, policy.values)
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
        measures=frozenset(each.kind for each in measures_of(facts.id)) if facts.power == "CPN" else frozenset(),
    )  # fmt: skip
    return [
        (kind.titles[facts.power], url_for("documents.of_intervention", reference=facts.reference, kind=kind.code))
        for kind in KINDS.values()
        if there_is(kind, standing)
    ]
