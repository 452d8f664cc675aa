"""`flask history`: whether the record of what happened is whole."""

import sys

import click
from flask.cli import AppGroup

from asb_cases.queries.history import verify_history

history = AppGroup("history", help="The record of who did what.")


@history.command("verify")
def verify() -> None:
    """Check the chain of history entries. Exit 1 and the first broken entry, if it does not hold."""
    found = verify_history(lambda count: click.echo(f"{count:,} entries read ...", err=True))
    if found.holds:
        click.echo(f"The history holds: {found.entries:,} entries, each linked to the one before.")
        return
    click.echo(
        f"The history does not hold: entry {found.broken_id}: {found.problem}. "
        f"{found.entries:,} entries before it are whole.",
        err=True,
    )
    sys.exit(1)
