"""An officer's and a manager's browser in front of one case, and the journey of a warning and a notice in few words."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.policy import PolicyValue
from tests.factories import (
    NOW,
    keep,
    make_address,
    make_authorisation,
    make_case,
    make_complaint,
    make_contact,
    make_incident,
    make_note,
    make_participant,
    make_person,
    make_team,
    make_user,
    number,
)
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

LIMBS = ("detrimental-effect", "persistent-or-continuing", "unreasonable")


@dataclass
class Desk:
    """The case, who acts on it, and whom it is about. Clients are made anew, since a test may travel in time."""

    app: Flask
    case: str
    case_id: int
    officer_id: int
    manager_id: int
    colleague_id: int
    subject_ids: list[int]
    evidence: dict[str, int] = field(default_factory=dict)

    @property
    def officer(self) -> PageClient:
        return client_of(self.app, self.officer_id)

    @property
    def manager(self) -> PageClient:
        return client_of(self.app, self.manager_id)

    @property
    def colleague(self) -> PageClient:
        """An officer of the team without an authorisation under s.53."""
        return client_of(self.app, self.colleague_id)

    def step(self, reference: str) -> Intervention:
        """The row as it is now."""
        with self.app.app_context():
            row = db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
            db.session.expunge(row)
            return row

    def drafts(self, power: str) -> list[str]:
        """The references of the case's steps of a power, in the order made."""
        with self.app.app_context():
            query = select(Intervention.reference).where(
                Intervention.case_id == self.case_id, Intervention.power == power
            )
            return list(db.session.scalars(query.order_by(Intervention.id)))


def make_desk(app: Flask, *subjects: dict[str, Any], **case: Any) -> Desk:
    """A team with one open case about these subjects (or one of full age), with a complaint, a contact and a note."""
    with app.app_context():
        team = make_team()
        officer, colleague = make_user(Role.OFFICER, team=team), make_user(Role.OFFICER, team=team)
        manager = make_user(Role.MANAGER, team=team)
        for user in (officer, manager):
            for power in ("CPN", "FPN"):
                make_authorisation(user, power, from_on=date(2014, 10, 20))
        row = make_case(team=team, owner=officer, **{"opened_on": date(2026, 1, 1), **case})
        people = []
        for each in subjects or ({},):
            given = {"born_on": date(1990, 5, 1), "address": make_address(f"{number()} Rose Lane"), **each}
            part = given.pop("part", Part.SUBJECT)
            person = make_person(given.pop("name", f"Sam Loud {len(people)}"), **given)
            make_participant(row, person, part)
            people.append(person.id)
        evidence = {
            "complaint": make_complaint(case=row, description="Bass until three").id,
            "contact_entry": make_contact(row, told="Diary sheets sent").id,
            "note": make_note(row, text="Heard from the street at 23:40").id,
            "incident": make_incident(row, seen="Shouting in the stairwell", happened_on=date(2026, 2, 28)).id,
        }
        return Desk(app, row.reference, row.id, officer.id, manager.id, colleague.id, people, evidence)


def set_policy(app: Flask, value: str) -> None:
    """The council's policy on a second person."""
    with app.app_context():
        keep(PolicyValue(code="cpn_four_eyes", from_on=date(2020, 1, 1), value=value, source="A test", entered_at=NOW))


