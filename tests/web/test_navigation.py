"""Links of the frame stand there when their page exists and lets the person in."""

import re

import pytest

from asb_cases.domain.permissions import Role
from tests.support.sample_pages import sample_app


def entries(role: Role | None, path: str = "/record") -> list[str]:
    page = sample_app(role).test_client().get(path).text
    return re.findall(
        r'govuk-service-navigation__link" href="([^"]+)"', page.split('id="navigation"')[-1].split("</ul>")[0]
    )


@pytest.mark.parametrize(
    ("role", "parts"),
    [
        (Role.MANAGER, ["/cases", "/complaints", "/people", "/interventions", "/case-reviews", "/reports"]),
        (Role.PARTNER, ["/cases"]),
    ],
)
def test_parts_that_exist_and_are_open(role: Role, parts: list[str]) -> None:
    assert entries(role) == parts


def test_an_administrator_sees_the_administration_alone() -> None:
    page = sample_app(Role.ADMINISTRATOR).test_client().get("/admin").text
    assert 'href="/admin" aria-current="true"' in page
    assert 'href="/cases"' not in page
    assert 'role="search"' not in page


def test_the_search_box_is_for_those_who_may_search() -> None:
    assert 'role="search"' in sample_app(Role.OFFICER).test_client().get("/cases").text
    assert 'role="search"' not in sample_app(Role.PARTNER).test_client().get("/cases").text


def test_the_part_one_is_in_is_marked() -> None:
    assert 'href="/cases" aria-current="true"' in sample_app().test_client().get("/cases").text
    assert 'aria-current="true"' not in sample_app().test_client().get("/record").text


def test_who_is_signed_in_stands_in_the_header() -> None:
    page = sample_app().test_client().get("/cases").text
    assert "Pat Quinn" in page
    assert "Sign out" in page
    signed_out = sample_app(None).test_client().get("/nowhere").text
    assert "Sign out" not in signed_out
    assert 'href="/sign-in"' in signed_out


def test_the_foot_links_to_nothing_that_is_not_there() -> None:
    page = sample_app().test_client().get("/cases").text
    assert "/accessibility" not in page
    assert "/privacy" not in page


def test_the_title_ends_with_service_and_council() -> None:
    page = sample_app().test_client().get("/cases").text
    assert "<title>Cases - ASB cases - Oxbridge City Council</title>" in page
