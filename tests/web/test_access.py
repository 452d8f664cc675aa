"""The guard: nobody comes in where nobody said who may."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asb_cases.domain.permissions import GRANTS, Permission, Role
from asb_cases.web.access import current_actor, declared_access, requires, safe_next
from tests.support.sample_pages import sample_app

WANTED = {
    "/cases": {Permission.SEE_CASES},
    "/form": {Permission.WORK_CASES, Permission.LOG_COMPLAINTS},
    "/search": {Permission.SEARCH},
    "/admin": {Permission.MANAGE_USERS, Permission.MANAGE_SETTINGS},
}


@pytest.mark.parametrize("role", Role)
def test_any_of_the_permissions_lets_in(role: Role) -> None:
    client = sample_app(role).test_client()
    for path, permissions in WANTED.items():
        assert client.get(path).status_code == (200 if permissions & GRANTS[role] else 403), path


@pytest.mark.parametrize("role", [*Role, None])
def test_a_view_that_declares_nothing_is_refused(role: Role | None) -> None:
    answer = sample_app(role).test_client().get("/undeclared")
    assert answer.status_code == 403
    assert "nobody said who may read this" not in answer.text


def test_signed_out_people_are_sent_to_sign_in_and_back() -> None:
    client = sample_app(None).test_client()
    answer = client.get("/cases?sort=opened&before=2")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/cases%3Fsort%3Dopened%26before%3D2"
    assert "/cases?sort=opened&amp;before=2" in client.get(answer.location).text


def test_what_was_posted_is_not_something_to_come_back_to() -> None:
    answer = sample_app(None, WTF_CSRF_ENABLED=False).test_client().post("/form")
    assert (answer.status_code, answer.location) == (302, "/sign-in")


def test_public_pages_are_open_to_all() -> None:
    assert sample_app(None).test_client().get("/sign-in").status_code == 200


def test_the_actor_is_who_signed_in() -> None:
    app = sample_app(Role.LEGAL)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.7"}):
        actor = current_actor()
    assert (actor.role, actor.user_id, actor.via, actor.address) == (Role.LEGAL, 1, "web", "192.0.2.7")
    with sample_app(None).test_request_context():
        assert not any(current_actor().may(permission) for permission in Permission)


def test_permissions_must_be_named() -> None:
    with pytest.raises(TypeError):
        requires()
    assert declared_access(lambda: "") is None


@pytest.mark.parametrize(
    ("sent_from", "status"), [("cross-site", 400), ("same-site", 400), ("same-origin", 302), ("none", 302)]
)
def test_other_sites_cannot_make_anybody_change_anything(sent_from: str, status: int) -> None:
    client = sample_app(WTF_CSRF_ENABLED=False).test_client()
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": sent_from}).status_code == status
    assert client.get("/cases", headers={"Sec-Fetch-Site": sent_from}).status_code == 200


def test_a_post_without_its_token_is_refused_in_plain_english() -> None:
    client = sample_app().test_client()
    answer = client.post("/sign-out")
    assert answer.status_code == 400
    assert "Your page was out of date" in answer.text
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/form").text)
    assert token
    assert client.post("/sign-out", data={"csrf_token": token[1]}).status_code == 302


@pytest.mark.parametrize(
    "address", ["/", "/cases", "/cases?sort=opened", "/cases/ASB-2026-000001#top", "/search?q=a%20b"]
)
def test_own_pages_are_safe_to_go_on_to(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "cases",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "/sign-in?next=/cases",
        "/" + "a" * 1000,
    ],
)
def test_other_places_are_not(address: str | None) -> None:
    assert safe_next(address) is None


@given(st.text(alphabet="/\\:@.?#ab \t\n%", max_size=12))
def test_whatever_is_safe_stays_on_this_site(address: str) -> None:
    kept = safe_next(address)
    assert kept is None or re.match(r"/(?![/\\])", kept)
