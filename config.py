"""The settings: read from the environment (and `.env`), judged here, handed to `create_app` as one mapping.

Nothing in this module stops a command: what is missing or unsafe becomes a `Problem`, which `flask config check` prints and
which gunicorn and the scheduler refuse to start with where it is `fatal`. `docs/operations.md` describes every setting.
"""

import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import click
from dotenv import dotenv_values
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
MEGABYTE = 1024 * 1024
#: A council's logo: how large it may be, and how a file of each kind begins.
LOGO_BYTES = 500 * 1024
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
#: The shortest secret key taken in production, in characters.
SECRET_KEY_LENGTH = 32


@dataclass(frozen=True)
class Problem:
    """Something wrong with one setting. `fatal`: nothing may serve people until it is put right."""

    setting: str
    message: str
    remedy: str
    fatal: bool = True


def read_settings(environ: Mapping[str, str] | None = None, root: Path = ROOT) -> dict[str, object]:
    """All of Flask's configuration from the environment, else `.env` in `root`, else the defaults.

    The problems met are under `SETTINGS_PROBLEMS`.
    """
    from_file = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    given = {**from_file, **(os.environ if environ is None else environ)}
    instance = root / "instance"
    problems: list[Problem] = []

    base_url = _base_url(given, problems)
    production = base_url.startswith("https://")
    return {
        "PRODUCTION": production,
        "BASE_URL": base_url,
        "ALLOWED_HOSTS": [urlsplit(base_url).netloc] if production else None,
        "PREFERRED_URL_SCHEME": "https" if production else "http",
        "SECRET_KEY": _secret_key(given, instance, production, problems),
        "COUNCIL_NAME": given.get("COUNCIL_NAME", "").strip() or _default_council(production, problems),
        "COUNCIL_LOGO": _logo(given, problems),
        "DOCUMENTS_AS": _documents_as(given, problems),
        "MAIL_URL": _mail_url(given, problems),
        "MAIL_FROM": given.get("MAIL_FROM") or None,
        "MAIL_DOMAIN": parseaddr(given.get("MAIL_FROM") or "")[1].rpartition("@")[2] or urlsplit(base_url).hostname,
        "MAIL_PER_MINUTE": _mail_per_minute(given, problems),
        "STORAGE_DIR": str(_storage(given, instance)),
        "TRUSTED_PROXIES": _trusted_proxies(given, production, problems),
        "TIMEZONE": _timezone(given, problems),
        "SETTINGS_PROBLEMS": problems,
        **_database(given, instance, problems),
        **cookies(production),
        **sign_in(),
        **limits(),
    }


def cookies(production: bool) -> dict[str, object]:
    """One session cookie. Browsers drop `__Host-` and Secure cookies over plain http, so both follow BASE_URL."""
    return {
        "SESSION_COOKIE_NAME": "__Host-asb_cases" if production else "asb_cases",
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
    }


def sign_in() -> dict[str, object]:
    """How long somebody stays signed in: without opening a page, and at the most (from 2026-11-22)."""
    return {"SIGN_IN_IDLE": timedelta(minutes=60), "SIGN_IN_LONGEST": timedelta(hours=12)}


def limits() -> dict[str, object]:
    """How much one request may carry."""
    return {
        "MAX_CONTENT_LENGTH": 16 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_FORM_PARTS": 500,
        # Where files are sent: one of them, and all of a request.
        "MAX_FILE_BYTES": 50 * MEGABYTE,
        "MAX_UPLOAD_BYTES": 60 * MEGABYTE,
    }


def database_options() -> dict[str, object]:
    """For the engine. Values bound to a statement are personal data: they stay out of every error message."""
    return {"hide_parameters": True, "pool_pre_ping": True}


