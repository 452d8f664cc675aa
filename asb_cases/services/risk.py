"""The risk record: assessed, set to another level, asked for again; and the matrix it is assessed by."""

import json
from datetime import date, datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.record_keeping import days_in_order, words_given
from asb_cases.domain.risk import (
    CHANGED_MEANWHILE,
    NEW_INCIDENT,
    NO_ANSWERS,
    NOT_THE_LATEST,
    REVIEW_CLOCKS,
    RISK_CLOCKS,
    SAME_LEVEL,
    Given,
    RiskLevel,
    RiskTemplate,
    check_level,
    in_range,
    score,
)
from asb_cases.domain.risk_template import check_template, to_json
from asb_cases.extensions import db
from asb_cases.models.risk import RiskAssessment, RiskTemplateVersion
from asb_cases.queries.cases import case_to_work_on
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.risk import (
    assessment_for,
    is_latest,
    latest_of_case,
    people_at_risk,
    risk_template_called,
    risk_templates,
)
from asb_cases.services import deadlines
from asb_cases.services.deadlines import Links
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction
from asb_cases.services.versions import check_version


@transaction
def assess_risk(
    *,
    actor: Actor,
    now: datetime,
    case_id: int,
    person_id: int | None,
    template_version: int,
    given: Given,
    level: RiskLevel | None = None,
    level_reason: str | None = None,
    note: str | None = None,
) -> int:
    """Assess the risk to a victim or complainant of a case (to somebody not named, where `person_id` is None). Returns
    the id.

    The level is that of the matrix, or another with a reason: higher by whoever assesses, lower by a manager. The clock of
    the next assessment runs from now, by the level.
    """
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    case = case_to_work_on(case_id, actor=actor, today=today)
    if person_id is not None and person_id not in {each for each, _name in people_at_risk(case.id)}:
        raise NotFound("person of the case")
    template = risk_template_called(template_version)
    if not in_range(template, given):
        raise NotFound("answer of the matrix")
    gathered([None if any(given.answers.values()) or given.signs or given.child else NO_ANSWERS]).raise_if_refused()
    scored = score(template, given)
    wanted = level or scored.level
    gathered([
        check_level(scored.level, wanted, level_reason, may_lower=actor.may(Permission.LOWER_RISK))
    ]).raise_if_refused()  # fmt: skip
    another = wanted is not scored.level
    before = [each for each in latest_of_case(case.id) if each.person_id == person_id]
    row = RiskAssessment(
        case_id=case.id,
        person_id=person_id,
        template_version=template.version,
        answers=json.dumps(
            {str(place): sorted(set(chosen)) for place, chosen in sorted(given.answers.items()) if chosen}
        ),
        signs=json.dumps(sorted(set(given.signs))),
        child_at_risk=given.child,
        adult_at_risk=given.adult,
        hate=scored.hate,
        points=scored.points,
        scored_level=scored.level,
        level=wanted,
        level_reason=(level_reason or "").strip() if another else None,
        level_set_by_id=actor.user_id if another else None,
        level_set_at=now if another else None,
        working="\n".join(scored.working),
        note=(note or "").strip() or None,
        assessed_at=now,
        assessor_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    for each in before:
        deadlines.meet(*RISK_CLOCKS, of=Links(risk_assessment_id=each.id), at=now, because="Assessed again")
    _ask_again(row, today)
    details = {"level": wanted.value, "scored": scored.level.value, "points": scored.points, "person_id": person_id}
    about = Subject("risk_assessment", row.id, case.id)
    record("risk_assessed", about, actor=actor, now=now, details=details, reason=level_reason if another else None)
    return row.id


@transaction
def change_risk_level(
    *, actor: Actor, now: datetime, assessment_id: int, level: RiskLevel, reason: str, version: int | None = None
) -> None:
    """Set another level than so far on the latest assessment of somebody: higher by an officer, lower than the matrix gives
    by a manager. The clock of the next assessment runs by the new level, from the day of the assessment."""
    actor.check(Permission.WORK_CASES)
    today = local(now).date()
    row = assessment_for(actor, assessment_id, today)
    case = case_to_work_on(row.case_id, actor=actor, today=today)
    row = assessment_for(actor, assessment_id, today)
    check_version(row, version)
    lowers = actor.may(Permission.LOWER_RISK)
    gathered([
        None if is_latest(row) else NOT_THE_LATEST,
        SAME_LEVEL.of(wanted=level.value) if level is row.level else None,
        check_level(max(row.scored_level, row.level, key=lambda each: each.rank), level, reason, may_lower=lowers),
        words_given("The reason", reason, "level_reason"),
    ]).raise_if_refused()  # fmt: skip
    details = {"from": row.level.value, "to": level.value}
    row.level, row.level_reason, row.level_set_by_id, row.level_set_at = level, reason.strip(), actor.user_id, now
    of = Links(risk_assessment_id=row.id)
    deadlines.supersede(*REVIEW_CLOCKS.values(), of=of, on=today, because="Level changed")
    _ask_again(row, local(row.assessed_at).date())
    about = Subject("risk_assessment", row.id, case.id)
    record("risk_level_changed", about, actor=actor, now=now, details=details, reason=reason)


@transaction
def change_risk_template(
    *, actor: Actor, now: datetime, template: RiskTemplate, because: str, seen_version: int | None = None
) -> int:
    """Add a version of the matrix, to be used from its day on; earlier assessments stay as they were made. Returns its
    number. `seen_version` is the latest that the form was made from."""
    actor.check(Permission.MANAGE_SETTINGS)
    today = local(now).date()
    known = risk_templates()[-1].template.version
    gathered([
        CHANGED_MEANWHILE if seen_version not in (None, known) else None,
        words_given("Why it is changed", because, "because"),
        days_in_order(("today", today), ("The day from which it is used", template.from_on), "from_on"),
        *check_template(template),
    ]).raise_if_refused()  # fmt: skip
    row = RiskTemplateVersion(
        version=known + 1,
        from_on=template.from_on,
        content=to_json(template),
        because=because.strip(),
        entered_by_id=actor.user_id,
        entered_at=now,
    )
    db.session.add(row)
    db.session.flush()
    details = {"version": row.version, "from_on": row.from_on.isoformat()}
    record("risk_template_changed", Subject("risk_template", row.version), actor=actor, now=now, details=details)
    return row.version


def ask_after_incident(case_id: int, since: date | datetime) -> None:
    """Something new happened, or was told, in a case whose risk was assessed before: it is to be assessed again. Part of
    the act that records it."""
    for row in latest_of_case(case_id):
        if since > row.assessed_at if isinstance(since, datetime) else since >= local(row.assessed_at).date():
            ask_for_reassessment(row, since)


def ask_for_reassessment(row: RiskAssessment, since: date | datetime) -> None:
    """Something new has come up: start the clock for assessing again, unless it runs already. Part of an act."""
    of = Links(case_id=row.case_id, risk_assessment_id=row.id)
    if not deadlines.runs(NEW_INCIDENT, of=of):
        deadlines.start(NEW_INCIDENT, since, of)


def ask_again_on_reopening(case_id: int, on: date) -> None:
    """A case is open again: whatever was assessed is to be assessed again. Part of the act that reopens it."""
    for row in latest_of_case(case_id):
        ask_for_reassessment(row, on)


def stop_asking(case_id: int, on: date) -> None:
    """No risk is assessed in a closed case. Part of the act that closes it."""
    deadlines.stop(*RISK_CLOCKS, of=Links(case_id=case_id), on=on, because="Case closed")


def _ask_again(row: RiskAssessment, since: date) -> None:
    deadlines.start(REVIEW_CLOCKS[row.level], since, Links(case_id=row.case_id, risk_assessment_id=row.id))
