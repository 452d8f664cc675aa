"""Notes on the pages: added, corrected with what they said before beneath, withheld."""

import pytest

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Note, NoteKind
from tests.factories import make_note
from tests.web.casework.conftest import Desk


def note_in(desk: Desk, text: str, **given: object) -> int:
    with desk.app.app_context():
        return make_note(db.session.get_one(Case, desk.case_id), text=text, **given).id


def test_a_note_is_added_and_corrected_and_the_old_one_read_beneath(desk: Desk) -> None:
    client = desk.client()
    client.submit(f"{desk.path}/notes/new", {"text": "Visited number 3", "kind": "internal"})
    with desk.app.app_context():
        note_id = db.session.query(Note).one().id
    form = client.get(f"/notes/{note_id}/correct").text
    assert "Visited number 3" in form, "it begins as it stands"
    sent = client.submit(f"/notes/{note_id}/correct", {"text": "Visited number 5", "reason": "The wrong house"})
    corrected = client.get(sent.location).text
    for words in ("Visited number 5", "What it said before", "Visited number 3", "The wrong house"):
        assert words in corrected
    page = client.page(desk.path)
    items = [item.text for item in page.root.all("div") if "moj-timeline__item" in item.attributes.get("class", "")]
    told = [text for text in items if "Visited number" in text]
    assert len(told) == 1, "one note stands, with what it said before"
    assert told[0].index("Visited number 5") < told[0].index("Visited number 3")
    again = client.submit(f"/notes/{note_id}/correct", {"text": "Visited number 7", "reason": "x"})
    assert again.status_code == 422
    assert "corrected already" in again.text


@pytest.mark.engines("sqlite")
def test_a_partner_is_not_asked_what_kind_and_writes_for_the_record(desk: Desk) -> None:
    partner = desk.client(Role.PARTNER)
    assert 'name="kind"' not in partner.get(f"{desk.path}/notes/new").text
    partner.submit(f"{desk.path}/notes/new", {"text": "Known to us", "kind": "internal"})
    with desk.app.app_context():
        note = db.session.query(Note).one()
        assert (note.text, note.kind) == ("Known to us", NoteKind.RECORD)
    assert partner.get(f"/notes/{note.id}").status_code == 200
    assert partner.get(f"/notes/{note_in(desk, 'Ours alone')}").status_code == 404
    assert "Ours alone" not in partner.get(desk.path).text


@pytest.mark.engines("sqlite")
def test_a_withheld_note_says_why_and_only_a_manager_reads_it(desk: Desk) -> None:
    note_id = note_in(desk, "Xqzinformant lives opposite", kind=NoteKind.RECORD)
    manager = desk.client(Role.MANAGER)
    client = desk.client()
    client.submit(f"/notes/{note_id}/correct", {"text": "Xqzinformant lives behind", "reason": "Wrong side"})
    assert manager.submit(f"/notes/{note_id + 1}/withhold", {"reason": "Would tell who told us"}).status_code == 302
    for role in (Role.OFFICER, Role.PARTNER):
        reader = desk.client(role)
        for path in (desk.path, f"/notes/{note_id}", f"/notes/{note_id + 1}"):
            page = reader.get(path).text
            assert "Xqzinformant" not in page, (role, path)
            assert "Would tell who told us" in page
    assert "Xqzinformant lives behind" in manager.get(f"/notes/{note_id + 1}").text
    assert "Xqzinformant" not in client.get(f"/notes/{note_id + 1}/correct").text
    assert "Xqzinformant" not in client.get("/search?q=xqzinformant").text.replace('value="xqzinformant"', "").replace(
        "xqzinformant", ""
    )
    assert desk.client().get(f"/notes/{note_id}/withhold").status_code == 403
