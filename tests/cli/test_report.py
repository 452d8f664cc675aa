"""`flask report`: what scripts of other people rely on."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from asb_cases.adapters.time import today
from asb_cases.domain.complaints import Channel
from asb_cases.domain.figures import FIGURES
from asb_cases.extensions import db
from asb_cases.models.complaint import ComplaintCategory
from tests.factories import category, make_case, make_complaint, make_intervention, make_user, make_ward
from tests.support.page_rules import page_faults

PERIOD = ("--from", "2015-04-01", "--to", "31/03/2016")


@pytest.fixture
def with_rows(app: Flask) -> Flask:
    with app.app_context():
        warned = make_intervention("CPW", issued_on=date(2015, 4, 1))
        make_intervention("CPN", follows=warned, issued_on=date(2016, 3, 31))
        request = make_complaint(made_on=date(2016, 1, 1), channel=Channel.OUT_OF_HOURS)
        db.session.add(ComplaintCategory(complaint_id=request.id, category_id=category("noise_party").id))
        make_case(opened_on=date(2015, 5, 5), ward_id=make_ward("=cmd()").id)
        db.session.commit()
    return app


@pytest.mark.usefixtures("with_rows")
def test_figures_as_json_have_the_shape_that_scripts_read(console: FlaskCliRunner) -> None:
    result = console.invoke(args=["report", "figures", *PERIOD, "--format", "json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found) == {"from", "to", "figures", "breakdowns"}
    assert (found["from"], found["to"]) == ("2015-04-01", "2016-03-31")
    published = {code for code, figure in FIGURES.items() if figure.published}
    assert set(found["figures"]) == published | {"contacts_received"}
    assert all(set(each) == {"value", "title", "counted_by", "rows_path", "note"} for each in found["figures"].values())
    assert found["figures"]["cpn_issued"] == {
        "value": 1,
        "title": FIGURES["cpn_issued"].title,
        "counted_by": FIGURES["cpn_issued"].counted_by,
        "rows_path": "/reports/figures/cpn_issued?from=2015-04-01&to=2016-03-31",
        "note": None,
    }
    assert found["figures"]["cpw_to_cpn_rate"]["value"] == 100.0
    assert found["figures"]["contacts_received"]["value"] is None
    assert found["figures"]["fpn_issued"]["value"] == 0
    assert found["breakdowns"]["out_of_hours_requests"]["kind"] == {"party": 1}
    assert found["breakdowns"]["cpn_issued"]["status"] == {"in_force": 1}


@pytest.mark.usefixtures("with_rows")
def test_figures_as_csv_are_safe_to_open(console: FlaskCliRunner, tmp_path: Path) -> None:
    result = console.invoke(args=["report", "figures", *PERIOD, "--format", "csv"])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    totals = {row["code"]: row["value"] for row in rows if not row["dimension"]}
    assert totals["cpn_issued"] == "1"
    assert totals["contacts_received"] == ""
    [ward] = [row for row in rows if row["code"] == "cases_opened" and row["dimension"] == "ward"]
    assert (ward["key"], ward["value"]) == ("'=cmd()", "1")
    out = tmp_path / "figures.csv"
    assert console.invoke(args=["report", "figures", *PERIOD, "--format", "csv", "--out", str(out)]).stdout == ""
    assert out.read_bytes() == result.stdout_bytes


@pytest.mark.usefixtures("with_rows")
def test_the_partnership_report_as_json_and_as_a_page_of_its_own(console: FlaskCliRunner, app: Flask) -> None:
    found = json.loads(console.invoke(args=["report", "partnership", "--year", "2015-16", "--format", "json"]).stdout)
    assert (found["year"], found["from"], found["to"]) == ("2015-16", "2015-04-01", "2016-03-31")
    assert [paragraph["code"] for paragraph in found["paragraphs"]] == ["enforcement", "out_of_hours", "case_reviews"]
    assert found["paragraphs"][0]["sentences"][0]["text"].startswith("In 2015-16 (1 April 2015 to 31 March 2016)")
    assert {row["figure"]: row["value"] for row in found["table"]}["cpw_issued"] == 1
    page = console.invoke(args=["report", "partnership", "--year", "2015/16", "--format", "html"]).stdout
    assert found["paragraphs"][0]["text"].split(" (")[0] in page
    link = f'href="{app.config["BASE_URL"]}/reports/figures/cpw_issued?from=2015-04-01&amp;to=2016-03-31"'
    assert link in page
    assert [fault for fault in page_faults(page) if "inline <style>" not in fault] == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["figures", "--from", "2016-04-01", "--to", "2015-04-01"], "before it begins"),
        (["figures", "--from", "2016-02-30", "--to", "2016-04-01"], "is not a date"),
        (["figures", "--from", "2016-02-01"], "--to"),
        (["figures", *PERIOD, "--format", "xml"], "xml"),
        (["partnership", "--year", "2015-17"], "is not a financial year"),
        (["partnership", "--year", "2015-16", "--out", "/nowhere/at/all.json"], "written"),
    ],
)
def test_bad_usage_is_told_in_a_sentence(console: FlaskCliRunner, arguments: list[str], said: str) -> None:
    result = console.invoke(args=["report", *arguments])
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_caseload_e_mails_are_shown_or_queued_once(with_rows: Flask, console: FlaskCliRunner) -> None:
    with with_rows.app_context():
        make_user(email="last@example.org")
    shown = console.invoke(args=["report", "caseload", "--month", "2015-10", "--format", "json"])
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    assert {each["subject"] for each in found} == {"ASB cases: caseload for October 2015"}
    assert found[-1]["to"] == "last@example.org"
    for queued, before in ((len(found), 0), (0, len(found))):
        sent = console.invoke(args=["report", "caseload", "--month", "2015-10", "--send", "--format", "json"])
        assert json.loads(sent.stdout) == {"month": "2015-10", "queued": queued, "queued_before": before}
    this_month = f"{today():%Y-%m}"
    for wrong, code in ((["2015-13"], 2), (["2190-01"], 2), ([this_month, "--send"], 1)):
        refused = console.invoke(args=["report", "caseload", "--month", *wrong])
        assert refused.exit_code == code, refused.output
        assert "Traceback" not in refused.output
