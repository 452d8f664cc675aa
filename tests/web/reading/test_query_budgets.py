"""How many statements a page may send, whatever there is to show: the same with 1, 100 and 1,000 rows."""

import pytest

from asb_cases.adapters.time import today
from asb_cases.extensions import db
from asb_cases.models.user import Team
from tests.support.page_client import PageClient
from tests.support.query_counter import counted_queries
from tests.support.reading_world import add_many_notes, make_many_cases
from tests.web.reading.conftest import Reading

#: A search asks besides how many its reader has made lately.
CASE_LIST, CASE_PAGE, SEARCH, OTHER_LIST = 6, 8, 6, 5
#: Among them what was done about its breaches, and the documents kept of it.
INTERVENTION_PAGE = 18
#: Among them those that look for the same person on another record.
PERSON_PAGE = 18
SIZES = (1, 100, 1000)


def sent(reading: Reading, client: PageClient, path: str) -> int:
    with counted_queries(reading.app) as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def fill(reading: Reading, count: int) -> None:
    with reading.app.app_context():
        make_many_cases(db.session.get_one(Team, reading.full.team_id), count, today())
        add_many_notes(reading.full.case_id, count)


@pytest.mark.parametrize("size", SIZES)
def test_pages_keep_to_their_budgets(reading: Reading, size: int) -> None:
    fill(reading, size)
    client, full = reading.client(), reading.full
    budgets = {
        "/cases": CASE_LIST,
        "/cases?status=open&category=1&sort=priority&only=notice_in_force": CASE_LIST,
        f"/cases/{full.case}": CASE_PAGE,
        "/search?q=bulk": SEARCH,
        f"/search?q={full.case}": SEARCH,
        "/search?q=nothing+has+these+words": SEARCH,
        "/people": OTHER_LIST,
        "/interventions": OTHER_LIST,
        "/complaints": OTHER_LIST,
        "/case-reviews": OTHER_LIST,
        f"/interventions/{full.notice}": INTERVENTION_PAGE,
        f"/people/{full.subject_id}": PERSON_PAGE,
    }
    over = {path: (count, most) for path, most in budgets.items() if (count := sent(reading, client, path)) > most}
    assert over == {}


def test_a_file_sends_no_more_for_more_rows_than_its_batches(reading: Reading) -> None:
    fill(reading, 400)
    with counted_queries(reading.app) as statements:
        text = reading.client().get("/cases.csv").get_data(as_text=True)
    assert len(text.splitlines()) == 402
    assert len(statements) <= 8
