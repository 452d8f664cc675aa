"""How a draft takes up what a warning or notice says and rests on (`domain/draft_content.py`). Parts of acts, not acts."""

from collections.abc import Iterable
from dataclasses import dataclass

from asb_cases.domain.draft_content import COLUMNS, Asked, Content, Evidence, Told
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.legal_test import TIME_LIMIT_ON_STOP, check_requirements
from asb_cases.domain.powers.screening import raised
from asb_cases.domain.record_keeping import NEEDS_WORDS, words_given
from asb_cases.domain.requirements import Requirement
from asb_cases.extensions import db
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence, ScreeningAnswer
from asb_cases.models.requirement import Requirement as RequirementRow
from asb_cases.queries.enforcement import check_evidence_of_case

#: By which evidence names a record of the case.
EVIDENCE_COLUMNS = ("complaint_id", "note_id", "attachment_id", "contact_entry_id", "incident_id")

__all__ = ["Asked", "Content", "Evidence", "NoticeTo", "Told", "add_requirements", "check_content", "describe"]


@dataclass(frozen=True)
class NoticeTo:
    """A recipient of a notice, and the written warning to them that it follows. `content`: what theirs says, where it is
    not what all of them say."""

    subject_id: int
    follows_id: int | None = None
    content: Content | None = None


def check_content(power: str, case_id: int, content: Content) -> None:
    """What no draft may hold: a time limit on a stop requirement of a notice, evidence that is none or another case's."""
    asked = [
        Requirement(number, 1, each.kind, each.text, each.comply_by)
        for number, each in enumerate(content.requirements, 1)
    ]
    found = check_requirements(asked, POWERS[power].time_limited_kinds)
    Findings(tuple(each for each in found.refusals if each.code == TIME_LIMIT_ON_STOP.code)).raise_if_refused()
    for column in EVIDENCE_COLUMNS:
        ids = [getattr(each, column) for each in content.evidence]
        check_evidence_of_case(case_id, column, [each for each in ids if each is not None])
    gathered([
        None if all(map(_named, content.evidence)) else NEEDS_WORDS.of(what="The evidence").at("evidence"),
        *(words_given("Who was told", each.name, "consultees") for each in content.consultees),
    ]).raise_if_refused()  # fmt: skip


def describe(step: Intervention, content: Content) -> None:
    """Put the content into a draft, and into the rows that hang on it."""
    for column in COLUMNS:
        value = getattr(content, column)
        setattr(step, column, value.strip() or None if isinstance(value, str) else value)
    if content.screen:
        step.screening_flags = raised(content.screen)
    db.session.add_all(
        ScreeningAnswer(
            intervention_id=step.id, item=each.item, raised=each.raised, note=(each.note or "").strip() or None
        )
        for each in content.screen
    )
    db.session.add_all(
        InterventionEvidence(
            intervention_id=step.id,
            limb=each.limb,
            description=each.description or None,
            complaint_id=each.complaint_id,
            note_id=each.note_id,
            attachment_id=each.attachment_id,
            contact_entry_id=each.contact_entry_id,
            incident_id=each.incident_id,
        )
        for each in content.evidence
    )
    db.session.add_all(
        Consultee(intervention_id=step.id, name=each.name.strip(), told_on=each.told_on, note=each.note)
        for each in content.consultees
    )
    add_requirements(step, content.requirements)


def add_requirements(step: Intervention, asked: Iterable[Asked], *, made_by: str = "issue", first: int = 1) -> None:
    """First versions of requirements, numbered from `first`."""
    for number, each in enumerate(asked, first):
        db.session.add(
            RequirementRow(
                intervention_id=step.id,
                power=step.power,
                number=number,
                kind=each.kind,
                text=each.text.strip(),
                comply_by=each.comply_by,
                made_by=made_by,
            )
        )


def _named(evidence: Evidence) -> bool:
    """Whether it names anything."""
    kept = (evidence.complaint_id, evidence.note_id, evidence.attachment_id, evidence.contact_entry_id)
    return bool((evidence.description or "").strip()) or any(kept)
