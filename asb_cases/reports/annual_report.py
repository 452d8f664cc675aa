"""A yearly report put together: what people wrote, and the figures as they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from asb_cases.domain.annual_report import (
    COVER,
    FIRST_STRUCTURE,
    BlockKind,
    Prose,
    SentenceShape,
)
from asb_cases.domain.calendar import UnreadableDate
from asb_cases.domain.changes import grouped
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import FIGURES
from asb_cases.domain.periods import Period, between, financial_year, parse_period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.report_wording import COUNT, filled
from asb_cases.models.annual_report import AnnualReport, AnnualReportBlock, AnnualReportSection
from asb_cases.queries.annual_figures import Asked, sees_all_figures, values_for
from asb_cases.queries.annual_reports import appendices_of, blocks_of, latest_editions, sections_of
from asb_cases.queries.figures import FigureValue
from asb_cases.reports.annual_document import (
    Appendix,
    CoverEntry,
    Document,
    Element,
    FigureUsed,
    Heading,
    Item,
    Items,
    Paragraph,
    Revision,
    Run,
    Runs,
    Table,
    decoded,
    value_text,
)
from asb_cases.reports.annual_figures import FigureTold, chart_of, sentence_of, table_of, told_of
from asb_cases.reports.annual_markup import elements_of
from asb_cases.reports.partnership import TITLE, PartnershipReport, partnership_report
from asb_cases.reports.prose import Number, Sentence

REVISED = "Revised figures"
COUNTED = "How it was counted"
NO_COMPARISON = "none"


@dataclass
class Page:
    """The elements so far. Sentences of figures join what stands before them, as their blocks say."""

    elements: list[Element] = field(default_factory=list)
    used: dict[str, FigureUsed] = field(default_factory=dict)

    def put(self, runs: Runs, shape: SentenceShape) -> None:
        """A sentence, or a paragraph of sentences."""
        last = self.elements[-1] if self.elements else None
        if shape is SentenceShape.BULLET:
            before = last.items if isinstance(last, Items) and not last.ordered else ()
            if before:
                self.elements.pop()
            self.elements.append(Items((*before, Item(runs))))
        elif shape is SentenceShape.RUNS_ON and isinstance(last, Paragraph):
            self.elements[-1] = Paragraph((*last.runs, Run(" "), *runs))
        elif shape is SentenceShape.RUNS_ON and isinstance(last, Items):
            joined = Item((*last.items[-1].runs, Run(" "), *runs), last.items[-1].below)
            self.elements[-1] = Items((*last.items[:-1], joined), last.ordered)
        else:
            self.elements.append(Paragraph(runs))

    def add(self, elements: Iterable[Element]) -> None:
        """What people wrote. Bullets go on with those before them: there is one list, not two."""
        for element in elements:
            last = self.elements[-1] if self.elements else None
            if isinstance(element, Items) and isinstance(last, Items) and not (element.ordered or last.ordered):
                self.elements[-1] = Items((*last.items, *element.items))
            else:
                self.elements.append(element)

    def uses(self, figures: Iterable[FigureUsed]) -> None:
        for each in figures:
            self.used.setdefault(each.key, each)


@dataclass(frozen=True)
class _Asked:
    """What every block of a report is told with."""

    year: Period
    comparisons: tuple[Period, ...]
    values: Mapping[Asked, FigureValue]
    standard: PartnershipReport | None


def annual_document(
    report: AnnualReport, actor: Actor, *, today: date, council: str, revisions: Sequence[Revision] = ()
) -> Document:
    """The report as it stands. Raises NotPermitted: it is about the whole service."""
    actor.check(Permission.SEE_FIGURES)
    if not sees_all_figures(actor):
        raise NotPermitted(Permission.SEE_FIGURES.value)
    year = financial_year(report.year)
    sections = sections_of(report)
    asked = _asked(report, sections, year, actor, today)
    page = Page()
    for section in sections:
        page.elements.append(Heading(section.level, section.heading, f"section-{section.id or section.place}"))
        _put_blocks(page, section, asked)
    told = [*_published_otherwise(asked, page), *(each.sentence for each in revisions)]
    if told:
        page.elements += [Heading(1, REVISED, "revised"), Items(tuple(Item((Run(each),)) for each in told))]
    return Document(
        council=council,
        title=_title(report, year),
        year=year.label,
        cover=tuple(_cover(report)),
        elements=tuple(_numbered(page.elements)),
        appendices=tuple(Appendix(file.title, file.name, file.sha256) for file in appendices_of(report)),
        figures=tuple(page.used.values()),
        revisions=tuple(revisions),
    )


def standard_report(year: Period) -> AnnualReport:
    """What stands in for a report that nobody has begun: the paragraphs that the service writes itself. Never kept."""
    sections = [
        AnnualReportSection(
            place=place,
            level=1,
            heading=plan.heading,
            blocks=[
                AnnualReportBlock(kind=BlockKind.PROSE, prose=prose, shape=SentenceShape.PARAGRAPH, place=at)
                for at, prose in enumerate(plan.prose)
            ],
        )
        for place, plan in enumerate(FIRST_STRUCTURE)
        if plan.prose
    ]
    return AnnualReport(year=year.first.year, comparisons="", cover=[], sections=sections, appendices=[], editions=[])


def comparisons_of(report: AnnualReport, year: Period) -> tuple[Period, ...]:
    """The periods that the report is compared with, the nearest first: the year before, unless it says otherwise."""
    named = [read_period(part) for part in report.comparisons.split(",") if part.strip()]
    return tuple(each for each in named if each is not None) or (year.previous,)


def read_period(text: str | None) -> Period | None:
    """A period as people write it, else None."""
    try:
        return parse_period(text or "")
    except UnreadableDate:
        return None


def figures_told(section: AnnualReportSection, report: AnnualReport, actor: Actor) -> dict[int, FigureTold]:
    """The figure blocks of a section with their values, by the block's id: for the page on which they are worked on."""
    year = financial_year(report.year)
    asked = _Asked(year, comparisons_of(report, year), {}, None)
    periods = [(block, *_periods(block, asked)) for block in blocks_of(section) if block.kind is BlockKind.FIGURE]
    values = values_for(
        [(str(block.figure), each) for block, period, compared in periods for each in (period, *compared)], actor
    )
    return {block.id: told_of(block, period, compared, values) for block, period, compared in periods}


