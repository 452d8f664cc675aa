"""What befalls an officer at work, in the browser: the night's shift, two cases that are one, a colleague who was quicker,
a session that ran out, a keyboard without a mouse, a browser without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.factories import make_complaint, make_note, make_task
from tests.support.axe import violations
from tests.support.enforcement_track import Track, day
from tests.support.office import PASSWORD, TELEPHONE, Office
from tests.support.officers_hand import (
    draft_warning,
    follow,
    log_complaint,
    open_case,
    press,
    sign_and_hand_over,
    told,
    type_day,
)


def case_with_a_note(track: Track) -> str:
    """A case with something to be lost and found: its reference."""
    make_note(track.case, text="Spoke to the neighbour at number 12")
    make_complaint(case=track.case, description="Music every weekend")
    make_task(track.case, title="Ring the landlord")
    return track.case.reference


def test_a_duty_officers_night(office: Office) -> None:
    """Past midnight the shift is still yesterday's; what binds at the address is read before the door is knocked on."""
    office.arrange(lambda track: track.notice(1, warned_on=0), name="Rowan Bassline")
    with office.on(4, 23, 50):
        page = office.tab("duty", viewport=TELEPHONE)
        page.goto("/")
        follow(page, "Notices in force tonight") if page.get_by_role(
            "link", name="Notices in force tonight"
        ).count() else page.goto("/notices-tonight")
        page.get_by_label("Name of a person or body").fill("rowan bass")
        press(page, "Find notices")
        expect(page.locator("main")).to_contain_text("Stop playing amplified music in the garden")
        expect(page.get_by_text("Binds", exact=False).first).to_be_visible()
    with office.on(5, 0, 40):
        page = office.tab("duty", viewport=TELEPHONE)
        page.goto("/out-of-hours")
        press(page, "Record a request")
        page.get_by_label("Time received").fill("23:55")
        page.get_by_label("Where it is happening").fill("4 Rose Lane, OX4 9ZZ")
        page.get_by_label("Party", exact=True).check()
        page.get_by_label("What was reported, and what was heard").fill("Bass heard from the street.")
        page.get_by_label("Somebody who did not want to be named").check()
        page.get_by_label("Visit", exact=True).check()
        page.get_by_label("Time of arrival").fill("00:20")
        press(page, "Record the request")
        told(page, "The request is recorded")
        expect(page.locator("main")).to_contain_text("Friday 9 January 2026")
        page.goto("/out-of-hours")
        expect(page.get_by_role("heading", level=1)).to_have_text("Tonight’s shift")
        expect(page.locator(".asb-stack")).to_contain_text("25 min")
        follow(page, "Add what happened later")
        page.get_by_label("What happened").fill("Quiet when passed again at 00:55.")
        press(page, "Add it")
        told(page, "What happened later is added")
        assert violations(page) == []


def test_two_cases_become_one_and_two_again(office: Office) -> None:
    kept, other = office.arrange(case_with_a_note), office.arrange(case_with_a_note, name="Second Subject")
    with office.on(10):
        page = office.tab("manager")
        page.goto(f"/cases/{other}")
        follow(page, "Merge into another case")
        page.get_by_label("Reference of the case that is kept").fill(kept)
        page.get_by_label("Why they are one case").fill("The same flat.")
        press(page, "Merge the cases")
        if page.locator("#cautions_reason").count():
            page.locator("#cautions_reason").fill("Both officers agree.")
            press(page, "Merge the cases")
        told(page, f"{other} is merged into this case")
        expect(page.locator("h2", has_text="Timeline")).to_be_visible()
        expect(page.get_by_text("Spoke to the neighbour at number 12")).to_have_count(2)
        expect(page.locator(".asb-standing")).to_have_count(2)
        page.goto(f"/cases/{other}")
        expect(page.locator("main")).to_contain_text(kept)
        page.goto(f"/cases/{other}/connections")
        follow(page, "Undo the merge")
        page.get_by_label("Why").fill("Another flat after all.")
        press(page, "Undo the merge")
        told(page, "The merge is undone")
        for case in (kept, other):
            page.goto(f"/cases/{case}")
            expect(page.get_by_text("Spoke to the neighbour at number 12")).to_have_count(1)
            expect(page.locator(".asb-standing")).to_have_count(1)


def test_a_colleague_was_quicker(office: Office) -> None:
    """A tab that stood open over lunch: both versions are shown, with what was typed here."""
    case = office.arrange(case_with_a_note)
    with office.on(10):
        slow, quick = office.tab("officer"), office.tab("manager")
        slow.goto(f"/cases/{case}/change")
        quick.goto(f"/cases/{case}/change")
        quick.get_by_label("Title").fill("Music from the top floor")
        press(quick, "Save")
        expect(quick.get_by_role("heading", level=1)).to_have_text("Music from the top floor")
        slow.get_by_label("Title").fill("Music from the ground floor")
        with slow.expect_response(lambda answer: answer.request.method == "POST") as answered:
            press(slow, "Save")
        assert answered.value.status == 409
        expect(slow.get_by_role("heading", level=1)).to_have_text("Somebody else has changed this record")
        row = slow.locator("tr", has_text="Title")
        expect(row).to_contain_text("Music from the ground floor")
        expect(row).to_contain_text("Music from the top floor")
        assert violations(slow) == []
        follow(slow, "open the record as it is now")
        expect(slow.get_by_label("Title")).to_have_value("Music from the top floor")


