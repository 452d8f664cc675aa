"""Linking, merging and unmerging cases on their pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
from tests import factories as make
from tests.support.page_client import PageClient

ClientAs = Callable[..., PageClient]


@pytest.fixture
def two(app: Flask) -> tuple[str, str]:
    with app.app_context():
        one, other = make.make_case(title="Music at 14"), make.make_case(title="Music at number fourteen")
        make.make_note(one, text="Heard from the street")
        return one.reference, other.reference


def test_linking_and_ending_it(client_as: ClientAs, two: tuple[str, str]) -> None:
    client, (one, other) = client_as(Role.OFFICER), two
    fields = {"reference": other.lower(), "kind": "same_place", "reason": "Next door"}
    assert client.submit(f"/cases/{one}/connections/new", {**fields, "reference": "ASB-2026-999999"}).status_code == 422
    assert client.submit(f"/cases/{one}/connections/new", {**fields, "reference": one}).status_code == 422
    assert client.submit(f"/cases/{one}/connections/new", fields).location == f"/cases/{one}/connections"
    text = client.page(f"/cases/{other}/connections").root.text
    assert "At the same place" in text
    assert one in text
    assert client.submit(f"/cases/{other}/connections").status_code == 302
    assert "No linked cases" in client.page(f"/cases/{one}/connections").root.text


def test_merging_leads_on_and_can_be_undone(client_as: ClientAs, two: tuple[str, str]) -> None:
    client, (one, other) = client_as(Role.OFFICER), two
    answer = client.submit(f"/cases/{one}/merge", {"reference": other, "reason": "One party, reported twice"})
    assert answer.location == f"/cases/{other}"
    kept = client.page(f"/cases/{other}").root.text
    assert "Heard from the street" in kept
    assert f"From {one}, merged into this case" in kept
    merged = client.page(f"/cases/{one}").root.text
    assert f"This case was merged into {other}" in merged
    assert "Heard from the street" not in merged
    assert "Linked and merged cases" in merged
    assert "Add a note" not in merged
    refused = client.submit(f"/cases/{one}/merge", {"reference": other, "reason": "Again"})
    assert refused.status_code == 422
    assert f"This case was merged into {other}." in refused.text
    assert "One party, reported twice" in client.page(f"/cases/{other}/connections").root.text
    assert client.submit(f"/cases/{one}/unmerge", {"reason": "Two parties"}).location == f"/cases/{one}"
    assert "Heard from the street" in client.page(f"/cases/{one}").root.text
    assert "Heard from the street" not in client.page(f"/cases/{other}").root.text


def test_cautions_ask_for_a_reason(app: Flask, client_as: ClientAs) -> None:
    with app.app_context():
        one, other = make.make_case(team=make.make_team()).reference, make.make_case(team=make.make_team()).reference
    client = client_as(Role.MANAGER)
    fields = {"reference": other, "reason": "One party"}
    asked = client.submit(f"/cases/{one}/merge", fields)
    assert asked.status_code == 422
    assert "of different teams" in asked.text
    assert "Why you go on as it is" in asked.text
    assert client.submit(f"/cases/{one}/merge", {**fields, "cautions_reason": "Agreed by both"}).status_code == 302
