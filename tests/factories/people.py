"""Who uses the service's records, and who stands in them."""

from datetime import date, timedelta
from typing import Any

from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.contact_preferences import ContactWay, NeedKind
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, email_match_key, identity_key, phone_match_key
from asb_cases.domain.permissions import Actor, Role, Via
from asb_cases.domain.sign_in import email_key, token_hash
from asb_cases.models.account_link import AccountLink
from asb_cases.models.contact_warning import ContactWarning
from asb_cases.models.partner_body import PartnerBody, PartnerBodyKind
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.person_contact import ContactPreference, PersonNeed
from asb_cases.models.person_merge import PersonMerge
from asb_cases.models.place import Address, Ward
from asb_cases.models.user import Authorisation, Team, User
from tests.factories.rows import NOW, TODAY, filled, keep, number


def make_team(name: str | None = None) -> Team:
    name = name or f"Team {number()}"
    return keep(Team(name=name, name_key=fold_key(name)))


def make_body(
    name: str | None = None, kind: PartnerBodyKind = PartnerBodyKind.POLICE, *, relevant: bool = False
) -> PartnerBody:
    name = name or f"Body {number()}"
    return keep(PartnerBody(name=name, name_key=fold_key(name), kind=kind, relevant=relevant))


def make_user(
    role: Role = Role.OFFICER, *, team: Team | None = None, body: PartnerBody | None = None, **given: Any
) -> User:
    """A partner gets a body of their own where none is given."""
    if role is Role.PARTNER and body is None:
        body = make_body()
    email = given.pop("email", f"user{number()}@example.org")
    return keep(
        User(
            **filled(given, name=f"User {number()}", created_at=NOW, password_changed_at=NOW),
            email=email,
            email_key=email_key(email),
            role=role,
            team_id=team.id if team else None,
            partner_body_id=body.id if body else None,
        )
    )


def actor_of(user: User) -> Actor:
    """The user, signed in."""
    return Actor(via=Via.WEB, user_id=user.id, role=user.role, team_id=user.team_id, body_id=user.partner_body_id)


def make_actor(role: Role = Role.OFFICER, **given: Any) -> Actor:
    """Somebody with this role, signed in."""
    return actor_of(make_user(role, **given))


def make_link(user: User, purpose: LinkPurpose, *, token: str | None = None, **given: Any) -> str:
    """A one-time link that is good for long. Gives its token."""
    token = token or f"token-{number()}"
    least = filled(given, made_at=NOW, expires_at=NOW + timedelta(days=3650))
    keep(AccountLink(token_hash=token_hash(token), user_id=user.id, purpose=purpose, **least))
    return token


def make_authorisation(
    user: User, power: str, *, from_on: date = date(2014, 10, 20), to_on: date | None = None
) -> Authorisation:
    return keep(
        Authorisation(
            user_id=user.id, power=power, from_on=from_on, to_on=to_on, delegation_reference=f"DEL/{number()}"
        )
    )


def make_ward(name: str | None = None, **given: Any) -> Ward:
    name = name or f"Ward {number()}"
    return keep(Ward(**given, name=name, name_key=fold_key(name)))


def make_address(text: str | None = None, **given: Any) -> Address:
    text = text or f"{number()} Example Street, Oxford"
    return keep(Address(**given, text=text, text_key=fold_key(text)))


def make_person(name: str | None = None, *, address: Address | None = None, **given: Any) -> Person:
    """An individual, born on a day that is not recorded, unless the test says otherwise."""
    name = name or f"Person {number()}"
    kind, born_on = given.pop("kind", PersonKind.INDIVIDUAL), given.pop("born_on", None)
    key = identity_key(kind, name, born_on, address.text if address else None)
    keys = {"email_key": email_match_key(given.get("email")), "phone_key": phone_match_key(given.get("phone"))}
    person = keep(
        Person(**given, **keys, kind=kind, name=name, name_key=fold_key(name), identity_key=key, born_on=born_on)
    )
    if address:
        keep(PersonAddress(person_id=person.id, address_id=address.id))
    return person


def make_contact_warning(person: Person, **given: Any) -> ContactWarning:
    """One that stands, and is reviewed in half a year."""
    least = filled(
        given,
        reason="Shouted at staff",
        precautions="Visit in pairs",
        set_on=TODAY,
        review_on=TODAY + timedelta(days=180),
    )
    return keep(ContactWarning(person_id=person.id, **least))


def make_preference(person: Person, **given: Any) -> ContactPreference:
    """That they are not to be telephoned, unless the test says otherwise."""
    least = filled(given, not_by=ContactWay.PHONE.value, from_on=TODAY)
    return keep(ContactPreference(person_id=person.id, **least))


def make_need(person: Person, **given: Any) -> PersonNeed:
    least = filled(given, kind=NeedKind.ADJUSTMENT, text="Large print", from_on=TODAY)
    return keep(PersonNeed(person_id=person.id, **least))


def make_merge(kept: Person, merged: Person, **given: Any) -> PersonMerge:
    """That the one was merged into the other, who had nothing of their own."""
    return keep(PersonMerge(kept_id=kept.id, merged_id=merged.id, **filled(given, reason="One person", merged_at=NOW)))
