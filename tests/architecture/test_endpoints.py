"""Every endpoint says who may come in, and asking never changes anything."""

from flask import Flask

from asb_cases.web.access import declared_access


def test_every_endpoint_declares_who_may_come_in(app: Flask) -> None:
    silent = [
        rule.endpoint for rule in app.url_map.iter_rules() if declared_access(app.view_functions[rule.endpoint]) is None
    ]
    assert silent == []


def test_no_address_is_served_for_both_asking_and_changing_by_an_unsafe_method_alone(app: Flask) -> None:
    known = {"GET", "HEAD", "OPTIONS", "POST"}
    assert {method for rule in app.url_map.iter_rules() for method in rule.methods or ()} <= known


def test_addresses_end_without_a_slash(app: Flask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule != "/" and rule.rule.endswith("/")] == []
