"""Authority to issue a power (2014 Act s.53): given to one person, from a day, under a delegation; and ended."""

from datetime import date, datetime

from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.authority import AUTHORISED_ALREADY, UNKNOWN_POWER
from asb_cases.domain.record_keeping import ALREADY_DONE, days_in_order, words_given
from asb_cases.extensions import db
from asb_cases.models.user import Authorisation
from asb_cases.queries.authorisations import covered
from asb_cases.services.case_owners import check_may_have_done
from asb_cases.services.history import Subject, record
from asb_cases.services.register_rows import locked_row
from asb_cases.services.transaction import transaction


@transaction
def give_authorisation(
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    power: str,
    from_on: date,
    delegation_reference: str,
    to_on: date | None = None,
) -> int:
    """Authorise somebody to issue `power` (a code of `domain.powers.POWERS`) from a day, perhaps to a day. `delegation_reference`
    names the decision of the council it rests on. Returns the id."""
    actor.check(Permission.MANAGE_USERS)
    gathered([
        UNKNOWN_POWER if power not in POWERS else None,
        words_given("The reference of the delegation", delegation_reference, "delegation_reference"),
        days_in_order(("the first day", from_on), ("The last day", to_on), "to_on"),
        AUTHORISED_ALREADY if covered(user_id, power, from_on, to_on) else None,
    ]).raise_if_refused()  # fmt: skip
    check_may_have_done(user_id, "user", Permission.ISSUE)
    authorisation = Authorisation(
        user_id=user_id,
        power=power,
        from_on=from_on,
        to_on=to_on,
        delegation_reference=delegation_reference.strip(),
    )
    db.session.add(authorisation)
    db.session.flush()
    about = Subject("authorisation", authorisation.id)
    record("authorisation_given", about, actor=actor, now=now, details={"user_id": user_id, "power": power})
    return authorisation.id


@transaction
def end_authorisation(
    *, actor: Actor, now: datetime, authorisation_id: int, to_on: date, seen: int | None = None
) -> None:
    """End it on a day, the last on which it holds: what was issued under it stays lawful. Raises RuleBroken,
    StaleVersion, NotFound."""
    actor.check(Permission.MANAGE_USERS)
    authorisation = locked_row(Authorisation, authorisation_id, seen)
    gathered([
        ALREADY_DONE if authorisation.to_on is not None and authorisation.to_on <= to_on else None,
        days_in_order(("the first day", authorisation.from_on), ("The last day", to_on), "to_on"),
    ]).raise_if_refused()  # fmt: skip
    authorisation.to_on = to_on
    record("authorisation_ended", Subject("authorisation", authorisation.id), actor=actor, now=now)
