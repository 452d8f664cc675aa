"""The yearly figures for everybody: nowhere until they are switched on, then with small numbers hidden."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask

from asb_cases.domain.people import PersonKind
from asb_cases.domain.small_numbers import OPEN_DATA, PUBLIC
from asb_cases.extensions import db
from asb_cases.models.policy import PolicyValue
from tests.factories import make_case, make_intervention, make_person, make_ward
from tests.factories.rows import NOW

WITHIN = date(2015, 9, 1)
YEAR = "/open-data/figures/2015-16"


@pytest.fixture
def with_rows(app: Flask) -> Flask:
    with app.app_context():
        wards = [make_ward("Carfax"), make_ward("Marston"), make_ward("Holywell")]
        for number in range(17):
            case = make_case(opened_on=WITHIN, ward_id=wards[number % 9 and min(number % 9, 3) - 1].id)
            body = make_person(kind=PersonKind.BODY) if number == 0 else None
            make_intervention("CPW", case=case, subject=body, issued_on=WITHIN, status="withdrawn" if number else "heeded",
                              ended_on=WITHIN, ended_because="Moved")  # fmt: skip
        make_intervention("CPN", follows=make_intervention("CPW", issued_on=date(2015, 1, 1)), issued_on=WITHIN)
        db.session.add(
            PolicyValue(code=OPEN_DATA, from_on=date(2026, 1, 1), value=PUBLIC, source="Cabinet", entered_at=NOW)
        )
        db.session.commit()
    return app


@pytest.mark.engines("sqlite")
def test_small_numbers_are_hidden_in_both_files_alike(with_rows: Flask) -> None:
    client = with_rows.test_client()
    assert client.get("/open-data").status_code == 200
    response = client.get(f"{YEAR}.json")
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    told: dict[str, Any] = response.get_json()
    figures = {each["code"]: each for each in told["figures"]}
    assert (figures["cpw_issued"]["value"], figures["cpw_issued"]["hidden"]) == (17, False)
    assert (figures["cpn_issued"]["value"], figures["cpn_issued"]["hidden"]) == (None, True)
    assert (figures["cpw_to_cpn_rate"]["value"], figures["cpw_to_cpn_rate"]["hidden"]) == (None, True)
    assert figures["cpn_issued"]["breakdowns"] == {}
    assert figures["cpw_issued"]["breakdowns"]["recipient"] == {"body": None, "individual": None}
    assert figures["cpn_withdrawn"] | {"value": 0, "hidden": False, "note": None} == figures["cpn_withdrawn"]
    assert figures["cpw_issued"]["note"] is None, "it says how many were withdrawn"
    assert "powers_used" not in figures
    rows = list(csv.DictReader(io.StringIO(client.get(f"{YEAR}.csv").get_data(as_text=True))))
    whole = {row["code"]: (row["value"], row["hidden"]) for row in rows if not row["dimension"]}
    assert whole["cpw_issued"] == ("17", "no")
    assert whole["cpn_issued"] == ("", "yes")
    parts = [row for row in rows if (row["code"], row["dimension"]) == ("cpw_issued", "recipient")]
    assert [(row["key"], row["value"], row["hidden"]) for row in parts] == [
        ("body", "", "yes"), ("individual", "", "yes"),
    ]  # fmt: skip


@pytest.mark.engines("sqlite")
def test_the_files_are_as_their_schema_says_and_years_have_one_address(with_rows: Flask) -> None:
    client = with_rows.test_client()
    schema = client.get("/open-data/figures.schema.json").get_json()
    told = client.get(f"{YEAR}.json").get_json()
    figure = schema["properties"]["figures"]["items"]
    assert set(told) == set(schema["required"]) | {"$schema"} == set(schema["properties"])
    for each in told["figures"]:
        assert set(figure["required"]) <= set(each) <= set(figure["properties"])
    for year in ("2015-2016", "2015-17", "2099-00", "1999-00", "soon"):
        assert client.get(f"/open-data/figures/{year}.json").status_code == 404, year


@pytest.mark.engines("sqlite")
def test_nothing_is_public_until_an_administrator_says_so(app: Flask) -> None:
    client = app.test_client()
    assert [client.get(path).status_code for path in ("/open-data", f"{YEAR}.json", f"{YEAR}.csv")] == [404] * 3
