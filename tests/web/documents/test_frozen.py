"""Documents as they left: frozen by the act that signs, ends or varies, or from their page; and the same bytes ever after."""

from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from asb_cases.adapters.storage import Storage
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.frozen_document import FrozenDocument
from asb_cases.models.history import HistoryEntry
from asb_cases.models.policy import PolicyValue
from asb_cases.services.interventions import authorise
from tests.factories import NOW, keep, make_address, make_contact, make_participant, make_person, make_user
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track, step
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
#: Signed by somebody who is satisfied, on a day before it was authorised.
UNSURE = {"satisfied": "y", "signed_on-day": "1", "signed_on-month": "3", "signed_on-year": "2026", "signed_at": "9:00"}
NEIGHBOUR = "Wilhelmina Quennell"


@dataclass(frozen=True)
class Desk:
    """An officer and a manager at work, and the documents of a case on its way."""

    app: Flask
    officer: PageClient
    manager: PageClient
    ids: dict[str, int]
    references: dict[str, str]

    def frozen(self, **of: Any) -> list[FrozenDocument]:
        with self.app.app_context():
            return list(db.session.scalars(select(FrozenDocument).filter_by(**of).order_by(FrozenDocument.id)))

    def sign(self, name: str) -> None:
        answers = {"satisfied": "y", "cautions_reason": "As warned"}
        sent = self.officer.submit(f"/interventions/{self.references[name]}/issue", answers)
        assert sent.status_code == 302, sent.get_data(as_text=True)

    def reprint(self, document_id: int) -> bytes:
        content: bytes = self.officer.get(f"/documents/{document_id}").data
        return content


@pytest.fixture
def desk(app: Flask) -> Desk:
    with app.app_context(), time_machine.travel(at(60)):
        track = make_track(name="Ebele Larkspindle", address=make_address("4 Rose Lane"))
        teller = make_person(NEIGHBOUR, address=make_address("3 Rose Lane"))
        make_participant(track.case, teller, Part.COMPLAINANT)
        contact = make_contact(track.case, told="We have written to them.", person_id=teller.id)
        ids = authorised(track)
        references = {name: step(each).reference for name, each in ids.items()} | {"case": track.case.reference}
        officer, manager = track.officer.user_id or 0, track.manager.user_id or 0
        ids |= {"contact": contact.id}
    return Desk(app, client_of(app, officer), client_of(app, manager), ids, references)


def authorised(track: Track) -> dict[str, int]:
    """A notice that is ready to be signed, and one in force."""
    warning = track.warn(46, requirements=[STOP, DO])
    notice = track.draft_notice(warning, 60, requirements=[STOP, DO])
    authorise(actor=track.manager, now=at(60), intervention_id=notice, cautions_reason="As warned")
    return {"notice": notice, "warning": warning, "standing": track.notice(30)}


@pytest.fixture(autouse=True)
def the_day() -> Any:
    with time_machine.travel(at(60, 12), tick=False):
        yield


def test_a_signed_notice_is_reprinted_byte_for_byte_whatever_changes_after(desk: Desk) -> None:
    desk.app.config["DOCUMENTS_AS"] = "pdf"
    desk.sign("notice")
    (kept,) = desk.frozen()
    first = desk.reprint(kept.id)
    assert (kept.kind, kept.media_type, kept.size_bytes, kept.sha256) == (
        "notice", "application/pdf", len(first), sha256(first).hexdigest(),
    )  # fmt: skip
    reader = PdfReader(BytesIO(first))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == f"Community protection notice {desk.references['notice']}"
    said = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "Ebele Larkspindle", STOP.text, DO.text, "within 21 days beginning with the day you are given this",
        "Signed on: 6 March 2026", f"Page 1 of {len(reader.pages)}",
    ):  # fmt: skip
        assert words in said
    for words in ("DRAFT", "Quennell", "8 February"):
        assert words not in said

    words_of_the_council(desk, "letter_contact", "Ring the new town hall")
    notice_in_other_words = (TEMPLATES / "documents" / "community_protection_notice.html").read_text() + "<!-- anew -->"
    other = DictLoader({"documents/community_protection_notice.html": notice_in_other_words})
    loader = desk.app.jinja_env.loader
    assert loader is not None
    desk.app.jinja_env.loader = ChoiceLoader([other, loader])
    try:
        assert desk.reprint(kept.id) == first
        page = desk.officer.page(f"/interventions/{desk.references['notice']}/documents/notice").root.text
        assert "Ring the new town hall" not in page  # a notice has the words of its own day
        assert "READING COPY" in page
    finally:
        desk.app.jinja_env.loader = loader
    assert desk.frozen() == [] or desk.frozen()[0].sha256 == kept.sha256


def words_of_the_council(desk: Desk, code: str, value: str) -> None:
    with desk.app.app_context():
        keep(PolicyValue(code=code, value=value, from_on=day(61), source="A test", entered_at=NOW))


