"""`flask import register`: a register written by somebody else goes in, and unlawful rows are refused with the section."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from asb_cases.extensions import db
from tests.support import old_register

COUNT_BY_POWER = text(
    "SELECT power, count(*) FROM interventions WHERE issued_on BETWEEN '2015-04-01' AND '2016-03-31'"
    " AND import_id IN (SELECT id FROM imports WHERE state = 'complete') GROUP BY power"
)
TABLES = (
    "imports", "import_rows", "cases", "people", "interventions", "alleged_breaches", "services", "requirements",
    "payments", "court_outcomes", "appeals", "deadlines", "other_references", "search_entries", "participants",
    "addresses", "person_addresses", "wards", "case_categories", "history_entries", "reference_counters",
)  # fmt: skip


def rows_of(app: Flask, statement: Any, **values: object) -> list[Any]:
    with app.app_context():
        return list(db.session.execute(statement, values).all())


def contents(app: Flask) -> dict[str, int]:
    """How many rows each table has."""
    with app.app_context():
        return {table: db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES}


def write(path: Path, *rows: dict[str, str]) -> Path:
    """A CSV file of rows, with whatever columns they use."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(console: FlaskCliRunner, *args: object, kind: str = "register") -> Any:
    result = console.invoke(args=["import", kind, *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def refusals(console: FlaskCliRunner, file: Path, *args: object) -> list[tuple[int, str | None, str, str | None]]:
    """Line, column, code and section of everything that is wrong with a file."""
    found = json.loads(run(console, file, "--dry-run", "--json", *args).stdout)
    return [(each["line"], each["column"], each["code"], each["authority"]) for each in found["problems"]]


def warning(**given: str) -> dict[str, str]:
    least = {"reference": "W1", "subject_name": "Jo Bloggs", "subject_address": "1 High Street", "power": "CPW"}
    return {**least, "issued_on": "2015-05-01", **given}


def notice(**given: str) -> dict[str, str]:
    return warning(**{"reference": "N1", "power": "CPN", "issued_on": "2015-06-01", "follows": "W1", **given})


def penalty(**given: str) -> dict[str, str]:
    return warning(**{"reference": "F1", "power": "FPN", "issued_on": "2015-07-01", "follows": "N1", **given})


def prosecution(**given: str) -> dict[str, str]:
    least = {"reference": "P1", "power": "PROSECUTION", "issued_on": "2015-09-01", "follows": "N1"}
    return warning(**{**least, **given})


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".ods"])
def test_a_register_written_by_somebody_else_counts_the_same(
    app: Flask, console: FlaskCliRunner, tmp_path: Path, suffix: str
) -> None:
    file = old_register.write(tmp_path, suffix)
    before = contents(app)
    tried = run(console, file, "--dry-run")
    assert tried.exit_code == 0, tried.output
    assert "195 rows read: 195 would be written" in tried.output
    assert contents(app) == before

    done = run(console, file)
    assert done.exit_code == 0, done.output
    assert dict(rows_of(app, COUNT_BY_POWER)) == {"CPW": 154, "CPN": 39, "FPN": 1, "PROSECUTION": 1}
    assert rows_of(app, text("SELECT count(DISTINCT subject_id) FROM interventions WHERE power = 'CPW'")) == [(131,)]
    assert rows_of(app, text("SELECT count(*) FROM cases")) == [(131,)]
    assert rows_of(app, text("SELECT result, decided_on FROM court_outcomes")) in (
        [("convicted", "2016-03-17")],
        rows_of(app, text("SELECT 'convicted', DATE '2016-03-17'")) if app_is_postgresql(app) else [],
    )
    assert rows_of(app, text("SELECT amount_pence, in_time FROM payments")) == [(7500, 1)]
    assert rows_of(app, text("SELECT count(*) FROM deadlines")) == [(0,)]
    assert rows_of(app, text("SELECT count(*) FROM tasks")) == [(0,)]
    assert rows_of(app, text("SELECT kind FROM history_entries")) == [("imported",)]

    held = contents(app)
    again = run(console, file)
    assert again.exit_code == 0
    assert "0 written, 195 known already and skipped" in again.output
    assert contents(app) == held


def app_is_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


