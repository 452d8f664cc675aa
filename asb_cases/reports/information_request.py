"""The answer to a request for information: the questions that are asked year after year, with small numbers hidden."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from asb_cases.adapters.workbooks import Sheet
from asb_cases.domain.changes import grouped
from asb_cases.domain.figures import DIMENSION_TITLES, Dimension
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor
from asb_cases.domain.small_numbers import is_small
from asb_cases.queries.penalty_money import Sum, money_of
from asb_cases.reports.public_figures import PublicFigure, public_figures

HIDDEN, NOT_KNOWN = "hidden", "not known"

#: What is asked, and the figure or the sum of money that answers it.
QUESTIONS: Sequence[tuple[str, str]] = (
    ("Community protection warnings given", "cpw_issued"),
    ("People and bodies given a warning", "cpw_recipients"),
    ("Community protection notices issued", "cpn_issued"),
    ("People and bodies issued with a notice", "cpn_recipients"),
    ("Notices withdrawn", "cpn_withdrawn"),
    ("Appeals against notices", "cpn_appeals"),
    ("Alleged breaches of notices", "breaches_recorded"),
    ("Fixed penalty notices issued for breach of a notice", "fpn_issued"),
    ("Their amounts together", "fpn_amounts"),
    ("Fixed penalties paid", "fpn_paid"),
    ("Money received for them", "fpn_payments"),
    ("Prosecutions started for breach of a notice", "prosecutions_started"),
    ("Convictions", "prosecutions_convicted"),
    ("Fines together", "fines"),
    ("Costs ordered together", "costs"),
    ("Victim surcharges together", "surcharges"),
    ("Compensation ordered together", "compensation"),
)
#: What is broken down, and by what: subject matter, who received it, what came of appeals. Not by what a figure above tells
#: nearly the same of (paid, withdrawn, convicted): the two together would give back what either hides.
BROKEN_DOWN: Sequence[tuple[str, Dimension]] = (
    ("cpw_issued", Dimension.CATEGORY),
    ("cpn_issued", Dimension.CATEGORY),
    ("cpw_recipients", Dimension.AGE),
    ("cpn_recipients", Dimension.AGE),
    ("cpn_issued", Dimension.RECIPIENT),
    ("cpn_appeals", Dimension.OUTCOME),
)


@dataclass(frozen=True)
class Answer:
    """One question with its number in words, and what is counted."""

    question: str
    said: str
    counted_by: str


@dataclass(frozen=True)
class AnswerTable:
    """One breakdown: its title, what its parts are, and each part with its number in words; none where it is withheld."""

    title: str
    by: str
    rows: list[tuple[str, str]]
    withheld: bool


@dataclass(frozen=True)
class InformationPack:
    """All answers for a period, with the note that goes with them."""

    period: Period
    note: list[str]
    answers: list[Answer]
    tables: list[AnswerTable]


def information_pack(
    period: Period, actor: Actor, *, least: int, words: Callable[[Dimension, str], str]
) -> InformationPack:
    """The answers for a period. `words` says a key of a breakdown as people know it."""
    found = public_figures(period, actor, least=least, by={dimension for _code, dimension in BROKEN_DOWN}).figures
    money = money_of(period, actor)
    answers = [
        _answer(question, found[what]) if what in found else _sum(question, money[what], least)
        for question, what in QUESTIONS
    ]
    tables = [table for code, dimension in BROKEN_DOWN if (table := _table(found[code], dimension, words)) is not None]
    return InformationPack(period, _note(period, least), answers, tables)


def information_sheets(pack: InformationPack) -> list[Sheet]:
    """The pack as the sheets of a workbook: the note, the answers, and each breakdown."""
    return [
        Sheet("About", ("How these numbers were made",), [(line,) for line in pack.note]),
        Sheet(
            "Answers",
            ("Question", "Answer", "What is counted"),
            [(each.question, _cell(each.said), each.counted_by) for each in pack.answers],
        ),
        *(
            Sheet(
                each.title,
                (each.by, "Number"),
                [(words, _cell(said)) for words, said in each.rows] or [("Not told: too few", None)],
                (each.title,),
            )
            for each in pack.tables
        ),
    ]


def _answer(question: str, each: PublicFigure) -> Answer:
    if each.hidden:
        return Answer(question, HIDDEN, each.figure.counted_by)
    return Answer(question, NOT_KNOWN if each.value is None else grouped(each.value), each.figure.counted_by)


def _sum(question: str, each: Sum, least: int) -> Answer:
    said = HIDDEN if is_small(each.of, least) else f"£{Decimal(each.pence) / 100:,.2f}"
    return Answer(question, said, "In pounds. Hidden where it is of fewer than the least number told.")


def _table(each: PublicFigure, by: Dimension, words: Callable[[Dimension, str], str]) -> AnswerTable | None:
    kept = each.breakdowns.get(by)
    if kept is None or not kept.parts:
        return None
    rows = [(words(by, key), HIDDEN if value is None else grouped(value)) for key, value in kept.parts.items()]
    title = f"{each.figure.title}, by {DIMENSION_TITLES[by].lower()}"
    return AnswerTable(title, DIMENSION_TITLES[by], [] if kept.withheld else rows, kept.withheld)


def _cell(said: str) -> str | int:
    plain = said.replace(",", "")
    return int(plain) if plain.isdigit() else said


def _note(period: Period, least: int) -> list[str]:
    return [
        f"Period: {period.in_words}, both days included.",
        (
            "The numbers are counted from the council’s case records as they stand on the day of this answer. Records entered in "
            "error are left out, and so are warnings and notices of other bodies."
        ),
        (
            f"Numbers from 1 to {least - 1} are hidden, because somebody could be recognised by them (personal data: Freedom of "
            "Information Act 2000, s.40(2))."
        ),
        (
            "Where a hidden number could be worked out from a total, the next smallest part is hidden too, and a whole table is "
            "left out where that is not enough. A nought is shown."
        ),
        "Something may stand under several categories, so that a table by category need not add up to its total.",
        "Sums of money are hidden with the small number of penalties or defendants that they are of.",
    ]