def test_what_is_kept_cannot_be_altered_and_its_hash_is_in_the_chain(desk: Desk) -> None:
    desk.sign("notice")
    (kept,) = desk.frozen()
    with desk.app.app_context():
        details = db.session.scalars(
            select(HistoryEntry.details).where(HistoryEntry.kind == "issued").order_by(HistoryEntry.id.desc())
        ).first()
        assert details is not None
        assert kept.sha256 in details
        for change in ("UPDATE frozen_documents SET sha256 = sha256 || 'a'", "DELETE FROM frozen_documents"):
            with pytest.raises(DBAPIError, match="only ever added to"):
                db.session.execute(text(change))
            db.session.rollback()
        db.session.execute(text("UPDATE frozen_documents SET recipient_id = NULL"))
        db.session.rollback()


def test_a_file_is_kept_before_the_act_is_done_and_none_is_left_over_where_it_is_refused(desk: Desk) -> None:
    storage = Storage(desk.app.config["STORAGE_DIR"])
    refused = desk.officer.submit(f"/interventions/{desk.references['notice']}/issue", UNSURE)
    assert refused.status_code == 422  # the cautions ask for a reason
    assert (list(storage.kept()), storage.left_over(), desk.frozen()) == ([], [], [])
    desk.sign("notice")
    assert (list(storage.kept()), storage.left_over()) == ([desk.frozen()[0].sha256], [])


def test_each_ending_and_variation_leaves_its_letter(desk: Desk) -> None:
    standing = desk.references["standing"]
    sent = desk.manager.submit(f"/interventions/{standing}/vary", {"reason": "The work is done", "text_1": STOP.text,
        "review_on-day": "1", "review_on-month": "6", "review_on-year": "2026", "cautions_reason": "So it is"})  # fmt: skip
    assert sent.status_code == 302, sent.get_data(as_text=True)
    ending = {"reason": "Quiet since", "recipient_told": "y", "victim_told": "y", "cautions_reason": "So it is"}
    sent = desk.manager.submit(f"/interventions/{standing}/discharge", ending)
    assert sent.status_code == 302, sent.get_data(as_text=True)
    varied, discharged = desk.frozen(intervention_id=desk.ids["standing"])
    assert (varied.kind, discharged.kind) == ("variation", "discharge")
    assert b"The work is done" in desk.reprint(varied.id)
    assert b"1 June 2026" in desk.reprint(varied.id)
    assert b"Quiet since" in desk.reprint(discharged.id)
    assert NEIGHBOUR not in desk.reprint(discharged.id).decode()


def test_letters_and_certificates_are_kept_from_their_pages_as_often_as_they_leave(desk: Desk) -> None:
    certificate = f"/interventions/{desk.references['standing']}/documents/service"
    letter = f"/cases/{desk.references['case']}/letters/update/{desk.ids['contact']}"
    for path in (certificate, letter, letter):
        assert desk.officer.submit(path).status_code == 302
    kinds = [(each.kind, each.contact_entry_id is not None) for each in desk.frozen()]
    assert kinds == [("service", False), ("update", True), ("update", True)]
    listed = desk.officer.page(f"/cases/{desk.references['case']}/letters").root.text
    assert listed.count("SHA-256") == 3
    assert "DRAFT" in desk.officer.page(letter).root.text  # what is on the page is not what left


def test_what_is_not_signed_is_not_kept(desk: Desk) -> None:
    page = f"/interventions/{desk.references['notice']}/documents/notice"
    assert "DRAFT: not signed" in desk.officer.page(page).root.text
    hidden = desk.officer.hidden(f"/interventions/{desk.references['standing']}/documents/service")
    assert desk.officer.post(page, data=hidden).status_code == 422
    assert desk.frozen() == []


def test_whoever_may_not_read_it_is_not_sent_it(desk: Desk) -> None:
    assert (
        desk.officer.submit(f"/cases/{desk.references['case']}/letters/update/{desk.ids['contact']}").status_code == 302
    )
    desk.sign("notice")
    letter, notice = (each.id for each in desk.frozen())
    with desk.app.app_context():
        stranger, legal = make_user(Role.OFFICER).id, make_user(Role.LEGAL).id
    assert client_of(desk.app, stranger).get(f"/documents/{notice}").status_code == 404
    assert client_of(desk.app, legal).get(f"/documents/{letter}").status_code == 404
    sent = desk.officer.get(f"/documents/{notice}")
    assert sent.headers["Content-Security-Policy"].startswith("sandbox")
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_a_letter_is_kept_with_whom_it_is_to(desk: Desk) -> None:
    assert (
        desk.officer.submit(f"/cases/{desk.references['case']}/letters/update/{desk.ids['contact']}").status_code == 302
    )
    with desk.app.app_context():
        part = db.session.scalars(select(Participant.person_id).where(Participant.part == Part.COMPLAINANT)).one()
    assert [each.recipient_id for each in desk.frozen()] == [part]