#: What is wrong in a register, where, under which section. Law: no row of these may come in.
UNLAWFUL: dict[str, tuple[list[dict[str, str]], list[tuple[int, str, str, str]]]] = {
    "a notice without any warning": (
        [notice(follows="")],
        [(2, "follows", "no_written_warning", "2014 Act s.43(5)(a)")],
    ),
    "a notice that follows a notice": (
        [warning(), notice(), notice(reference="N2", follows="N1")],
        [(4, "follows", "no_written_warning", "2014 Act s.43(5)(a)")],
    ),
    "a warning to somebody else": (
        [warning(subject_name="Al Smith"), notice()],
        [(3, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a warning of a person of that name born on another day": (
        [warning(subject_born_on="1980-02-01"), notice(subject_born_on="1980-02-02")],
        [(3, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a second notice to somebody else of the name": (
        [warning(), notice(subject_born_on="1980-02-01"), notice(reference="N2", subject_born_on="1980-02-02")],
        [(4, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a notice to the occupier, somebody having been warned elsewhere": (
        [warning(), notice(subject_kind="occupier", subject_name="The occupier", subject_address="2 High Street")],
        [(3, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a notice to the occupier of other premises": (
        [
            warning(subject_kind="occupier", subject_name="The occupier"),
            notice(subject_kind="occupier", subject_name="The occupier", subject_address="2 High Street"),
        ],
        [(3, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a notice to the owner after a warning to the occupier": (
        [warning(subject_kind="occupier"), notice(subject_kind="owner")],
        [(3, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")],
    ),
    "a notice to somebody of 15 whose age stands in the warning": (
        [warning(subject_born_on="1999-06-02"), notice()],
        [(3, "subject_born_on", "recipient_under_age", "2014 Act s.43(1)")],
    ),
    "a penalty to the occupier after a notice to somebody by name": (
        [warning(), notice(), penalty(subject_kind="occupier")],
        [(4, "follows", "notice_to_someone_else", "2014 Act s.48(1)")],
    ),
    "a warning after the notice": (
        [warning(issued_on="02/06/2015"), notice()],
        [(3, "follows", "warning_not_before_notice", "2014 Act s.43(5)(a)")],
    ),
    "a warning withdrawn before the notice": (
        [warning(outcome="withdrawn", outcome_on="2015-05-20"), notice()],
        [(3, "follows", "warning_withdrawn", "2014 Act s.43(5)(a)")],
    ),
    "a notice to somebody of 15": (
        [warning(subject_born_on="1999-06-02"), notice(subject_born_on="1999-06-02")],
        [(3, "subject_born_on", "recipient_under_age", "2014 Act s.43(1)")],
    ),
    "a notice sent by email": (
        [warning(), notice(service_method="email")],
        [(3, "service_method", "service_method_not_allowed", "2014 Act s.55")],
    ),
    "a notice given in writing some other way": (
        [warning(), notice(service_method="other_written")],
        [(3, "service_method", "service_method_not_allowed", "2014 Act s.55")],
    ),
    "a penalty posted on the premises": (
        [warning(), notice(), penalty(service_method="posted_on_premises")],
        [(4, "service_method", "service_method_not_allowed", "2014 Act s.55")],
    ),
    "a penalty without a notice": (
        [penalty(follows="")],
        [(2, "follows", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty after a warning alone": (
        [warning(), penalty(follows="W1")],
        [(3, "issued_on", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty for a day before the notice": (
        [warning(), notice(), penalty(offence_from="31/05/2015")],
        [(4, "offence_from", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty after the notice was withdrawn": (
        [warning(), notice(outcome="withdrawn", outcome_on="2015-06-20"), penalty()],
        [(4, "issued_on", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty after the notice was quashed": (
        [warning(), notice(outcome="appeal_quashed", outcome_on="2015-06-20"), penalty()],
        [(4, "issued_on", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty after the notice had ended": (
        [warning(), notice(ends_on="2015-06-30"), penalty()],
        [(4, "issued_on", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a penalty to somebody else": (
        [warning(), notice(), penalty(subject_name="Al Smith")],
        [(4, "follows", "notice_to_someone_else", "2014 Act s.48(1)")],
    ),
    "a penalty over the maximum of the offence's day": (
        [warning(), notice(), penalty(amount="100.01", offence_from="2015-06-20")],
        [(4, "amount", "penalty_over_maximum", "2014 Act s.52(7)")],
    ),
    "a penalty over the maximum of its own day": (
        [warning(), notice(), penalty(amount="500")],
        [(4, "amount", "penalty_over_maximum", "2014 Act s.52(7)")],
    ),
    "a prosecution without a notice": (
        [prosecution(follows="")],
        [(2, "follows", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a prosecution for a day before the notice": (
        [warning(), notice(), prosecution(offence_from="2015-05-31")],
        [(4, "offence_from", "no_notice_in_force", "2014 Act s.48(1)")],
    ),
    "a prosecution within the 14 days": (
        [warning(), notice(), penalty(), prosecution(follows="F1", issued_on="15/07/2015")],
        [(5, "issued_on", "proceedings_within_14_days", "2014 Act s.52(5)(a)")],
    ),
    "a prosecution after payment in time": (
        [warning(), notice(), penalty(outcome="paid", paid_on="15/07/2015"), prosecution(follows="F1")],
        [(5, "follows", "penalty_paid_in_time", "2014 Act s.52(5)(b)")],
    ),
    "a prosecution after six months": (
        [warning(), notice(), prosecution(offence_from="2015-06-05", issued_on="2015-12-06")],
        [(4, "issued_on", "prosecution_out_of_time", "Magistrates’ Courts Act 1980 s.127(1)")],
    ),
    "a notice before the Act": (
        [warning(issued_on="2014-09-01"), notice(issued_on="2014-10-19")],
        [(3, "issued_on", "before_commencement", "2014 Act ss.43-58")],
    ),
}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("what", UNLAWFUL)
def test_an_unlawful_row_is_refused_with_its_section(console: FlaskCliRunner, tmp_path: Path, what: str) -> None:
    rows, expected = UNLAWFUL[what]
    assert refusals(console, write(tmp_path / "register.csv", *rows)) == expected
    told = run(console, tmp_path / "register.csv")
    assert told.exit_code == 1
    line, column, _code, authority = expected[0]
    assert f"register.csv, line {line}, column {column}: " in told.output
    assert f"({authority})" in told.output


#: What comes close to being unlawful, and is not.
LAWFUL: dict[str, list[dict[str, str]]] = {
    "two warnings to one subject": [warning(), warning(reference="W2", issued_on="2015-05-02")],
    "warning and notice of one day": [warning(issued_on="2015-06-01"), notice()],
    "a warning by email": [warning(service_method="email")],
    "a notice posted on the premises": [warning(), notice(service_method="posted_on_premises")],
    "a notice on a 16th birthday": [warning(subject_born_on="1999-06-01"), notice(subject_born_on="1999-06-01")],
    "a notice long after the warning": [warning(), notice(issued_on="2018-05-01")],
    "a notice on a warning by the police": [warning(issued_by="Thames Valley Police"), notice()],
    "a penalty on the day of the notice": [warning(), notice(), penalty(offence_from="2015-06-01", amount="100")],
    "a prosecution on the first lawful day": [
        warning(), notice(), penalty(outcome="unpaid"), prosecution(follows="F1", issued_on="2015-07-16"),
    ],
    "a prosecution after late payment": [
        warning(), notice(), penalty(outcome="paid", paid_on="2015-07-16"), prosecution(follows="F1"),
    ],
    "a prosecution on the last day of six months": [
        warning(), notice(), prosecution(offence_from="2015-06-05", issued_on="2015-12-05"),
    ],
    "a penalty without days or amount": [warning(), notice(outcome="withdrawn"), penalty()],
    "a name alone, one after the other": [warning(subject_address=""), notice(subject_address="")],
    "a notice that knows more of the subject": [warning(subject_address=""), notice(subject_born_on="1980-02-01")],
    "a notice that knows less of the subject": [warning(subject_born_on="1980-02-01"), notice(subject_address="")],
    "a notice to somebody who moved": [warning(), notice(subject_address="2 High Street")],
    "a notice to whom the occupier turned out to be": [
        warning(subject_kind="occupier", subject_name="The occupier"), notice(), penalty(), prosecution(follows="F1"),
    ],
    "a notice to the company that owns the premises": [
        warning(subject_kind="owner", subject_name="The owner"), notice(subject_kind="body", subject_address="9 Bank"),
    ],
    "a penalty to whom the occupier turned out to be": [
        warning(subject_kind="occupier"), notice(subject_kind="occupier"), penalty(),
    ],
    "a notice to the occupier, somebody having been warned there": [
        warning(), notice(subject_kind="occupier", subject_name="The occupier"),
    ],
    "a penalty paid on a day not known, and a prosecution": [
        warning(), notice(), penalty(outcome="paid", outcome_on="2015-07-05"), prosecution(follows="F1"),
    ],
    "a penalty for breach of a spaces order": [penalty(follows="", offence="pspo_breach", amount="100")],
}  # fmt: skip


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("what", LAWFUL)
def test_a_lawful_row_comes_in(console: FlaskCliRunner, tmp_path: Path, what: str) -> None:
    result = run(console, write(tmp_path / "register.csv", *LAWFUL[what]))
    assert result.exit_code == 0, result.output


#: What the format refuses: rows, and line, column and code of each problem.
UNREADABLE: dict[str, tuple[list[dict[str, str]], list[tuple[int, str | None, str]]]] = {
    "a day that is none": ([warning(issued_on="31/02/2015")], [(2, "issued_on", "date_unreadable")]),
    "an American date": ([warning(issued_on="05/13/2015")], [(2, "issued_on", "date_unreadable")]),
    "a day to come": ([warning(issued_on="2099-01-01")], [(2, "issued_on", "date_in_future")]),
    "no end": ([warning(ends_on="2150-12-31")], [(2, "ends_on", "date_too_far")]),
    "nobody": ([warning(subject_name="")], [(2, "subject_name", "needed")]),
    "no reference": ([warning(reference="")], [(2, "reference", "needed")]),
    "no day": ([warning(issued_on="")], [(2, "issued_on", "needed")]),
    "a power nobody has": ([warning(power="ASBO")], [(2, "power", "not_in_list")]),
    "a way nobody serves": ([warning(service_method="pigeon")], [(2, "service_method", "not_in_list")]),
    "a category nobody knows": ([warning(category="noise; howling")], [(2, "category", "category_unknown")]),
    "an outcome of another power": ([warning(outcome="convicted")], [(2, "outcome", "outcome_not_of_power")]),
    "money for an acquittal": (
        [warning(), notice(), prosecution(outcome="acquitted", amount="100")], [(4, "amount", "no_amount")],
    ),
    "half a penny": ([warning(), notice(), penalty(amount="99.995")], [(4, "amount", "amount_unreadable")]),
    "a requirement of no kind": ([warning(requirements="be nice")], [(2, "requirements", "requirement_unreadable")]),
    "a company with a birthday": (
        [warning(subject_kind="body", subject_born_on="1999-01-01")], [(2, "subject_born_on", "not_born")],
    ),
    "a day without an outcome": ([warning(outcome_on="2015-06-01")], [(2, "outcome_on", "no_outcome")]),
    "an end before the beginning": ([warning(ends_on="2015-04-30")], [(2, "ends_on", "dates_out_of_order")]),
    "one reference twice": (
        [warning(), warning(), warning(reference="W2")],
        [(2, "reference", "reference_shared"), (3, "reference", "reference_shared")],
    ),
    "an entry nobody has": ([notice(follows="nowhere")], [(2, "follows", "follows_unknown")]),
    "a circle": (
        [warning(reference="A", follows="B"), warning(reference="B", follows="A"), warning(reference="C", follows="A")],
        [(line, "follows", "follows_in_circle") for line in (2, 3, 4)],
    ),
    "a chain behind a refused row, in any order": (
        [prosecution(follows="F1"), penalty(), warning(), notice(service_method="email")],
        [(2, "follows", "follows_refused"), (3, "follows", "follows_refused"),
         (5, "service_method", "service_method_not_allowed")],
    ),
}  # fmt: skip


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("what", UNREADABLE)
def test_a_row_that_says_nothing_sensible_is_refused(console: FlaskCliRunner, tmp_path: Path, what: str) -> None:
    rows, expected = UNREADABLE[what]
    found = refusals(console, write(tmp_path / "register.csv", *rows))
    assert [(line, column, code) for line, column, code, _authority in found] == expected


@pytest.mark.engines("sqlite")
def test_a_wrong_header_is_refused_with_the_columns_there_are(console: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("reference,subject_name,power,colour,power\nW1,Jo,CPW,red,CPW\n")
    result = run(console, file)
    assert result.exit_code == 1
    for words in ("no column “colour”", "column issued_on is missing", "power is there 2 times", "officer_email"):
        assert words in result.output


def test_good_rows_go_in_where_rejects_are_asked_for(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    rows = [warning(), notice(), warning(reference="W2", conduct="=1+1 'quoted', \"said\"", issued_on="31/02/2015")]
    file, rejects = write(tmp_path / "register.csv", *rows), tmp_path / "rejects.csv"
    assert run(console, file).exit_code == 1
    assert contents(app)["interventions"] == 0

    result = run(console, file, "--rejects", rejects)
    assert result.exit_code == 1
    assert "3 rows read: 2 written, 0 known already and skipped, 1 refused" in result.output
    assert contents(app)["interventions"] == 2
    written = rejects.read_text(encoding="utf-8-sig")
    assert "issued_on: “31/02/2015” is not a day of the calendar" in written
    assert ",\"'=1+1" in written, "a spreadsheet would run the cell"

    mended = rejects.read_text(encoding="utf-8-sig").replace("31/02/2015", "28/02/2015", 1)
    rejects.write_text(mended, encoding="utf-8-sig")
    assert run(console, rejects).exit_code == 0
    assert rows_of(app, text("SELECT conduct FROM interventions WHERE conduct IS NOT NULL")) == [
        ("=1+1 'quoted', \"said\"",)
    ]


@pytest.mark.parametrize("shuffled", [False, True])
def test_entries_that_follow_each_other_are_of_one_subject(
    app: Flask, console: FlaskCliRunner, tmp_path: Path, shuffled: bool
) -> None:
    rows = [
        warning(subject_address=""),
        notice(subject_address="2 High Street", subject_born_on="1980-02-01"),
        penalty(subject_address="", outcome="paid"),
        # Known by the address alone, as the warning that another notice adds a birth date to.
        warning(reference="W2", subject_name="Al"),
        warning(reference="W3", subject_name="AL"),
        notice(reference="N3", follows="W3", subject_name="Al", subject_born_on="1990-01-01"),
        # Father and son: told apart by the notices.
        warning(reference="W4", subject_name="Bo"),
        warning(reference="W5", subject_name="Bo"),
        notice(reference="N4", follows="W4", subject_name="Bo", subject_born_on="1950-01-01"),
        notice(reference="N5", follows="W5", subject_name="Bo", subject_born_on="1990-01-01"),
        warning(reference="W6", subject_name="The occupier", subject_kind="occupier"),
        notice(reference="N6", follows="W6", subject_name="Cy"),
    ]
    file = write(tmp_path / "register.csv", *(reversed(rows) if shuffled else rows))
    result = run(console, file)
    assert result.exit_code == 0, result.output
    subjects = text(
        "SELECT r.reference, p.name, p.born_on, p.identity_key FROM interventions i JOIN people p ON p.id = i.subject_id"
        " JOIN other_references r ON r.entity_kind = 'intervention' AND r.entity_id = i.id"
    )
    of: dict[str, tuple[str, str, str]] = {
        reference: (name.casefold(), str(born), key) for reference, name, born, key in rows_of(app, subjects)
    }
    assert of["W1"] == of["N1"] == of["F1"] == ("jo bloggs", "1980-02-01", "individual|jo bloggs|1980-02-01")
    assert of["W2"] == of["W3"] == of["N3"] == ("al", "1990-01-01", "individual|al|1990-01-01")
    assert (of["W4"], of["W5"]) == (of["N4"], of["N5"])
    assert of["W4"] != of["W5"]
    assert (of["W6"][0], of["N6"][0]) == ("the occupier", "cy")
    assert rows_of(app, text("SELECT count(*) FROM people")) == [(6,)]
    assert rows_of(app, text("SELECT count(*) FROM person_addresses")) == [(6,)], "each address of each, once"
    assert rows_of(app, text("SELECT paid_on, in_time FROM payments")) == [(None, None)]


def test_a_later_register_adds_a_birth_date_when_it_is_in(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    assert run(console, write(tmp_path / "one.csv", warning())).exit_code == 0
    second = write(
        tmp_path / "two.csv",
        notice(subject_born_on="1980-02-01", subject_address="2 High Street"),
        notice(reference="N2", subject_address="", issued_on="2015-07-01"),
    )
    assert run(console, second).exit_code == 0
    assert rows_of(app, text("SELECT identity_key, version FROM people")) == [("individual|jo bloggs|1980-02-01", 2)]
    assert rows_of(app, text("SELECT count(*) FROM person_addresses")) == [(2,)]
    third = write(tmp_path / "three.csv", notice(reference="N3", subject_born_on="1980-02-02"))
    assert refusals(console, third) == [(2, "follows", "warning_to_someone_else", "2014 Act s.43(5)(a)")]
    fourth = write(tmp_path / "four.csv", warning(reference="W4", subject_born_on="1980-02-01", subject_address=""))
    assert run(console, fourth).exit_code == 0
    assert rows_of(app, text("SELECT count(*) FROM people")) == [(1,)]


@pytest.mark.engines("sqlite")
def test_what_is_read_over_or_not_checked_is_remarked(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = write(
        tmp_path / "register.csv",
        warning(amount="100", offence_from="about May"),
        notice(amount="-", offence="cpn_breach"),
        penalty(amount="100"),
        prosecution(follows="F1"),
        warning(reference="W2", amount="5", issued_on=""),
    )
    told = run(console, file, "--dry-run")
    assert "2 rows, the first on line 2: amount was read over" not in told.output
    for words in (
        "Line 2: amount was read over: a community protection warning has none.",
        "Line 2: offence_from was read over",
        "Line 3: amount was read over: a community protection notice has none.",
        "Line 3: offence was read over",
        "Line 4: No alleged day is recorded",
        "Line 5: No alleged day is recorded: the six months of s.127 were not checked.",
    ):
        assert words in told.output
    found = json.loads(run(console, file, "--dry-run", "--json").stdout)
    assert [(each["rows"], each["first_line"]) for each in found["remarks"]] == [
        (1, line) for line in (2, 2, 3, 3, 4, 5)
    ]
    assert run(console, file, "--rejects", tmp_path / "rejects.csv").exit_code == 1
    assert rows_of(app, text("SELECT count(*) FROM interventions WHERE offence_from IS NOT NULL")) == [(0,)]


def test_an_incomplete_row_is_kept_and_marked(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = write(
        tmp_path / "register.csv",
        notice(follows="", incomplete="yes"),
        notice(reference="N2", follows="lost/7", incomplete="yes"),
        penalty(reference="F2", follows=""),
    )
    assert refusals(console, file) == [(4, "follows", "no_notice_in_force", "2014 Act s.48(1)")]
    assert refusals(console, file, "--incomplete-before", "01/07/2015") != []
    assert run(console, file, "--incomplete-before", "02/07/2015").exit_code == 0
    kept = text("SELECT power, follows_as_recorded FROM interventions WHERE incomplete ORDER BY id")
    assert rows_of(app, kept) == [("CPN", None), ("CPN", "lost/7"), ("FPN", None)]


def test_a_later_file_follows_an_earlier_one(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    assert run(console, write(tmp_path / "one.csv", warning(case_reference="WK/1"))).exit_code == 0
    second = write(
        tmp_path / "two.csv",
        warning(case_reference="WK/1"),
        notice(),
        notice(reference="N2", follows="cpw-2015-0001"),
        penalty(offence_from="2015-06-20", outcome="paid", paid_on="2015-07-05"),
    )
    result = run(console, second)
    assert "4 rows read: 3 written, 1 known already and skipped" in result.output
    assert contents(app)["cases"] == 1
    assert contents(app)["people"] == 1
    assert rows_of(app, text("SELECT status FROM interventions ORDER BY id")) == [
        ("escalated",), ("in_force",), ("in_force",), ("paid",),
    ]  # fmt: skip
    third = write(tmp_path / "three.csv", prosecution(follows="F1"))
    assert refusals(console, third) == [(2, "follows", "penalty_paid_in_time", "2014 Act s.52(5)(b)")]


def test_what_hangs_on_each_entry_is_recorded(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = write(
        tmp_path / "register.csv",
        warning(category="noise; Loud music", ward="Carfax", requirements="stop: shouting; do: mend the gate",
                comply_by="2015-05-20", case_opened_on="2015-04-20"),
        notice(outcome="appeal_modified", outcome_on="2015-06-20", requirements="stop: shouting; do: mend the gate",
               comply_by="2015-06-10", served_on="2015-06-02"),
        penalty(offence_from="2015-06-25", offence_to="2015-06-26", outcome="unpaid", amount="80"),
        prosecution(follows="F1", outcome="convicted", amount="250"),
    )  # fmt: skip
    assert refusals(console, file) == [
        (2, "category", "category_unknown", None),
        (3, "follows", "follows_refused", None),
        (4, "follows", "follows_refused", None),
        (5, "follows", "follows_refused", None),
    ]
    write(file, *[{**row, "category": row["category"].replace("Loud", "Noise: loud")} for row in read(file)])
    assert run(console, file).exit_code == 0
    assert rows_of(app, text("SELECT reference, status FROM cases")) == [("ASB-2015-000001", "open")]
    assert rows_of(app, text("SELECT reference FROM interventions ORDER BY id")) == [
        ("CPW-2015-0001",), ("CPN-2015-0001",), ("FPN-2015-0001",), ("PRO-2015-0001",),
    ]  # fmt: skip
    assert rows_of(app, text("SELECT outcome FROM appeals")) == [("modified",)]
    assert rows_of(app, text("SELECT count(*) FROM requirements WHERE kind = 'do' AND comply_by IS NOT NULL")) == [(2,)]
    assert rows_of(app, text("SELECT count(*) FROM alleged_breaches")) == [(1,)], "one breach, penalty then court"
    assert rows_of(app, text("SELECT count(DISTINCT breach_id) FROM interventions")) == [(1,)]
    assert rows_of(app, text("SELECT result, fine_pence, decided_on FROM court_outcomes")) == [
        ("convicted", 25000, None)
    ]
    assert rows_of(app, text("SELECT method, count(*) FROM services GROUP BY method")) == [(None, 1)]
    assert rows_of(app, text("SELECT count(*) FROM case_categories")) == [(2,)]
    assert rows_of(app, text("SELECT to_be_checked FROM wards")) == [(1,)]
    found = text("SELECT entity_kind FROM search_entries WHERE words LIKE '%jo bloggs%'")
    assert rows_of(app, found) == [("person",)]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_a_case_is_closed_only_where_every_entry_is_known_to_be_over(
    app: Flask, console: FlaskCliRunner, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "register.csv",
        warning(case_reference="over"),
        notice(case_reference="over", outcome="complied", outcome_on="2016-02-03"),
        warning(reference="W2", case_reference="day not known", outcome="complied"),
        warning(reference="W3", case_reference="goes on"),
    )
    assert run(console, file).exit_code == 0
    query = text(
        "SELECT r.reference, c.status FROM cases c JOIN other_references r ON r.entity_id = c.id"
        " AND r.entity_kind = 'case' ORDER BY c.id"
    )
    assert rows_of(app, query) == [("over", "closed"), ("day not known", "open"), ("goes on", "open")]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.csv", None, "no such file"),
        ("empty.csv", b"", "It is empty"),
        ("blank.csv", b"\xef\xbb\xbf\r\n , \r\n", "It is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a table"),
        ("latin.csv", "reference,subject_name,power,issued_on\nW1,Zoë,CPW,2015-05-01\n".encode("latin-1"), "UTF-8"),
        ("torn.xlsx", b"PK\x03\x04 and no more", "damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook of an old kind"),
        ("quote.csv", b'reference,subject_name,power,issued_on\nW1,"Jo\n', "Line 2 is not readable"),
        ("semicolons.csv", b"reference;subject_name;power;issued_on\nW1;Jo;CPW;2015-05-01\n", "separated by commas"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(
    console: FlaskCliRunner, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run(console, tmp_path / name)
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output
