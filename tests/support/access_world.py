"""A small world for tests of who sees what: one case that people of the service see, and one that hides.

Every text of the hidden case holds a word that stands nowhere else (`CANARIES`): a page that shows it to the wrong
person gives itself away.
"""

from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.adapters.time import now, today
from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.complaints import Channel
from asb_cases.domain.people import Part
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.procedure_reviews import ProcedureReviewed
from asb_cases.extensions import db
from asb_cases.models.action_plan import ActionPlanStep
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.user import Team, User
from asb_cases.services.policy import add_policy_value
from asb_cases.services.procedure_reviews import record_procedure_review
from asb_cases.services.publications import publish_case_review_figures
from asb_cases.services.search_index import index
from tests.factories import (
    category,
    make_absence,
    make_address,
    make_authorisation,
    make_body,
    make_case,
    make_case_review,
    make_complaint,
    make_contact,
    make_contact_warning,
    make_email,
    make_file,
    make_frozen_document,
    make_incident,
    make_intervention,
    make_link,
    make_merge,
    make_need,
    make_note,
    make_participant,
    make_pause,
    make_person,
    make_plan,
    make_preference,
    make_requirement,
    make_risk,
    make_share,
    make_task,
    make_team,
    make_user,
    make_ward,
)
from tests.factories.annual_reports import make_written_report
from tests.factories.outcomes import make_series
from tests.support.access_world_reviews import REVIEW_NOUNS, parts_of_review
from tests.support.access_world_steps import AFTER_NOUNS, steps_after

NOUNS = (
    "title", "person", "address", "complaint", "contact", "note", "task", "conduct", "demand", "reason", "warned", "need",
    "because", "file", "shows", "bytes", "incident", "plan", "step", "wait",
    "harm", "lifted",
)  # fmt: skip
#: What must not reach anybody who may not see the hidden case.
CANARIES = tuple(f"Xqz{noun}" for noun in (*NOUNS, *AFTER_NOUNS, *REVIEW_NOUNS))


@dataclass(frozen=True)
class World:
    """The accounts by role: `users` are of the team and the body that have the case, `others` of none that has.

    `seen` and `hidden` fill the variable parts of addresses, by the name that `PLACES` gives them.
    """

    users: dict[Role, int]
    others: dict[Role, int]
    seen: dict[str, str]
    hidden: dict[str, str]


def make_world(app: Flask) -> World:
    """Make it all, and leave no context open. E-mail could leave: pages that ask for one are there."""
    app.config.update(MAIL_URL="smtp://mail.invalid", MAIL_FROM="asb@example.org")
    with app.app_context():
        team, body = make_team("North"), make_body("Thames Valley Police")
        elsewhere, stranger = make_team("South"), make_body("Another police force")
        users = {role: _account(role, team, body).id for role in Role}
        others = {role: _account(role, elsewhere, stranger).id for role in Role}
        storage = Storage(app.config["STORAGE_DIR"])
        switch_public_form_on()
        publish_case_review_figures(actor=CONSOLE, now=now(), period=financial_year(2015))
        seen = _record(team, body, storage, hidden=False) | {
            "user": str(make_user().id),
            "absence": str(make_absence(make_user(), make_user(), from_on=today(), to_on=today()).id),
            "session": "0",
            "team": str(team.id),
            "body": str(body.id),
            "ward": str(make_ward(to_be_checked=True).id),
            "category": str(category("animals").id),
            "authorisation": str(make_authorisation(make_user(), "CPN").id),
            "value_code": "fpn_amount",
            "holiday": "2026-12-28",
            "job": "tidy_up",
            "rule": "cpn_appeal",
            "reminder": "0",
            "token": "none",
            "password_link": make_link(make_user(), LinkPurpose.RESET),
            "address_link": make_link(make_user(), LinkPurpose.ADDRESS_CHANGE, new_email="new@example.org"),
            "email": str(make_email().id),
            "figure": "cpn_issued",
            "wording": "warning_disagree",
            "year": "2015-16",
            "series": make_series("police_recorded_crime").code,
            "procedure_review": str(_procedure_review()),
            "public_step": "who",
            "public_report": "1",
            **make_written_report(storage),
        }
        hidden = _record(team, body, storage, hidden=True) | {
            "user": "0",
            "absence": "0",
            "session": "0",
            "team": "0",
            "body": "0",
            "ward": "0",
            "category": "0",
            "authorisation": "0",
            "value_code": "none",
            "holiday": "none",
            "job": "none",
            "rule": "none",
            "reminder": "0",
            "token": "none",
            "password_link": "none",
            "address_link": "none",
            "email": "0",
            "figure": "none",
            "wording": "none",
            "year": "none",
            "series": "none",
            "procedure_review": "0",
            "public_step": "none",
            "public_report": "0",
            **dict.fromkeys(("written", "block_kind", "format"), "none"),
            **dict.fromkeys(("section", "block", "appendix", "edition"), "0"),
        }
    return World(users=users, others=others, seen=seen, hidden=hidden)


