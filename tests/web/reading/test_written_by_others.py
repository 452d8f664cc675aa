"""What somebody wrote is text on every page and in every file: no markup, no template, no formula.

Each column that holds text is filled with words that would show themselves if a browser, the template engine or a
spreadsheet took them for its own, and every page and file is read.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import String, Table, Text, select, update
from sqlalchemy.exc import DBAPIError

from asb_cases.adapters.storage import Storage
from asb_cases.adapters.time import now
from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.calendar import shift_date
from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import Base, db
from asb_cases.models.action_plan import ActionPlanReview, ActionPlanStep
from asb_cases.models.case import Case, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.casework import ContactEntry
from asb_cases.models.complaint import Complaint, ComplaintUpdate
from asb_cases.models.intervention import Consultee, InterventionEvidence, ScreeningAnswer
from asb_cases.models.person import Person
from asb_cases.models.policy import BankHolidayChange, PolicyValue
from tests import factories as make
from tests.factories import (
    TODAY,
    keep,
    make_absence,
    make_complaint,
    make_contact_warning,
    make_file,
    make_incident,
    make_intervention,
    make_need,
    make_note,
    make_pause,
    make_plan,
    make_preference,
    make_requirement,
    make_risk,
    make_share,
    make_task,
    make_team,
    make_user,
)
from tests.factories.outcomes import make_coverage, make_series, make_value
from tests.support.access_world import address_entry_of
from tests.support.access_world_reviews import parts_of_review
from tests.support.reading_world import FullCase
from tests.support.reading_world_steps import SHOWN_AFTER, steps_of
from tests.web.reading.conftest import Reading
from tests.web.test_access_matrix import PARTS, PLACES, TABLE, filled

#: Would be an element outside an attribute and inside one, and a product that stands nowhere else.
MARKUP = "\"'><img src=x>{{{{7913*7919}}}}{column}"
PRODUCT = str(7913 * 7919)
FORMULA = "=1+{column}"
#: What the program itself writes and reads again: hashes, folded words, and codes and references that make addresses.
OWN_WORDS = re.compile(
    r".*(_hash|_key|_sha256|_kind)"
    r"|(cases|complaints|interventions|case_reviews)\.reference|(appeals|interventions)\.(outcome|grounds|offence|statutory_nuisance)|screening_answers\.item"
    r"|emails\.link|(partner_series|categories|policy_values)\.(code|value)|court_outcomes\.(result|plea)|.*\.(power|rule|status|decision)"
    r"|record_coverages\.figure|imports\.(kind|options)|import_rows\.fingerprint|reference_counters\.prefix"
    r"|(history_entries|consultations|history_head)\..*|search_entries\.words|deadlines\.(warnings|ended_because)"
    r"|risk_assessments\.(answers|signs)|risk_templates\.content"
    r"|contact_preferences\.not_by|person_merge_rows\..*|intervention_evidence\.limb|(services|payments)\.method|attachments\.(sha256|media_type)|user_sessions\.ended_because"
)
#: Reasons that take the row's other words off the page: changed where they are given.
IF_GIVEN = {"withheld_because", "entered_in_error_reason"}
#: Columns that must come up on some page, or the test tests nothing.
SHOWN = {
    "person_merges.reason",
    "authorisations.delegation_reference", "bank_holiday_changes.title", "categories.title",
    "partner_bodies.name", "policy_values.source",
    "action_plan_reviews.finding", "action_plan_steps.text", "action_plans.summary",
    "addresses.text", "appeals.court", "case_reviews.decision_reason",
    "case_reviews.words", "case_review_complaints.incident", "case_review_set_asides.reason", "case_review_bodies.proof",
    "case_review_meetings.chair", "case_review_recommendations.text", "case_review_actions.text",
    "case_review_escalations.asks", "cases.summary", "cases.title", "complaints.description",
    "complaints.outcome", "complaint_updates.text",
    "contact_entries.told", "contact_preferences.language", "contact_preferences.not_by_because", "contact_preferences.times",
    "contact_warnings.precautions", "contact_warnings.reason",
    "incidents.seen", "incidents.source_note", "interventions.conduct", "notes.text",
    "notes.withheld_because", "people.name", "person_needs.text",
    "consultees.name", "intervention_evidence.description", "interventions.screening", "interventions.subject_basis",
    "screening_answers.note",
    "risk_assessments.level_reason", "risk_assessments.note", "risk_assessments.working",
    "attachments.name", "attachments.withheld_because", "file_descriptions.description",
    "record_coverages.note", "requirements.text", "response_pauses.reason",
    "tasks.title", "teams.name", "users.name", "wards.name",
}  # fmt: skip
#: Words of the council's own about nobody, which whoever sees a case at all may read.
KNOWN_TO_ALL = {
    "categories.title", "deadlines.working", "other_references.reference", "partner_bodies.name", "teams.name", "users.email",
    "users.name", "wards.name",
}  # fmt: skip
#: ... and of a step, who gave it and on which decision.
OF_REFERENCES = {
    "interventions.authority_reference", "interventions.follows_as_recorded", "interventions.issued_by_body",
    "interventions.officer_as_recorded",
}  # fmt: skip
PERIOD = "from=2010-01-01&to=2030-12-31"


def columns() -> Iterator[tuple[Table, str, str]]:
    """Every column that holds what people wrote: its table, its name, and what it is called here."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            called = f"{table.name}.{column.name}"
            if type(column.type) in (String, Text) and not column.foreign_keys and not OWN_WORDS.fullmatch(called):
                yield table, column.name, called


