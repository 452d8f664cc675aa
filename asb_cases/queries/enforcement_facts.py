"""Rows of the enforcement track as the rules want them: facts to judge a step by."""

from datetime import date, datetime
from typing import Protocol

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.breaches import BreachDecision, Notice
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import Deadline, explain
from asb_cases.domain.legal_values import OutsideDates
from asb_cases.domain.people import Part, PersonKind
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.authority import FourEyes, Signatures
from asb_cases.domain.powers.community_protection_notice import NoticeFacts
from asb_cases.domain.powers.community_protection_warning import WarningFacts
from asb_cases.domain.powers.fixed_penalty_notice import PenaltyFacts
from asb_cases.domain.powers.legal_test import SECTION_43_LIMBS, LegalTest, LimbAnswer
from asb_cases.domain.powers.penalty import Penalty, Received
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.domain.powers.prior_warning import WrittenWarning
from asb_cases.domain.powers.prosecution import ProsecutionFacts
from asb_cases.domain.powers.recipient import ADULT, Recipient
from asb_cases.domain.powers.screening import items_for, whole
from asb_cases.domain.requirements import Requirement
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement_records import LIVE, Records
from asb_cases.queries.policy import Policy

NOT_GIVEN = ("draft", "authorised", "cancelled")


def clock(rule: str, day: date, policy: Policy, *, length: int | None = None) -> Deadline:
    """What a clock comes to that starts on a day, whether or not one runs."""
    return explain(CLOCK_RULES[rule], day, values=policy.values, holidays=policy.holidays, length=length)


class Breach(Protocol):
    """An alleged breach, as far as facts are gathered from it: the row, or what was read ahead of it."""

    @property
    def id(self) -> int: ...
    @property
    def from_on(self) -> date: ...
    @property
    def to_on(self) -> date | None: ...
    @property
    def decision(self) -> str | None: ...
    @property
    def entered_in_error_on(self) -> date | None: ...
    @property
    def intervention(self) -> Intervention: ...


def appeals_of(notice_id: int, records: Records = LIVE) -> tuple[Appeal, ...]:
    return tuple(records.appeals(notice_id))


def recipient_of(step: Intervention, records: Records = LIVE) -> Recipient:
    """Whom the step is issued to. Owners and landlords answer for premises (s.44); an occupier or owner and whom they were
    identified as are one (s.45)."""
    subject = step.subject
    parts = records.parts(step.case_id, subject.id)
    return Recipient(
        subject_id=subject.id,
        kind=subject.kind,
        born_on=subject.born_on,
        believed_because=subject.believed_16_or_over_because,
        answers_for_premises=subject.kind is PersonKind.OWNER or Part.OWNER_LANDLORD in parts,
        basis=step.subject_basis,
        linked_ids=records.same_subject(subject),
    )


def warning_lapses_on(warning: Intervention, policy: Policy, records: Records = LIVE) -> date | None:
    """The last day of a warning's life under local policy, as its clock has it."""
    days = records.last_days("cpw_life", warning.id)
    if days:
        return days[-1]
    try:
        return clock("cpw_life", warning.issued_on, policy).last_day if warning.issued_on else None
    except OutsideDates:  # older than the Act's notices: policy says nothing of its life
        return None


def written_warning_of(step: Intervention, policy: Policy, records: Records = LIVE) -> tuple[WrittenWarning, ...]:
    """The warning that a notice is said to follow, if it stands."""
    warning = step.follows
    if warning is None or warning.entered_in_error_on is not None:
        return ()
    return (
        WrittenWarning(
            subject_id=warning.subject_id,
            given_on=warning.issued_on,
            given_at=warning.issued_at,
            lapsed_on=warning_lapses_on(warning, policy, records),
            withdrawn_on=warning.ended_on if warning.status == "withdrawn" else None,
            requirements=tuple(records.requirements(warning.id)),
            power=warning.power,
            comply_by=warning.comply_by,
            heeded_on=warning.outcome_on if warning.status == "complied" else None,
            came_back_on=records.came_back_on(warning.id),
        ),
    )


def signatures_of(
    step: Intervention, authoriser_id: int | None, on: date, policy: Policy, records: Records = LIVE
) -> Signatures:
    """Who drafted and who authorises. A power without a policy of its own asks for no second person."""
    code = POWERS[step.power].four_eyes
    looks = FourEyes(policy.values.text(code, on)) if code else FourEyes.OFF
    return Signatures(looks, step.drafter_id, authoriser_id, flagged=_flagged(step, on, records))