def _procedure_review() -> int:
    found = ProcedureReviewed(year_first_on=date(2024, 4, 1), reviewed_on=date(2025, 5, 6), findings="It works")
    return record_procedure_review(actor=CONSOLE, now=now(), found=found)


def switch_public_form_on() -> None:
    """Let anybody ask for a case review, from long ago."""
    add_policy_value(
        actor=CONSOLE, now=now(), code="public_case_review_form", from_on=date(2015, 1, 1), value="on", source="Cabinet"
    )


def _account(role: Role, team: Team, body: PartnerBody) -> User:
    is_partner = role is Role.PARTNER
    return make_user(role, team=None if is_partner else team, body=body if is_partner else None)


def _record(team: Team, body: PartnerBody, storage: Storage, *, hidden: bool) -> dict[str, str]:
    """A case with one of everything. The hidden one is restricted, and shared with nobody."""

    def text(noun: str) -> str:
        return f"Xqz{noun}" if hidden else f"Plain {noun}"

    case = make_case(team=team, title=text("title"), restricted=hidden)
    if not hidden:
        make_share(case, body=body)
    share = make_share(case, team=make_team())
    person = make_person(text("person"), address=make_address(text("address")))
    part = make_participant(case, person, Part.SUBJECT)
    need = make_need(person, text=text("need"))
    make_preference(person, not_by_because=text("because"))
    warning = make_contact_warning(person, reason=text("warned"), precautions=text("warned"))
    other = make_person(text("other"))
    make_participant(case, other, Part.OWNER_LANDLORD)
    merge = make_merge(person, make_person(text("merged")), reason=text("merged"))
    complaint = make_complaint(case=case, complainant=person, description=text("complaint"))
    request = make_complaint(
        case=case, channel=Channel.OUT_OF_HOURS, description=text("complaint"), outcome=text("reason")
    )
    teller = make_person(text("person"), address=make_address(f"{text('address')} beside it"))
    make_participant(case, teller, Part.COMPLAINANT)
    contact = make_contact(case, told=text("contact"), person_id=teller.id)
    note = make_note(case, text=text("note"))
    task = make_task(case, title=text("task"))
    incident = make_incident(case, seen=text("incident"), source_note=text("incident"))
    plan = make_plan(case, text("step"), summary=text("plan"), person=person)
    step = db.session.scalars(select(ActionPlanStep).where(ActionPlanStep.plan_id == plan.id)).one()
    make_pause(case, reason=text("wait"))
    risk = make_risk(case, person, note=text("harm"), level_reason=text("lifted"))
    file = make_file(
        case, name=f"{text('file')}.txt", content=text("bytes").encode(), storage=storage, description=text("shows")
    )
    notice = make_intervention("CPN", case=case, subject=person, conduct=text("conduct"))
    make_requirement(notice, text=text("demand"))
    frozen = make_frozen_document(notice, content=text("bytes").encode(), storage=storage)
    in_hand = {
        status: make_intervention(
            "CPW", case=case, subject=person, status=status, issued_on=None, conduct=text("conduct")
        )
        for status in ("draft", "authorised")
    }
    in_hand["notice_draft"] = make_intervention(
        "CPN", case=case, subject=person, status="draft", issued_on=None, conduct=text("conduct")
    )
    review = make_case_review(case=case, decision_reason=text("reason"))
    review_parts = parts_of_review(case, review, complaint, body, text)
    index("person", person.id, None, person.name, text("address"))
    index("case", case.id, case.id, case.reference, case.title)
    index("complaint", complaint.id, case.id, complaint.description)
    db.session.commit()
    return {
        "case": case.reference,
        "person": str(person.id),
        "warning": str(warning.id),
        "address_entry": str(address_entry_of(person)),
        "need": str(need.id),
        "other_person": str(other.id),
        "merge": str(merge.id),
        "participant": str(part.id),
        "share": str(share.id),
        "note": str(note.id),
        "task": str(task.id),
        "incident": str(incident.id),
        "plan": str(plan.id),
        "step": str(step.id),
        "contact": str(contact.id),
        "complaint": complaint.reference,
        "request": request.reference,
        "intervention": notice.reference,
        **{status: step.reference for status, step in in_hand.items()},
        **steps_after(case, notice, text),
        "document": "notice",
        "case_review": review.reference,
        **review_parts,
        "file": str(file.id),
        "frozen": str(frozen.id),
        "risk": str(risk.id),
    }


def address_entry_of(person: Person) -> int:
    """The entry of the one address that somebody has."""
    return db.session.scalars(select(PersonAddress.id).where(PersonAddress.person_id == person.id)).one()
