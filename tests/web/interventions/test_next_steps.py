"""What the law says now, on the pages: open steps as buttons, the others with every reason, its section and its remedy."""

import pytest

from asb_cases.adapters.time import today
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.user import Team
from asb_cases.web.interventions.steps import STEP_PAGES, StepPage
from tests import factories as make
from tests.support.page_markup import Page
from tests.support.query_counter import counted_queries
from tests.web.reading.conftest import Reading, reading  # noqa: F401 (a fixture)

NEXT_STEPS = 14


@pytest.fixture(autouse=True)
def every_line_has_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever pages exist: here each line leads to a page that lets everybody in."""
    lines = {
        key: StepPage(line.label, "cases.case", {"reference": "case", **{f"its_{whose}": whose for whose in line.fills.values()}})
        for key, line in STEP_PAGES.items()
    }  # fmt: skip
    monkeypatch.setattr("asb_cases.web.interventions.steps.STEP_PAGES", lines)


def buttons(page: Page) -> list[str]:
    return [link.text for link in page.root.all("a") if "govuk-button" in link.attributes.get("class", "")]


def text_of(page: Page) -> str:
    return " ".join(page.root.text.split())


def test_the_page_of_a_case_offers_what_is_open(reading: Reading) -> None:  # noqa: F811
    page = reading.client().page(f"/cases/{reading.full.case}")
    shown = buttons(page)
    assert any(each.startswith("Record an alleged breach") for each in shown)
    assert any(each.startswith("Draft a community protection warning") for each in shown)
    assert not any(each.startswith("Record an appeal") for each in shown)
    assert "Every next step" in text_of(page)


def test_who_takes_no_steps_is_offered_none(reading: Reading) -> None:  # noqa: F811
    for role in (Role.PARTNER, Role.ANALYST, Role.DUTY_OFFICER):
        page = reading.client(role).page(f"/cases/{reading.full.case}")
        assert buttons(page) == []
        assert "Every next step" not in text_of(page)


def test_an_intervention_says_why_a_step_is_not_open(reading: Reading) -> None:  # noqa: F811
    page = text_of(reading.client().page(f"/interventions/{reading.full.notice}"))
    assert "What can be done now" in page
    assert "An appeal against this notice is in progress already." in page
    assert "2014 Act s.46(1)" in page
    assert "Ask a manager or legal." in page


def test_the_steps_of_a_case_stand_on_one_page_with_all_reasons(reading: Reading) -> None:  # noqa: F811
    client, full = reading.client(), reading.full
    page = client.page(f"/cases/{full.case}/next-steps")
    told = text_of(page)
    for reference in (full.warning, full.notice, full.penalty, full.prosecution):
        assert reference in told
    assert "Draft a fixed penalty notice (alleged breach of" in told
    assert "A fixed penalty notice was given for this alleged breach already." in told
    with counted_queries(reading.app) as statements:
        client.get(f"/cases/{full.case}/next-steps")
    assert len(statements) <= NEXT_STEPS


def test_a_step_that_time_alone_will_open_says_from_when(reading: Reading) -> None:  # noqa: F811
    with reading.app.app_context():
        penalty = db.session.query(Intervention).filter_by(reference=reading.full.penalty).one()
        penalty.status, penalty.issued_on = "issued", today()
        db.session.commit()
    page = text_of(reading.client().page(f"/interventions/{reading.full.penalty}"))
    assert "Opens on" in page
    assert "14 days following" in page


def test_a_case_without_a_subject_says_so(reading: Reading) -> None:  # noqa: F811
    with reading.app.app_context():
        case = make.make_case(team=db.session.get_one(Team, reading.full.team_id)).reference
    page = text_of(reading.client().page(f"/cases/{case}/next-steps"))
    assert "Nobody is named as the subject" in page
    assert "Close the case" in page
    assert "Add who it is about" in text_of(reading.client().page(f"/cases/{case}"))
