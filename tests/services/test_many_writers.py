"""16 people at once, each in a process of their own: no error, nothing lost, one unbroken history.

`script/prove` sets ASB_CASES_WRITER_ACTS to run it longer and prints the figures.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

PROCESSES = 16
ACTS = int(os.environ.get("ASB_CASES_WRITER_ACTS", "12"))
ROOT = Path(__file__).resolve().parents[2]


def test_sixteen_processes_at_once(engine_url: str, engine_name: str) -> None:
    command = ["-m", "tests.support.many_writers", engine_url, "--processes", str(PROCESSES), "--acts", str(ACTS)]

    ran = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)

    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    print(
        f"\n{engine_name}: {PROCESSES} processes x {ACTS} acts in {found['seconds']} s, {len(found['errors'])} errors,"
        f" {found['came_second']} edits came second and were made again, longest wait {found['longest']:.2f} s"
    )
    assert found["errors"] == []
    assert found["exit_codes"] == [0] * PROCESSES
    assert sum(found["done"].values()) == PROCESSES * ACTS
    kept = found["kept"]
    assert {kind: kept[kind] for kind in found["done"]} == found["done"]
    assert kept["history_entries"] == PROCESSES * ACTS
    assert kept["history_holds"] is True
