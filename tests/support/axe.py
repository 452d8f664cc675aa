"""The accessibility rules that a machine can judge, run in the browser on the page as it stands."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[1] / "browser" / "vendor" / "axe.js"
#: WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What breaks a rule on the page, one line for each rule with the parts of the page that break it."""
    if page.evaluate("typeof axe === 'undefined'"):  # half a megabyte: once a page is enough
        page.evaluate(SOURCE.read_text())
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']]}" for rule in result["violations"]
    ]
