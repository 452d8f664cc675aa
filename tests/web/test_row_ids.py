"""A number that no row can have is not found, wherever it stands in an address; on both engines."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask

from asb_cases.domain.permissions import Role
from asb_cases.queries.paging import LARGEST_ID
from tests.factories import make_case, make_case_review, make_intervention
from tests.support.signed_in import client_with_role

TOO_LARGE = (LARGEST_ID + 1, 2**63, 10**30)


def addresses_with_ids(app: Flask, references: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every method and address with a number in it, the number left as `{0}`; of the records that are there."""
    for rule in app.url_map.iter_rules():
        names = [
            name for name, kind in rule._converters.items() if type(kind).__name__ in ("RowId", "IntegerConverter")
        ]
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"} if names else ():
            address = rule.rule
            for name in names:
                address = address.replace(f"<int:{name}>", "{0}")
            for area, reference in references.items():
                address = address.replace(f"{area}<reference>", f"{area}{reference}")
            address = address.replace("<year>", "2015-16").replace("<form>", "pdf").replace("<what>", "text")
            assert "<" not in address, f"say here what fills {address}"
            yield method, address


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGER])
def test_an_id_beyond_every_row_is_not_found(app: Flask, role: Role) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = client_with_role(app, role)
    with app.app_context():
        case = make_case()
        references = {
            "/cases/": case.reference,
            "/interventions/": make_intervention("CPN", case=case).reference,
            "/case-reviews/": make_case_review().reference,
        }
    asked = list(addresses_with_ids(app, references))
    assert {address for _, address in asked} >= {"/people/{0}", "/admin/users/{0}", "/account/sessions/{0}/end"}
    wrong = []
    for method, address in asked:
        for number in TOO_LARGE:
            if (status := client.open(address.format(number), method=method).status_code) != 404:
                wrong.append(f"{method} {address.format(number)}: {status}")
        # The largest that a row may have is asked of the database, and it answers.
        said = {"to": "up"} if address.endswith("/move") and method == "POST" else {}  # a button always says which way
        if (status := client.open(address.format(LARGEST_ID), method=method, data=said).status_code) not in {403, 404}:
            wrong.append(f"{method} {address.format(LARGEST_ID)}: {status}")
    assert wrong == []
