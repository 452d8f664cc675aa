"""What every page is given under a name of its own is not hidden by what one view passes under the same name."""

import ast
from pathlib import Path

from asb_cases import create_app
from tests.support.settings import settings_for_tests

ROOT = Path(__file__).resolve().parents[2]
FROM_THE_FRAMEWORKS = {"range", "dict", "lipsum", "cycler", "joiner", "namespace", "config", "request", "session", "g"}


def test_no_view_hides_what_every_page_is_given() -> None:
    given = set(create_app(settings_for_tests("sqlite://")).jinja_env.globals) - FROM_THE_FRAMEWORKS
    assert "whose_page" in given
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno} passes {word.arg}"
        for path in sorted((ROOT / "asb_cases" / "web").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"render_template", "act_page", "_page"}
        for word in call.keywords
        if word.arg in given
    ]
    assert hidden == []
