"""`flask users`: making accounts where nobody can sign in yet."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from asb_cases.adapters.passwords import Busy
from asb_cases.adapters.time import now
from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.models.partner_body import PartnerBodyKind
from asb_cases.services import users as users_service
from asb_cases.services.new_passwords import password_hash_of
from asb_cases.services.teams import find_or_add_partner_body, find_or_add_team
from asb_cases.services.transaction import transaction

users = AppGroup("users", help="Accounts of the people who sign in.")


@users.command("create")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they are.")
@click.option("--team", help="Their team, made if there is none of that name.")
@click.option("--body", help="For a partner: the body they work for, made if there is none of that name.")
@click.option(
    "--body-kind",
    type=click.Choice([kind.value for kind in PartnerBodyKind]),
    default=PartnerBodyKind.OTHER.value,
    help="What a body that is made is.",
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking for it.")
def create(
    email: str, name: str, role: str, team: str | None, body: str | None, body_kind: str, password_stdin: bool
) -> None:
    """Make an account for EMAIL."""
    password = _password(password_stdin)
    kind = PartnerBodyKind(body_kind)
    try:
        kept = password_hash_of(password, about=(name, email, current_app.config["COUNCIL_NAME"]))
        _create(email=email, name=name, role=Role(role), team=team, body=body, kind=kind, password_hash=kept)
    except RuleBroken as broken:
        raise click.ClickException("\n".join(map(str, broken.refusals))) from broken
    except Busy as busy:
        raise click.ClickException("The machine is too busy to keep a password. Try again.") from busy
    click.echo(f"{email} can sign in as {role.replace('_', ' ')}.")


@transaction
def _create(
    *,
    email: str,
    name: str,
    role: Role,
    team: str | None,
    body: str | None,
    kind: PartnerBodyKind,
    password_hash: str,
) -> None:
    """The account with its team or body, all or nothing."""
    moment = now()
    users_service.create_user(
        actor=CONSOLE,
        now=moment,
        email=email,
        name=name,
        role=role,
        team_id=find_or_add_team(actor=CONSOLE, now=moment, name=team) if team else None,
        body_id=find_or_add_partner_body(actor=CONSOLE, now=moment, name=body, kind=kind) if body else None,
        password_hash=password_hash,
        own_password=True,
    )


def _password(from_stdin: bool) -> str:
    """The password: one line of standard input, or typed twice without being shown."""
    if from_stdin:
        return _piped()
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to type a password at. Use --password-stdin and pipe it in.")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt="Password again")
    return password


def _piped() -> str:
    """The first line of standard input, refused where it is no text: no keyboard could type it again."""
    try:
        typed = sys.stdin.readline().rstrip("\r\n")
        typed.encode()
    except UnicodeError as error:
        raise click.UsageError("The password is not text in UTF-8.") from error
    return typed
