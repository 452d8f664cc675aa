"""Who does an act at the console: the console itself, or the account named with `--as`."""

from dataclasses import replace

import click

from asb_cases.domain.permissions import CONSOLE, Actor
from asb_cases.queries.users import user_with_email


def acting_as(email: str | None) -> Actor:
    """The console; or the account with this address, with what its role allows. An unknown one is bad usage."""
    if not email:
        return CONSOLE
    user = user_with_email(email)
    if user is None or not user.active:
        raise click.BadParameter(f"No active account has the address “{email}”.", param_hint="--as")
    return replace(CONSOLE, user_id=user.id, role=user.role, team_id=user.team_id, body_id=user.partner_body_id)