def write_everywhere(pattern: str) -> None:
    """Put the pattern into every such column that takes it."""
    for table, name, called in columns():
        change = update(table).values({name: pattern.format(column=called)})
        if name in IF_GIVEN:
            change = change.where(table.c[name].is_not(None))
        # Refused where it must be unique, or where what was written stays.
        with suppress(DBAPIError), db.session.begin_nested():
            db.session.execute(change)
    db.session.commit()


def part_of(person: Person) -> int:
    """The one part that somebody plays."""
    return db.session.scalars(select(Participant.id).where(Participant.person_id == person.id)).one()


def make_request(full: FullCase) -> Complaint:
    """An out-of-hours request of tonight, with something added later: that is never changed once it is written."""
    case, moment = db.session.get_one(Case, full.case_id), now()
    request = make_complaint(
        case=case, channel=Channel.OUT_OF_HOURS, made_at=moment, shift_on=shift_date(moment), outcome="Off"
    )
    text = MARKUP.format(column="complaint_updates.text")
    keep(ComplaintUpdate(complaint_id=request.id, written_at=moment, text=text))
    return request


def make_in_hand(full: FullCase, subject: Person, status: str, power: str = "CPW") -> str:
    """A warning or notice that is not given yet, with everything that a draft holds."""
    case = db.session.get_one(Case, full.case_id)
    step = make_intervention(power, case=case, subject=subject, status=status, issued_on=None)
    make_requirement(step)
    keep(InterventionEvidence(intervention_id=step.id, limb="unreasonable", description="A film"))
    keep(Consultee(intervention_id=step.id, name="The landlord", told_on=date(2026, 1, 2), note="Agrees"))
    keep(ScreeningAnswer(intervention_id=step.id, item="housing", raised=True, note="Sofa of a friend"))
    return step.reference


