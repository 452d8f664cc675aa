"""`/cases/<reference>/risk` and `/risk/<id>`: the risk record of a case, a new assessment, another level."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.domain.risk import RiskTemplate
from asb_cases.queries.cases import load_case_for
from asb_cases.queries.risk import (
    assessment_for,
    assessments_of_case,
    next_due,
    people_at_risk,
    risk_template_called,
    risk_template_on,
)
from asb_cases.services.risk import assess_risk, change_risk_level
from asb_cases.web.access import current_actor, requires
from asb_cases.web.consultations import shown
from asb_cases.web.forms import refusals_in
from asb_cases.web.risk.forms import NOT_NAMED, LevelForm, assess_form

risk = Blueprint("risk", __name__)

LONGEST_NUMBER = 6


@risk.get("/cases/<reference>/risk")
@requires(Permission.SEE_RISK)
def record(reference: str) -> str:
    """Every assessment of a case: of each person the one that counts, then the earlier ones."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    found = assessments_of_case(case.id)
    shown("risk_assessment", *(row.id for row, _counts in found), case_id=case.id)
    return render_template(
        "risk/record.html",
        case=case,
        current=[row for row, counts in found if counts],
        earlier=[row for row, counts in found if not counts],
        due=next_due([row for row, counts in found if counts]),
        not_named=NOT_NAMED,
        may_assess=actor.may(Permission.WORK_CASES),
    )


@risk.route("/cases/<reference>/risk/new", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def assess(reference: str) -> ResponseReturnValue:
    """Assess the risk to somebody of a case."""
    actor = current_actor()
    case = load_case_for(actor, reference, today())
    template = _template()
    form = assess_form(template, people_at_risk(case.id), request.args.get("person", type=int))
    if form.validate_on_submit():
        with refusals_in(form):
            assess_risk(
                actor=actor,
                now=now(),
                case_id=case.id,
                person_id=form.person.data,
                template_version=template.version,
                given=form.given(),
                level=form.level.data,
                level_reason=form.level_reason.data,
                note=form.note.data,
            )
            flash("The risk is assessed.", "success")
            return redirect(url_for("risk.record", reference=case.reference))
    shown("case", case.id, case_id=case.id)
    return render_template("risk/assess.html", form=form, case=case, template=template), form.http_status


def _template() -> RiskTemplate:
    """The version that the form was made from, where one was sent; else the one in use today."""
    sent = request.form.get("template_version", "")
    if request.method == "POST" and sent.isascii() and sent.isdigit() and len(sent) <= LONGEST_NUMBER:
        return risk_template_called(int(sent))
    return risk_template_on(today())


@risk.route("/risk/<int:assessment_id>/level", methods=["GET", "POST"])
@requires(Permission.WORK_CASES)
def level(assessment_id: int) -> ResponseReturnValue:
    """Set another level than the matrix gave."""
    actor = current_actor()
    row = assessment_for(actor, assessment_id, today())
    case = row.case
    form = LevelForm(version=row.version, level=row.level.value)
    if form.validate_on_submit():
        with refusals_in(form):
            change_risk_level(
                actor=actor,
                now=now(),
                assessment_id=assessment_id,
                level=form.level.data,
                reason=form.level_reason.data,
                version=form.version.data,
            )
            flash("The level of risk is changed.", "success")
            return redirect(url_for("risk.record", reference=case.reference))
    shown("risk_assessment", row.id, case_id=case.id)
    return render_template("risk/level.html", form=form, row=row, case=case, not_named=NOT_NAMED), form.http_status
