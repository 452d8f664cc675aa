"""What we always want of a page. Each rule yields the faults it finds, in words."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from tests.support.page_markup import Element, Page

Rule = Callable[[Page], Iterator[str]]

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers", "form", "list")
NO_LABEL_NEEDED = frozenset({"hidden", "submit", "button", "image", "reset"})


def page_faults(html: str) -> list[str]:
    """Everything wrong with one page."""
    page = Page(html)
    return [*page.faults, *(fault for rule in RULES for fault in rule(page))]


def frame(page: Page) -> Iterator[str]:
    """Doctype, language, viewport, one main part."""
    if page.doctype != "doctype html":
        yield "the page does not begin with <!DOCTYPE html>"
    html = page.root.all("html")
    if len(html) != 1 or not html[0].attributes.get("lang"):
        yield "<html> names no language"
    if not any(meta.attributes.get("name") == "viewport" for meta in page.root.all("meta")):
        yield "there is no meta viewport"
    if len(page.root.all("main")) != 1:
        yield "there is not exactly one <main>"


def title_and_headings(page: Page) -> Iterator[str]:
    """One h1; the title begins with its words; no level of heading is jumped over."""
    headings = page.root.all("h1", "h2", "h3", "h4", "h5", "h6")
    first = [heading for heading in headings if heading.tag == "h1"]
    titles = [title for title in page.root.all("title") if title.inside("svg") is None]
    if len(first) != 1:
        yield f"there are {len(first)} h1 headings"
    elif len(titles) != 1 or not titles[0].text.removeprefix("Error: ").startswith(first[0].text):
        yield f"the title {[title.text for title in titles]} does not begin with the heading {first[0].text!r}"
    for heading in headings:
        if not heading.text:
            yield f"an empty {heading.tag} (line {heading.line})"
    body = [heading for heading in headings if heading.inside("main") is not None]
    for before, after in itertools.pairwise(body):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            yield f"{after.tag} {after.text!r} follows {before.tag}: a level is missing"


def identifiers(page: Page) -> Iterator[str]:
    """Ids are unique; what refers to one finds it."""
    ids = Counter(element.attributes["id"] for element in page.root.walk() if "id" in element.attributes)
    for name, count in ids.items():
        if count > 1:
            yield f"id {name!r} stands {count} times"
        if not name or name.split() != [name]:
            yield f"id {name!r} is empty or holds a space"
    for element in page.root.walk():
        for attribute in REFERENCES:
            for name in element.attributes.get(attribute, "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} of <{element.tag}> (line {element.line}) refers to nothing"
        link = element.attributes.get("href", "")
        if element.tag == "a" and link.startswith("#") and link[1:] not in ids:
            yield f"the link {link!r} (line {element.line}) leads nowhere"


def labels(page: Page) -> Iterator[str]:
    """Every field has a label, every group a legend, every button and link words, every picture an alt text."""
    labelled = {label.attributes.get("for") for label in page.root.all("label") if label.text}
    for field in page.root.all("input", "select", "textarea"):
        if field.tag == "input" and field.attributes.get("type", "text") in NO_LABEL_NEEDED:
            continue
        named = field.attributes.get("aria-label") or field.attributes.get("aria-labelledby")
        if not named and field.attributes.get("id") not in labelled and field.inside("label") is None:
            yield f"the field {field.attributes.get('name')!r} (line {field.line}) has no label"
        if field.attributes.get("type") in {"radio", "checkbox"} and _choices(page, field) > 1:
            group = field.inside("fieldset")
            if group is None or not any(legend.text for legend in group.all("legend")):
                yield f"the choices {field.attributes.get('name')!r} (line {field.line}) stand in no fieldset with a legend"
    for element in page.root.all("a", "button"):
        if not (element.text or element.attributes.get("aria-label")):
            yield f"<{element.tag}> without words (line {element.line})"
    for image in page.root.all("img"):
        if "alt" not in image.attributes:
            yield f"<img> without alt (line {image.line})"


def _choices(page: Page, field: Element) -> int:
    name = field.attributes.get("name")
    return sum(1 for other in page.root.all("input") if name and other.attributes.get("name") == name)


def tables(page: Page) -> Iterator[str]:
    """A table says what it shows, and which way each heading points. One that only lays something out is none."""
    for table in page.root.all("table"):
        if table.attributes.get("role") == "presentation":
            continue
        captions = [caption for caption in table.all("caption") if caption.text]
        if not captions and not table.attributes.get("aria-label") and not table.attributes.get("aria-labelledby"):
            yield f"a table without a caption (line {table.line})"
        for heading in table.all("th"):
            if heading.attributes.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"th {heading.text!r} without scope (line {heading.line})"


def scripts_and_styles(page: Page) -> Iterator[str]:
    """Nothing that the content security policy would refuse, and nothing from other sites."""
    for element in page.root.walk():
        if "style" in element.attributes:
            yield f"a style attribute on <{element.tag}> (line {element.line})"
        for name in element.attributes:
            if name.startswith("on"):
                yield f"{name} on <{element.tag}> (line {element.line})"
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attributes):
            is_data = element.attributes.get("type") in {"application/json", "application/ld+json"}
            if not is_data and not element.attributes.get("nonce"):
                yield f"an inline <{element.tag}> without nonce (line {element.line})"
        if element.attributes.get("href", "").strip().lower().startswith("javascript:"):
            yield f"a javascript: link (line {element.line})"
        source = element.attributes.get("src") or (element.attributes.get("href") if element.tag == "link" else None)
        if source and not source.startswith("data:") and urlsplit(source).netloc:
            yield f"<{element.tag}> loads from another site: {source!r}"
        if (
            element.attributes.get("tabindex", "0").lstrip("-").isdigit()
            and int(element.attributes.get("tabindex", "0")) > 0
        ):
            yield f"<{element.tag}> jumps the queue with tabindex (line {element.line})"


def forms(page: Page) -> Iterator[str]:
    """A form that changes something carries the forgery token, and one that asks carries none into the address."""
    for form in page.root.all("form"):
        token = any(field.attributes.get("name") == "csrf_token" for field in form.all("input"))
        method = form.attributes.get("method", "get").lower()
        if method == "get" and token:
            yield f"a get form with a forgery token (line {form.line})"
        if method == "post" and not token:
            yield f"a post form without a forgery token (line {form.line})"
        if form.inside("form") is not None:
            yield f"a form inside a form (line {form.line})"


def leaks(page: Page) -> Iterator[str]:
    """No template syntax and no Python left in the words. What somebody typed may be any word there is."""
    for element in page.root.walk():
        if element.tag in {"script", "style", "textarea"} or "asb-typed" in element.attributes.get("class", ""):
            continue
        for child in element.children:
            if isinstance(child, str) and (child.strip() in {"None", "True", "False", "[]", "{}"} or "{%" in child):
                yield f"{child.strip()!r} in <{element.tag}> (line {element.line}) is not for people"
            if isinstance(child, str) and " object at 0x" in child:
                yield f"an object's address in <{element.tag}> (line {element.line})"


RULES: tuple[Rule, ...] = (
    frame,
    title_and_headings,
    identifiers,
    labels,
    tables,
    scripts_and_styles,
    forms,
    leaks,
)
