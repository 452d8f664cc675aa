"""Files of a case: taken in, described, attached, withheld."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.domain.case_content import content_for
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.files import FileKind, FileMark, FileOf
from asb_cases.domain.permissions import CONSOLE, Actor, Role
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Attachment, AttachmentLink
from asb_cases.models.file_description import FileDescription
from asb_cases.models.service import Service
from asb_cases.queries.file_records import records_offered
from asb_cases.queries.files import file_shown, files_page
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.stored_files import check_storage
from asb_cases.services.files import (
    About,
    NewFile,
    Said,
    add_files,
    attach_file,
    describe_file,
    release_file,
    withhold_file,
)
from asb_cases.services.versions import StaleVersion
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.support.record import history_kinds, last_entry, refused

Add = Callable[..., list[int]]


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "files")


@pytest.fixture
def add(in_app: Flask, storage: Storage) -> Add:
    def added(case: Case, *contents: bytes, actor: Actor = CONSOLE, **given: object) -> list[int]:
        files = [new_file(storage, content) for content in contents]
        found = add_files(actor=actor, now=NOW, case_id=case.id, storage=storage, files=files, **given)  # type: ignore[arg-type]
        return found.ids

    return added


def new_file(storage: Storage, content: bytes) -> NewFile:
    return NewFile(storage.receive(io.BytesIO(content), 10**6), "note.txt", FileKind.TEXT)


def links(file_id: int) -> list[tuple[str, int]]:
    found = select(AttachmentLink.entity_kind, AttachmentLink.entity_id).where(AttachmentLink.attachment_id == file_id)
    return [(kind, row_id) for kind, row_id in db.session.execute(found.order_by(AttachmentLink.id))]


def test_several_files_are_one_act(add: Add, storage: Storage) -> None:
    case, officer = make.make_case(), make.make_actor()
    moment = datetime(2026, 3, 1, 23, 40, tzinfo=UTC)
    said = Said(" The garden ", moment, "A neighbour", [FileMark.THIRD_PARTY, FileMark.EVIDENCE])
    first, second = add(case, b"one", b"two", actor=officer, said=said)
    row = db.session.get_one(Attachment, first)
    assert (row.size_bytes, row.media_type, row.name, row.received_at, row.received_by_id) == (
        3, "text/plain", "note.txt", NOW, officer.user_id,
    )  # fmt: skip
    assert b"".join(storage.read(row.sha256)) == b"one"
    shown = file_shown(officer, second, TODAY)
    assert (shown.facts.description, shown.facts.taken_on, shown.facts.taken_at) == (
        "The garden",
        moment.date(),
        moment,
    )
    assert shown.marks == [FileMark.EVIDENCE, FileMark.THIRD_PARTY]
    assert [each.kind for each in shown.belongs_to] == [FileOf.CASE]
    assert history_kinds() == ["attachment_added"]
    assert f'"attachment_ids":[{first},{second}]' in last_entry().details
    assert "garden" not in last_entry().details


def test_the_same_bytes_are_linked_once(add: Add, storage: Storage) -> None:
    case, other = make.make_case(), make.make_case()
    (first,) = add(case, b"same")
    with refused("files_there_already"):
        add(case, b"same")
    with refused("files_there_already"):
        add(case, b"same", b"same")
    (new,) = add(case, b"same", b"new", b"new")
    (elsewhere,) = add(other, b"same")
    assert len({first, new, elsewhere}) == 3
    assert links(first) == [("case", case.id)]
    assert len(list(storage.kept())) == 2


def test_the_same_bytes_for_another_record_are_attached_to_it(add: Add) -> None:
    case = make.make_case()
    complaint = make.make_complaint(case=case)
    (first,) = add(case, b"same")
    assert add(case, b"same", about=About(FileOf.COMPLAINT, complaint.id)) == []
    assert links(first) == [("case", case.id), ("complaint", complaint.id)]
    assert history_kinds() == ["attachment_added", "attachment_linked"]


def test_what_is_refused_gets_no_place(add: Add, storage: Storage) -> None:
    case = make.make_case()
    with refused("day_not_come"):
        add(case, b"one", said=Said(taken=TODAY + timedelta(days=1)))
    with refused("too_many_files"):
        add(case, *(bytes([number]) for number in range(21)))
    with pytest.raises(NotFound):
        add(case, b"one", about=About(FileOf.COMPLAINT, make.make_complaint(case=make.make_case()).id))
    with pytest.raises(NotFound):
        add(make.make_case(team=make.make_team()), b"one", actor=make.make_actor(team=make.make_team()))
    with pytest.raises(NotPermitted):
        add(case, b"one", actor=make.make_actor(Role.ANALYST))
    assert list(storage.kept()) == []
    assert db.session.scalars(select(Attachment.id)).all() == []


def test_every_kind_of_record_that_a_file_may_belong_to(add: Add) -> None:
    case = make.make_case()
    complaint, contact = make.make_complaint(case=case), make.make_contact(case)
    notice = make.make_intervention("CPN", case=case)
    breach = make.make_breach(notice)
    given = {"method": ServiceMethod.HAND, "given_on": TODAY}
    service = make.keep(Service(intervention_id=notice.id, power="CPN", **given))
    records = {each.kind: each for each in reversed(records_offered(case.id, content_for(CONSOLE)))}
    assert set(records) == set(FileOf) - {FileOf.CASE}
    assert {kind: each.id for kind, each in records.items()} == {
        FileOf.COMPLAINT: complaint.id, FileOf.CONTACT: contact.id, FileOf.INTERVENTION: notice.id,
        FileOf.BREACH: breach.id, FileOf.SERVICE: service.id,
    }  # fmt: skip
    assert records[FileOf.CONTACT].day == TODAY
    assert {each.reference for kind, each in records.items() if kind in {FileOf.BREACH, FileOf.SERVICE}} == {
        notice.reference
    }
    (file_id,) = add(case, b"one", about=About(FileOf.SERVICE, service.id))
    for kind, each in records.items():
        if kind is not FileOf.SERVICE:
            attach_file(actor=CONSOLE, now=NOW, file_id=file_id, about=About(kind, each.id))
    with refused("already_done"):
        attach_file(actor=CONSOLE, now=NOW, file_id=file_id, about=About(FileOf.SERVICE, service.id))
    with pytest.raises(NotFound):
        attach_file(actor=CONSOLE, now=NOW, file_id=file_id, about=About(FileOf.CASE, case.id + 1))
    assert {each.kind for each in file_shown(CONSOLE, file_id, TODAY).belongs_to} == set(records)


def test_describing_is_for_one_person_at_a_time(add: Add) -> None:
    (file_id,) = add(make.make_case(), b"one")
    describe_file(actor=CONSOLE, now=NOW, file_id=file_id, version=1, said=Said("Bins", marks=[FileMark.EVIDENCE]))
    row = db.session.get_one(FileDescription, file_id)
    assert (row.description, row.version) == ("Bins", 2)
    with pytest.raises(StaleVersion):
        describe_file(actor=CONSOLE, now=NOW, file_id=file_id, version=1, said=Said("Boxes"))
    describe_file(actor=CONSOLE, now=NOW, file_id=file_id, version=2, said=Said())
    assert file_shown(CONSOLE, file_id, TODAY).marks == []
    assert history_kinds()[-2:] == ["attachment_described", "attachment_described"]


def test_withheld_files_stay_and_only_managers_open_them(add: Add) -> None:
    case = make.make_case()
    (file_id,) = add(case, b"one")
    officer, manager = make.make_actor(), make.make_actor(Role.MANAGER)
    with pytest.raises(NotPermitted):
        withhold_file(actor=officer, now=NOW, file_id=file_id, reason="Names a child")
    with refused("reason_needed"):
        withhold_file(actor=manager, now=NOW, file_id=file_id, reason=" ")
    withhold_file(actor=manager, now=NOW, file_id=file_id, reason="Names a child")
    assert last_entry().reason == "Names a child"
    seen = file_shown(officer, file_id, TODAY)
    assert (seen.facts.withheld_on, seen.facts.withheld_because, seen.may_open) == (TODAY, "Names a child", False)
    assert file_shown(manager, file_id, TODAY).may_open
    with refused("file_withheld_already"):
        withhold_file(actor=manager, now=NOW, file_id=file_id, reason="Again")
    release_file(actor=manager, now=NOW, file_id=file_id, reason="Wrong file")
    assert file_shown(officer, file_id, TODAY).may_open
    with refused("file_not_withheld"):
        release_file(actor=manager, now=NOW, file_id=file_id, reason="Again")
    assert history_kinds() == ["attachment_added", "attachment_withheld", "attachment_released"]


def test_a_partner_sees_the_files_of_their_own_body_alone(add: Add) -> None:
    body, case = make.make_body(), make.make_case()
    make.make_share(case, body=body)
    partner, colleague, other = (make.make_actor(Role.PARTNER, body=each) for each in (body, body, make.make_body()))
    (ours,), (theirs,) = add(case, b"ours"), add(case, b"theirs", actor=partner)
    for reader in (partner, colleague):
        assert file_shown(reader, theirs, TODAY).may_open
        with pytest.raises(NotFound):
            file_shown(reader, ours, TODAY)
        assert files_page(reader, TODAY, case.id, None)[0].ids == [theirs]
    for stranger in (
        other,
        make.make_actor(Role.ANALYST),
        make.make_actor(team=make.make_team(), role=Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotFound):
            file_shown(stranger, theirs, TODAY)


def test_a_partner_learns_of_no_file_of_the_council_by_sending_it(add: Add) -> None:
    body, case = make.make_body(), make.make_case()
    make.make_share(case, body=body)
    partner = make.make_actor(Role.PARTNER, body=body)
    (ours,) = add(case, b"the same")
    (theirs,) = add(case, b"the same", actor=partner)
    assert (theirs, [each.id for each in db.session.scalars(select(Attachment))]) == (ours + 1, [ours, theirs])
    with refused("files_there_already"):
        add(case, b"the same", actor=partner)


def test_the_list_is_read_in_few_statements_and_pages(add: Add) -> None:
    case = make.make_case()
    ids = [add(case, bytes([number]))[0] for number in range(30)]
    page, rows = files_page(CONSOLE, TODAY, case.id, None)
    assert page.ids == ids[:4:-1]
    assert len(rows) == 25
    assert page.after is not None


def test_the_check_finds_what_is_missing_altered_or_not_on_record(add: Add, storage: Storage) -> None:
    case = make.make_case()
    ids = add(case, b"whole", b"lost", b"changed")
    hashes = [db.session.get_one(Attachment, file_id).sha256 for file_id in ids]
    storage.place_of(hashes[1]).unlink()
    storage.place_of(hashes[2]).chmod(0o600)
    storage.place_of(hashes[2]).write_bytes(b"chanGed")
    storage.keep(storage.receive(io.BytesIO(b"nobody's"), 100))
    storage.receive(io.BytesIO(b"half"), 100)
    found = check_storage(storage, lambda _count: None)
    assert found.checked == 3
    assert {(fault.sha256, fault.problem): fault.file_ids for fault in found.faults} == {
        (hashes[1], "missing"): [ids[1]], (hashes[2], "altered"): [ids[2]],
    }  # fmt: skip
    assert (found.not_on_record, found.left_over) == (1, 1)
