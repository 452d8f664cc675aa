"""The benchmark in small, so that it can't rot: a few cases, one round."""

import subprocess
import sys
from pathlib import Path

from benchmarks.filled import filled_database

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_is_measured_against_its_floor(tmp_path: Path) -> None:
    database = filled_database(tmp_path, 120)

    command = [sys.executable, "-m", "benchmarks.run", "--database", str(database), "--rounds", "1", "--each", "1"]
    command += ["--reminders", "12", "--people", "3"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert ran.returncode == 0, ran.stderr
    rows = [line.split(" | ") for line in ran.stdout.splitlines() if line.startswith("| ")]
    names = [row[0].removeprefix("| ") for row in rows]
    assert names[1:3] == ["sign-in", "case list"]
    first_job = names.index("job")
    assert first_job == 13
    done = {row[0].removeprefix("| "): row[1] for row in rows[first_job + 1 :]}
    assert done == {"make_reminders": "12", "email_reminders": "12", "caseload": "3"}
    ratios = [float(row[1].split()[0]) for row in rows[1:first_job]] + [float(row[2]) for row in rows[first_job + 1 :]]
    assert all(ratio > 0 for ratio in ratios)


def test_a_filled_database_is_made_once(tmp_path: Path) -> None:
    database = filled_database(tmp_path, 20)
    made_at = database.stat().st_mtime_ns

    assert filled_database(tmp_path, 20) == database
    assert database.stat().st_mtime_ns == made_at
    assert [path.name for path in tmp_path.iterdir()] == ["benchmark-20.sqlite3"]
