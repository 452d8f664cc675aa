"""Linking cases, merging one into another, and taking either back.

A merge moves every row that hangs on the one case to the other, and keeps the list of them: the merged case is closed as
merged, stays counted as opened, and leads to the kept one. Undoing moves the same rows back, and what has come to hang on
them since. History, who looked, shares, readers, categories and the case's own references stay where they were.
"""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, select, update

from asb_cases.domain.calendar import local
from asb_cases.domain.case_connections import (
    LINKED_ALREADY,
    MERGED,
    SAME_CASE,
    LinkKind,
    check_merge,
    check_unmerge,
)
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import reason_given
from asb_cases.domain.workflow import TRANSITIONS, CaseStatus, next_status
from asb_cases.extensions import Base, db
from asb_cases.models.case import Case, CaseReader, Participant
from asb_cases.models.case_connection import CaseLink, CaseMerge, CaseMergeRow
from asb_cases.models.response_pause import ResponsePause
from asb_cases.queries.case_connections import (
    link_between,
    merge_facts,
    merged_case_to_restore,
    moved_by,
    readers_after,
    readers_of,
    restricted_anew,
    standing_merge,
    steps_resting_on,
)
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.services.history import Subject, record
from asb_cases.services.review_time import settle_review_time
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: Tables whose rows go with the case they hang on.
MOVED = (
    "complaints", "contact_entries", "notes", "tasks", "incidents", "action_plans", "response_pauses", "attachment_links",
    "participants", "risk_assessments", "interventions", "case_reviews", "deadlines", "reminders", "search_entries",
    "frozen_documents",
)  # fmt: skip
#: Tables whose rows say something of the case itself, or of what happened to its record.
LEFT = frozenset({
    "case_categories", "case_readers", "case_shares", "consultations", "history_entries", "case_links", "case_merges", "cases",
    "emails",
})  # fmt: skip
#: What hangs on a moved row goes back with it, though it came later: the table, its column, and the table it names.
HANGING = (
    ("notes", "corrects_id", "notes"),
    ("deadlines", "complaint_id", "complaints"),
    ("deadlines", "intervention_id", "interventions"),
    ("deadlines", "case_review_id", "case_reviews"),
    ("deadlines", "risk_assessment_id", "risk_assessments"),
    ("deadlines", "action_plan_id", "action_plans"),
    ("reminders", "deadline_id", "deadlines"),
    ("reminders", "task_id", "tasks"),
    ("frozen_documents", "intervention_id", "interventions"),
    ("frozen_documents", "case_review_id", "case_reviews"),
    ("frozen_documents", "contact_entry_id", "contact_entries"),
)
#: The kinds of search entry, and the tables of what they find.
FOUND = {
    "complaint": "complaints", "note": "notes", "contact_entry": "contact_entries", "intervention": "interventions",
    "incident": "incidents", "case_review": "case_reviews",
}  # fmt: skip
STATE = ("status", "closed_on", "closure_outcome", "closure_reason", "closure_told", "notice_review_on")


@transaction
def link_cases(*, actor: Actor, now: datetime, case_id: int, other_id: int, kind: LinkKind, reason: str) -> int:
    """Link two cases, both ways. Returns the link's id."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    gathered([SAME_CASE if case_id == other_id else None]).raise_if_refused()
    lower, higher = sorted((case_id, other_id))
    for each in (lower, higher):
        case_to_work_on(each, actor=actor, today=today)
    gathered([
        LINKED_ALREADY if link_between(lower, higher, kind.value) else None,
        reason_given("Linking cases", reason),
    ]).raise_if_refused()  # fmt: skip
    link = CaseLink(
        lower_id=lower,
        higher_id=higher,
        kind=kind,
        reason=reason.strip(),
        linked_on=today,
        linked_by_id=actor.user_id,
    )
    db.session.add(link)
    db.session.flush()
    details = {"other_case_id": other_id, "kind": kind.value}
    record("cases_linked", Subject("case", case_id, case_id), actor=actor, now=now, details=details, reason=reason)
    return link.id


@transaction
def end_case_link(*, actor: Actor, now: datetime, case_id: int, link_id: int) -> None:
    """End a link, for both cases."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case_to_work_on(case_id, actor=actor, today=today)
    link = db.session.get(CaseLink, link_id, with_for_update=True)
    if link is None or case_id not in (link.lower_id, link.higher_id) or link.ended_on is not None:
        raise NotFound("link")
    link.ended_on = today
    about = Subject("case", case_id, case_id)
    record("case_link_ended", about, actor=actor, now=now, details={"link_id": link.id})


