"""Who may open what: every address and method, and what each role gets there.

To add an address, add one line to `TABLE`:

    "GET /things": only(200, OFFICER, MANAGER),      the others 403; signed out, 302 to /sign-in
    "GET /things/<reference>": each(officer=200, manager=200, partner=404),   roles not named: 403
    "POST /things": everyone(422),                   every role; a form sent empty is 422, a button 302
    "GET /help": public(200),                        signed out too

and, where a part of the address is variable and new, one line to `PLACES`. It is tried on the record that the roles of
`World.users` may see (tests/support/access_world.py), and again, as everybody else, on the one that hides: those get
403 or 404 and no word of it.
"""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from asb_cases.domain.permissions import Role
from tests.support.access_world import CANARIES, World, make_world
from tests.support.signed_in import client_of

Row = dict[Role | None, int]

ADMINISTRATOR, ANALYST, DUTY_OFFICER, LEGAL = Role.ADMINISTRATOR, Role.ANALYST, Role.DUTY_OFFICER, Role.LEGAL
MANAGER, OFFICER, PARTNER = Role.MANAGER, Role.OFFICER, Role.PARTNER
SIGNED_OUT, FORBIDDEN = 302, 403


def public(status: int) -> Row:
    """The same for everybody, signed in or not."""
    return dict.fromkeys((None, *Role), status)


def everyone(status: int) -> Row:
    """The same for every role."""
    return public(status) | {None: SIGNED_OUT}


def only(status: int, *roles: Role) -> Row:
    """For these roles alone."""
    return everyone(FORBIDDEN) | dict.fromkeys(roles, status)


def each(**statuses: int) -> Row:
    """A status for each role named."""
    return everyone(FORBIDDEN) | {Role(role): status for role, status in statuses.items()}