def _asked(
    report: AnnualReport, sections: Sequence[AnnualReportSection], year: Period, actor: Actor, today: date
) -> _Asked:
    blocks = [block for section in sections for block in blocks_of(section)]
    asked = _Asked(year, comparisons_of(report, year), {}, None)
    wanted: list[Asked] = []
    for block in blocks:
        if block.kind is BlockKind.FIGURE:
            period, compared = _periods(block, asked)
            wanted += [(str(block.figure), each) for each in (period, *compared)]
    writes_itself = any(block.kind is BlockKind.PROSE for block in blocks)
    standard = partnership_report(year, actor, today=today) if writes_itself else None
    return _Asked(year, asked.comparisons, values_for(wanted, actor), standard)


def _periods(block: AnnualReportBlock, asked: _Asked) -> tuple[Period, tuple[Period, ...]]:
    """The period of a figure block, and those it is compared with. One of other days than the year is compared with nothing
    unless it says so."""
    own = between(block.first, block.last) if block.first and block.last else None
    if block.compared_with == NO_COMPARISON:
        return own or asked.year, ()
    named = read_period(block.compared_with)
    if named is not None:
        return own or asked.year, (named,)
    return (own, ()) if own else (asked.year, asked.comparisons)


def _put_blocks(page: Page, section: AnnualReportSection, asked: _Asked) -> None:
    """The blocks in order. The table and the chart of figures that follow one another stand below the last of them."""
    waiting: list[FigureTold] = []
    for block in blocks_of(section):
        if block.kind is BlockKind.FIGURE:
            told = told_of(block, *_periods(block, asked), asked.values)
            waiting.append(told)
            page.uses(told.used)
            if block.as_sentence:
                page.put(sentence_of(told), block.shape)
            continue
        _put_tables(page, section, waiting)
        waiting = []
        if block.kind is BlockKind.PROSE:
            _put_prose(page, block, section, asked)
        elif block.kind is BlockKind.LIST:
            _put_list(page, block, section)
        else:
            page.add(elements_of(block.text or "", level=section.level, anchor=f"block-{block.id}"))
    _put_tables(page, section, waiting)


def _put_tables(page: Page, section: AnnualReportSection, waiting: Sequence[FigureTold]) -> None:
    for period in dict.fromkeys(told.period for told in waiting):
        of_period = [told for told in waiting if told.period == period]
        charted = [told for told in of_period if told.block.as_chart]
        tabled = [told for told in of_period if told.block.as_table or told.block.as_chart]
        caption = f"{tabled[0].title if len(tabled) == 1 else section.heading}, {period.label}" if tabled else ""
        if charted and (chart := chart_of(caption, charted)) is not None:
            page.elements.append(chart)
        if tabled:
            page.elements.append(table_of(caption, tabled))


def _put_list(page: Page, block: AnnualReportBlock, section: AnnualReportSection) -> None:
    """The items, and before them the words that say how many there are."""
    items = list(list_items(block.text or ""))
    pieces = filled(block.introduction or "", {COUNT: grouped(len(items))}) or []
    if pieces:
        page.put(tuple(Run(piece.text) for piece in pieces), SentenceShape.PARAGRAPH)
    if items:
        page.elements.append(Items(tuple(items)))


