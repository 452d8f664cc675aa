"""`flask config check`."""

from flask import Flask
from flask.testing import FlaskCliRunner

from config import Problem


def check(console: FlaskCliRunner) -> tuple[int, str]:
    result = console.invoke(args=["config", "check"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_ready(console: FlaskCliRunner) -> None:
    assert check(console) == (0, "Ready to serve http://localhost.\n")


def test_unsafe_setting_is_named_with_its_remedy(app: Flask, console: FlaskCliRunner) -> None:
    app.config["SETTINGS_PROBLEMS"] = [Problem("SECRET_KEY", "SECRET_KEY is short", "Make it longer")]
    assert check(console) == (1, "Must be put right: SECRET_KEY is short. Make it longer.\n")


def test_advice_alone_is_no_failure(app: Flask, console: FlaskCliRunner) -> None:
    app.config["SETTINGS_PROBLEMS"] = [Problem("MAIL_URL", "No e-mail is sent", "Set MAIL_URL", fatal=False)]
    status, output = check(console)
    assert status == 0
    assert output.startswith("Should be put right: No e-mail is sent. Set MAIL_URL.\nReady")
