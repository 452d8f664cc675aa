"""Drafting a warning or a notice: the conduct, the legal test with its evidence, what is required, and of whom.

A draft may be incomplete: what it lacks is asked for when it is authorised. Several recipients of one drafting (a shared
house) get a document each, to be served and counted separately.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from asb_cases.domain.calendar import add_working_days, local
from asb_cases.domain.draft_content import StatutoryNuisance
from asb_cases.domain.errors import RuleBroken, gathered
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.powers.community_protection_notice import check_draft
from asb_cases.domain.record_keeping import IN_ERROR, NEEDS_WORDS, words_given
from asb_cases.domain.workflow import NO_SUCH_MOVE
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.casework import Task
from asb_cases.models.intervention import Consultee, Intervention, InterventionEvidence, ScreeningAnswer
from asb_cases.models.requirement import Requirement
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.enforcement import intervention_to_work_on, open_task
from asb_cases.queries.enforcement_facts import notice_facts
from asb_cases.queries.people import person_to_work_on
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.draft_content import Content, NoticeTo, check_content, describe
from asb_cases.services.history import Subject, record
from asb_cases.services.moves import about
from asb_cases.services.new_steps import check_case_open, index_step, new_step
from asb_cases.services.participants import play_part
from asb_cases.services.people import Details, find_person, recorded_person
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version

#: What hangs on a draft and is replaced with it.
HANGING = (InterventionEvidence, Consultee, Requirement, ScreeningAnswer)
REFERRAL = "Tell environmental health: may be a statutory nuisance (EPA 1990 s.79)"


@dataclass(frozen=True)
class Unnamed:
    """Whoever occupies, or owns, premises, as long as nobody knows who that is (s.45)."""

    kind: PersonKind
    premises: str


@dataclass(frozen=True)
class Change:
    """Other content for one draft. `version` is the one the form was made from."""

    intervention_id: int
    version: int | None
    content: Content


@transaction
def draft_warning(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    subject_ids: Sequence[int],
    content: Content,
    unnamed: Unnamed | None = None,
) -> list[int]:
    """Draft a warning to each of the subjects, and to the unnamed occupier or owner of premises. Returns the ids, in their
    order."""
    recipients = [NoticeTo(each) for each in subject_ids]
    return _draft("CPW", recipients, actor=actor, now=now, case_id=case_id, content=content, unnamed=unnamed)


@transaction
def draft_notice(
    *, actor: Actor, now: datetime, case_id: int, recipients: Sequence[NoticeTo], content: Content
) -> list[int]:
    """Draft a notice to each recipient, who must have had a written warning (s.43(5)(a)). Returns the ids."""
    return _draft("CPN", recipients, actor=actor, now=now, case_id=case_id, content=content)


def change_draft(*, actor: Actor, now: datetime, intervention_id: int, version: int | None, content: Content) -> None:
    """Put other content into one draft."""
    change_drafts(actor=actor, now=now, changes=[Change(intervention_id, version, content)])


@transaction
def change_drafts(*, actor: Actor, now: datetime, changes: Sequence[Change]) -> None:
    """Put other content into a draft, and into others that are kept in step with it. What a draft names is replaced: it
    becomes a record when it is authorised."""
    actor.check(Permission.DRAFT)
    steps = [_change(each, actor, now) for each in changes]
    details = {"intervention_ids": [step.id for step in steps]} if len(steps) > 1 else None
    record("draft_changed", about(steps[0]), actor=actor, now=now, details=details)


def _change(change: Change, actor: Actor, now: datetime) -> Intervention:
    today = local(now).date()
    step = intervention_to_work_on(change.intervention_id, actor=actor, today=today)
    check_version(step, change.version)
    if step.entered_in_error_on is not None:
        raise RuleBroken((IN_ERROR,))
    if step.status != "draft" or step.power not in ("CPW", "CPN"):
        remedy = "Send it back to drafting first."
        raise RuleBroken((NO_SUCH_MOVE.of(move="change the draft", status=step.status, remedy=remedy),))
    check_content(step.power, step.case_id, change.content)
    for rows in HANGING:
        db.session.execute(delete(rows).where(rows.intervention_id == step.id))
    describe(step, change.content)
    flag_modified(step, "conduct")  # so that the version moves although only what hangs on the draft changed
    index_step(step)
    _ask_for_referral(step, actor, today)
    return step


def _draft(
    power: str,
    recipients: Sequence[NoticeTo],
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    content: Content,
    unnamed: Unnamed | None = None,
) -> list[int]:
    actor.check(Permission.DRAFT)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    check_case_open(case)
    somebody = recipients or unnamed
    gathered([None if somebody else NEEDS_WORDS.of(what="The recipient").at("subject")]).raise_if_refused()
    for each in (content, *(to.content for to in recipients if to.content)):
        check_content(power, case.id, each)
    to = [*recipients, *([NoticeTo(_recorded(unnamed, actor, today))] if unnamed else [])]
    steps = [_draft_for(power, each, case, each.content or content, actor=actor, now=now) for each in to]
    entry = about(steps[0]) if len(steps) == 1 else Subject("case", case.id, case.id)
    details = {"power": power, "intervention_ids": [step.id for step in steps]}
    record("drafted", entry, actor=actor, now=now, details=details)
    return [step.id for step in steps]


def _recorded(unnamed: Unnamed, actor: Actor, today: date) -> int:
    """The entry of an occupier or owner in the register of people."""
    gathered([words_given("The premises", unnamed.premises, "premises")]).raise_if_refused()
    premises = unnamed.premises.strip()
    details = Details(f"The {unnamed.kind.value} of {premises}", unnamed.kind)
    known = find_person(details, actor=actor, today=today, address=premises)
    return (known or recorded_person(details, today=today, address=premises, address_from=today)).id


def _ask_for_referral(step: Intervention, actor: Actor, today: date) -> None:
    """A task, once a case, to tell environmental health of what may be a statutory nuisance."""
    if step.statutory_nuisance == StatutoryNuisance.TO_TELL and open_task(step.case_id, REFERRAL) is None:
        due_on = add_working_days(today, 1, policy_in_force().holidays)
        task = Task(case_id=step.case_id, title=REFERRAL, owner_id=actor.user_id, created_on=today, due_on=due_on)
        db.session.add(task)


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
    _ask_for_referral(step, actor, today)
    return step


def _check_notice(step: Intervention, now: datetime) -> None:
    """Judged before the row is made: the database has no room for a notice that follows nothing."""
    policy = policy_in_force()
    facts = notice_facts(step, authoriser_id=None, on=local(now).date(), at=now, policy=policy)
    check_draft(facts).raise_if_refused()