def list_items(text: str) -> Iterator[Item]:
    """A line is an item; one that begins with spaces and a dash belongs to the item above."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    marked = "\n".join(
        f"  - {line.strip().lstrip('-* ')}" if line[:1] == " " else f"- {line.strip().lstrip('-* ')}" for line in lines
    )
    for element in elements_of(marked, level=3, anchor="list"):
        if isinstance(element, Items):
            yield from element.items


def _put_prose(page: Page, block: AnnualReportBlock, section: AnnualReportSection, asked: _Asked) -> None:
    report = asked.standard
    if report is None:
        return
    if block.prose is Prose.TABLE:
        page.elements += _year_table(report, section)
        page.uses(_used_in_table(report))
        return
    for paragraph in report.paragraphs:
        if paragraph.code == block.prose:
            runs: list[Run] = []
            for sentence in paragraph.sentences:
                runs += [Run(" ")] if runs else []
                runs += [_piece(piece) for piece in sentence.pieces]
                page.uses(_used_in(sentence))
            page.put(tuple(runs), block.shape)


def _piece(piece: str | Number) -> Run:
    return Run(piece) if isinstance(piece, str) else Run(piece.words, path=piece.path)


def _used_in(sentence: Sentence) -> Iterator[FigureUsed]:
    first, last = sentence.period.first.isoformat(), sentence.period.last.isoformat()
    for number in sentence.numbers:
        asked = parse_qs(urlsplit(number.path).query)
        part = "=".join([*asked.get("by", []), *asked.get("is", [])])
        title = FIGURES[number.figure].title if number.figure in FIGURES else number.figure
        shown = f"{title} ({part})" if part else title
        yield FigureUsed(number.figure, first, last, shown, sentence.period.label, value_text(number.value), part)


def _used_in_table(report: PartnershipReport) -> Iterator[FigureUsed]:
    for row in report.table:
        for period, value in ((report.year, row.now), (report.before, row.before)):
            if value is not None:
                first, last = period.first.isoformat(), period.last.isoformat()
                yield FigureUsed(row.figure.code, first, last, row.figure.title, period.label, value_text(value.value))


def _year_table(report: PartnershipReport, section: AnnualReportSection) -> Iterator[Element]:
    rows = tuple((row.figure.title, _words(row.now), _words(row.before), row.change.signed) for row in report.table)
    notes = [
        f"{row.figure.title}: {row.now.note}" for row in report.table if row.now.note and row.now.value is not None
    ]
    caption = f"{report.year.label} beside {report.before.label}"
    not_known = [f"Not known: {reason}" for reason in report.why_not_known]
    yield Table(caption, ("Figure", report.year.label, report.before.label, "Change"), rows, (*notes, *not_known))
    yield Heading(min(section.level + 1, 3), COUNTED, f"counted-{section.id or section.place}")
    yield Items(
        tuple(Item((Run(f"{row.figure.title}: ", bold=True), Run(row.figure.counted_by))) for row in report.table)
    )


def _words(value: FigureValue | None) -> str:
    return "not known" if value is None or value.value is None else grouped(value.value)


def _numbered(elements: Iterable[Element]) -> Iterator[Element]:
    """Every paragraph with its number, from the first of the report to the last."""
    number = 0
    for element in elements:
        if isinstance(element, Paragraph):
            number += 1
            yield Paragraph(element.runs, number)
        else:
            yield element


def _title(report: AnnualReport, year: Period) -> str:
    given = next((line.text for line in report.cover if line.code == "title" and line.text), None)
    return given or f"{TITLE} {year.label}"


def _cover(report: AnnualReport) -> Iterator[CoverEntry]:
    """The lines on which something stands, in their order."""
    kept = {line.code: line for line in report.cover}
    for line in COVER:
        row = kept.get(line.code)
        if row is not None and row.text:
            yield CoverEntry(line.code, row.label, row.text, line.after)


def _published_otherwise(asked: _Asked, page: Page) -> Iterator[str]:
    """What a signed report of another year says differently of a figure that this one speaks of."""
    years = {int(figure.first[:4]) for figure in page.used.values()} - {asked.year.first.year}
    for starting, edition in latest_editions(sorted(years)):
        published = decoded(edition.content)
        reasons = {each.key: each.because for each in published.revisions}
        for figure in published.figures:
            here = page.used.get(figure.key)
            if here is not None and here.value != figure.value and here.first[:4] == str(starting):
                because = f" because {reasons[figure.key].rstrip('.')}" if figure.key in reasons else ""
                yield (
                    f"{here.title}, {here.period}: the report of {published.year} said {shown(figure.value)}; "
                    f"it is now {shown(here.value)}{because}."
                )


def shown(value: str | None) -> str:
    """A kept value as it is printed."""
    return "not known" if value is None else grouped(Decimal(value))


def changed_since(signed: Document, now: Document) -> list[tuple[FigureUsed, FigureUsed]]:
    """The figures that are others now than they were when the document was signed: as they were, and as they are."""
    current = {figure.key: figure for figure in now.figures}
    return [
        (was, current[was.key]) for was in signed.figures if was.key in current and current[was.key].value != was.value
    ]
