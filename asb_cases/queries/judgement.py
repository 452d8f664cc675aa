"""What the law says of a document on its way, as of a moment: for the act that takes the step, and for the page before it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from asb_cases.domain.calendar import local
from asb_cases.domain.errors import Findings, gathered
from asb_cases.domain.powers import (
    community_protection_notice,
    community_protection_warning,
    fixed_penalty_notice,
)
from asb_cases.models.intervention import Intervention
from asb_cases.queries.enforcement_facts import Breach, notice_facts, penalty_facts, warning_facts
from asb_cases.queries.enforcement_records import LIVE, Records
from asb_cases.queries.policy import Policy


class Asking(StrEnum):
    """Which question is put to the rules: whether it may be authorised, or signed."""

    AUTHORISE = "authorise"
    ISSUE = "issue"


@dataclass(frozen=True)
class Signing:
    """When a document is signed, and the date it bears: that day, unless it is said to bear another."""

    at: datetime
    dated: date | None = None

    @property
    def on(self) -> date:
        """The day of the signature."""
        return local(self.at).date()

    @property
    def dated_on(self) -> date:
        """The date it bears."""
        return self.dated or self.on


def judged(
    step: Intervention,
    asking: Asking,
    *,
    by: int | None,
    signing: Signing,
    policy: Policy,
    breach: Breach | None = None,
    records: Records = LIVE,
) -> Findings:
    """What the power's rule finds where this person authorises or signs. `breach` is what a fixed penalty is for."""
    if step.power == "CPW":
        return _warning(step, asking, by, signing, policy, records)
    if step.power == "CPN":
        return _notice(step, asking, by, signing, policy, records)
    if breach is None:
        return gathered([fixed_penalty_notice.NO_ALLEGED_BREACH])
    return _penalty(step, breach, asking, by, signing, policy, records)


def _warning(
    step: Intervention, asking: Asking, by: int | None, signing: Signing, policy: Policy, records: Records
) -> Findings:
    facts = warning_facts(step, authoriser_id=by, on=signing.on, policy=policy, records=records)
    rules = community_protection_warning
    return rules.check_authorise(facts) if asking is Asking.AUTHORISE else rules.check_issue(facts)


def _notice(
    step: Intervention, asking: Asking, by: int | None, signing: Signing, policy: Policy, records: Records
) -> Findings:
    facts = notice_facts(
        step, authoriser_id=by, on=signing.on, at=signing.at, policy=policy, issuer_id=by, records=records
    )
    rules = community_protection_notice
    return rules.check_authorise(facts) if asking is Asking.AUTHORISE else rules.check_issue(facts)


def _penalty(
    step: Intervention,
    breach: Breach,
    asking: Asking,
    by: int | None,
    signing: Signing,
    policy: Policy,
    records: Records,
) -> Findings:
    facts = penalty_facts(
        step, breach, on=signing.dated_on, policy=policy, issuer_id=by, signed_on=signing.on, records=records
    )
    rules = fixed_penalty_notice
    return rules.check_penalty(facts) if asking is Asking.AUTHORISE else rules.check_issue(facts)
