"""The shape of the house, where the import contracts of pyproject.toml can't see it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "asb_cases"
MODULES = sorted(PACKAGE.rglob("*.py"))
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools"}
#: Where text is called safe HTML. Each is a place where a person's words could become markup: the list only shrinks.
MARKUP_SITES: frozenset[str] = frozenset()


def imports_of(path: Path) -> Iterator[str]:
    """Every module that the file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_to_the_house(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert path.stem not in SAYS_NOTHING, "a module's name says what is in it"
    if path.read_text().strip():
        assert ast.get_docstring(tree), "a module says what it is for"
    if path != PACKAGE / "__init__.py":
        assert "asb_cases" not in set(imports_of(path)), "nobody imports the root package"


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "domain").rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_rules_use_the_standard_library_only(path: Path) -> None:
    foreign = {name for name in imports_of(path) if name.split(".")[0] not in sys.stdlib_module_names}
    assert {name for name in foreign if not name.startswith("asb_cases.domain")} == set()


def test_rules_never_read_clock_or_environment() -> None:
    reading = {"today", "now", "utcnow", "environ", "getenv", "time_ns"}
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path in (PACKAGE / "domain").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in reading and isinstance(node.value, ast.Name)
        if node.value.id in {"date", "datetime", "time", "os"}
    ]
    assert found == []


def test_only_the_time_adapter_reads_the_clock() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        if path != PACKAGE / "adapters" / "time.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime"}
    ]
    assert found == []


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Calls in the file of a function or method with one of these names."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if name in names:
                yield node


def test_sql_text_is_never_put_together_from_values() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in MODULES
        for call in calls(path, "text", "exec_driver_sql", "literal_column")
        if call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
        if path != PACKAGE / "extensions.py"
    ]
    assert found == []


def test_no_new_place_calls_text_safe() -> None:
    sites = {
        str(path.relative_to(ROOT))
        for path in MODULES
        if any(call.args and not isinstance(call.args[0], ast.Constant) for call in calls(path, "Markup"))
    }
    sites |= {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if any(word in path.read_text() for word in ("|safe", "| safe", "autoescape false"))
    }
    assert sites == MARKUP_SITES


def test_only_services_and_the_transaction_commit() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for layer in ("domain", "models", "queries", "documents", "reports", "web", "cli", "api", "jobs")
        for path in (PACKAGE / layer).rglob("*.py")
        for call in calls(path, "commit")
    ]
    assert found == []


def test_nothing_is_unpickled_or_rendered_from_a_string() -> None:
    banned = {"pickle", "marshal", "shelve"}
    assert [str(path) for path in MODULES if banned & set(imports_of(path))] == []
    assert [str(path) for path in MODULES if list(calls(path, "render_template_string", "eval", "exec"))] == []
