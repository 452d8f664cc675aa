"""What of a case somebody is shown who may see that it exists: its words, its people, its complaints, its steps."""

from dataclasses import dataclass

from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, CaseScope, Permission

#: Parts whose names are the reason a case may be shared; the others are people who turned to us or stand by them.
NAMED_TO_ALL = frozenset({Part.SUBJECT, Part.OWNER_LANDLORD, Part.OCCUPIER})


@dataclass(frozen=True)
class CaseContent:
    """`words`: titles, places and everything written. `named`: the parts whose people are named. `register`: their
    entries in the register of people may be opened. `files`: those of everybody, where a partner is shown what their own
    body added. `risk`: how great the risk is taken to be, and why. The rest: whether that kind of record is shown at all."""

    words: bool
    named: frozenset[Part]
    register: bool
    complaints: bool
    interventions: bool
    notices_in_force: bool
    case_reviews: bool
    internal_notes: bool
    files: bool
    risk: bool


def content_for(actor: Actor) -> CaseContent:
    """What the actor is shown of the cases they may see. A partner reads what was shared without the names of those who
    complained; whoever works by references alone reads no words."""
    words = actor.case_scope not in {CaseScope.REFERENCES_ONLY, CaseScope.NONE}
    everybody = words and actor.may(Permission.SEE_PEOPLE)
    interventions = actor.may(Permission.SEE_INTERVENTIONS)
    return CaseContent(
        words=words,
        named=frozenset(Part) if everybody else NAMED_TO_ALL if words else frozenset(),
        register=everybody,
        complaints=words and actor.may(Permission.SEE_COMPLAINTS),
        interventions=interventions,
        notices_in_force=interventions or actor.may(Permission.SEE_NOTICES_IN_FORCE),
        case_reviews=actor.may(Permission.SEE_CASE_REVIEWS),
        internal_notes=words and actor.case_scope is not CaseScope.SHARED_WITH_BODY,
        risk=words and actor.may(Permission.SEE_RISK),
        files=words and actor.may(Permission.SEE_FILES) and actor.case_scope is not CaseScope.SHARED_WITH_BODY,
    )