TABLE: dict[str, Row] = {
    "GET /health": public(200),
    "GET /": everyone(200),
    "GET /health/ready": public(503),
    # accounts
    "GET /sign-in": everyone(302) | {None: 200},
    "POST /sign-in": public(422),
    "POST /sign-out": everyone(302),
    "GET /account": everyone(200),
    "GET /account/password": everyone(200),
    "POST /account/password": everyone(422),
    "POST /account/sessions/<int:session_id>/end": everyone(404),
    "POST /account/sessions/end-others": everyone(302),
    "GET /account/email": everyone(200),
    "POST /account/email": everyone(422),
    "GET /forgotten-password": public(200),
    "POST /forgotten-password": public(422),
    "GET /set-password/<token>": public(200),
    "POST /set-password/<token>": public(422),
    "GET /confirm-address/<token>": public(200),
    "POST /confirm-address/<token>": public(404) | {None: 302},  # the first uses it up
    # for everybody: the form is switched on, and nobody has begun
    "GET /case-review-procedure": public(200),
    "GET /would-my-case-qualify": public(200),
    "POST /would-my-case-qualify": public(422),
    "GET /privacy": public(200),
    "GET /accessibility": public(200),
    "GET /ask-for-a-review": public(200),
    "GET /ask-for-a-review/<step>": public(200),
    "POST /ask-for-a-review/<step>": public(422),
    "GET /ask-for-a-review/reports": public(410),
    "POST /ask-for-a-review/reports": public(410),
    "POST /ask-for-a-review/reports/none": public(410),
    "GET /ask-for-a-review/reports/<int:number>": public(410),
    "POST /ask-for-a-review/reports/<int:number>": public(410),
    "POST /ask-for-a-review/reports/<int:number>/remove": public(410),
    "GET /ask-for-a-review/check": public(410),
    "POST /ask-for-a-review/check": public(410),
    "GET /ask-for-a-review/done": public(410),
    # reading: an analyst reads references, an administrator no case
    "GET /cases": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER, ANALYST),
    "GET /cases.csv": only(200, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /cases/restricted": only(200, MANAGER),
    "POST /cases/restricted": only(422, MANAGER),
    "GET /cases/<reference>": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER, ANALYST),
    "GET /cases/<reference>/views": only(200, MANAGER),
    "GET /cases/<reference>/next-steps": only(200, OFFICER, MANAGER, LEGAL),
    # casework
    "GET /cases/<reference>/contacts/new": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "POST /cases/<reference>/contacts/new": only(422, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/visits/new": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "POST /cases/<reference>/visits/new": only(422, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/notes/new": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER),
    "POST /cases/<reference>/notes/new": only(422, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER),
    "GET /notes/<int:note_id>": each(officer=200, manager=200, legal=200, duty_officer=200, partner=404, analyst=404),
    "GET /notes/<int:note_id>/correct": only(200, OFFICER, MANAGER),
    "POST /notes/<int:note_id>/correct": only(422, OFFICER, MANAGER),
    "GET /notes/<int:note_id>/withhold": only(200, MANAGER),
    "POST /notes/<int:note_id>/withhold": only(422, MANAGER),
    "GET /cases/<reference>/tasks": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/tasks/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/tasks/new": only(422, OFFICER, MANAGER),
    "GET /tasks/<int:task_id>/change": only(200, OFFICER, MANAGER),
    "POST /tasks/<int:task_id>/change": only(422, OFFICER, MANAGER),
    "GET /tasks/<int:task_id>/done": only(200, OFFICER, MANAGER),
    "POST /tasks/<int:task_id>/done": each(officer=302, manager=422),
    "GET /cases/<reference>/incidents": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/incidents/new": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "POST /cases/<reference>/incidents/new": only(422, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /incidents/<int:incident_id>": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /incidents/<int:incident_id>/change": only(200, OFFICER, MANAGER),
    "POST /incidents/<int:incident_id>/change": only(302, OFFICER, MANAGER),
    "GET /incidents/<int:incident_id>/entered-in-error": only(200, MANAGER),
    "POST /incidents/<int:incident_id>/entered-in-error": only(422, MANAGER),
    "GET /cases/<reference>/plan": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/plan/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/plan/new": only(422, OFFICER, MANAGER),
    "GET /plans/<int:plan_id>/change": only(200, OFFICER, MANAGER),
    "POST /plans/<int:plan_id>/change": only(422, OFFICER, MANAGER),
    "GET /plans/<int:plan_id>/review": only(200, OFFICER, MANAGER),
    "POST /plans/<int:plan_id>/review": only(422, OFFICER, MANAGER),
    "GET /plans/<int:plan_id>/steps/new": only(200, OFFICER, MANAGER),
    "POST /plans/<int:plan_id>/steps/new": only(422, OFFICER, MANAGER),
    "GET /plan-steps/<int:step_id>/change": only(200, OFFICER, MANAGER),
    "POST /plan-steps/<int:step_id>/change": only(422, OFFICER, MANAGER),
    "GET /plan-steps/<int:step_id>/close": only(200, OFFICER, MANAGER),
    "POST /plan-steps/<int:step_id>/close": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/wait": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/wait": only(422, OFFICER, MANAGER),
    "POST /cases/<reference>/wait/end": each(officer=302, manager=422),
    # looking after cases
    "GET /cases/<reference>/change": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/change": only(302, OFFICER, MANAGER),
    "GET /cases/<reference>/priority": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/priority": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/start": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/start": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/allocate": only(200, MANAGER),
    "POST /cases/<reference>/allocate": only(302, MANAGER),
    "GET /cases/allocate": only(200, MANAGER),
    "POST /cases/allocate": only(422, MANAGER),
    "GET /cases/<reference>/sharing": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/sharing": only(422, OFFICER, MANAGER),
    "POST /shares/<int:share_id>/end": each(officer=302, manager=422),
    "GET /cases/<reference>/restrict": only(200, MANAGER),
    "POST /cases/<reference>/restrict": only(422, MANAGER),
    "GET /cases/<reference>/lift-restriction": only(200, MANAGER),
    "POST /cases/<reference>/lift-restriction": only(422, MANAGER),
    "GET /cases/<reference>/close": only(200, MANAGER),
    "POST /cases/<reference>/close": only(422, MANAGER),
    "GET /cases/<reference>/notice-over": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/notice-over": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/reopen": only(200, MANAGER),
    "POST /cases/<reference>/reopen": only(422, MANAGER),
    "GET /cases/<reference>/entered-in-error": only(200, MANAGER),
    "POST /cases/<reference>/entered-in-error": only(422, MANAGER),
    "GET /cases/<reference>/history": only(200, OFFICER, MANAGER, LEGAL),
    "GET /absences": only(200, OFFICER, MANAGER),
    "GET /absences/new": only(200, OFFICER, MANAGER),
    "POST /absences/new": only(422, OFFICER, MANAGER),
    "GET /absences/<int:absence_id>/end": each(officer=404, manager=200),
    "POST /absences/<int:absence_id>/end": each(officer=404, manager=302),
    # people
    # taking reports in
    "GET /cases/new": only(200, OFFICER, MANAGER),
    "POST /cases/new": only(422, OFFICER, MANAGER),
    "GET /complaints/new": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /complaints/new": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /complaints/known": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /complaints/to-triage": only(200, OFFICER, MANAGER),
    "GET /complaints/<reference>/triage": only(302, OFFICER, MANAGER),
    "POST /complaints/<reference>/triage": only(302, OFFICER, MANAGER),
    "GET /complaints/<reference>/move": only(200, OFFICER, MANAGER),
    "POST /complaints/<reference>/move": only(422, OFFICER, MANAGER),
    "GET /complaints/<reference>/acknowledge": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /complaints/<reference>/acknowledge": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /complaints/<reference>/entered-in-error": only(200, MANAGER),
    "POST /complaints/<reference>/entered-in-error": only(422, MANAGER),
    "GET /cases/<reference>/complaints/new": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /cases/<reference>/complaints/new": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /people": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /people/<int:person_id>": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /people/<int:person_id>/enforcement": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /people/<int:person_id>/enforcement.csv": only(200, OFFICER, MANAGER, LEGAL),
    "GET /people/new": only(200, OFFICER, MANAGER),
    "POST /people/new": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/edit": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/edit": only(302, OFFICER, MANAGER),
    "GET /people/<int:person_id>/addresses/new": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/addresses/new": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/addresses/<int:entry_id>/end": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/addresses/<int:entry_id>/end": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/identify": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/identify": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/undo-identification": only(200, MANAGER),
    "POST /people/<int:person_id>/undo-identification": only(422, MANAGER),
    "GET /people/<int:person_id>/contact-preferences": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/contact-preferences": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/needs/new": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/needs/new": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/needs/<int:need_id>/end": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/needs/<int:need_id>/end": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/merge": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/merge": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/merge/<int:other_id>": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/merge/<int:other_id>": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/merges/<int:merge_id>/undo": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/merges/<int:merge_id>/undo": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/people/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/people/new": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/people/<int:participant_id>/end": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/people/<int:participant_id>/end": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/contact-warnings/new": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/contact-warnings/new": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/contact-warnings/<int:warning_id>/review": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/contact-warnings/<int:warning_id>/review": only(422, OFFICER, MANAGER),
    "GET /people/<int:person_id>/contact-warnings/<int:warning_id>/end": only(200, OFFICER, MANAGER),
    "POST /people/<int:person_id>/contact-warnings/<int:warning_id>/end": only(422, OFFICER, MANAGER),
    "GET /interventions": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, ANALYST),
    "GET /interventions/<reference>": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, ANALYST),
    # what became of a warning or notice
    "GET /interventions/<reference>/record-compliance": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/record-compliance": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/record-not-heeded": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/record-not-heeded": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/lapse": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/lapse": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/withdraw": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/withdraw": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/discharge": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/discharge": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/end": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/end": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/requirement-met": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/requirement-met": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/review": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/review": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/vary": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/vary": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/representations/new": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/representations/new": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/representations/<int:representation_id>/answer": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/representations/<int:representation_id>/answer": only(
        422, OFFICER, MANAGER, LEGAL
    ),
    "GET /interventions/<reference>/lodge-appeal": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/lodge-appeal": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/direct-appeal": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/direct-appeal": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/determine-appeal": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/determine-appeal": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/hearings/new": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/hearings/new": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/hearings/<int:hearing_id>/record": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/hearings/<int:hearing_id>/record": only(422, MANAGER, LEGAL),
    # escalating: an officer authorises nobody else's draft; a part sent empty is saved as it was
    "GET /cases/<reference>/warnings/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/warnings/new": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/notices/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/notices/new": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/tools": only(200, OFFICER, MANAGER),
    "GET /cases/<reference>/tools/<power>/<stage>": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/tools/<power>/<stage>": only(422, OFFICER, MANAGER),
    **{
        f"{method} /interventions/<reference>/{page}": only(status, OFFICER, MANAGER)
        for page in ("start", "not-made", "tool-review", "extend", "not-kept-to", "tool-end")
        for method, status in (("GET", 200), ("POST", 422))
    },
    "GET /interventions/<reference>/later-entries/<int:event_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/later-entries/<int:event_id>/entered-in-error": only(422, MANAGER),
    "GET /cases/<reference>/steps-by-others/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/steps-by-others/new": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft": only(200, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/recipient": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/recipient": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/conduct": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/conduct": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/detrimental-effect": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/detrimental-effect": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/persistent-or-continuing": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/persistent-or-continuing": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/unreasonable": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/unreasonable": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/requirements": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/requirements": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/time": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/time": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/screening": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/screening": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/age": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/age": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/enough-time": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/enough-time": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/draft/consultees": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/draft/consultees": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/check": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/check": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/authorise": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/authorise": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/send-back": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/send-back": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/drop": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/drop": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/issue": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/issue": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/at-the-door": only(200, MANAGER),
    "POST /interventions/<reference>/at-the-door": only(422, MANAGER),
    "GET /interventions/<reference>/checked": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/checked": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/service": only(200, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/hand": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/service/hand": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/left": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/service/left": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/posted-on-premises": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/service/posted-on-premises": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/email": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/service/email": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/other-written": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/service/other-written": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/service/post": only(302, OFFICER, MANAGER),  # the posting comes first
    "POST /interventions/<reference>/service/post": only(302, OFFICER, MANAGER),
    "GET /interventions/<reference>/returned-post": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/returned-post": only(200, OFFICER, MANAGER),
    "GET /interventions/<reference>/posting": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/posting": only(302, OFFICER, MANAGER),
    # alleged breaches, penalties, prosecutions, corrections
    "GET /interventions/<reference>/breaches/<int:breach_id>": only(200, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /interventions/<reference>/corrections": only(200, MANAGER),
    "GET /interventions/<reference>/breaches/new": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/breaches/new": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/breaches/<int:breach_id>/decide": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/breaches/<int:breach_id>/decide": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/breaches/<int:breach_id>/fixed-penalty": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/breaches/<int:breach_id>/fixed-penalty": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/breaches/<int:breach_id>/prosecution": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/breaches/<int:breach_id>/prosecution": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/terms": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/terms": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/record-payment": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/record-payment": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/mark-unpaid": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/mark-unpaid": only(422, OFFICER, MANAGER),
    "GET /interventions/<reference>/cancel": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/cancel": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/write-off": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/write-off": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/submit": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/submit": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/return-file": only(200, LEGAL),
    "POST /interventions/<reference>/return-file": only(422, LEGAL),
    "GET /interventions/<reference>/review-file": only(200, LEGAL),
    "POST /interventions/<reference>/review-file": only(422, LEGAL),
    "GET /interventions/<reference>/lay": only(200, LEGAL),
    "POST /interventions/<reference>/lay": only(422, LEGAL),
    "GET /interventions/<reference>/abandon": only(200, LEGAL),
    "POST /interventions/<reference>/abandon": only(422, LEGAL),
    "GET /interventions/<reference>/record-result": only(200, MANAGER, LEGAL),
    "POST /interventions/<reference>/record-result": only(422, MANAGER, LEGAL),
    "GET /interventions/<reference>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/breaches/<int:breach_id>/remedial-work": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/breaches/<int:breach_id>/remedial-work": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/breaches/<int:breach_id>/seizure": only(200, OFFICER, MANAGER, LEGAL),
    "POST /interventions/<reference>/breaches/<int:breach_id>/seizure": only(422, OFFICER, MANAGER, LEGAL),
    "GET /interventions/<reference>/measures/<int:measure_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/measures/<int:measure_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/breaches/<int:breach_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/breaches/<int:breach_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/services/<int:service_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/services/<int:service_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/appeals/<int:appeal_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/appeals/<int:appeal_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/payments/<int:payment_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/payments/<int:payment_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/court-outcomes/<int:outcome_id>/entered-in-error": only(200, MANAGER),
    "POST /interventions/<reference>/court-outcomes/<int:outcome_id>/entered-in-error": only(422, MANAGER),
    "GET /interventions/<reference>/documents/<kind>": only(200, OFFICER, MANAGER, LEGAL),
    "GET /cases/<reference>/letters": only(200, OFFICER, MANAGER),
    "POST /interventions/<reference>/documents/<kind>": only(422, OFFICER, MANAGER, LEGAL),
    "GET /cases/<reference>/letters/acknowledgement/<int:of_id>": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/letters/acknowledgement/<int:of_id>": only(302, OFFICER, MANAGER),
    "GET /cases/<reference>/letters/closing/<int:of_id>": only(404, OFFICER, MANAGER),
    "POST /cases/<reference>/letters/closing/<int:of_id>": only(404, OFFICER, MANAGER),
    "GET /cases/<reference>/letters/update/<int:of_id>": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/letters/update/<int:of_id>": only(302, OFFICER, MANAGER),
    "GET /documents/<int:document_id>": only(200, OFFICER, MANAGER, LEGAL),
    "GET /complaints": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /complaints/<reference>": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /case-reviews": only(200, OFFICER, MANAGER, ANALYST),
    "GET /case-reviews/<reference>": only(200, OFFICER, MANAGER, ANALYST),
    "GET /cases/<reference>/connections": only(200, OFFICER, MANAGER),
    "GET /cases/<reference>/connections/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/connections/new": only(422, OFFICER, MANAGER),
    "POST /cases/<reference>/connections/<int:link_id>/end": only(404, OFFICER, MANAGER),
    "GET /cases/<reference>/merge": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/merge": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/unmerge": only(404, OFFICER, MANAGER),
    "POST /cases/<reference>/unmerge": only(404, OFFICER, MANAGER),
    "GET /cases/<reference>/risk": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /cases/<reference>/risk/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/risk/new": only(422, OFFICER, MANAGER),
    "GET /risk/<int:assessment_id>/level": only(200, OFFICER, MANAGER),
    "POST /risk/<int:assessment_id>/level": only(422, OFFICER, MANAGER),
    "GET /admin/wording": only(200, ADMINISTRATOR),
    "GET /admin/wording/<code>": only(200, ADMINISTRATOR),
    "POST /admin/wording/<code>": only(422, ADMINISTRATOR),
    "GET /admin/risk-matrix": only(200, ADMINISTRATOR),
    "GET /admin/risk-matrix/new": only(200, ADMINISTRATOR),
    "POST /admin/risk-matrix/new": only(422, ADMINISTRATOR),
    "GET /cases/<reference>/files": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER),
    "GET /cases/<reference>/files/new": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER),
    "POST /cases/<reference>/files/new": only(422, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, PARTNER),
    # a partner is shown the files of their own body alone: this one is not
    "GET /files/<int:file_id>": each(officer=200, manager=200, legal=200, duty_officer=200, partner=404),
    "GET /files/<int:file_id>/download": each(officer=200, manager=200, legal=200, duty_officer=200, partner=404),
    "GET /files/<int:file_id>/describe": only(200, OFFICER, MANAGER),
    "POST /files/<int:file_id>/describe": only(302, OFFICER, MANAGER),
    "GET /files/<int:file_id>/attach": each(officer=200, manager=200, legal=200, duty_officer=200, partner=404),
    "POST /files/<int:file_id>/attach": each(officer=422, manager=422, legal=422, duty_officer=422, partner=404),
    "GET /files/<int:file_id>/withhold": only(200, MANAGER),
    "POST /files/<int:file_id>/withhold": only(422, MANAGER),
    "GET /files/<int:file_id>/release": only(200, MANAGER),
    "POST /files/<int:file_id>/release": only(422, MANAGER),
    "GET /search": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    "GET /people.csv": only(200, OFFICER, MANAGER, LEGAL),
    "GET /complaints.csv": only(200, OFFICER, MANAGER),
    "GET /interventions.csv": only(200, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /case-reviews.csv": only(200, OFFICER, MANAGER, ANALYST),
    # the lists behind the first page
    "GET /tasks": only(200, OFFICER, MANAGER, LEGAL),
    "GET /tasks.csv": only(200, OFFICER, MANAGER, LEGAL),
    "GET /deadlines": only(200, OFFICER, MANAGER, LEGAL),
    "GET /deadlines.csv": only(200, OFFICER, MANAGER, LEGAL),
    "GET /news": only(200, OFFICER, MANAGER),
    # one's own filters: nobody has one here, and none is made without a list
    "GET /saved-filters": everyone(200),
    "GET /saved-filters/new": everyone(404),
    "POST /saved-filters/new": everyone(404),
    "GET /saved-filters/<int:filter_id>": everyone(404),
    "POST /saved-filters/<int:filter_id>": everyone(404),
    "GET /saved-filters/<int:filter_id>/open": everyone(404),
    "POST /saved-filters/<int:filter_id>/delete": everyone(404),
    # the night: a duty officer's own, and what officers and managers may see
    "GET /out-of-hours": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /out-of-hours.csv": only(200, OFFICER, MANAGER),
    "GET /out-of-hours/sheet": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    # case reviews, worked by staff
    "GET /case-reviews/new": only(200, OFFICER, MANAGER),
    "POST /case-reviews/new": only(422, OFFICER, MANAGER),
    "GET /cases/<reference>/case-review/new": only(200, OFFICER, MANAGER),
    "POST /cases/<reference>/case-review/new": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/new": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/new": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/<int:row>/set-aside": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/<int:row>/set-aside": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/<int:row>/count-again": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/<int:row>/count-again": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/<int:row>/take-out": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/<int:row>/take-out": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/acknowledge": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/acknowledge": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/pass-on": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/pass-on": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/bodies/<int:body_part_id>/chase": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/bodies/<int:body_part_id>/chase": only(302, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/bodies/<int:body_part_id>/answer": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/bodies/<int:body_part_id>/answer": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/notify": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/notify": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/arrange": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/arrange": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/hold": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/hold": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/recommendations/new": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/recommendations/new": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/recommendations/<int:recommendation_id>/answer": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/recommendations/<int:recommendation_id>/answer": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/actions/new": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/actions/new": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/actions/<int:action_id>": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/actions/<int:action_id>": only(302, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/plan": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/plan": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/outcome": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/outcome": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/close": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/close": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/withdraw": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/withdraw": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/escalate": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/escalate": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/escalation": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/escalation": only(422, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/link": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/link": only(302, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/<int:row>": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/<int:row>": only(302, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/complaints/<int:row>/confirm": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/complaints/<int:row>/confirm": each(officer=302, manager=422),
    "GET /case-reviews/<reference>/decide": only(200, MANAGER),
    "POST /case-reviews/<reference>/decide": only(422, MANAGER),
    "GET /case-reviews/<reference>/entered-in-error": only(200, MANAGER),
    "POST /case-reviews/<reference>/entered-in-error": only(422, MANAGER),
    "GET /case-reviews/<reference>/letters/<letter>": only(200, OFFICER, MANAGER),
    "POST /case-reviews/<reference>/letters/<letter>": only(302, OFFICER, MANAGER),
    "GET /case-reviews/<reference>/chronology": only(200, OFFICER, MANAGER),
    "GET /case-reviews/explanations": only(200, OFFICER, MANAGER),
    "GET /complaints/<reference>/explain-case-review": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /complaints/<reference>/explain-case-review": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /complaints/<reference>/explain-case-review/letter": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /complaints/<reference>/explain-case-review/letter": only(302, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /out-of-hours/new": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /out-of-hours/new": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /out-of-hours/<reference>/later": only(200, OFFICER, MANAGER, DUTY_OFFICER),
    "POST /out-of-hours/<reference>/later": only(422, OFFICER, MANAGER, DUTY_OFFICER),
    "GET /notices-tonight": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER),
    # admin
    "GET /admin": only(200, ADMINISTRATOR),
    "GET /admin/roles": everyone(200),
    "GET /admin/teams": only(200, ADMINISTRATOR),
    "POST /admin/teams": only(422, ADMINISTRATOR),
    "POST /admin/partner-bodies": only(422, ADMINISTRATOR),
    "GET /admin/teams/<int:team_id>": only(200, ADMINISTRATOR),
    "POST /admin/teams/<int:team_id>": only(302, ADMINISTRATOR),
    "POST /admin/teams/<int:team_id>/retire": only(422, ADMINISTRATOR),  # people belong to it
    "POST /admin/teams/<int:team_id>/restore": only(302, ADMINISTRATOR),
    "GET /admin/partner-bodies/<int:body_id>": only(200, ADMINISTRATOR),
    "POST /admin/partner-bodies/<int:body_id>": only(302, ADMINISTRATOR),
    "POST /admin/partner-bodies/<int:body_id>/retire": only(422, ADMINISTRATOR),
    "POST /admin/partner-bodies/<int:body_id>/restore": only(302, ADMINISTRATOR),
    "GET /admin/wards": only(200, ADMINISTRATOR),
    "POST /admin/wards": only(422, ADMINISTRATOR),
    "GET /admin/wards/<int:ward_id>": only(200, ADMINISTRATOR),
    "POST /admin/wards/<int:ward_id>": only(302, ADMINISTRATOR),
    "POST /admin/wards/<int:ward_id>/looked-at": only(302, ADMINISTRATOR),
    "GET /admin/wards/<int:ward_id>/merge": only(200, ADMINISTRATOR),
    "POST /admin/wards/<int:ward_id>/merge": only(422, ADMINISTRATOR),
    "POST /admin/wards/<int:ward_id>/retire": only(302, ADMINISTRATOR),
    "POST /admin/wards/<int:ward_id>/restore": only(302, ADMINISTRATOR),
    "GET /admin/categories": only(200, ADMINISTRATOR),
    "GET /admin/categories/new": only(200, ADMINISTRATOR),
    "POST /admin/categories/new": only(422, ADMINISTRATOR),
    "GET /admin/categories/<int:category_id>": only(200, ADMINISTRATOR),
    "POST /admin/categories/<int:category_id>": only(302, ADMINISTRATOR),
    "POST /admin/categories/<int:category_id>/retire": only(302, ADMINISTRATOR),
    "POST /admin/categories/<int:category_id>/restore": only(302, ADMINISTRATOR),
    "GET /admin/authorisations": only(200, ADMINISTRATOR),
    "GET /admin/authorisations/new": only(200, ADMINISTRATOR),
    "POST /admin/authorisations/new": only(422, ADMINISTRATOR),
    "GET /admin/authorisations/<int:authorisation_id>/end": only(200, ADMINISTRATOR),
    "POST /admin/authorisations/<int:authorisation_id>/end": only(302, ADMINISTRATOR),
    "GET /admin/users": only(200, ADMINISTRATOR),
    "GET /admin/users/new": only(200, ADMINISTRATOR),
    "POST /admin/users/new": only(422, ADMINISTRATOR),
    "GET /admin/users/<int:user_id>": only(200, ADMINISTRATOR),
    "POST /admin/users/<int:user_id>": only(302, ADMINISTRATOR),
    "POST /admin/users/<int:user_id>/deactivate": only(302, ADMINISTRATOR),
    "POST /admin/users/<int:user_id>/reactivate": only(302, ADMINISTRATOR),
    "POST /admin/users/<int:user_id>/password": only(200, ADMINISTRATOR),
    "GET /admin/users/<int:user_id>/email": only(200, ADMINISTRATOR),
    "POST /admin/users/<int:user_id>/email": only(422, ADMINISTRATOR),
    "GET /admin/policy": only(200, ADMINISTRATOR),
    "GET /admin/service-standards": only(200, ADMINISTRATOR),
    "GET /admin/policy/<code>": only(200, ADMINISTRATOR),
    "POST /admin/policy/<code>": only(422, ADMINISTRATOR),
    "GET /admin/bank-holidays": only(200, ADMINISTRATOR),
    "POST /admin/bank-holidays": only(422, ADMINISTRATOR),
    "POST /admin/bank-holidays/<day>/remove": only(302, ADMINISTRATOR),
    "POST /admin/bank-holidays/<day>/put-back": only(302, ADMINISTRATOR),
    "GET /admin/records-complete-from": only(200, ADMINISTRATOR),
    "GET /admin/records-complete-from/<figure>": only(200, ADMINISTRATOR),
    "POST /admin/records-complete-from/<figure>": only(422, ADMINISTRATOR),
    "GET /reminders": everyone(200),
    "POST /reminders/read": everyone(302),
    "POST /reminders/<int:reminder_id>/unread": everyone(404),
    "GET /reminders/<int:reminder_id>/snooze": everyone(404),
    "POST /reminders/<int:reminder_id>/snooze": everyone(404),
    "GET /reminders/settings": everyone(200),
    "POST /reminders/settings": everyone(302),
    "POST /reminders/feed": everyone(200),
    "POST /reminders/feed/end": everyone(302),
    "GET /calendar/<token>.ics": public(404),
    "GET /admin/reminder-plans": only(200, ADMINISTRATOR),
    "GET /admin/reminder-plans/<rule>": only(200, ADMINISTRATOR),
    "POST /admin/reminder-plans/<rule>": only(302, ADMINISTRATOR),
    "GET /admin/jobs": only(200, ADMINISTRATOR),
    "GET /admin/jobs/<name>": only(200, ADMINISTRATOR),
    "POST /admin/jobs/<name>/run": only(302, ADMINISTRATOR),
    "GET /admin/emails": only(200, ADMINISTRATOR),
    "GET /admin/emails/<int:email_id>": only(200, ADMINISTRATOR),
    "POST /admin/emails/<int:email_id>/send-again": only(422, ADMINISTRATOR),
    # figures: asked without a period, which is a bad request
    "GET /reports": only(200, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, ANALYST),
    "GET /reports/figures": only(400, OFFICER, MANAGER, LEGAL, DUTY_OFFICER, ANALYST),
    "GET /reports/figures.csv": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures.xlsx": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures.ods": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures/<code>": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures/<code>/rows.csv": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures/<code>/rows.xlsx": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/figures/<code>/rows.ods": only(400, OFFICER, MANAGER, LEGAL, ANALYST),
    "GET /reports/partnership/<year>": only(200, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build": only(302, MANAGER, ANALYST),  # begun already
    "GET /reports/partnership/<year>/build/cover": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/cover": only(302, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/preview": only(200, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/sections/new": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/sections/new": only(422, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/sections/<int:section_id>": only(200, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/sections/<int:section_id>/edit": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/sections/<int:section_id>/edit": only(302, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/sections/<int:section_id>/move": only(400, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/sections/<int:section_id>/approve": only(409, MANAGER),
    "POST /reports/partnership/<year>/build/sections/<int:section_id>/comment": only(422, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/sections/<int:section_id>/blocks/new/<what>": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/sections/<int:section_id>/blocks/new/<what>": only(422, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/blocks/<int:block_id>": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/blocks/<int:block_id>": only(302, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/blocks/<int:block_id>/move": only(400, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/build/appendices/new": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/appendices/new": only(422, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/appendices/<int:appendix_id>/download": only(200, MANAGER, ANALYST),
    "POST /reports/partnership/<year>/build/appendices/<int:appendix_id>/remove": each(
        manager=302, analyst=404
    ),  # the manager removed it
    "GET /reports/partnership/<year>/build/sign": only(200, MANAGER),
    "POST /reports/partnership/<year>/build/sign": only(422, MANAGER),
    "POST /reports/partnership/<year>/build/reopen": only(422, MANAGER),  # open already
    "GET /reports/partnership/<year>/file/<form>": only(200, MANAGER, ANALYST),
    "GET /reports/partnership/<year>/editions/<int:number>/<form>": only(200, MANAGER, ANALYST),
    "GET /reports/case-reviews": only(200, MANAGER, ANALYST),
    "GET /reports/case-reviews/<year>": only(200, MANAGER, ANALYST),
    "GET /reports/case-reviews/<year>.csv": only(200, MANAGER, ANALYST),
    "GET /reports/case-reviews/<year>.json": only(200, MANAGER, ANALYST),
    "GET /reports/case-reviews/<year>/publish": only(200, MANAGER),
    "POST /reports/case-reviews/<year>/publish": only(422, MANAGER),  # published already
    "GET /reports/case-reviews/<year>/correct": only(200, MANAGER),
    "POST /reports/case-reviews/<year>/correct": only(422, MANAGER),
    "GET /open-data": public(404),  # off unless an administrator switches it on
    "GET /open-data/figures.schema.json": public(404),
    "GET /open-data/figures/<year>.json": public(404),
    "GET /open-data/figures/<year>.csv": public(404),
    "GET /reports/information-requests": only(200, MANAGER, ANALYST),
    "GET /reports/information-requests/pack.xlsx": only(400, MANAGER, ANALYST),
    "GET /reports/information-requests/pack.ods": only(400, MANAGER, ANALYST),
    "GET /reports/dashboard": only(200, MANAGER),
    "GET /reports/dashboard/rows": only(400, MANAGER),
    "GET /reports/series": only(200, MANAGER, ANALYST),
    "GET /reports/series/new": only(200, MANAGER, ANALYST),
    "POST /reports/series/new": only(422, MANAGER, ANALYST),
    "GET /reports/series/<code>": only(200, MANAGER, ANALYST),
    "GET /reports/series/<code>/change": only(200, MANAGER, ANALYST),
    "POST /reports/series/<code>/change": only(302, MANAGER, ANALYST),
    "GET /reports/series/<code>/values/new": only(200, MANAGER, ANALYST),
    "POST /reports/series/<code>/values/new": only(422, MANAGER, ANALYST),
    "GET /reports/procedure-reviews": only(200, OFFICER, MANAGER, ANALYST),
    "GET /reports/procedure-reviews/new": only(200, MANAGER),
    "POST /reports/procedure-reviews/new": only(422, MANAGER),
    "GET /reports/procedure-reviews/<int:review_id>/correct": only(200, MANAGER),
    "POST /reports/procedure-reviews/<int:review_id>/correct": only(422, MANAGER),
    "GET /reports/caseload": only(200, OFFICER, MANAGER),
    "POST /reports/caseload": only(302, OFFICER, MANAGER),
}

#: Pages that ask, beside those of records.
NO_RECORDS = ("/cases/restricted", "/cases/new", "/complaints/new", "/case-reviews/new", "/case-reviews/explanations")

#: What fills a variable part of an address: the beginning of the address and the part, and what it is called in World.
PLACES = {
    **{f"/interventions/<reference>/{step}": "cpw" for step in ("record-compliance", "record-not-heeded", "lapse")},
    **{f"/interventions/<reference>/{step}": "appealed" for step in ("direct-appeal", "determine-appeal")},
    "/interventions/<reference>/hearings/new": "appealed",
    "/interventions/<reference>/hearings": "prosecution",
    "/interventions/<reference>/representations": "appealed",
    **{
        f"/interventions/<reference>/{step}": noun
        for noun, steps in {
            "penalty": ("terms", "record-payment", "mark-unpaid", "cancel", "write-off", "payments"),
            "prosecution": ("submit", "return-file", "review-file", "lay", "abandon", "record-result"),
            "convicted": ("court-outcomes",),
            "tool": ("tool-review", "extend", "not-kept-to", "tool-end", "later-entries"),
            "proposed": ("start", "not-made"),
            "appealed": ("appeals",),
        }.items()
        for step in steps
    },
    "/account/sessions/<int:session_id>": "session",
    "/saved-filters/<int:filter_id>": "session",
    "/admin/users/<int:user_id>": "user",
    "/admin/jobs/<name>": "job",
    "/admin/reminder-plans/<rule>": "rule",
    "/admin/teams/<int:team_id>": "team",
    "/admin/partner-bodies/<int:body_id>": "body",
    "/admin/wards/<int:ward_id>": "ward",
    "/admin/categories/<int:category_id>": "category",
    "/admin/authorisations/<int:authorisation_id>": "authorisation",
    "/admin/policy/<code>": "value_code",
    "/admin/bank-holidays/<day>": "holiday",
    "/admin/records-complete-from/<figure>": "figure",
    "/reminders/<int:reminder_id>": "reminder",
    "/calendar/<token>.ics": "token",
    "/set-password/<token>": "password_link",
    "/confirm-address/<token>": "address_link",
    "/admin/emails/<int:email_id>": "email",
    "/cases/<reference>": "case",
    "/complaints/<reference>": "complaint",
    "/out-of-hours/<reference>": "request",
    "/shares/<int:share_id>": "share",
    "/absences/<int:absence_id>": "absence",
    "/notes/<int:note_id>": "note",
    "/tasks/<int:task_id>": "task",
    "/incidents/<int:incident_id>": "incident",
    "/plans/<int:plan_id>": "plan",
    "/plan-steps/<int:step_id>": "step",
    "/people/<int:person_id>": "person",
    **{f"/interventions/<reference>/draft/{part}": "notice_draft" for part in ("enough-time", "consultees")},
    **{
        f"/interventions/<reference>/{page}": "draft"
        for page in ("draft", "check", "authorise", "send-back", "drop", "at-the-door")
    },
    "/interventions/<reference>/issue": "authorised",
    "/interventions/<reference>": "intervention",
    "/files/<int:file_id>": "file",
    "/documents/<int:document_id>": "frozen",
    "/risk/<int:assessment_id>": "risk",
    **{f"/case-reviews/<reference>/{step}": "held_review" for step in ("recommendations", "actions")},
    "/case-reviews/<reference>": "case_review",
    "/admin/wording/<code>": "wording",
    "/reports/figures/<code>": "figure",
    "/reports/series/<code>": "series",
    "/reports/procedure-reviews/<int:review_id>": "procedure_review",
    "/ask-for-a-review/<step>": "public_step",
    "/ask-for-a-review/reports/<int:number>": "public_report",
    "/open-data/figures/<year>.json": "year",
    "/open-data/figures/<year>.csv": "year",
    **{f"/reports/partnership/<year>/{page}": "written" for page in ("build", "appendices", "file", "editions")},
    "/reports/partnership/<year>": "year",
    **{f"/reports/case-reviews/<year>{ending}": "year" for ending in ("", ".csv", ".json")},
}

#: The same for a second variable part, which says by itself what it is.
PARTS = {
    "<int:link_id>": "session",
    "<int:warning_id>": "warning",
    "<int:entry_id>": "address_entry",
    "<int:need_id>": "need",
    "<int:participant_id>": "participant",
    "<int:representation_id>": "representation",
    "<int:hearing_id>": "hearing",
    "<int:measure_id>": "measure",
    "<int:other_id>": "other_person",
    "<int:merge_id>": "merge",
    **{f"<int:{noun}_id>": noun for noun in ("breach", "service", "appeal", "payment", "outcome")},
    "<int:contact_id>": "contact",
    "<int:of_id>": "contact",
    "<int:row>": "listed_complaint",
    "<int:body_part_id>": "body_part",
    "<int:recommendation_id>": "recommendation",
    "<int:action_id>": "action",
    "<letter>": "letter",
    "<kind>": "document",
    "<int:event_id>": "tool_event",
    "<power>": "tool_code",
    "<stage>": "stage",
    "<int:section_id>": "section",
    "<int:block_id>": "block",
    "<int:appendix_id>": "appendix",
    "<int:number>": "edition",
    "<what>": "block_kind",
    "<form>": "format",
}


@pytest.fixture
def world(app: Flask) -> World:
    # What is tested is who comes in: forgery has tests of its own.
    app.config["WTF_CSRF_ENABLED"] = False
    return make_world(app)


def addresses(app: Flask) -> list[str]:
    """Every method and address there is, as `TABLE` names them."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def filled(rule: str, values: dict[str, str]) -> str:
    """The address with its variable parts filled in."""
    for place, noun in PLACES.items():
        if rule == place or rule.startswith(f"{place}/"):
            rule = rule.replace(place, re.sub(r"<[^>]+>", values[noun], place))
    for part, noun in PARTS.items():
        rule = rule.replace(part, values[noun]) if part in rule else rule
    assert "<" not in rule, f"PLACES does not say what fills {rule}"
    return rule


def opened(app: Flask, user_id: int | None, line: str, values: dict[str, str]) -> TestResponse:
    """The answer to a request in a session of its own, since some requests end theirs."""
    method, rule = line.split()
    client = app.test_client() if user_id is None else client_of(app, user_id)
    return client.open(filled(rule, values), method=method, buffered=True)


@pytest.mark.engines("sqlite")
def test_every_address_stands_in_the_table(app: Flask) -> None:
    there = set(addresses(app))
    assert (sorted(there - set(TABLE)), sorted(set(TABLE) - there)) == ([], []), "(not in TABLE, no longer there)"


@pytest.mark.engines("sqlite")
def test_each_role_gets_what_the_table_says(app: Flask, world: World) -> None:
    wrong = []
    for line, row in TABLE.items():
        for role, status in row.items():
            response = opened(app, world.users[role] if role else None, line, world.seen)
            if response.status_code != status:
                wrong.append(f"{line} as {role}: {response.status_code}, not {status}")
            if role is None and status == SIGNED_OUT and not (response.location or "").startswith("/sign-in"):
                wrong.append(f"{line} signed out leads to {response.location}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_a_hidden_record_gives_nothing_away(app: Flask, world: World) -> None:
    wrong = []
    for line in TABLE:
        for role, user_id in world.others.items():
            response = opened(app, user_id, line, world.hidden)
            told = [canary for canary in CANARIES if canary.lower() in response.get_data(as_text=True).lower()]
            if told:
                wrong.append(f"{line} as {role} of elsewhere tells {told}")
            # Figures, without a name, are an analyst's everywhere.
            if "<" in line and response.status_code not in {403, 404} and role is not ANALYST:
                wrong.append(f"{line} as {role} of elsewhere: {response.status_code}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_searching_finds_nothing_hidden(app: Flask, world: World) -> None:
    wrong = []
    for role, user_id in world.others.items():
        client = client_of(app, user_id)
        for word in CANARIES:
            response = client.get("/search", query_string={"q": word})
            links = re.findall(r'href="(/(?:cases|people|complaints|interventions|case-reviews)/[^"]+)"', response.text)
            links = [link for link in links if link not in NO_RECORDS]
            if links:
                wrong.append(f"{role} of elsewhere finds {links} by {word}")
    assert wrong == []
