"""Who may issue (2014 Act s.53), whose second look the council's policy asks for, and what ending a power needs."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from asb_cases.domain.calendar import Holidays, add_working_days, in_words, local
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered


class FourEyes(StrEnum):
    """The council's policy on a second person (dated value `cpn_four_eyes`)."""

    ALWAYS = "always"
    CHECKED_NEXT_WORKING_DAY = "checked_next_working_day"
    OFF = "off"


NOT_AUTHORISED = Refusal(
    "issuer_not_authorised",
    "{document} can only be issued by someone the council has authorised for it, and no authorisation of the issuer "
    "covers {day}.",
    "2014 Act s.53",
    "Have an authorised colleague issue it, or ask an administrator to record the delegation.",
    field="issuer",
)
UNKNOWN_POWER = Refusal(
    "unknown_power", "There is no such power.", "How the record works", "Choose one of the list.", field="power"
)
AUTHORISED_ALREADY = Refusal(
    "authorised_already",
    "They are authorised for it in all of that time already.",
    "How the record works",
    "Nothing needs to be done. If the delegation has changed, end the earlier one first.",
    field="power",
)
NO_SIGNATORY = Refusal(
    "no_signatory",
    "{document} is signed by a person, and nobody is signed in.",
    "2014 Act s.53",
    "Sign in, and do it there.",
    field="issuer",
)
NEEDS_SECOND_PERSON = Refusal(
    "needs_second_person",
    "Council policy asks for a second person: whoever drafted it can’t authorise it as well.",
    "Council policy: second person’s check",
    "Ask a manager or legal to authorise it.",
    field="authoriser",
)
CHECKER_TOOK_PART = Refusal(
    "checker_took_part",
    "The check must be made by someone who neither drafted nor issued it.",
    "Council policy: second person’s check",
    "Ask a manager or legal to check it.",
    field="checker",
)
SIGNED_IN_FUTURE = Refusal(
    "signed_in_future",
    "The time of signing, {signed}, has not come yet.",
    "How the record works",
    "Give the time at which it was signed; leave it out for one that is signed now.",
    field="signed_at",
)
SIGNED_BEFORE_AUTHORISED = Refusal(
    "signed_before_authorised",
    "It was signed at {signed}, before it was authorised at {authorised}.",
    "Council policy: second person’s check",
    "Where policy asks for a second person first, the document of that time does not stand: sign and give it anew.",
    field="signed_at",
)
FLAGGED_ALONE = Caution(
    "flagged_alone",
    "The screen raised a flag and nobody else has looked at it: ask a second person, or legal.",
    field="authoriser",
)
NEEDS_REASON = Refusal(
    "reason_needed",
    "The reason is not given.",
    "Council practice",
    "Say why, in words that can be read out to the recipient or in court.",
    field="reason",
)
RECIPIENT_NOT_TOLD = Caution(
    "recipient_not_told",
    "It is not recorded that the recipient was told.",
    field="recipient_told",
)
VICTIM_NOT_TOLD = Caution(
    "victim_not_told",
    "It is not recorded that the victim was told.",
    field="victim_told",
)


@dataclass(frozen=True)
class Signatures:
    """Who drafts and who authorises, under which policy, and whether the screen raised a flag (age 16-17, vulnerability)."""

    policy: FourEyes
    drafter_id: int | None
    authoriser_id: int | None
    flagged: bool = False

    @property
    def alone(self) -> bool:
        """Whether one person does both."""
        return self.authoriser_id is None or self.authoriser_id == self.drafter_id


NOBODY_SIGNED = Signatures(FourEyes.ALWAYS, drafter_id=None, authoriser_id=None)


def check_issuer(document: str, *, authorised: bool, on: date) -> Findings:
    """Whether the issuer holds an authorisation for the power on the day (s.53). No policy loosens it."""
    return gathered([None if authorised else NOT_AUTHORISED.of(document=document, day=in_words(on))])


def check_signing(
    signatures: Signatures, *, signed_at: datetime, authorised_at: datetime | None, now: datetime
) -> Findings:
    """Whether a document may be recorded as signed at a moment: one written by hand on a doorstep is entered later. Only
    where policy asks for a second person first must that look have come before the signature."""
    looked_at = authorised_at if signatures.policy is FourEyes.ALWAYS else None
    too_early = looked_at is not None and signed_at < looked_at
    signed, authorised = _moment(signed_at), _moment(looked_at or now)
    return gathered([
        SIGNED_IN_FUTURE.of(signed=signed) if signed_at > now else None,
        SIGNED_BEFORE_AUTHORISED.of(signed=signed, authorised=authorised) if too_early else None,
    ])  # fmt: skip


def check_authoriser(signatures: Signatures) -> Findings:
    """Whether the authoriser is the second person that policy asks for."""
    if not signatures.alone:
        return gathered([])
    if signatures.policy is FourEyes.ALWAYS:
        return gathered([NEEDS_SECOND_PERSON])
    return gathered([FLAGGED_ALONE if signatures.flagged else None])


def check_checker(*, checker_id: int | None, drafter_id: int | None, issuer_id: int | None) -> Findings:
    """Whether somebody may make the check of a document that went out on one signature."""
    took_part = checker_id is None or checker_id in {drafter_id, issuer_id}
    return gathered([CHECKER_TOOK_PART if took_part else None])


def second_look_task(reference: str) -> str:
    """The title of the task that asks for the second person's look at a document."""
    return f"Second person’s check of {reference}"


def second_look_due_on(signatures: Signatures, signed_on: date, holidays: Holidays) -> date | None:
    """By when a second person is to look, where it went out on one signature under the next-working-day policy."""
    if signatures.policy is not FourEyes.CHECKED_NEXT_WORKING_DAY or not signatures.alone:
        return None
    return add_working_days(signed_on, 1, holidays)


@dataclass(frozen=True)
class EndingFacts:
    """A withdrawal, discharge or cancellation. `given`: whether the recipient ever had the document."""

    reason: str | None
    given: bool
    recipient_told: bool = False
    victim_told: bool = False


def check_ending(facts: EndingFacts) -> Findings:
    """Whether a warning or notice may be withdrawn or discharged: always, with a reason (the power to revoke is implied,
    Stannard [2019] EWHC 84 (Admin)); those concerned should hear of it."""
    return gathered([
        None if (facts.reason or "").strip() else NEEDS_REASON,
        RECIPIENT_NOT_TOLD if facts.given and not facts.recipient_told else None,
        VICTIM_NOT_TOLD if facts.given and not facts.victim_told else None,
    ])  # fmt: skip


def _moment(at: datetime) -> str:
    there = local(at)
    return f"{there:%H:%M} on {in_words(there.date())}"
