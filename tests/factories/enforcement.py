"""Interventions and what hangs on them, each with the earlier steps it can't be without."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from asb_cases.adapters.storage import Storage
from asb_cases.domain.requirements import RequirementKind
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.case import Case
from asb_cases.models.frozen_document import FrozenDocument
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.requirement import Requirement
from asb_cases.models.user import User
from tests.factories.cases import make_case
from tests.factories.people import make_person, make_user
from tests.factories.rows import NOW, TODAY, filled, keep, number

PREFIXES = {"CPW": "CPW", "CPN": "CPN", "FPN": "FPN", "PROSECUTION": "PRO"}
#: The status of each power's entry once it has been given, before anything comes of it.
GIVEN = {"CPW": "served", "CPN": "in_force", "FPN": "issued", "PROSECUTION": "laid"}


def make_intervention(
    power: str = "CPW",
    *,
    case: Case | None = None,
    subject: Person | None = None,
    follows: Intervention | None = None,
    issuer: User | None = None,
    issued_on: date | None = TODAY,
    **given: Any,
) -> Intervention:
    """One that was given on TODAY. The earlier steps are made as needed: 30 days before it, to the same subject.

    For a draft say `status="draft", issued_on=None`.
    """
    case = case or make_case()
    subject = subject or make_person()
    before = (issued_on or TODAY) - timedelta(days=30)
    own = given.get("issued_by_body") is None
    if power in ("CPN", "FPN", "PROSECUTION") and follows is None and not given.get("incomplete"):
        follows = make_intervention(
            "CPW" if power == "CPN" else "CPN", case=case, subject=subject, issuer=issuer, issued_on=before
        )
    if power in ("FPN", "PROSECUTION"):
        least = {"offence": "cpn_breach", "amount_pence": 10000 if power == "FPN" else None}
        if "breach_id" not in given and given.get("import_id") is None and follows is not None:
            least["breach_id"] = make_breach(follows, from_on=(issued_on or TODAY) - timedelta(days=7)).id
        given = filled(given, **least)
    if issued_on is not None and own and given.get("import_id") is None:
        given = filled(given, issuer_id=(issuer or make_user()).id)
    return keep(
        Intervention(
            **filled(
                given,
                reference=f"{PREFIXES.get(power, 'OTP')}-2026-{number():04d}",
                status=GIVEN.get(power, "in_force"),
            ),
            power=power,
            case_id=case.id,
            subject_id=subject.id,
            follows_id=follows.id if follows else None,
            issued_on=issued_on,
        )
    )


def make_requirement(
    intervention: Intervention, kind: RequirementKind = RequirementKind.STOP, **given: Any
) -> Requirement:
    least = {"number": 1, "text": "Stop playing amplified music that can be heard outside"}
    return keep(
        Requirement(**filled(given, **least), intervention_id=intervention.id, power=intervention.power, kind=kind)
    )


def make_breach(notice: Intervention, *, from_on: date = TODAY, **given: Any) -> AllegedBreach:
    """An alleged breach, not yet decided."""
    return keep(AllegedBreach(**filled(given, recorded_on=from_on), intervention_id=notice.id, from_on=from_on))


def make_frozen_document(step: Intervention, *, content: bytes, storage: Storage, **given: Any) -> FrozenDocument:
    """A document of an intervention as it left, with its bytes."""
    received = storage.receive(BytesIO(content), len(content))
    storage.keep(received)
    least = {
        "kind": "notice", "title": "Community protection notice", "number": step.reference, "case_id": step.case_id,
        "intervention_id": step.id, "template": "community_protection_notice", "template_version": "0" * 12, "data": "{}",
        "sha256": received.sha256, "size_bytes": len(content), "media_type": "application/pdf", "made_with": "A test",
        "made_at": NOW,
    }  # fmt: skip
    return keep(FrozenDocument(**filled(given, **least)))
