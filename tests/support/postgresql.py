"""A private PostgreSQL server for one run of the suite, from the machine's own programs.

Run as a program with `--find`, it prints where they are and exits 1 where there are none (script/test asks).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: What a throw-away server needs not do: survive a crash.
FAST = " ".join(
    f"-c {setting}"
    for setting in (
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "autovacuum=off",
        "max_connections=200",
        "max_wal_size=4GB",
        "log_min_messages=fatal",
    )
)


def find_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl: Debian's newest, else whatever is on PATH."""
    debian = sorted(
        (path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    candidates = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((path for path in candidates if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


class PrivateServer:
    """A server in `folder`, reached through a socket there by anyone on this machine who may enter the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    @property
    def url(self) -> str:
        """The address of its maintenance database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def start(self) -> None:
        """Make and start it: about a second and a half."""
        programs = find_programs()
        if programs is None:
            raise RuntimeError(
                "PostgreSQL's server programs are missing. As root: apt-get install postgresql. "
                "Or set TEST_DATABASE_URL to a database whose name holds the word test."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run(
            programs / "initdb",
            "-D",
            self.data,
            "--no-sync",
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-k {self.folder} -c listen_addresses='' {FAST}"
        self._run(programs / "pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it at once; what it held is thrown away with the folder. One that was killed has nothing to stop."""
        programs = find_programs()
        if programs is None or not self.running():
            return
        try:
            self._run(programs / "pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        except RuntimeError:
            # It may have ended by itself between the look and the signal: that is what was wanted.
            if self.running():
                raise

    def running(self) -> bool:
        """Whether the process that its pid file names is a server. The file outlives one that was killed, and the
        number may since have gone to another program, which must not be signalled."""
        try:
            process = (self.data / "postmaster.pid").read_text().split()[0]
            return Path(f"/proc/{int(process)}/comm").read_text().strip() == "postgres"
        except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            return False

    def _run(self, *command: object) -> None:
        # PostgreSQL refuses to run as root; Debian's package made this account for it.
        become = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        words = [*become, *map(str, command)]
        result = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if result.returncode:
            raise RuntimeError(f"{' '.join(words)} failed:\n{result.stdout}{result.stderr}")


if __name__ == "__main__":
    found = find_programs()
    print(found or "PostgreSQL's server programs are missing")
    sys.exit(0 if found else 1)
