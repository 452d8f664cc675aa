"""The duty officer's night on its pages: recording requests, the shift, its sheet and file, and what happened later."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.complaint import Complaint, ComplaintUpdate
from asb_cases.models.history import Consultation
from asb_cases.models.user import User
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.query_counter import counted_queries
from tests.support.signed_in import client_of

NEW = "/out-of-hours/new"
#: Twenty to one in the night to Sunday 8 March 2026.
NIGHT = datetime(2026, 3, 8, 0, 40, tzinfo=UTC)
REQUEST = {
    "made_at": "00:35", "place": "14 Marsh Wharf Lane, OX4 9ZZ", "kind": "noise_party", "heard": "Shouting, bass",
    "who": "named", "name": "Ann O’Neill", "phone": "01632 960123", "response": "visit", "arrived": "", "outcome": "",
}  # fmt: skip


@pytest.fixture
def duty(app: Flask) -> int:
    with app.app_context():
        return make.make_user(Role.DUTY_OFFICER, name="Kwame Night").id


def complaints(app: Flask) -> list[Complaint]:
    with app.app_context():
        return list(db.session.scalars(select(Complaint).order_by(Complaint.id)))


@time_machine.travel(NIGHT, tick=False)
def test_a_request_before_and_one_after_midnight_are_of_one_shift(app: Flask, duty: int) -> None:
    client = client_of(app, duty)
    assert "the shift of Saturday 7 March 2026" in client.get(NEW).text
    answer = client.submit(NEW, REQUEST, follow_redirects=True)
    assert "The request is recorded." in answer.text
    assert "before noon: a night belongs to the day on which it began, so the shift is that of Saturday" in answer.text
    client.submit(NEW, REQUEST | {"made_at": "23:50", "kind": "noise_music", "arrived": "00:28"})
    after, before = complaints(app)
    assert (after.shift_on, before.shift_on) == (date(2026, 3, 7),) * 2
    assert before.made_at == datetime(2026, 3, 7, 23, 50, tzinfo=UTC)
    assert before.arrived_at == datetime(2026, 3, 8, 0, 28, tzinfo=UTC)
    shift = client.get("/out-of-hours").text
    assert "Tonight’s shift" in shift
    assert shift.index(before.reference) < shift.index(after.reference)
    assert "38 min" in shift


@time_machine.travel(NIGHT, tick=False)
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"made_at": ""}, "Enter the time at which it was received"),
        ({"made_at": "25:00"}, "Time received must be a time, like 14:30 or 2:30pm"),
        ({"made_at": "00:41", "made_on": "2026-03-08"}, "The time it was made, 00:41, has not come yet."),
        ({"made_on": "2026-13-08"}, "Day received must be a real date"),
        ({"place": ""}, "Enter where it is happening"),
        ({"kind": ""}, "Choose what it is"),
        ({"heard": ""}, "Say what was reported or heard"),
        ({"who": ""}, "Choose who asked"),
        ({"name": ""}, "Enter the name, or choose that they did not want to be named"),
        ({"response": ""}, "Choose the response"),
        ({"response": "contact", "arrived": "00:38"}, "A time of arrival is given, and no visit."),
        ({"arrived": "00:50"}, "The time of arrival, 00:50, has not come yet."),
        ({"made_at": "01:30", "made_on": "2026-03-29"}, "Time received is not a time of that day"),
    ],
)  # fmt: skip
def test_what_cannot_be_saved_is_said_and_kept(app: Flask, duty: int, changed: dict[str, str], said: str) -> None:
    client = client_of(app, duty)
    answer = client.submit(NEW, REQUEST | changed)
    assert answer.status_code == 422
    assert said in answer.text
    if "heard" not in changed:
        assert "Shouting, bass" in answer.text
    assert complaints(app) == []


@time_machine.travel(datetime(2026, 10, 25, 6, 0, tzinfo=UTC), tick=False)
def test_in_the_hour_that_comes_twice_the_form_asks_which(app: Flask, duty: int) -> None:
    client = client_of(app, duty)
    sent = REQUEST | {"made_at": "01:30", "made_on": "2026-10-25", "arrived": "01:50"}
    answer = client.submit(NEW, sent)
    assert answer.status_code == 422
    assert "Say which 01:30 it was: the clocks went back in that night" in answer.text
    assert "arrived_which" not in answer.text
    answer = client.submit(NEW, sent | {"made_which": "first"})
    assert "Say which 01:50 it was" in answer.text
    client.submit(NEW, sent | {"made_which": "first", "arrived_which": "second"})
    [row] = complaints(app)
    assert (row.shift_on, row.made_at) == (date(2026, 10, 24), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert row.arrived_at == datetime(2026, 10, 25, 1, 50, tzinfo=UTC)


@time_machine.travel(NIGHT, tick=False)
def test_an_anonymous_request_names_nobody(app: Flask, duty: int) -> None:
    client_of(app, duty).submit(NEW, REQUEST | {"who": "anonymous"})
    [row] = complaints(app)
    assert (row.anonymous, row.complainant_id, row.channel) == (True, None, Channel.OUT_OF_HOURS)


@time_machine.travel(NIGHT, tick=False)
def test_a_double_click_records_one(app: Flask, duty: int) -> None:
    client = client_of(app, duty)
    key = {"form_key": "k" * 22}
    for _ in range(2):
        answer = client.submit(NEW, REQUEST | key)
    assert len(complaints(app)) == 1
    assert answer.location == f"/complaints/{complaints(app)[0].reference}"


@time_machine.travel(NIGHT, tick=False)
def test_what_happened_later_stands_beside_what_was_said(app: Flask, duty: int) -> None:
    client = client_of(app, duty)
    client.submit(NEW, REQUEST | {"response": "contact"})
    [row] = complaints(app)
    later = f"/out-of-hours/{row.reference}/later"
    page = client.page(later)
    assert 'value="contact" checked' in client.get(later).text
    assert "Shouting, bass" in page.root.text
    answer = client.submit(
        later, {"text": "Went too. Off.", "response": "visit", "arrived": "00:39"}, follow_redirects=True
    )
    assert "What happened later is added." in answer.text
    for said in (
        "Went too. Off.",
        "Response: Visit, before that contact.",
        "before that not recorded",
        "after 4 minutes",
    ):
        assert said in " ".join(answer.text.split())
    assert client.submit(later, {"text": "", "response": "visit"}).status_code == 422
    stale = client.submit(later, {"text": "Again", "response": "none", "version": "1"})
    assert stale.status_code == 409
    assert "Again" in stale.text
    with app.app_context():
        assert len(db.session.scalars(select(ComplaintUpdate)).all()) == 1


@time_machine.travel(NIGHT, tick=False)
def test_the_sheet_and_the_file_hold_the_shift(app: Flask, duty: int) -> None:
    client = client_of(app, duty)
    client.submit(NEW, REQUEST | {"made_at": "00:30", "arrived": "00:38", "outcome": "=Off", "name": "Wilhelmina Q"})
    client.submit(NEW, REQUEST)
    first, second = (row.reference for row in complaints(app))
    sheet = client.get("/out-of-hours/sheet").text
    for said in (first, second, "Wilhelmina Q", "after 8 minutes", "=Off", "Signed by the duty officer"):
        assert said in sheet
    assert client.get("/out-of-hours/sheet?shift=2026-03-06").text.count("CMP-") == 0
    with app.app_context():
        officer = make.make_user(Role.OFFICER).id
    answer = client_of(app, officer).get("/out-of-hours.csv?shift=2026-03-07", buffered=True)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="shift-of-2026-03-07-2026-03-08.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["reference"] for row in rows] == [first, second]
    assert (rows[0]["received"], rows[0]["arrived"], rows[0]["minutes_to_arrive"]) == (
        "2026-03-08 00:30", "2026-03-08 00:38", "8",
    )  # fmt: skip
    assert not rows[0]["outcome"].startswith("=")
    with app.app_context():
        last = db.session.scalars(select(Consultation).order_by(Consultation.id.desc())).first()
        assert last is not None
        assert (last.endpoint, last.operation.value) == ("out_of_hours.shift_csv", "disclosure")


@time_machine.travel(NIGHT, tick=False)
def test_a_colleagues_request_is_not_there_for_a_duty_officer(app: Flask, duty: int) -> None:
    with app.app_context():
        other = make.make_user(Role.DUTY_OFFICER)
        row = make.make_complaint(
            channel=Channel.OUT_OF_HOURS, recorded_by=other, shift_on=date(2026, 3, 7), made_at=NIGHT, description="Xqz"
        )
        reference = row.reference
    client = client_of(app, duty)
    assert client.get(f"/out-of-hours/{reference}/later").status_code == 404
    for path in ("/out-of-hours", "/out-of-hours/sheet"):
        assert reference not in client.get(path).text
    assert "No request is recorded for this shift" in client.get("/out-of-hours").text


@pytest.mark.parametrize(
    "asked", ["shift=x", "shift=2026-02-31", "shift-day=1", "after=999999999999", "shift=9999-12-31"]
)
def test_whatever_is_asked_the_shift_answers(client_as: Callable[..., PageClient], asked: str) -> None:
    client = client_as(Role.DUTY_OFFICER)
    for path in ("/out-of-hours", "/out-of-hours/sheet"):
        assert client.get(f"{path}?{asked}").status_code == 200


@pytest.mark.parametrize("size", [1, 120])
@time_machine.travel(NIGHT, tick=False)
def test_the_shift_keeps_to_its_budget(app: Flask, duty: int, size: int) -> None:
    with app.app_context():
        user = db.session.get_one(User, duty)
        for _ in range(size):
            make.make_complaint(
                channel=Channel.OUT_OF_HOURS, recorded_by=user, shift_on=date(2026, 3, 7), made_at=NIGHT
            )
    client = client_of(app, duty)
    for path in ("/out-of-hours", "/out-of-hours/sheet", NEW):
        with counted_queries(app) as statements:
            assert client.get(path).status_code == 200
        assert len(statements) <= 7, path
