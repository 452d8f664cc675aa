"""The community protection warning: the written warning that a notice must follow (2014 Act s.43(5)(a))."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from asb_cases.domain.calendar import in_words
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered
from asb_cases.domain.people import PersonKind
from asb_cases.domain.permissions import Permission as P
from asb_cases.domain.powers.authority import Signatures, check_authoriser
from asb_cases.domain.powers.legal_test import (
    SECTION_43_LIMBS,
    LegalTest,
    check_legal_test,
    check_requirements,
    check_screening,
)
from asb_cases.domain.powers.power import Power
from asb_cases.domain.powers.recipient import Recipient, check_warned
from asb_cases.domain.references import Prefix
from asb_cases.domain.requirements import Requirement, RequirementKind
from asb_cases.domain.service import ServiceMethod
from asb_cases.domain.workflow import Transition, from_each

GUARDS = "powers.community_protection_warning."
CHECK_ENDING = "powers.authority.check_ending"

POWER = Power(
    code="CPW",
    title="Community protection warning",
    short_title="CPW",
    document="A community protection warning",
    authority="2014 Act s.43(5)(a)",
    letter="community_protection_warning",
    prefix=Prefix.WARNING,
    recipient_kinds=frozenset(PersonKind),
    minimum_age="cpn_minimum_age",
    limbs=SECTION_43_LIMBS,
    # s.55 binds notices; s.43(5)(a) asks only that the warning is written.
    services=frozenset(ServiceMethod),
    service_authority="2014 Act s.43(5)(a): any written way",
    requirement_kinds=frozenset(RequirementKind),
    time_limited_kinds=frozenset(RequirementKind),
    given_status="served",
    clocks=(("record_service", "cpw_compliance"), ("record_service", "cpw_life")),
    stops=(
        ("record_compliance", "cpw_compliance"),
        ("record_not_heeded", "cpw_compliance"),
        ("escalate", "cpw_compliance"),
        ("escalate", "cpw_life"),
        ("lapse", "cpw_compliance"),
        ("lapse", "cpw_life"),
        ("withdraw", "cpw_compliance"),
        ("withdraw", "cpw_life"),
    ),
    open_statuses=frozenset({"draft", "authorised", "issued", "served", "not_heeded"}),
    outcomes=MappingProxyType({"complied": "complied", "withdrawn": "withdrawn", "lapsed": "lapsed"}),
    status_titles=MappingProxyType({
        "draft": "Draft",
        "authorised": "Authorised",
        "issued": "Signed, waiting to be given",
        "served": "Given",
        "complied": "Heeded",
        "not_heeded": "Not heeded",
        "escalated": "Escalated",
        "withdrawn": "Withdrawn",
        "lapsed": "Lapsed",
    }),
    transitions=(
        Transition(None, "draft", "draft", P.DRAFT),
        Transition("draft", "authorised", "authorise", P.AUTHORISE, GUARDS + "check_authorise"),
        Transition("draft", "authorised", "authorise_own", P.ISSUE, GUARDS + "check_authorise"),
        Transition("authorised", "draft", "send_back", P.DRAFT),
        Transition("authorised", "issued", "issue", P.ISSUE, GUARDS + "check_issue"),
        Transition("issued", "served", "record_service", P.RECORD_SERVICE, "service.check_service"),
        *from_each(("served", "not_heeded"), "complied", "record_compliance", P.ASSESS_COMPLIANCE),
        *from_each(("served", "complied"), "not_heeded", "record_not_heeded", P.ASSESS_COMPLIANCE,
                   GUARDS + "check_not_heeded"),
        # A notice may follow a warning that had lapsed under local policy, or was kept for a while.
        *from_each(("served", "complied", "not_heeded", "lapsed"), "escalated", "escalate", P.ISSUE),
        *from_each(("served", "complied", "not_heeded"), "lapsed", "lapse", P.ASSESS_COMPLIANCE,
                   GUARDS + "check_lapse"),
        # The notice that it was escalated to was entered in error.
        Transition("escalated", "served", "notice_in_error", P.CORRECT_RECORDS),
        *from_each(("draft", "authorised", "issued"), "withdrawn", "drop", P.DRAFT, CHECK_ENDING),
        *from_each(("served", "complied", "not_heeded"), "withdrawn", "withdraw", P.WITHDRAW, CHECK_ENDING),
    ),
)  # fmt: skip

NOT_HEEDED_BEFORE_DAY = Refusal(
    "not_heeded_before_day",
    "The warning gives time until {day}; what happened by then can’t show that it was not heeded.",
    "2014 Act s.43(5)(b)",
    "Name evidence dated after that day, or assess it later.",
    field="evidence_on",
)
EVIDENCE_BEFORE_GIVEN = Refusal(
    "not_heeded_before_given",
    "The warning was given on {given}; what was seen on {day}, before that, can’t show that it was not heeded.",
    "2014 Act s.43(5)(b)",
    "Name evidence of a day after it was given, and after the time that it gave.",
    field="evidence_on",
)
NO_EVIDENCE_NOT_HEEDED = Refusal(
    "no_evidence_not_heeded",
    "It is not said when the conduct was seen to go on.",
    "2014 Act s.43(5)(b)",
    "Name evidence and its day.",
    field="evidence_on",
)
STILL_ALIVE = Refusal(
    "warning_still_alive",
    "Under local policy the warning lives until the end of {last}.",
    "Local policy: life of a warning",
    "Let it lapse after that day, or withdraw it with a reason.",
)
NO_COMPLIANCE_DAY = Caution(
    "no_compliance_day",
    "The warning names no day by which to put things right. Say why it is to be heeded at once.",
    field="comply_by",
)


TIME_OVER = Caution(
    "warning_time_over",
    "The warning gives time until {by}, which is over on {day}: it leaves no time. Give it a later day, or say why it is given "
    "like this.",
    field="comply_by",
    authority="2014 Act s.43(5)(b)",
)


@dataclass(frozen=True)
class WarningFacts:
    """A warning being authorised or issued on a day."""

    recipient: Recipient
    test: LegalTest
    requirements: tuple[Requirement, ...]
    signatures: Signatures
    on: date
    minimum_age: int
    comply_by: date | None = None
    screening: str | None = None


def check_authorise(facts: WarningFacts) -> Findings:
    """Whether the warning may be authorised: its content, and the second person where policy asks for one."""
    return _content(facts) + check_authoriser(facts.signatures)


def check_issue(facts: WarningFacts) -> Findings:
    """Whether the warning may be signed. No authorisation under s.53 is needed: it binds notices."""
    return _content(facts)


def check_given(*, comply_by: date | None, on: date) -> Findings:
    """Whether a warning given on a day leaves the time that it names."""
    late = comply_by is not None and comply_by < on
    return gathered([TIME_OVER.of(by=in_words(comply_by), day=in_words(on)) if late and comply_by else None])


def check_not_heeded(*, comply_by: date | None, evidence_on: date | None, given_on: date | None = None) -> Findings:
    """Whether the warning may be recorded as not heeded: only on evidence dated after it was given, and after the time it
    gave."""
    if evidence_on is None:
        return gathered([NO_EVIDENCE_NOT_HEEDED])
    if given_on is not None and evidence_on < given_on:
        return gathered([EVIDENCE_BEFORE_GIVEN.of(given=in_words(given_on), day=in_words(evidence_on))])
    if comply_by is None or evidence_on > comply_by:
        return gathered([])
    return gathered([NOT_HEEDED_BEFORE_DAY.of(day=in_words(comply_by))])


def check_lapse(*, last_day: date, today: date) -> Findings:
    """Whether the warning may be recorded as lapsed under local policy: once its life is over."""
    return gathered([STILL_ALIVE.of(last=in_words(last_day)) if today <= last_day else None])


def _content(facts: WarningFacts) -> Findings:
    return (
        check_warned(facts.recipient, on=facts.on, minimum=facts.minimum_age)
        + check_legal_test(facts.test, POWER.limbs)
        + check_requirements(facts.requirements, POWER.time_limited_kinds)
        + check_screening(facts.screening)
        + gathered([None if facts.comply_by else NO_COMPLIANCE_DAY])
        + check_given(comply_by=facts.comply_by, on=facts.on)
    )
