"""`/cases/<reference>/files` and `/files/<id>`: the files of a case, new ones, one with what is said about it, its bytes."""

from collections.abc import Callable
from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import LONDON, now, today
from asb_cases.domain.case_content import content_for
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.files import FILE_IS_WITHHELD, FileOf
from asb_cases.domain.permissions import Permission
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.file_records import records_offered
from asb_cases.queries.files import file_shown, files_page
from asb_cases.services.files import Added, add_files, attach_file, describe_file, release_file, withhold_file
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import disclosed, shown
from asb_cases.web.files.download import sent_as_download
from asb_cases.web.files.forms import THE_CASE, AttachForm, DescribeForm, UploadForm, WithholdForm, about, offered
from asb_cases.web.files.uploads import storage, taken_in
from asb_cases.web.files.words import belonging_address, belonging_title, file_size
from asb_cases.web.forms import refusals_in
from asb_cases.web.lists import asked_place, page_links
from asb_cases.web.request_size import takes_files
from asb_cases.web.sent_twice import outcome_page

files = Blueprint("files", __name__)

WORDS = {"belonging_title": belonging_title, "belonging_address": belonging_address, "file_size": file_size}


@files.get("/cases/<reference>/files")
@requires(Permission.SEE_FILES)
def list_files(reference: str) -> str:
    """The files of a case, the newest first."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    page, rows = files_page(actor, today(), case.id, asked_place())
    shown("attachment", *page.ids, case_id=case.id)
    return render_template(
        "files/list.html",
        case=case,
        rows=rows,
        links=page_links(page),
        content=content_for(actor),
        may_add=actor.may(Permission.ADD_TO_CASE),
        **WORDS,
    )


@files.route("/cases/<reference>/files/new", methods=["GET", "POST"])
@requires(Permission.ADD_TO_CASE)
@takes_files
def new_files(reference: str) -> ResponseReturnValue:
    """Take files in."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    form = UploadForm()
    form.offer(records_offered(case.id, content_for(actor)), request.args.get("for", ""))
    if form.validate_on_submit():
        with taken_in(form.sent(), form) as arrived, refusals_in(form):
            if arrived:
                added = add_files(
                    actor=actor,
                    now=now(),
                    case_id=case.id,
                    storage=storage(),
                    files=arrived,
                    said=form.said(),
                    about=about(form.belongs_to.data, case.id),
                )
                flash(_told(added), "success")
                return redirect(url_for("files.list_files", reference=case.reference))
        if form.refusals and (done := outcome_page()) is not None:
            return done  # the same form, sent twice at the same moment
    shown("case", case.id, case_id=case.id)
    return render_template("files/new.html", form=form, case=case), form.http_status


def _told(added: Added) -> str:
    """What became of the files that were sent, without their names: it goes through the cookie of the session."""
    count, there = len(added.ids), len(added.there_already)
    kept = f"{count} files are kept." if count != 1 else "The file is kept."
    if not there:
        return kept
    same = f"{there} {'was' if there == 1 else 'were'} in this case already, byte for byte, and not kept twice."
    return f"{kept} {same}" if count else f"{same} Now attached to the record you chose as well."


@files.get("/files/<int:file_id>")
@requires(Permission.SEE_FILES)
def file(file_id: int) -> str:
    """One file, with all that is said about it."""
    actor = current_actor()
    found = file_shown(actor, file_id, today())
    shown("attachment", file_id, case_id=found.facts.case_id)
    return render_template(
        "files/file.html",
        file=found,
        facts=found.facts,
        may_describe=actor.may(Permission.WORK_CASES),
        may_attach=actor.may(Permission.ADD_TO_CASE),
        may_withhold=actor.may(Permission.WITHHOLD),
        **WORDS,
    )


@files.get("/files/<int:file_id>/download")
@requires(Permission.SEE_FILES)
def download(file_id: int) -> ResponseReturnValue:
    """The bytes as they were received: a disclosure, on record before the first of them leaves."""
    found = file_shown(current_actor(), file_id, today())
    if not found.may_open:
        raise RuleBroken([FILE_IS_WITHHELD])
    facts = found.facts
    content = storage().read(facts.sha256)
    disclosed("attachment", file_id, case_id=facts.case_id)
    return sent_as_download(content, facts.name, facts.media_type, facts.size_bytes)


@files.route("/files/<int:file_id>/describe", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def describe(file_id: int) -> ResponseReturnValue:
    """Correct what is said about a file."""
    actor = current_actor()
    found = file_shown(actor, file_id, today())
    facts = found.facts
    form = DescribeForm(
        version=facts.version,
        description=facts.description,
        taken_on=facts.taken_on,
        taken_time=_clock(facts.taken_at),
        taken_by=facts.taken_by,
        marks=[mark.value for mark in found.marks],
    )
    if form.validate_on_submit():
        with refusals_in(form):
            describe_file(actor=actor, now=now(), file_id=file_id, version=form.version.data, said=form.said())
            flash("What is said about the file is changed.", "success")
            return redirect(url_for("files.file", file_id=file_id))
    shown("attachment", file_id, case_id=facts.case_id)
    return render_template("files/describe.html", form=form, facts=facts), form.http_status


@files.route("/files/<int:file_id>/attach", methods=["GET", "POST"])
@requires(Permission.ADD_TO_CASE)
def attach(file_id: int) -> ResponseReturnValue:
    """Let a file belong to one more record of its case."""
    actor = current_actor()
    found = file_shown(actor, file_id, today())
    facts = found.facts
    form = AttachForm()
    already = {(each.kind, each.id) for each in found.belongs_to}
    records = [
        each for each in records_offered(facts.case_id, content_for(actor)) if (each.kind, each.id) not in already
    ]
    case = [] if (FileOf.CASE, facts.case_id) in already else [(THE_CASE, "The case as a whole")]
    form.belongs_to.choices = [*case, *offered(records)]
    if form.validate_on_submit():
        with refusals_in(form):
            attach_file(actor=actor, now=now(), file_id=file_id, about=about(form.belongs_to.data, facts.case_id))
            flash("The file is attached.", "success")
            return redirect(url_for("files.file", file_id=file_id))
    shown("attachment", file_id, case_id=facts.case_id)
    return render_template("files/attach.html", form=form, facts=facts), form.http_status


@files.route("/files/<int:file_id>/withhold", methods=["GET", "POST"])
@requires(Permission.WITHHOLD)
def withhold(file_id: int) -> ResponseReturnValue:
    """Withhold a file, with a reason."""
    return _withheld_or_not(file_id, withhold_file, "The file is withheld.")


@files.route("/files/<int:file_id>/release", methods=["GET", "POST"])
@requires(Permission.WITHHOLD)
def release(file_id: int) -> ResponseReturnValue:
    """Let everybody open a withheld file again who sees the case."""
    return _withheld_or_not(file_id, release_file, "The file can be opened again.")


def _withheld_or_not(file_id: int, act: Callable[..., None], done: str) -> ResponseReturnValue:
    actor = current_actor()
    facts = file_shown(actor, file_id, today()).facts
    form = WithholdForm()
    if form.validate_on_submit():
        with refusals_in(form):
            act(actor=actor, now=now(), file_id=file_id, reason=form.reason.data)
            flash(done, "success")
            return redirect(url_for("files.file", file_id=file_id))
    shown("attachment", file_id, case_id=facts.case_id)
    return render_template(
        "files/withhold.html", form=form, facts=facts, releases=act is release_file
    ), form.http_status


def _clock(moment: datetime | None) -> time | None:
    """The time of day of a moment, as its form asks for it."""
    return moment.astimezone(LONDON).time() if moment else None