def warning_facts(
    step: Intervention, *, authoriser_id: int | None, on: date, policy: Policy, records: Records = LIVE
) -> WarningFacts:
    return WarningFacts(
        recipient=recipient_of(step, records),
        test=_legal_test(step, records),
        requirements=_asked(step, records),
        signatures=signatures_of(step, authoriser_id, on, policy, records),
        on=on,
        minimum_age=policy.values.number("cpn_minimum_age", on),
        comply_by=step.comply_by,
        screening=_screening(step, on, records),
    )


def notice_facts(
    step: Intervention,
    *,
    authoriser_id: int | None,
    on: date,
    at: datetime | None,
    policy: Policy,
    issuer_id: int | None = None,
    records: Records = LIVE,
) -> NoticeFacts:
    """`on` and `at` are the day and the moment of the step: drafting, signing or giving."""
    return NoticeFacts(
        recipient=recipient_of(step, records),
        warnings=written_warning_of(step, policy, records),
        on=on,
        at=at,
        minimum_age=policy.values.number("cpn_minimum_age", on),
        test=_legal_test(step, records),
        requirements=_asked(step, records),
        signatures=signatures_of(step, authoriser_id, on, policy, records),
        enough_time_reason=step.enough_time_reason,
        consultees=sum(told_on <= on for told_on in records.days_told(step.id)),
        no_consultees_reason=step.no_consultees_reason,
        screening=_screening(step, on, records),
        review_on=step.review_on,
        ends_on=step.ends_on,
        issuer_authorised=records.may_issue(issuer_id, "CPN", on),
    )


def notice_of(step: Intervention | None, records: Records = LIVE) -> Notice | None:
    """A notice as breaches see it: from when it stood until when."""
    if step is None or step.power != "CPN" or step.entered_in_error_on is not None:
        return None
    appeals = appeals_of(step.id, records)
    quashed = next((each.determined_on for each in appeals if each.outcome is AppealOutcome.QUASHED), None)
    lasts = [day for day in (step.ends_on, step.ended_on) if day is not None]
    return Notice(
        subject_id=step.subject_id,
        given_on=step.issued_on,
        last_day=min(lasts, default=None),
        quashed_on=quashed,
        appeals=appeals,
        linked_ids=records.same_subject(step.subject),
        given_at=step.issued_at,
        came_back_on=records.came_back_on(step.id),
        age_when_given=recipient_of(step, records).age(step.issued_on) if step.issued_on else None,
    )


def penalty_of(step: Intervention, policy: Policy, records: Records = LIVE) -> Penalty | None:
    """A fixed penalty that was given and stands, with what was paid; None for one that was not."""
    if step.status in NOT_GIVEN or step.entered_in_error_on is not None:
        return None
    return penalty_given(step, policy, records)


def received_for(step: Intervention, records: Records = LIVE) -> list[Received]:
    """The money that came in for a penalty, leaving out what was entered in error."""
    return list(records.received(step.id))


def penalty_given(step: Intervention, policy: Policy, records: Records = LIVE) -> Penalty | None:
    """A fixed penalty that was given, whatever became of it."""
    if step.issued_on is None:
        return None
    pay = clock("fpn_no_proceedings", step.issued_on, policy)
    days = step.reduced_within_days
    given = Penalty(
        notice_date=step.issued_on,
        last_day=pay.last_day,
        proceed_from=pay.acts_from or pay.last_day,
        amount=step.amount_pence,
        reduced=step.reduced_pence,
        reduced_until=clock("fpn_reduced_offer", step.issued_on, policy, length=days).last_day if days else None,
    )
    return given.with_money(records.received(step.id))


def penalty_for_breach(breach_id: int, policy: Policy, records: Records = LIVE) -> Penalty | None:
    """The latest penalty that was given for an alleged breach. A cancelled one counts: s.52(5)(a) asks whether a notice was
    issued, not whether it stands, so that proceedings wait for its 14 days too."""
    given = (penalty_given(step, policy, records) for step in records.steps_for_breach(breach_id, "FPN"))
    return max((each for each in given if each is not None), key=lambda each: each.notice_date, default=None)


def penalty_drafted_for(breach_id: int, *, besides: int | None = None, records: Records = LIVE) -> bool:
    """Whether there is a penalty for the breach, in whatever state, that was not cancelled."""
    steps = records.steps_for_breach(breach_id, "FPN")
    return any(step.status != "cancelled" and step.id != besides for step in steps)


def prosecution_laid_for(breach_id: int, records: Records = LIVE) -> bool:
    """Whether proceedings for the breach were started and are not over without a finding."""
    return any(
        step.issued_on is not None and step.status != "discontinued"
        for step in records.steps_for_breach(breach_id, "PROSECUTION")
    )


def maximum_penalty(offence: str, offence_day: date, policy: Policy) -> int | None:
    """The cap of the day of the offence, in pence; None where none is known for it."""
    if offence != OffenceCode.CPN_BREACH:
        return None
    try:
        return policy.values.number("fpn_maximum", offence_day)
    except OutsideDates:
        return None


