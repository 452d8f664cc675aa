"""`/admin/risk-matrix`: the versions of the matrix, and a new one, looked at before it is used."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.domain.risk import RiskTemplate
from asb_cases.domain.risk_template import check_template
from asb_cases.queries.risk import risk_template_on, risk_templates
from asb_cases.services.risk import change_risk_template
from asb_cases.web.access import current_actor, requires
from asb_cases.web.forms import refusals_in
from asb_cases.web.risk.matrix_forms import MatrixForm, filled, read

risk_matrix = Blueprint("risk_matrix", __name__, url_prefix="/admin/risk-matrix")


@risk_matrix.get("")
@requires(Permission.MANAGE_SETTINGS)
def versions() -> str:
    """Every version, the latest first."""
    return render_template(
        "risk/matrix.html", versions=risk_templates()[::-1], in_use=risk_template_on(today()).version
    )


@risk_matrix.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def new_version() -> ResponseReturnValue:
    """A new version: made from the latest, previewed, then used from a day."""
    form = filled(risk_templates()[-1].template, today())
    preview: RiskTemplate | None = None
    if form.validate_on_submit():
        found = read(form)
        form.show_refusals(found.refusals)
        if found.template is not None and "preview" in request.form:
            form.show_refusals(check_template(found.template))
            preview = None if form.errors else found.template
        elif found.template is not None:
            with refusals_in(form):
                _use(form, found.template)
                return redirect(url_for("risk_matrix.versions"))
    return render_template("risk/new_matrix.html", form=form, preview=preview), form.http_status


def _use(form: MatrixForm, template: RiskTemplate) -> None:
    seen = str(form.seen_version.data or "")
    version = change_risk_template(
        actor=current_actor(),
        now=now(),
        template=template,
        because=form.because.data,
        seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
    )
    flash(f"Version {version} is used from the day you gave. Earlier assessments stay as they were made.", "success")