@pytest.fixture
def addresses(reading: Reading) -> list[str]:
    """Every page and file there is, about the full case where it is about one."""
    full = reading.full
    with reading.app.app_context():
        make_coverage("cpn_issued", complete_from=date(2014, 1, 1))
        own = casework_of(db.session.get_one(Case, full.case_id))
        subject = db.session.get_one(Person, full.subject_id)
        warning, need = make_contact_warning(subject).id, make_need(subject).id
        make_preference(subject, times="After six", language="Polish")
        of_subject = {
            "warning": str(warning), "need": str(need), "address_entry": str(address_entry_of(subject)),
            "participant": str(part_of(subject)), "other_person": str(full.complainant_id),
            "merge": str(make.make_merge(subject, make.make_person("Merged Person")).id),
        }  # fmt: skip
        request = make_request(full).reference
        file_id = make_files(reading)
        of_steps = steps_of(full)
        in_hand = {status: make_in_hand(full, subject, status) for status in ("draft", "authorised")}
        reviewed = review_parts_of(full)
        risk_id = make_risk(db.session.get_one(Case, full.case_id), note="Worried", level_reason="Threats").id
        in_hand["notice_draft"] = make_in_hand(full, subject, "draft", "CPN")
        administration = kept_by_administrators(subject.name)
        make_value(make_series("police_recorded_crime"), date(2015, 4, 1), date(2016, 3, 31), 14_081)
    values = {
        "case": full.case, "person": str(full.subject_id), "complaint": full.complaint, "intervention": full.notice,
        "case_review": full.case_review, "user": str(reading.users[Role.OFFICER]), "session": "1",
        "figure": "cpw_issued", "year": "2015-16", "request": request, **of_subject, **own,
        "file": str(file_id), **of_steps, **in_hand,
        "risk": str(risk_id),
        **reviewed, **administration,
        "reminder": "0", "email": "0", "job": "tidy_up", "rule": "cpn_appeal", "token": "none", "public_step": "who",
    }  # fmt: skip
    values = dict.fromkeys([*PLACES.values(), *PARTS.values()], "0") | values  # of the rest there is nothing here
    pages = [filled(line.removeprefix("GET "), values) for line in TABLE if line.startswith("GET ")]
    steps = [f"/interventions/{each}" for each in (full.warning, full.penalty, full.prosecution)]
    figures = [
        f"/reports/figures/{code}"
        for code in ("cpn_issued", "cases_opened", "complaints_received", "police_recorded_crime")
    ]
    found = [*pages, *steps, *figures, f"{figures[1]}/rows.csv", f"/people/{full.complainant_id}"]
    found += ["/interventions?stage=preparation", "/cases?ward=1&team=1&officer=1", "/search?q=bass", "/search?q=oisin"]
    return [f"{each}?{PERIOD}" if each.startswith("/reports/figures") else each for each in found]


def review_parts_of(full: FullCase) -> dict[str, str]:
    """What hangs on the case's application for a case review, and what addresses call it."""
    review = db.session.scalars(select(CaseReview).where(CaseReview.reference == full.case_review)).one()
    complaint = db.session.scalars(select(Complaint).where(Complaint.reference == full.complaint)).one()
    case = db.session.get_one(Case, full.case_id)
    return parts_of_review(case, review, complaint, make.make_body(relevant=True), str)


def kept_by_administrators(name: str) -> dict[str, str]:
    """One of each kind of record that administrators keep, and what addresses call them."""
    user, holiday = make_user(), date(2026, 6, 19)
    keep(BankHolidayChange(day=holiday, title=name, observed=True))
    keep(PolicyValue(code="fpn_amount", from_on=holiday, value="8000", source=name, entered_at=now()))
    return {
        "team": str(make_team().id), "body": str(make.make_body().id), "ward": str(make.make_ward().id),
        "category": str(make.category("animals").id), "authorisation": str(make.make_authorisation(user, "CPN").id),
        "value_code": "fpn_amount", "holiday": holiday.isoformat(),
        "password_link": make.make_link(user, LinkPurpose.RESET),
        "address_link": make.make_link(user, LinkPurpose.ADDRESS_CHANGE, new_email="new@example.org"),
    }  # fmt: skip


def make_files(reading: Reading) -> int:
    """A file of the case and a withheld one, whose names and reason are never changed once they are given."""
    case = db.session.get_one(Case, reading.full.case_id)
    make_file(case, withheld_on=date(2020, 1, 1), withheld_because=MARKUP.format(column="attachments.withheld_because"))
    storage = Storage(reading.app.config["STORAGE_DIR"])
    return make_file(case, name=MARKUP.format(column="attachments.name"), storage=storage).id


