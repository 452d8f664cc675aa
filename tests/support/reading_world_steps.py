"""What hangs on the steps of the full case, for tests that open every page about it."""

from sqlalchemy import select

from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from tests.factories.outcomes import make_hearing, make_representation
from tests.support.reading_world import FullCase

#: Columns of theirs that some page shows.
SHOWN_AFTER = {"hearings.court", "representations.made_by", "representations.text"}


def steps_of(full: FullCase) -> dict[str, str]:
    """What fills the variable parts of their addresses, by the names of the table of who may open what."""
    notice, prosecution = (step_of(reference) for reference in (full.notice, full.prosecution))
    return {
        "cpw": full.warning,
        "appealed": full.notice,
        "prosecution": full.prosecution,
        "representation": str(make_representation(notice, made_by="A solicitor").id),
        "hearing": str(make_hearing(prosecution, court="Oxford").id),
    }


def step_of(reference: str) -> Intervention:
    return db.session.scalars(select(Intervention).where(Intervention.reference == reference)).one()
