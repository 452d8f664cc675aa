"""Writing the council's own words in documents anew."""

from datetime import datetime

from asb_cases.documents.wording import BLOCKS, UNCHANGED, check_wording
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import reason_given
from asb_cases.extensions import db
from asb_cases.models.wording import WordingVersion
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.wordings import latest_wording
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import StaleVersion


@transaction
def write_wording(*, actor: Actor, now: datetime, code: str, text: str, reason: str, version: int | None = None) -> int:
    """Give a block new words. They stand at once in everything that is not frozen. Returns their version."""
    actor.check(Permission.MANAGE_SETTINGS)
    if code not in BLOCKS:
        raise NotFound("wording")
    before = latest_wording(code)
    known = before.version if before else 0
    if version is not None and version != known:
        raise StaleVersion(before)
    text = text.replace("\r\n", "\n").strip()
    standing = before.text if before else BLOCKS[code].shipped
    gathered([
        check_wording(text),
        UNCHANGED if text == standing else None,
        reason_given("Changing the words of a document", reason),
    ]).raise_if_refused()  # fmt: skip
    row = WordingVersion(
        code=code, version=known + 1, text=text, reason=reason.strip(), written_at=now, written_by_id=actor.user_id
    )
    db.session.add(row)
    db.session.flush()
    record(
        "wording_changed",
        Subject("wording", row.id),
        actor=actor,
        now=now,
        details={"code": code, "version": row.version},
    )
    return row.version
