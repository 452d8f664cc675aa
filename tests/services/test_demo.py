"""The demonstration: its figures are those of the model report, and every state that the system knows is in it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.orm import aliased

from asb_cases import create_app
from asb_cases.adapters import passwords
from asb_cases.adapters.recognition.recognise import recognise
from asb_cases.adapters.storage import Storage
from asb_cases.domain.appeals import AppealOutcome
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.clocks import DeadlineState
from asb_cases.domain.complaints import Channel, OutOfHoursResponse, TriageState
from asb_cases.domain.files import FileKind, judge_file
from asb_cases.domain.people import Part
from asb_cases.domain.periods import between, financial_year
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.powers import POWERS, TRACK
from asb_cases.domain.risk import RiskLevel
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, CaseReader, CaseShare, Participant
from asb_cases.models.case_connection import CaseLink, CaseMerge
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import Attachment, Note, Task
from asb_cases.models.complaint import Complaint
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.models.deadline import Deadline
from asb_cases.models.hearing import Hearing
from asb_cases.models.history import HistoryEntry
from asb_cases.models.intervention import Intervention
from asb_cases.models.person_contact import PersonNeed
from asb_cases.models.person_merge import PersonMerge
from asb_cases.models.representation import Representation
from asb_cases.models.requirement import Requirement
from asb_cases.models.risk import RiskAssessment
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.annual_reports import appendices_of, report_of
from asb_cases.queries.figures import figures_of
from asb_cases.queries.first_use import nobody_yet
from asb_cases.queries.history import verify_history
from asb_cases.reports.annual_document import Heading
from asb_cases.reports.annual_report import annual_document
from asb_cases.services.demo.load import load_demonstration
from asb_cases.services.demo.papers import photo, sheet
from asb_cases.services.demo.seed_check import missing_from, published_numbers
from tests.conftest import ENGINES
from tests.factories import NOW
from tests.support.databases import DEMONSTRATION_DAY, demonstration_database
from tests.support.settings import settings_for_tests

if TYPE_CHECKING:
    from flask import Flask

YEAR = financial_year(2015)
NEXT_YEAR = financial_year(2016)
TODAY = DEMONSTRATION_DAY.date()


@pytest.fixture(scope="module", params=ENGINES)
def loaded(request: pytest.FixtureRequest) -> Iterator[tuple["Flask", str]]:
    """An application on the demonstration, and what loading it printed."""
    with demonstration_database(request.param) as (url, printed):
        app = create_app(settings_for_tests(url))
        yield app, printed
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def demo(loaded: tuple["Flask", str]) -> Iterator["Flask"]:
    with loaded[0].app_context():
        yield loaded[0]
        db.session.remove()


def count(*wanted: Any) -> int:
    return db.session.scalar(select(func.count()).where(*wanted)) or 0


def values(column: Any, *wanted: Any) -> set[Any]:
    return set(db.session.scalars(select(column).where(*wanted)))


@pytest.mark.usefixtures("demo")
def test_the_year_of_the_model_report() -> None:
    found = figures_of(YEAR, CONSOLE)

    expected = {
        "cpw_issued": 154,
        "cpw_recipients": 147,
        "cpn_issued": 39,
        "cpn_recipients": 39,
        "cpn_withdrawn": 1,
        "cpn_appeals": 2,
        "fpn_issued": 1,
        "fpn_paid": 1,
        "prosecutions_started": 1,
        "prosecutions_convicted": 1,
    }
    assert {code: found.values[code].value for code in expected} == expected
    assert found.values["cpn_issued"].note == "Includes 1 since withdrawn. Includes 1 quashed on appeal."


@pytest.mark.usefixtures("demo")
def test_the_out_of_hours_requests_of_seven_months() -> None:
    found = figures_of(between(date(2015, 11, 1), date(2016, 5, 31)), CONSOLE)

    assert found.values["out_of_hours_requests"].value == 94
    kinds = {str(dimension): parts for dimension, parts in found.breakdowns["out_of_hours_requests"].items()}["kind"]
    assert (kinds["party"], kinds["music"], kinds["alarm"] + kinds["other"]) == (50, 23, 21)
    after_midnight = [row for row in _shift_requests() if row.made_on > row.shift_on]
    assert len(after_midnight) > 10
    outside = {row.shift_on for row in _shift_requests()} & {date(2015, 10, 31), date(2016, 6, 1)}
    assert outside == {date(2015, 10, 31), date(2016, 6, 1)}


def _shift_requests() -> list[Complaint]:
    return list(db.session.scalars(select(Complaint).where(Complaint.shift_on.is_not(None))))


@pytest.mark.usefixtures("demo")
def test_the_case_reviews_since_september_2014() -> None:
    codes = (
        "case_review_applications",
        "case_review_threshold_met",
        "case_review_threshold_not_met",
        "case_reviews_held",
    )
    for last in (YEAR.last, date(2016, 7, 25)):
        found = figures_of(between(date(2014, 9, 1), last), CONSOLE)
        assert [found.values[code].value for code in codes] == [8, 4, 4, 4]
    old = CaseReview.applied_on < date(2017, 1, 1)
    assert values(CaseReview.recommendations, old) == {None}
    assert values(CaseReview.applied_on, CaseReview.local_scheme.is_(True)) == {date(2014, 9, 22)}


@pytest.mark.usefixtures("demo")
def test_every_notice_follows_an_earlier_written_warning_to_the_same_subject() -> None:
    warning = aliased(Intervention)
    notices = select(
        Intervention.issued_on, Intervention.subject_id, warning.issued_on, warning.subject_id, warning.power
    )
    rows = db.session.execute(
        notices.join(warning, warning.id == Intervention.follows_id).where(Intervention.power == "CPN")
    ).all()

    assert len(rows) == count(Intervention.power == "CPN")
    for noticed_on, recipient, warned_on, warned, power in rows:
        assert power == "CPW"
        assert recipient == warned
        assert noticed_on is None or warned_on <= noticed_on


@pytest.mark.usefixtures("demo")
def test_what_must_not_count_is_there_and_does_not() -> None:
    given = (Intervention.power == "CPW", Intervention.entered_in_error_on.is_(None))
    assert count(*given, Intervention.issued_on == date(2015, 3, 31)) == 1
    assert count(*given, Intervention.issued_on == date(2016, 4, 1)) == 1
    in_year = Intervention.issued_on.between(YEAR.first, YEAR.last)
    assert count(in_year, Intervention.issued_by_body.is_not(None)) == 1
    assert count(in_year, Intervention.entered_in_error_on.is_not(None)) == 1
    references = Intervention.reference.like("CP_-201_-%")
    assert {"draft", "withdrawn"} <= values(Intervention.status, references, Intervention.issued_on.is_(None))
    again = select(Service.intervention_id).group_by(Service.intervention_id).having(func.count() > 1)
    assert count(in_year, Intervention.id.in_(again), Intervention.power == "CPN") == 1
    varied = select(Requirement.intervention_id).where(Requirement.made_by == "variation")
    assert count(in_year, Intervention.id.in_(varied)) == 1
    assert figures_of(NEXT_YEAR, CONSOLE).values["prosecutions_convicted"].value == 1


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("power", TRACK)
def test_every_status_of_every_power_is_shown(power: str) -> None:
    assert values(Intervention.status, Intervention.power == power) == POWERS[power].statuses


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("column", "known"),
    [
        (Case.status, CaseStatus),
        (Participant.part, Part),
        (Complaint.channel, Channel),
        (Complaint.triage, TriageState),
        (Complaint.response, [*OutOfHoursResponse, None]),
        (Appeal.outcome, [*AppealOutcome, None]),
        (AllegedBreach.decision, [*BreachDecision, None]),
        (Service.method, set(ServiceMethod) - {ServiceMethod.OTHER_WRITTEN}),
        (Deadline.state, DeadlineState),
        (User.role, Role),
    ],
    ids=lambda given: getattr(given, "key", ""),
)
def test_everything_that_the_registers_know_is_shown(column: Any, known: Any) -> None:
    assert values(column) == set(known)


@pytest.mark.usefixtures("demo")
def test_the_hard_situations_of_the_current_year() -> None:
    assert count(Appeal.late.is_(True)) > 0
    assert count(Appeal.stop_suspended_on.is_not(None)) > 0
    assert count(Case.restricted.is_(True)) > 0
    assert count(CaseReader.user_id.is_not(None)) > 1
    assert count(CaseShare.partner_body_id.is_not(None), CaseShare.ended_on.is_(None)) > 0
    assert count(CaseShare.team_id.is_not(None)) > 0
    assert count(Note.corrects_id.is_not(None)) > 0
    assert count(Task.done_on.is_(None), Task.due_on < TODAY) > 0
    assert count(Intervention.checked_on.is_not(None)) > 0
    assert count(Intervention.power == "CPN", Intervention.enquiries_note.is_not(None)) == 1
    houses = select(Participant.case_id).where(Participant.part == Part.SUBJECT).group_by(Participant.case_id)
    assert db.session.scalar(houses.having(func.count() == 5)) is not None
    running = Deadline.state == DeadlineState.RUNNING
    assert count(running, Deadline.last_day == date(2026, 11, 19)) > 2
    assert count(running, Deadline.last_day < TODAY) > 2


@pytest.mark.usefixtures("demo")
def test_nothing_of_it_is_in_the_future() -> None:
    for column in (Intervention.issued_on, Complaint.made_on, Case.opened_on, Case.closed_on, Service.given_on):
        assert db.session.scalar(select(func.max(column))) <= TODAY


@pytest.mark.usefixtures("demo")
def test_its_history_holds_and_runs_with_the_time() -> None:
    assert verify_history().holds
    moments = list(db.session.scalars(select(HistoryEntry.at).order_by(HistoryEntry.id)))
    assert moments == sorted(moments)


def test_its_sign_ins_are_printed_once_for_each_role(loaded: tuple["Flask", str]) -> None:
    app, printed = loaded
    lines = [line.split() for line in printed.splitlines() if "@example.org" in line]
    by_email = {each: words for words in lines for each in words if "@" in each}
    with app.app_context():
        users = list(db.session.scalars(select(User).where(User.email.in_(by_email))))
        assert sorted(user.role for user in users) == sorted(Role)
        for user in users:
            words = by_email[user.email]
            assert passwords.matches(words[words.index(user.email) + 1], user.password_hash)


def test_a_second_load_is_refused(loaded: tuple["Flask", str]) -> None:
    app, _ = loaded
    with app.app_context():
        before = count(HistoryEntry.id > 0)
        db.session.remove()

    again = app.test_cli_runner().invoke(args=["demo", "load"])

    assert again.exit_code == 1
    assert "This database has users already" in again.stderr
    with app.app_context():
        assert count(HistoryEntry.id > 0) == before
        db.session.remove()


@pytest.mark.usefixtures("in_app")
def test_one_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demonstration(now=NOW, storage=Storage(tmp_path), told=stop)

    assert nobody_yet()
    assert count(Case.id > 0) == 0
    assert count(HistoryEntry.id > 0) == 0


def test_both_engines_tell_the_same_stories(tmp_path: Path) -> None:
    """The same day, the same seed: the same rows, in the same order."""
    told = [_told(engine, tmp_path) for engine in ENGINES]
    assert told[0] == told[1]


def _told(engine: str, storage: Path) -> list[Any]:
    stories = text(
        "SELECT i.reference, i.status, i.issued_on, p.name FROM interventions i JOIN people p ON p.id = i.subject_id"
        " ORDER BY i.id"
    ).columns(Intervention.reference, Intervention.status, Intervention.issued_on, User.name)
    with demonstration_database(engine) as (url, _):
        app = create_app(settings_for_tests(url, storage))
        with app.app_context():
            rows = [tuple(row) for row in db.session.execute(stories)]
            db.session.remove()
            db.engine.dispose()
    return rows


@pytest.mark.usefixtures("demo")
def test_what_hangs_on_cases_is_shown() -> None:
    """Whatever has a page of its own is there to be opened: standing, and ended or undone."""
    for column, standing, over in (
        (Attachment.withheld_on, 3, 1),
        (ContactWarning.ended_on, 1, 2),
        (PersonNeed.to_on, 1, 1),
        (PersonMerge.undone_on, 1, 1),
        (CaseMerge.undone_on, 1, 1),
        (Representation.answer, 1, 1),
        (Hearing.outcome, 1, 1),
    ):
        assert count(column.is_(None)) == standing, column
        assert count(column.is_not(None)) == over, column
    levels = db.session.scalars(select(RiskAssessment.level).distinct())
    assert set(levels) == {RiskLevel.MEDIUM, RiskLevel.HIGH}
    assert count(CaseLink.id > 0) == 1


def test_its_papers_are_what_they_say(tmp_path: Path) -> None:
    for name, content in (("photo.png", photo(1)), ("diary.pdf", sheet(["Diary sheet 1", "Loud"]))):
        path = tmp_path / name
        path.write_bytes(content)
        judged = judge_file(name, len(content), recognise(path), most_bytes=100_000)
        assert judged in (FileKind.PNG, FileKind.PDF), judged
        assert len(content) < 5_000
    assert "Diary sheet 1" in PdfReader(tmp_path / "diary.pdf").pages[0].extract_text()


def test_the_yearly_reports_say_every_published_number_and_hold_every_heading(demo: "Flask") -> None:
    written = report_of(2015)
    assert written is not None
    document = annual_document(written, CONSOLE, today=TODAY, council="Oxford City Council")
    assert missing_from(document) == []
    assert len(published_numbers()) > 60
    without = msgspec.structs.replace(document, elements=document.elements[:5])
    assert "14,081" in [each.number for each in missing_from(without)]
    words = report_of(2019)
    assert words is not None
    headings = [
        element.text
        for element in annual_document(words, CONSOLE, today=TODAY, council="C").elements
        if isinstance(element, Heading)
    ]
    assert {"Who belongs to it", "Cuckooing", "Environmental audits", "Covid-19"} <= set(headings)
    assert [file.name for file in appendices_of(words)] == ["rolling-plan-2020-21.txt", "action-plan-2020-21.txt"]
