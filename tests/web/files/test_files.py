"""The pages of files: taking them in, the list, one of them, its bytes."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from asb_cases.adapters.storage import Storage
from asb_cases.adapters.time import today
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Attachment, AttachmentLink
from asb_cases.models.history import Consultation
from asb_cases.web.files.download import content_disposition
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.query_counter import counted_queries
from tests.support.sample_files import GOOD, jpeg

ClientAs = Callable[..., PageClient]


@pytest.fixture
def case(app: Flask) -> str:
    with app.app_context():
        return make.make_case(title="Loud music").reference


def upload(client: PageClient, case: str, *files: tuple[str, bytes], **fields: Any) -> Any:
    sent = [(io.BytesIO(content), name) for name, content in files]
    return client.submit(f"/cases/{case}/files/new", {"files": sent, **fields}, content_type="multipart/form-data")


def only_file(app: Flask) -> Attachment:
    with app.app_context():
        return db.session.scalars(select(Attachment)).one()


def kept(app: Flask) -> list[str]:
    return list(Storage(app.config["STORAGE_DIR"]).kept())


def test_a_photo_from_the_list_to_the_bytes(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    answer = upload(
        client, case, ("../photo “one”.JPG", jpeg()), description="Bins in the front garden", marks=["evidence"],
        **{"taken_on-day": "1", "taken_on-month": "3", "taken_on-year": "2026", "taken_time": "11:40pm"},
    )  # fmt: skip
    assert (answer.status_code, answer.location) == (302, f"/cases/{case}/files")
    page = client.page(f"/cases/{case}/files")
    assert "The file is kept." in page.root.text
    assert "photo “one”.jpg" in page.root.text
    assert "Bins in the front garden" in page.root.text
    assert "1 March 2026 at 11:40pm" in page.root.text
    row = only_file(app)
    assert hashlib.sha256(jpeg()).hexdigest() == row.sha256
    text = client.page(f"/files/{row.id}").root.text
    assert row.sha256 in text
    assert "Evidence" in text
    sent = client.get(f"/files/{row.id}/download")
    assert sent.data == jpeg()
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert sent.headers["Content-Length"] == str(len(jpeg()))
    assert sent.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Cache-Control"] == "no-store"
    assert sent.headers["Content-Disposition"] == (
        "attachment; filename=\"photo _one_.jpg\"; filename*=UTF-8''photo%20%E2%80%9Cone%E2%80%9D.jpg"
    )
    with app.app_context():
        disclosures = select(Consultation.shown).where(Consultation.operation == HistoryOperation.DISCLOSURE)
        assert db.session.scalars(disclosures).all() == [f'{{"attachment":[{row.id}]}}']
    assert "1 file" in client.page(f"/cases/{case}").root.text
    assert "File added: photo “one”.jpg" in client.page(f"/cases/{case}").root.text


@pytest.mark.engines("sqlite")
def test_every_sort_of_file_comes_back_as_it_went_in(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    files = list(GOOD.items())
    for some in (files[:18], files[18:]):
        assert upload(client, case, *some).status_code == 302
    with app.app_context():
        ids = {row.sha256: row.id for row in db.session.scalars(select(Attachment))}
    # One is sent under two names, and kept once.
    assert len(ids) == len(set(GOOD.values())) == len(GOOD) - 1
    for name, content in GOOD.items():
        sent = client.get(f"/files/{ids[hashlib.sha256(content).hexdigest()]}/download")
        assert sent.data == content, name
        assert sent.headers["Content-Disposition"].startswith("attachment;")
        assert "html" not in sent.headers["Content-Type"]


def test_one_bad_file_refuses_them_all_and_keeps_what_was_typed(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    answer = upload(client, case, ("good.jpg", jpeg()), ("bad.jpg", b"MZ\x90"), description="What I saw")
    assert answer.status_code == 422
    assert "“bad.jpg” is a program, which is not kept here." in answer.text
    assert ">\nWhat I saw</textarea>" in answer.text
    assert "choose them again" in answer.text
    assert (kept(app), Storage(app.config["STORAGE_DIR"]).left_over()) == ([], [])


def test_the_same_file_twice_is_said_and_kept_once(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    upload(client, case, ("one.jpg", jpeg()))
    answer = upload(client, case, ("two.jpg", jpeg()), description="Again")
    assert answer.status_code == 422
    assert "two.jpg: already in this case, byte for byte." in answer.text
    upload(client, case, ("two.jpg", jpeg()), ("new.pdf", GOOD["letter.pdf"]))
    assert (
        "1 was in this case already, byte for byte, and not kept twice."
        in client.page(f"/cases/{case}/files").root.text
    )
    assert len(kept(app)) == 2


def test_a_file_for_a_complaint_from_its_link(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        case = make.make_case()
        reference, complaint_id = case.reference, make.make_complaint(case=case).id
    client = client_as(Role.OFFICER)
    page = client.get(f"/cases/{reference}/files/new?for=complaint-{complaint_id}")
    assert f'<option value="complaint-{complaint_id}" selected>' in page.text
    upload(client, reference, ("one.jpg", jpeg()), belongs_to=f"complaint-{complaint_id}")
    with app.app_context():
        row = db.session.scalars(select(AttachmentLink)).one()
        assert (row.entity_kind, row.entity_id) == ("complaint", complaint_id)
    file_id = only_file(app).id
    assert client.submit(f"/files/{file_id}/attach", {"belongs_to": "case"}).location == f"/files/{file_id}"
    assert "The file belongs to every record" in client.page(f"/files/{file_id}/attach").root.text
    assert upload(client, reference, ("two.jpg", jpeg(b"Exif two")), belongs_to="complaint-999").status_code == 422


def test_describing_withholding_and_letting_go(app: Flask, client_as: ClientAs, case: str) -> None:
    officer, manager = client_as(Role.OFFICER), client_as(Role.MANAGER)
    upload(officer, case, ("one.jpg", jpeg()), description="Bins")
    file_id = only_file(app).id
    stale = officer.page(f"/files/{file_id}/describe")
    assert "Bins" in str(stale.root.all("textarea")[0].text)
    assert (
        officer.submit(f"/files/{file_id}/describe", {"description": "Boxes", "marks": ["third_party"]}).status_code
        == 302
    )
    assert "Boxes" in officer.page(f"/files/{file_id}").root.text
    wrong = officer.submit(f"/files/{file_id}/describe", {"description": "Bins", "version": "1"})
    assert wrong.status_code == 409
    assert "Bins" in wrong.text
    assert "Boxes" in wrong.text

    assert officer.get(f"/files/{file_id}/withhold").status_code == 403
    assert manager.submit(f"/files/{file_id}/withhold", {"reason": "Names a child"}).status_code == 302
    assert "Names a child" in officer.page(f"/files/{file_id}").root.text
    refused = officer.get(f"/files/{file_id}/download")
    assert (refused.status_code, refused.mimetype) == (422, "text/html")
    assert manager.get(f"/files/{file_id}/download").data == jpeg()
    assert "File withheld: one.jpg" in officer.page(f"/cases/{case}").root.text
    assert manager.submit(f"/files/{file_id}/withhold", {"reason": "Again"}).status_code == 422
    assert manager.submit(f"/files/{file_id}/release", {"reason": "Wrong file"}).status_code == 302
    assert officer.get(f"/files/{file_id}/download").data == jpeg()


def test_what_was_altered_on_the_disk_is_not_sent(app: Flask, client_as: ClientAs, case: str) -> None:
    client = client_as(Role.OFFICER)
    upload(client, case, ("one.jpg", jpeg()))
    row = only_file(app)
    place = Storage(app.config["STORAGE_DIR"]).place_of(row.sha256)
    place.chmod(0o600)
    place.write_bytes(jpeg() + b"!")
    answer = client.get(f"/files/{row.id}/download")
    assert answer.status_code == 500
    assert "This file cannot be opened" in answer.text


def test_a_full_disk_is_said(app: Flask, client_as: ClientAs, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    client = client_as(Role.OFFICER)
    monkeypatch.setattr("asb_cases.adapters.storage.os.fsync", full)
    answer = upload(client, case, ("one.jpg", jpeg()))
    assert answer.status_code == 503
    assert "Files cannot be kept at the moment" in answer.text
    monkeypatch.undo()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0
    assert (kept(app), Storage(app.config["STORAGE_DIR"]).left_over()) == ([], [])


def test_the_camera_of_a_telephone(client_as: ClientAs, case: str) -> None:
    (photo, _files) = (
        each for each in client_as(Role.OFFICER).page(f"/cases/{case}/files/new").root.all("input")
        if each.attributes.get("type") == "file"
    )  # fmt: skip
    assert photo.attributes["accept"] == "image/*"
    assert photo.attributes["capture"] == "environment"


def test_a_partner_adds_a_file_and_sees_no_other(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        body, case = make.make_body(), make.make_case()
        make.make_share(case, body=body, from_on=today())
        reference, ours = case.reference, make.make_file(case, name="ours.txt").id
        partner_id = make.make_user(Role.PARTNER, body=body).id
    partner = client_as(user_id=partner_id)
    assert upload(partner, reference, ("theirs.jpg", jpeg())).status_code == 302
    text = partner.page(f"/cases/{reference}/files").root.text
    assert "theirs.jpg" in text
    assert "ours.txt" not in text
    for path in (f"/files/{ours}", f"/files/{ours}/download", f"/files/{ours}/attach"):
        assert partner.get(path).status_code == 404
    assert "ours.txt" not in partner.page(f"/cases/{reference}").root.text
    assert "1 file" in partner.page(f"/cases/{reference}").root.text


@pytest.mark.parametrize("count", [1, 25])
def test_the_list_sends_few_statements(app: Flask, client_as: ClientAs, case: str, count: int) -> None:
    with app.app_context():
        found = db.session.scalars(select(Case).where(Case.reference == case)).one()
        for _number in range(count):
            make.make_file(found)
    client = client_as(Role.OFFICER)
    with counted_queries(app) as statements:
        assert client.get(f"/cases/{case}/files").status_code == 200
    assert len(statements) <= 8


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a.txt", "a.txt"),
        ('q"uo;te%.txt', "q_uo_te_.txt"),
        ("Ünï.txt", "Uni.txt"),
        ("日本.txt", "__.txt"),
        ("a\r\nX: y", "a__X: y"),
    ],
)
def test_names_of_downloads(name: str, plain: str) -> None:
    header = content_disposition(name)
    assert header.startswith(f"attachment; filename=\"{plain}\"; filename*=UTF-8''")
    assert header.isascii()
    assert header.isprintable()
