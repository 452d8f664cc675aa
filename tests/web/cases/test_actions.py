"""What can be done with a case, as its page lists it."""

from itertools import groupby

from flask import Flask

from asb_cases.web.cases.actions import CASE_ACTIONS


def test_lines_of_one_group_stand_together_and_each_stands_once() -> None:
    groups = [group for group, _lines in groupby(CASE_ACTIONS, key=lambda line: line.group)]
    assert len(groups) == len(set(groups))
    labels = [line.label for line in CASE_ACTIONS]
    assert len(labels) == len(set(labels))


def test_every_line_leads_to_a_page_of_a_case(app: Flask) -> None:
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.arguments == {"reference"} and "GET" in (rule.methods or ())
    }
    assert {line.endpoint for line in CASE_ACTIONS} - pages == set()
