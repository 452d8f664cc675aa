"""E-mails through a real server: what it takes arrives whole, what it refuses is told apart, and its certificate is checked."""

import ssl
from pathlib import Path

import pytest

from asb_cases.adapters import mailer as adapter
from asb_cases.adapters.mailer import Mailer, NotDelivered
from tests.support.mail_server import MailServer, mail_server, make_certificate

LETTER = {
    "to": "officer@example.org",
    "subject": "ASB-2026-000123: appeal period ends",
    "text": "The period ends on 22 March 2026.\n",
    "html": "<p>The period ends on 22&nbsp;March 2026.</p>",
    "message_id": "<1@asb.example.org>",
}


def mailer_for(server: MailServer, *, tls: str = "none", user: str = "", **given: object) -> Mailer:
    return Mailer(f"smtp://{user}127.0.0.1:{server.port}?tls={tls}", "asb@example.org", council="Oxbridge", **given)  # type: ignore[arg-type]


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_an_email_arrives_as_it_was_written() -> None:
    with mail_server() as server, mailer_for(server) as mailer:
        mailer.send(**LETTER)
    (taken,) = server.received
    assert str(taken["To"]) == LETTER["to"]
    assert str(taken["From"]) == "Oxbridge <asb@example.org>"
    assert str(taken["Subject"]) == LETTER["subject"]
    assert str(taken["Message-ID"]) == LETTER["message_id"]
    assert str(taken["Auto-Submitted"]) == "auto-generated"
    plain, html = taken.get_body(("plain",)), taken.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines() == LETTER["text"].splitlines()
    assert html is not None
    assert html.get_content().strip() == LETTER["html"]


def test_one_connection_serves_many() -> None:
    with mail_server() as server, mailer_for(server) as mailer:
        for number in range(5):
            mailer.send(**{**LETTER, "message_id": f"<{number}@asb.example.org>"})
    assert len(server.received) == 5
    assert server.connections == 1


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_with_tls(tmp_path: Path, tls: str) -> None:
    certificate = make_certificate(tmp_path)
    with (
        mail_server(tls=tls, certificate=certificate) as server,
        mailer_for(server, tls=tls, context=trusting(certificate)) as mailer,
    ):
        mailer.send(**LETTER)
    assert len(server.received) == 1


def test_with_a_user_and_a_password(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with (
        mail_server(tls="starttls", password="pass@word", certificate=certificate) as server,
        mailer_for(server, tls="starttls", user="asb:pass%40word@", context=trusting(certificate)) as mailer,
    ):
        mailer.send(**LETTER)
    assert len(server.received) == 1
    assert server.users == ["asb"]


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_a_certificate_that_nobody_vouches_for_is_not_taken(tmp_path: Path, tls: str) -> None:
    with (
        mail_server(tls=tls, certificate=make_certificate(tmp_path)) as server,
        mailer_for(server, tls=tls) as mailer,
        pytest.raises(NotDelivered) as refused,
    ):
        mailer.send(**LETTER)
    assert refused.value.server_away
    assert server.received == []


def test_a_certificate_of_another_server_is_not_taken(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path, address="192.0.2.1")
    with (
        mail_server(tls="starttls", certificate=certificate) as server,
        mailer_for(server, tls="starttls", context=trusting(certificate)) as mailer,
        pytest.raises(NotDelivered),
    ):
        mailer.send(**LETTER)
    assert server.received == []


def test_a_wrong_password_is_a_server_that_takes_nothing(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    with (
        mail_server(tls="starttls", password="right", certificate=certificate) as server,
        mailer_for(server, tls="starttls", user="asb:wrong@", context=trusting(certificate)) as mailer,
        pytest.raises(NotDelivered) as refused,
    ):
        mailer.send(**LETTER)
    assert (refused.value.server_away, str(refused.value)) == (True, "535: the user or password was refused")


@pytest.mark.parametrize(
    ("answer", "permanent"), [("550 5.1.1 no such person", True), ("451 4.7.1 greylisted, try later", False)]
)
def test_answers_about_an_address_are_told_apart(answer: str, permanent: bool) -> None:
    with mail_server(refuse={LETTER["to"]: answer}) as server, mailer_for(server) as mailer:
        with pytest.raises(NotDelivered) as refused:
            mailer.send(**LETTER)
        mailer.send(**{**LETTER, "to": "manager@example.org"})
    assert (refused.value.permanent, refused.value.server_away) == (permanent, False)
    assert "no such person" not in str(refused.value)
    assert [str(taken["To"]) for taken in server.received] == ["manager@example.org"]


@pytest.mark.parametrize(("answer", "permanent"), [("554 5.6.0 refused", True), ("452 4.3.1 full", False)])
def test_answers_about_the_text_are_told_apart(answer: str, permanent: bool) -> None:
    with (
        mail_server(refuse_data=answer) as server,
        mailer_for(server) as mailer,
        pytest.raises(NotDelivered) as refused,
    ):
        mailer.send(**LETTER)
    assert (refused.value.permanent, refused.value.server_away) == (permanent, False)


def test_a_line_cut_in_the_middle_is_not_a_delivery() -> None:
    with mail_server(hang_up_in_data=1) as server, mailer_for(server) as mailer:
        with pytest.raises(NotDelivered) as refused:
            mailer.send(**LETTER)
        mailer.send(**LETTER)
    assert refused.value.server_away
    assert server.ids == [LETTER["message_id"]] * 2, "the copy can be told by its Message-ID"


def test_a_server_that_does_not_answer_in_time_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "TIMEOUT", 0.3)
    with mail_server(slow=1.0) as server, mailer_for(server) as mailer, pytest.raises(NotDelivered) as refused:
        mailer.send(**LETTER)
    assert refused.value.server_away


def test_nobody_listening_is_a_server_away() -> None:
    with mail_server() as server:
        port = server.port
    with (
        Mailer(f"smtp://127.0.0.1:{port}?tls=none", "asb@example.org") as mailer,
        pytest.raises(NotDelivered) as refused,
    ):
        mailer.send(**LETTER)
    assert refused.value.server_away


def test_a_line_break_never_becomes_a_header() -> None:
    with mail_server() as server, mailer_for(server) as mailer, pytest.raises(ValueError):
        mailer.send(**{**LETTER, "subject": "x\r\nBcc: everybody@example.org"})
    assert server.received == []


def test_an_unknown_kind_of_tls_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="tls"):
        Mailer("smtp://127.0.0.1?tls=maybe", "asb@example.org")
