"""Forms for looking after accounts."""

from typing import Any

from asb_cases.domain.permissions import Role
from asb_cases.models.partner_body import PartnerBodyKind
from asb_cases.queries.users import partner_bodies, teams
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    DateField,
    EmailField,
    Form,
    NumberField,
    RadioField,
    SelectField,
    TextField,
    TickField,
    VersionedForm,
)
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


class NameForm(VersionedForm):
    """What something of a list is called."""

    name = TextField("Name", required="Enter the name")


RELEVANT = "A relevant body for ASB case reviews"
RELEVANT_HINT = (
    "Every application is passed to it (2014 Act, s.105): the police, each integrated care board of the area, and social "
    "landlords that are co-opted."
)


class BodyForm(NameForm):
    """What a partner body is called, and what it is."""

    kind = RadioField(
        "What it is",
        required="Choose what it is",
        choices=[(kind.value, words(kind)) for kind in PartnerBodyKind],
        coerce=PartnerBodyKind,
    )
    relevant = TickField(RELEVANT, hint=RELEVANT_HINT)


class MergeWardForm(VersionedForm):
    """Which ward it is really."""

    into = SelectField("The ward that it is", required="Choose the ward", coerce=int)


class CategoryForm(VersionedForm):
    """What a category is called, and where it stands."""

    title = TextField("Name", required="Enter the name")
    parent_id = SelectField("Below", blank="No other: a main category", coerce=int)
    position = NumberField(
        "Place in the list",
        required="Enter the place in the list",
        most=9_999,
        hint="Categories are listed by this number, the lowest first.",
    )


class NewCategoryForm(CategoryForm):
    """One more category."""

    code = TextField(
        "Code",
        required="Enter the code",
        width=20,
        hint="Small letters, digits and underscores. It stays for ever: imports and figures use it.",
    )


class AuthorisationForm(Form):
    """Who may issue what, from when, and by what right."""

    user = SelectField("Who", required="Choose the person", coerce=int, searchable=True)
    power = RadioField("What they may issue", required="Choose what they may issue")
    from_on = DateField("From", required="Enter the first day")
    to_on = DateField("Until, if it ends", hint="Leave it empty for no end.")
    delegation_reference = TextField(
        "Evidence of the authority",
        required="Enter where the authority is given",
        hint="For example Scheme of delegation, part 3, item 14, or the reference of the signed letter.",
    )


class EndAuthorisationForm(VersionedForm):
    """When it ends."""

    to_on = DateField("Last day on which it holds", required="Enter the last day")


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
    relevant = TickField(RELEVANT, hint=RELEVANT_HINT)
