"""`flask files`: whether every file on record is there and is what was received."""

import json
import sys

import click
from flask import current_app
from flask.cli import AppGroup

from asb_cases.adapters.storage import Storage
from asb_cases.queries.stored_files import StorageFault, check_storage

files = AppGroup("files", help="The files that are kept on cases.")


@files.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def verify(as_json: bool) -> None:
    """Read every file again and compare its SHA-256 with the one worked out when it was received. Exit 1 where one is
    missing, altered or unreadable. Nothing is changed."""
    found = check_storage(
        Storage(current_app.config["STORAGE_DIR"]), lambda count: click.echo(f"{count:,} files read ...", err=True)
    )
    if as_json:
        faults = [
            {"sha256": fault.sha256, "problem": fault.problem, "files": fault.file_ids, "documents": fault.document_ids}
            for fault in found.faults
        ]
        click.echo(json.dumps({
            "checked": found.checked, "faults": faults, "not_on_record": found.not_on_record,
            "left_over": found.left_over,
        }))  # fmt: skip
    else:
        for fault in found.faults:
            click.echo(f"{fault.problem.capitalize()}: {fault.sha256} ({_named(fault)})", err=True)
        click.echo(_summary(found.checked, len(found.faults)))
        if found.not_on_record or found.left_over:
            click.echo(
                f"Besides: {found.not_on_record:,} kept that no record names, {found.left_over:,} only partly received. "
                "They do no harm.",
                err=True,
            )
    sys.exit(1 if found.faults else 0)


def _named(fault: StorageFault) -> str:
    kinds = (("file", fault.file_ids), ("document as it left", fault.document_ids))
    return "; ".join(f"{kind} {', '.join(str(each) for each in ids)}" for kind, ids in kinds if ids)


def _summary(checked: int, faults: int) -> str:
    if faults:
        return f"{faults:,} of {checked:,} files on record are not as they were received."
    return f"All {checked:,} files on record are there, and each is what was received."
