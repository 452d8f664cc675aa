"""What is published about case reviews: counted from the record, frozen, and corrected in the open."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.case_review import CaseReview
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.queries.publications import unpublished_years
from asb_cases.reports.case_review_figures import case_review_report, published_figures
from asb_cases.services.publications import correct_case_review_figures, publish_case_review_figures
from tests.factories import NOW, TODAY, make_actor, make_case_review
from tests.support.record import history_kinds, last_entry, refused

#: A table as councils print it, of our own numbers: applications, threshold not met, reviews, with recommendations.
PUBLISHED = {
    2016: (7, 5, 2, 2),
    2017: (12, 9, 4, 1),  # one review held although the threshold was not met
    2018: (0, 0, 0, 0),
    2019: (5, 1, 3, 3),  # one decided in the year after
    2020: (9, 7, 2, 0),
    2021: (3, 3, 2, 2),
}


def register() -> str:
    """The rows of a register behind the table."""
    rows = ["reference,applied_on,threshold,decided_on,review_held_on,recommendations"]
    for year, (applications, not_met, held, recommended) in PUBLISHED.items():
        reviews = [f"{year}-12-01,{int(number < recommended)}" for number in range(held)]
        for number in range(applications):
            is_not_met = number < not_met
            decided = f"{'not_met' if is_not_met else 'met'},{year}-06-10" if is_not_met or reviews else ","
            review = reviews.pop() if reviews and not is_not_met else ","
            rows.append(f"R{year}/{number},{year}-05-{number + 1:02d},{decided},{review}")
        for number, review in enumerate(reviews):  # the rest were held although the threshold was not met
            place = next(at for at, row in enumerate(rows) if row.startswith(f"R{year}/{number},"))
            rows[place] = rows[place].removesuffix(",,") + f",{review}"
    return "\n".join(rows) + "\n"


def test_another_councils_table_comes_out_as_it_went_in(app: Flask, console: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "reviews.csv"
    file.write_text(register(), encoding="utf-8")
    imported = console.invoke(args=["import", "case-reviews", str(file)])
    assert imported.exit_code == 0, imported.output
    for year, numbers in PUBLISHED.items():
        label = f"{year}-{(year + 1) % 100:02d}"
        shown = console.invoke(args=["report", "case-reviews", "--year", label, "--format", "csv"])
        assert tuple(int(row["value"]) for row in csv.DictReader(io.StringIO(shown.stdout))) == numbers, label
    found = json.loads(console.invoke(args=["report", "case-reviews", "--year", "2017-18"]).stdout)
    assert [each["value"] for each in found["figures"].values()] == [12, 9, 4, 1]
    assert any("1 review was held although the threshold was decided not to be met" in note for note in found["notes"])
    page = console.invoke(args=["report", "case-reviews", "--year", "2021-22", "--format", "html"])
    assert "<!DOCTYPE html>" in page.stdout
    assert console.invoke(args=["report", "case-reviews", "--year", "2014-09-01_2016-06-30"]).exit_code == 2
    with app.app_context():
        assert [year.label for year in unpublished_years(date(2022, 4, 1))] == [
            *("2016-17", "2017-18", "2018-19", "2019-20", "2020-21", "2021-22"),
        ]


YEAR = financial_year(2024)
IN_YEAR = date(2024, 6, 3)


def publication() -> CaseReviewPublication:
    return db.session.query(CaseReviewPublication).order_by(CaseReviewPublication.id.desc()).first()  # type: ignore[return-value]


def test_published_figures_stay_and_a_correction_stands_beside_them(in_app: Flask) -> None:
    manager, analyst = make_actor(Role.MANAGER), make_actor(Role.ANALYST)
    make_case_review(applied_on=IN_YEAR)
    with pytest.raises(NotPermitted):
        publish_case_review_figures(actor=analyst, now=NOW, period=YEAR)
    with refused("figures_changed_meanwhile"):
        publish_case_review_figures(actor=manager, now=NOW, period=YEAR, seen="another digest")
    seen = case_review_report(YEAR, manager, today=TODAY).now.digest
    publish_case_review_figures(actor=manager, now=NOW, period=YEAR, seen=seen)
    assert (last_entry().kind, publication().sha256) == ("case_review_figures_published", seen)
    assert unpublished_years(TODAY) == []
    with refused("published_already"):
        publish_case_review_figures(actor=manager, now=NOW, period=YEAR)
    with refused("nothing_to_correct"):
        correct_case_review_figures(actor=manager, now=NOW, period=YEAR, because="To be sure")

    make_case_review(applied_on=IN_YEAR)
    report = case_review_report(YEAR, analyst, today=TODAY)
    assert report.numbers["case_review_applications"] == 1, "what is published does not move with the record"
    assert report.drift == [("Applications for a case review made", 1, 2)]
    with refused("reason_needed"):
        correct_case_review_figures(actor=manager, now=NOW, period=YEAR, because=" ")
    later = datetime(2026, 3, 9, 10, tzinfo=UTC)
    correct_case_review_figures(actor=manager, now=later, period=YEAR, because="One was entered late.")
    report = case_review_report(YEAR, analyst, today=TODAY)
    assert (report.numbers["case_review_applications"], report.drift) == (2, [])
    assert report.published is not None
    [revision] = report.published.revisions
    assert (revision.because, revision.on, revision.changed) == (
        "One was entered late.", date(2026, 3, 9), [("Applications for a case review made", 1, 2)],
    )  # fmt: skip
    assert report.published.published_on == TODAY
    assert history_kinds()[-1] == "case_review_figures_corrected"
    first = db.session.query(CaseReviewPublication).order_by(CaseReviewPublication.id).first()
    assert first is not None
    assert (first.applications, first.number, first.because) == (1, 1, None)


def test_nothing_is_published_of_nothing(in_app: Flask) -> None:
    assert published_figures([]) is None
    assert db.session.query(CaseReview).count() == 0
    assert unpublished_years(TODAY) == []
    publish_case_review_figures(actor=CONSOLE, now=NOW, period=YEAR)
    assert publication().text.endswith("No case reviews were carried out.")