def test_a_session_runs_out_and_nothing_typed_is_lost(office: Office) -> None:
    case = office.arrange(case_with_a_note)
    typed = "He said that the speakers would go on Friday."
    with office.on(10, 9):
        page = office.tab("officer")
        page.goto(f"/cases/{case}/notes/new")
        page.get_by_label("Note", exact=True).fill(typed)
        page.get_by_label("For the record").check()
    with office.on(10, 19):
        press(page, "Add the note")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in again to go on")
        assert typed not in page.content()
        page.get_by_label("Email address").fill("officer@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        press(page, "Sign in")
        press(page, "Go on with what you typed")
        expect(page.get_by_label("Note", exact=True)).to_have_value(typed)
        expect(page.get_by_label("For the record")).to_be_checked()
        press(page, "Add the note")
        expect(page.get_by_text(typed)).to_be_visible()


FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  const seen = document.activeElement.matches("[type=radio], [type=checkbox]")
    ? getComputedStyle(document.activeElement.nextElementSibling, "::before") : style;
  return seen.outlineStyle !== "none" || seen.boxShadow !== "none";
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control with this id or these words has the focus, which must be seen wherever it goes."""
    for _ in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if page.evaluate(
            "name => [document.activeElement.id, document.activeElement.innerText?.trim()].includes(name)", name
        ):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def enter(page: Page) -> None:
    """Press Enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_with_the_keyboard_alone(office: Office) -> None:
    """A complaint and a contact by Tab, Enter, Space and arrows; what was forgotten is where the focus goes."""
    case = office.arrange(case_with_a_note)
    with office.on(10):
        page = office.tab("officer")
        page.goto("/complaints/new")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main-content")).to_be_focused()
        tab_to(page, "categories-3")
        page.keyboard.press("Space")
        tab_to(page, "reporter")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Log the complaint")
        enter(page)
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#description")).to_be_focused()
        page.keyboard.type("Shouting under the window.")
        tab_to(page, "Log the complaint")
        enter(page)
        told(page, "is logged and waits for triage")
        expect(page.locator(".govuk-notification-banner")).to_be_focused()
        page.goto(f"/cases/{case}")
        tab_to(page, "Record a contact")
        enter(page)
        tab_to(page, "who")
        page.keyboard.press("Space")
        tab_to(page, "channel")
        page.keyboard.press("Space")
        tab_to(page, "told")
        page.keyboard.type("Asked to keep it down.")
        tab_to(page, "Record the contact")
        enter(page)
        told(page, "The contact is recorded")


def test_from_a_complaint_to_a_warning_without_scripts(office: Office) -> None:
    with office.on(0):
        page = office.tab("officer", java_script_enabled=False, viewport=TELEPHONE)
        complaint = log_complaint(page, about="Noah Script", by="Una Plain", place="7 Plain Row")
        case = open_case(page, complaint)
        warning = draft_warning(page, day(7))
        press(page, "Authorise it")
        press(page, "Authorise it")
        told(page, "It can be signed now")
        sign_and_hand_over(page, warning)
        page.goto(f"/cases/{case}")
        expect(page.locator(".asb-standing")).to_contain_text("Given")
    with office.on(14):
        page = office.tab("officer", java_script_enabled=False)
        page.goto(f"/interventions/{warning}")
        press(page, "Record that it was not heeded")
        type_day(page, "evidence_on", day(13))
        page.get_by_label("What shows it?").fill("Heard from the street.")
        press(page, "Record that it was not heeded")
        expect(page.locator(".asb-identity")).to_contain_text(re.compile("Not heeded"))


def test_a_visit_that_was_sent_into_a_lost_signal_is_kept_and_sent_afterwards(office: Office) -> None:
    case = office.arrange(case_with_a_note)
    visit, words = f"/cases/{case}/visits/new", "Loud from the pavement at ten."
    with office.on(1):
        page = office.tab("officer", viewport=TELEPHONE)
        page.goto(visit)
        page.get_by_label("Somebody else").check()
        page.get_by_label("What you saw").fill(words)
        page.context.set_offline(True)
        press(page, "Log the visit")
        expect(page.locator(".asb-draft")).to_contain_text("kept in this tab")
        page.context.set_offline(False)
        page.wait_for_timeout(1_000)  # so long the button takes another press for a double click
        # This time the browser believes that there is a signal, and what is sent is lost on its way.
        page.route("**/visits/new", lambda route: route.abort("internetdisconnected"))
        press(page, "Log the visit")
        expect(page).to_have_url(re.compile("^chrome-error:"))
        page.unroute("**/visits/new")
        page.goto(f"/cases/{case}")
        page.goto(visit)
        press(page, "Put it back")
        expect(page.get_by_label("What you saw")).to_have_value(words)
        press(page, "Log the visit")
        told(page, "The visit is recorded")
        page.wait_for_function("() => Object.keys(sessionStorage).length === 0")
