"""The light markup of a report's text: paragraphs, lists, headings, bold, italic and links. Nothing in it can be HTML."""

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from asb_cases.reports.annual_document import Element, Heading, Item, Items, Paragraph, Run, Runs

LINKS = frozenset({"http", "https", "mailto"})


def elements_of(text: str, *, level: int, anchor: str) -> Iterator[Element]:
    """What a text says. Its headings come below a heading of `level`."""
    for place, node in enumerate(SyntaxTreeNode(_reader().parse(text)).children):
        if node.type == "heading":
            depth = min(level + int(node.tag[1:]), 3)
            yield Heading(depth, _plain(node), f"{anchor}-{place}")
        elif node.type in {"bullet_list", "ordered_list"}:
            yield Items(tuple(_items(node)), node.type == "ordered_list")
        elif node.type == "paragraph":
            yield Paragraph(_runs(node))


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    """Only what is wanted is switched on: no HTML, no images, no code, no quotations."""
    kept = ["list", "heading", "paragraph", "emphasis", "link", "newline", "escape", "text", "block", "inline"]
    return MarkdownIt("zero", {"html": False, "linkify": False}).enable(
        [rule for rule in kept if rule not in {"paragraph", "text", "block", "inline"}]
    )


def _items(node: SyntaxTreeNode) -> Iterator[Item]:
    for each in node.children:
        runs: list[Run] = []
        below: list[Item] = []
        for child in each.children:
            if child.type in {"bullet_list", "ordered_list"}:
                below += _items(child)
            else:
                runs += [Run(" "), *_runs(child)] if runs else _runs(child)
        yield Item(tuple(runs), tuple(below))


def _runs(node: SyntaxTreeNode) -> Runs:
    return tuple(run for inline in node.children for run in _inline(inline, Run("")))


def _inline(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    """The words of a piece, in the style of all that it stands in."""
    if node.type == "text":
        if node.content:
            yield _styled(style, node.content)
    elif node.type in {"softbreak", "hardbreak"}:
        yield _styled(style, " ")
    else:
        inner = style
        if node.type == "strong":
            inner = Run("", bold=True, italic=style.italic, href=style.href)
        elif node.type == "em":
            inner = Run("", bold=style.bold, italic=True, href=style.href)
        elif node.type == "link":
            inner = Run("", bold=style.bold, italic=style.italic, href=safe_link(str(node.attrs.get("href", ""))))
        for child in node.children:
            yield from _inline(child, inner)


def _styled(style: Run, text: str) -> Run:
    return Run(text, style.bold, style.italic, style.href)


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(run.text for run in _runs(node))


def safe_link(address: str) -> str | None:
    """An address that a public document may lead to, else None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in LINKS and (parts.netloc or parts.scheme == "mailto") else None
