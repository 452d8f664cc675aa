"""Notes of a case: added, read with what they said before, corrected, withheld."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission, Role
from asb_cases.models.casework import NoteKind
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.casework import corrected_by, later_note_of, note_for
from asb_cases.services.casework import add_note, correct_note, withhold_note
from asb_cases.web.access import current_actor, requires
from asb_cases.web.casework.forms import CorrectNoteForm, NoteForm, PartnerNoteForm, WithholdNoteForm
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in

notes = Blueprint("notes", __name__)


@notes.route("/cases/<reference>/notes/new", methods=["GET", "POST"])
@requires(Permission.ADD_TO_CASE)
def new_note(reference: str) -> ResponseReturnValue:
    """Add a note. A partner's is always for the record, so they are not asked."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = PartnerNoteForm() if actor.role is Role.PARTNER else NoteForm()
    if form.validate_on_submit():
        kind = form.kind.data if isinstance(form, NoteForm) else NoteKind.RECORD
        with refusals_in(form):
            add_note(actor=actor, now=now(), case_id=case.id, text=form.text.data, kind=kind)
            flash("The note is added.", "success")
            return redirect(url_for("cases.case", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("casework/new_note.html", form=form, case=case), form.http_status


@notes.get("/notes/<int:note_id>")
@requires(Permission.SEE_CASES)
def note(note_id: int) -> str:
    """One note, and beneath it what it said before, with the reasons."""
    actor = current_actor()
    found, case = note_for(actor, note_id, today())
    shown("note", found.id, case_id=case.id)
    return render_template(
        "casework/note.html",
        case=case,
        note=found,
        chain=corrected_by(found),
        later=later_note_of(found),
        reads_withheld=actor.may(Permission.CORRECT_RECORDS),
        may_correct=actor.may(Permission.WORK_CASES),
    )


@notes.route("/notes/<int:note_id>/correct", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def correct(note_id: int) -> ResponseReturnValue:
    """Write a note that takes this one's place."""
    actor = current_actor()
    found, case = note_for(actor, note_id, today())
    form = CorrectNoteForm(text=None if found.withheld_on else found.text)
    if form.validate_on_submit():
        with refusals_in(form):
            new_id = correct_note(
                actor=actor, now=now(), note_id=found.id, text=form.text.data, reason=form.reason.data
            )
            flash("The note is corrected. What it said before stays to be read beneath it.", "success")
            return redirect(url_for("notes.note", note_id=new_id))
    shown("note", found.id, case_id=case.id)
    return render_template("casework/correct_note.html", form=form, case=case, note=found), form.http_status


@notes.route("/notes/<int:note_id>/withhold", methods=["GET", "POST"])
@requires(Permission.CORRECT_RECORDS)
def withhold(note_id: int) -> ResponseReturnValue:
    """Hide a note's words."""
    actor = current_actor()
    found, case = note_for(actor, note_id, today())
    form = WithholdNoteForm()
    if form.validate_on_submit():
        with refusals_in(form):
            withhold_note(actor=actor, now=now(), note_id=found.id, reason=form.reason.data)
            flash("The note is withheld. Nothing is deleted.", "success")
            return redirect(url_for("notes.note", note_id=found.id))
    shown("note", found.id, case_id=case.id)
    return render_template("casework/withhold_note.html", form=form, case=case, note=found), form.http_status
