"""Forms for looking after accounts."""

from typing import Any

from asb_cases.domain.permissions import Role
from asb_cases.models.partner_body import PartnerBodyKind
from asb_cases.queries.users import partner_bodies, teams
from asb_cases.web.filters import words
from asb_cases.web.forms import EmailField, Form, RadioField, SelectField, TextField, VersionedForm
from asb_cases.web.validators import EmailAddress

#: What a role is, for the person who gives it.
ROLES = {
    Role.OFFICER: "Works the cases of a team",
    Role.MANAGER: "Allocates, authorises, decides and closes, for the whole service",
    Role.LEGAL: "Works on appeals and prosecutions",
    Role.DUTY_OFFICER: "Takes complaints outside office hours",
    Role.PARTNER: "Works for another body and sees what is shared with it",
    Role.ANALYST: "Makes the figures and sees no names",
    Role.ADMINISTRATOR: "Looks after accounts and settings and sees no cases",
}


class _WithRole(Form):
    """What an account is: shared by the form for a new one and the form that changes one."""

    name = TextField("Full name", required="Enter the person's name", autocomplete="off")
    role = RadioField(
        "Role",
        required="Choose a role",
        choices=[(role.value, words(role), hint) for role, hint in ROLES.items()],
        coerce=Role,
    )
    team = SelectField("Team", blank="No team", coerce=int, hint="An officer sees the cases of their own team.")
    body = SelectField("Partner body", blank="This council", coerce=int, hint="For partners: the body they work for.")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.team.choices = [(str(team.id), team.name) for team in teams()]
        self.body.choices = [(str(body.id), body.name) for body in partner_bodies()]


class NewUserForm(_WithRole):
    """A new account."""

    email = EmailField(
        "Email address", [EmailAddress()], required="Enter the person's email address", autocomplete="off"
    )


class NewAddressForm(Form):
    """Another e-mail address for an account."""

    email = EmailField(
        "New email address", [EmailAddress()], required="Enter the new email address", autocomplete="off"
    )


class ChangeUserForm(VersionedForm, _WithRole):
    """An account as it is, to be changed."""


class VersionForm(VersionedForm):
    """No questions, only a button."""


class TeamForm(Form):
    """A new team."""

    team_name = TextField("Name of the new team", required="Enter the name of the team")


class PartnerBodyForm(Form):
    """A new partner body."""

    body_name = TextField("Name of the new body", required="Enter the name of the body")
    kind = RadioField(
        "What it is",
        required="Choose what it is",
        choices=[(kind.value, words(kind)) for kind in PartnerBodyKind],
        coerce=PartnerBodyKind,
    )
