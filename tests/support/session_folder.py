"""One folder for one run of the suite, shared by its parallel workers and gone at the end, however the run ends."""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgresql import PrivateServer

VARIABLE = "ASB_CASES_TEST_FOLDER"
PREFIX = "asb-cases-test-"
#: Copies of databases are made by the thousand: in memory where there is this much of it to spare.
ROOM_WANTED = 2 * 1024**3


def open_session_folder() -> Path:
    """Make this run's folder and tell the workers where it is. Folders of runs that were killed go first."""
    memory = Path("/dev/shm")
    base = Path(tempfile.gettempdir())
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_WANTED:
        base = memory
    remove_left_over_folders(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
    folder.chmod(0o711)
    os.environ[VARIABLE] = str(folder)
    return folder


def remove_left_over_folders(base: Path) -> None:
    """Stop and remove what runs that were killed left in `base`: their folders say whose they were."""
    for left_over in base.glob(f"{PREFIX}*"):
        if not _alive(left_over.name.removeprefix(PREFIX).split("-")[0]):
            _remove(left_over)


def session_folder() -> Path:
    """The folder of the run that this process belongs to."""
    return Path(os.environ[VARIABLE])


def close_session_folder() -> None:
    """Stop what runs in the folder and remove it."""
    _remove(Path(os.environ.pop(VARIABLE)))


@contextmanager
def only_one(name: str) -> Iterator[Path]:
    """A place in the folder for `name`, entered by one worker at a time."""
    with (session_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield session_folder() / name


def made_once(name: str, make: object) -> str:
    """What the first worker's `make()` returned: the others are given the same text."""
    with only_one(f"{name}.json") as note:
        if not note.exists():
            note.write_text(json.dumps(make()))  # type: ignore[operator]
        return str(json.loads(note.read_text()))


def _remove(folder: Path) -> None:
    for server in folder.glob("postgresql*/data/postmaster.pid"):
        PrivateServer(server.parent.parent).stop()
    shutil.rmtree(folder, ignore_errors=True)


def _alive(process: str) -> bool:
    return process.isdigit() and Path(f"/proc/{process}").exists()
