"""Sentences whose numbers open the rows they count. Each sentence has its own period."""

from dataclasses import dataclass
from decimal import Decimal

from asb_cases.domain.changes import counted, grouped
from asb_cases.domain.figures import Dimension
from asb_cases.domain.periods import Period
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.addresses import rows_path


@dataclass(frozen=True)
class Number:
    """A number in a sentence, with the words that belong to it: `154 warnings`."""

    figure: str
    value: int | Decimal
    words: str
    path: str

    def __str__(self) -> str:
        return self.words


Piece = str | Number


@dataclass(frozen=True)
class Sentence:
    """One sentence and the period it is about."""

    period: Period
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(map(str, self.pieces))

    @property
    def numbers(self) -> list[Number]:
        return [piece for piece in self.pieces if isinstance(piece, Number)]


@dataclass(frozen=True)
class Paragraph:
    """Sentences under a heading."""

    code: str
    title: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


def number_of(figures: FigureSet, code: str, one: str = "", many: str = "") -> Number:
    """The value of a count with its noun: `1 notice`, `no notices`. The value must be known."""
    value = figures.count(code) or 0
    return Number(code, value, _words(value, one, many), rows_path(code, figures.period))


def part_of(figures: FigureSet, code: str, dimension: Dimension, key: str, one: str = "", many: str = "") -> Number:
    """One number of a breakdown with its noun."""
    value = figures.part(code, dimension, key)
    return Number(code, value, _words(value, one, many), rows_path(code, figures.period, (dimension, key)))


def supplied(figures: FigureSet, code: str) -> Number:
    """A value that somebody supplied, with what they said of its exactness: `about 100`. It must be known."""
    given = figures.values[code]
    value = given.value if given.value is not None else 0
    words = f"{given.qualifier} {grouped(value)}" if given.qualifier else grouped(value)
    return Number(code, value, words, rows_path(code, figures.period))


def was_or_were(value: int | Decimal) -> str:
    """The verb that agrees with a count."""
    return "was" if value == 1 else "were"


def listed(pieces: list[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Pieces joined as a list in words: a, b and c."""
    joined: list[Piece] = []
    for place, each in enumerate(pieces):
        if place:
            joined.append(" and " if place == len(pieces) - 1 else ", ")
        joined += each
    return tuple(joined)


def known(figures: FigureSet, *codes: str) -> bool:
    """Whether all these figures have a value."""
    return all(figures.values[code].value is not None for code in codes)


def _words(value: int, one: str, many: str) -> str:
    """The number with its noun; a number by itself is `none` where there is nothing."""
    if one:
        return counted(value, one, many)
    return grouped(value) if value else "none"
