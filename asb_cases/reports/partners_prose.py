"""Figures that partners supplied for the year, beside the year before, in sentences."""

from collections.abc import Iterable

from asb_cases.domain.changes import change
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.prose import Paragraph, Piece, Sentence, supplied

TITLE = "Crime, anti-social behaviour and contacts"


def partners_paragraph(year: FigureSet, before: FigureSet, codes: Iterable[str]) -> Paragraph:
    """A sentence for each series with a value for the year."""
    sentences = tuple(Sentence(year.period, _series(year, before, code)) for code in codes)
    return Paragraph("partners", TITLE, sentences)


def _series(year: FigureSet, before: FigureSet, code: str) -> tuple[Piece, ...]:
    """`Recorded crime increased by 2.6 per cent, from 13,718 in 2014-15 to 14,081 in 2015-16.` No per cent is worked
    out of values that are not exact."""
    now, then = year.values[code], before.values.get(code)
    label, number = year.period.label, supplied(year, code)
    if then is None or then.value is None:
        return (f"{now.figure.title}: ", number, f" in {label}.")
    earlier = (supplied(before, code), f" in {before.period.label}")
    if now.qualifier or then.qualifier:
        return (f"{now.figure.title}: ", number, f" in {label}, beside ", *earlier, ".")
    if now.value == then.value:
        return (f"{now.figure.title} did not change, at ", *earlier, " and ", number, f" in {label}.")
    verb = change(then.value, now.value).as_verb
    return (f"{now.figure.title} {verb}, from ", *earlier, " to ", number, f" in {label}.")