def casework_of(case: Case) -> dict[str, str]:
    """One of each kind of record that officers keep on a case, and what addresses call them."""
    note, task, incident, plan = make_note(case), make_task(case), make_incident(case), make_plan(case)
    db.session.add(ActionPlanReview(plan_id=plan.id, reviewed_on=TODAY, finding="Quieter"))
    make_pause(case)
    db.session.commit()
    step = db.session.scalars(select(ActionPlanStep.id).where(ActionPlanStep.plan_id == plan.id)).one()
    told = select(ContactEntry.id).where(ContactEntry.case_id == case.id, ContactEntry.person_id.is_not(None))
    contact = db.session.scalars(told).first()
    return {
        "share": str(make_share(case, team=make_team()).id), "absence": str(make_absence(make_user(), make_user()).id),
        "contact": str(contact), "document": "notice",
        "note": str(note.id), "task": str(task.id), "incident": str(incident.id), "plan": str(plan.id), "step": str(step),
    }  # fmt: skip


def test_markup_stays_text(reading: Reading, addresses: list[str]) -> None:
    with reading.app.app_context():
        case = db.session.get_one(Case, reading.full.case_id)
        make_note(case, text=MARKUP.format(column="notes.text"))  # never changed once it is written
        make_note(case, withheld_on=date(2020, 1, 1), withheld_because=MARKUP.format(column="notes.withheld_because"))
        write_everywhere(MARKUP)
    shown, wrong = set(), []
    manager, administrator = reading.client(Role.MANAGER), reading.client(Role.ADMINISTRATOR)
    for address in addresses:
        if not address.partition("?")[0].endswith((".csv", ".xlsx", ".ods", "/download")):
            client = administrator if address.startswith("/admin") else manager
            text = client.get(address, buffered=True).get_data(as_text=True)
            shown |= set(re.findall(r"&gt;\{\{7913\*7919\}\}([a-z_]+\.[a-z0-9_]+)", text))
            wrong += [f"{address}: {found}" for found in ("<img src=x", PRODUCT) if found in text]
    assert wrong == []
    assert sorted((SHOWN | SHOWN_AFTER) - shown) == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("role", "others"),
    [
        (Role.ANALYST, OF_REFERENCES),
        # "cases.closure": its outcome, a code that is put into words.
        (
            Role.PARTNER,
            {"addresses.text", "cases.closure", "cases.closure_reason", "cases.summary", "cases.title", "people.name"},
        ),
    ],
)
def test_who_reads_no_words_or_few_is_shown_no_others(
    reading: Reading, addresses: list[str], role: Role, others: set[str]
) -> None:
    """An analyst works by references; a partner reads what a case is about, and not what the service writes for itself."""
    full, day = reading.full, now().date()
    with reading.app.app_context():
        for table in Base.metadata.sorted_tables:
            if "entered_in_error_on" in table.columns:
                mistake = {"entered_in_error_on": day, "entered_in_error_reason": "A mistake"}
                db.session.execute(update(table).values(**mistake))
        closed = {"status": CaseStatus.CLOSED, "closed_on": day, "closure_reason": "Over", "closure_told": "Everybody"}
        db.session.execute(update(Case).values(**closed))
        db.session.commit()
        write_everywhere("Word of {column}")
    shown, client = set(), reading.client(role)
    for address in (
        "/", "/cases", "/cases.csv", "/interventions", "/interventions.csv", "/case-reviews", "/complaints", "/people",
        *(each for each in addresses if any(each.startswith(f"/{kind}/") for kind in ("cases", "interventions", "case-reviews"))),
    ):  # fmt: skip
        answer = client.get(address, buffered=True)
        if answer.status_code == 200:
            shown |= set(re.findall(r"Word of ([a-z_]+\.[a-z0-9_]+)", answer.get_data(as_text=True)))
    assert full.case in client.get("/cases").text
    assert shown - KNOWN_TO_ALL - others == set()


def test_no_file_holds_a_formula(reading: Reading, addresses: list[str]) -> None:
    with reading.app.app_context():
        write_everywhere(FORMULA)
    files = [address for address in addresses if address.partition("?")[0].endswith(".csv")]
    client, guarded = reading.client(Role.MANAGER), 0
    for address in files:
        text = client.get(address, buffered=True).get_data(as_text=True).removeprefix("\ufeff")
        for cell in (cell for row in csv.reader(io.StringIO(text)) for cell in row):
            assert not cell.lstrip().startswith(("=", "+", "@")), f"{address}: {cell}"
            guarded += cell.startswith("'=")
    assert guarded >= 10
