"""What the law refuses from drafting to service, met on the page where an officer would meet it: with its section and the way
to put it right, with everything typed still there, and with nothing saved. And what practice advises against: it asks for
a reason and keeps it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from asb_cases import create_app
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Actor
from asb_cases.extensions import db
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.policy import PolicyValue
from asb_cases.services.draft_content import Asked
from asb_cases.services.endings import withdraw
from asb_cases.services.interventions import authorise
from asb_cases.services.people import Details, change_person
from tests.factories import NOW, keep
from tests.support.compiled_statements import share_compiled_statements
from tests.support.databases import fresh_database
from tests.support.enforcement_track import DO, STOP, Track, at, day, make_track, step
from tests.support.escalation import day_fields
from tests.support.page_client import PageClient
from tests.support.settings import settings_for_tests
from tests.support.signed_in import client_of

S43, S53, S55 = "2014 Act s.43", "2014 Act s.53", "2014 Act s.55"
Who = Callable[[Track], Actor]
SUBJECT = "subject"


def officer(track: Track) -> Actor:
    return track.officer


def manager(track: Track) -> Actor:
    return track.manager


def colleague(track: Track) -> Actor:
    return track.colleague


@dataclass(frozen=True)
class Case:
    """What is arranged (an intervention), the page and who sends what to it, and what the page says then."""

    name: str
    arrange: Callable[[Track], int]
    page: str
    says: str
    authority: str
    who: Who = officer
    fields: dict[str, Any] = field(default_factory=dict)
    on: int = 14
    hour: int = 12
    subject: dict[str, Any] = field(default_factory=dict)
    policy: str | None = None


def draft(**changes: Any) -> Callable[[Track], int]:
    """A draft of a notice, two weeks after its warning."""
    return lambda track: track.draft_notice(track.warn(0), 14, **changes)


def authorised(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 14)
    authorise(actor=track.manager, now=at(14), intervention_id=notice)
    return notice


def signed(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14)
    return notice


def on_a_withdrawn_warning(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 2)
    withdraw(
        actor=track.manager, now=at(3), intervention_id=step(notice).follows_id or 0, reason="Wrong house",
        recipient_told=True, victim_told=True,
    )  # fmt: skip
    return notice


def signed_same_day(track: Track) -> int:
    """The warning was given at eleven."""
    notice = track.draft_notice(track.warn(0, comply_by=day(0)), 0, hour=14)
    track.sign(notice, 0, hour=14, reason="Asked to stop at eleven, louder at two")
    return notice


def penalty(track: Track) -> int:
    return track.penalty(track.breach(track.notice(20), 30), 32)


def younger(born_on: date) -> Callable[[Track], int]:
    """A warning to somebody who turns out to be younger."""

    def arrange(track: Track) -> int:
        warning = track.warn(0)
        details = Details(track.subject.name, born_on=born_on)
        change_person(actor=track.officer, now=at(1), person_id=track.subject.id, version=None, details=details)
        return warning

    return arrange


def to_an_owner(track: Track) -> int:
    return track.draft_notice(track.warn(0, subject_basis="Owns it and lets it by the room"), 14)


def to_somebody_young(track: Track) -> int:
    return track.draft_notice(track.warn(0, reason="Spoke to the parents"), 14)


def of_unknown_age(track: Track) -> int:
    notice = track.draft_notice(track.warn(0), 14)
    details = Details(track.subject.name)
    change_person(actor=track.officer, now=at(14), person_id=track.subject.id, version=None, details=details)
    return notice


HANDED = {"address": "4 Rose Lane"}
DOOR = {"satisfied": "yes", **day_fields("given_on", day(14)), "given_at": "11:30", "address": "4 Rose Lane"}

CASES = [
    Case("a notice on a warning that was withdrawn", on_a_withdrawn_warning, "authorise", "was withdrawn on",
         S43 + "(5)(a)", manager),
    Case("a notice to a child", younger(date(2011, 1, 1)), "notices/new", "aged 16 or over", S43 + "(1)"),
    Case("a notice to somebody of unknown age", of_unknown_age, "authorise", "the birth date is not recorded",
         S43 + "(1)", manager),
    Case("a notice to an owner without a basis", to_an_owner, "authorise", "it is not said why the conduct counts as theirs",
         "2014 Act s.44", manager, subject={"kind": PersonKind.OWNER, "born_on": None}),
    Case("a notice of which nobody was told", draft(consultees=[]), "authorise", "Nobody is named as told", S43 + "(6)",
         manager),
    Case("a notice without enough time", draft(enough_time_reason=None), "authorise", "had enough time", S43 + "(5)(b)",
         manager),
    Case("a notice without its conduct", draft(conduct=None), "authorise", "The conduct is not described", S43 + "(7)(a)",
         manager),
    Case("a notice without a limb", draft(unreasonable=None), "authorise", "One part of the legal test is not answered",
         S43 + "(1)", manager),
    Case("a notice without evidence", draft(evidence=[]), "authorise", "Nothing is named that shows", S43 + "(1)", manager),
    Case("a notice that requires nothing", draft(requirements=[]), "authorise", "Nothing is required", S43 + "(3)",
         manager),
    Case("a stop requirement with a last day", draft(), "draft/requirements", "is to stop something and carries a time limit",
         S43 + "(8)",
         fields={"requirements-rows": "0", "requirements-0-kind": "stop", "requirements-0-text": "No drumming at all",
                 **day_fields("requirements-0-comply_by", day(30))}),
    Case("a notice authorised by its drafter", draft(), "authorise", "whoever drafted it can’t authorise it", "Council policy"),
    Case("a notice at the door where policy wants two", draft(), "at-the-door", "whoever drafted it can’t authorise it",
         "Council policy", fields={**DOOR, "cautions_reason": "Night"}),
    Case("a notice signed by somebody without authority", authorised, "issue", "no authorisation of the issuer", S53,
         colleague, {"satisfied": "yes"}),
    Case("a notice at the door by somebody without authority",
         lambda t: step(Track(t.case, t.subject, t.colleague, t.officer, t.manager, t.legal).draft_notice(t.warn(0), 14)).id,
         "at-the-door", "no authorisation of the issuer", S53, colleague, DOOR, policy="off"),
    Case("a notice signed tomorrow", authorised, "issue", "has not come yet", "How the record works", officer,
         {"satisfied": "yes", **day_fields("signed_on", day(14)), "signed_at": "23:00"}),
    Case("a notice given by email", signed, "service/email", "can’t be served like this", S55,
         fields={"address": "sam@example.org", **day_fields("given_on", day(14))}),
    Case("a notice given in another letter", signed, "service/other-written", "can’t be served like this", S55,
         fields={**HANDED, **day_fields("given_on", day(14))}),
    Case("a notice left at no address", signed, "service/left", "Service needs the address", S55,
         fields={**day_fields("given_on", day(14)), "address": "", "note": "Through the door"}),
    Case("a notice posted on the premises without enquiries", signed, "service/posted-on-premises",
         "needs a note of the reasonable enquiries", "2014 Act s.45(1)", fields={**HANDED, **day_fields("given_on", day(14))}),
    Case("a notice posted to no address", signed, "posting", "Service needs the address", S55,
         fields={**day_fields("sent_on", day(14)), "address": ""}),
    Case("a notice posted before it was signed", signed, "posting", "can’t have been posted", S43 + "(1)",
         fields={**day_fields("sent_on", day(13)), **HANDED}),
    Case("a notice given before it was signed", signed, "service/hand", "can’t have been given", S43 + "(1)",
         fields={**day_fields("given_on", day(13)), "given_at": "10:00", **HANDED}),
    Case("a notice given before its warning, on one day", signed_same_day, "service/hand", "at or after the time",
         S43 + "(5)(a)", fields={**day_fields("given_on", day(0)), "given_at": "10:30", **HANDED}, on=0, hour=15),
    Case("a notice given on the warning’s day at no known time", signed_same_day, "service/hand",
         "the times are not recorded", S43 + "(5)(a)", fields={**day_fields("given_on", day(0)), "given_at": "", **HANDED},
         on=0, hour=15),
    Case("a penalty given by email", penalty, "service/email", "can’t be served like this", S55,
         fields={"address": "sam@example.org", **day_fields("given_on", day(33))}, on=33),
    Case("a penalty posted on the premises", penalty, "service/posted-on-premises", "can’t be served like this", S55,
         fields={**HANDED, "enquiries_note": "Asked", **day_fields("given_on", day(33))}, on=33),
    Case("a check by whoever authorised and signed", lambda t: _out_alone(t), "checked", "neither drafted nor issued it",
         "Council policy", manager, policy="off"),
    Case("a notice of another body that followed no warning", lambda t: t.draft_warning(0), "steps-by-others/new",
         "has not been given a written warning", S43 + "(5)(a)",
         fields={"power": "CPN", "issued_by_body": "The police", "subject": SUBJECT, **day_fields("given_on", day(10))}),
]  # fmt: skip


def _out_alone(track: Track) -> int:
    """Drafted, authorised and signed by the manager alone."""
    alone = Track(track.case, track.subject, track.manager, track.colleague, track.manager, track.legal)
    notice = alone.draft_notice(track.warn(0), 14)
    alone.sign(notice, 14)
    return notice


@contextmanager
def many_tests(engine: str) -> Iterator[Flask]:
    """One application for all of them, without a context around the requests."""
    with fresh_database(engine) as url:
        app = create_app(settings_for_tests(url))
        with app.app_context():
            share_compiled_statements(db.engine)
        app.test_client_class = PageClient
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="module")
def service() -> Iterator[Flask]:
    with many_tests("sqlite") as app:
        yield app


def arranged(app: Flask, case: Case) -> tuple[str, str, int]:
    """The reference of the step, that of the case, and who is to send the form."""
    with app.app_context():
        _set_policy(case.policy or "always")
        track = make_track(**case.subject)
        made = step(case.arrange(track))
        return made.reference, track.case.reference, case.who(track).user_id or 0


def _set_policy(value: str) -> None:
    for row in db.session.scalars(select(PolicyValue).where(PolicyValue.code == "cpn_four_eyes")):
        db.session.delete(row)
    db.session.flush()
    keep(PolicyValue(code="cpn_four_eyes", from_on=date(2020, 1, 1), value=value, source="A test", entered_at=NOW))


def acts_done(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(HistoryEntry)) or 0


def address_of(case: Case, reference: str, case_reference: str) -> str:
    of_case = case.page in ("notices/new", "steps-by-others/new")
    return f"/cases/{case_reference}/{case.page}" if of_case else f"/interventions/{reference}/{case.page}"


def fields_of(app: Flask, case: Case, reference: str) -> dict[str, Any]:
    """What is typed: of the person and the warning that the case arranged, where it names them."""
    with app.app_context():
        row = db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
        fields = {name: str(row.subject_id) if value == SUBJECT else value for name, value in case.fields.items()}
        if case.page == "notices/new":
            fields["follows"] = str(row.id)
        if "service/" in case.page or case.page == "posting":
            fields.setdefault("server", str(row.issuer_id))
        return fields


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_on_the_page_with_section_and_remedy(service: Flask, case: Case) -> None:
    reference, case_reference, who = arranged(service, case)
    fields = fields_of(service, case, reference)
    with time_machine.travel(at(case.on, case.hour), tick=False):
        client = client_of(service, who)
        before = acts_done(service)
        response = client.submit(address_of(case, reference, case_reference), fields)
    assert response.status_code == 422, response.text
    assert case.says in response.text
    assert f"Authority: {case.authority}" in response.text
    assert "There is a problem" in response.text
    for typed in ("4 Rose Lane", "Through the door", "No drumming at all", "sam@example.org"):
        if typed in fields.values():
            assert typed in response.text, "what was typed is still there"
    assert acts_done(service) == before, "nothing is saved"


CAUTIONS = [
    Case("a warning that lapsed", lambda t: t.draft_notice(t.warn(0), 200), "authorise", "The warning lapsed on", "", manager,
         on=200),
    Case("a notice without an end", draft(ends_on=None), "authorise", "neither an end date nor a review date", "", manager),
    Case("less than a day", lambda t: t.draft_notice(t.warn(14, comply_by=day(14)), 14, hour=13), "authorise",
         "Less than 24 hours", "", manager, hour=13),
    Case("vague words", draft(requirements=[Asked(STOP.kind, "Stop being a nuisance")]), "authorise", "says “nuisance”", "",
         manager),
    Case("wider than the warning", draft(requirements=[STOP, DO]), "authorise", "does not stand in the warning", "", manager),
    Case("no screen", draft(screening=None), "authorise", "screen is not recorded", "", manager),
    Case("somebody of 17", to_somebody_young, "authorise", "under 18", "", manager, subject={"born_on": date(2008, 6, 1)}),
    Case("a flag, and nobody else has looked", draft(screening_flags=True), "authorise", "nobody else has looked", "",
         policy="off"),
    Case("a warning that names no day", lambda t: t.draft_warning(14, comply_by=None), "authorise", "names no day", "",
         manager),
]  # fmt: skip


@pytest.mark.parametrize("case", CAUTIONS, ids=lambda case: case.name)
def test_what_practice_advises_against_asks_for_a_reason_and_keeps_it(service: Flask, case: Case) -> None:
    reference, case_reference, who = arranged(service, case)
    with time_machine.travel(at(case.on, case.hour), tick=False):
        client = client_of(service, who)
        path = address_of(case, reference, case_reference)
        assert case.says in client.get(path).text, "said before the button is pressed"
        asked = client.submit(path, {})
        assert asked.status_code == 422
        assert case.says in asked.text
        assert "Why you go on as it is" in asked.text
        reason = f"Because of {case.name}"
        assert client.submit(path, {"cautions_reason": reason}).status_code == 302
    with service.app_context():
        entry = db.session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc()).limit(1)).one()
        assert (entry.kind, entry.reason) == ("authorised", reason)
    with time_machine.travel(at(case.on, case.hour), tick=False):
        assert reason in client_of(service, who).get(f"/interventions/{reference}").text


@pytest.mark.engines("postgresql")
def test_all_of_them_alike_on_the_other_engine(engine_name: str) -> None:
    with many_tests(engine_name) as app:
        for case in CASES[::4]:
            test_refused_on_the_page_with_section_and_remedy(app, case)
