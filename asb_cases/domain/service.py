"""How a document is given to its recipient (2014 Act ss.45, 55), and on which day it counts as given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from asb_cases.domain.calendar import Holidays, add_working_days, in_words, local
from asb_cases.domain.errors import Caution, Findings, Refusal, gathered


class ServiceMethod(StrEnum):
    """The ways a warning or notice reaches its recipient. What counts for which is in each power's entry."""

    HAND = "hand"
    LEFT = "left"
    POST = "post"
    POSTED_ON_PREMISES = "posted_on_premises"
    EMAIL = "email"
    OTHER_WRITTEN = "other_written"


METHOD_TITLES: dict[ServiceMethod, str] = {
    ServiceMethod.HAND: "Handed to the recipient",
    ServiceMethod.LEFT: "Left at the proper address",
    ServiceMethod.POST: "Posted to the proper address",
    ServiceMethod.POSTED_ON_PREMISES: "Posted on the premises",
    ServiceMethod.EMAIL: "Sent by email",
    ServiceMethod.OTHER_WRITTEN: "Given in writing another way",
}

#: s.55: by hand, by leaving it at the proper address, by post to it.
SECTION_55 = frozenset({ServiceMethod.HAND, ServiceMethod.LEFT, ServiceMethod.POST})

METHOD_UNKNOWN_TO_THE_ACT = Refusal(
    "service_method_not_allowed",
    "{document} can’t be served like this: {method}.",
    "2014 Act s.55",
    "Serve it in one of these ways: {allowed}. A copy sent otherwise may be noted as a courtesy.",
    field="method",
)
NO_ENQUIRIES_NOTE = Refusal(
    "no_enquiries_note",
    "Posting on the premises needs a note of the reasonable enquiries made to find the owner or occupier.",
    "2014 Act s.45(1)",
    "Write down who was asked, when, and what came of it.",
    field="enquiries_note",
)
NAMED_ON_PREMISES = Caution(
    "named_on_premises",
    "Posting on the premises is for a notice to an occupier or owner whose name or proper address can’t be found, and the "
    "recipient is named. Say why their proper address is not known.",
    field="method",
    authority="2014 Act s.45(1)",
)
UNNAMED_NOT_ON_PREMISES = Caution(
    "unnamed_not_on_premises",
    "A notice to an occupier or owner who is not named counts as issued once it is posted on the premises; this one was given "
    "another way. Say how it is known to have reached them, or post it on the premises.",
    field="method",
    authority="2014 Act s.45(3)",
)
NO_ADDRESS = Refusal(
    "no_address_of_service",
    "Service needs the address it was made at.",
    "2014 Act s.55",
    "Give the recipient’s proper address: the last known one, or a company’s registered or principal office.",
    field="address",
)
NO_ADDRESS_OF_WARNING = Caution(
    "no_address_of_service",
    "It is not recorded at which address the warning was left or posted, as may have to be shown later.",
    field="address",
)
GIVEN_BEFORE_SIGNED = Refusal(
    "given_before_signed",
    "The document can’t have been given on {given}: it was signed on {signed}.",
    "2014 Act s.43(1)",
    "Check when it was given, or record the document that was really given. If it was signed by hand before, it is signed "
    "here with the time of that.",
    field="given_on",
)
GIVEN_IN_FUTURE = Refusal(
    "given_in_future",
    "The day of service, {given}, has not come yet.",
    "2014 Act s.55",
    "Record service once it is done. Of a posted document, the day is when post would arrive.",
    field="given_on",
)
GIVEN_LATER_TODAY = Refusal(
    "given_in_future",
    "The time of service, {time}, has not come yet.",
    "2014 Act s.55",
    "Record service once it is done.",
    field="given_at",
)
SENT_IN_FUTURE = Refusal(
    "sent_in_future",
    "The day of posting, {sent}, has not come yet.",
    "How the record works",
    "Record the posting once it is posted.",
    field="sent_on",
)
SENT_BEFORE_SIGNED = Refusal(
    "sent_before_signed",
    "The document can’t have been posted on {sent}: it was signed on {signed}.",
    "2014 Act s.43(1)",
    "Check the day of posting, or record the document that was really posted.",
    field="sent_on",
)
GIVEN_BEFORE_SENT = Refusal(
    "given_before_sent",
    "It can’t have been given on {given}, before it was sent on {sent}.",
    "Interpretation Act 1978 s.7",
    "Check both days.",
    field="given_on",
)
OTHER_DEEMED_DAY = Caution(
    "other_deemed_day",
    "By first-class post it would arrive on {usual}; you give {given} as the day. Say why.",
    field="deemed_because",
)
DATED_BEFORE_POSTED = Caution(
    "dated_before_posted",
    "The notice is dated {dated} and was posted on {sent}: its days to pay run from its date, so that the post takes some "
    "of them. Say how the recipient gets them back, for instance a longer time to pay.",
    field="sent_on",
)
NO_PROOF_OF_RECEIPT = Caution(
    "no_proof_of_receipt",
    "A warning sent by email needs proof that it arrived: keep the reply or the read receipt.",
    field="proof",
)
NOT_POSTED = Refusal(
    "not_posted",
    "It was not given by post.",
    "How the record works",
    "Only what was posted can come back by post. If it was given wrongly, have the record of service marked as entered in "
    "error.",
    field="service",
)


