"""`/people/<id>/merge`: two records of one person side by side, made one, and made two again."""

from collections.abc import Iterable
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.contact_preferences import NEED_TITLES
from asb_cases.domain.permissions import Permission
from asb_cases.queries.duplicates import people_called
from asb_cases.queries.people import load_person_for
from asb_cases.queries.people_pages import PersonPage, person_page
from asb_cases.queries.person_merges import load_merge_of
from asb_cases.services.person_merging import merge_people, undo_merge
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.filters import day, words
from asb_cases.web.forms import refusals_in
from asb_cases.web.people.choosing import FindForm
from asb_cases.web.people.forms import MergeForm, ReasonForm
from asb_cases.web.record_words import way, ways

merging = Blueprint("merging", __name__)


class Compared(NamedTuple):
    """One line of two records side by side."""

    what: str
    first: str
    second: str


@merging.route("/people/<int:person_id>/merge", methods=["GET", "POST"])
@requires(Permission.MERGE_RECORDS)
def find_other(person_id: int) -> ResponseReturnValue:
    """Find the other record of somebody. Nothing is changed here: both are shown side by side next."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    form = FindForm()
    if form.is_submitted():
        form.offer(each for each in people_called(actor, form.find.data or "", today()) if each.id != person_id)
    if form.validate_on_submit() and form.knows_who() and form.chosen is not None:
        return redirect(url_for("merging.merge", person_id=person_id, other_id=form.chosen))
    shown("person", person.id, *form.offered)
    return render_template("people/find_other.html", form=form, person=person), form.http_status


@merging.route("/people/<int:person_id>/merge/<int:other_id>", methods=["GET", "POST"])
@requires(Permission.MERGE_RECORDS)
def merge(person_id: int, other_id: int) -> ResponseReturnValue:
    """Two records side by side, to be made one."""
    actor = current_actor()
    first, second = (person_page(actor, each, today(), alone=True) for each in (person_id, other_id))
    form = MergeForm(version=first.person.version, other_version=second.person.version)
    form.kept.choices = [
        (str(each.person.id), each.person.name, f"Record {each.person.id}: {_summary(each)}.")
        for each in (first, second)
    ]
    if form.validate_on_submit():
        with refusals_in(form):
            kept_id = form.kept.data
            merge_people(
                actor=actor,
                now=now(),
                kept_id=kept_id,
                merged_id=other_id if kept_id == person_id else person_id,
                reason=form.reason.data,
                cautions_reason=form.cautions_reason.data,
                seen={person_id: form.version.data, other_id: form.other_version.data},
            )
            flash("The two records are one now. It can be undone from this page.", "success")
            return redirect(url_for("people.person", person_id=kept_id))
    shown("person", person_id, other_id)
    needs = [need.id for page in (first, second) for need in (*page.needs.standing, *page.needs.over)]
    if needs:
        shown("person_need", *needs)
    return (
        render_template(
            "people/merge.html", form=form, first=first.person, second=second.person, lines=side_by_side(first, second)
        ),
        form.http_status,
    )


@merging.route("/people/<int:person_id>/merges/<int:merge_id>/undo", methods=["GET", "POST"])
@requires(Permission.MERGE_RECORDS)
def undo(person_id: int, merge_id: int) -> ResponseReturnValue:
    """Make two records of one again."""
    actor = current_actor()
    person = load_person_for(actor, person_id, today())
    merged = load_merge_of(person_id, merge_id)
    form = ReasonForm(question="Why they are not one person")
    if form.validate_on_submit():
        with refusals_in(form):
            undo_merge(actor=actor, now=now(), merge_id=merge_id, reason=form.reason.data)
            flash("The merge is undone. Both records are as they were, with what changed since.", "success")
            return redirect(url_for("people.person", person_id=person_id))
    shown("person", person.id)
    return render_template("people/undo_merge.html", form=form, person=person, merge=merged), form.http_status


def side_by_side(first: PersonPage, second: PersonPage) -> list[Compared]:
    """What is recorded of both, line by line; what neither has is left out."""
    lines = [
        Compared(what, one, other) for (what, one), (_what, other) in zip(_lines(first), _lines(second), strict=True)
    ]
    return [line for line in lines if line.first or line.second]


def _lines(page: PersonPage) -> list[tuple[str, str]]:
    person = page.person
    preference = next((entry for entry, _by in page.preferences if entry.to_on is None), None)
    return [
        ("Name", person.name),
        ("Kind", words(person.kind)),
        ("Date of birth", day(person.born_on)),
        ("Believed 16 or over because", person.believed_16_or_over_because or ""),
        ("Company number", person.company_number or ""),
        ("Telephone", person.phone or ""),
        ("Email", person.email or ""),
        ("Addresses", _listed(entry.address.text for entry in person.addresses)),
        ("Best way to contact them", way(preference.preferred) if preference and preference.preferred else ""),
        ("Do not contact them by", _listed(ways(preference.not_by)) if preference else ""),
        ("Language", (preference.language or "") if preference else ""),
        ("Needs", _listed(f"{NEED_TITLES[need.kind]}: {need.text}" for need in page.needs.standing)),
        ("Contact warnings", _listed(warning.precautions for warning in page.warnings)),
        ("Cases", _listed(f"{part.reference} ({words(part.part).lower()})" for part in page.parts)),
        ("Steps against them", _listed(step.reference for step in page.interventions)),
        ("Complaints they made", _listed(complaint.reference for complaint in page.complaints)),
    ]


def _summary(page: PersonPage) -> str:
    """What hangs on a record, in a few words."""
    counts = ((len(page.parts), "case"), (len(page.interventions), "step"), (len(page.complaints), "complaint"))
    return _listed((f"{count} {noun}{'s' if count != 1 else ''}" for count, noun in counts), ", ")


def _listed(texts: Iterable[str], between: str = "\n") -> str:
    return between.join(texts)
