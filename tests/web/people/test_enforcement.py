"""All that was done about somebody: what stood on the day asked about, from the cases that the reader may see, at one cost."""

from datetime import date

from flask import Flask

from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.person import Person
from tests import factories as make
from tests.support.query_counter import counted_queries
from tests.support.signed_in import client_of


def test_what_stood_on_a_day_in_the_cases_one_may_see(app: Flask) -> None:
    with app.app_context():
        team = make.make_team("North")
        officer = make.make_user(Role.OFFICER, team=team).id
        person = make.make_person("Ann Example")
        case = make.make_case(team=team)
        hidden = make.make_case(team=make.make_team("South"), restricted=True)
        warning = make.make_intervention("CPW", case=case, subject=person, issued_on=date(2026, 1, 5)).reference
        order = make.make_intervention(
            "CLOSURE_ORDER", case=case, subject=person, issued_on=date(2026, 3, 2), ends_on=date(2026, 6, 1)
        ).reference
        secret = make.make_intervention("INJUNCTION", case=hidden, subject=person, issued_on=date(2026, 3, 2)).reference
        person_id, case_id = person.id, case.id
    client = client_of(app, officer)
    address = f"/people/{person_id}/enforcement"
    page = client.get(f"{address}?on=2026-06-01").text
    standing = page.split("Everything")[0]
    assert all(reference in standing for reference in (warning, order))
    after = client.get(f"{address}?on=2026-06-02").text
    assert order not in after.split("Everything")[0]
    assert order in after
    assert secret not in page + after
    assert "The day must" in client.get(f"{address}?on-day=31&on-month=2&on-year=2026").text
    file = client.get(f"{address}.csv?on=2026-06-02").text
    assert "in_force_on_2026-06-02" in file
    assert f"{order},CLOSURE_ORDER,in_force,2026-03-02,2026-06-01,,,no" in file
    assert secret not in file

    def asked() -> int:
        with counted_queries(app) as queries:
            client.get(address)
        return len(queries)

    few = asked()
    with app.app_context():
        case, person = db.session.get_one(Case, case_id), db.session.get_one(Person, person_id)
        for _each in range(20):
            make.make_intervention("CPW", case=case, subject=person, issued_on=date(2026, 1, 5))
    assert asked() == few
