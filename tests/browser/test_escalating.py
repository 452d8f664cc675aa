"""From a complaint to its end, wholly in the browser, as those who do it see it."""

import re
from datetime import date

from playwright.sync_api import expect

from asb_cases.services.draft_content import Asked
from tests.factories import make_complaint, make_participant, make_person
from tests.support.enforcement_track import DO, STOP, Track, day
from tests.support.office import TELEPHONE, Office
from tests.support.officers_hand import (
    allege,
    ask_to_authorise,
    authorise,
    decide,
    draft_notice,
    draft_warning,
    follow,
    give_a_reason_where_asked,
    log_complaint,
    open_case,
    post_on_the_premises,
    press,
    reference_of,
    screen,
    sign_and_hand_over,
    told,
    type_day,
    write_warning,
)


def test_a_complaint_becomes_a_penalty_that_is_paid(office: Office) -> None:
    with office.on(0):
        page = office.tab("officer")
        page.goto("/")
        case = open_case(page, log_complaint(page))
        follow(page, "Record a contact")
        page.get_by_label("Ann Carter").check()
        page.get_by_label("Telephone").check()
        page.get_by_label("What was said").fill("We have it; a warning follows.")
        press(page, "Record the contact")
        told(page, "it met “First response to a category 2 report”")
        warning = draft_warning(page, day(7))
        press(page, "Authorise it")
        press(page, "Authorise it")
        told(page, "It can be signed now")
        sign_and_hand_over(page, warning)
    with office.on(14):
        page = office.tab("officer")
        page.goto(f"/cases/{case}")
        follow(page, warning)
        press(page, "Record that it was not heeded")
        type_day(page, "evidence_on", day(13))
        page.get_by_label("What shows it?").fill("Heard from the street at 00:20.")
        press(page, "Record that it was not heeded")
        told(page, "The warning is recorded as not heeded")
        notice = draft_notice(page, day(13))
        ask_to_authorise(page, "Manager Person (manager)")
        chief = office.tab("manager")
        chief.goto("/tasks")
        authorise(chief, notice)
        page.goto(f"/cases/{case}")
        follow(page, notice)
        sign_and_hand_over(page, notice)
    with office.on(32):
        page = office.tab("officer")
        page.goto(f"/cases/{case}")
        follow(page, notice)
        allege(page, 30)
        decide(page, "Fixed penalty notice")
        press(page, "Draft a fixed penalty notice")
        expect(page.get_by_label("What is alleged to be the offence?")).to_have_value(
            re.compile("On 4 February 2026 you did not comply with CPN-2026-")
        )
        page.get_by_label("What is alleged to be the offence?").fill("Amplified music from 23:40 to 01:15.")
        page.get_by_label("Reduced amount", exact=True).fill("75")
        page.get_by_label("Days within which").fill("10")
        page.get_by_label("To whom is it paid").fill("The council, Town Hall, Oxford")
        press(page, "Save the draft")
        press(page, "Authorise it")
        press(page, "Authorise it")
        told(page, "It can be signed now")
        penalty = page.url.split("/")[-2]
        sign_and_hand_over(page, penalty)
    with office.on(40):
        page = office.tab("officer")
        page.goto(f"/interventions/{penalty}")
        press(page, "Record a payment")
        expect(page.get_by_text("Still missing, if paid today")).to_be_visible()
        page.get_by_label("How much?").fill("75")
        page.get_by_label("How was it paid?").select_option(label="Card, online")
        press(page, "Record the payment")
        told(page, "The payment is recorded")
        page.goto(f"/cases/{case}")
        expect(page.locator(".asb-standing")).to_contain_text("Paid")
        expect(page.get_by_text("Lay an information")).to_be_hidden()


