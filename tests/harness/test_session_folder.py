"""A run that was killed leaves its folder behind: the next run removes it and is not stopped by what it finds."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.support import session_folder
from tests.support.postgresql import PrivateServer, find_programs


@pytest.fixture
def ended_process() -> int:
    """The number of a process that was there and has ended."""
    process = subprocess.Popen(["/bin/true"])
    process.wait()
    return process.pid


def left_by(base: Path, process: int, pid_file: str) -> Path:
    folder = base / f"{session_folder.PREFIX}{process}-abc"
    (folder / "postgresql" / "data").mkdir(parents=True)
    (folder / "postgresql" / "data" / "postmaster.pid").write_text(pid_file)
    return folder


@pytest.mark.parametrize("pid_file", ["{}\n/somewhere\n", "", "not a number\n"])
def test_a_killed_server_has_nothing_to_stop(tmp_path: Path, ended_process: int, pid_file: str) -> None:
    folder = left_by(tmp_path, ended_process, pid_file.format(ended_process))
    server = PrivateServer(folder / "postgresql")
    assert not server.running()
    server.stop()


def test_a_number_that_went_to_another_program_is_not_signalled(tmp_path: Path) -> None:
    folder = left_by(tmp_path, os.getpid(), f"{os.getpid()}\n")
    server = PrivateServer(folder / "postgresql")
    assert not server.running()
    server.stop()


@pytest.mark.skipif(
    find_programs() is None,
    reason="the suite runs on a server given with TEST_DATABASE_URL, and this machine has none of its own to start and stop",
)
def test_a_server_is_stopped_with_its_folder() -> None:
    base = session_folder.session_folder() / "left-over"
    base.mkdir()
    base.chmod(0o711)
    folder = base / f"{session_folder.PREFIX}0-abc"
    folder.mkdir()
    folder.chmod(0o711)
    server = PrivateServer(folder / "postgresql")
    server.start()
    assert server.running()
    session_folder.remove_left_over_folders(base)
    assert not server.running()
    assert not folder.exists()


def test_the_next_run_removes_what_a_killed_run_left(tmp_path: Path, ended_process: int) -> None:
    left_over = left_by(tmp_path, ended_process, f"{ended_process}\n")
    of_a_live_run = left_by(tmp_path, os.getpid(), f"{ended_process}\n")
    session_folder.remove_left_over_folders(tmp_path)
    assert not left_over.exists()
    assert of_a_live_run.exists()
