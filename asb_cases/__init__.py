"""Case management for anti-social behaviour teams. `create_app` is the one place that knows every step of the house.

Each step imports what it binds when it is taken: importing a rule (`asb_cases.domain...`) loads this module, and must
not load the whole application with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Mapping[str, object]) -> Flask:
    """The application with `config` (see config.py). Reads neither the environment nor the clock."""
    from flask import Flask

    from asb_cases.adapters.logs import configure_logging
    from asb_cases.web.templates import Templates

    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=None, instance_path=str(ROOT / "instance")
    )
    app.jinja_environment = Templates
    app.config.from_mapping(config, MIGRATIONS=str(ROOT / "migrations"))
    configure_logging(production=app.config["PRODUCTION"])

    bind_extensions(app)
    set_up_pages(app)
    register_pages(app)
    register_step_pages(app)
    register_commands(app)
    trust_proxies(app)
    return app


def bind_extensions(app: Flask) -> None:
    """Step 2: the tools, and the rows they are to know."""
    import asb_cases.models  # noqa: F401 - so that the metadata is whole
    from asb_cases.extensions import csrf, db, login_manager, migrate

    db.init_app(app)
    migrate.init_app(app, db, directory=app.config["MIGRATIONS"])
    login_manager.init_app(app, add_context_processor=False)  # error pages must not load anybody
    csrf.init_app(app)


def set_up_pages(app: Flask) -> None:
    """Step 8: what every page shares: who may come in, headers, errors, filters, static files."""
    from asb_cases.web.access import guard
    from asb_cases.web.accounts.first_password import insist_on_own_password
    from asb_cases.web.address_parts import read_address_parts
    from asb_cases.web.asking_pace import keep_pace
    from asb_cases.web.consultations import log_consultations
    from asb_cases.web.errors import show_errors
    from asb_cases.web.filters import install_filters
    from asb_cases.web.headers import send_headers
    from asb_cases.web.hosts import check_hosts
    from asb_cases.web.navigation import show_navigation
    from asb_cases.web.record_words import install_record_words
    from asb_cases.web.request_size import bound_forms
    from asb_cases.web.sent_twice import act_on_forms_once
    from asb_cases.web.signed_in import know_who_is_signed_in
    from asb_cases.web.static_files import serve_static_files

    read_address_parts(app)
    bound_forms(app)
    check_hosts(app)
    know_who_is_signed_in(app)
    guard(app)
    insist_on_own_password(app)
    keep_pace(app)
    act_on_forms_once(app)
    send_headers(app)
    log_consultations(app)  # after what else touches responses, so that it has its say first
    show_errors(app)
    install_filters(app)
    install_record_words(app)
    show_navigation(app)
    serve_static_files(app, ROOT / "asb_cases" / "static")


def register_pages(app: Flask) -> None:
    """Step 8: the pages, one blueprint each."""
    from asb_cases.web.absences.routes import absences
    from asb_cases.web.accounts.links import account_links
    from asb_cases.web.accounts.routes import accounts
    from asb_cases.web.admin.authorisations import admin_authorisations
    from asb_cases.web.admin.categories import admin_categories
    from asb_cases.web.admin.emails import admin_emails
    from asb_cases.web.admin.groups import admin_groups
    from asb_cases.web.admin.jobs import admin_jobs
    from asb_cases.web.admin.policy import policy_values
    from asb_cases.web.admin.record_keeping import record_keeping
    from asb_cases.web.admin.reminder_plans import reminder_plans
    from asb_cases.web.admin.routes import admin
    from asb_cases.web.admin.users import admin_users
    from asb_cases.web.admin.wards import admin_wards
    from asb_cases.web.admin.wordings import wordings
    from asb_cases.web.annual_reports.routes import annual_reports
    from asb_cases.web.annual_reports.sections import annual_report_sections
    from asb_cases.web.case_reviews.applying import review_applying
    from asb_cases.web.case_reviews.explaining import review_explaining
    from asb_cases.web.case_reviews.papers import review_papers
    from asb_cases.web.case_reviews.routes import case_reviews
    from asb_cases.web.case_reviews.steps import review_steps
    from asb_cases.web.cases.allocation import allocation
    from asb_cases.web.cases.closing import case_closing
    from asb_cases.web.cases.connections import connections
    from asb_cases.web.cases.details import case_details
    from asb_cases.web.cases.people import case_people
    from asb_cases.web.cases.restricted import restricted_cases
    from asb_cases.web.cases.routes import cases
    from asb_cases.web.cases.sharing import sharing
    from asb_cases.web.casework.contacts import contacts
    from asb_cases.web.casework.incidents import incidents
    from asb_cases.web.casework.notes import notes
    from asb_cases.web.casework.plans import plans
    from asb_cases.web.casework.tasks import tasks
    from asb_cases.web.casework.waits import waits
    from asb_cases.web.complaints.keeping import complaint_keeping
    from asb_cases.web.complaints.routes import complaints
    from asb_cases.web.complaints.triage import complaint_triage
    from asb_cases.web.documents.routes import documents
    from asb_cases.web.files.routes import files
    from asb_cases.web.health.routes import health
    from asb_cases.web.history.routes import history
    from asb_cases.web.home.lists import work_lists
    from asb_cases.web.home.routes import home
    from asb_cases.web.intake.routes import intake
    from asb_cases.web.interventions.next_steps import next_steps
    from asb_cases.web.interventions.routes import interventions
    from asb_cases.web.open_data.routes import open_data
    from asb_cases.web.out_of_hours.notices import notices
    from asb_cases.web.out_of_hours.routes import out_of_hours
    from asb_cases.web.people.contact_details import contact_details
    from asb_cases.web.people.contact_warnings import contact_warnings
    from asb_cases.web.people.enforcement import person_enforcement
    from asb_cases.web.people.merging import merging
    from asb_cases.web.people.register import register
    from asb_cases.web.people.routes import people
    from asb_cases.web.public.asking import asking
    from asb_cases.web.public.pages import public_pages
    from asb_cases.web.reminders.routes import reminders
    from asb_cases.web.reports.caseload import caseloads
    from asb_cases.web.reports.dashboard import dashboard
    from asb_cases.web.reports.information_requests import information_requests
    from asb_cases.web.reports.procedure_reviews import procedure_reviews
    from asb_cases.web.reports.publications import publications
    from asb_cases.web.reports.routes import reports
    from asb_cases.web.reports.rows import figure_rows
    from asb_cases.web.reports.series import series
    from asb_cases.web.risk.matrix import risk_matrix
    from asb_cases.web.risk.routes import risk
    from asb_cases.web.saved_filters.routes import filters_kept
    from asb_cases.web.search.routes import searching

    for pages in (
        health, home, work_lists, reminders, filters_kept, searching, history,
        intake, complaints, complaint_triage, complaint_keeping, out_of_hours, notices,
        cases, case_details, allocation, sharing, restricted_cases, connections, case_closing,
        contacts, notes, tasks, incidents, plans, waits, files, risk, documents,
        people, register, case_people, contact_details, contact_warnings, merging, person_enforcement,
        interventions, next_steps,
        case_reviews, review_applying, review_steps, review_papers, review_explaining,
        reports, publications, caseloads, figure_rows, series, dashboard, open_data,
        annual_reports, annual_report_sections,
        information_requests,
        accounts, account_links, absences, admin, admin_users, admin_jobs, admin_emails, reminder_plans, risk_matrix,
        policy_values, record_keeping, admin_groups, admin_wards, admin_categories, admin_authorisations, asking,
        procedure_reviews, public_pages, wordings,
    ):  # fmt: skip
        app.register_blueprint(pages)


def register_step_pages(app: Flask) -> None:
    """Step 8: the pages that take a warning, notice, penalty or prosecution one step on, one blueprint a topic."""
    from asb_cases.web.interventions.appeals import interventions_appeals
    from asb_cases.web.interventions.breaches import interventions_breaches
    from asb_cases.web.interventions.corrections import interventions_corrections
    from asb_cases.web.interventions.court_words import install_court_words
    from asb_cases.web.interventions.drafting import drafting
    from asb_cases.web.interventions.endings import interventions_endings
    from asb_cases.web.interventions.hearings import interventions_hearings
    from asb_cases.web.interventions.measures import interventions_measures
    from asb_cases.web.interventions.notices import interventions_notices
    from asb_cases.web.interventions.other_tools import tools
    from asb_cases.web.interventions.outside_steps import outside_steps
    from asb_cases.web.interventions.penalties import interventions_penalties
    from asb_cases.web.interventions.prosecutions import interventions_prosecutions
    from asb_cases.web.interventions.representations import interventions_representations
    from asb_cases.web.interventions.serving import serving
    from asb_cases.web.interventions.signing import signing
    from asb_cases.web.interventions.warnings import interventions_warnings

    install_court_words(app)
    for pages in (
        interventions_warnings, interventions_notices, interventions_endings, interventions_representations,
        interventions_hearings, interventions_appeals, drafting, signing, serving, outside_steps,
        interventions_breaches, interventions_measures, interventions_penalties, interventions_prosecutions,
        interventions_corrections, tools,
    ):  # fmt: skip
        app.register_blueprint(pages)


def register_commands(app: Flask) -> None:
    """Step 8: the console, one group each."""
    from asb_cases.cli.case_reviews import case_reviews
    from asb_cases.cli.clocks import clocks
    from asb_cases.cli.config import config
    from asb_cases.cli.demo import demo
    from asb_cases.cli.files import files
    from asb_cases.cli.history import history
    from asb_cases.cli.imports import imports
    from asb_cases.cli.jobs import jobs, scheduler
    from asb_cases.cli.report import report
    from asb_cases.cli.users import users

    for commands in (config, users, history, clocks, case_reviews, imports, report, demo, files, jobs, scheduler):
        app.cli.add_command(commands)


def trust_proxies(app: Flask) -> None:
    """Believe forwarded addresses from exactly the proxies that stand in front."""
    from werkzeug.middleware.proxy_fix import ProxyFix

    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
