"""Case management for anti-social behaviour teams. `create_app` is the one place that knows every step of the house."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from asb_cases import models  # noqa: F401 - so that the metadata is whole
from asb_cases.adapters.logs import configure_logging
from asb_cases.cli.config import config as config_commands
from asb_cases.extensions import csrf, db, login_manager, migrate
from asb_cases.web.health.routes import health
from asb_cases.web.hosts import check_hosts

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Mapping[str, object]) -> Flask:
    """The application with `config` (see config.py). Reads neither the environment nor the clock."""
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=None, instance_path=str(ROOT / "instance")
    )
    app.config.from_mapping(config, MIGRATIONS=str(ROOT / "migrations"))
    configure_logging(production=app.config["PRODUCTION"])

    bind_extensions(app)
    set_up_pages(app)
    register_pages(app)
    register_commands(app)
    trust_proxies(app)
    return app


def bind_extensions(app: Flask) -> None:
    """Step 2: the tools."""
    db.init_app(app)
    migrate.init_app(app, db, directory=app.config["MIGRATIONS"])
    login_manager.init_app(app)
    csrf.init_app(app)


def set_up_pages(app: Flask) -> None:
    """Step 8: what every page shares: who may come in, headers, errors, filters, static files."""
    check_hosts(app)


def register_pages(app: Flask) -> None:
    """Step 8: the pages, one blueprint each."""
    app.register_blueprint(health)


def register_commands(app: Flask) -> None:
    """Step 8: the console, one group each."""
    app.cli.add_command(config_commands)


def trust_proxies(app: Flask) -> None:
    """Believe forwarded addresses from exactly the proxies that stand in front."""
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
