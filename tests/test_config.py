"""The settings: what each makes of what is given, and what is called a problem."""

import stat
from pathlib import Path
from typing import Any

import pytest

from config import Problem, normalised_database_url, read_settings

PRODUCTION = {
    "BASE_URL": "https://asb.example.gov.uk",
    "SECRET_KEY": "k" * 32,
    "COUNCIL_NAME": "Oxbridge",
    "TRUSTED_PROXIES": "1",
    "MAIL_URL": "smtp://mail.example:25?tls=none",
    "MAIL_FROM": "asb@example.gov.uk",
}


def problems(settings: dict[str, Any]) -> dict[str, Problem]:
    return {problem.setting: problem for problem in settings["SETTINGS_PROBLEMS"]}


def test_without_any_setting_it_runs_on_sqlite_with_a_key_of_its_own(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert settings["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/instance/asb-cases.sqlite3"
    assert settings["PRODUCTION"] is False
    assert settings["SECRET_KEY"] == (tmp_path / "instance" / "secret_key").read_text()
    assert not any(problem.fatal for problem in problems(settings).values())


def test_address_served_is_the_default_address(tmp_path: Path) -> None:
    assert read_settings({"BIND": "127.0.0.1:9000"}, tmp_path)["BASE_URL"] == "http://127.0.0.1:9000"
    assert read_settings({"BIND": "127.0.0.1:9000", **PRODUCTION}, tmp_path)["BASE_URL"] == PRODUCTION["BASE_URL"]


def test_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = (read_settings({}, tmp_path)["SECRET_KEY"] for _ in range(2))
    assert first == second
    assert len(str(first)) == 64
    assert stat.S_IMODE((tmp_path / "instance" / "secret_key").stat().st_mode) == 0o600


def test_whole_production_settings_have_no_problem(tmp_path: Path) -> None:
    settings = read_settings(PRODUCTION, tmp_path)
    assert problems(settings) == {}
    assert settings["SESSION_COOKIE_NAME"] == "__Host-asb_cases"
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["ALLOWED_HOSTS"] == ["asb.example.gov.uk"]


@pytest.mark.parametrize(
    ("setting", "value", "fatal"),
    [
        ("SECRET_KEY", "", True),
        ("SECRET_KEY", "k" * 31, True),
        ("COUNCIL_NAME", " ", False),
        ("TRUSTED_PROXIES", "", False),
        ("TRUSTED_PROXIES", "127.0.0.1", True),
        ("MAIL_URL", "", False),
        ("MAIL_URL", "mail.example", True),
        ("MAIL_FROM", "", True),
        ("TIMEZONE", "Europe/Paris", True),
        ("DATABASE_URL", "mysql://localhost/asb", True),
        ("DATABASE_URL", "nonsense", True),
        ("BASE_URL", "https://asb.example.gov.uk/cases", True),
        ("BASE_URL", "https://[asb", True),
    ],
)
def test_problem_in_production(tmp_path: Path, setting: str, value: str, fatal: bool) -> None:
    found = problems(read_settings({**PRODUCTION, setting: value}, tmp_path))
    assert list(found) == [setting]
    assert found[setting].fatal is fatal


def test_misspelt_https_address_stays_production(tmp_path: Path) -> None:
    settings = read_settings({**PRODUCTION, "BASE_URL": "https://asb.example.gov.uk/path"}, tmp_path)
    assert settings["PRODUCTION"] is True
    assert settings["SESSION_COOKIE_SECURE"] is True


def test_no_key_is_made_in_production(tmp_path: Path) -> None:
    settings = read_settings({**PRODUCTION, "SECRET_KEY": ""}, tmp_path)
    assert settings["SECRET_KEY"] is None
    assert not (tmp_path / "instance" / "secret_key").exists()


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COUNCIL_NAME=From the file\nTRUSTED_PROXIES=2\n")
    settings = read_settings({"COUNCIL_NAME": "From the environment"}, tmp_path)
    assert settings["COUNCIL_NAME"] == "From the environment"
    assert settings["TRUSTED_PROXIES"] == 2


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_means_the_driver_installed(scheme: str) -> None:
    assert normalised_database_url(f"{scheme}://u:p%40ss@h/n") == "postgresql+psycopg://u:p%40ss@h/n"
