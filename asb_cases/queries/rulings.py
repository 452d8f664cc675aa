"""What the rules say of a move beside authorising and signing (`judgement`), on the rows as they stand.

An act asks before it writes; a page asks in order to say what is open, and why the rest is not.
"""

from datetime import date, datetime, timedelta

from asb_cases.domain.appeals import AppealFacts
from asb_cases.domain.breaches import AllegationFacts, BreachDecision, DecisionFacts
from asb_cases.domain.calendar import local, working_day_on_or_after
from asb_cases.domain.errors import Findings
from asb_cases.domain.powers import (
    community_protection_notice,
    community_protection_warning,
    fixed_penalty_notice,
)
from asb_cases.domain.powers.authority import check_signing
from asb_cases.domain.requirements import Requirement
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement_facts import (
    appeals_of,
    clock,
    notice_facts,
    notice_of,
    penalty_drafted_for,
    penalty_for_breach,
    penalty_of,
    prosecution_laid_for,
    signatures_of,
)
from asb_cases.queries.enforcement_records import LIVE, Records
from asb_cases.queries.judgement import Signing
from asb_cases.queries.policy import Policy

#: After these another prosecution of the same alleged breach may be prepared.
OVER_WITHOUT_FINDING = ("abandoned", "discontinued", "dismissed")


def on_times_of_signing(
    step: Intervention, signed: Signing, now: datetime, policy: Policy, records: Records = LIVE
) -> Findings:
    """Whether it may have been signed then, and bear its date."""
    signatures = signatures_of(step, step.authoriser_id, signed.on, policy, records)
    found = check_signing(signatures, signed_at=signed.at, authorised_at=step.authorised_at, now=now)
    if step.power == "FPN":
        found += fixed_penalty_notice.check_date(dated_on=signed.dated_on, signed_on=signed.on, today=local(now).date())
    return found


def on_giving(
    step: Intervention,
    *,
    on: date,
    at: datetime | None,
    policy: Policy,
    posted: bool = False,
    records: Records = LIVE,
) -> Findings:
    """Whether a document that was never given may be given then, apart from how: the order of warning and notice, and the
    days that it names itself. A fixed penalty has its date from the signature on."""
    if step.power == "CPW":
        return community_protection_warning.check_given(comply_by=step.comply_by, on=on)
    if step.power == "FPN":
        penalty = penalty_of(step, policy, records)
        return fixed_penalty_notice.check_handed_over(penalty, given_on=on, posted=posted) if penalty else Findings()
    notice = notice_facts(step, authoriser_id=step.authoriser_id, on=on, at=at, policy=policy, records=records)
    return community_protection_notice.check_given(notice)


def lodging_facts(
    notice: Intervention, lodged_on: date, today: date, policy: Policy, records: Records = LIVE
) -> AppealFacts:
    """An appeal being lodged. One before the notice was given is judged as one on a day before it."""
    issued_on = notice.issued_on or today + timedelta(days=1)
    last = max(records.last_days("cpn_appeal", notice.id), default=None)
    last_day = last or clock("cpn_appeal", issued_on, policy).last_day
    return AppealFacts(
        lodged_on=lodged_on,
        issued_on=issued_on,
        last_day=last_day,
        next_open_day=working_day_on_or_after(last_day, policy.holidays),
        today=today,
        earlier=appeals_of(notice.id, records),
    )


def allegation_facts(
    notice: Intervention,
    requirements: tuple[Requirement, ...],
    *,
    from_on: date,
    today: date,
    to_on: date | None = None,
    evidence: str | None = None,
    records_picked: int = 0,
    not_given: tuple[int, ...] = (),
    alleged_already: tuple[int, ...] = (),
    records: Records = LIVE,
) -> AllegationFacts | None:
    """A breach being alleged; None where there is no notice that could be breached."""
    stood = notice_of(notice, records)
    if stood is None:
        return None
    return AllegationFacts(
        stood, requirements, from_on, today, to_on, evidence, records_picked, not_given, alleged_already
    )


def decision_facts(
    breach_id: int,
    decision: BreachDecision,
    *,
    reason: str | None,
    account: str | None,
    policy: Policy,
    records: Records = LIVE,
) -> DecisionFacts:
    """A decision on an alleged breach, with what was done about it before."""
    penalty = penalty_for_breach(breach_id, policy, records)
    return DecisionFacts(
        decision=decision,
        reason=reason,
        account=account,
        penalty_given=penalty_drafted_for(breach_id, records=records),
        paid_in_time=penalty is not None and penalty.paid_in_time,
        proceedings_started=prosecution_laid_for(breach_id, records),
    )
