"""What is asked of the yearly report: its cover sheet, its sections, its blocks, its files, and why figures are revised."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import HiddenField

from asb_cases.domain.annual_report import (
    COVER,
    DEEPEST,
    LIST_TITLES,
    PROSE_TITLES,
    SHAPE_TITLES,
    BlockKind,
    ListOf,
    Prose,
    SentenceShape,
)
from asb_cases.domain.files import ENDINGS
from asb_cases.domain.report_wording import PLACEHOLDERS
from asb_cases.models.annual_report import AnnualReportBlock
from asb_cases.reports.annual_document import FigureUsed
from asb_cases.reports.annual_report import shown
from asb_cases.services.annual_report_blocks import Said
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    FileField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    VersionedForm,
)

LONGEST_TEXT = 20_000
SENTENCE, TABLE, CHART = "sentence", "table", "chart"
MARKUP = (
    "A blank line begins a new paragraph, a line with “- ” a bullet, one with spaces and “- ” a bullet below it, “# ” a "
    "heading. **Bold**, *italic*, [words](https://address)."
)


class StartForm(Form):
    """What a new report begins with."""

    carry_from = SelectField("Begin with", blank="The headings that such reports have", coerce=int)


class CoverForm(VersionedForm):
    """Every line of the cover sheet: what stands on it, and what it is called."""

    comparisons = TextField("Compared with", hint="Financial years, such as 2014-15, 2013-14. Blank: the year before.")

    def lines(self) -> Mapping[str, tuple[str | None, str | None]]:
        """By code, the label and the text of each line."""
        return {line.code: (self[f"{line.code}_label"].data, self[f"{line.code}_text"].data) for line in COVER}

    def texts(self) -> list[Any]:
        return [self[f"{line.code}_text"] for line in COVER]

    def labels(self) -> list[Any]:
        return [self[f"{line.code}_label"] for line in COVER]


for _line in COVER:
    setattr(CoverForm, f"{_line.code}_text", TextAreaField(_line.label, rows=1, max_length=2000))
    setattr(CoverForm, f"{_line.code}_label", TextField(f"Call “{_line.label}”", max_length=80))


class SectionForm(VersionedForm):
    """A heading, how deep it stands, and who writes what is below it."""

    heading = TextField("Heading", required="Enter a heading")
    level = SelectField(
        "Level",
        choices=[(str(level), f"Level {level}") for level in range(1, DEEPEST + 1)],
        coerce=int,
        required="Choose a level",
    )
    author = TextField("Author", hint="Who writes this section", max_length=120)


class CommentForm(Form):
    """Something said about a section."""

    text = TextAreaField("Comment", rows=3, required="Write the comment", max_length=2000)


class ApproveForm(VersionedForm):
    """Approval of a section as it was shown."""


class MoveForm(Form):
    """Which way something is moved."""

    to = HiddenField()


class AppendixForm(Form):
    """A file that goes with the report."""

    title = TextField("Title", hint="For example, Appendix A: Rolling plan", required="Enter the title of the appendix")
    file = FileField("File", accept=",".join(ENDINGS), required="Choose a file")

    def sent(self) -> list[FileStorage]:
        """What was chosen."""
        return [self.file.data] if self.file.data else []


class SignForm(VersionedForm):
    """Signing off. `sign_form` adds a question for each figure that is another one than it was signed as."""

    changed: Mapping[str, str] = MappingProxyType({})

    def reasons(self) -> dict[str, str]:
        """Why each of them is, by the figure's key."""
        return {key: self[name].data or "" for name, key in self.changed.items()}

    def questions(self) -> list[Any]:
        return [self[name] for name in self.changed]


def sign_form(changed: Sequence[tuple[FigureUsed, FigureUsed]], **given: Any) -> SignForm:
    """The form of signing a report whose figures have changed since it was signed last."""
    named = {f"because_{sha256(was.key.encode()).hexdigest()[:12]}": (was, here) for was, here in changed}
    fields: dict[str, Any] = {
        name: TextAreaField(
            f"{was.title}, {was.period}: revised from {shown(was.value)} to {shown(here.value)} because",
            rows=2,
            max_length=500,
            required="Say why the figure is revised",
        )
        for name, (was, here) in named.items()
    }
    keys = {name: was.key for name, (was, _here) in named.items()}
    kind: type[SignForm] = type("SignFormOfReport", (SignForm,), {**fields, "changed": keys})
    return kind(**given)


class TextBlockForm(VersionedForm):
    """Words."""

    text = TextAreaField("Text", hint=MARKUP, rows=12, required="Write the text", max_length=LONGEST_TEXT)

    def said(self) -> Said:
        return Said(kind=BlockKind.TEXT, text=self.text.data)


