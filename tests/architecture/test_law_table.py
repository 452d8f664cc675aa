"""Whatever docs/law.md names as the code or the test of a rule exists, and no rule is left out."""

import re
from pathlib import Path

TEXT = Path("docs/law.md").read_text("utf-8")


def test_every_path_and_test_that_the_table_of_the_law_names_exists() -> None:
    named = re.findall(r"`((?:asb_cases|tests|templates)/[\w/.-]+|config\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 60
    missing = [
        (path, name)
        for path, name in named
        if not Path(path).exists() or (name and f"def {name}(" not in Path(path).read_text("utf-8"))
    ]
    assert missing == []


def test_no_rule_is_left_out() -> None:
    rows = re.findall(r"^\| ([CBR]\d+(?:-R\d+)?) \|", TEXT, re.MULTILINE)
    assert [row for row in rows if row[0] == "C"] == [f"C{number}" for number in range(1, 17)]
    assert [row for row in rows if row[0] == "B"] == [f"B{number}" for number in range(1, 16)]
    reviews = [
        range(int(first), int(last or first) + 1) for first, last in re.findall(r"\| R(\d+)(?:-R(\d+))? \|", TEXT)
    ]
    assert [number for each in reviews for number in each] == list(range(1, 14))
