"""Drafting a warning or a notice: the conduct, the legal test with its evidence, what is required, and of whom.

A draft may be incomplete: what it lacks is asked for when it is authorised. Several recipients of one drafting (a shared
house) get a document each, to be served and counted separately.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.community_protection_notice import check_draft
from asb_cases.domain.record_keeping import IN_ERROR, NEEDS_WORDS
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence
from asb_cases.models.requirement import Requirement
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import intervention_to_work_on
from asb_cases.queries.enforcement_facts import notice_facts
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.draft_content import Content, NoticeTo, check_content, describe
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import about
from asb_cases.services.new_steps import check_case_open, index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def draft_warning(
    *, actor: Actor, now: datetime, case_id: int, subject_ids: Sequence[int], content: Content
) -> list[int]:
    """Draft a warning to each of the subjects. Returns the ids, in their order."""
    return _draft(
        "CPW", [NoticeTo(each) for each in subject_ids], actor=actor, now=now, case_id=case_id, content=content
    )


@transaction
def draft_notice(
    *, actor: Actor, now: datetime, case_id: int, recipients: Sequence[NoticeTo], content: Content
) -> list[int]:
    """Draft a notice to each recipient, who must have had a written warning (s.43(5)(a)). Returns the ids."""
    return _draft("CPN", recipients, actor=actor, now=now, case_id=case_id, content=content)


@transaction
def change_draft(*, actor: Actor, now: datetime, intervention_id: int, version: int | None, content: Content) -> None:
    """Put other content into a draft. `version` is the one the form was made from. What a draft names is replaced: it
    becomes a record when it is authorised."""
    actor.check(Permission.DRAFT)
    step = intervention_to_work_on(intervention_id, actor=actor, today=local(now).date())
    check_version(step, version)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.status != "draft" or step.power not in ("CPW", "CPN"):
        remedy = "Send it back to drafting first."
        raise RuleBroken((NO_SUCH_MOVE.of(move="change the draft", status=step.status, remedy=remedy),))
    check_content(step.power, step.case_id, content)
    for rows in (InterventionEvidence, Consultee, Requirement):
        db.session.execute(delete(rows).where(rows.intervention_id == step.id))
    describe(step, content)
    flag_modified(step, "conduct")  # so that the version moves although only what hangs on the draft changed
    index_step(step)
    record("draft_changed", about(step), actor=actor, now=now)


def _draft(
    power: str, recipients: Sequence[NoticeTo], *, actor: Actor, now: datetime, case_id: int, content: Content
) -> list[int]:
    actor.check(Permission.DRAFT)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_case_open(case)
    gathered([None if recipients else NEEDS_WORDS.of(what="The recipient").at("subject")]).raise_if_refused()
    check_content(power, case.id, content)
    steps = [_draft_for(power, each, case, content, actor=actor, now=now) for each in recipients]
    entry = about(steps[0]) if len(steps) == 1 else Subject("case", case.id, case.id)
    details = {"power": power, "intervention_ids": [step.id for step in steps]}
    record("drafted", entry, actor=actor, now=now, details=details)
    return [step.id for step in steps]


def _draft_for(power: str, to: NoticeTo, case: Case, content: Content, *, actor: Actor, now: datetime) -> Intervention:
    today = local(now).date()
    subject = person_to_work_on(to.subject_id, actor=actor, today=today)
    follows = intervention_to_work_on(to.follows_id, actor=actor, today=today) if to.follows_id else None
    if power == "CPN":
        facts_of = Intervention(power=power, case_id=case.id, subject=subject, follows=follows)
        _check_notice(facts_of, now)
    step = new_step(power, case, reference_year=today.year, actor=actor, subject=subject, follows=follows)
    db.session.flush()
    play_part(case.id, subject.id, Part.SUBJECT)
    describe(step, content)
    index_step(step)
    return step


def _check_notice(step: Intervention, now: datetime) -> None:
    """Judged before the row is made: the database has no room for a notice that follows nothing."""
    policy = policy_in_force()
    facts = notice_facts(step, authoriser_id=None, on=local(now).date(), at=now, policy=policy)
    check_draft(facts).raise_if_refused()
