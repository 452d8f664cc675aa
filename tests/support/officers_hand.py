"""An officer's hand on the pages of a case, in a browser: what is typed and pressed from a complaint to its end, in the
words that the pages use."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from tests.support.enforcement_track import day

ANSWERS = {
    "detrimental-effect": "Four households could not sleep.",
    "persistent-or-continuing": "Three nights in two weeks.",
    "unreasonable": "It went on after two requests.",
}


def press(page: Page, words: str) -> None:
    """The button with these words; a link that looks like one too."""
    page.get_by_role("button", name=words).first.click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("link", name=words).first.click()


def told(page: Page, words: str) -> None:
    """The page says that it was done."""
    expect(page.locator(".govuk-notification-banner")).to_contain_text(words)


def type_day(page: Page, name: str, when: date) -> None:
    for part, number in (("day", when.day), ("month", when.month), ("year", when.year)):
        page.locator(f'[id="{name}-{part}"]').fill(str(number))


def log_complaint(
    page: Page, *, about: str = "Mick Harlow", by: str = "Ann Carter", place: str = "14 Rose Lane"
) -> str:
    """A complaint by a person about a person, made now. Its reference."""
    page.goto("/complaints/new")
    page.get_by_label("What happened").fill("Loud music until three, the third weekend running.")
    page.get_by_label("Noise: loud music").check()
    page.get_by_label("Address or place").fill(place)
    page.get_by_label("Yesterday").check()
    page.get_by_label("Their name").fill(by)
    page.get_by_label("A person", exact=True).nth(1).check()
    page.get_by_label("Name of the person").fill(about)
    page.get_by_label("Where they live").fill(place)
    press(page, "Log the complaint")
    told(page, "is logged and waits for triage")
    return page.url.rsplit("/", 1)[-1]


def open_case(page: Page, complaint: str) -> str:
    """A new case for a complaint. Its reference."""
    page.goto(f"/complaints/{complaint}")
    follow(page, "Decide where it goes")
    page.get_by_label("Open a new case").check()
    page.get_by_label("2: Verbal abuse").check()
    press(page, "Save the decision")
    told(page, "is opened")
    return page.url.rsplit("/", 1)[-1]


def draft_warning(page: Page, comply_by: date) -> str:
    """From the page of a case: a warning to its one subject, part by part. Its reference; the page is the draft's check."""
    press(page, "Draft a community protection warning")
    press(page, "Start the draft")
    reference = reference_of(page)
    follow(page, "Change age")
    page.get_by_label("why they are believed to be 16 or over").fill("Tenant of the flat since 2019")
    press(page, "Save")
    write_warning(page, comply_by)
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    return reference


def write_warning(page: Page, comply_by: date) -> None:
    """From the first part of a draft to the last; the page is its check."""
    press(page, "Save and continue")
    page.get_by_label("What was done or left undone").fill("Amplified music until three on 3 and 4 January.")
    page.get_by_label("No", exact=True).check()
    press(page, "Save and continue")
    for part, answer in ANSWERS.items():
        expect(page).to_have_url(re.compile(part))
        page.locator("[name=answer]").fill(answer)
        page.locator("[name=picked]").first.check()
        press(page, "Save and continue")
    page.get_by_label("Stop doing something").check()
    page.get_by_label("What exactly, where and when").fill("Stop playing amplified music at 14 Rose Lane after 11 pm.")
    press(page, "Save and continue")
    type_day(page, "comply_by", comply_by)
    press(page, "Save and continue")
    screen(page)


def screen(page: Page) -> None:
    """Nothing is known that speaks against it. The page is the draft's check."""
    for nothing in page.get_by_label("Nothing known").all():
        nothing.check()
    page.get_by_label("What follows from it").fill("Neighbours and the tenancy file asked.")
    press(page, "Save and continue")
    expect(page).to_have_url(re.compile("/check$"))


def draft_notice(page: Page, told_on: date) -> str:
    """From the page of a warning: the notice that follows it, brought up to date. Its reference; the page is its check."""
    press(page, "Draft a notice that follows it")
    press(page, "Start the draft")
    reference = reference_of(page)
    press(page, "Save and go to the draft")
    follow(page, "Enough time, and how long it lasts")
    page.get_by_label("Why they had enough time").fill("A week to turn it down; heard again on 18 January.")
    press(page, "Save and continue")
    page.get_by_label("Who was told", exact=True).fill("Meadow Housing, the landlord")
    type_day(page, "consultees-0-told_on", told_on)
    press(page, "Save and continue")
    press(page, "Save and continue")
    expect(page).to_have_url(re.compile("/check$"))
    return reference


def ask_to_authorise(page: Page, name: str) -> None:
    """From the check of a draft: somebody else is asked."""
    page.get_by_label("Who is to authorise it?").select_option(label=name)
    press(page, "Ask them")
    told(page, "They have a task to authorise it")


def authorise(page: Page, reference: str) -> None:
    page.goto(f"/interventions/{reference}/check")
    press(page, "Authorise it")
    press(page, "Authorise it")
    told(page, "It can be signed now")


def sign_and_hand_over(page: Page, reference: str) -> None:
    """Signed and handed over today, as the pages lead from one to the next."""
    page.goto(f"/interventions/{reference}/issue")
    page.get_by_label("I am satisfied of it").check()
    press(page, "Sign it")
    page.get_by_label("Handed to the recipient").check()
    press(page, "Continue")
    press(page, "Record it")
    told(page, f"It is recorded how {reference} was given")


def post_on_the_premises(page: Page, reference: str) -> None:
    """Signed and fixed to the premises today."""
    page.goto(f"/interventions/{reference}/issue")
    page.get_by_label("I am satisfied of it").check()
    press(page, "Sign it")
    page.get_by_label("Posted on the premises").check()
    press(page, "Continue")
    page.get_by_label("Premises", exact=True).fill("4 Rose Lane, Oxford")
    press(page, "Record it")
    told(page, f"It is recorded how {reference} was given")


def give_a_reason_where_asked(page: Page, button: str, reason: str) -> None:
    """Press on, and say why where practice advises against it."""
    press(page, button)
    if page.locator("#cautions_reason").count():
        page.locator("#cautions_reason").fill(reason)
        press(page, button)


def allege(page: Page, on: int) -> None:
    """From the page of a notice: an alleged breach of its first requirement on a day."""
    press(page, "Record an alleged breach")
    type_day(page, "from_on", day(on))
    press(page, "Continue")
    page.locator("[name=requirements]").first.check()
    page.get_by_label("What else shows it?").fill("Heard by two officers for twenty minutes.")
    press(page, "Record the alleged breach")
    told(page, "The alleged breach is recorded")


def decide(page: Page, decision: str) -> None:
    """From the page of an alleged breach: what is done about it."""
    press(page, "Decide what is done about it")
    page.get_by_label("What does the recipient say?").fill("Says it was a birthday.")
    page.get_by_label(decision, exact=True).check()
    page.get_by_label("Why?").fill("Two officers heard it.")
    press(page, "Record the decision")
    told(page, "The decision is recorded")


def reference_of(page: Page) -> str:
    """Of the document that the page is about."""
    found = re.search(r"[A-Z]{3}-\d{4}-\d+", page.url)
    assert found, page.url
    return found.group(0)
