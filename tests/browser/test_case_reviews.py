"""A case review in a real browser: by whoever coordinates it, a second person, whoever decides, and for its chair."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.deadline import Deadline
from tests.factories import make_case, make_complaint, make_person, make_team, make_user
from tests.support.axe import violations
from tests.support.signed_in import cookie_of


@pytest.mark.engines("sqlite")
def test_from_the_application_to_the_outcome(browser: Browser, app: Flask, live_server: str) -> None:
    with app.app_context():
        team = make_team()
        owner = make_user(Role.MANAGER, team=team)
        people = {"owner": owner.id, "decider": make_user(Role.MANAGER, team=team).id}
        people |= {name: make_user(Role.OFFICER, team=team).id for name in ("coordinator", "second")}
        case = make_case(team=team, owner=owner, opened_on=today())
        for _ in range(3):
            make_complaint(case=case, complainant=make_person(), made_on=today(), occurred_on=today())
        reference = case.reference

    def desk(who: str) -> Page:
        context = browser.new_context(base_url=live_server, locale="en-GB", timezone_id="Europe/London")
        context.add_cookies([cookie_of(app, people[who], live_server)])
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        return tab

    coordinator, second, owner_tab, decider = (desk(who) for who in ("coordinator", "second", "owner", "decider"))

    coordinator.goto(f"/cases/{reference}/case-review/new")
    coordinator.get_by_label("Phone", exact=True).check()
    coordinator.get_by_label("Name of the applicant", exact=True).fill("Ann Example")
    coordinator.get_by_label("The victim", exact=True).check()
    press(coordinator, "Receive the application")
    page_of_review = coordinator.url
    expect(coordinator.get_by_text("the threshold must be decided to be met")).to_be_visible()
    assert violations(coordinator) == []

    coordinator.get_by_role("link", name="Enter a complaint made to another body").click()
    coordinator.get_by_label("Made to", exact=True).fill("The police")
    press(coordinator, "Enter it")
    expect(coordinator.get_by_text("The date of the behaviour is not known", exact=False)).to_be_visible()
    coordinator.get_by_role("link", name="Set aside of complaint 1", exact=True).click()
    coordinator.get_by_label("The behaviour was not in the area").check()
    coordinator.get_by_label("What shows it").fill("Over the border")
    press(coordinator, "Propose it")
    expect(coordinator.get_by_role("link", name="Confirm of complaint 1", exact=True)).to_have_count(0)

    decider.goto(f"{page_of_review}/decide")
    expect(decider.get_by_label("It is not met")).to_have_count(0)  # it counts until somebody else confirms
    second.goto(page_of_review)
    second.get_by_role("link", name="Confirm of complaint 1", exact=True).click()
    press(second, "I confirm it")
    expect(second.get_by_text("2 of the 3 qualifying complaints needed")).to_be_visible()

    for tab in (owner_tab, decider):
        tab.goto(f"{page_of_review}/decide")
        tab.get_by_label("It is met", exact=True).check()
        for label in ("How persistent", "What harm", "How adequate"):
            tab.get_by_label(label, exact=False).fill("Weighed")
        press(tab, "Record the decision")
    expect(owner_tab.get_by_text("Whoever decides must not be the owner of the case.").first).to_be_visible()
    expect(decider.get_by_text("Next: Tell the applicant that it is met.")).to_be_visible()

    with app.app_context():
        late = {"starts_on": today() - timedelta(days=9), "last_day": today() - timedelta(days=1)}
        db.session.execute(update(Deadline).where(Deadline.rule == "case_review_notify").values(**late))
        db.session.commit()
    decider.goto("/")
    decider.get_by_role("link", name="Case review letters overdue").click()
    expect(decider.get_by_role("cell", name="Overdue")).to_be_visible()

    coordinator.goto(f"{page_of_review}/letters/met")
    expect(coordinator.get_by_text("decided on", exact=False).first).to_be_visible()
    coordinator.goto(f"{page_of_review}/notify")
    coordinator.get_by_label("Letter", exact=True).check()
    press(coordinator, "Record it")
    coordinator.get_by_role("link", name="Arrange the review").click()
    coordinator.get_by_label("Who chairs it").fill("Dr Larkmoor")
    coordinator.get_by_label("Yes", exact=True).check()
    press(coordinator, "Save")
    coordinator.get_by_role("link", name="Record that the review was held").click()
    coordinator.get_by_label("Minutes", exact=True).fill("All were heard.")
    press(coordinator, "Record it")
    coordinator.get_by_label("Why you go on as it is").fill("She wishes no part in it")
    press(coordinator, "Record it")
    coordinator.get_by_role("link", name="Record a recommendation").click()
    coordinator.get_by_label("To whom", exact=True).fill("The police")
    coordinator.get_by_label("What is recommended").fill("Name an officer whom she can reach")
    press(coordinator, "Record it")
    coordinator.goto(f"{page_of_review}/outcome")
    coordinator.get_by_label("Letter", exact=True).check()
    press(coordinator, "Record it")
    expect(coordinator.get_by_text("Next: Follow up the actions, or close.")).to_be_visible()
    assert violations(coordinator) == []
    for tab in (coordinator, second, owner_tab, decider):
        tab.context.close()


def press(tab: Page, button: str) -> None:
    tab.get_by_role("button", name=button, exact=True).click()
