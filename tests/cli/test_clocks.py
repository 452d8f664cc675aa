"""`flask clocks`, as a council's script calls it. No database is needed."""

import json

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner

from asb_cases.domain.clock_rules import CLOCK_RULES
from tests.support.settings import settings_for_tests


@pytest.fixture(scope="module")
def bare_console() -> FlaskCliRunner:
    """The console of an installation whose database was never set up."""
    from asb_cases import create_app

    return create_app(settings_for_tests("sqlite:////nowhere/at/all.sqlite")).test_cli_runner()


def run(console: FlaskCliRunner, *arguments: str) -> Result:
    result = console.invoke(args=["clocks", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_explained_as_json_alone(bare_console: FlaskCliRunner) -> None:
    result = run(bare_console, "explain", "fpn_no_proceedings", "2026-03-02", "--json")
    found = json.loads(result.stdout)
    assert result.stderr == ""
    assert found.pop("working").startswith("14 days following 2 March 2026: 3 March 2026 is day 1")
    assert found == {
        "rule": "fpn_no_proceedings",
        "event": "the date of the fixed penalty notice",
        "authority": "Anti-social Behaviour, Crime and Policing Act 2014, s.52(5)",
        "starts": "2026-03-02",
        "last_day": "2026-03-16",
        "acts_from": "2026-03-17",
        "warnings": [],
    }


def test_a_shut_court_office_is_a_warning(bare_console: FlaskCliRunner) -> None:
    found = json.loads(run(bare_console, "explain", "cpn_appeal", "02/03/2026", "--json").stdout)
    assert (found["last_day"], found["acts_from"]) == ("2026-03-22", None)
    assert len(found["warnings"]) == 1


@pytest.mark.parametrize("code", sorted(CLOCK_RULES))
def test_every_clock_explains_itself(bare_console: FlaskCliRunner, code: str) -> None:
    result = run(bare_console, "explain", code, "2026-03-02")
    assert result.exit_code == 0
    assert "Starts:    Monday 2 March 2026" in result.stdout
    assert CLOCK_RULES[code].authority in result.stdout
    assert json.loads(run(bare_console, "explain", code, "2026-03-02", "--json").stdout)["rule"] == code


def test_a_clock_in_hours_takes_a_time(bare_console: FlaskCliRunner) -> None:
    result = run(bare_console, "explain", "response_priority_1", "2026-10-24T14:30")
    assert "13:30 on 25 October 2026" in result.stdout


def test_an_unknown_clock_lists_those_known(bare_console: FlaskCliRunner) -> None:
    result = run(bare_console, "explain", "parking_ticket", "2026-03-02")
    assert result.exit_code == 2
    assert all(code in result.stderr for code in CLOCK_RULES)


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "2026-03-02T25:00", "9999-12-31"])
def test_what_is_no_date_is_bad_usage(bare_console: FlaskCliRunner, day: str) -> None:
    result = run(bare_console, "explain", "cpn_appeal", day)
    assert result.exit_code == 2
    assert "DATE" in result.stderr


def test_a_day_before_the_act_is_refused_data(bare_console: FlaskCliRunner) -> None:
    result = run(bare_console, "explain", "cpn_appeal", "2014-10-19")
    assert result.exit_code == 1
    assert "20 October 2014" in result.stderr


def test_the_list_names_every_clock(bare_console: FlaskCliRunner) -> None:
    table = run(bare_console, "list").stdout.splitlines()
    assert [line.split()[0] for line in table] == ["RULE", *CLOCK_RULES]
    assert "2 to 4 working days" in next(line for line in table if line.startswith("response_priority_2"))
    rows = json.loads(run(bare_console, "list", "--json").stdout)
    assert [row["rule"] for row in rows] == list(CLOCK_RULES)
    assert rows[0]["length"] == "21 days"
