"""`flask demo`: the demonstration."""

import click
from flask import current_app
from flask.cli import AppGroup

from asb_cases.adapters.passwords import Busy
from asb_cases.adapters.storage import Storage, StorageAway
from asb_cases.adapters.time import now
from asb_cases.domain.errors import RuleBroken
from asb_cases.services.demo.fill import fill
from asb_cases.services.demo.load import load_demonstration
from asb_cases.services.demo.staff import SignIn

demo = AppGroup("demo", help="Invented people and cases, to look round in.")

EVERY = 100


@demo.command("load")
def load() -> None:
    """Fill an empty database with the demonstration, and print how to sign in.

    All or nothing: one that was interrupted left nothing behind and is simply started again.
    """
    click.echo("Loading the demonstration ...", err=True)
    try:
        accounts = load_demonstration(
            now=now(), storage=Storage(current_app.config["STORAGE_DIR"]), told=_tell_progress
        )
    except RuleBroken as broken:
        raise click.ClickException("\n".join(f"{each.message} {each.remedy}" for each in broken.refusals)) from broken
    except Busy as busy:
        raise click.ClickException("The machine is too busy to make passwords. Try again.") from busy
    except StorageAway as away:
        raise click.ClickException(f"The files of the demonstration cannot be kept: {away}") from away
    except KeyboardInterrupt as interrupt:
        raise click.ClickException("Interrupted: nothing was loaded. Start it again to load it.") from interrupt
    click.echo("The demonstration is loaded.")
    _print_sign_ins(accounts)


@demo.command("fill")
@click.option("--cases", required=True, type=click.IntRange(min=1), help="How many.")
@click.option("--seed", default=1, show_default=True, help="The same number makes the same cases.")
def fill_up(cases: int, seed: int) -> None:
    """Add synthetic cases with everything that hangs on them, to measure with. Never into a database that people use."""
    try:
        accounts = fill(now=now(), cases=cases, seed=seed, told=lambda done: _tell_filled(done, cases))
    except Busy as busy:
        raise click.ClickException("The machine is too busy to make passwords. Try again.") from busy
    click.echo(f"{cases:,} synthetic cases added.")
    if accounts:
        _print_sign_ins(accounts)


def _tell_filled(done: int, cases: int) -> None:
    if done % 5000 == 0 or done == cases:
        click.echo(f"  {done:,} of {cases:,} cases", err=True)


def _tell_progress(count: int) -> None:
    if count % EVERY == 0:
        click.echo(f"  {count} steps", err=True)


def _print_sign_ins(accounts: list[SignIn]) -> None:
    click.echo("Sign in with (passwords are shown this once):\n")
    width = max(len(account.email) for account in accounts)
    for account in accounts:
        role = account.role.value.replace("_", " ")
        click.echo(f"  {role:<14}  {account.email:<{width}}  {account.password}  {account.name}")
    click.echo()
