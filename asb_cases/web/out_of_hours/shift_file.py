"""The columns of one shift's requests as a file. A row is a request with what was said of it later."""

from asb_cases.domain.calendar import local
from asb_cases.domain.out_of_hours import kind_of, minutes_to_arrive
from asb_cases.web.list_file import CsvColumn, iso_day, yes_no

COLUMNS = (
    CsvColumn("reference", lambda row: row[0].reference),
    CsvColumn("shift", lambda row: iso_day(row[0].shift_on)),
    CsvColumn("received", lambda row: _moment(row[0].made_at) or iso_day(row[0].made_on)),
    CsvColumn("kind", lambda row: kind_of((row[0].codes or "").split())),
    CsvColumn("place", lambda row: row[0].address),
    CsvColumn("ward", lambda row: row[0].ward),
    CsvColumn("asked_by", lambda row: row[0].complainant),
    CsvColumn("anonymous", lambda row: yes_no(row[0].anonymous)),
    CsvColumn("heard", lambda row: row[0].description),
    CsvColumn("response", lambda row: row[0].response and row[0].response.value),
    CsvColumn("arrived", lambda row: _moment(row[0].arrived_at)),
    CsvColumn("minutes_to_arrive", lambda row: minutes_to_arrive(row[0].made_at, row[0].arrived_at)),
    CsvColumn("outcome", lambda row: row[0].outcome),
    CsvColumn("later", lambda row: "\n".join(row[1])),
    CsvColumn("case", lambda row: row[0].case_reference),
    CsvColumn("recorded_by", lambda row: row[0].recorder),
    CsvColumn("entered_in_error", lambda row: yes_no(row[0].entered_in_error_on)),
)


def _moment(value: object) -> str | None:
    """2026-03-08 00:40, in London."""
    return f"{local(value):%Y-%m-%d %H:%M}" if value else None  # type: ignore[arg-type]  # a column of moments
