"""`flask case-reviews check`, as a council's script calls it. No database is needed."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.settings import settings_for_tests

HEADER = "complainant,incident,occurred_on,made_on,body\n"


@pytest.fixture(scope="module")
def bare_console() -> FlaskCliRunner:
    """The console of an installation whose database was never set up."""
    from asb_cases import create_app

    return create_app(settings_for_tests("sqlite:////nowhere/at/all.sqlite")).test_cli_runner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "complaints.csv"


def run(console: FlaskCliRunner, file: Path, *options: str, applied: str = "2026-03-05") -> Result:
    result = console.invoke(args=["case-reviews", "check", "--applied", applied, str(file), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def refused(console: FlaskCliRunner, file: Path, content: str | bytes) -> str:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = run(console, file)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {file}, line ")
    return result.stderr.removeprefix(f"Error: {file}, ")


def test_the_threshold_with_its_working(bare_console: FlaskCliRunner, file: Path) -> None:
    file.write_text(
        HEADER + "Ann,party,2026-01-05,2026-02-04,council\n"
        "ann,Party,05/01/2026,06/01/2026,police\n"
        "Bob,party,2026-01-05,2026-01-06,police\n"
        "Bob,,,2026-02-06,police\n"
        "\n"
        'Cy,"music,\nloud",2026-01-31,2026-03-01,council\n'
        "Di,,2026-01-31,2026-02-28,council\n"
    )
    result = run(bare_console, file, "--json")
    found = json.loads(result.stdout)
    assert [(each["row"], each["counts"]) for each in found["complaints"]] == [
        (2, True),
        (3, False),
        (4, True),
        (5, None),
        (7, False),
        (9, True),
    ]
    assert all(set(each) == {"row", "counts", "reason"} and each["reason"] for each in found["complaints"])
    del found["complaints"]
    assert found == {"applied_on": "2026-03-05", "threshold": 3, "qualifying": 3, "met": True}
    assert result.exit_code == 0
    assert result.stderr == ""


def test_in_words(bare_console: FlaskCliRunner, file: Path) -> None:
    file.write_text(HEADER + "Ann,,2026-02-01,2026-02-02,council\nBob,,,2026-02-02,\nCy,,,2026-02-02,\n")
    result = run(bare_console, file)
    assert result.stdout.startswith(
        "Review applied for on 5 March 2026: 1 qualifying complaint, 3 needed: the threshold is not met by number.\n"
        "  line 2: counts. Made on 2 February 2026, within 1 month beginning with 1 February 2026"
    )
    assert "find them out before deciding" in result.stderr


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_any_line_end_are_read(
    bare_console: FlaskCliRunner, file: Path, start: bytes, end: bytes
) -> None:
    file.write_bytes(start + end.join([b"Made_On , occurred_on", b"2026-02-02,2026-02-01", b"2026-02-03,2026-02-01"]))
    assert json.loads(run(bare_console, file, "--json").stdout)["qualifying"] == 2


def test_no_complaints_meet_nothing(bare_console: FlaskCliRunner, file: Path) -> None:
    file.write_text(HEADER)
    found = json.loads(run(bare_console, file, "--json").stdout)
    assert (found["qualifying"], found["met"], found["complaints"]) == (0, False, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: there is no column occurred_on"),
        ("complainant,incident\n", "line 1: there is no column occurred_on and no column made_on"),
        (HEADER.replace("body", "colour"), "line 1: unknown column colour"),
        (HEADER.replace("body", "made_on"), "line 1: the column made_on is there twice"),
        (HEADER + "Ann,,2026-02-30,2026-02-02,\n", "line 2: column occurred_on: “2026-02-30” is not a date"),
        (HEADER + "Ann,,2026-02-01,soon,\n", "line 2: column made_on: “soon” is not a date"),
        (HEADER + "\nAnn,,2026-02-01,0226-02-02,\n", "line 3: column made_on: “0226-02-02” is outside the years"),
        (HEADER + "Ann,,2026-02-01,2026-02-02,council,police\n", "line 2: 6 cells, but the header has 5"),
        (HEADER + 'Ann,"party,2026-02-01', "line 2: not readable as CSV"),
        (HEADER.encode() + b"Ren\xe9e,,,,\n", "line 2: its letters are not UTF-8"),
    ],
)
def test_a_bad_file_is_refused_by_line_and_column(
    bare_console: FlaskCliRunner, file: Path, content: str | bytes, said: str
) -> None:
    assert refused(bare_console, file, content).startswith(said)


def test_a_missing_file_or_date_is_bad_usage(bare_console: FlaskCliRunner, file: Path) -> None:
    assert run(bare_console, file).exit_code == 2
    file.write_text(HEADER)
    assert run(bare_console, file, applied="5 March").exit_code == 2
    assert bare_console.invoke(args=["case-reviews", "check", str(file)]).exit_code == 2


def test_an_application_before_commencement_is_not_computed(bare_console: FlaskCliRunner, file: Path) -> None:
    file.write_text(HEADER)
    result = run(bare_console, file, applied="2014-09-30")
    assert result.exit_code == 1
    assert "local scheme" in result.stderr


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=60) | st.text(alphabet='ab,"\n\r2026-0/ é\0', max_size=60).map(str.encode))
def test_no_file_is_answered_with_a_traceback(bare_console: FlaskCliRunner, file: Path, content: bytes) -> None:
    for header in (b"", HEADER.encode()):
        file.write_bytes(header + content)
        assert run(bare_console, file).exit_code in (0, 1)