def test_an_alleged_breach_becomes_a_conviction(office: Office) -> None:
    def breached(track: Track) -> tuple[int, int]:
        notice = track.notice(20)
        return notice, track.breach(notice, 30)

    notice, breach = office.arrange(breached)
    address = f"/interventions/{office.reference(notice)}/breaches/{breach}"
    with office.on(32):
        page = office.tab("officer")
        page.goto(address)
        decide(page, "Prosecute")
        press(page, "Prepare a prosecution")
        page.get_by_label("Summary of the case").fill("Music after midnight, heard by two officers.")
        press(page, "Begin the file")
        told(page, "The file is begun")
        press(page, "Give the file to legal")
        give_a_reason_where_asked(page, "Give it to legal", "A penalty would not end it.")
        told(page, "The file is with legal")
        prosecution = page.url.rsplit("/", 1)[-1]
    with office.on(40):
        legal = office.tab("legal")
        legal.goto(f"/interventions/{prosecution}")
        press(legal, "Authorise the prosecution")
        legal.get_by_label("Evidential stage").fill("Two officers, one recording.")
        legal.get_by_label("Public interest stage").fill("Repeated after a warning and a notice.")
        legal.get_by_label("Under which authority?").fill("Delegation 7.3")
        press(legal, "Authorise the prosecution")
        told(legal, "The prosecution is authorised")
        press(legal, "Record that it was laid")
        type_day(legal, "laid_on", day(40))
        press(legal, "Record that it was laid")
        told(legal, "The six months are stopped")
    with office.on(80):
        legal = office.tab("legal")
        legal.goto(f"/interventions/{prosecution}")
        press(legal, "Record the court’s result")
        legal.get_by_label("Convicted").check()
        type_day(legal, "decided_on", day(80))
        legal.get_by_label("Plea").select_option(label="Guilty")
        legal.get_by_label("Fine").fill("400")
        press(legal, "Record the result")
        told(legal, "The court’s result is recorded")
        expect(legal.locator(".asb-identity")).to_contain_text("Convicted")


def test_while_an_appeal_runs_only_what_is_to_be_stopped_binds(office: Office) -> None:
    notice = office.arrange(lambda track: track.notice(20, requirements=[STOP, Asked(DO.kind, DO.text, day(40))]))
    address = f"/interventions/{office.reference(notice)}"
    with office.on(31):
        page = office.tab("officer")
        page.goto(address)
        expect(page.get_by_text("Binds today")).to_have_count(2)
        follow(page, "Record an appeal")
        expect(page.get_by_text("21 days beginning with").first).to_be_attached()
        type_day(page, "lodged_on", day(30))
        page.get_by_label("Which magistrates’ court?").fill("Oxford Magistrates’ Court")
        press(page, "Record the appeal")
        told(page, "The appeal is recorded")
        stop, do = page.locator(".asb-requirements__item").all()
        expect(stop).to_contain_text("Binds today")
        expect(do).to_contain_text("Suspended by appeal")
    with office.on(46):
        page = office.tab("officer")
        page.goto(address)
        press(page, "Record an alleged breach")
        type_day(page, "from_on", day(45))
        press(page, "Continue")
        expect(page.locator("[name=requirements]")).to_have_count(1)
        expect(page.locator("main")).to_contain_text("Remove the sofa")
    with office.on(51):
        legal = office.tab("legal")
        legal.goto(address)
        press(legal, "Record how the appeal ended")
        legal.get_by_label("Dismissed").check()
        type_day(legal, "determined_on", day(50))
        press(legal, "Record how it ended")
        told(legal, "How the appeal ended is recorded")
        expect(legal.get_by_text("Suspended by appeal")).to_have_count(0)


def with_complaint(track: Track) -> str:
    make_complaint(case=track.case, description="Music every weekend")
    return track.case.reference


