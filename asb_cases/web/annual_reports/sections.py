"""`/reports/partnership/<year>/build/sections` and `/blocks`: what the yearly report is made of, piece by piece."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now
from asb_cases.domain.annual_report import BlockKind
from asb_cases.domain.permissions import Permission
from asb_cases.models.annual_report import AnnualReportBlock
from asb_cases.queries.annual_figures import figures_offered
from asb_cases.queries.annual_reports import block_in, blocks_of, report_to_write, section_in
from asb_cases.reports.annual_document import plain
from asb_cases.reports.annual_figures import own_words_fit, sentence_of
from asb_cases.reports.annual_report import figures_told
from asb_cases.services.annual_report_blocks import add_block, change_block, move_block
from asb_cases.services.annual_reports import add_section, approve_section, change_section, comment_on, move_section
from asb_cases.web.access import current_actor, requires
from asb_cases.web.annual_reports.forms import ApproveForm, CommentForm, MoveForm, SectionForm, block_form
from asb_cases.web.annual_reports.routes import WAYS, overview, read_year
from asb_cases.web.forms import Form, refusals_in

annual_report_sections = Blueprint("annual_report_sections", __name__, url_prefix="/reports/partnership/<year>/build")


@annual_report_sections.route("/sections/new", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def new_section(year: str) -> ResponseReturnValue:
    """Add a section behind the others."""
    period = read_year(year)
    report_to_write(period.first.year)
    form = SectionForm(level=1)
    if form.validate_on_submit():
        with refusals_in(form):
            section_id = add_section(
                actor=current_actor(),
                now=now(),
                year=period.first.year,
                heading=form.heading.data,
                level=form.level.data,
                author=form.author.data,
            )
            return redirect(url_for(".section", year=year, section_id=section_id))
    page = render_template("annual_reports/section_form.html", form=form, year=period, title="New section")
    return page, form.http_status


@annual_report_sections.get("/sections/<int:section_id>")
@requires(Permission.WRITE_REPORTS)
def section(year: str, section_id: int) -> ResponseReturnValue:
    """One section with its blocks, what was said about it, and its approval."""
    return _section(year, section_id, CommentForm())


def _section(year: str, section_id: int, form: Form) -> ResponseReturnValue:
    period = read_year(year)
    found = section_in(period.first.year, section_id)
    told = figures_told(found, found.report, current_actor())
    page = render_template(
        "annual_reports/section.html",
        section=found,
        year=period,
        blocks=blocks_of(found),
        removed=[block for block in found.blocks if block.removed_at is not None],
        sentences={block_id: plain(sentence_of(each)) for block_id, each in told.items()},
        told=told,
        misfits={block_id for block_id, each in told.items() if not own_words_fit(each)},
        form=form,
        approval=ApproveForm(version=found.version, formdata=None),
        may_approve=current_actor().may(Permission.APPROVE_REPORTS),
    )
    return page, form.http_status


@annual_report_sections.route("/sections/<int:section_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def edit_section(year: str, section_id: int) -> ResponseReturnValue:
    """Word the heading anew."""
    period = read_year(year)
    found = section_in(period.first.year, section_id)
    form = SectionForm(version=found.version, heading=found.heading, level=found.level, author=found.author)
    if form.validate_on_submit():
        with refusals_in(form):
            change_section(
                actor=current_actor(),
                now=now(),
                year=period.first.year,
                section_id=section_id,
                version=form.version.data,
                heading=form.heading.data,
                level=form.level.data,
                author=form.author.data,
            )
            return redirect(url_for(".section", year=year, section_id=section_id))
    page = render_template("annual_reports/section_form.html", form=form, year=period, title="Change the heading")
    return page, form.http_status


@annual_report_sections.post("/sections/<int:section_id>/move")
@requires(Permission.WRITE_REPORTS)
def move(year: str, section_id: int) -> ResponseReturnValue:
    """Move a section one place up or down, out of the report or back into it."""
    period = read_year(year)
    move_section(actor=current_actor(), now=now(), year=period.first.year, section_id=section_id, to=_asked_way())
    return redirect(f"{overview(period)}#sections")


@annual_report_sections.post("/sections/<int:section_id>/approve")
@requires(Permission.APPROVE_REPORTS)
def approve(year: str, section_id: int) -> ResponseReturnValue:
    """Approve a section as it was shown."""
    period = read_year(year)
    version = ApproveForm().version.data
    approve_section(
        actor=current_actor(), now=now(), year=period.first.year, section_id=section_id, version=int(version or 0)
    )
    flash("The section is approved.", "success")
    return redirect(overview(period))


@annual_report_sections.post("/sections/<int:section_id>/comment")
@requires(Permission.WRITE_REPORTS)
def comment(year: str, section_id: int) -> ResponseReturnValue:
    """Say something about a section."""
    period = read_year(year)
    form = CommentForm()
    if form.validate_on_submit():
        with refusals_in(form):
            comment_on(
                actor=current_actor(),
                now=now(),
                year=period.first.year,
                section_id=section_id,
                text=form.text.data or "",
            )
            return redirect(url_for(".section", year=year, section_id=section_id, _anchor="comments"))
    return _section(year, section_id, form)


@annual_report_sections.route("/sections/<int:section_id>/blocks/new/<what>", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def new_block(year: str, section_id: int, what: str) -> ResponseReturnValue:
    """Add a block behind the others."""
    period = read_year(year)
    found = section_in(period.first.year, section_id)
    if what not in set(BlockKind):
        abort(404)
    form = block_form(BlockKind(what), None, figures_offered())
    if form.validate_on_submit():
        with refusals_in(form):
            add_block(actor=current_actor(), now=now(), year=period.first.year, section_id=section_id, said=form.said())
            return redirect(url_for(".section", year=year, section_id=section_id))
    page = render_template("annual_reports/block.html", form=form, year=period, section=found, kind=what, new=True)
    return page, form.http_status


@annual_report_sections.route("/blocks/<int:block_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_REPORTS)
def block(year: str, block_id: int) -> ResponseReturnValue:
    """Say something else in a block."""
    period = read_year(year)
    found: AnnualReportBlock = block_in(period.first.year, block_id)
    form = block_form(found.kind, found, figures_offered())
    if form.validate_on_submit():
        with refusals_in(form):
            change_block(
                actor=current_actor(),
                now=now(),
                year=period.first.year,
                block_id=block_id,
                version=form.version.data,
                said=form.said(),
            )
            return redirect(url_for(".section", year=year, section_id=found.section_id))
    page = render_template(
        "annual_reports/block.html", form=form, year=period, section=found.section, kind=found.kind.value, new=False
    )
    return page, form.http_status


@annual_report_sections.post("/blocks/<int:block_id>/move")
@requires(Permission.WRITE_REPORTS)
def shift(year: str, block_id: int) -> ResponseReturnValue:
    """Move a block one place up or down in its section, out of it or back into it."""
    period = read_year(year)
    section_id = move_block(
        actor=current_actor(), now=now(), year=period.first.year, block_id=block_id, to=_asked_way()
    )
    return redirect(url_for(".section", year=year, section_id=section_id, _anchor="blocks"))


def _asked_way() -> str:
    """Which way the button says; anything else is no request of ours."""
    return WAYS.get(str(MoveForm().to.data)) or abort(400)
