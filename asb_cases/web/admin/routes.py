"""`/admin`: the hub, and the roles."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from asb_cases.domain.permissions import (
    CASE_VISIBILITY,
    FIGURES_VISIBILITY,
    GRANTS,
    RESTRICTED_ACCESS,
    CaseScope,
    FiguresScope,
    Permission,
    RestrictedAccess,
    Role,
)
from asb_cases.web.access import requires

admin = Blueprint("admin", __name__, url_prefix="/admin")

#: The hub: what there is to look after, and a line about each.
PARTS = (
    ("Users", "admin_users.users", "Give people an account, change their role, end it"),
    ("Teams and partner bodies", "admin_groups.groups", "The teams of the service and the bodies it works with"),
    ("Authorisations", "admin_authorisations.list_authorisations", "Who may issue which power, on which delegation"),
    ("Categories", "admin_categories.list_categories", "The kinds of behaviour that reports and cases are about"),
    ("Wards", "admin_wards.list_wards", "The wards of the district, and those that an import brought"),
    ("Policy values", "policy_values.list_values", "What the law and the council fix, each value from its day"),
    (
        "Words of documents",
        "wordings.list_wordings",
        "The council’s own words in letters and notices, version by version",
    ),
    ("Service standards", "policy_values.standards", "How quickly people are answered, by priority"),
    ("Bank holidays", "record_keeping.bank_holidays", "Days that are no working days"),
    ("Records complete from", "record_keeping.complete_from", "Since when the records behind each figure are complete"),
    ("Risk matrix", "risk_matrix.versions", "The questions and points by which the risk to victims is assessed"),
    ("Plans of reminders", "reminder_plans.list_plans", "When people are told of what is due"),
    ("Jobs", "admin_jobs.list_jobs", "What runs by itself, and how it went"),
    ("E-mails", "admin_emails.list_emails", "What was sent to whom, what waits, what could not be delivered"),
    ("Roles", "admin.roles", "What each role may see and do"),
)
#: What the codes of the tables of who sees what mean.
CASES = {
    CaseScope.OWN_TEAM: "Of the own team, and those shared",
    CaseScope.SERVICE: "All of the service",
    CaseScope.SHARED_WITH_BODY: "What is shared with the body",
    CaseScope.LEGAL_STEP: "With a legal step",
    CaseScope.TONIGHT: "Notices in force, and what they recorded themselves",
    CaseScope.REFERENCES_ONLY: "References, no names",
    CaseScope.NONE: "No cases",
}
RESTRICTED = {
    RestrictedAccess.IF_NAMED: "If named as a reader",
    RestrictedAccess.WITH_REASON: "If named, or with a reason",
    RestrictedAccess.ALWAYS: "References, no names",
    RestrictedAccess.NEVER: "Never",
}
FIGURES = {
    FiguresScope.OWN_TEAM: "Own and team",
    FiguresScope.ALL: "All",
    FiguresScope.OWN_SHIFT: "Own shift",
    FiguresScope.LEGAL: "Legal",
    FiguresScope.NONE: "No figures",
}


@admin.get("")
@requires(Permission.MANAGE_USERS, Permission.MANAGE_SETTINGS)
def hub() -> ResponseReturnValue:
    """What there is to look after."""
    return render_template("admin/hub.html", parts=PARTS)


@admin.get("/roles")
@requires(Permission.USE_OWN_ACCOUNT)
def roles() -> ResponseReturnValue:
    """The whole of who may do what, as the program reads it. No secret: everybody may know."""
    seen = (
        ("Cases", {role: CASES[scope] for role, scope in CASE_VISIBILITY.items()}),
        ("Restricted cases", {role: RESTRICTED[scope] for role, scope in RESTRICTED_ACCESS.items()}),
        ("Figures", {role: FIGURES[scope] for role, scope in FIGURES_VISIBILITY.items()}),
    )
    return render_template("admin/roles.html", roles=list(Role), permissions=list(Permission), grants=GRANTS, seen=seen)