@dataclass(frozen=True)
class ServiceFacts:
    """How one document was given. `given_on` None: in the post still. `deemed_on` is the day a posted one is presumed to
    arrive, where it was posted; `dated_on` the date that a fixed penalty notice bears; `named` whether a notice is to somebody
    named, or to whoever occupies or owns premises (s.45)."""

    method: ServiceMethod
    given_on: date | None
    today: date
    signed_on: date | None = None
    sent_on: date | None = None
    deemed_on: date | None = None
    deemed_because: str | None = None
    address: str | None = None
    enquiries_note: str | None = None
    has_proof: bool = False
    imported: bool = False
    dated_on: date | None = None
    given_at: datetime | None = None
    signed_at: datetime | None = None
    now: datetime | None = None
    named: bool | None = None


def deemed_day(sent_on: date, holidays: Holidays, working_days: int = 2) -> date:
    """When a posted document is presumed to arrive: the second working day after posting (Interpretation Act 1978 s.7;
    how many days is practice, the dated value `deemed_service_days`). The contrary may be shown."""
    return add_working_days(sent_on, working_days, holidays)


def check_service(document: str, allowed: frozenset[ServiceMethod], facts: ServiceFacts) -> Findings:
    """Whether `document` ("A community protection notice") may be recorded as given like this.

    An imported row is held to the method alone: an old register seldom says more.
    """
    method = _method(document, allowed, facts)
    if facts.imported:
        return gathered([method])
    return gathered([
        method, _enquiries(facts), _address(allowed, facts), *_sending(facts), *_giving(facts), _proof(facts), _to_whom(facts)
    ])  # fmt: skip


def _method(document: str, allowed: frozenset[ServiceMethod], facts: ServiceFacts) -> Refusal | None:
    if facts.method in allowed:
        return None
    ways = ", ".join(METHOD_TITLES[method].lower() for method in ServiceMethod if method in allowed)
    return METHOD_UNKNOWN_TO_THE_ACT.of(
        document=document, method=METHOD_TITLES[facts.method].lower(), allowed=ways or "none, it is not served"
    )


def _enquiries(facts: ServiceFacts) -> Refusal | None:
    posted = facts.method is ServiceMethod.POSTED_ON_PREMISES
    return NO_ENQUIRIES_NOTE if posted and not _said(facts.enquiries_note) else None


def _address(allowed: frozenset[ServiceMethod], facts: ServiceFacts) -> Refusal | Caution | None:
    """s.55 binds notices; a warning only has to be in writing, so that its address is a matter of proof."""
    needs = facts.method in {ServiceMethod.LEFT, ServiceMethod.POST, ServiceMethod.POSTED_ON_PREMISES}
    if not needs or _said(facts.address):
        return None
    return NO_ADDRESS if ServiceMethod.EMAIL not in allowed else NO_ADDRESS_OF_WARNING


def _sending(facts: ServiceFacts) -> list[Refusal | Caution | None]:
    if facts.sent_on is None:
        return []
    sent = in_words(facts.sent_on)
    found: list[Refusal | Caution | None] = []
    if facts.sent_on > facts.today:
        found.append(SENT_IN_FUTURE.of(sent=sent))
    if facts.signed_on and facts.sent_on < facts.signed_on:
        found.append(SENT_BEFORE_SIGNED.of(sent=sent, signed=in_words(facts.signed_on)))
    if facts.dated_on and facts.dated_on < facts.sent_on:
        found.append(DATED_BEFORE_POSTED.of(dated=in_words(facts.dated_on), sent=sent))
    return found


def _giving(facts: ServiceFacts) -> list[Refusal | Caution | None]:
    if facts.given_on is None:
        return []
    given = in_words(facts.given_on)
    found: list[Refusal | Caution | None] = []
    moment = facts.given_at if facts.given_at and local(facts.given_at).date() == facts.given_on else None
    if facts.given_on > facts.today:
        found.append(GIVEN_IN_FUTURE.of(given=given))
    elif moment and facts.now and moment > facts.now:
        found.append(GIVEN_LATER_TODAY.of(time=_clock(moment)))
    if facts.signed_on and facts.given_on < facts.signed_on:
        found.append(GIVEN_BEFORE_SIGNED.of(given=given, signed=in_words(facts.signed_on)))
    elif moment and facts.signed_at and _at_latest(moment) < facts.signed_at.replace(second=0, microsecond=0):
        found.append(
            GIVEN_BEFORE_SIGNED.of(
                given=f"{given} at {_clock(moment)}", signed=f"that day at {_clock(facts.signed_at)}"
            )
        )
    if facts.sent_on and facts.given_on < facts.sent_on:
        found.append(GIVEN_BEFORE_SENT.of(given=given, sent=in_words(facts.sent_on)))
    if facts.deemed_on and facts.given_on != facts.deemed_on and not _said(facts.deemed_because):
        found.append(OTHER_DEEMED_DAY.of(usual=in_words(facts.deemed_on), given=given))
    return found


def _proof(facts: ServiceFacts) -> Caution | None:
    return NO_PROOF_OF_RECEIPT if facts.method is ServiceMethod.EMAIL and not facts.has_proof else None


def _to_whom(facts: ServiceFacts) -> Caution | None:
    if facts.named is None:
        return None
    on_premises = facts.method is ServiceMethod.POSTED_ON_PREMISES
    if facts.named:
        return NAMED_ON_PREMISES if on_premises else None
    return None if on_premises else UNNAMED_NOT_ON_PREMISES


def _at_latest(at: datetime) -> datetime:
    """A time of day that comes twice in the night on which the clocks go back, as the second of the two."""
    return local(at).replace(fold=1).astimezone(UTC)


def _clock(at: datetime) -> str:
    return f"{local(at):%H:%M}"


def _said(text: str | None) -> bool:
    return bool(text and text.strip())
