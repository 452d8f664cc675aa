"""The pages that are measured, with addresses that the filled database answers with full pages."""

from sqlalchemy import func, select

from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.intervention import Intervention

SIGN_IN = "sign-in"


def pages() -> dict[str, str]:
    """Name and address of each page. Needs an open application context on a filled database."""
    return {
        SIGN_IN: "/sign-in",
        "case list": "/cases",
        "open cases, priority 1": "/cases?status=open&priority=1",
        "case page": f"/cases/{_busiest_case()}",
        "search, a name": "/search?q=Rosalind+Applemarch",
        "search, common words": "/search?q=music+night",
        "search, nothing": "/search?q=zzyzx",
        "people": "/people",
        "interventions": "/interventions",
        "complaints": "/complaints",
        "figures of a year": "/reports/figures?from=2024-04-01&to=2025-03-31",
        "partnership report": "/reports/partnership/2024-25",
    }


def _busiest_case() -> str:
    """The newest case that came to a notice and holds as many complaints as any."""
    told = func.count(Complaint.id)
    found = db.session.scalar(
        select(Case.reference)
        .join(Complaint, Complaint.case_id == Case.id)
        .where(Case.id.in_(select(Intervention.case_id).where(Intervention.power == "CPN")))
        .group_by(Case.id)
        .order_by(told.desc(), Case.id.desc())
        .limit(1)
    )
    db.session.rollback()
    if found is None:
        raise LookupError("No case with a notice: fill the database with more cases.")
    return found
