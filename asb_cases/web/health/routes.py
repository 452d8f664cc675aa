"""`/health`: the process answers. `/health/ready`: and it can do its work. No sign-in, no personal data."""

from pathlib import Path

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from asb_cases.adapters.storage_space import storage_fault
from asb_cases.adapters.time import now
from asb_cases.queries.readiness import clock_fault, database_fault, outbox_fault
from asb_cases.web.access import public
from asb_cases.web.accounts.site import this_site

health = Blueprint("health", __name__)

UNKNOWN = "Not known: the database has to be put right first"


@health.get("/health")
@public
def alive() -> ResponseReturnValue:
    """This process takes requests."""
    return jsonify(status="ok")


@health.get("/health/ready")
@public
def ready() -> ResponseReturnValue:
    """What the work needs, each `ok` or what is wrong with it; 503 where anything is wrong."""
    database = database_fault(Path(current_app.config["MIGRATIONS"]))
    # Where no mail server is set all e-mail waits, and that is nothing to be put right.
    watched = not database and this_site().sends_email
    faults = {
        "database": database,
        "scheduler": UNKNOWN if database else clock_fault(),
        "outbox": outbox_fault(now()) if watched else UNKNOWN if database else None,
        "storage": storage_fault(Path(current_app.config["STORAGE_DIR"])),
    }
    wrong = any(faults.values())
    checks = {name: fault or "ok" for name, fault in faults.items()}
    return jsonify(status="unavailable" if wrong else "ok", checks=checks), 503 if wrong else 200
