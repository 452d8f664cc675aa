"""Who sees which record: a case for each reason to see it or not, and every page, list, file and search of each role.

`SEEN` says it in the words of the roles' page, by hand: the conditions in SQL (queries/visibility.py) must come to the
same. What is not somebody's is not found, and no word of it stands on any page of theirs.
"""

import re
from dataclasses import dataclass

import pytest
from flask import Flask

from asb_cases.adapters.time import today
from asb_cases.domain.people import Part
from asb_cases.domain.permissions import Role
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team
from asb_cases.services.search_index import index
from tests import factories as make
from tests.support.page_client import PageClient
from tests.support.signed_in import client_of

CASES = (
    "of_own_team", "of_other_team", "of_no_team", "owned_elsewhere", "shared_with_team", "share_ended", "shared_with_body",
    "of_absent_colleague", "with_notice", "with_prosecution", "restricted", "restricted_for_officer", "restricted_for_partner",
)  # fmt: skip
UNRESTRICTED = {name for name in CASES if not name.startswith("restricted")}
#: Which cases each role sees.
SEEN: dict[Role, set[str]] = {
    Role.OFFICER: {
        "of_own_team",
        "of_no_team",
        "owned_elsewhere",
        "shared_with_team",
        "of_absent_colleague",
        "restricted_for_officer",
    },
    Role.MANAGER: UNRESTRICTED,
    Role.LEGAL: {"with_notice", "with_prosecution"},
    Role.DUTY_OFFICER: {"with_notice"},
    Role.PARTNER: {"shared_with_body", "restricted_for_partner"},
    Role.ANALYST: set(CASES),
    Role.ADMINISTRATOR: set(),
}
#: Which kinds of record each role opens, of the cases it sees. A duty officer opens no step but notices in force.
KINDS: dict[Role, set[str]] = {
    Role.OFFICER: {"cases", "people", "complaints", "interventions", "case-reviews"},
    Role.MANAGER: {"cases", "people", "complaints", "interventions", "case-reviews"},
    Role.LEGAL: {"cases", "people", "interventions"},
    Role.DUTY_OFFICER: {"cases", "people", "complaints"},
    Role.PARTNER: {"cases"},
    Role.ANALYST: {"cases", "interventions", "case-reviews"},
    Role.ADMINISTRATOR: set(),
}
#: Who reads names and words, and not references alone.
READS_WORDS = set(Role) - {Role.ANALYST}
SEARCHES = {Role.OFFICER, Role.MANAGER, Role.LEGAL, Role.DUTY_OFFICER}


def word(name: str) -> str:
    """A word that stands in the records of one case and nowhere else."""
    return f"xqz{name.replace('_', '')}q"


@dataclass(frozen=True)
class Everything:
    """Who there is, and the address of every record by its case and kind."""

    users: dict[Role, int]
    addresses: dict[str, dict[str, str]]


@pytest.fixture
def everything(app: Flask) -> Everything:
    with app.app_context():
        own, other = make.make_team("North"), make.make_team("South")
        body = make.make_body("Thames Valley Police")
        users = {
            role: make.make_user(
                role, team=None if role is Role.PARTNER else own, body=body if role is Role.PARTNER else None
            )
            for role in Role
        }
        cases = {
            name: make_case_called(name, own if name in {"of_own_team", "restricted"} else other) for name in CASES
        }
        cases["of_no_team"].team_id = None
        cases["owned_elsewhere"].owner_id = users[Role.OFFICER].id
        away = make.make_user(team=other)
        cases["of_absent_colleague"].owner_id = away.id
        make.make_absence(away, users[Role.OFFICER], from_on=today(), to_on=today())
        make.make_reader(cases["restricted_for_officer"], users[Role.OFFICER])
        make.make_reader(cases["restricted_for_partner"], users[Role.PARTNER])
        share(cases, own, body)
        return Everything(
            users={role: user.id for role, user in users.items()},
            addresses={name: records_of(case, word(name)) for name, case in cases.items()},
        )


def make_case_called(name: str, team: Team) -> Case:
    return make.make_case(team=team, title=f"Title {word(name)}", restricted=name.startswith("restricted"))


def share(cases: dict[str, Case], team: Team, body: PartnerBody) -> None:
    make.make_share(cases["shared_with_team"], team=team)
    make.make_share(cases["share_ended"], team=team, ended_on=today())
    make.make_share(cases["share_ended"], body=body, ended_on=today())
    make.make_share(cases["shared_with_body"], body=body)
    make.make_share(cases["restricted"], body=body)
    make.make_share(cases["restricted_for_partner"], body=body)


