"""Addresses that no record can have, and questions that no list can answer, get a page and never a fault."""

from itertools import product

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
from tests.support.access_world import make_world
from tests.support.signed_in import client_of
from tests.web.test_access_matrix import TABLE, filled

#: Control characters, numbers past those of PostgreSQL and of SQLite, text meant for another program.
PARTS = ("%00", "%0d%0aSet-Cookie:%20a=1", "%1b%5b2J", "9" * 40, "2147483648", "'%20OR%201=1--")
DATES = ("2015-09-01.9223372036854775808", "2015-09-01.2147483648", "0001-01-01", "9999-12-31")
VALUES = (*PARTS, "%ed%a0%80", *DATES, "-1")
ASKED = ("q", "after", "before", "sort", "status", "category", "ward", "only", "kind", "stage", "opened_from", "next")
DRILLED = "/reports/figures/cpw_issued?from=2015-04-01&to=2016-03-31"
PAGES = [line.removeprefix("GET ") for line in TABLE if line.startswith("GET ")]


def odd_addresses(filling: dict[str, str]) -> list[str]:
    """Every address with something odd in its variable part, and every page asked something odd."""
    found = [filled(rule, dict.fromkeys(filling, part)) for rule in PAGES if "<" in rule for part in PARTS]
    pages = [filled(rule, filling) for rule in PAGES]
    found += [f"{page}?" + "&".join(f"{name}={value}" for name in ASKED) for page, value in product(pages, VALUES[::3])]
    found += [
        f"{DRILLED}&{asked}={value}" for asked, value in product(("after", "by=ward&is", "by=category&is"), VALUES)
    ]
    found += [f"/reports/figures?from={first}&to=2199-12-31" for first in VALUES]
    return found


@pytest.mark.engines("postgresql")  # the stricter about what a number or a text may be; test_row_ids.py asks both
def test_each_is_answered(app: Flask) -> None:
    world = make_world(app)
    manager, administrator = (client_of(app, world.users[role]) for role in (Role.MANAGER, Role.ADMINISTRATOR))
    wrong = []
    for address in odd_addresses(world.seen):
        client = administrator if address.startswith("/admin") else manager
        response = client.get(address, buffered=True)
        # Without a clock the installation is not ready, and says so with 503 whatever it is asked.
        fault = response.status_code >= 500 and not address.startswith("/health/ready")
        if fault or "a=1" in response.headers.get("Set-Cookie", ""):
            wrong.append(f"{address}: {response.status_code}")
    assert wrong == []