def normalised_database_url(text: str) -> str:
    """`text` with the driver that is installed here.

    Raises ValueError where it is no address of a SQLite or PostgreSQL database.
    """
    try:
        url = make_url(text.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise ValueError("it is not a database address") from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    if url.get_backend_name() == "sqlite":
        return url.render_as_string(hide_password=False)
    raise ValueError(f"{url.get_backend_name()} is not a database that asb-cases knows")


def _database(given: Mapping[str, str], instance: Path, problems: list[Problem]) -> dict[str, object]:
    text = given.get("DATABASE_URL", "").strip()
    if not text:
        instance.mkdir(parents=True, exist_ok=True)
        text = f"sqlite:///{instance / 'asb-cases.sqlite3'}"
    try:
        return {
            "SQLALCHEMY_DATABASE_URI": normalised_database_url(text),
            "SQLALCHEMY_ENGINE_OPTIONS": database_options(),
        }
    except ValueError as error:
        message = f"DATABASE_URL cannot be used: {error}"
        remedy = "Write postgresql://user:password@host/name or sqlite:////absolute/path.sqlite3"
        problems.append(Problem("DATABASE_URL", message, remedy))

    def refuse() -> NoReturn:
        raise click.ClickException(f"{message}. {remedy}.")

    return {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SQLALCHEMY_ENGINE_OPTIONS": {"creator": refuse}}


def _base_url(given: Mapping[str, str], problems: list[Problem]) -> str:
    default = f"http://{given.get('BIND') or '127.0.0.1:8000'}"
    text = given.get("BASE_URL", "").strip().rstrip("/") or default
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and not parts.path and not parts.query
    except ValueError:
        usable = False
    if usable:
        return text
    problems.append(
        Problem("BASE_URL", "BASE_URL is not an address of a site", "Write https://asb.example.gov.uk, without a path")
    )
    # An address meant to be https stays production: a slip of the pen must not loosen anything.
    return "https://invalid.invalid" if text.lower().startswith("https") else default


def _secret_key(given: Mapping[str, str], instance: Path, production: bool, problems: list[Problem]) -> str | None:
    key = given.get("SECRET_KEY", "")
    remedy = "Set SECRET_KEY to what this prints: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    if production and not key:
        problems.append(Problem("SECRET_KEY", "SECRET_KEY is needed in production (BASE_URL is https)", remedy))
        return None
    if production and len(key) < SECRET_KEY_LENGTH:
        message = f"SECRET_KEY is shorter than {SECRET_KEY_LENGTH} characters"
        problems.append(Problem("SECRET_KEY", message, remedy))
    if key:
        return key
    try:
        return _kept_key(instance / "secret_key")
    except OSError as error:
        message = f"no key could be kept in {instance}: {error.strerror}"
        problems.append(Problem("SECRET_KEY", message, "Set SECRET_KEY, or make that folder writable"))
        return None


def _kept_key(path: Path) -> str:
    """The key kept in `path`, made at the first call. Linking a finished file is what makes two first calls agree."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _default_council(production: bool, problems: list[Problem]) -> str:
    if production:
        problems.append(Problem("COUNCIL_NAME", "COUNCIL_NAME is not set", "Set it to the council's name", fatal=False))
    return "Your council"


def _logo(given: Mapping[str, str], problems: list[Problem]) -> str | None:
    """The picture at the head of letters and notices, as an address that holds it: read once, from a file that is named."""
    path = given.get("COUNCIL_LOGO", "").strip()
    if not path:
        return None
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        content, message = b"", f"COUNCIL_LOGO cannot be read: {error.strerror}"
    else:
        message = f"COUNCIL_LOGO is no PNG or JPEG of at most {LOGO_BYTES // 1024} KB"
    kind = next((kind for kind, start in PICTURES.items() if content.startswith(start)), None)
    if kind is not None and len(content) <= LOGO_BYTES:
        return f"data:{kind};base64,{b64encode(content).decode()}"
    remedy = "Name a PNG or JPEG file, or leave it out: documents are headed by the council's name then"
    problems.append(Problem("COUNCIL_LOGO", message, remedy, fatal=False))
    return None


def _documents_as(given: Mapping[str, str], problems: list[Problem]) -> str:
    text = given.get("DOCUMENTS_AS", "").strip().lower() or "pdf"
    if text not in {"pdf", "html"}:
        remedy = "Leave it out, or write html where no PDF is wanted"
        problems.append(Problem("DOCUMENTS_AS", "DOCUMENTS_AS is neither pdf nor html", remedy, fatal=False))
        return "pdf"
    return text


def _mail_url(given: Mapping[str, str], problems: list[Problem]) -> str | None:
    text = given.get("MAIL_URL", "").strip()
    if not text:
        problems.append(
            Problem("MAIL_URL", "MAIL_URL is not set: no e-mail is sent", "Set it and MAIL_FROM", fatal=False)
        )
        return None
    try:
        parts = urlsplit(text)
        usable = parts.scheme == "smtp" and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        remedy = "Write smtp://user:password@host:port?tls=starttls (or implicit, or none)"
        problems.append(Problem("MAIL_URL", "MAIL_URL is not an address of a mail server", remedy))
        return None
    if not given.get("MAIL_FROM"):
        problems.append(Problem("MAIL_FROM", "MAIL_FROM is not set", "Set it to the address that letters come from"))
    return text


def _mail_per_minute(given: Mapping[str, str], problems: list[Problem]) -> int:
    text = given.get("MAIL_PER_MINUTE", "").strip() or "300"
    if text.isdecimal() and 0 < int(text) <= 100_000:
        return int(text)
    problems.append(Problem("MAIL_PER_MINUTE", "MAIL_PER_MINUTE is not a number of e-mails", "Write for example 300"))
    return 300


def _storage(given: Mapping[str, str], instance: Path) -> Path:
    return Path(given.get("STORAGE_DIR", "").strip() or instance / "storage").absolute()


def _trusted_proxies(given: Mapping[str, str], production: bool, problems: list[Problem]) -> int:
    text = given.get("TRUSTED_PROXIES", "").strip()
    if not text:
        if production:
            message = "TRUSTED_PROXIES is not set: every request seems to come from the proxy's own address"
            remedy = "Set it to the number of proxies in front (usually 1)"
            problems.append(Problem("TRUSTED_PROXIES", message, remedy, fatal=False))
        return 0
    if text.isdecimal() and int(text) < 10:
        return int(text)
    problems.append(
        Problem(
            "TRUSTED_PROXIES", "TRUSTED_PROXIES is not a number", "Write how many proxies stand in front: 0, 1 or 2"
        )
    )
    return 0


def _timezone(given: Mapping[str, str], problems: list[Problem]) -> str:
    """Days of English law are days in London; the setting is there so that nobody has to guess."""
    if given.get("TIMEZONE", "").strip() not in {"", "Europe/London"}:
        problems.append(
            Problem("TIMEZONE", "TIMEZONE is not Europe/London", "Leave it out: the Act's days are counted in London")
        )
    return "Europe/London"
