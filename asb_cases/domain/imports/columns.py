"""The columns of a format, and whether the first line of a file names them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from asb_cases.domain.imports.problems import Problem

#: The column that rejected rows come back with. It is read over, so that the corrected file goes in as it is.
REASON = "reason"


@dataclass(frozen=True)
class Format:
    """A format: its name, the columns a file must have, and those it may have."""

    name: str
    needed: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.needed, *self.optional)


@dataclass(frozen=True)
class Header:
    """Which column stands where. A blank heading is no column."""

    names: tuple[str, ...]

    def cells(self, texts: Sequence[str]) -> Mapping[str, str]:
        """The cells of a row that say something, by column and without the blanks around them."""
        found = zip(self.names, (text.strip() for text in texts), strict=False)
        return MappingProxyType({name: text for name, text in found if name and text and name != REASON})

    def surplus(self, texts: Sequence[str]) -> list[Problem]:
        """A problem where text stands in a cell that has no heading."""
        without = [text for number, text in enumerate(texts) if text.strip() and not self._heading(number)]
        if not without:
            return []
        return [
            Problem(
                "",
                "cell_without_column",
                f"“{shortened(without[0])}” stands in a cell that has no heading.",
                "Put a text that holds commas in double quotes, or give the column its name in the first line.",
            )
        ]

    def _heading(self, number: int) -> str:
        return self.names[number] if number < len(self.names) else ""


def read_header(texts: Sequence[str], layout: Format) -> tuple[Header, list[Problem]]:
    """The header of a file, and what is wrong with it. Capitals and spaces in a heading don't matter."""
    names = tuple(re.sub(r"[\s_]+", "_", text.strip().casefold()) for text in texts)
    known = f"The columns of this format are {', '.join(layout.columns)}."
    problems = [
        Problem(name, "column_unknown", f"There is no column “{shortened(text.strip())}” in this format.", known)
        for name, text in zip(names, texts, strict=True)
        if name and name != REASON and name not in layout.columns
    ]
    problems += [
        Problem(name, "column_missing", f"The column {name} is missing.", f"Add it. {known}")
        for name in layout.needed
        if name not in names
    ]
    problems += [
        Problem(name, "column_twice", f"The column {name} is there {names.count(name)} times.", "Keep one of them.")
        for name in dict.fromkeys(names)
        if name and names.count(name) > 1
    ]
    if not any(names) or (len(names) == 1 and re.search(r"[;\t|]", texts[0])):
        problems = [
            Problem(
                "", "no_header", "The first line does not name columns separated by commas.", f"Save it so. {known}"
            )
        ]
    return Header(names), problems


def shortened(text: str, longest: int = 60) -> str:
    """Text to be quoted in a message: one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
