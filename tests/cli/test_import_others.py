"""`flask import complaints`, `case-reviews` and `partner-figures`; abandoning; acting as somebody."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import text

from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.data_import import Import, ImportState
from asb_cases.queries.complaint_pages import ComplaintFilter, complaints_page
from tests.factories import make_user


def run(console: FlaskCliRunner, kind: str, *args: object) -> Any:
    result = console.invoke(args=["import", kind, *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows_of(app: Flask, query: str) -> list[Any]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(text(query))]


def codes(result: Any) -> list[tuple[int, str, str]]:
    return [(each["line"], each["column"], each["code"]) for each in json.loads(result.stdout)["problems"]]


COMPLAINTS = """\
made_on,occurred_on,channel,complainant_name,complainant_email,complainant_address,category,place,ward,case_reference,body
01/11/2015,31/10/2015,Out of hours,Jo Bloggs,jo@example.org,1 High St,noise_party,Park End Street,Carfax,,Council
2015-11-01,,phone,JO BLOGGS,,"1, High St.",noise_music;rowdy,,,WK/1,Police
2015-11-02,,,,someone@example.org,,,,,lost/9,
2015-11-03,,,,,,,,,,
2015-11-03,,,,,,,,,,
"""


def test_complaints_come_in_and_are_known_again(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "reference,case_reference,subject_name,power,issued_on\nW1,wk 1,Al Smith,CPW,2015-11-05\n", encoding="utf-8"
    )
    assert run(console, "register", register).exit_code == 0
    file = tmp_path / "complaints.csv"
    file.write_text(COMPLAINTS, encoding="utf-8")
    result = run(console, "complaints", file)
    assert result.exit_code == 0, result.output
    found = rows_of(
        app,
        "SELECT reference, channel, triage, case_reference_as_recorded, shift_on IS NOT NULL, received_by_body"
        " FROM complaints ORDER BY id",
    )
    assert [tuple(row[:4]) for row in found] == [
        ("CMP-2015-000001", "out_of_hours", "new", None),
        ("CMP-2015-000002", "phone", "joined", None),
        ("CMP-2015-000003", None, "new", "lost/9"),
        ("CMP-2015-000004", None, "new", None),
        ("CMP-2015-000005", None, "new", None),
    ]
    assert [bool(row[4]) for row in found] == [True, False, False, False, False]
    assert rows_of(app, "SELECT count(DISTINCT complainant_id) FROM complaints") == [(2,)], "Jo is one person"
    assert rows_of(app, "SELECT part FROM participants ORDER BY id") == [("subject",), ("complainant",)]
    assert rows_of(app, "SELECT count(*) FROM complaint_categories") == [(3,)]

    with app.app_context():
        waiting = complaints_page(CONSOLE, date(2026, 11, 22), ComplaintFilter(triage=("new", "joined")), None)
        assert [row.reference for row in waiting.rows] == ["CMP-2015-000002"], "an old one waits for nobody's triage"
        assert len(complaints_page(CONSOLE, date(2026, 11, 22), ComplaintFilter(), None).rows) == 5

    assert "5 known already and skipped" in run(console, "complaints", file).output
    file.write_text(COMPLAINTS.replace("2015-11-02,", "02/11/2015,") + "2015-11-03,,,,,,,,,,\n", encoding="utf-8")
    assert "1 written, 5 known already" in run(console, "complaints", file).output
    assert rows_of(app, "SELECT count(*) FROM complaints") == [(6,)]


@pytest.mark.engines("sqlite")
def test_wrong_complaints_are_refused(console: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "complaints.csv"
    file.write_text(
        "reference,made_on,occurred_on,channel,category\n"
        "1,2015-11-01,2015-11-02,phone,\n2,,,phone,\n3,2015-11-01,,pigeon,howling\n4,2015-11-01,,,\n4,2015-11-02,,,\n"
    )
    assert codes(run(console, "complaints", file, "--json")) == [
        (2, "made_on", "dates_out_of_order"),
        (3, "made_on", "needed"),
        (4, "channel", "not_in_list"),
        (4, "category", "category_unknown"),
        (5, "reference", "reference_shared"),
        (6, "reference", "reference_shared"),
    ]


CASE_REVIEWS = """\
applied_on,applicant_name,case_reference,threshold,decided_on,review_held_on,recommendations,outcome_sent_on,withdrawn_on
15/09/2014,Jo Bloggs,unknown/1,met,2014-09-30,2014-10-10,2,2014-10-15,
2015-02-01,Jo Bloggs,,not met,2015-02-10,,,,
2015-05-01,,,,,,,,2015-05-04
2026-11-19,,,,,,,,
2026-11-01,,,met,2026-11-18,,,,
"""


def test_case_reviews_come_in_with_the_clocks_that_run(
    app: Flask, console: FlaskCliRunner, tmp_path: Path, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    file = tmp_path / "reviews.csv"
    file.write_text(CASE_REVIEWS, encoding="utf-8")
    result = run(console, "case-reviews", file)
    assert result.exit_code == 0, result.output
    found = rows_of(app, "SELECT reference, local_scheme, threshold, recommendations FROM case_reviews ORDER BY id")
    assert [(reference, bool(local), threshold, number) for reference, local, threshold, number in found] == [
        ("ACR-2014-0001", True, "met", 2),
        ("ACR-2015-0001", False, "not_met", None),
        ("ACR-2015-0002", False, None, None),
        ("ACR-2026-0001", False, None, None),
        ("ACR-2026-0002", False, "met", None),
    ]
    started = "SELECT r.reference, d.rule FROM deadlines d JOIN case_reviews r ON r.id = d.case_review_id ORDER BY 1"
    assert rows_of(app, started) == [("ACR-2026-0001", "case_review_decide"), ("ACR-2026-0002", "case_review_hold")]
    assert rows_of(app, "SELECT count(*) FROM people") == [(2,)], "a name alone does not make two people one"
    assert "0 written, 5 known already" in run(console, "case-reviews", file).output

    file.write_text(
        "applied_on,threshold,decided_on,recommendations,review_held_on\n"
        "2015-05-01,perhaps,2015-04-30,-1,2015-04-29\n2099-01-01,,,,\n"
    )
    assert codes(run(console, "case-reviews", file, "--json")) == [
        (2, "decided_on", "dates_out_of_order"),
        (2, "review_held_on", "dates_out_of_order"),
        (2, "recommendations", "negative"),
        (2, "threshold", "not_in_list"),
        (3, "applied_on", "date_in_future"),
    ]


PARTNER_FIGURES = """\
series,period_from,period_to,value,unit,source,note,qualifier,change_per_cent
police_recorded_crime,2014-04-01,2015-03-31,"13,718",crimes,Thames Valley Police,,,
police_recorded_crime,2015-04-01,2016-03-31,14081,,Thames Valley Police,,,
Hate incidents,01/04/2015,31/03/2016,100,incidents,Thames Valley Police,average,about,
police_asb,2015-04-01,2016-03-31,1938,,Thames Valley Police,,,-11%
"""


def test_partner_figures_come_in_and_the_newest_stands(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(PARTNER_FIGURES, encoding="utf-8")
    assert run(console, "partner-figures", file).exit_code == 0
    assert rows_of(app, "SELECT code, title, unit FROM partner_series ORDER BY code") == [
        ("hate_incidents", "Hate incidents", "incidents"),
        ("police_asb", "Police asb", "number"),
        ("police_recorded_crime", "Police recorded crime", "crimes"),
    ]
    values = rows_of(app, "SELECT value, qualifier, change_per_cent FROM partner_values ORDER BY id")
    assert [(float(value), about, change and float(change)) for value, about, change in values] == [
        (13718.0, None, None),
        (14081.0, None, None),
        (100.0, "about", None),
        (1938.0, None, -11.0),
    ]
    assert "0 written, 4 known already" in run(console, "partner-figures", file).output
    corrected = PARTNER_FIGURES.replace("14081", "14082")
    for text_ in (corrected, PARTNER_FIGURES):
        file.write_text(text_, encoding="utf-8")
        assert "1 written, 3 known already" in run(console, "partner-figures", file).output
    assert rows_of(app, "SELECT count(*) FROM partner_values") == [(6,)], "corrected, and corrected back"

    file.write_text(
        "series,period_from,period_to,value,unit\n"
        "x,2015-04-01,2016-03-31,,\ny,2016-03-31,2015-04-01,1,\nz,2015-04-01,2016-03-31,1,\nz,2015-04-01,2016-03-31,2,\n"
        "police_recorded_crime,2016-04-01,2017-03-31,5,incidents\nw,2015-04-01,2016-03-31,1.005,\n"
    )
    assert codes(run(console, "partner-figures", file, "--json")) == [
        (2, "value", "needed"),
        (3, "period_to", "dates_out_of_order"),
        (4, "series", "series_shared"),
        (5, "series", "series_shared"),
        (6, "unit", "unit_differs"),
        (7, "value", "number_unreadable"),
    ]


@pytest.mark.engines("sqlite")
def test_acting_as_somebody(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    with app.app_context():
        make_user(Role.ANALYST, email="analyst@example.org")
        make_user(Role.OFFICER, email="officer@example.org")
    file = tmp_path / "figures.csv"
    file.write_text(PARTNER_FIGURES, encoding="utf-8")
    assert run(console, "partner-figures", file, "--as", "nobody@example.org").exit_code == 2
    refused = run(console, "partner-figures", file, "--as", "officer@example.org")
    assert (refused.exit_code, "Your role does not include this" in refused.output) == (1, True)
    assert run(console, "partner-figures", file, "--as", "Analyst@example.org").exit_code == 0
    assert rows_of(app, "SELECT actor_role, via FROM history_entries") == [("analyst", "console")]


@pytest.mark.engines("sqlite")
def test_bad_usage_is_told_from_refused_rows(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(PARTNER_FIGURES, encoding="utf-8")
    assert run(console, "partner-figures", file, "--rejects", file).exit_code == 2
    assert run(console, "partner-figures", file, "--incomplete-before", "yesterday").exit_code == 2
    assert run(console, "abandon", 7).exit_code == 1
    with app.app_context():
        db.session.add(
            Import(
                kind="register",
                file_name="half.csv",
                file_sha256="0" * 64,
                options='{"incomplete_before": "2015-01-01", "rejects": true}',
                state=ImportState.WRITING,
                started_at=datetime(2026, 11, 1, tzinfo=UTC),
            )
        )
        db.session.commit()
    register = tmp_path / "register.csv"
    register.write_text("reference,subject_name,power,issued_on\nW1,Jo,CPW,2015-05-01\n")
    told = run(console, "register", register)
    assert told.exit_code == 1
    assert "“half.csv” (number 1) with --rejects and --incomplete-before 2015-01-01 was interrupted" in told.output
    assert "flask import abandon 1" in told.output
    assert "is undone" in run(console, "abandon", 1).output
    assert run(console, "register", register).exit_code == 0
