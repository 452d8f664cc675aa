"""What templates lean on: each names the macros it calls itself, so that none breaks when its layout or its page changes."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
PARSER = Environment(extensions=["jinja2.ext.do"])
PAGES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def parsed(path: Path) -> nodes.Template:
    return PARSER.parse(path.read_text())


def names(path: Path, context: str) -> set[str]:
    return {node.name for node in parsed(path).find_all(nodes.Name) if node.ctx == context}


MACROS = {macro.name for path in PAGES for macro in parsed(path).find_all(nodes.Macro)}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_imports_what_it_calls_and_nothing_else(path: Path) -> None:
    page = parsed(path)
    imported = {
        name if isinstance(name, str) else name[1] for each in page.find_all(nodes.FromImport) for name in each.names
    }
    own = imported | {macro.name for macro in page.find_all(nodes.Macro)} | names(path, "store")
    called = {call.node.name for call in page.find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
    assert imported - names(path, "load") == set(), "imported for nothing"
    assert (called & MACROS) - own == set(), "called, and imported by another template only"


def test_every_class_of_the_style_sheet_is_used() -> None:
    sheet = (ROOT / "asb_cases" / "static" / "asb.css").read_text()
    classes = set(re.findall(r"\.(asb-[\w-]+)", sheet))
    users = [*PAGES, *(ROOT / "asb_cases" / "web").rglob("*.py"), *(ROOT / "asb_cases" / "static").glob("*.js")]
    written = "\n".join(path.read_text() for path in users)
    composed = {name for name in classes if f"{name.partition('--')[0]}--' ~" in written}
    assert {name for name in classes - composed if name not in written} == set()
