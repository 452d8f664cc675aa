"""Who does an act at the console: the console itself, or the account named with `--as`."""

from dataclasses import replace

import click

from asb_cases.domain.permissions import CONSOLE, Actor
from asb_cases.queries.users import user_with_email


class Acting(click.ParamType[Actor]):
    """The e-mail address of an account; the console itself where none is given."""

    name = "email"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Actor:
        if isinstance(value, Actor):
            return value
        email = str(value).strip()
        if not email:
            return CONSOLE
        user = user_with_email(email)
        if user is None or not user.active:
            self.fail(f"No active account has the address “{email}”.", param, ctx)
        return replace(CONSOLE, user_id=user.id, role=user.role, team_id=user.team_id, body_id=user.partner_body_id)
