"""What an application for an ASB case review says (2014 Act s.104(1)): by whom, for whom, by which way, about what.

Anybody may apply for the victim, and the clocks run at once; the victim's consent governs only what is told to whoever
applied. Nothing here is asked that the Act does not ask: a complaint without a date is kept without one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.record_keeping import AUTHORITY, day_has_come, days_in_order


class ApplicationChannel(StrEnum):
    """How an application reached us."""

    WEB = "web"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in_person"
    EMAIL = "email"


class ApplicantRole(StrEnum):
    """What whoever applies is to the victim."""

    VICTIM = "victim"
    RELATIVE = "relative"
    FRIEND = "friend"
    COUNCILLOR = "councillor"
    MP = "mp"
    PROFESSIONAL = "professional"
    OTHER = "other"


class VictimConsent(StrEnum):
    """Whether the victim agrees that whoever applied for them is told about it."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


#: More complaints than anybody names, and fewer than would choke a page.
MOST_COMPLAINTS = 50

TOO_MANY_COMPLAINTS = Refusal(
    "too_many_complaints",
    "An application names at most {most} complaints, and these are {number}.",
    AUTHORITY,
    "Enter the latest ones, and mention the others in the account of what has happened.",
    field="complaints",
)
VICTIM_FOR_ANOTHER = Refusal(
    "victim_applies_for_another",
    "Whoever is the victim applies for themselves, and this names somebody else for whom they apply.",
    AUTHORITY,
    "Say what they are to the victim, or leave out the name.",
    field="on_behalf_of",
)


@dataclass(frozen=True, kw_only=True)
class NamedComplaint:
    """A complaint that an application names: who made it, about what, when it happened, and when and to whom it was made."""

    complainant: str | None = None
    incident: str | None = None
    occurred_on: date | None = None
    made_on: date | None = None
    body: str | None = None
    description: str | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """What an application says, as far as it does. Contact details are as they were typed: no person of the register yet.

    `safe_contact` says how whoever applied may be reached without harm.
    """

    channel: ApplicationChannel | None = None
    applicant_role: ApplicantRole | None = None
    on_behalf_of: str | None = None
    victim_consent: VictimConsent | None = None
    words: str | None = None
    effect: str | None = None
    contact_name: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    contact_address: str | None = None
    safe_contact: str | None = None
    complaints: tuple[NamedComplaint, ...] = ()


NOTHING_SAID = Application()


def check_application(said: Application, applied_on: date, today: date) -> Findings:
    """Whether an application can be received: on a day that has come, and without contradicting itself."""
    number = len(said.complaints)
    for_another = said.applicant_role is ApplicantRole.VICTIM and said.on_behalf_of
    found = [
        day_has_come("The day of the application", applied_on, today, "applied_on"),
        VICTIM_FOR_ANOTHER if for_another else None,
        TOO_MANY_COMPLAINTS.of(most=MOST_COMPLAINTS, number=number) if number > MOST_COMPLAINTS else None,
    ]
    for each in said.complaints:
        found += [
            day_has_come("The day on which it happened", each.occurred_on, today, "complaints"),
            day_has_come("The day on which it was reported", each.made_on, today, "complaints"),
            days_in_order(("what it tells of", each.occurred_on), ("A report", each.made_on), "complaints"),
        ]
    return gathered(found)
