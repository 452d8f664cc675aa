"""The steps of the small world's case: one of each power, given today, and what hangs on them."""

from collections.abc import Callable

from asb_cases.adapters.time import today
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from tests.factories import make_intervention, make_requirement
from tests.factories.outcomes import make_appeal, make_hearing, make_representation

#: What the texts of the hidden ones hold, beside those of the case itself.
AFTER_NOUNS = ("court", "put")


def steps_after(case: Case, person: Person, text: Callable[[str], str]) -> dict[str, str]:
    """What fills the variable parts of their addresses. `text` makes a text that hides, or not."""
    told = {"case": case, "subject": person, "conduct": text("conduct"), "issued_on": today()}
    warning, appealed = make_intervention("CPW", **told), make_intervention("CPN", status="appealed", **told)
    make_requirement(appealed, text=text("demand"))
    make_appeal(appealed, court=text("court"))
    prosecution = make_intervention("PROSECUTION", **told)
    hearing = make_hearing(prosecution, court=text("court"))
    put_forward = make_representation(appealed, text=text("put"))
    return {
        "cpw": warning.reference,
        "appealed": appealed.reference,
        "prosecution": prosecution.reference,
        "hearing": str(hearing.id),
        "representation": str(put_forward.id),
    }
