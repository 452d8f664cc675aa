"""Incidents: what happened in the world."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.incidents import IncidentSource
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.incident import Incident
from asb_cases.models.search_entry import SearchEntry
from asb_cases.queries.incidents import complaints_telling_of, incidents_of
from asb_cases.queries.not_found import NotFound
from asb_cases.services.incidents import Happened, change_incident, mark_incident_entered_in_error, record_incident
from asb_cases.services.versions import StaleVersion
from tests.factories import NOW, TODAY, make_actor, make_case, make_complaint, make_incident, make_team
from tests.support.record import history_kinds, refused

LATE = datetime(2026, 3, 1, 23, 40, tzinfo=UTC)
SUNDAY = date(2026, 3, 1)


def happened(**given: object) -> Happened:
    least = {"on": SUNDAY, "seen": "Music and shouting", "source": IncidentSource.OFFICER}
    return Happened(**{**least, **given})  # type: ignore[arg-type]


def test_an_incident_is_recorded_with_what_told_of_it(in_app: Flask) -> None:
    officer, case = make_actor(), make_case()
    told, other = make_complaint(case=case), make_complaint(case=make_case())
    what = happened(
        at=LATE, until_on=TODAY, until_at=LATE + timedelta(hours=2), place="1 High Street", evidence=True,
        complaint_ids=[told.id],
    )  # fmt: skip
    incident = db.session.get_one(Incident, record_incident(actor=officer, now=NOW, case_id=case.id, happened=what))
    assert (incident.happened_at, incident.until_on, incident.recorded_by_id) == (LATE, TODAY, officer.user_id)
    assert [each.id for each in complaints_telling_of(incident.id)] == [told.id]
    assert [each.address and each.address.text for each in incidents_of(case.id)] == ["1 High Street"]
    words = db.session.query(SearchEntry).filter_by(entity_kind="incident").one().words
    assert {"music", "high"} <= set(words.split())
    with refused("complaint_of_another_case"):
        record_incident(actor=officer, now=NOW, case_id=case.id, happened=happened(complaint_ids=[other.id]))
    assert history_kinds() == ["incident_recorded"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seen": " "}, "needs_words"),
        ({"place": "?!"}, "place_without_words"),
        ({"on": TODAY + timedelta(days=1)}, "day_not_come"),
        ({"on": TODAY, "at": NOW + timedelta(minutes=5)}, "incident_not_yet"),
        ({"until_on": SUNDAY - timedelta(days=1)}, "days_out_of_order"),
        ({"at": LATE, "until_on": SUNDAY, "until_at": LATE - timedelta(hours=1)}, "incident_ended_before"),
    ],
)
def test_what_cannot_have_happened(in_app: Flask, given: dict[str, object], code: str) -> None:
    case = make_case()
    with refused(code):
        record_incident(actor=CONSOLE, now=NOW, case_id=case.id, happened=happened(**given))


def test_an_incident_is_put_right_or_marked(in_app: Flask) -> None:
    officer, manager, case = make_actor(), make_actor(Role.MANAGER), make_case()
    incident = make_incident(case)
    change_incident(actor=officer, now=NOW, incident_id=incident.id, happened=happened(), version=1)
    assert db.session.get_one(Incident, incident.id).seen == "Music and shouting"
    with pytest.raises(StaleVersion):
        change_incident(actor=officer, now=NOW, incident_id=incident.id, happened=happened(), version=1)
    with pytest.raises(NotPermitted):
        mark_incident_entered_in_error(actor=officer, now=NOW, incident_id=incident.id, reason="Twice")
    with refused("reason_needed"):
        mark_incident_entered_in_error(actor=manager, now=NOW, incident_id=incident.id, reason=" ")
    mark_incident_entered_in_error(actor=manager, now=NOW, incident_id=incident.id, reason="Twice")
    assert incidents_of(case.id) == []
    with refused("entered_in_error"):
        change_incident(actor=officer, now=NOW, incident_id=incident.id, happened=happened())
    with refused("already_entered_in_error"):
        mark_incident_entered_in_error(actor=manager, now=NOW, incident_id=incident.id, reason="Twice")


def test_what_happened_in_a_case_of_others_is_not_there(in_app: Flask) -> None:
    officer, away = make_actor(team=make_team()), make_case(team=make_team())
    incident = make_incident(away)
    for act in (
        lambda: record_incident(actor=officer, now=NOW, case_id=away.id, happened=happened()),
        lambda: change_incident(actor=officer, now=NOW, incident_id=incident.id, happened=happened()),
        lambda: change_incident(actor=officer, now=NOW, incident_id=999, happened=happened()),
    ):
        with pytest.raises(NotFound):
            act()
    assert history_kinds() == []
