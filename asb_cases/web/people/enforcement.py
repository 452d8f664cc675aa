"""`/people/<id>/enforcement`: all that was done about somebody, and what of it stood on a chosen day; to print or as a file."""

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.subject_enforcement import Held, SubjectEnforcement, subject_enforcement
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import DateField, QueryForm
from asb_cases.web.list_file import CsvColumn, iso_day, list_file, yes_no

person_enforcement = Blueprint("person_enforcement", __name__)


class DayForm(QueryForm):
    """The day that is asked about."""

    on = DateField("In force on", noun="The day")


@person_enforcement.get("/people/<int:person_id>/enforcement")
@requires(Permission.SEE_PEOPLE)
def enforcement(person_id: int) -> str:
    """Every warning, notice, penalty, prosecution, order and other tool, with the alleged breaches."""
    form, day = _asked()
    found = _found(person_id, day)
    shown("person", found.person.id)
    shown("intervention", *(each.facts.id for each in found.steps))
    actor = current_actor()
    return render_template(
        "people/enforcement.html",
        form=form,
        day=day,
        now=now(),
        found=found,
        standing=[each for each in found.steps if each.stood],
        file=url_for(".download", person_id=person_id, on=day.isoformat()) if actor.may(Permission.EXPORT) else None,
        opens=actor.may(Permission.SEE_INTERVENTIONS),
    )


@person_enforcement.get("/people/<int:person_id>/enforcement.csv")
@requires(Permission.EXPORT)
def download(person_id: int) -> Response:
    """The same steps as a file."""
    current_actor().check(Permission.SEE_PEOPLE)
    _form, day = _asked()
    by_id = {each.facts.id: each for each in _found(person_id, day).steps}
    columns = (
        CsvColumn("reference", lambda row: row.facts.reference),
        CsvColumn("power", lambda row: row.facts.power),
        CsvColumn("status", lambda row: row.facts.status),
        CsvColumn("given_on", lambda row: iso_day(row.facts.issued_on)),
        CsvColumn("last_day", lambda row: iso_day(row.facts.ends_on)),
        CsvColumn("ended_on", lambda row: iso_day(row.facts.ended_on)),
        CsvColumn("outcome", lambda row: row.facts.outcome),
        CsvColumn(f"in_force_on_{day.isoformat()}", lambda row: yes_no(row.stood)),
        CsvColumn("issued_by_body", lambda row: row.facts.issued_by_body),
        CsvColumn("case", lambda row: row.facts.case_reference),
        CsvColumn("entered_in_error", lambda row: yes_no(row.facts.entered_in_error_on)),
    )

    def read(ids: object) -> list[Held]:
        return [by_id[each] for each in ids]  # type: ignore[attr-defined]

    return list_file("enforcement", "intervention", list(by_id), columns, read)


def _asked() -> tuple[DayForm, date]:
    """The day that is asked about: today, where none can be read."""
    form = DayForm(on=today())
    asked = any(name == "on" or name.startswith("on-") for name in request.args)
    valid = form.validate() if asked else True
    return form, (form.on.data if valid else None) or today()


def _found(person_id: int, day: date) -> SubjectEnforcement:
    return subject_enforcement(current_actor(), person_id, day, today())
