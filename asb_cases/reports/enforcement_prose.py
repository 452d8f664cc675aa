"""What the service did by warnings, notices, fixed penalties and prosecutions in a year, in sentences."""

from collections.abc import Iterator
from decimal import Decimal

from asb_cases.domain.changes import change, counted
from asb_cases.domain.figures import Aside, Dimension
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.prose import Paragraph, Piece, Sentence, known, listed, number_of, part_of, was_or_were

TITLE = "Community protection warnings and notices"
WARNINGS = ("community protection warning (CPW)", "community protection warnings (CPWs)")
RECIPIENTS = ("person or body", "people and bodies")


def enforcement_paragraph(year: FigureSet, before: FigureSet) -> Paragraph:
    """The paragraph of the year, with the year before beside the number of warnings."""
    sentences = (
        *_warnings(year),
        *_compared(year, before),
        *_notices(year),
        *_afterwards(year),
        *_consequences(year),
        *_on_unknown_days(year),
    )
    return Paragraph("enforcement", TITLE, sentences)


def _warnings(year: FigureSet) -> Iterator[Sentence]:
    label = f"In {year.period.label} ({year.period.in_words})"
    if not known(year, "cpw_issued", "cpw_recipients"):
        yield _not_known(year, "cpw_issued", "community protection warnings (CPWs)")
        return
    warnings = number_of(year, "cpw_issued", *WARNINGS)
    if not warnings.value:
        yield Sentence(year.period, (f"{label} the council gave ", warnings, "."))
        return
    recipients = number_of(year, "cpw_recipients", *RECIPIENTS)
    yield Sentence(year.period, (f"{label} the council gave ", warnings, " to ", recipients, "."))


def _compared(year: FigureSet, before: FigureSet) -> Iterator[Sentence]:
    if not known(year, "cpw_issued") or not known(before, "cpw_issued"):
        return
    difference = change(before.count("cpw_issued"), year.count("cpw_issued"))
    if not difference.as_noun or not year.count("cpw_issued"):
        return
    opening = f"That was {difference.as_noun} {_beside(difference.as_noun)} {before.period.label}, when it gave "
    yield Sentence(before.period, (opening, number_of(before, "cpw_issued"), "."))


def _beside(noun: str) -> str:
    return "as in" if noun.startswith("the same") else "on"


def _notices(year: FigureSet) -> Iterator[Sentence]:
    if not known(year, "cpn_issued", "cpn_recipients"):
        yield _not_known(year, "cpn_issued", "community protection notices (CPNs)")
        return
    opening = (
        "Where a warning is not heeded, a community protection notice (CPN) may follow: "
        f"in {year.period.label} the council issued "
    )
    notices = number_of(year, "cpn_issued", "notice", "notices")
    if not notices.value:
        yield Sentence(year.period, (f"{opening}none.",))
        return
    yield Sentence(year.period, (opening, notices, " to ", number_of(year, "cpn_recipients", *RECIPIENTS), "."))


def _afterwards(year: FigureSet) -> Iterator[Sentence]:
    """What became of the notices that did not stand."""
    withdrawn = part_of(year, "cpn_issued", Dimension.STATUS, "withdrawn")
    quashed = part_of(year, "cpn_issued", Dimension.STATUS, "quashed")
    clauses: list[tuple[Piece, ...]] = []
    if withdrawn.value:
        clauses.append((withdrawn, f" {_has_or_have(withdrawn.value)} since been withdrawn"))
    if quashed.value:
        clauses.append((quashed, f" {was_or_were(quashed.value)} quashed on appeal"))
    if clauses:
        yield Sentence(year.period, ("Of these, ", *listed(clauses), "."))


def _consequences(year: FigureSet) -> Iterator[Sentence]:
    if not known(year, "fpn_issued", "prosecutions_convicted"):
        return
    penalties = number_of(year, "fpn_issued", "fixed penalty notice", "fixed penalty notices")
    convictions = number_of(year, "prosecutions_convicted", "prosecution", "prosecutions")
    verb = was_or_were(penalties.value)
    yield Sentence(
        year.period,
        (
            "For failing to comply with a notice, ",
            penalties,
            f" {verb} issued and ",
            convictions,
            f" ended in a conviction in {year.period.label}.",
        ),
    )


def _on_unknown_days(year: FigureSet) -> Iterator[Sentence]:
    """Convictions that an old register gives without their day: in no year's number, and not kept quiet either."""
    further = year.values["prosecutions_convicted"].asides.get(Aside.DAY_NOT_KNOWN, 0)
    if further:
        verb, pronoun = ("is", "it is") if further == 1 else ("are", "they are")
        words = counted(further, "further conviction", "further convictions")
        yield Sentence(
            year.period, (f"In addition, {words} {verb} recorded without the day, so {pronoun} in no year’s number.",)
        )


def _not_known(year: FigureSet, code: str, what: str) -> Sentence:
    reason = year.values[code].note or "records were not kept"
    return Sentence(year.period, (f"There is no number of {what} for {year.period.label}. {reason}",))


def _has_or_have(value: int | Decimal) -> str:
    return "has" if value == 1 else "have"
