"""The yearly report that people write: its cover sheet, its sections, and the blocks a section is made of."""

from dataclasses import dataclass
from enum import StrEnum

from asb_cases.domain.errors import Findings, Refusal, gathered

AUTHORITY = "How yearly reports are made"
#: Headings go this deep.
DEEPEST = 3
MOST_BLOCKS, MOST_SECTIONS = 60, 60


class BlockKind(StrEnum):
    """What a block of a section is: words, a list that is counted, a figure, or a paragraph the service writes itself."""

    TEXT = "text"
    LIST = "list"
    FIGURE = "figure"
    PROSE = "prose"


class SentenceShape(StrEnum):
    """How the sentence of a figure stands on the page."""

    PARAGRAPH = "paragraph"
    RUNS_ON = "runs_on"
    BULLET = "bullet"


class ListOf(StrEnum):
    """What a list lists."""

    MEMBERS = "members"
    PRIORITIES = "priorities"
    WORK_AREAS = "work_areas"
    OTHER = "other"


class Prose(StrEnum):
    """The paragraphs that the service writes of a year, and the table of its figures."""

    PARTNERS = "partners"
    ENFORCEMENT = "enforcement"
    OUT_OF_HOURS = "out_of_hours"
    CASE_REVIEWS = "case_reviews"
    TABLE = "table"


LIST_TITLES = {
    ListOf.MEMBERS: "Members of the partnership",
    ListOf.PRIORITIES: "Priorities",
    ListOf.WORK_AREAS: "Work areas",
    ListOf.OTHER: "Something else",
}
PROSE_TITLES = {
    Prose.PARTNERS: "Everything that partners supplied, a sentence each",
    Prose.ENFORCEMENT: "Warnings, notices, penalties and prosecutions",
    Prose.OUT_OF_HOURS: "Requests to the out-of-hours service, November to May",
    Prose.CASE_REVIEWS: "ASB case reviews since applications began",
    Prose.TABLE: "The table of the year’s figures beside the year before",
}
SHAPE_TITLES = {
    SentenceShape.PARAGRAPH: "A paragraph of its own",
    SentenceShape.RUNS_ON: "In the paragraph of the block before it",
    SentenceShape.BULLET: "A bullet",
}


@dataclass(frozen=True)
class CoverLine:
    """A line of the cover sheet: its code and the label it has until somebody words it otherwise. `after` puts it at the end
    of the report, where councils name the author."""

    code: str
    label: str
    after: bool = False


COVER = (
    CoverLine("to", "To"),
    CoverLine("date", "Date"),
    CoverLine("report_of", "Report of"),
    CoverLine("title", "Title of report"),
    CoverLine("purpose", "Purpose of report"),
    CoverLine("key_decision", "Key decision"),
    CoverLine("cabinet_member", "Cabinet member with responsibility"),
    CoverLine("corporate_priority", "Corporate priority"),
    CoverLine("policy_framework", "Policy framework"),
    CoverLine("recommendations", "Recommendations"),
    CoverLine("approved_by", "Report approved by"),
    CoverLine("author", "Name", after=True),
    CoverLine("job_title", "Job title", after=True),
    CoverLine("service_area", "Service area", after=True),
    CoverLine("telephone", "Telephone", after=True),
    CoverLine("email", "E-mail", after=True),
)
COVER_CODES = tuple(line.code for line in COVER)


@dataclass(frozen=True)
class SectionPlan:
    """A section that a new report begins with, and the paragraphs of the service that stand in it."""

    heading: str
    level: int = 1
    prose: tuple[Prose, ...] = ()


#: What a report begins with where there is no earlier one.
FIRST_STRUCTURE = (
    SectionPlan("Introduction and background"),
    SectionPlan("Crime and anti-social behaviour in the year", prose=(Prose.PARTNERS, Prose.OUT_OF_HOURS)),
    SectionPlan("Priorities and work areas"),
    SectionPlan("What was done in the year", prose=(Prose.ENFORCEMENT,)),
    SectionPlan("Supporting victims", level=2, prose=(Prose.CASE_REVIEWS,)),
    SectionPlan("Challenges"),
    SectionPlan("Figures of the year", prose=(Prose.TABLE,)),
)

NOTHING_SAID = Refusal(
    "nothing_said", "There is nothing in this block.", AUTHORITY, "Write something, or choose a figure."
)
NO_SUCH_FIGURE = Refusal(
    "no_such_figure", "“{code}” is not a figure of this service.", AUTHORITY, "Choose one of the list.", "figure"
)
SHOW_SOMETHING = Refusal(
    "show_something",
    "The figure is shown in no way.",
    AUTHORITY,
    "Tick a sentence, a table, a chart, or several.",
    "show",
)
PERIOD_WHOLE = Refusal(
    "period_whole",
    "A period has a first and a last day.",
    AUTHORITY,
    "Give both, or neither for the report’s year.",
    "last",
)
PERIOD_ORDER = Refusal("period_order", "The period ends before it begins.", AUTHORITY, "Check the two days.", "last")
HEADING_NEEDED = Refusal("heading_needed", "A section needs a heading.", AUTHORITY, "Enter one.", "heading")
TOO_LONG = Refusal("too_long", "A report has at most {most} {what}.", AUTHORITY, "Put more into fewer.")
ALREADY_STARTED = Refusal(
    "already_started", "The report of {year} has been started already.", AUTHORITY, "Go on with it.", "carry_from"
)
IS_SIGNED = Refusal(
    "is_signed",
    "The report of {year} is signed off: its text stays as it was signed.",
    AUTHORITY,
    "Open it for a revision first.",
)
NOT_SIGNED = Refusal("not_signed", "The report has not been signed off.", AUTHORITY, "Sign it off first.")
SECTIONS_OPEN = Refusal(
    "sections_open",
    "Not every section is approved: {headings}.",
    AUTHORITY,
    "Read and approve each section, or remove it.",
)
REASONS_NEEDED = Refusal(
    "reasons_needed",
    "{title}, {period}: the figure was {was} when the report was signed and is now {now}, and no reason is given.",
    AUTHORITY,
    "Say why: readers of the earlier report are told.",
)
CHANGED_WHILE_SIGNING = Refusal(
    "changed_while_signing",
    "The report or its figures changed while it was being signed.",
    AUTHORITY,
    "Read it again, then sign it.",
)
NO_PDF = Refusal(
    "no_pdf",
    "This installation cannot make PDFs.",
    AUTHORITY,
    "Save the report as a Word document or a web page; whoever looks after the service can put in what is missing.",
)
APPROVED_ALREADY = Refusal(
    "comments_closed", "The section is approved: it takes no more comments.", AUTHORITY, "Change the section instead."
)
COMMENT_NEEDED = Refusal("comment_needed", "The comment says nothing.", AUTHORITY, "Write it.", "text")


def check_figure(*, known: bool, code: str, shows: bool, first: object, last: object) -> Findings:
    """A figure that exists, is shown somehow, and of a whole period."""
    ordered = not (first and last) or str(first) <= str(last)
    return gathered([
        None if known else NO_SUCH_FIGURE.of(code=code),
        None if shows else SHOW_SOMETHING,
        None if bool(first) == bool(last) else PERIOD_WHOLE,
        None if ordered else PERIOD_ORDER,
    ])  # fmt: skip