def test_one_drafting_serves_a_shared_house_of_five(office: Office) -> None:
    names = [f"Tenant {name}" for name in ("Ash", "Birch", "Cedar", "Dogwood", "Elm")]

    def house(track: Track) -> str:
        for name in names:
            make_participant(track.case, make_person(name, born_on=date(2004, 2, 1)))
        return with_complaint(track)

    case = office.arrange(house)
    with office.on(0):
        page = office.tab("officer")
        page.goto(f"/cases/{case}")
        page.get_by_role("button", name="Draft a community protection warning (Tenant Ash)").click()
        for name in names:
            page.get_by_label(name).check()
        press(page, "Start the draft")
        first = reference_of(page)
        write_warning(page, comply_by=day(7))
        page.goto(f"/interventions/{first}/draft")
        drafts = [first, *(link.inner_text() for link in page.locator("main .govuk-list a").all())]
        assert len(drafts) == len(names)
        for draft in drafts[1:]:
            page.goto(f"/interventions/{draft}/draft/screening")
            screen(page)
            expect(page.locator("main")).to_contain_text("Amplified music until three")
        for draft in drafts:
            authorise(page, draft)
        for draft in drafts[:2]:
            sign_and_hand_over(page, draft)
        page.goto(f"/cases/{case}")
        expect(page.locator(".asb-standing", has_text="Tenant Ash")).to_contain_text("Given")
        expect(page.locator(".asb-standing", has_text="Tenant Elm")).to_contain_text("Authorised")


def test_a_notice_to_an_occupier_whose_name_nobody_knows(office: Office) -> None:
    case = office.arrange(with_complaint)
    with office.on(0):
        page = office.tab("officer")
        page.goto(f"/cases/{case}/warnings/new")
        page.locator("[name=recipients]").uncheck()
        page.get_by_label("The occupier of these premises").check()
        page.get_by_label("Address of the premises").fill("4 Rose Lane, Oxford")
        press(page, "Start the draft")
        warning = reference_of(page)
        page.get_by_label("What was done to find out").fill("Land Registry, neighbours and council tax asked.")
        write_warning(page, comply_by=day(7))
        authorise(page, warning)
        post_on_the_premises(page, warning)
    with office.on(14):
        page = office.tab("officer")
        page.goto(f"/interventions/{warning}")
        notice = draft_notice(page, day(13))
        authorise(office.tab("manager"), notice)
        page.goto(f"/interventions/{notice}/issue")
        page.get_by_label("I am satisfied of it").check()
        press(page, "Sign it")
        page.get_by_label("Posted on the premises").check()
        press(page, "Continue")
        expect(page.get_by_label("What was done to find out")).to_have_value(re.compile("Land Registry"))
        page.get_by_label("Premises", exact=True).fill("4 Rose Lane, Oxford")
        press(page, "Record it")
        told(page, f"It is recorded how {notice} was given")
        expect(page.locator(".asb-identity")).to_contain_text("In force")


def test_at_the_door_at_night_on_one_signature(office: Office) -> None:
    """Friday, half past eleven: warned at ten, still as loud. On Monday a manager looks at it."""
    office.decide("cpn_four_eyes", "checked_next_working_day")
    warning = office.arrange(lambda track: track.warn(4, comply_by=day(4)))
    with office.on(4, 23):
        page = office.tab("officer", viewport=TELEPHONE)
        page.goto(f"/interventions/{office.reference(warning)}")
        notice = draft_notice(page, day(4))
        follow(page, "At the door: sign it and hand it over now")
        expect(page.locator("main")).to_contain_text("A second person’s check falls due on the next working day")
        page.get_by_label("I am satisfied of it").check()
        press(page, "Sign it and record that it was handed over")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        expect(page.get_by_label("Time")).not_to_have_value("")
        page.get_by_label("Why you go on as it is").fill("The whole street was awake.")
        press(page, "Sign it and record that it was handed over")
        told(page, f"{notice} is signed and given")
        expect(page.locator(".asb-identity")).to_contain_text("In force")
    with office.on(7):
        chief = office.tab("manager")
        chief.goto("/tasks?whose=all")
        expect(chief.locator("main")).to_contain_text(f"Second person’s check of {notice}")
        chief.goto(f"/interventions/{notice}")
        press(chief, "Record the second person’s check")
        press(chief, "Record my check")
        told(chief, f"Your check of {notice} is recorded")
