"""The browser in front of the server, and nothing else in front of the browser."""

import pytest
from playwright.sync_api import Error, Page


def test_browser_reads_from_the_live_server(page: Page) -> None:
    answer = page.goto("/health")
    assert answer is not None
    assert (answer.status, answer.json()) == (200, {"status": "ok"})


@pytest.mark.engines("sqlite")
def test_browser_reaches_no_other_site(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")