def day_fields(name: str, day: date) -> dict[str, str]:
    """The three boxes of a day."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def begin_warning(desk: Desk, **answers: Any) -> TestResponse:
    """Start drafting to everybody of the case, unless the answers say otherwise."""
    fields = {"recipients": [str(each) for each in desk.subject_ids], **answers}
    return desk.officer.submit(f"/cases/{desk.case}/warnings/new", fields)


def write_draft(desk: Desk, reference: str, *, others: list[str] | None = None, **left_out: Any) -> None:
    """Write every part of a draft. `left_out` names parts (with underscores) that are not written."""
    client, at = desk.officer, f"/interventions/{reference}/draft"
    kept = {} if others is None else {"others": others}

    def write(part: str, fields: dict[str, Any], *, shared: bool = True) -> None:
        if part.replace("-", "_") in left_out:
            return
        shown = _others(client, f"{at}/{part}") if shared and others is None else {}
        response = client.submit(f"{at}/{part}", {**fields, **(shown or kept if shared else {})})
        assert response.status_code == 302, (part, response.status_code, response.text)

    write("conduct", {"conduct": "Amplified music after midnight on three nights.", "statutory_nuisance": "no"})
    for limb in LIMBS:
        write(limb, {"answer": f"Why: {limb}", "picked": [f"complaint-{desk.evidence['complaint']}"]})
    text = "Stop playing music in the garden of 4 Rose Lane after 11 pm."
    stop = {"requirements-rows": "0", "requirements-0-kind": "stop", "requirements-0-text": text}
    write("requirements", stop)
    answers = {"screening": "Nothing known of any need."}
    write("screening", answers, shared=False)


def _others(client: PageClient, path: str) -> dict[str, Any]:
    """The other drafts that are ticked to take the part over."""
    ticked = [
        box.attributes["value"]
        for box in client.page(path).root.all("input")
        if box.attributes.get("name") == "others" and "checked" in box.attributes
    ]
    return {"others": ticked} if ticked else {}


def write_warning(desk: Desk, reference: str, comply_by: date, **left_out: Any) -> None:
    """Write every part of a warning."""
    write_draft(desk, reference, **left_out)
    path = f"/interventions/{reference}/draft/time"
    others = _others(desk.officer, path)
    assert desk.officer.submit(path, {**day_fields("comply_by", comply_by), **others}).status_code == 302


def write_notice(desk: Desk, reference: str, told_on: date, **left_out: Any) -> None:
    """Bring a notice that began with its warning up to date."""
    client, at = desk.officer, f"/interventions/{reference}/draft"
    answers = {
        "enough-time": {"enough_time_reason": "A week to turn it down; heard again since."},
        "consultees": {
            "consultees-rows": "0", "consultees-0-name": "The landlord", **day_fields("consultees-0-told_on", told_on),
        },
        "screening": {"screening": "Nothing known of any need."},
    }  # fmt: skip
    for part, fields in answers.items():
        if part.replace("-", "_") not in left_out:
            kept = _filled(client, f"{at}/{part}")
            response = client.submit(f"{at}/{part}", {**kept, **fields})
            assert response.status_code == 302, response.text


def _filled(client: PageClient, path: str) -> dict[str, Any]:
    """What the form at an address is filled with: ticks, texts and days."""
    found: dict[str, Any] = {}
    form = [each for each in client.page(path).root.all("form") if each.attributes.get("method") == "post"][-1]
    for control in form.all("input", "textarea"):
        name, kind = control.attributes.get("name"), control.attributes.get("type", "text")
        if not name or kind == "hidden":
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in control.attributes:
                found.setdefault(name, []).append(control.attributes.get("value", "on"))
        elif control.tag == "textarea":
            found[name] = control.text
        else:
            found[name] = control.attributes.get("value", "")
    return found


def authorise_and_sign(desk: Desk, reference: str, **answers: str) -> None:
    """The manager authorises, the officer signs."""
    response = desk.manager.submit(f"/interventions/{reference}/authorise", answers)
    assert response.status_code == 302, response.text
    response = desk.officer.submit(f"/interventions/{reference}/issue", {"satisfied": "yes", **answers})
    assert response.status_code == 302, response.text


def hand_over(desk: Desk, reference: str, **answers: str) -> TestResponse:
    """Recorded as handed over now, or as the answers say."""
    path = f"/interventions/{reference}/service/hand"
    return desk.officer.submit(path, {**_filled(desk.officer, path), **answers})


def give_warning(desk: Desk, comply_by: date, **begun: Any) -> list[str]:
    """Warnings to everybody of the case, drafted, authorised, signed and handed over now."""
    assert begin_warning(desk, **begun).status_code == 302
    references = desk.drafts("CPW")
    write_warning(desk, references[0], comply_by)
    for reference in references[1:]:
        answers = {"screening": "Nothing known of any need."}
        assert desk.officer.submit(f"/interventions/{reference}/draft/screening", answers).status_code == 302
    for reference in references:
        authorise_and_sign(desk, reference)
        assert hand_over(desk, reference).status_code == 302
    return references


def begin_notice(desk: Desk, *warnings: str) -> list[str]:
    """Start notices that follow these warnings."""
    with desk.app.app_context():
        query = select(Intervention.id).where(Intervention.reference.in_(warnings))
        ids = [str(each) for each in db.session.scalars(query)]
    response = desk.officer.submit(f"/cases/{desk.case}/notices/new", {"follows": ids})
    assert response.status_code == 302, response.text
    return desk.drafts("CPN")
