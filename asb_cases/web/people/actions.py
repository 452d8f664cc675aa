"""What can be done with the record of a person or body from its page."""

from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.permissions import Actor
from asb_cases.models.person import Person
from asb_cases.web.action_links import ActionGroup, ActionLine, open_to

RECORD, SAFETY = "The record", "Contact"


def actions_for(person: Person, actor: Actor) -> list[ActionGroup]:
    """The links that lead the reader on, by heading."""
    unnamed, identified = person.kind in UNNAMED, person.identified_as_id is not None
    lines = [
        ActionLine(RECORD, "Change details", "register.edit_person"),
        ActionLine(RECORD, "Add an address", "register.new_address"),
        ActionLine(RECORD, "Record who this turned out to be", "register.identify", unnamed and not identified),
        ActionLine(RECORD, "Undo who this is", "register.undo_identification", identified),
        ActionLine(RECORD, "Merge with another record", "merging.find_other"),
        ActionLine(SAFETY, "Change contact preferences", "contact_details.edit_preferences"),
        ActionLine(SAFETY, "Record a need", "contact_details.new_need"),
        ActionLine(SAFETY, "Set a contact warning", "contact_warnings.new_warning"),
    ]
    return open_to(actor, lines, person_id=person.id)
