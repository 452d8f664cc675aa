"""Who may do what: the table is whole, and its promises hold."""

import pytest

from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.permissions import (
    CASE_VISIBILITY,
    CONSOLE,
    FIGURES_VISIBILITY,
    GRANTS,
    GRANTS_WITHOUT_ROLE,
    IMPORT,
    JOB,
    RESTRICTED_ACCESS,
    Actor,
    CaseScope,
    FiguresScope,
    Permission,
    RestrictedAccess,
    Role,
    Via,
)

P = Permission
ENFORCEMENT = {
    P.DRAFT, P.AUTHORISE, P.ISSUE, P.RECORD_SERVICE, P.VARY, P.WITHDRAW, P.ALLEGE_BREACH, P.DECIDE_BREACH,
    P.LAY_PROSECUTION, P.RECORD_COURT_OUTCOME,
}  # fmt: skip


def actor(role):
    return Actor(via=Via.WEB, user_id=1, role=role)


@pytest.mark.parametrize("table", [GRANTS, CASE_VISIBILITY, RESTRICTED_ACCESS, FIGURES_VISIBILITY])
def test_every_table_has_a_row_for_every_role(table):
    assert set(table) == set(Role)


def test_every_permission_is_somebodys_and_every_way_has_a_row():
    assert frozenset().union(*GRANTS.values()) == frozenset(Permission)
    assert set(GRANTS_WITHOUT_ROLE) == set(Via)


@pytest.mark.parametrize("role", Role)
def test_everybody_has_an_account_of_their_own(role):
    assert actor(role).may(P.USE_OWN_ACCOUNT)


ALLOWED = {
    Role.OFFICER: {P.LOG_COMPLAINTS, P.WORK_CASES, P.DRAFT, P.ISSUE, P.RECORD_APPEAL},
    Role.MANAGER: {P.ALLOCATE_CASES, P.AUTHORISE, P.CLOSE_CASES, P.DECIDE_CASE_REVIEWS, P.DRILL_DOWN},
    Role.LEGAL: {P.REVIEW_PROSECUTION, P.LAY_PROSECUTION, P.RECORD_APPEAL_OUTCOME},
    Role.DUTY_OFFICER: {P.RECORD_OUT_OF_HOURS, P.ADD_TO_CASE, P.SEARCH, P.SEE_NOTICES_IN_FORCE},
    Role.PARTNER: {P.ADD_TO_CASE},
    Role.ANALYST: {P.IMPORT, P.SEE_FIGURES, P.DRILL_DOWN},
    Role.ADMINISTRATOR: {P.MANAGE_USERS, P.MANAGE_SETTINGS},
}
FORBIDDEN = {
    Role.OFFICER: {P.AUTHORISE, P.CLOSE_CASES, P.ALLOCATE_CASES, P.LAY_PROSECUTION, P.MANAGE_USERS, P.IMPORT},
    Role.MANAGER: {P.LAY_PROSECUTION, P.REVIEW_PROSECUTION, P.MANAGE_USERS, P.IMPORT},
    Role.LEGAL: {P.DRAFT, P.ISSUE, P.CLOSE_CASES, P.DECIDE_CASE_REVIEWS},
    Role.DUTY_OFFICER: ENFORCEMENT | {P.WORK_CASES, P.DRILL_DOWN, P.EXPORT},
    Role.PARTNER: ENFORCEMENT | {P.SEARCH, P.SEE_FIGURES, P.SEE_PEOPLE},
    Role.ANALYST: ENFORCEMENT | {P.SEE_PEOPLE, P.SEARCH, P.SEE_HISTORY},
    Role.ADMINISTRATOR: ENFORCEMENT | {P.SEE_CASES, P.SEE_PEOPLE, P.SEARCH, P.SEE_FIGURES},
}


@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_and_may_not(role):
    assert GRANTS[role] >= ALLOWED[role]
    assert not GRANTS[role] & FORBIDDEN[role]


def test_an_act_that_is_not_granted_is_refused():
    actor(Role.OFFICER).check(P.DRAFT)
    with pytest.raises(NotPermitted) as caught:
        actor(Role.PARTNER).check(P.DRAFT)
    assert caught.value.permission == "draft"


def test_where_nobody_signed_in():
    assert CONSOLE.may(P.ISSUE)
    assert JOB.may(P.ASSESS_COMPLIANCE)
    assert not JOB.may(P.ISSUE)
    assert not IMPORT.may(P.ISSUE)
    public, stranger = Actor(via=Via.PUBLIC), Actor(via=Via.WEB)
    assert public.may(P.LOG_COMPLAINTS)
    assert not public.may(P.SEE_CASES)
    assert not any(stranger.may(permission) for permission in Permission)
    assert public.case_scope == stranger.case_scope == CaseScope.NONE
    assert public.restricted_access is RestrictedAccess.NEVER
    assert public.figures_scope is FiguresScope.NONE
    assert CONSOLE.case_scope is CaseScope.SERVICE
    assert CONSOLE.restricted_access is RestrictedAccess.ALWAYS
    assert CONSOLE.figures_scope is FiguresScope.ALL


def test_a_person_at_the_console_has_the_rights_of_their_role():
    officer = Actor(via=Via.CONSOLE, user_id=1, role=Role.OFFICER, team_id=3)
    assert not officer.may(P.MANAGE_USERS)
    assert officer.case_scope is CaseScope.OWN_TEAM
    assert officer.restricted_access is RestrictedAccess.IF_NAMED
    assert officer.figures_scope is FiguresScope.OWN_TEAM


def test_who_sees_no_case_has_no_permission_that_shows_one():
    shown = {P.SEE_CASES, P.SEE_PEOPLE, P.SEE_COMPLAINTS, P.SEE_INTERVENTIONS, P.SEARCH, P.SEE_HISTORY, P.EXPORT}
    for role, scope in CASE_VISIBILITY.items():
        if scope is CaseScope.NONE:
            assert not GRANTS[role] & shown
