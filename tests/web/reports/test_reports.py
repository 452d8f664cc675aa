"""The pages of figures: what they show, to whom, and that each number opens the rows it counts."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.figures import FIGURES
from asb_cases.domain.history import HistoryOperation
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.history import Consultation
from asb_cases.reports.addresses import rows_path
from tests.factories import make_case, make_case_review, make_complaint, make_intervention, make_person, make_team
from tests.factories.outcomes import make_coverage, make_series, make_value
from tests.support.page_client import PageClient
from tests.support.page_markup import Page
from tests.support.signed_in import client_with_role

WITHIN = date(2015, 9, 1)
YEAR = "from=2015-04-01&to=2016-03-31"


@pytest.fixture
def with_rows(app: Flask) -> Flask:
    with app.app_context():
        secret = make_case(opened_on=WITHIN, restricted=True)
        make_intervention("CPW", case=secret, subject=make_person("Hidden Name"), issued_on=WITHIN)
        for _ in range(2):
            warned = make_intervention("CPW", subject=make_person("Ann Example"), issued_on=WITHIN)
        make_intervention("CPN", follows=warned, issued_on=WITHIN)
        make_complaint(made_on=date(2015, 12, 1), channel=Channel.OUT_OF_HOURS)
        make_case_review(applied_on=date(2015, 6, 1))
        crime = make_series("police_recorded_crime", title="Recorded crime")
        make_value(crime, date(2015, 4, 1), date(2016, 3, 31), 14_081)
        make_value(crime, date(2014, 4, 1), date(2015, 3, 31), 13_718)
    return app


@pytest.fixture
def manager(with_rows: Flask) -> PageClient:
    return client_with_role(with_rows, Role.MANAGER)


def rows_on(page: Page) -> int:
    [table] = [each for each in page.root.all("table") if each.all("caption")[0].text == "Rows counted"]
    return len(table.all("tr")) - 1


def test_the_first_page_leads_to_every_year_with_records(manager: PageClient) -> None:
    page = manager.page("/reports")
    links = {link.attributes["href"] for link in page.root.all("a")}
    assert "/reports/partnership/2015-16" in links
    assert f"/reports/figures?{YEAR}" in links
    assert "/reports/partnership/2014-15" not in links


def test_a_period_beside_the_one_before(manager: PageClient) -> None:
    page = manager.page(f"/reports/figures?{YEAR}")
    text = page.root.text
    assert "Figures for 2015-16" in text
    assert "+2.6%" in text
    assert "14,081" in text
    chosen = "from-day=1&from-month=4&from-year=2015&to-day=31&to-month=3&to-year=2016&compare=none"
    assert "+2.6%" not in manager.page(f"/reports/figures?{chosen}").root.text


def test_a_period_in_words_leads_to_its_days_beside_any_other_and_broken_down(manager: PageClient) -> None:
    asked = "period=2015-16&compare=other&against=since+1+June+2014&by=everything"
    response = manager.get(f"/reports/figures?{asked}")
    assert response.status_code == 302
    page = manager.page(response.headers["Location"])
    assert "beside 1 June 2014 to" in page.root.text
    tables = {table.all("caption")[0].text: table for table in page.root.all("table")}
    by_kind = tables["Requests to the out-of-hours service, by kind"]
    [number] = [link for link in by_kind.all("a") if f"?{YEAR}&by=kind" in link.attributes["href"]]
    assert number.text.startswith("1 ")
    assert rows_on(manager.page(number.attributes["href"])) == 1
    assert "Recipients of CPWs, by age band" in tables


def test_every_number_on_the_page_opens_as_many_rows(manager: PageClient) -> None:
    """The links as they stand on the page, followed."""
    followed = 0
    page = manager.page(f"/reports/figures?{YEAR}")
    for link in page.root.all("a"):
        address = link.attributes["href"]
        shown = re.match(r"[\d,.]+", link.text)
        code = address.removeprefix("/reports/figures/").partition("?")[0]
        if code not in FIGURES or FIGURES[code].over or shown is None:
            continue
        opened = manager.page(address)
        number = int(shown[0].replace(",", ""))
        assert (rows_on(opened) if number else "There is nothing to count" in opened.root.text) == (number or True), (
            address
        )
        followed += 1
    assert followed > 20


def test_every_link_of_the_partnership_report_leads_to_its_rows(manager: PageClient) -> None:
    page = manager.page("/reports/partnership/2015-16")
    paths = {link.attributes["href"] for link in page.root.all("a") if "/reports/figures/" in link.attributes["href"]}
    assert len(paths) > 20
    for path in paths:
        assert manager.get(path).status_code == 200, path


def test_a_restricted_row_keeps_its_place_without_content(manager: PageClient) -> None:
    page = manager.page(f"/reports/figures/cpw_issued?{YEAR}")
    assert rows_on(page) == 3
    assert "Restricted" in page.root.text
    assert "Ann Example" in page.root.text
    assert "Hidden Name" not in page.root.text
    file = manager.get(f"/reports/figures/cpw_issued/rows.csv?{YEAR}").get_data(as_text=True)
    assert len(file.splitlines()) == 4
    assert "Hidden Name" not in file


def test_an_analyst_sees_references_and_no_names(with_rows: Flask) -> None:
    analyst = client_with_role(with_rows, Role.ANALYST)
    for code in ("cpw_issued", "cpw_recipients", "complaints_received", "case_review_applications"):
        text = analyst.get(f"/reports/figures/{code}?{YEAR}").get_data(as_text=True)
        assert "Ann Example" not in text
        assert "Hidden Name" not in text
    page = analyst.page(f"/reports/figures/cpw_issued?{YEAR}")
    assert page.root.text.count("CPW-2026-") == 3
    file = analyst.get(f"/reports/figures/cpw_issued/rows.csv?{YEAR}").get_data(as_text=True)
    assert "Example" not in file


def test_what_is_shown_and_what_leaves_is_on_record(manager: PageClient, app: Flask) -> None:
    manager.get(f"/reports/figures/cpw_issued?{YEAR}")
    manager.get(f"/reports/figures/cpw_issued/rows.csv?{YEAR}")
    with app.app_context():
        viewings = list(db.session.scalars(select(Consultation).order_by(Consultation.id)))
        assert [(each.endpoint, each.operation) for each in viewings] == [
            ("figure_rows.rows", HistoryOperation.CONSULTATION),
            ("figure_rows.rows_file", HistoryOperation.DISCLOSURE),
        ]
        assert len(viewings[0].shown.split(",")) == 2  # the restricted row is not shown


@pytest.mark.usefixtures("with_rows")
def test_who_comes_in(app: Flask) -> None:
    expected = {
        Role.OFFICER: (200, 200, 403, 200, 200),
        Role.MANAGER: (200, 200, 200, 200, 200),
        Role.LEGAL: (200, 200, 403, 404, 200),
        Role.DUTY_OFFICER: (200, 200, 403, 403, 403),
        Role.PARTNER: (403, 403, 403, 403, 403),
        Role.ANALYST: (200, 200, 200, 200, 200),
        Role.ADMINISTRATOR: (403, 403, 403, 403, 403),
    }
    paths = (
        "/reports", f"/reports/figures?{YEAR}", "/reports/partnership/2015-16",
        f"/reports/figures/cpw_issued?{YEAR}", f"/reports/figures.csv?{YEAR}",
    )  # fmt: skip
    for role, statuses in expected.items():
        client = client_with_role(app, role)
        assert tuple(client.get(path).status_code for path in paths) == statuses, role


def test_an_officer_counts_the_teams_cases(with_rows: Flask) -> None:
    with with_rows.app_context():
        team = make_team()
        make_intervention("CPW", case=make_case(team=team), issued_on=WITHIN)
        client = client_with_role(with_rows, Role.OFFICER, team=team)
    assert "your team’s" in client.page(f"/reports/figures?{YEAR}").root.text
    assert rows_on(client.page(f"/reports/figures/cpw_issued?{YEAR}")) == 1
    assert client.get(f"/reports/figures/police_recorded_crime?{YEAR}").status_code == 404


def test_a_rate_shows_where_it_comes_from(manager: PageClient) -> None:
    page = manager.page(f"/reports/figures/cpw_to_cpn_rate?{YEAR}")
    assert "33.3%" in page.root.text
    assert "1 over 3." in page.root.text
    paths = [link.attributes["href"] for link in page.root.all("a")]
    for code, number in (("cpn_with_warning", 1), ("cpw_complete", 3)):
        assert rows_path(code, financial_year(2015)) in paths
        assert rows_on(manager.page(rows_path(code, financial_year(2015)))) == number


def test_a_series_shows_what_was_supplied(manager: PageClient) -> None:
    page = manager.page(f"/reports/figures/police_recorded_crime?{YEAR}")
    assert "14,081" in page.root.text
    assert "The police" in page.root.text
    empty = manager.page(f"/reports/figures/contacts_received?{YEAR}")
    assert "No value was supplied" in empty.root.text


def test_records_not_kept_are_said_and_show_no_rows(manager: PageClient, app: Flask) -> None:
    with app.app_context():
        make_coverage("cpw_issued", date(2016, 1, 1))
    page = manager.page(f"/reports/figures/cpw_issued?{YEAR}")
    assert "not known" in page.root.text
    assert "Records are complete only from 1 January 2016" in page.root.text


def test_parts_of_a_breakdown_open_their_own_rows(manager: PageClient) -> None:
    page = manager.page(f"/reports/figures/out_of_hours_requests?{YEAR}")
    [path] = [link.attributes["href"] for link in page.root.all("a") if "by=kind" in link.attributes["href"]]
    part = manager.page(path)
    assert part.root.all("h1")[0].text == "Requests to the out-of-hours service: Other"
    assert rows_on(part) == 1


def test_long_lists_come_a_page_at_a_time(manager: PageClient, app: Flask) -> None:
    with app.app_context():
        for _ in range(60):
            make_complaint(made_on=WITHIN)
    first = manager.page(f"/reports/figures/complaints_received?{YEAR}")
    [following] = [link.attributes["href"] for link in first.root.all("a") if link.attributes.get("rel") == "next"]
    assert (rows_on(first), rows_on(manager.page(following))) == (50, 11)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/reports/partnership/2015-17", 404, "is not a financial year: write it as 2015-16"),
        ("/reports/partnership/soon", 404, "is not a financial year"),
        ("/reports/partnership/2099-00", 404, "has not begun"),
        ("/reports/figures", 400, "Enter a period, or the first day"),
        ("/reports/figures?period=soon", 400, "is not a period: write 2015-16"),
        (f"/reports/figures?{YEAR}&compare=other", 400, "Enter the period to compare with"),
        ("/reports/figures?from=2016-02-30&to=2016-03-31", 400, "First day must be a real date"),
        ("/reports/figures?from=2016-04-01&to=2016-03-31", 400, "Last day must be the same as or after first day"),
        ("/reports/figures?from=x&to=y", 400, "There is a problem"),
        (f"/reports/figures/nonsense?{YEAR}", 404, "Page not found"),
        ("/reports/figures/cpw_issued", 400, "could not be understood"),
        (f"/reports/figures/cpw_issued?{YEAR}&by=hair&is=red", 400, "could not be understood"),
        (f"/reports/figures/cpw_issued?{YEAR}&after=yesterday", 400, "could not be understood"),
        (f"/reports/figures/cpw_to_cpn_rate/rows.csv?{YEAR}", 404, "Page not found"),
    ],
)
@pytest.mark.engines("sqlite")
def test_what_cannot_be_shown_is_told_in_plain_words(app: Flask, path: str, status: int, said: str) -> None:
    response = client_with_role(app, Role.MANAGER).get(path)
    assert response.status_code == status
    assert said in Page(response.get_data(as_text=True)).root.text


@pytest.mark.engines("sqlite")
def test_another_way_to_write_the_year_leads_to_the_page(app: Flask) -> None:
    response = client_with_role(app, Role.MANAGER).get("/reports/partnership/2015-2016")
    assert (response.status_code, response.headers["Location"]) == (302, "/reports/partnership/2015-16")


def test_years_lead_to_each_other(manager: PageClient) -> None:
    links = {link.text: link.attributes["href"] for link in manager.page("/reports/partnership/2015-16").root.all("a")}
    assert links["2014-15 page"] == "/reports/partnership/2014-15"
    assert links["2016-17 page"] == "/reports/partnership/2016-17"


def test_notes_of_both_years_and_reasons_once_stand_by_the_table(manager: PageClient, app: Flask) -> None:
    with app.app_context():
        for held in (date(2015, 6, 1), date(2014, 12, 1), date(2014, 12, 2)):
            make_case_review(applied_on=date(2014, 11, 1), review_held_on=held, recommendations=None)
        for code in ("cpw_issued", "cpn_issued"):
            make_coverage(code, date(2015, 4, 1), "Kept on paper before")
    for path in ("/reports/partnership/2015-16", f"/reports/figures?{YEAR}"):
        text = " ".join(manager.page(path).root.text.split())
        assert "A further 1 held with the number of recommendations not recorded." in text, path
        assert "2014-15: A further 2 held with the number of recommendations not recorded." in text, path
    report = " ".join(manager.page("/reports/partnership/2015-16").root.text.split())
    assert report.count("records are complete only from 1 April 2015: Kept on paper before.") == 1
    assert "the note beside the figure says how many there are" in report
