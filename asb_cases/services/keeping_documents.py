"""Keeping what leaves without an act that freezes it: a certificate, a letter to somebody who complained; or a document of
an act that was done where nothing could be kept."""

from datetime import datetime

from asb_cases.documents.context import complainant_letter
from asb_cases.documents.fair_copy import fair_copy
from asb_cases.documents.kinds import KINDS, standing_of, there_is
from asb_cases.documents.letters import LetterKind
from asb_cases.domain.calendar import local
from asb_cases.domain.errors import NotPermitted, RuleBroken
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import ALREADY_DONE, IN_ERROR
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.document_rows import LetterOf, document_rows, letter_rows
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.frozen_documents import READERS, frozen_of_intervention
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.freezing import HangsOn, freeze, freeze_of
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import about
from asb_cases.services.press import Press
from asb_cases.services.transaction import transaction


@transaction
def keep_document(*, actor: Actor, now: datetime, intervention_id: int, kind: str, press: Press) -> int:
    """Keep a document of an intervention as it leaves today. A warning, notice or penalty is kept once, and only signed.
    Returns its id."""
    if not any(actor.may(each) for each in READERS):
        raise NotPermitted(Permission.DRAFT.value)
    today = local(now).date()
    step = intervention_to_work_on(intervention_id, actor=actor, today=today)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    wanted = KINDS.get(kind)
    if wanted is None or not there_is(wanted, standing_of(document_rows(actor, step.reference, today))):
        raise NotFound("document")
    if wanted.itself and step.signed_at is None:
        remedy = "It is kept when it is signed."
        raise RuleBroken((NO_SUCH_MOVE.of(move="keep", status=step.status, remedy=remedy),))
    if wanted.itself and frozen_of_intervention(step.id, kind):
        raise RuleBroken((ALREADY_DONE,))
    frozen = freeze_of(step, kind, press, actor, now)
    record("document_kept", about(step), actor=actor, now=now, details={"document": kind, **frozen})
    return int(str(frozen["document_id"]))


@transaction
def keep_letter(*, actor: Actor, now: datetime, reference: str, kind: LetterKind, of_id: int, press: Press) -> int:
    """Keep a letter to somebody who complained as it leaves today: that of a case, and of their part in it, their complaint
    or a contact with them. Returns its id."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    rows = letter_rows(kind.of, actor, reference, of_id, today)
    case = case_to_work_on(rows.case.id, actor=actor, today=today)
    document = complainant_letter(kind, rows, press.council, policy_in_force(), today)
    copy = fair_copy(kind.code, case.reference, kind.template, document, logo=press.logo)
    contact = of_id if kind.of is LetterOf.CONTACT else None
    complaint = of_id if kind.of is LetterOf.COMPLAINT else None
    of = HangsOn(case.id, complaint_id=complaint, contact_entry_id=contact, recipient_id=rows.person.id)
    frozen = freeze(copy, of, press=press, actor=actor, now=now)
    record(
        "document_kept",
        Subject("case", case.id, case.id),
        actor=actor,
        now=now,
        details={"document": kind.code, **frozen},
    )
    return int(str(frozen["document_id"]))
