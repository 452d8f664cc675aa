"""Questions about each requirement of a notice: its new words and time limit, or that it is taken away; and new ones.

A notice may have any number of requirements, so that the form is made for it: a variation asks of each, and so does a
court's order that modifies them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from wtforms import Form as PlainForm

from asb_cases.domain.requirements import KIND_TITLES, POSITIVE, RequirementKind
from asb_cases.models.requirement import Requirement
from asb_cases.services.requirement_versions import Change
from asb_cases.web.forms import CautiousForm, DateField, RowsField, SelectField, TextAreaField, TickField

Kind = TypeVar("Kind", bound=CautiousForm)


class NewRequirement(PlainForm):
    """A requirement to be added."""

    kind = SelectField(
        "What must they do?",
        blank="Choose one",
        choices=[(kind.value, KIND_TITLES[kind]) for kind in RequirementKind],
        coerce=RequirementKind,
        required="Choose what the requirement asks",
    )
    text = TextAreaField("Its words", rows=3, required="Enter the words of the requirement")
    comply_by = DateField(
        "Last day to do it", hint="Only for something to be done, or steps to be taken. May be left blank."
    )


def form_with_requirements(base: type[Kind], rows: Sequence[Requirement], **data: Any) -> Kind:
    """The form `base` with the questions about each of the requirements, filled in as they stand."""
    fields: dict[str, object] = {}
    for row in rows:
        number = row.number
        fields[f"text_{number}"] = TextAreaField(f"Words of requirement {number}", rows=3)
        data[f"text_{number}"] = row.text
        if row.kind in POSITIVE:
            fields[f"comply_by_{number}"] = DateField(
                f"Last day to do it (requirement {number})", hint="Leave it blank for none."
            )
            data[f"comply_by_{number}"] = row.comply_by
        fields[f"away_{number}"] = TickField(f"Take requirement {number} away")
    fields["added"] = RowsField("Requirements to add", row=NewRequirement, noun="requirement", least=0)
    made: type[Kind] = type(base.__name__, (base,), fields)
    return made(**data)


def changes_in(form: CautiousForm, rows: Sequence[Requirement]) -> list[Change]:
    """The requirements that are to have other words or another time limit, and those to be added."""
    return [*_reworded(form, rows), *_added(form)]


def taken_away_in(form: CautiousForm, rows: Sequence[Requirement]) -> list[int]:
    """The numbers of those to be taken away."""
    return [row.number for row in rows if form[f"away_{row.number}"].data]


def check_requirement_answers(form: CautiousForm, rows: Sequence[Requirement]) -> bool:
    """Whether each requirement that stays has words."""
    whole = True
    for row in rows:
        if not form[f"away_{row.number}"].data and not form[f"text_{row.number}"].data:
            whole = _wrong(form, f"text_{row.number}", f"Enter the words of requirement {row.number}, or take it away")
    return whole


def _wrong(form: CautiousForm, name: str, message: str) -> bool:
    form[name].errors = [*form[name].errors, message]
    return False


def _reworded(form: CautiousForm, rows: Sequence[Requirement]) -> Iterator[Change]:
    for row in rows:
        if form[f"away_{row.number}"].data:
            continue
        text = form[f"text_{row.number}"].data
        comply_by = form[f"comply_by_{row.number}"].data if row.kind in POSITIVE else None
        if (text, comply_by) != (row.text, row.comply_by):
            yield Change(text, comply_by, row.number)


def _added(form: CautiousForm) -> Iterator[Change]:
    for row in form["added"].data:
        yield Change(row["text"], row["comply_by"], None, row["kind"])
