"""On a doorstep: a document that the officer who drafted it authorises, signs and hands over in one go."""

from datetime import datetime

from asb_cases.domain.permissions import Actor
from asb_cases.services.history import as_one_act
from asb_cases.services.interventions import authorise, issue
from asb_cases.services.press import Press
from asb_cases.services.service_of_documents import Giving, record_service
from asb_cases.services.transaction import transaction


@transaction
def hand_over_at_once(
    *,
    actor: Actor,
    now: datetime,
    intervention_id: int,
    giving: Giving,
    cautions_reason: str | None = None,
    version: int | None = None,
    press: Press | None = None,
) -> int:
    """Authorise one's own draft, sign it and record that it was handed over, all or nothing. What the council's policy and
    the law ask of each step is asked here too: where policy wants a second person first, it is refused; where it wants
    one on the next working day, the check falls due then. It was signed when it was handed over, though it may be
    recorded later that night. It is one entry of the history. Returns the id of the record of service."""
    signed_at = giving.given_at or now
    why = cautions_reason
    with as_one_act("handed_over_at_once"):
        authorise(actor=actor, now=now, intervention_id=intervention_id, version=version, cautions_reason=why)
        issue(
            actor=actor, now=now, intervention_id=intervention_id, cautions_reason=why, signed_at=signed_at, press=press
        )
        return record_service(actor=actor, now=now, intervention_id=intervention_id, giving=giving, cautions_reason=why)
