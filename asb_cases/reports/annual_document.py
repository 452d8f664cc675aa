"""A yearly report as it is read, whatever it is written as: headings, paragraphs, lists, tables and charts in order.

It is what is frozen: encoded, its bytes are the same for the same content on every engine, and every format is made of it
again.
"""

from decimal import Decimal

import msgspec


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words in one style. `path` leads to the rows that a number counts; `href` is a link of the writer's."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str | None = None
    path: str | None = None


Runs = tuple[Run, ...]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """A heading, 1 to 3 below the title."""

    level: int
    text: str
    anchor: str


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph", omit_defaults=True):
    """A paragraph, numbered where `number` is given."""

    runs: Runs
    number: int | None = None


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a list, and the list below it."""

    runs: Runs
    below: tuple["Item", ...] = ()


class Items(msgspec.Struct, frozen=True, tag="items", omit_defaults=True):
    """A list."""

    items: tuple[Item, ...]
    ordered: bool = False


class Table(msgspec.Struct, frozen=True, tag="table", omit_defaults=True):
    """A table with a row of headings; the first cell of each row is the row's heading, the others line up as numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


class Bar(msgspec.Struct, frozen=True):
    """A bar: what it is of, in which of the chart's series, its length, and the words beside it."""

    label: str
    series: int
    value: float
    words: str


class Chart(msgspec.Struct, frozen=True, tag="chart"):
    """Bars with their names. The table of the same numbers follows it always."""

    caption: str
    alternative: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


Element = Heading | Paragraph | Items | Table | Chart


class CoverEntry(msgspec.Struct, frozen=True):
    """A line of the cover sheet. `after`: it stands at the end, with the author."""

    code: str
    label: str
    text: str
    after: bool = False


class Appendix(msgspec.Struct, frozen=True):
    """A file that goes with the report: its title, name and SHA-256."""

    title: str
    name: str
    sha256: str


class FigureUsed(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure that the report says something of, and its value: what a later look at the records is compared with."""

    figure: str
    first: str
    last: str
    title: str
    period: str
    value: str | None
    part: str = ""

    @property
    def key(self) -> str:
        return " ".join(filter(None, (self.figure, self.part, self.first, self.last)))


class Revision(msgspec.Struct, frozen=True):
    """A figure that is another one than in the edition before, and why."""

    key: str
    title: str
    period: str
    was: str
    now: str
    because: str

    @property
    def sentence(self) -> str:
        return f"{self.title}, {self.period}: revised from {self.was} to {self.now} because {_inside(self.because)}"


class Document(msgspec.Struct, frozen=True):
    """The whole report of a year."""

    council: str
    title: str
    year: str
    cover: tuple[CoverEntry, ...]
    elements: tuple[Element, ...]
    appendices: tuple[Appendix, ...]
    figures: tuple[FigureUsed, ...]
    revisions: tuple[Revision, ...] = ()
    edition: int = 0
    signed: str = ""

    @property
    def tables(self) -> list[Table]:
        """Every table, in order."""
        return [element for element in self.elements if isinstance(element, Table)]


def encoded(document: Document) -> str:
    """The one text of a document."""
    return msgspec.json.encode(document).decode()


def decoded(text: str) -> Document:
    """The document of a text."""
    return msgspec.json.decode(text, type=Document)


def plain(runs: Runs) -> str:
    """The words alone."""
    return "".join(run.text for run in runs)


def value_text(value: int | Decimal | None) -> str | None:
    """A value as it is kept for comparing: the same for the same number."""
    if value is None:
        return None
    return str(int(value)) if value == int(value) else f"{Decimal(value).normalize():f}"


def _inside(reason: str) -> str:
    """A reason as the end of a sentence."""
    words = reason.strip().rstrip(".")
    return f"{words[:1].lower()}{words[1:]}." if words[1:2].islower() else f"{words}."