@transaction
def merge_case(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    into_id: int,
    reason: str,
    cautions_reason: str | None = None,
    version: int | None = None,
) -> int:
    """Merge a case into another: what hangs on it moves, and it is closed as merged. Returns the merge's id."""
    actor.check(Permission.MERGE_RECORDS)
    today = local(now).date()
    cases = {each: case_to_work_on(each, actor=actor, today=today) for each in sorted({case_id, into_id})}
    merged, kept = cases[case_id], cases[into_id]
    check_version(merged, version)
    check_merge(merge_facts(merged, kept, today), reason).raise_unless_reasoned(cautions_reason)
    begun_again = _part_begun_again(merged.id, kept.id)
    before = {
        "merged": {name: _plain(getattr(merged, name)) for name in STATE},
        "kept": {"restricted": kept.restricted, "readers": sorted(readers_of(kept.id))},
        "parts": {str(part.id): _plain(part.to_on) for part in begun_again},
    }
    merge = CaseMerge(
        kept_id=kept.id,
        merged_id=merged.id,
        merged_at=now,
        merged_by_id=actor.user_id,
        reason=reason.strip(),
        before=json.dumps(before),
    )
    db.session.add(merge)
    db.session.flush()
    _restrict(kept, readers_after(merged, kept), merged.restricted or kept.restricted)
    for part in begun_again:
        part.to_on = None
    moved = {table: _move(table, _to_move(table, merged.id, kept.id), kept.id, merge.id) for table in MOVED}
    settle_review_time(kept, today)
    status = CaseStatus(next_status(TRANSITIONS, merged.status, "merge"))
    merged.status, merged.closed_on, merged.merged_into_id = status, today, into_id
    merged.closure_outcome, merged.closure_reason, merged.closure_told = MERGED, "Merged into another case.", None
    said = " / ".join(text.strip() for text in (reason, cautions_reason) if text and text.strip())
    details = {"kept_id": kept.id, "merged_id": merged.id, "moved": moved}
    record("cases_merged", Subject("case", kept.id, kept.id), actor=actor, now=now, details=details, reason=said)
    return merge.id


@transaction
def unmerge_case(*, actor: Actor, now: datetime, case_id: int, reason: str) -> None:
    """Undo the merge by which a case went into another: what it moved goes back, and what has come to hang on that since."""
    actor.check(Permission.MERGE_RECORDS)
    today = local(now).date()
    merged_case_to_restore(case_id, actor=actor, today=today)
    merge = standing_merge(case_id)
    kept = db.session.get_one(Case, merge.kept_id, with_for_update=True)
    check_unmerge(
        kept=kept.reference,
        merged_onward=kept.merged_into_id is not None,
        resting=steps_resting_on(merge),
        reason=reason,
    ).raise_if_refused()
    kept = case_to_work_on(merge.kept_id, actor=actor, today=today)
    merged = merged_case_to_restore(case_id, actor=actor, today=today)
    before: dict[str, Any] = json.loads(merge.before)
    for table in MOVED:
        _move_back(table, moved_by(merge.id, table), merge)
    _move_what_hangs(merge)
    _restrict_as_before(merge, merged, kept, before["kept"])
    for part_id, to_on in before["parts"].items():
        db.session.get_one(Participant, int(part_id)).to_on = _day(to_on)
    move = "unmerge_new" if before["merged"]["status"] == CaseStatus.NEW else "unmerge"
    status = CaseStatus(next_status(TRANSITIONS, merged.status, move))
    merged.status = status
    merged.closed_on = merged.notice_review_on = merged.merged_into_id = None
    merged.closure_outcome = merged.closure_reason = merged.closure_told = None
    for each in (kept, merged):
        settle_review_time(each, today)
    merge.undone_on, merge.undone_by_id, merge.undone_because = today, actor.user_id, reason.strip()
    details = {"kept_id": kept.id, "merged_id": merged.id}
    record("case_unmerged", Subject("case", merged.id, merged.id), actor=actor, now=now, details=details, reason=reason)


def _part_begun_again(merged_id: int, kept_id: int) -> list[Participant]:
    """Parts that had ended in the kept case and are still played in the merged one, by the same people."""
    still = select(Participant.person_id, Participant.part).where(
        Participant.case_id == merged_id, Participant.to_on.is_(None)
    )
    playing = {(row.person_id, row.part) for row in db.session.execute(still)}
    ended = select(Participant).where(Participant.case_id == kept_id, Participant.to_on.is_not(None))
    return [part for part in db.session.scalars(ended) if (part.person_id, part.part) in playing]


