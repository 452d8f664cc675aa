"""The settings of an application under test: as installed, over plain http, with a key of its own."""

from pathlib import Path
from tempfile import gettempdir

from config import cookies, database_options, limits, sign_in


def settings_for_tests(database_url: str, storage: Path | None = None) -> dict[str, object]:
    """What `create_app` needs for the database at `database_url`. Files go to `storage`."""
    return {
        "TESTING": True,
        "PRODUCTION": False,
        "BASE_URL": "http://localhost",
        "ALLOWED_HOSTS": None,
        "SECRET_KEY": "a key for tests alone",
        "COUNCIL_NAME": "Oxbridge City Council",
        "COUNCIL_LOGO": None,
        # A PDF takes a tenth of a second: the tests that are about them ask for them.
        "DOCUMENTS_AS": "html",
        "MAIL_URL": None,
        "MAIL_FROM": None,
        "MAIL_DOMAIN": "localhost",
        "MAIL_PER_MINUTE": 60_000,
        "STORAGE_DIR": str(storage or Path(gettempdir()) / "asb-cases-nothing-is-kept-here"),
        "TRUSTED_PROXIES": 0,
        "TIMEZONE": "Europe/London",
        "SETTINGS_PROBLEMS": [],
        "SQLALCHEMY_DATABASE_URI": database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database_options(),
        **cookies(production=False),
        **sign_in(),
        **limits(),
    }
