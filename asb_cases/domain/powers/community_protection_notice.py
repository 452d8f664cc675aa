"""The community protection notice (2014 Act ss.43-47, 53, 55): what must be so before it is issued, given or varied."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Permission as P
from asb_cases.domain.powers.authority import (
    NEEDS_REASON,
    NOBODY_SIGNED,
    Signatures,
    check_authoriser,
    check_issuer,
)
from asb_cases.domain.powers.legal_test import (
    SECTION_43_LIMBS,
    LegalTest,
    check_legal_test,
    check_requirements,
    check_screening,
)
from asb_cases.domain.powers.power import Power
from asb_cases.domain.powers.prior_warning import WrittenWarning, check_enough_time, check_prior_warning
from asb_cases.domain.powers.recipient import Recipient, check_recipient
from asb_cases.domain.references import Prefix
from asb_cases.domain.requirements import POSITIVE, Requirement, RequirementKind
from asb_cases.domain.service import SECTION_55, ServiceMethod
from asb_cases.domain.workflow import Transition, from_each

GUARDS = "powers.community_protection_notice."
CHECK_ENDING = "powers.authority.check_ending"
CHECK_LODGING = "appeals.check_lodging"
CHECK_DETERMINATION = "appeals.check_determination"

#: A late appeal may reach a notice that is over; its status stays, unless the court quashes it.
OVER = ("ended", "discharged", "withdrawn")
OUTCOMES_THAT_KEEP = ("appeal_dismissed", "appeal_modified", "appeal_withdrawn")

POWER = Power(
    code="CPN",
    title="Community protection notice",
    short_title="CPN",
    document="A community protection notice",
    authority="2014 Act s.43",
    letter="community_protection_notice",
    prefix=Prefix.NOTICE,
    recipient_kinds=frozenset(PersonKind),
    minimum_age="cpn_minimum_age",
    limbs=SECTION_43_LIMBS,
    follows=("CPW",),
    services=SECTION_55 | {ServiceMethod.POSTED_ON_PREMISES},
    service_authority="2014 Act s.55; posted on the premises under s.45",
    requirement_kinds=frozenset(RequirementKind),
    time_limited_kinds=POSITIVE,
    needs_authorisation=True,
    needs_consultees=True,
    four_eyes="cpn_four_eyes",
    given_status="in_force",
    clocks=(
        ("record_service", "cpn_appeal"),
        ("record_service", "cpn_review"),
        ("record_service", "cpn_end"),
        ("record_service", "requirement_due"),
        ("vary", "cpn_appeal"),
        ("vary", "cpn_review"),
        ("vary", "requirement_due"),
        ("appeal_modified", "requirement_due"),
    ),
    stops=(
        ("lodge_appeal", "cpn_appeal"),
        *((move, rule)
          for move in ("withdraw", "discharge", "end", "appeal_quashed")
          for rule in ("cpn_appeal", "cpn_review", "cpn_end", "requirement_due")),
    ),
    open_statuses=frozenset({"draft", "authorised", "issued", "in_force", "appealed"}),
    outcomes=MappingProxyType({
        "complied": "ended",
        "ended": "ended",
        "withdrawn": "withdrawn",
        "discharged": "discharged",
        "appeal_dismissed": "in_force",
        "appeal_modified": "in_force",
        "appeal_quashed": "quashed",
    }),
    status_titles=MappingProxyType({
        "draft": "Draft",
        "authorised": "Authorised",
        "issued": "Signed, waiting to be given",
        "in_force": "In force",
        "appealed": "In force, under appeal",
        "quashed": "Quashed on appeal",
        "withdrawn": "Withdrawn",
        "discharged": "Discharged",
        "ended": "Ended",
    }),
    transitions=(
        Transition(None, "draft", "draft", P.DRAFT, GUARDS + "check_draft"),
        Transition("draft", "authorised", "authorise", P.AUTHORISE, GUARDS + "check_authorise"),
        Transition("draft", "authorised", "authorise_own", P.ISSUE, GUARDS + "check_authorise"),
        Transition("authorised", "draft", "send_back", P.DRAFT),
        Transition("authorised", "issued", "issue", P.ISSUE, GUARDS + "check_issue"),
        Transition("issued", "in_force", "record_service", P.RECORD_SERVICE, GUARDS + "check_given"),
        Transition("in_force", "appealed", "lodge_appeal", P.RECORD_APPEAL, CHECK_LODGING),
        *(Transition("appealed", "in_force", move, P.RECORD_APPEAL_OUTCOME, CHECK_DETERMINATION)
          for move in OUTCOMES_THAT_KEEP),
        *from_each(("appealed", *OVER), "quashed", "appeal_quashed", P.RECORD_APPEAL_OUTCOME, CHECK_DETERMINATION),
        *(Transition(status, status, "lodge_appeal", P.RECORD_APPEAL, CHECK_LODGING) for status in OVER),
        *(Transition(status, status, move, P.RECORD_APPEAL_OUTCOME, CHECK_DETERMINATION)
          for status in OVER for move in OUTCOMES_THAT_KEEP),
        Transition("in_force", "in_force", "vary", P.VARY, GUARDS + "check_variation"),
        Transition("appealed", "appealed", "vary", P.VARY, GUARDS + "check_variation"),
        *from_each(("draft", "authorised", "issued"), "withdrawn", "drop", P.DRAFT, CHECK_ENDING),
        *from_each(("in_force", "appealed"), "withdrawn", "withdraw", P.WITHDRAW, CHECK_ENDING),
        *from_each(("in_force", "appealed"), "discharged", "discharge", P.WITHDRAW, CHECK_ENDING),
        Transition("in_force", "ended", "end", P.ASSESS_COMPLIANCE, GUARDS + "check_end"),
        *from_each(("appealed", "quashed"), "in_force", "appeal_in_error", P.CORRECT_RECORDS),
    ),
)  # fmt: skip

NO_CONSULTEES = Refusal(
    "no_consultees",
    "Nobody is named as told before the notice, and no reason is given why nobody needed to be.",
    "2014 Act s.43(6)",
    "Name each body or individual told and the day, or say why you think it appropriate to tell nobody.",
    field="consultees",
)
NO_EXPLANATION = Refusal(
    "no_explanation",
    "The notice does not explain the effect of sections 46 to 51.",
    "2014 Act s.43(7)(b)",
    "Use the council’s template with its locked explanation of appeals, offences and costs.",
)
OVER_BEFORE_GIVEN = Refusal(
    "notice_over_before_given",
    "The notice lasts until the end of {ends}; given on {day}, it would bind for no day at all.",
    "2014 Act s.43(1)",
    "Give it up, and draft it anew with a later last day.",
    field="ends_on",
)
OVER_ALREADY = Refusal(
    "notice_over_already",
    "The notice stood until the end of {ends}: what is over can’t be varied.",
    "2014 Act s.43",
    "Record that it is over. If the conduct goes on, a new notice may be given, after a written warning.",
    field="ends_on",
)
NOTHING_VARIED = Refusal(
    "nothing_varied",
    "Nothing of the notice is changed, and a variation lets the recipient appeal anew.",
    "How the record works",
    "Change a requirement, the last day or the review day; a review that leaves all as it is, is recorded as a review.",
    field="reason",
)
TIME_LIMIT_PAST = Refusal(
    "time_limit_past",
    "Requirement {number} gives time until {due}, which is over on {day}: it asks for what can’t be done in time any more.",
    "2014 Act s.43(8)",
    "Name a day that leaves enough time once the notice is given, or none.",
    field="requirements",
)
TIME_LIMIT_PAST_WHEN_GIVEN = Caution(
    "time_limit_past_when_given",
    "Requirement {number} gave time until {due}; given on {day}, the notice leaves none. Give it up and draft it anew; or say "
    "why it was given like this, and vary it.",
    field="given_on",
    authority="2014 Act s.43(8)",
)
NOT_OVER_YET = Refusal(
    "notice_not_over_yet",
    "The notice {until}.",
    "2014 Act s.43",
    "Let its last day pass, say how every requirement was met, or discharge it with a reason.",
)
NO_END_OR_REVIEW = Caution(
    "no_end_or_review",
    "The notice has neither an end date nor a review date. Say why it should be open-ended.",
    field="ends_on",
)


@dataclass(frozen=True)
class NoticeFacts:
    """A notice on its way, or an old register's row (`imported`: what is blank is 'not recorded').

    `on` is the day of the step: signing, or the day given; `at` its moment where order within the day matters.
    """

    recipient: Recipient
    warnings: tuple[WrittenWarning, ...]
    on: date
    minimum_age: int
    at: datetime | None = None
    test: LegalTest = field(default_factory=LegalTest)
    requirements: tuple[Requirement, ...] = ()
    signatures: Signatures = NOBODY_SIGNED
    enough_time_reason: str | None = None
    consultees: int = 0
    no_consultees_reason: str | None = None
    explanation: bool = True
    screening: str | None = None
    review_on: date | None = None
    ends_on: date | None = None
    issuer_authorised: bool = False
    imported: bool = False


def check_draft(facts: NoticeFacts) -> Findings:
    """Whether drafting may begin: somebody old enough, who has had a written warning."""
    age = check_recipient(facts.recipient, on=facts.on, minimum=facts.minimum_age, imported=True)
    return age + check_prior_warning(facts.recipient, facts.warnings, on=facts.on, at=facts.at, drafting=True)


def check_authorise(facts: NoticeFacts) -> Findings:
    """Whether the notice may be authorised: all its content, and the second person where policy asks for one."""
    return _content(facts) + check_authoriser(facts.signatures)


def check_issue(facts: NoticeFacts) -> Findings:
    """Whether the issuer may sign it: all its content, and authority under s.53."""
    return _content(facts) + check_issuer(POWER.document, authorised=facts.issuer_authorised, on=facts.on)


def check_given(facts: NoticeFacts) -> Findings:
    """Whether the order of warning and notice, and the age, hold on the day it is given; all that binds an import."""
    age = check_recipient(facts.recipient, on=facts.on, minimum=facts.minimum_age, imported=True)
    order = check_prior_warning(facts.recipient, facts.warnings, on=facts.on, at=facts.at, imported=facts.imported)
    if facts.imported:
        return age + order
    late = [
        TIME_LIMIT_PAST_WHEN_GIVEN.of(number=each.number, due=in_words(each.comply_by), day=in_words(facts.on))
        for each in facts.requirements
        if each.comply_by and each.comply_by < facts.on
    ]
    return age + order + gathered([_over_before(facts), *late])


def check_variation(requirements: tuple[Requirement, ...], reason: str | None) -> Findings:
    """Whether requirements may be varied: any time, with reasons (Stannard [2019] EWHC 84 (Admin)), within s.43."""
    return check_requirements(requirements, POWER.time_limited_kinds) + gathered([
        None if (reason or "").strip() else NEEDS_REASON
    ])  # fmt: skip


def check_still_stands(ends_on: date | None, today: date) -> Findings:
    """Whether a notice may still be varied: not once its last day has passed, whoever recorded that."""
    over = ends_on is not None and ends_on < today
    return gathered([OVER_ALREADY.of(ends=in_words(ends_on)) if over and ends_on else None])


def check_end(*, ends_on: date | None, complied_because: str | None, today: date) -> Findings:
    """Whether the notice may be recorded as ended: its last day has passed, or every requirement was met."""
    if (complied_because or "").strip() or (ends_on is not None and today > ends_on):
        return gathered([])
    until = f"stands until the end of {in_words(ends_on)}" if ends_on else "has no end date"
    return gathered([NOT_OVER_YET.of(until=until)])


def check_time_limits(requirements: Iterable[Requirement], on: date) -> Findings:
    """Whether the time limits leave time: one that is over on the day the notice is signed, or varied, asks for what nobody
    can do (s.43(8))."""
    return gathered([
        TIME_LIMIT_PAST.of(number=each.number, due=in_words(each.comply_by), day=in_words(on))
        for each in requirements
        if each.comply_by and each.comply_by < on
    ])  # fmt: skip


def _over_before(facts: NoticeFacts) -> Refusal | None:
    if facts.ends_on is None or facts.on <= facts.ends_on:
        return None
    return OVER_BEFORE_GIVEN.of(ends=in_words(facts.ends_on), day=in_words(facts.on))


def _content(facts: NoticeFacts) -> Findings:
    return (
        check_prior_warning(facts.recipient, facts.warnings, on=facts.on, at=facts.at)
        + check_enough_time(facts.recipient, facts.warnings, facts.enough_time_reason, facts.requirements,
                            on=facts.on, at=facts.at)
        + check_recipient(facts.recipient, on=facts.on, minimum=facts.minimum_age)
        + check_legal_test(facts.test, POWER.limbs)
        + check_requirements(facts.requirements, POWER.time_limited_kinds)
        + check_time_limits(facts.requirements, facts.on)
        + check_screening(facts.screening)
        + gathered([
            _over_before(facts),
            NO_CONSULTEES if not facts.consultees and not (facts.no_consultees_reason or "").strip() else None,
            None if facts.explanation else NO_EXPLANATION,
            None if facts.review_on or facts.ends_on else NO_END_OR_REVIEW,
        ])
    )  # fmt: skip
