"""The caseload e-mail is queued once for each person and month, however often, wherever and however late the job runs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.jobs.job import Outcome
from asb_cases.models.absence import Absence
from asb_cases.models.email import Email
from asb_cases.models.user import User
from asb_cases.services.users import deactivate_user, reactivate_user
from tests.factories import keep, make_case, make_user
from tests.factories.clockwork import make_email
from tests.jobs.test_reminders import ran
from tests.support.query_counter import counted_queries

#: Monday 2 November 2026, the first working day after October.
DUE = datetime(2026, 11, 2, 6, 12, tzinfo=UTC)
LATER = datetime(2026, 12, 3, 9, 12, tzinfo=UTC)
SECRET = "Xqzhidden"


@pytest.fixture
def people(in_app: Flask) -> dict[str, User]:
    made = {
        "officer": make_user(name="Pat Quinn"),
        "manager": make_user(Role.MANAGER),
        "ended": make_user(active=False),
        "legal": make_user(Role.LEGAL),
    }
    make_case(owner=made["officer"], title=SECRET, opened_on=date(2026, 9, 1))
    return made


def queued() -> list[tuple[str, int | None]]:
    rows = db.session.execute(select(Email.subject, Email.user_id).order_by(Email.id))
    return [(subject.removeprefix("ASB cases: caseload for "), user_id) for subject, user_id in rows]


def test_each_officer_and_manager_is_sent_one(in_app: Flask, people: dict[str, User]) -> None:
    keep(
        Absence(
            user_id=people["officer"].id,
            cover_id=people["manager"].id,
            from_on=date(2026, 11, 1),
            to_on=date(2026, 11, 9),
        )
    )
    assert ran(in_app, "caseload", DUE - timedelta(hours=1)) == Outcome(), "before it is due"
    assert ran(in_app, "caseload", DUE) == Outcome(done=2)
    assert ran(in_app, "caseload", DUE) == Outcome()
    assert ran(in_app, "caseload", DUE + timedelta(days=20)) == Outcome()
    assert queued() == [("October 2026", people["officer"].id), ("October 2026", people["manager"].id)]
    for email in db.session.scalars(select(Email)):
        for words in (email.subject, email.text, email.html or ""):
            assert SECRET not in words
        assert ("ASB-2026-" in email.text) == (email.user_id == people["officer"].id)
        assert "style=" not in (email.html or "")


def test_a_month_is_made_good_but_for_those_who_came_in_since(in_app: Flask, people: dict[str, User]) -> None:
    ran(in_app, "caseload", DUE - timedelta(days=32))
    assert queued() == [("September 2026", people["officer"].id), ("September 2026", people["manager"].id)]
    came = make_user(created_at=DUE + timedelta(days=3))
    back = people["manager"]
    for act, at in ((deactivate_user, DUE - timedelta(days=9)), (reactivate_user, DUE + timedelta(days=9))):
        act(actor=CONSOLE, now=at, user_id=back.id, seen=db.session.get_one(User, back.id).version)
    assert ran(in_app, "caseload", LATER) == Outcome(done=4)
    assert queued()[2:] == [
        ("October 2026", people["officer"].id),
        ("November 2026", people["officer"].id),
        ("November 2026", back.id),
        ("November 2026", came.id),
    ]


def test_one_poisoned_e_mail_stops_none_of_the_others_and_is_made_good(in_app: Flask, people: dict[str, User]) -> None:
    in_the_way = make_email(message_id="<taken@example.org>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("asb_cases.services.outbox.secrets.token_hex", lambda _size: "taken")
        in_app.config["MAIL_DOMAIN"] = "example.org"
        assert ran(in_app, "caseload", DUE) == Outcome(failed=2)
    db.session.execute(update(Email).where(Email.id == in_the_way.id).values(message_id="<other@example.org>"))
    db.session.commit()
    assert ran(in_app, "caseload", DUE + timedelta(hours=1)) == Outcome(done=2)


def test_the_statements_of_a_run_do_not_grow_with_the_cases(in_app: Flask, people: dict[str, User]) -> None:
    """Six for an officer, eleven for a manager and ten for the month's figures, once for all managers; and their rows."""
    make_user(Role.MANAGER)
    for opened in range(12):
        make_case(owner=people["officer"], opened_on=date(2026, 9, 1) + timedelta(days=opened))
    with counted_queries(in_app) as sent:
        assert ran(in_app, "caseload", DUE) == Outcome(done=3)
    reads = [statement for statement in sent if statement.startswith("SELECT") and "leases" not in statement]
    assert len(reads) <= 60, len(reads)
