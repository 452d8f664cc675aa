"""The screen before a warning or notice: who may be affected, and how that was considered.

Equality Act 2010 s.149 (the public sector equality duty), the European Convention on Human Rights (articles 8, 10 and 11,
and article 1 of the first protocol), capacity, health, care, a home at risk, language; of the young, whoever cares for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ScreenItem:
    """One question of the screen, and what it is about in few words. `young` is asked of those who are, or may be, under 18."""

    code: str
    about: str
    question: str
    hint: str
    young: bool = False


SCREEN = (
    ScreenItem(
        "equality",
        "Protected characteristics",
        "Does a protected characteristic bear on the conduct or on what is asked?",
        "Equality Act 2010 s.149: age, disability, gender reassignment, pregnancy, race, religion or belief, sex, sexual "
        "orientation.",
    ),
    ScreenItem(
        "rights",
        "Home, family life, belief, speech, assembly, property",
        "Does it reach into a home, family life, belief, speech, assembly or property?",
        "Human Rights Act 1998: articles 8 to 11 and article 1 of the first protocol. If it does, say why it is "
        "proportionate.",
    ),
    ScreenItem(
        "capacity",
        "Understanding and capacity",
        "Is there doubt whether they understand it, or can do what it asks?",
        "Mental Capacity Act 2005: learning disability, dementia, brain injury, addiction.",
    ),
    ScreenItem(
        "health",
        "Mental and physical health",
        "Is anything known of their mental or physical health?",
        "Who was asked: GP, mental health team, drug and alcohol service.",
    ),
    ScreenItem(
        "care",
        "Care and support needs",
        "Have they care and support needs, or does somebody depend on them?",
        "Care Act 2014; children in the household; a carer.",
    ),
    ScreenItem(
        "housing",
        "Homelessness, or a home at risk",
        "Are they homeless, or could this put their home at risk?",
        "Rough sleeping, a tenancy at stake, temporary accommodation. Who was told.",
    ),
    ScreenItem(
        "language",
        "Language, large print, interpreter",
        "Do they need another language, large print, a reader or an interpreter?",
        "What will be given with the document so that it is understood.",
    ),
    ScreenItem(
        "youth",
        "Under 18: who was spoken to",
        "Are they under 18, or might they be? Who was spoken to?",
        "Parent or guardian, youth justice service, children’s social care, school. With names and days.",
        young=True,
    ),
)
BY_CODE = {item.code: item for item in SCREEN}


@dataclass(frozen=True)
class Screened:
    """The answer to one question: whether there is something to consider, and what."""

    item: str
    raised: bool
    note: str | None = None


def items_for(age: int | None, *, individual: bool = False, adult: int = 18) -> tuple[ScreenItem, ...]:
    """The questions for somebody of an age; None where it is not known, or a body's. An individual of whose age nothing is
    known, though believed to be 16 or over, may be under 18 all the same."""
    may_be_young = individual if age is None else age < adult
    return tuple(item for item in SCREEN if not item.young or may_be_young)


def whole(answers: Iterable[Screened], items: Sequence[ScreenItem]) -> bool:
    """Whether every question is answered."""
    return {item.code for item in items} <= {each.item for each in answers}


def raised(answers: Sequence[Screened]) -> bool | None:
    """Whether any answer raises something to consider; None where nothing is answered."""
    return any(each.raised for each in answers) if answers else None
