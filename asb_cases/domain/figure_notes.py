"""What is said beside a figure, so that nobody takes it for more than it is."""

from collections.abc import Callable, Mapping
from datetime import date

from asb_cases.domain.calendar import in_words
from asb_cases.domain.changes import counted, grouped
from asb_cases.domain.figures import Aside, Figure

#: One sentence for each thing counted beside a figure, from how many there are.
_SENTENCES: Mapping[Aside, Callable[[int], str]] = {
    Aside.WITHDRAWN: lambda n: f"Includes {grouped(n)} since withdrawn.",
    Aside.QUASHED: lambda n: f"Includes {grouped(n)} quashed on appeal.",
    Aside.CANCELLED: lambda n: f"Includes {grouped(n)} since cancelled.",
    Aside.INCOMPLETE: lambda n: (
        f"Includes {counted(n, 'imported record', 'imported records')} of which the step before is not known."
    ),
    Aside.DAY_NOT_KNOWN: lambda n: (
        f"A further {grouped(n)} on {'a day' if n == 1 else 'days'} not known {_is(n)} not counted."
    ),
    Aside.POSSIBLE_DUPLICATES: lambda n: f"{counted(n, 'possible duplicate', 'possible duplicates')} (same name).",
    Aside.OTHER_BODYS_NOTICE: lambda n: f"Includes {grouped(n)} of notices issued by another body.",
    Aside.LOCAL_SCHEME: lambda n: f"Includes {grouped(n)} under the local scheme, before 20 October 2014.",
    Aside.RECOMMENDATIONS_NOT_RECORDED: lambda n: (
        f"A further {grouped(n)} held with the number of recommendations not recorded."
    ),
}


def note(figure: Figure, asides: Mapping[Aside, int]) -> str | None:
    """The note of a count, or None where there is nothing to add."""
    said = [_SENTENCES[aside](asides[aside]) for aside in figure.asides if asides.get(aside)]
    return " ".join(said) or None


def rate_note(over: int, under: int, left_out: int) -> str:
    """How a rate was worked out."""
    working = f"{grouped(over)} over {grouped(under)}."
    if not left_out:
        return working
    return f"{working} {counted(left_out, 'incomplete record', 'incomplete records').capitalize()} left out."


def not_kept_note(complete_from: date, reason: str) -> str:
    """Why a period has no value."""
    return f"Records are complete only from {in_words(complete_from)}: {reason.rstrip('.')}."


def series_note(source: str, qualifier: str | None, note: str | None, confidence: str | None = None) -> str:
    """Where a supplied value comes from, how exact it is and how far it can be relied on."""
    said = [f"Source: {source.rstrip('.')}."]
    if confidence in _NOT_FIRM:
        said.append(_NOT_FIRM[confidence])
    if qualifier:
        said.insert(0, f"Given as “{qualifier}”.")
    if note:
        said.append(note)
    return " ".join(said)


#: What is said of a supplied value that is not final.
_NOT_FIRM = {"provisional": "Provisional.", "estimate": "An estimate."}


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
