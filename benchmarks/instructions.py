"""How many instructions a request takes, by cachegrind: exact where clocks are not.

Each count is the difference of two runs of this program, with a few requests and with more, so that starting up falls out.
Run by itself as a program it does the requests: `python -m benchmarks.instructions DATABASE page|floor NAME COUNT`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.filled import application, signed_in_client
from benchmarks.floor import bare_app, statements_of
from benchmarks.pages import pages

FEW, MORE = 3, 13
ROOT = Path(__file__).resolve().parents[1]


def instructions(database: Path, name: str, which: str) -> int:
    """Instructions of one request of a page, or of its floor."""
    few, more = (_counted(database, name, which, count) for count in (FEW, MORE))
    return (more - few) // (MORE - FEW)


def _counted(database: Path, name: str, which: str, count: int) -> int:
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    program = [sys.executable, "-m", "benchmarks.instructions", str(database), which, name, str(count)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    ran = subprocess.run(  # noqa: S603 - our own program
        [*valgrind, *program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found = re.search(r"I\s+refs:\s+([\d,]+)", ran.stderr)
    if found is None:
        raise RuntimeError(ran.stderr)
    return int(found.group(1).replace(",", ""))


def main() -> None:
    database, which, name, count = sys.argv[1:]
    app = application(Path(database))
    client = signed_in_client(app)
    with app.app_context():
        path = pages()[name]
    bare = bare_app(database, {name: statements_of(app, client, path)}).test_client()
    for _ in range(int(count)):
        if which == "page":
            client.get(path)
        else:
            bare.get(f"/floor/{name}")


if __name__ == "__main__":
    main()
