"""The scripts and the server, run as people run them."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """What a machine with nothing set up has, and `settings`; the data in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASB_", "FLASK_"))}
    return kept | {"DATABASE_URL": f"sqlite:///{folder}/test.sqlite3", "STORAGE_DIR": f"{folder}/storage"} | settings


def run(*command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_console_runs_from_any_folder_and_says_nothing_of_its_own(tmp_path: Path) -> None:
    upgraded = run(str(ROOT / "script/flask"), "db", "upgrade", folder=tmp_path)
    assert (upgraded.returncode, upgraded.stdout) == (0, ""), upgraded.stderr
    checked = run(str(ROOT / "script/flask"), "config", "check", folder=tmp_path)
    assert checked.returncode == 0
    assert checked.stdout.endswith("Ready to serve http://127.0.0.1:8000.\n")


def test_database_that_cannot_be_used_is_explained_without_a_traceback(tmp_path: Path) -> None:
    upgraded = run(str(ROOT / "script/flask"), "db", "upgrade", folder=tmp_path, DATABASE_URL="mysql://h/n")
    assert upgraded.returncode == 1
    assert "DATABASE_URL cannot be used: mysql is not a database that asb-cases knows" in upgraded.stderr
    assert "Traceback" not in upgraded.stderr
    checked = run(str(ROOT / "script/flask"), "config", "check", folder=tmp_path, DATABASE_URL="mysql://h/n")
    assert checked.returncode == 1
    assert checked.stdout.startswith("Must be put right: DATABASE_URL cannot be used")


def test_unsafe_production_does_not_start_but_the_console_does(tmp_path: Path) -> None:
    unsafe = {"BASE_URL": "https://asb.example.gov.uk", "SECRET_KEY": ""}
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py")]
    settings = environment(tmp_path, BIND="127.0.0.1:0", **unsafe)
    served = subprocess.run(gunicorn, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False)
    assert served.returncode == 1
    assert "Not started: SECRET_KEY is needed in production" in served.stderr
    assert run(str(ROOT / "script/flask"), "db", "upgrade", folder=tmp_path, **unsafe).returncode == 0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """script/server, until the block ends; then ended politely."""
    command = [str(ROOT / "script/server"), "--port", str(port)]
    settings = environment(folder, WEB_CONCURRENCY="1")
    with subprocess.Popen(command, cwd=folder, env=settings, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def wait_for(address: str, seconds: float) -> bytes:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return bytes(response.read())
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def test_server_sets_up_serves_and_stops(tmp_path: Path) -> None:
    port = free_port()
    with served(tmp_path, port) as process:
        assert wait_for(f"http://127.0.0.1:{port}/health/ready", seconds=60).startswith(b"{")
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "There is no user yet. In another window: script/flask users create" in said


@pytest.mark.parametrize("arguments", [["--port"], ["--port", "x"], ["--nonsense"]])
def test_server_asked_wrongly_says_how_to_ask(tmp_path: Path, arguments: list[str]) -> None:
    asked = run(str(ROOT / "script/server"), *arguments, folder=tmp_path)
    assert asked.returncode == 2
    assert asked.stderr.startswith("Usage: script/server")


def test_locks_are_clean_and_in_step() -> None:
    checked = subprocess.run([str(ROOT / "script/lock"), "--check"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
