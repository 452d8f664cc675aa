"""How gunicorn serves the application; `script/server` starts it, a service manager may as well."""

import os
import sys
from pathlib import Path
from typing import Any

from asb_cases.adapters.logs import configure_logging
from asb_cases.adapters.server_log import ServerLog
from config import read_settings

FIRST_USER = "script/flask users create EMAIL --name 'YOUR NAME' --role administrator"

settings = read_settings()
configure_logging(production=bool(settings["PRODUCTION"]))

wsgi_app = "wsgi:app"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Loaded once and forked: a worker that is replaced is back at once. (It saves no memory: measured.)
preload_app = True
# The workers' sign of life is a file that is touched all the time: keep it off the disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes a private file there
control_socket_disable = True
max_requests = 5000
max_requests_jitter = 500
timeout = 60
graceful_timeout = 30
keepalive = 5
# Addresses of clients are worked out by the application, from as many proxies as TRUSTED_PROXIES says.
forwarded_allow_ips = ""
limit_request_line = 8190
accesslog = "-"
logger_class = ServerLog


def on_starting(server: Any) -> None:
    """Refuse to serve with settings that are missing or unsafe (importing wsgi.py never does)."""
    fatal = [problem for problem in settings["SETTINGS_PROBLEMS"] if problem.fatal]  # type: ignore[attr-defined]
    for problem in fatal:
        print(f"Not started: {problem.message}. {problem.remedy}.", file=sys.stderr)
    if fatal:
        sys.exit(1)


def when_ready(server: Any) -> None:
    """Say what keeps people from using what is now served: a database to upgrade, or nobody to sign in as."""
    from asb_cases.extensions import db
    from asb_cases.queries.first_use import nobody_yet
    from asb_cases.queries.readiness import database_fault
    from wsgi import app

    if settings["PRODUCTION"]:
        print(f"{settings['BASE_URL']} is https: over plain http at {bind} nobody can sign in.", file=sys.stderr)
    with app.app_context():
        fault = database_fault(Path(app.config["MIGRATIONS"]))
        if fault is not None:
            print(f"{fault}. Upgrade it: script/flask db upgrade", file=sys.stderr)
        elif nobody_yet():
            print(f"There is no user yet. In another window: {FIRST_USER}", file=sys.stderr)
        db.session.remove()
        db.engine.dispose()


def post_fork(server: Any, worker: Any) -> None:
    """A database connection must not be shared by two processes."""
    from asb_cases.extensions import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
