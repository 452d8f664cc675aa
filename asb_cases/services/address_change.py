"""Another e-mail address for an account: confirmed by a link sent to the new one, and told to the old one."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from asb_cases.documents.emails import address_changed_email
from asb_cases.domain import account_links as rules
from asb_cases.domain import accounts
from asb_cases.domain.account_links import LinkPurpose
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.sign_in import email_key
from asb_cases.extensions import db
from asb_cases.queries.account_links import good_link, links_made_since
from asb_cases.queries.users import user_with_email
from asb_cases.services.account_links import MadeLink, Site, make_link, use_link
from asb_cases.services.history import Subject, record
from asb_cases.services.outbox import queue_email
from asb_cases.services.setting_passwords import holder_of_link
from asb_cases.services.transaction import transaction
from asb_cases.services.users import check_email, locked_user


@transaction
def ask_for_address_change(*, actor: Actor, now: datetime, user_id: int, email: str, site: Site) -> MadeLink:
    """Make the link that confirms a new address. Nothing changes before it is used, and whether somebody else has an
    account with that address is not told here: only whoever reads its mail comes to know.

    One's own, or by an administrator. Raises RuleBroken, NotFound, NotPermitted.
    """
    own = actor.user_id == user_id
    actor.check(Permission.USE_OWN_ACCOUNT if own else Permission.MANAGE_USERS)
    user = locked_user(user_id)
    check_email(email)
    lately = links_made_since(user_id, LinkPurpose.ADDRESS_CHANGE, now - timedelta(hours=1))
    gathered([
        rules.NOT_IN_USE if not user.active else None,
        rules.SAME_ADDRESS if email_key(email) == user.email_key else None,
        rules.TOO_MANY_LINKS if lately >= rules.MOST_IN_AN_HOUR else None,
    ]).raise_if_refused()  # fmt: skip
    made = make_link(user, LinkPurpose.ADDRESS_CHANGE, actor=actor, now=now, site=site, new_email=email.strip())
    record("address_change_asked", Subject("user", user.id), actor=actor, now=now)
    return made


@transaction
def confirm_address(*, actor: Actor, now: datetime, token: str, site: Site) -> None:
    """The holder of the link reads mail at the new address: it is the account's from now on. Links that lie in the old
    inbox are good no more. Raises LinkOver, RuleBroken where another account has the address by now."""
    link = good_link(token, (LinkPurpose.ADDRESS_CHANGE,), now=now, lock=True)
    user, old, new = link.user, link.user.email, link.new_email or ""
    try:
        with db.session.begin_nested():
            user.email, user.email_key = new, email_key(new)
    except IntegrityError as error:
        if user_with_email(new) is None:
            raise
        raise RuleBroken((accounts.EMAIL_TAKEN,)) from error
    use_link(link, now=now)
    if site.sends_email:
        queue_email(
            address_changed_email(),
            effect_key=f"address changed {link.id}",
            address=old,
            now=now,
            mail_domain=site.mail_domain,
            user_id=user.id,
        )
    record("address_changed", Subject("user", user.id), actor=holder_of_link(actor, user), now=now)