def records_of(case: Case, told: str) -> dict[str, str]:
    """One record of each kind on the case, findable by its word; a step that makes it legal's where its name says so."""
    person = make.make_person(f"Name {told}", address=make.make_address(f"1 {told} Street"))
    make.make_participant(case, person, Part.COMPLAINANT if told == word("shared_with_body") else Part.SUBJECT)
    complaint = make.make_complaint(case=case, complainant=person, description=f"Heard {told}")
    step = make.make_intervention("CPW", case=case, subject=person, conduct=f"Did {told}")
    if told == word("with_notice"):
        make.make_intervention("CPN", case=case, subject=person, follows=step, conduct=f"Did {told}")
    if told == word("with_prosecution"):
        gone = make.make_intervention("CPN", case=case, subject=person, follows=step, status="ended", ended_on=today())
        make.make_intervention("PROSECUTION", case=case, subject=person, follows=gone, conduct=f"Did {told}")
    review = make.make_case_review(case=case, applicant_id=person.id)
    for kind, row_id, case_id in (
        ("case", case.id, case.id),
        ("complaint", complaint.id, case.id),
        ("person", person.id, None),
    ):
        index(kind, row_id, case_id, f"common {told}")
    db.session.commit()
    return {
        "cases": f"/cases/{case.reference}",
        "people": f"/people/{person.id}",
        "complaints": f"/complaints/{complaint.reference}",
        "interventions": f"/interventions/{step.reference}",
        "case-reviews": f"/case-reviews/{review.reference}",
    }


def hidden_words(role: Role) -> list[str]:
    """What must not stand on any page of this role."""
    return [word(name) for name in CASES if name not in SEEN[role] or role not in READS_WORDS]


def told_by(text: str, words: list[str]) -> list[str]:
    return [each for each in words if each in text.lower()]


def test_each_record_is_there_for_those_who_may_see_it(app: Flask, everything: Everything) -> None:
    wrong = []
    for role in Role:
        client = client_of(app, everything.users[role])
        for name, records in everything.addresses.items():
            # A kind that is closed to the role is closed whatever the case: asked once.
            kinds = set(records) if name == CASES[0] else KINDS[role]
            for kind in sorted(kinds):
                response = client.get(records[kind])
                theirs = name in SEEN[role] and kind in KINDS[role]
                if (response.status_code == 200) is not theirs or response.status_code not in {200, 403, 404}:
                    wrong.append(f"{kind} {name} as {role}: {response.status_code}")
                if told := told_by(response.text, hidden_words(role)):
                    wrong.append(f"{kind} {name} tells {role} {told}")
    assert wrong == []


def test_lists_files_and_searches_hold_just_those(app: Flask, everything: Everything) -> None:
    wrong = []
    for role in Role:
        client = client_of(app, everything.users[role])
        for kind in ("cases", "people", "complaints", "interventions", "case-reviews"):
            text = client.get(f"/{kind}").text
            there = {name for name, records in everything.addresses.items() if f'href="{records[kind]}"' in text}
            if there != (SEEN[role] if kind in KINDS[role] else set()):
                wrong.append(f"/{kind} lists {sorted(there)} to {role}")
            if told := told_by(text, hidden_words(role)):
                wrong.append(f"/{kind} tells {role} {told}")
        found = wrong_in_files(client, role) + wrong_in_searches(client, everything, role)
        wrong += [f"as {role}: {each}" for each in found]
    assert wrong == []


def wrong_in_files(client: PageClient, role: Role) -> list[str]:
    files = ["/cases.csv"] + [
        f"/reports/figures/{code}{ending}?from=2000-01-01&to=2199-12-31"
        for code in ("cpw_issued", "cpw_recipients", "complaints_received", "case_review_applications", "cases_opened")
        for ending in ("", "/rows.csv")
    ]
    return [
        f"{address} tells {told}"
        for address in files
        if (told := told_by(client.get(address, buffered=True).get_data(as_text=True), hidden_words(role)))
    ]


def wrong_in_searches(client: PageClient, everything: Everything, role: Role) -> list[str]:
    """Words of hidden cases find nothing and look as words that stand nowhere do; common words find no hidden record."""
    if role not in SEARCHES:
        return []
    nothing, wrong = client.get("/search?q=xqznowhere").text, []
    for name in CASES:
        text = client.get(f"/search?q={word(name)}").text
        if name not in SEEN[role] and without_form(text, word(name)) != without_form(nothing, "xqznowhere"):
            wrong.append(f"searching {word(name)} tells something")
        if name in SEEN[role] and everything.addresses[name]["cases"] not in text:
            wrong.append(f"searching {word(name)} finds nothing")
    found = client.get("/search?q=common").text
    return wrong + [f"searching finds {told}" for told in told_by(found, hidden_words(role))]


def without_form(text: str, asked: str) -> str:
    """The page without what was asked and what is new on every page."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", text).replace(asked, "")
