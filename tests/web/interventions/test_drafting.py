"""From a case to a warning and a notice that are given, as a person would do it without JavaScript."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.extensions import db
from asb_cases.models.case import Participant
from asb_cases.models.casework import Attachment, AttachmentLink, Task
from asb_cases.models.intervention import Consultee, InterventionEvidence
from asb_cases.models.person import Person
from asb_cases.models.service import Service
from asb_cases.queries.enforcement import requirements_of
from tests.support.enforcement_track import running
from tests.support.escalation import (
    Desk,
    authorise_and_sign,
    begin_notice,
    begin_warning,
    day_fields,
    give_warning,
    hand_over,
    make_desk,
    set_policy,
    write_draft,
    write_notice,
    write_warning,
)
from tests.support.sample_files import eml, jpeg

LONDON = ZoneInfo("Europe/London")


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=LONDON)


def clocks_of(desk: Desk, reference: str) -> dict[str, date]:
    with desk.app.app_context():
        return running(intervention_id=desk.step(reference).id)


def test_from_a_case_to_a_warning_and_a_notice_in_force(app: Flask) -> None:
    with time_machine.travel(at(2)):
        desk = make_desk(app)
        started = begin_warning(desk)
        (warning,) = desk.drafts("CPW")
        assert started.location == f"/interventions/{warning}/draft/recipient"
        write_warning(desk, warning, date(2026, 3, 9))
        assert "Nothing stands in the way" in desk.manager.get(f"/interventions/{warning}/check").text
        authorise_and_sign(desk, warning)
        assert hand_over(desk, warning).location == f"/interventions/{warning}"
    row = desk.step(warning)
    assert (row.status, row.issued_on, row.comply_by) == ("served", date(2026, 3, 2), date(2026, 3, 9))
    assert clocks_of(desk, warning)["cpw_compliance"] == date(2026, 3, 9)

    with time_machine.travel(at(12)):
        (notice,) = begin_notice(desk, warning)
        draft = desk.step(notice)
        assert (draft.conduct, draft.unreasonable) == (row.conduct, "Why: unreasonable")
        assert (draft.ends_on, draft.review_on) == (date(2027, 3, 11), date(2026, 6, 12))
        text = desk.officer.get(f"/interventions/{notice}/draft").text
        assert text.count("As in the warning") >= 4
        assert "Nobody is named as told before the notice" in text
        write_notice(desk, notice, date(2026, 3, 11))
        authorise_and_sign(desk, notice)
        assert hand_over(desk, notice).status_code == 302
    row = desk.step(notice)
    assert (row.status, row.issued_on, desk.step(warning).status) == ("in_force", date(2026, 3, 12), "escalated")
    assert clocks_of(desk, notice)["cpn_appeal"] == date(2026, 4, 1)
    with app.app_context():
        told = db.session.scalars(select(Consultee).where(Consultee.intervention_id == row.id)).one()
        assert (told.name, told.told_on) == ("The landlord", date(2026, 3, 11))
        evidence = db.session.scalars(
            select(InterventionEvidence).where(InterventionEvidence.intervention_id == row.id)
        )
        assert {each.limb for each in evidence} == {
            "detrimental_effect", "persistent_or_continuing", "unreasonable",
        }  # fmt: skip


def test_a_shared_house_of_five(app: Flask) -> None:
    """One drafting, a document for each, written once, each authorised, signed and served by itself."""
    with time_machine.travel(at(2)):
        desk = make_desk(app, *({"name": f"Student {number}"} for number in range(5)))
        warnings = give_warning(desk, date(2026, 3, 9))
    assert len(warnings) == len({desk.step(each).subject_id for each in warnings}) == 5
    assert {desk.step(each).conduct for each in warnings} == {"Amplified music after midnight on three nights."}
    assert {desk.step(each).status for each in warnings} == {"served"}
    with time_machine.travel(at(12)):
        notices = begin_notice(desk, *warnings[:3])
        assert len(notices) == 3
        write_notice(desk, notices[0], date(2026, 3, 11))
        for each in notices[1:]:
            write_notice(desk, each, date(2026, 3, 11))
        authorise_and_sign(desk, notices[0])
        assert hand_over(desk, notices[0]).status_code == 302
    assert [desk.step(each).status for each in notices] == ["in_force", "draft", "draft"]
    escalated = [each for each in warnings if desk.step(each).status == "escalated"]
    assert [desk.step(each).subject_id for each in escalated] == [desk.step(notices[0]).subject_id]


def test_the_occupier_is_not_known_and_the_notice_is_posted_on_the_premises(app: Flask) -> None:
    with time_machine.travel(at(2)):
        desk = make_desk(app)
        premises = "the house with the blue shutters, Marsh Lane"
        unnamed = {"recipients": [], "unnamed": "occupier", "premises": premises}
        assert begin_warning(desk, **unnamed).status_code == 302
        (warning,) = desk.drafts("CPW")
        with app.app_context():
            subject = db.session.get_one(Person, desk.step(warning).subject_id)
            assert (subject.kind, subject.name) == (PersonKind.OCCUPIER, f"The occupier of {premises}")
            assert db.session.scalars(select(Participant.part).where(Participant.person_id == subject.id)).all() == [
                Part.SUBJECT
            ]
        write_warning(desk, warning, date(2026, 3, 9))
        authorise_and_sign(desk, warning)
        hand_over(desk, warning)
    with time_machine.travel(at(12)):
        (notice,) = begin_notice(desk, warning)
        write_notice(desk, notice, date(2026, 3, 11))
        authorise_and_sign(desk, notice)
        path = f"/interventions/{notice}/service/posted-on-premises"
        answers = {**day_fields("given_on", date(2026, 3, 12)), "given_at": "10:00", "address": premises}
        refused = desk.officer.submit(path, {**answers, "note": "On the front door"})
        assert refused.status_code == 422
        assert "2014 Act s.45(1)" in refused.text
        assert "On the front door" in refused.text
        asked = {
            "enquiries_note": "Land Registry and two neighbours asked: nobody knows.",
            "server": str(desk.officer_id),
        }
        assert desk.officer.submit(path, {**answers, **asked}).status_code == 302
    row = desk.step(notice)
    assert (row.status, row.issued_on, row.enquiries_note) == (
        "in_force", date(2026, 3, 12), "Land Registry and two neighbours asked: nobody knows.",
    )  # fmt: skip


def test_at_the_door_at_night(app: Flask) -> None:
    """A warning early in the evening and a notice at night, each in one go; the times are compared."""
    with time_machine.travel(at(2, 20)):
        set_policy(app, "checked_next_working_day")
        desk = make_desk(app)
        begin_warning(desk)
        (warning,) = desk.drafts("CPW")
        write_draft(desk, warning)
        door = f"/interventions/{warning}/at-the-door"
        now = {"satisfied": "yes", **day_fields("given_on", date(2026, 3, 2)), "address": "4 Rose Lane"}
        asked = desk.officer.submit(door, {**now, "given_at": "20:00"})
        assert asked.status_code == 422, "no day by which to heed it: a reason is asked for"
        assert "names no day" in asked.text
        why = {"cautions_reason": "Sixty people in the street: to be heeded at once."}
        assert desk.officer.submit(door, {**now, "given_at": "20:00", **why}).status_code == 302
    with time_machine.travel(at(2, 23, 30)):
        (notice,) = begin_notice(desk, warning)
        write_notice(desk, notice, date(2026, 3, 2))
        door = f"/interventions/{notice}/at-the-door"
        assert "on the next working day" in desk.officer.get(door).text
        before = desk.officer.submit(door, {**now, "given_at": "19:30", **why})
        assert before.status_code == 422
        assert "2014 Act s.43(5)(a)" in before.text
        assert desk.step(notice).status == "draft", "all or nothing"
        assert desk.officer.submit(door, {**now, "given_at": "23:25", **why}).status_code == 302
    row = desk.step(notice)
    assert (row.status, row.issued_at, row.signed_at) == ("in_force", at(2, 23, 25), at(2, 23, 25))
    with time_machine.travel(at(3)):
        assert desk.officer.get(f"/interventions/{notice}/checked").status_code == 403
        page = f"/interventions/{notice}/checked"
        with app.app_context():
            task = db.session.scalars(select(Task.id).where(Task.check_of_id == row.id)).one()
        for where in ("/tasks?whose=all", f"/cases/{desk.case}", f"/cases/{desk.case}/tasks"):
            assert f'href="/interventions/{notice}">Check ' in desk.manager.get(where).text, where
        assert f'href="{page}"' in desk.manager.get(f"/tasks/{task}/done").text, "the task leads to the check"
        officers = desk.officer.page(f"/tasks/{task}/done")
        assert "when somebody who authorises notices records the check" in officers.root.text
        assert desk.manager.submit(page, {"remark": "Body-worn video seen"}).status_code == 302
    assert desk.step(notice).checker_id == desk.manager_id


def test_a_draft_changed_by_somebody_else_meanwhile(app: Flask) -> None:
    """Both versions and what was typed, on a page that says so; nothing is saved."""
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    path = f"/interventions/{warning}/draft/conduct"
    assert desk.officer.submit(path, {"conduct": "Drumming"}).status_code == 302
    response = desk.colleague.submit(path, {"conduct": "Trumpets", "version": "1"})
    assert response.status_code == 409
    assert "Drumming" in response.text
    assert "Trumpets" in response.text
    assert desk.step(warning).conduct == "Drumming"


def test_a_part_goes_into_the_other_drafts_that_said_the_same(app: Flask) -> None:
    desk = make_desk(app, {"name": "Ann Loud"}, {"name": "Bob Loud"})
    begin_warning(desk)
    first, second = desk.drafts("CPW")
    path = f"/interventions/{first}/draft/conduct"
    page = desk.officer.page(path)
    boxes = [box for box in page.root.all("input") if box.attributes.get("name") == "others"]
    assert [("checked" in box.attributes) for box in boxes] == [True]
    kept = {"others": [boxes[0].attributes["value"]]}
    assert desk.officer.submit(path, {"conduct": "Drumming", **kept}).status_code == 302
    assert [desk.step(each).conduct for each in (first, second)] == ["Drumming", "Drumming"]
    assert desk.officer.submit(path, {"conduct": "Trumpets"}).status_code == 302
    assert [desk.step(each).conduct for each in (first, second)] == ["Trumpets", "Drumming"]
    boxes = [box for box in desk.officer.page(path).root.all("input") if box.attributes.get("name") == "others"]
    assert ["checked" in box.attributes for box in boxes] == [False], "they differ now"
    # Somebody changed the other draft since the page was shown: nothing is saved, and it is said.
    stale = {"others": [kept["others"][0]]}
    assert desk.officer.submit(path, {"conduct": "Bagpipes", **stale}).status_code == 409
    assert [desk.step(each).conduct for each in (first, second)] == ["Trumpets", "Drumming"]


def test_requirements_row_by_row(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    path = f"/interventions/{warning}/draft/requirements"
    before = desk.step(warning).version
    row = {"requirements-0-kind": "stop", "requirements-0-text": "Stop playing music too loud"}
    more = desk.officer.submit(path, {"requirements-rows": "0", **row, "requirements-add": "1"})
    assert more.status_code == 200
    assert "Requirement 2" in more.text
    assert "a court must be able to tell" in more.text, "vague words are pointed out beside it"
    assert desk.step(warning).version == before, "nothing is saved by asking for another"
    second = {"requirements-1-kind": "do", "requirements-1-text": "Remove the sofa from the front garden"}
    due = day_fields("requirements-1-comply_by", date(2026, 4, 1))
    assert desk.officer.submit(path, {"requirements-rows": "0,1", **row, **second, **due}).status_code == 302
    with app.app_context():
        kept = [(each.kind.value, each.text, each.comply_by) for each in requirements_of(desk.step(warning).id)]
    assert kept == [
        ("stop", "Stop playing music too loud", None),
        ("do", "Remove the sofa from the front garden", date(2026, 4, 1)),
    ]
    less = desk.officer.submit(path, {"requirements-rows": "0,1", **row, **second, "requirements-remove": "0"})
    assert "Requirement 2" not in less.text
    unanswered = desk.officer.submit(path, {"requirements-rows": "0", "requirements-0-text": "Stop it"})
    assert unanswered.status_code == 422
    assert "Requirement 1: Choose what kind it is" in unanswered.text


def test_evidence_is_picked_and_described_and_stays_when_something_else_is_changed(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    path = f"/interventions/{warning}/draft/unreasonable"
    page = desk.officer.get(path).text
    assert "Bass until three" in page
    assert "Heard from the street at 23:40" in page
    picked = [f"{kind}-{row_id}" for kind, row_id in desk.evidence.items()]
    described = {"described-rows": "0", "described-0-description": "CCTV of 3 March, kept by the landlord"}
    assert desk.officer.submit(path, {"answer": "It went on", "picked": picked, **described}).status_code == 302
    assert desk.officer.submit(f"/interventions/{warning}/draft/conduct", {"conduct": "Music"}).status_code == 302
    with app.app_context():
        rows = db.session.scalars(
            select(InterventionEvidence).where(InterventionEvidence.intervention_id == desk.step(warning).id)
        ).all()
    assert {
        (row.complaint_id, row.contact_entry_id, row.note_id, row.incident_id, row.description) for row in rows
    } == {
        (desk.evidence["complaint"], None, None, None, None),
        (None, desk.evidence["contact_entry"], None, None, None),
        (None, None, desk.evidence["note"], None, None),
        (None, None, None, desk.evidence["incident"], "Incident of 28 February 2026"),
        (None, None, None, None, "CCTV of 3 March, kept by the landlord"),
    }
    shown = desk.officer.page(path)
    ticked = [box.attributes["value"] for box in shown.root.all("input") if "checked" in box.attributes]
    assert sorted(ticked) == sorted(picked)
    other = make_desk(app)
    stolen = {"answer": "x", "picked": [f"complaint-{other.evidence['complaint']}"]}
    assert desk.officer.submit(path, stolen).status_code == 422


def test_somebody_young_and_somebody_whose_age_is_not_known(app: Flask) -> None:
    with time_machine.travel(at(2)):
        desk = make_desk(app, {"name": "Young Loud", "born_on": date(2009, 1, 1)})
        begin_warning(desk)
        (warning,) = desk.drafts("CPW")
        assert "Who was spoken to?" in desk.officer.get(f"/interventions/{warning}/draft/screening").text
        unknown = make_desk(app, {"name": "Somebody", "born_on": None})
        begin_warning(unknown)
        (warning,) = unknown.drafts("CPW")
        assert "Who was spoken to?" in unknown.officer.get(f"/interventions/{warning}/draft/screening").text
        age = {"believed_16_or_over_because": "Holds a driving licence"}
        response = unknown.officer.submit(f"/interventions/{warning}/draft/age", age)
        assert response.location == f"/interventions/{warning}/draft/recipient"
        assert "Holds a driving licence" in unknown.officer.get(response.location).text


def test_put_before_a_manager_sent_back_and_authorised(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    write_warning(desk, warning, date(2030, 1, 1))
    check = f"/interventions/{warning}/check"
    assert "Choose who is to authorise it" in desk.officer.submit(check, {"of": ""}).text
    assert desk.officer.submit(check, {"of": str(desk.manager_id)}).status_code == 302
    back = f"/interventions/{warning}/send-back"
    assert desk.manager.submit(back, {"reason": ""}).status_code == 422
    assert desk.manager.submit(back, {"reason": "Say which nights"}).status_code == 302
    assert "Say which nights" in desk.officer.get(f"/interventions/{warning}/draft").text
    assert desk.manager.submit(f"/interventions/{warning}/authorise").status_code == 302
    assert desk.officer.submit(back, {"reason": "One date is wrong"}).status_code == 302
    assert "One date is wrong" in desk.officer.get(f"/interventions/{warning}/draft").text
    assert desk.step(warning).status == "draft"


def test_a_draft_is_given_up(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    assert desk.officer.submit(f"/interventions/{warning}/drop", {"reason": ""}).status_code == 422
    response = desk.officer.submit(f"/interventions/{warning}/drop", {"reason": "They moved out"})
    assert response.location == f"/cases/{desk.case}"
    assert desk.step(warning).status == "withdrawn"
    assert desk.officer.get(f"/interventions/{warning}/draft").status_code == 422


def test_by_post_and_it_comes_back(app: Flask) -> None:
    with time_machine.travel(at(2)):
        desk = make_desk(app)
        begin_warning(desk)
        (warning,) = desk.drafts("CPW")
        write_warning(desk, warning, date(2026, 3, 9))
        authorise_and_sign(desk, warning)
        service = f"/interventions/{warning}/service/post"
        assert desk.officer.get(service).location == f"/interventions/{warning}/posting"
        to = {**day_fields("sent_on", date(2026, 3, 2)), "address": "4 Rose Lane", "server": str(desk.officer_id)}
        assert desk.officer.submit(f"/interventions/{warning}/posting", to).status_code == 302
        early = desk.officer.submit(service, day_fields("given_on", date(2026, 3, 4)))
        assert early.status_code == 422
        assert "must be today or in the past" in early.text
    with time_machine.travel(at(5)):
        page = desk.officer.get(service).text
        assert "presumed to arrive on 4 March 2026" in page
        other = desk.officer.submit(service, day_fields("given_on", date(2026, 3, 5)))
        assert other.status_code == 422
        assert "By first-class post it would arrive on 4 March 2026" in other.text
        assert desk.officer.submit(service, day_fields("given_on", date(2026, 3, 4))).status_code == 302
        assert desk.step(warning).issued_on == date(2026, 3, 4)
        back = f"/interventions/{warning}/returned-post"
        with app.app_context():
            service_id = db.session.scalars(select(Service.id)).one()
        came = {"service": str(service_id), **day_fields("returned_on", date(2026, 3, 5)), "note": "Gone away"}
        assert desk.officer.submit(back, came).location == f"/interventions/{warning}/service"
        assert hand_over(desk, warning).status_code == 302, "given again, by hand"
    with app.app_context():
        methods = [(row.method, row.returned_note) for row in db.session.scalars(select(Service).order_by(Service.id))]
    assert methods == [(ServiceMethod.POST, "Gone away"), (ServiceMethod.HAND, None)]
    assert desk.step(warning).issued_on == date(2026, 3, 4), "it counts from the first giving"


def test_a_photo_taken_at_the_door_is_the_proof(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    write_warning(desk, warning, date(2030, 1, 1))
    authorise_and_sign(desk, warning)
    path = f"/interventions/{warning}/service/left"
    answers = {**day_fields("given_on", desk.step(warning).signed_at.date()), "address": "4 Rose Lane"}
    answers["server"] = str(desk.officer_id)
    bad = desk.officer.submit(path, {**answers, "photo": (BytesIO(b"MZ program"), "door.jpg")})
    assert bad.status_code == 422
    assert "door.jpg" in bad.text
    assert desk.step(warning).status == "issued", "nothing is saved without its proof"
    photo = (BytesIO(jpeg()), "door.jpg")
    assert desk.officer.submit(path, {**answers, "photo": photo}).status_code == 302
    with app.app_context():
        service = db.session.scalars(select(Service)).one()
        file = db.session.get_one(Attachment, service.proof_id)
        assert file.name == "door.jpg"
        links = db.session.scalars(select(AttachmentLink).where(AttachmentLink.attachment_id == file.id)).all()
        assert [(link.entity_kind, link.entity_id) for link in links] == [("service", service.id)]
    assert "The file that shows it" in desk.officer.get(f"/interventions/{warning}").text


def test_a_warning_by_email_with_its_proof_needs_no_reason(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    write_warning(desk, warning, date(2030, 1, 1))
    authorise_and_sign(desk, warning)
    answers = {"address": "sam@example.org", **day_fields("given_on", desk.step(warning).signed_at.date())}
    proof = {"proof": (BytesIO(eml()), "reply.eml")}
    answers["server"] = str(desk.officer_id)
    response = desk.officer.submit(f"/interventions/{warning}/service/email", {**answers, **proof})
    assert response.status_code == 302, response.text


def test_a_warning_by_email_needs_proof_or_a_reason(app: Flask) -> None:
    desk = make_desk(app)
    begin_warning(desk)
    (warning,) = desk.drafts("CPW")
    write_warning(desk, warning, date(2030, 1, 1))
    authorise_and_sign(desk, warning)
    path = f"/interventions/{warning}/service/email"
    sent = {"address": "sam@example.org", **day_fields("given_on", desk.step(warning).signed_at.date())}
    sent["server"] = str(desk.officer_id)
    asked = desk.officer.submit(path, sent)
    assert asked.status_code == 422
    assert "keep the reply or the read receipt" in asked.text
    why = {"cautions_reason": "She rang to say she had read it", "note": "Rang at ten"}
    assert desk.officer.submit(path, {**sent, **why}).status_code == 302
    assert desk.step(warning).status == "served"


def test_a_police_warning_founds_our_notice_and_their_notice_stands_too(app: Flask) -> None:
    with time_machine.travel(at(12)):
        desk = make_desk(app)
        path = f"/cases/{desk.case}/steps-by-others/new"
        least = {
            "power": "CPW", "issued_by_body": "Thames Valley Police", "subject": str(desk.subject_ids[0]),
            **day_fields("given_on", date(2026, 3, 2)), "method": "hand", "conduct": "Shouting in the street",
        }  # fmt: skip
        assert desk.officer.submit(path, {**least, "issued_by_body": ""}).status_code == 422
        assert desk.officer.submit(path, least).status_code == 302
        (warning,) = desk.drafts("CPW")
        (notice,) = begin_notice(desk, warning)
        write_draft(desk, notice)
        write_notice(desk, notice, date(2026, 3, 11))
        authorise_and_sign(desk, notice, cautions_reason="The police asked for nothing in these words.")
        assert hand_over(desk, notice).status_code == 302
        assert desk.step(notice).status == "in_force"
        theirs = {**least, "power": "CPN", "follows": str(desk.step(warning).id), "ends_on-year": ""}
        theirs |= day_fields("given_on", date(2026, 3, 10))
        assert desk.officer.submit(path, theirs).status_code == 302
        row = desk.step(desk.drafts("CPN")[-1])
        assert (row.issued_by_body, row.status, row.issuer_id) == ("Thames Valley Police", "in_force", None)
        without = desk.officer.submit(path, {**theirs, "follows": ""})
        assert without.status_code == 422
        assert "2014 Act s.43(5)(a)" in without.text


@pytest.mark.engines("sqlite")
def test_an_empty_case_says_what_to_do(app: Flask) -> None:
    desk = make_desk(app, {"part": Part.COMPLAINANT})
    assert "Nobody is named in this case" in desk.officer.get(f"/cases/{desk.case}/warnings/new").text
    assert "No written warning has been given" in desk.officer.get(f"/cases/{desk.case}/notices/new").text
    assert "Nobody is named in this case" in desk.officer.get(f"/cases/{desk.case}/steps-by-others/new").text
    nobody = begin_warning(desk, recipients=[])
    assert nobody.status_code == 422
    assert "The recipient is not given" in nobody.text