def penalty_facts(
    step: Intervention,
    breach: Breach,
    *,
    on: date,
    policy: Policy,
    issuer_id: int | None = None,
    signed_on: date | None = None,
    records: Records = LIVE,
) -> PenaltyFacts:
    """A fixed penalty for an alleged breach, `on` the date it bears or is to bear, signed that day if no other is named."""
    offence = breach.to_on or breach.from_on
    return PenaltyFacts(
        recipient=recipient_of(step, records),
        notice=notice_of(breach.intervention, records),
        notice_date=on,
        maximum=maximum_penalty(step.offence or "", breach.from_on, policy),
        offence=step.offence or "",
        offence_from=breach.from_on,
        offence_to=breach.to_on,
        decision=BreachDecision(breach.decision) if breach.decision else None,
        breach_alleged=breach.entered_in_error_on is None,
        amount=step.amount_pence,
        reduced=step.reduced_pence,
        reduced_within_days=step.reduced_within_days,
        reduced_below_days=policy.values.number("fpn_reduced_below_days", on),
        particulars=step.conduct,
        payee=step.payee,
        penalty_already_given=penalty_drafted_for(breach.id, besides=step.id, records=records),
        proceedings_started=prosecution_laid_for(breach.id, records),
        requirements=tuple(records.requirements_breached(breach.id)),
        limit_last_day=clock("prosecution_limit", offence, policy).last_day,
        issuer_authorised=records.may_issue(issuer_id, "FPN", signed_on or on),
        signed_on=signed_on,
        minimum_age=policy.values.number("cpn_minimum_age", breach.from_on),
    )


def prosecution_facts(
    step: Intervention,
    breach: Breach,
    *,
    on: date,
    today: date,
    by_legal: bool,
    policy: Policy,
    records: Records = LIVE,
) -> ProsecutionFacts:
    """A prosecution of an alleged breach; `on` is the day of the step, for laying the day laid."""
    last = breach.to_on or breach.from_on
    return ProsecutionFacts(
        recipient=recipient_of(step, records),
        notice=notice_of(breach.intervention, records),
        on=on,
        today=today,
        offence=step.offence or "",
        offence_from=breach.from_on,
        offence_to=breach.to_on,
        limit_first=clock("prosecution_limit", breach.from_on, policy).last_day,
        limit_last=clock("prosecution_limit", last, policy).last_day,
        penalty=penalty_for_breach(breach.id, policy, records),
        breach_alleged=breach.entered_in_error_on is None,
        decision=BreachDecision(breach.decision) if breach.decision else None,
        evidential_note=step.evidential_note,
        public_interest_note=step.public_interest_note,
        authority_reference=step.authority_reference,
        requirements=tuple(records.requirements_breached(breach.id)),
        minimum_age=policy.values.number("cpn_minimum_age", breach.from_on),
        penalty_never_given=_never_given(breach.id, records),
        dismissed_before=any(
            each.status == "dismissed" and each.id != step.id
            for each in records.steps_for_breach(breach.id, "PROSECUTION")
        ),
        continuing_failure_reason=step.continuing_failure_reason,
        by_legal=by_legal,
    )


def _never_given(breach_id: int, records: Records) -> bool:
    """Whether a penalty for the breach was issued, and it is of none recorded that it was given."""
    issued = [step for step in records.steps_for_breach(breach_id, "FPN") if step.issued_on and not step.imported]
    return bool(issued) and not any(
        records.was_handed_over(step.id) and records.came_back_on(step.id) is None for step in issued
    )


def _screening(step: Intervention, on: date, records: Records) -> str | None:
    """What is recorded of the screen: what follows from it, or else that each of its questions is answered."""
    if (step.screening or "").strip():
        return step.screening
    recipient = recipient_of(step, records)
    items = items_for(recipient.age(on), individual=recipient.kind is PersonKind.INDIVIDUAL)
    answered = whole(records.screen(step.id), items)
    return "Each question answered" if answered else None


def _flagged(step: Intervention, on: date, records: Records) -> bool:
    """Whether the screen raised a flag, or the recipient is 16 or 17."""
    age = recipient_of(step, records).age(on)
    return bool(step.screening_flags) or (age is not None and age < ADULT)


def _legal_test(step: Intervention, records: Records) -> LegalTest:
    counted = records.evidence(step.id)
    answers = {limb.code: LimbAnswer(getattr(step, limb.code), counted.get(limb.code, 0)) for limb in SECTION_43_LIMBS}
    return LegalTest(step.conduct, answers)


def _asked(step: Intervention, records: Records) -> tuple[Requirement, ...]:
    """The version of each requirement that no later one has taken the place of."""
    return tuple(each for each in records.requirements(step.id) if each.to_on is None)
