"""What the council says on its public pages: dated values, as they are today."""

from dataclasses import dataclass
from datetime import date

from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.public_pages import ON, SWITCH
from asb_cases.queries.policy import values_in_force


@dataclass(frozen=True)
class PublicWords:
    """The switch of the form, and how else to reach the council. An empty text is not decided yet."""

    form_is_on: bool
    contact: str
    case_review_contact: str
    bodies: str
    escalation: str
    privacy: str
    accessibility: str
    languages: str

    @property
    def how_to_reach_us(self) -> str:
        return self.case_review_contact or self.contact


def public_words(day: date, values: LegalValues | None = None) -> PublicWords:
    """As they stand on a day."""
    values = values or values_in_force()
    return PublicWords(
        form_is_on=values.text(SWITCH, day) == ON,
        bodies=values.text("public_relevant_bodies", day),
        escalation=values.text("public_escalation", day),
        privacy=values.text("public_privacy", day),
        accessibility=values.text("public_accessibility", day),
        languages=values.text("letter_languages", day),
        contact=values.text("letter_contact", day),
        case_review_contact=values.text("letter_case_review_contact", day),
    )
