"""What can be done with the record of a person or body from its page."""

from flask import current_app, url_for

from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.permissions import Actor
from asb_cases.models.person import Person
from asb_cases.web.access import may_come_in
from asb_cases.web.cases.actions import ActionGroup

RECORD, SAFETY = "The record", "Contact"


def actions_for(person: Person, actor: Actor) -> list[ActionGroup]:
    """The links that lead the reader on, by heading."""
    unnamed, identified = person.kind in UNNAMED, person.identified_as_id is not None
    lines = [
        (RECORD, "Change details", "register.edit_person", True),
        (RECORD, "Add an address", "register.new_address", True),
        (RECORD, "Record who this turned out to be", "register.identify", unnamed and not identified),
        (RECORD, "Undo who this is", "register.undo_identification", identified),
        (RECORD, "Merge with another record", "merging.find_other", True),
        (SAFETY, "Change contact preferences", "contact_details.edit_preferences", True),
        (SAFETY, "Record a need", "contact_details.new_need", True),
        (SAFETY, "Set a contact warning", "contact_warnings.new_warning", True),
    ]
    views = current_app.view_functions
    groups = [
        ActionGroup(
            heading,
            [
                (label, url_for(endpoint, person_id=person.id))
                for of, label, endpoint, fits in lines
                if of == heading and fits and may_come_in(views[endpoint], actor)
            ],
        )
        for heading in (RECORD, SAFETY)
    ]
    return [group for group in groups if group.links]
