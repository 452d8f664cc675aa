"""HTML as a tree, read strictly: what a browser would quietly mend is reported."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FOREIGN = frozenset({"svg", "math"})


@dataclass
class Element:
    """One element with its attributes, children (elements and texts) and line."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)
    line: int = 0

    def walk(self) -> Iterator["Element"]:
        """This element and every one inside it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        """Every element of these tags, in the order of the page."""
        return [element for element in self.walk() if element.tag in tags]

    def inside(self, tag: str) -> "Element | None":
        """The nearest element of this tag around this one."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around

    @property
    def text(self) -> str:
        """The words in it, white space folded; pictures speak through their alt text."""
        if self.tag == "img":
            return self.attributes.get("alt", "")
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in {"script", "style"}:
                yield f" {child.text} " if child.tag in {"img", "br", "li", "p", "div"} else "".join(child._texts())


class Page(HTMLParser):
    """A page read into `root`, with `faults`: every crooked piece of markup."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("#page")
        self.faults: list[str] = []
        self.doctype = ""
        self._open = [self.root]
        self.feed(html)
        self.close()
        for element in self._open[1:]:
            self._fault(f"<{element.tag}> of line {element.line} is never closed")

    def _fault(self, words: str) -> None:
        self.faults.append(f"{words} (line {self.getpos()[0]})")

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in VOID and not any(around.tag in FOREIGN for around in [element, *self._open]):
            self._fault(f"<{tag}/> closes itself, which browsers ignore")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self._fault(f"</{tag}> closes what is never open")
        elif self._open[-1].tag == tag:
            self._open.pop()
        elif any(element.tag == tag for element in self._open):
            self._fault(f"</{tag}> comes while <{self._open[-1].tag}> of line {self._open[-1].line} is open")
            while self._open.pop().tag != tag:
                pass
        else:
            self._fault(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attrs]
        for name in {name for name in names if names.count(name) > 1}:
            self._fault(f"<{tag}> has {name} twice")
        attributes = {name: value if value is not None else "" for name, value in attrs}
        element = Element(tag, attributes, self._open[-1], line=self.getpos()[0])
        self._open[-1].children.append(element)
        return element
