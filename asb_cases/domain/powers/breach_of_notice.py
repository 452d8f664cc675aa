"""What a fixed penalty (2014 Act s.52) and a prosecution (s.48) have in common: each is for a breach of a notice, alleged and
decided to be met in that way."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from asb_cases.domain.breaches import BreachDecision, Notice, check_in_force, check_recipient_of, check_still_binding
from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.powers.power import OffenceCode
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.requirements import Requirement


class OffenceFacts(Protocol):
    """The facts of the offence, as either power gathers them."""

    @property
    def offence(self) -> str: ...
    @property
    def notice(self) -> Notice | None: ...
    @property
    def recipient(self) -> Recipient: ...
    @property
    def requirements(self) -> tuple[Requirement, ...]: ...
    @property
    def offence_days(self) -> tuple[date, date]: ...
    @property
    def breach_alleged(self) -> bool: ...
    @property
    def decision(self) -> BreachDecision | None: ...
    @property
    def imported(self) -> bool: ...


@dataclass(frozen=True)
class Grounds:
    """The decision that opens a power, and what it says where there is no alleged breach, or another decision."""

    decision: BreachDecision
    not_alleged: Refusal
    not_decided: Refusal


def check_breach_of_notice(facts: OffenceFacts, grounds: Grounds) -> Findings:
    """Whether a notice to this recipient bound them on the alleged days, and the breach was decided to be met in this way. Of
    an old register's row only the notice is asked. Offences other than the breach of a notice have no such ground."""
    if facts.offence != OffenceCode.CPN_BREACH:
        return Findings()
    found = check_in_force(facts.notice, *facts.offence_days)
    found += check_recipient_of(facts.notice, facts.recipient.subject_id)
    if facts.imported:
        return found
    if not facts.breach_alleged:
        return found + gathered([grounds.not_alleged])
    found += check_still_binding(facts.notice, facts.requirements, *facts.offence_days)
    return found + gathered([None if facts.decision is grounds.decision else grounds.not_decided])
