"""Documents frozen as they leave. Parts of the acts that sign, vary and end; and an act of its own for what is sent without
one: letters, and certificates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from asb_cases.documents.context import subject_document
from asb_cases.documents.fair_copy import FairCopy, fair_copy
from asb_cases.documents.kinds import ITSELF, KINDS
from asb_cases.domain.calendar import local
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.frozen_document import FrozenDocument
from asb_cases.models.intervention import Intervention
from asb_cases.queries.document_rows import document_rows
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.press import Press


@dataclass(frozen=True)
class HangsOn:
    """What a document is of."""

    case_id: int | None = None
    intervention_id: int | None = None
    case_review_id: int | None = None
    complaint_id: int | None = None
    contact_entry_id: int | None = None
    recipient_id: int | None = None


def freeze(copy: FairCopy, of: HangsOn, *, press: Press, actor: Actor, now: datetime) -> Mapping[str, object]:
    """Keep a document as it leaves. A part of an act, and its last step but for the history. Returns what the act's entry is
    to say of it, so that the chain covers the hash. Raises `NotPrinted`."""
    made = press.print_of(copy)
    row = FrozenDocument(
        kind=copy.kind,
        title=copy.title,
        number=copy.number,
        case_id=of.case_id,
        intervention_id=of.intervention_id,
        case_review_id=of.case_review_id,
        complaint_id=of.complaint_id,
        contact_entry_id=of.contact_entry_id,
        recipient_id=of.recipient_id,
        template=copy.template,
        template_version=copy.template_version,
        block_version=copy.block_version,
        data=copy.data,
        sha256=made.received.sha256,
        size_bytes=made.received.size,
        media_type=made.media_type,
        made_with=made.made_with,
        made_at=now,
        made_by_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    press.storage.keep(made.received)
    return {"document_id": row.id, "document_sha256": row.sha256}


def freeze_itself(step: Intervention, press: Press | None, actor: Actor, now: datetime) -> Mapping[str, object]:
    """Keep a warning, notice or penalty as it is signed. Without a press (the console, a demonstration) nothing is kept."""
    return freeze_of(step, ITSELF[step.power], press, actor, now) if step.power in ITSELF else {}


def freeze_of(
    step: Intervention, kind: str, press: Press | None, actor: Actor, now: datetime, *, varied: str | None = None
) -> Mapping[str, object]:
    """Keep a document of an intervention as it is now. `varied`: the reasons of the variation that the same act makes."""
    if press is None:
        return {}
    db.session.flush()
    today = local(now).date()
    rows = document_rows(actor, step.reference, today)
    if varied is not None:
        rows = replace(rows, varied=(now, varied))
    wanted = KINDS[kind]
    document = subject_document(wanted, rows, press.council, policy_in_force(), today)
    copy = fair_copy(kind, step.reference, wanted.template, document, logo=press.logo)
    of = HangsOn(case_id=step.case_id, intervention_id=step.id, recipient_id=step.subject_id)
    return freeze(copy, of, press=press, actor=actor, now=now)
