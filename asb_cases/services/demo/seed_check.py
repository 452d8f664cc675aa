"""Whether the yearly report of the demonstration says every number that was published of its year.

The numbers stand in a file beside this one: each with a word that must stand in the same sentence, bullet or row.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asb_cases.reports.annual_document import Document, Item, Items, Paragraph, Table, plain

NUMBERS = Path(__file__).with_name("seed_2015_16.csv")
#: The year of which there is such a file.
YEAR = "2015-16"


@dataclass(frozen=True)
class Published:
    """A number, the word it stands beside, and what it is."""

    near: str
    number: str
    what: str


def published_numbers() -> list[Published]:
    """Every number of the file, in its order."""
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return [Published(**row) for row in csv.DictReader(file)]


def missing_from(document: Document) -> list[Published]:
    """The published numbers that the report does not say where they belong."""
    passages = [passage.casefold() for passage in _passages(document)]
    return [each for each in published_numbers() if not any(_says(passage, each) for passage in passages)]


def _says(passage: str, each: Published) -> bool:
    number = re.compile(rf"(?<![\d.,]){re.escape(each.number.casefold())}(?![\d]|[.,]\d)")
    return each.near.casefold() in passage and number.search(passage) is not None


def _passages(document: Document) -> Iterator[str]:
    """Every paragraph, bullet and row of the sections that people write."""
    for element in document.elements:
        if isinstance(element, Paragraph):
            yield plain(element.runs)
        elif isinstance(element, Items):
            yield from _items(element.items)
        elif isinstance(element, Table):
            yield from (" ".join(row) for row in element.rows)


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield plain(item.runs)
        yield from _items(item.below)
