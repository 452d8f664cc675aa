"""`flask files verify`: whether every file on record is what was received."""

import json

from flask import Flask
from flask.testing import FlaskCliRunner

from asb_cases.adapters.storage import Storage
from tests import factories as make


def test_a_whole_and_a_damaged_storage(app: Flask, console: FlaskCliRunner) -> None:
    storage = Storage(app.config["STORAGE_DIR"])
    with app.app_context():
        case = make.make_case()
        good, bad = (make.make_file(case, content=each, storage=storage) for each in (b"one", b"two"))
        good_id, bad_id, bad_hash = good.id, bad.id, bad.sha256
    assert good_id != bad_id
    found = console.invoke(args=["files", "verify"])
    assert (found.exit_code, found.stdout) == (0, "All 2 files on record are there, and each is what was received.\n")

    storage.place_of(bad_hash).unlink()
    found = console.invoke(args=["files", "verify"])
    assert found.exit_code == 1
    assert found.stdout == "1 of 2 files on record are not as they were received.\n"
    assert found.stderr == f"Missing: {bad_hash} (file {bad_id})\n"
    told = json.loads(console.invoke(args=["files", "verify", "--json"]).stdout)
    assert told == {
        "checked": 2, "not_on_record": 0, "left_over": 0,
        "faults": [{"sha256": bad_hash, "problem": "missing", "files": [bad_id], "documents": []}],
    }  # fmt: skip


def test_an_empty_installation(console: FlaskCliRunner) -> None:
    found = console.invoke(args=["files", "verify"])
    assert (found.exit_code, found.stdout) == (0, "All 0 files on record are there, and each is what was received.\n")
