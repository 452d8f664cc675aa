"""Who works here: teams, accounts (one to sign in with for each role, and colleagues), partner bodies, delegations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from asb_cases.domain.permissions import CONSOLE, Actor, Role, Via
from asb_cases.models.partner_body import PartnerBodyKind
from asb_cases.services.authorisations import give_authorisation
from asb_cases.services.new_passwords import MadeUp, make_up_password
from asb_cases.services.teams import find_or_add_partner_body, find_or_add_team
from asb_cases.services.users import create_user, deactivate_user

INVESTIGATION, STREETS = "ASB Investigation Team", "Community Response Team"
POLICE, LANDLORD = "Thames Valley Police (demonstration)", "Otter Meadow Homes (invented)"
HEALTH = "Isis Vale Integrated Care Board (invented)"
#: The relevant bodies for case reviews, in that order.
RELEVANT = (POLICE, LANDLORD, HEALTH)
DELEGATION = "Scheme of delegation, part 3, item 14"
FIRST_DAY = date(2014, 10, 20)


@dataclass(frozen=True)
class Colleague:
    """An account to be made: `key` is how the demonstration calls them, and the name before @example.org."""

    key: str
    name: str
    role: Role
    team: str | None = None
    body: str | None = None
    issues: tuple[str, ...] = ()


#: The first account of each role is the one to sign in with.
COLLEAGUES = (
    Colleague("officer", "Juno Marlowick", Role.OFFICER, INVESTIGATION, issues=("CPN", "FPN")),
    Colleague("manager", "Bernard Ashquill", Role.MANAGER, INVESTIGATION, issues=("CPN", "FPN")),
    Colleague("legal", "Philippa Stonecrop", Role.LEGAL),
    Colleague("duty", "Kwame Nightbarrow", Role.DUTY_OFFICER, STREETS),
    Colleague("partner", "Sergeant Ottoline Ferngate", Role.PARTNER, body=POLICE),
    Colleague("analyst", "Ravi Tallystick", Role.ANALYST),
    Colleague("administrator", "Marguerite Keyholder", Role.ADMINISTRATOR),
    Colleague("streets", "Tobias Pavingstone", Role.OFFICER, STREETS, issues=("CPN", "FPN")),
    Colleague("night", "Esme Lanternby", Role.DUTY_OFFICER, STREETS),
    Colleague("deputy", "Hyacinth Overmantle", Role.MANAGER, STREETS),
    Colleague("former", "Cornelius Bygone", Role.OFFICER, INVESTIGATION, issues=("CPN", "FPN")),
)


@dataclass(frozen=True)
class SignIn:
    """How to come in as one role. The password is shown once: only its hash is kept."""

    role: Role
    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Staff:
    """The people of the service as actors of acts, by key, and the teams and bodies by name."""

    actors: Mapping[str, Actor]
    teams: Mapping[str, int]
    bodies: Mapping[str, int]

    def __getitem__(self, key: str) -> Actor:
        return self.actors[key]

    def id_of(self, key: str) -> int:
        user_id = self.actors[key].user_id
        if user_id is None:
            raise LookupError(key)
        return user_id


def make_up_passwords() -> list[MadeUp]:
    """A password for each colleague. Slow, so before the act that keeps them. Raises `passwords.Busy`."""
    return [make_up_password() for _ in COLLEAGUES]


def take_on(passwords: Sequence[MadeUp], *, now: datetime) -> Staff:
    """Make the teams, bodies, accounts and authorisations, as of `now`."""
    teams = {name: find_or_add_team(actor=CONSOLE, now=now, name=name) for name in (INVESTIGATION, STREETS)}
    kinds = {
        POLICE: PartnerBodyKind.POLICE,
        LANDLORD: PartnerBodyKind.HOUSING_PROVIDER,
        HEALTH: PartnerBodyKind.INTEGRATED_CARE_BOARD,
    }
    bodies = {
        name: find_or_add_partner_body(actor=CONSOLE, now=now, name=name, kind=kind, relevant=name in RELEVANT)
        for name, kind in kinds.items()
    }
    actors: dict[str, Actor] = {}
    for colleague, password in zip(COLLEAGUES, passwords, strict=True):
        team_id, body_id = teams.get(colleague.team or ""), bodies.get(colleague.body or "")
        user_id = create_user(
            actor=CONSOLE,
            now=now,
            email=_email(colleague),
            name=colleague.name,
            role=colleague.role,
            password_hash=password.password_hash,
            own_password=True,
            team_id=team_id,
            body_id=body_id,
        )
        actors[colleague.key] = Actor(
            via=Via.WEB, user_id=user_id, role=colleague.role, team_id=team_id, body_id=body_id
        )
        for power in colleague.issues:
            _authorise(user_id, power, now)
    return Staff(actors, teams, bodies)


def let_go(staff: Staff, key: str, *, now: datetime) -> None:
    """Take a colleague's account out of use."""
    deactivate_user(actor=CONSOLE, now=now, user_id=staff.id_of(key), seen=None)


def sign_ins(passwords: Sequence[MadeUp]) -> list[SignIn]:
    """The account to sign in with for each role, in the order of the roles."""
    first: dict[Role, SignIn] = {}
    for colleague, password in zip(COLLEAGUES, passwords, strict=True):
        shown = SignIn(colleague.role, colleague.name, _email(colleague), password.password)
        first.setdefault(colleague.role, shown)
    return [first[role] for role in Role]


def _authorise(user_id: int, power: str, now: datetime) -> None:
    give_authorisation(
        actor=CONSOLE, now=now, user_id=user_id, power=power, from_on=FIRST_DAY, delegation_reference=DELEGATION
    )


def _email(colleague: Colleague) -> str:
    return f"{colleague.key}@example.org"
