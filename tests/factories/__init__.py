"""Rows for tests: `make_case()` gives the least the database takes, committed; what matters stands in the test.

They write rows and no history: what an act does is tested through the act. Needs an open application context.
"""

from tests.factories.cases import (
    category,
    make_case,
    make_case_review,
    make_complaint,
    make_contact,
    make_file,
    make_import,
    make_note,
    make_participant,
    make_reader,
    make_share,
    make_task,
)
from tests.factories.enforcement import make_breach, make_intervention, make_requirement
from tests.factories.people import (
    actor_of,
    make_actor,
    make_address,
    make_authorisation,
    make_body,
    make_contact_warning,
    make_need,
    make_person,
    make_preference,
    make_team,
    make_user,
    make_ward,
)
from tests.factories.rows import NOW, TODAY, filled, keep, number

__all__ = [
    "NOW",
    "TODAY",
    "actor_of",
    "category",
    "filled",
    "keep",
    "make_actor",
    "make_address",
    "make_authorisation",
    "make_body",
    "make_breach",
    "make_case",
    "make_case_review",
    "make_complaint",
    "make_contact",
    "make_contact_warning",
    "make_file",
    "make_import",
    "make_intervention",
    "make_need",
    "make_note",
    "make_participant",
    "make_person",
    "make_preference",
    "make_reader",
    "make_requirement",
    "make_share",
    "make_task",
    "make_team",
    "make_user",
    "make_ward",
    "number",
]
