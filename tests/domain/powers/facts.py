"""Facts on which every step of the enforcement track is lawful. Each test changes the one thing it is about."""

from datetime import UTC, date, datetime

from asb_cases.domain.breaches import BreachDecision, Notice
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers.authority import FourEyes, Signatures
from asb_cases.domain.powers.community_protection_notice import NoticeFacts
from asb_cases.domain.powers.community_protection_warning import WarningFacts
from asb_cases.domain.powers.fixed_penalty_notice import PenaltyFacts
from asb_cases.domain.powers.legal_test import LegalTest, LimbAnswer
from asb_cases.domain.powers.penalty import Penalty
from asb_cases.domain.powers.prior_warning import WrittenWarning
from asb_cases.domain.powers.prosecution import ProsecutionFacts
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.requirements import Requirement, RequirementKind

WARNED = date(2026, 2, 2)
GIVEN = date(2026, 3, 2)
OFFENCE = date(2026, 4, 6)
PENALTY_DAY = date(2026, 4, 10)
LAID = date(2026, 5, 20)

SUBJECT = Recipient(1, PersonKind.INDIVIDUAL, born_on=date(1990, 5, 1))
STOP = Requirement(1, 1, RequirementKind.STOP, "Stop playing amplified music in the garden of 4 Rose Lane.")
DO = Requirement(2, 1, RequirementKind.DO, "Remove the sofa from the front garden.", comply_by=date(2026, 3, 30))
TEST = LegalTest(
    "Amplified music in the garden after midnight on 12, 19 and 24 January.",
    {
        "detrimental_effect": LimbAnswer("Four households could not sleep.", 2),
        "persistent_or_continuing": LimbAnswer("Three nights in two weeks.", 1),
        "unreasonable": LimbAnswer("It went on after two requests.", 1),
    },
)
TWO_PEOPLE = Signatures(FourEyes.ALWAYS, drafter_id=10, authoriser_id=11)
WARNING = WrittenWarning(1, WARNED, datetime(2026, 2, 2, 10, tzinfo=UTC), requirements=(STOP, DO))
NOTICE = Notice(1, GIVEN)

WARNING_FACTS = WarningFacts(
    recipient=SUBJECT,
    test=TEST,
    requirements=(STOP, DO),
    signatures=TWO_PEOPLE,
    on=WARNED,
    minimum_age=16,
    comply_by=date(2026, 2, 9),
    screening="Nothing known.",
)
NOTICE_FACTS = NoticeFacts(
    recipient=SUBJECT,
    warnings=(WARNING,),
    on=GIVEN,
    at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    minimum_age=16,
    test=TEST,
    requirements=(STOP, DO),
    signatures=TWO_PEOPLE,
    enough_time_reason="Four weeks to turn the music down; played again on 28 February.",
    consultees=1,
    screening="Nothing known.",
    ends_on=date(2027, 3, 1),
    issuer_authorised=True,
)
PENALTY_FACTS = PenaltyFacts(
    recipient=SUBJECT,
    notice=NOTICE,
    notice_date=PENALTY_DAY,
    maximum=10000,
    offence_from=OFFENCE,
    decision=BreachDecision.FPN,
    breach_alleged=True,
    amount=10000,
    reduced=7500,
    reduced_within_days=10,
    particulars="Amplified music in the garden from 23:40 to 01:15.",
    payee="The council, Town Hall, Oxford",
    issuer_authorised=True,
)
PENALTY = Penalty(
    PENALTY_DAY,
    last_day=date(2026, 4, 24),
    proceed_from=date(2026, 4, 25),
    amount=10000,
    reduced=7500,
    reduced_until=date(2026, 4, 20),
)
PROSECUTION_FACTS = ProsecutionFacts(
    recipient=SUBJECT,
    notice=NOTICE,
    on=LAID,
    today=LAID,
    offence_from=OFFENCE,
    limit_first=date(2026, 10, 6),
    limit_last=date(2026, 10, 6),
    penalty=PENALTY,
    breach_alleged=True,
    decision=BreachDecision.PROSECUTE,
    evidential_note="Two recordings, three witnesses.",
    public_interest_note="Repeated, after a penalty.",
    authority_reference="Delegation 7.3",
    by_legal=True,
)