class ListBlockForm(VersionedForm):
    """A list that is counted."""

    list_of = RadioField(
        "What it lists",
        choices=[(each.value, title) for each, title in LIST_TITLES.items()],
        coerce=ListOf,
        required="Choose what it lists",
    )
    introduction = TextAreaField("The words before it", hint="{count} is how many there are.", rows=2, max_length=2000)
    text = TextAreaField(
        "Items",
        hint="One on each line. A line that begins with a space belongs to the item above it.",
        rows=10,
        required="Write the items",
        max_length=LONGEST_TEXT,
    )

    def said(self) -> Said:
        return Said(
            kind=BlockKind.LIST, text=self.text.data, list_of=self.list_of.data, introduction=self.introduction.data
        )


class FigureBlockForm(VersionedForm):
    """A figure, how it is shown, of which days, and beside what."""

    figure = SelectField("Figure", blank="Choose a figure", searchable=True, required="Choose a figure")
    show = CheckboxesField(
        "Show it as",
        choices=[(SENTENCE, "A sentence"), (TABLE, "A row of a table"), (CHART, "Bars of a chart, with their table")],
        required="Choose how it is shown",
    )
    title = TextField("Name of the figure", hint="Blank: as it is called in the list.")
    wording = TextAreaField(
        "Sentence",
        hint="Blank: in the words of the service. "
        + " ".join(f"{{{name}}} is {meaning}." for name, meaning in PLACEHOLDERS.items()),
        rows=3,
        max_length=2000,
    )
    shape = RadioField(
        "The sentence stands as",
        choices=[(each.value, title) for each, title in SHAPE_TITLES.items()],
        coerce=SentenceShape,
        required="Choose how the sentence stands",
    )
    compared_with = TextField(
        "Compared with",
        hint="A year such as 2013-14, or “none”. Blank: what the whole report is compared with.",
        width=20,
    )
    first = DateField("First day", hint="Blank: the report’s year. For example, 1 11 2015")
    last = DateField("Last day", hint="For example, 31 5 2016")

    def said(self) -> Said:
        show = set(self.show.data or ())
        compared = self.compared_with.data
        return Said(
            kind=BlockKind.FIGURE,
            figure=self.figure.data,
            title=self.title.data,
            wording=self.wording.data,
            first=self.first.data,
            last=self.last.data,
            compared_with=compared.lower() if compared and compared.lower() == "none" else compared,
            shape=self.shape.data,
            as_sentence=SENTENCE in show,
            as_table=TABLE in show,
            as_chart=CHART in show,
        )


class ProseBlockForm(VersionedForm):
    """A paragraph that the service writes itself."""

    prose = RadioField(
        "What it is about",
        choices=[(each.value, title) for each, title in PROSE_TITLES.items()],
        coerce=Prose,
        required="Choose what it is about",
    )
    shape = RadioField(
        "It stands as",
        choices=[(each.value, title) for each, title in SHAPE_TITLES.items()],
        coerce=SentenceShape,
        required="Choose how it stands",
    )

    def said(self) -> Said:
        return Said(kind=BlockKind.PROSE, prose=self.prose.data, shape=self.shape.data)


BlockForm = TextBlockForm | ListBlockForm | FigureBlockForm | ProseBlockForm
FORMS: dict[BlockKind, type[BlockForm]] = {
    BlockKind.TEXT: TextBlockForm,
    BlockKind.LIST: ListBlockForm,
    BlockKind.FIGURE: FigureBlockForm,
    BlockKind.PROSE: ProseBlockForm,
}


def block_form(kind: BlockKind, block: AnnualReportBlock | None, figures: list[tuple[str, str]]) -> BlockForm:
    """The form of a kind of block, filled in with one that is there already."""
    given: dict[str, Any] = {"shape": SentenceShape.PARAGRAPH, "show": [SENTENCE]}
    if block is not None:
        given = {
            name: getattr(block, name) for name in ("version", "text", "list_of", "introduction", "figure", "title")
        }
        given |= {
            name: getattr(block, name) for name in ("wording", "first", "last", "compared_with", "shape", "prose")
        }
        given["show"] = list(_shown(block))
    form = FORMS[kind](**given)
    if isinstance(form, FigureBlockForm):
        form.figure.choices = figures
    return form


def _shown(block: AnnualReportBlock) -> Iterator[str]:
    if block.as_sentence:
        yield SENTENCE
    if block.as_table:
        yield TABLE
    if block.as_chart:
        yield CHART
