"""The table of the pages of the steps: every move has its line, each line an address that can be filled."""

from flask import Flask

from asb_cases.web.interventions.steps import STEP_PAGES, Place, StepPage, address_of, every_move

PLACE = Place(case="ASB-2026-000001", step="CPW-2026-0001", breach=3, appeal=4, subject=5)


def test_every_move_has_a_line_in_words() -> None:
    assert set(every_move()) <= set(STEP_PAGES)
    assert [page.label for page in STEP_PAGES.values() if not page.label[:1].isupper()] == []


def test_every_move_has_a_page(app: Flask) -> None:
    assert {key for key, page in STEP_PAGES.items() if page.endpoint not in app.view_functions} == set()


def test_the_addresses_of_all_pages_can_be_filled(app: Flask) -> None:
    known = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    with app.test_request_context():
        for key, page in STEP_PAGES.items():
            assert known[page.endpoint].arguments <= set(page.fills), key
            assert address_of(page, PLACE).startswith("/"), key


def test_what_is_no_part_of_the_address_is_asked(app: Flask) -> None:
    with app.test_request_context():
        page = StepPage("Open it", "cases.case", {"reference": "case", "follows": "step"})
        assert address_of(page, PLACE) == "/cases/ASB-2026-000001?follows=CPW-2026-0001"