def _to_move(table: str, merged_id: int, kept_id: int) -> list[int]:
    """The rows that go along. Where the kept case has the same part of the same person, or waits already, its own stays."""
    rows = _table(table)
    found = list(db.session.scalars(select(rows.c.id).where(rows.c.case_id == merged_id)))
    if table == "participants":
        of_kept = select(Participant.person_id, Participant.part).where(Participant.case_id == kept_id)
        known = {(row.person_id, row.part) for row in db.session.execute(of_kept)}
        parts = db.session.scalars(select(Participant).where(Participant.case_id == merged_id))
        return [part.id for part in parts if (part.person_id, part.part) not in known]
    if table == "response_pauses":
        waits = select(ResponsePause.id).where(ResponsePause.ended_at.is_(None))
        if db.session.scalar(waits.where(ResponsePause.case_id == kept_id)) is not None:
            own = set(db.session.scalars(waits.where(ResponsePause.case_id == merged_id)))
            return [each for each in found if each not in own]
    if table == "search_entries":
        kind = select(rows.c.id).where(rows.c.case_id == merged_id, rows.c.entity_kind == "case")
        itself = set(db.session.scalars(kind))
        return [each for each in found if each not in itself]
    return found


def _move(table: str, ids: list[int], to_id: int, merge_id: int) -> int:
    db.session.add_all(CaseMergeRow(merge_id=merge_id, table_name=table, row_id=each) for each in ids)
    db.session.flush()
    _set_case(table, ids, to_id)
    return len(ids)


def _set_case(table: str, ids: list[int], case_id: int) -> None:
    rows = _table(table)
    if ids:
        db.session.execute(update(rows).where(rows.c.id.in_(ids)).values(case_id=case_id))
        db.session.expire_all()


def _move_back(table: str, ids: list[int], merge: CaseMerge) -> None:
    """Those that are still of the kept case."""
    rows = _table(table)
    still = db.session.scalars(select(rows.c.id).where(rows.c.id.in_(ids), rows.c.case_id == merge.kept_id))
    _set_case(table, list(still), merge.merged_id)


def _move_what_hangs(merge: CaseMerge) -> None:
    kept_id, merged_id = merge.kept_id, merge.merged_id
    for table, column, of_table in HANGING:
        rows, owners = _table(table), _table(of_table)
        of_merged = select(owners.c.id).where(owners.c.case_id == merged_id)
        while ids := list(
            db.session.scalars(select(rows.c.id).where(rows.c.case_id == kept_id, rows.c[column].in_(of_merged)))
        ):
            _set_case(table, ids, merged_id)
    links = _table("attachment_links")
    files = select(links.c.attachment_id).where(links.c.case_id == merged_id)
    hanging = select(links.c.id).where(links.c.case_id == kept_id, links.c.attachment_id.in_(files))
    _set_case("attachment_links", list(db.session.scalars(hanging)), merged_id)
    entries = _table("search_entries")
    for kind, table in FOUND.items():
        owners = _table(table)
        of_merged = select(owners.c.id).where(owners.c.case_id == merged_id)
        found = select(entries.c.id).where(
            entries.c.case_id == kept_id, entries.c.entity_kind == kind, entries.c.entity_id.in_(of_merged)
        )
        _set_case("search_entries", list(db.session.scalars(found)), merged_id)


def _restrict(case: Case, readers: list[int], restricted: bool) -> None:
    case.restricted = restricted
    db.session.execute(delete(CaseReader).where(CaseReader.case_id == case.id))
    db.session.add_all(CaseReader(case_id=case.id, user_id=reader) for reader in readers)
    db.session.flush()


def _restrict_as_before(merge: CaseMerge, merged: Case, kept: Case, before: dict[str, Any]) -> None:
    """Let those read the kept case who did before the merge. A restriction that somebody set, changed or lifted since then
    stands: what goes back to the merged case is read by nobody who may not read it now."""
    if not restricted_anew(kept.id, merge.merged_at):
        _restrict(kept, before["readers"], before["restricted"])
    elif kept.restricted:
        now = readers_of(kept.id)
        readers = (now & readers_of(merged.id)) or now if merged.restricted else now
        _restrict(merged, sorted(readers), restricted=True)


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
