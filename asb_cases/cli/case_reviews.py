"""`flask case-reviews check`: would these complaints meet the threshold for an ASB case review?"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from asb_cases.cli.days import Day
from asb_cases.domain.calendar import UnreadableDate, in_words, parse_date
from asb_cases.domain.case_review import Assessment, Complaint, assess, threshold_on
from asb_cases.domain.counting import amount
from asb_cases.domain.legal_values import LegalValues, OutsideDates

COLUMNS = ("complainant", "incident", "occurred_on", "made_on", "body")
NEEDED = ("occurred_on", "made_on")

case_reviews = AppGroup("case-reviews", help="ASB case reviews (also known as the Community Trigger).")


@case_reviews.command("check")
@click.option("--applied", "applied_on", type=Day(), required=True, help="The day the review is applied for.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
def check(applied_on: date, file: Path, as_json: bool) -> None:
    """Count the qualifying complaints in FILE, with the dates' arithmetic for each.

    FILE is CSV with the columns complainant, incident, occurred_on, made_on and body. A blank date is not known; a
    blank incident is one of its own.
    """
    complaints = list(_read(file))
    try:
        threshold = threshold_on(LegalValues.load(), applied_on)
    except OutsideDates as error:
        raise click.ClickException(str(error)) from error
    assessment = assess(complaints, applied_on=applied_on, threshold=threshold)
    click.echo(json.dumps(_as_json(assessment), indent=2) if as_json else _as_text(assessment))
    if assessment.open_question:
        click.echo(assessment.open_question, err=True)


def _read(file: Path) -> Iterator[Complaint]:
    """Complaints in file order. The row of each is the line it starts on, the header's being 1."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refused(file, line, "its letters are not UTF-8: save the file as “CSV UTF-8”.") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(file, header)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _complaint(file, line, header, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(file, line, f"not readable as CSV ({error}).") from error


def _check_header(file: Path, header: list[str]) -> None:
    right = f"The columns are {', '.join(COLUMNS)}."
    if missing := [name for name in NEEDED if name not in header]:
        raise _refused(file, 1, f"there is no column {' and no column '.join(missing)}. {right}")
    if unknown := [name or "(blank)" for name in header if name not in COLUMNS]:
        raise _refused(file, 1, f"unknown column {', '.join(unknown)}. {right}")
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise _refused(file, 1, f"the column {', '.join(twice)} is there twice. {right}")


def _complaint(file: Path, line: int, header: list[str], cells: list[str]) -> Complaint:
    if len(cells) > len(header):
        raise _refused(file, line, f"{len(cells)} cells, but the header has {len(header)}: put commas in quotes.")
    given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    return Complaint(
        row=line,
        complainant=given.get("complainant", ""),
        incident=given.get("incident", ""),
        occurred_on=_day(file, line, "occurred_on", given),
        made_on=_day(file, line, "made_on", given),
        body=given.get("body", ""),
    )


def _day(file: Path, line: int, column: str, given: dict[str, str]) -> date | None:
    text = given.get(column)
    if not text:
        return None
    try:
        return parse_date(text)
    except UnreadableDate as error:
        raise _refused(file, line, f"column {column}: {error} Leave it blank where it is not known.") from error


def _refused(file: Path, line: int, message: str) -> click.ClickException:
    return click.ClickException(f"{file}, line {line}: {message}")


def _as_json(assessment: Assessment) -> dict[str, object]:
    return {
        "applied_on": assessment.applied_on.isoformat(),
        "threshold": assessment.threshold.number,
        "qualifying": assessment.qualifying,
        "met": assessment.met,
        "complaints": [
            {"row": each.row, "counts": each.counts, "reason": each.reason} for each in assessment.complaints
        ],
    }


def _as_text(assessment: Assessment) -> str:
    answers = {True: "counts", False: "does not count", None: "not known"}
    found = f"{amount(assessment.qualifying, 'qualifying complaints')}, {assessment.threshold.number} needed"
    verdict = "the threshold is met" if assessment.met else "the threshold is not met by number"
    lines = [f"  line {each.row}: {answers[each.counts]}. {each.reason}" for each in assessment.complaints]
    return "\n".join([f"Review applied for on {in_words(assessment.applied_on)}: {found}: {verdict}.", *lines])
