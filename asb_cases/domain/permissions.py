"""Who may do what: roles, permissions, the table that joins them, and the actor of an act.

A permission opens an act to a role. Whether a person may issue one power is a further fact (authorisation under
2014 Act s.53, see `domain.powers.authority`), and which cases somebody sees is the table `CASE_VISIBILITY`.
"""

from dataclasses import dataclass
from enum import StrEnum

from asb_cases.domain.errors import NotPermitted


class Role(StrEnum):
    """What somebody who signs in is to the service."""

    OFFICER = "officer"
    MANAGER = "manager"
    LEGAL = "legal"
    DUTY_OFFICER = "duty_officer"
    PARTNER = "partner"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


class Via(StrEnum):
    """The way by which an act reached us."""

    WEB = "web"
    CONSOLE = "console"
    JOB = "job"
    IMPORT = "import"
    PUBLIC = "public"


class Permission(StrEnum):
    """One kind of thing a person may be allowed to do."""

    USE_OWN_ACCOUNT = "use_own_account"
    SEE_CASES = "see_cases"
    SEE_PEOPLE = "see_people"
    SEE_COMPLAINTS = "see_complaints"
    SEE_INTERVENTIONS = "see_interventions"
    SEE_NOTICES_IN_FORCE = "see_notices_in_force"
    SEE_FILES = "see_files"
    SEE_RISK = "see_risk"
    SEARCH = "search"
    OPEN_RESTRICTED_WITH_REASON = "open_restricted_with_reason"

    LOG_COMPLAINTS = "log_complaints"
    TRIAGE_COMPLAINTS = "triage_complaints"
    RECORD_OUT_OF_HOURS = "record_out_of_hours"
    OPEN_CASES = "open_cases"
    WORK_CASES = "work_cases"
    ADD_TO_CASE = "add_to_case"
    EDIT_PEOPLE = "edit_people"
    SET_CONTACT_WARNINGS = "set_contact_warnings"
    MERGE_RECORDS = "merge_records"
    ALLOCATE_CASES = "allocate_cases"
    SHARE_CASES = "share_cases"
    RESTRICT_CASES = "restrict_cases"
    CLOSE_CASES = "close_cases"
    REOPEN_CASES = "reopen_cases"
    CORRECT_RECORDS = "correct_records"
    WITHHOLD = "withhold"
    LOWER_RISK = "lower_risk"

    DRAFT = "draft"
    AUTHORISE = "authorise"
    ISSUE = "issue"
    RECORD_SERVICE = "record_service"
    ASSESS_COMPLIANCE = "assess_compliance"
    VARY = "vary"
    WITHDRAW = "withdraw"
    RECORD_REPRESENTATION = "record_representation"
    RECORD_APPEAL = "record_appeal"
    RECORD_APPEAL_OUTCOME = "record_appeal_outcome"
    ALLEGE_BREACH = "allege_breach"
    DECIDE_BREACH = "decide_breach"
    RECORD_PAYMENT = "record_payment"
    SETTLE_PENALTY = "settle_penalty"
    PREPARE_PROSECUTION = "prepare_prosecution"
    REVIEW_PROSECUTION = "review_prosecution"
    LAY_PROSECUTION = "lay_prosecution"
    RECORD_COURT_OUTCOME = "record_court_outcome"

    SEE_CASE_REVIEWS = "see_case_reviews"
    RECEIVE_CASE_REVIEWS = "receive_case_reviews"
    WORK_CASE_REVIEWS = "work_case_reviews"
    DECIDE_CASE_REVIEWS = "decide_case_reviews"

    SEE_FIGURES = "see_figures"
    DRILL_DOWN = "drill_down"
    EXPORT = "export"
    PUBLISH_FIGURES = "publish_figures"
    WRITE_REPORTS = "write_reports"
    APPROVE_REPORTS = "approve_reports"
    IMPORT = "import"
    RECORD_PARTNER_FIGURES = "record_partner_figures"
    SEE_HISTORY = "see_history"
    SEE_WHO_LOOKED = "see_who_looked"
    MANAGE_USERS = "manage_users"
    MANAGE_SETTINGS = "manage_settings"


class CaseScope(StrEnum):
    """Which cases, before restricted ones are taken away."""

    OWN_TEAM = "own_team"
    SERVICE = "service"
    SHARED_WITH_BODY = "shared_with_body"
    LEGAL_STEP = "legal_step"
    TONIGHT = "tonight"
    REFERENCES_ONLY = "references_only"
    NONE = "none"


class RestrictedAccess(StrEnum):
    """How somebody comes to a restricted case."""

    IF_NAMED = "if_named"
    WITH_REASON = "with_reason"
    ALWAYS = "always"
    NEVER = "never"


class FiguresScope(StrEnum):
    """Which rows somebody's figures count."""

    OWN_TEAM = "own_team"
    ALL = "all"
    OWN_SHIFT = "own_shift"
    LEGAL = "legal"
    NONE = "none"


P = Permission

#: Acts of drafting and enforcement that officers and managers share.
CASEWORK = frozenset({
    P.SEE_CASES, P.SEE_PEOPLE, P.SEE_COMPLAINTS, P.SEE_INTERVENTIONS, P.SEE_NOTICES_IN_FORCE, P.SEE_FILES, P.SEE_RISK,
    P.SEARCH,
    P.LOG_COMPLAINTS, P.TRIAGE_COMPLAINTS, P.RECORD_OUT_OF_HOURS, P.OPEN_CASES, P.WORK_CASES, P.ADD_TO_CASE,
    P.EDIT_PEOPLE, P.SET_CONTACT_WARNINGS, P.MERGE_RECORDS, P.SHARE_CASES,
    P.DRAFT, P.ISSUE, P.RECORD_SERVICE, P.ASSESS_COMPLIANCE, P.RECORD_APPEAL, P.ALLEGE_BREACH, P.DECIDE_BREACH,
    P.RECORD_PAYMENT, P.PREPARE_PROSECUTION, P.SEE_CASE_REVIEWS, P.RECEIVE_CASE_REVIEWS,
    P.WORK_CASE_REVIEWS, P.SEE_FIGURES, P.DRILL_DOWN, P.EXPORT, P.SEE_HISTORY, P.RECORD_REPRESENTATION,
})  # fmt: skip

#: The whole of who may do what, one row a role. The page of roles prints it.
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: CASEWORK | {P.USE_OWN_ACCOUNT},
    Role.MANAGER: CASEWORK | {
        P.USE_OWN_ACCOUNT, P.OPEN_RESTRICTED_WITH_REASON, P.ALLOCATE_CASES, P.RESTRICT_CASES, P.CLOSE_CASES,
        P.REOPEN_CASES, P.CORRECT_RECORDS, P.WITHHOLD, P.LOWER_RISK, P.AUTHORISE, P.VARY, P.WITHDRAW, P.RECORD_APPEAL_OUTCOME,
        P.SETTLE_PENALTY, P.RECORD_COURT_OUTCOME, P.DECIDE_CASE_REVIEWS, P.PUBLISH_FIGURES,
        P.SEE_WHO_LOOKED, P.RECORD_PARTNER_FIGURES, P.WRITE_REPORTS, P.APPROVE_REPORTS,
    },
    Role.LEGAL: frozenset({
        P.USE_OWN_ACCOUNT, P.SEE_CASES, P.SEE_PEOPLE, P.SEE_INTERVENTIONS, P.SEE_NOTICES_IN_FORCE, P.SEE_FILES, P.SEE_RISK,
        P.SEARCH, P.ADD_TO_CASE, P.AUTHORISE, P.VARY, P.WITHDRAW, P.RECORD_APPEAL, P.RECORD_APPEAL_OUTCOME, P.DECIDE_BREACH,
        P.SETTLE_PENALTY, P.PREPARE_PROSECUTION, P.REVIEW_PROSECUTION, P.LAY_PROSECUTION, P.RECORD_COURT_OUTCOME,
        P.SEE_FIGURES, P.DRILL_DOWN, P.EXPORT, P.SEE_HISTORY, P.RECORD_REPRESENTATION,
    }),
    Role.DUTY_OFFICER: frozenset({
        P.USE_OWN_ACCOUNT, P.SEE_CASES, P.SEE_PEOPLE, P.SEE_COMPLAINTS, P.SEE_NOTICES_IN_FORCE, P.SEE_FILES, P.SEE_RISK,
        P.SEARCH, P.LOG_COMPLAINTS, P.RECORD_OUT_OF_HOURS, P.ADD_TO_CASE, P.SEE_FIGURES,
    }),
    Role.PARTNER: frozenset({P.USE_OWN_ACCOUNT, P.SEE_CASES, P.SEE_FILES, P.ADD_TO_CASE}),
    Role.ANALYST: frozenset({
        P.USE_OWN_ACCOUNT, P.SEE_CASES, P.SEE_INTERVENTIONS, P.SEE_CASE_REVIEWS, P.SEE_FIGURES, P.DRILL_DOWN,
        P.EXPORT, P.IMPORT, P.RECORD_PARTNER_FIGURES, P.WRITE_REPORTS,
    }),
    Role.ADMINISTRATOR: frozenset({P.USE_OWN_ACCOUNT, P.MANAGE_USERS, P.MANAGE_SETTINGS}),
}  # fmt: skip

#: What may be done where nobody signed in. Whoever reaches the console holds the machine; a job does what time does.
GRANTS_WITHOUT_ROLE: dict[Via, frozenset[Permission]] = {
    Via.WEB: frozenset(),
    Via.CONSOLE: frozenset(Permission),
    Via.JOB: frozenset({P.ASSESS_COMPLIANCE, P.SEE_FIGURES}),
    Via.IMPORT: frozenset({P.IMPORT}),
    Via.PUBLIC: frozenset({P.LOG_COMPLAINTS, P.RECEIVE_CASE_REVIEWS}),
}

#: How a sentence names somebody of a role.
SOMEBODY: dict[Role, str] = {
    Role.OFFICER: "an officer",
    Role.MANAGER: "a manager",
    Role.LEGAL: "legal",
    Role.DUTY_OFFICER: "a duty officer",
    Role.PARTNER: "a partner",
    Role.ANALYST: "an analyst",
    Role.ADMINISTRATOR: "an administrator",
}

CASE_VISIBILITY: dict[Role, CaseScope] = {
    Role.OFFICER: CaseScope.OWN_TEAM,
    Role.MANAGER: CaseScope.SERVICE,
    Role.LEGAL: CaseScope.LEGAL_STEP,
    Role.DUTY_OFFICER: CaseScope.TONIGHT,
    Role.PARTNER: CaseScope.SHARED_WITH_BODY,
    Role.ANALYST: CaseScope.REFERENCES_ONLY,
    Role.ADMINISTRATOR: CaseScope.NONE,
}

RESTRICTED_ACCESS: dict[Role, RestrictedAccess] = {
    Role.OFFICER: RestrictedAccess.IF_NAMED,
    Role.MANAGER: RestrictedAccess.WITH_REASON,
    Role.LEGAL: RestrictedAccess.IF_NAMED,
    Role.DUTY_OFFICER: RestrictedAccess.IF_NAMED,
    Role.PARTNER: RestrictedAccess.IF_NAMED,
    Role.ANALYST: RestrictedAccess.ALWAYS,
    Role.ADMINISTRATOR: RestrictedAccess.NEVER,
}

FIGURES_VISIBILITY: dict[Role, FiguresScope] = {
    Role.OFFICER: FiguresScope.OWN_TEAM,
    Role.MANAGER: FiguresScope.ALL,
    Role.LEGAL: FiguresScope.LEGAL,
    Role.DUTY_OFFICER: FiguresScope.OWN_SHIFT,
    Role.PARTNER: FiguresScope.NONE,
    Role.ANALYST: FiguresScope.ALL,
    Role.ADMINISTRATOR: FiguresScope.NONE,
}

#: Ways that see everything although nobody signed in.
TRUSTED_WAYS = frozenset({Via.CONSOLE, Via.JOB, Via.IMPORT})


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who does an act, or asks: a signed-in person (with a role), or the console, a job, an import, the public.

    `team_id` and `body_id` (a partner body) bound what is seen. `address` is the network address, where there is one.
    `form_key` names the form that was sent, where one was: what was done with it is not done twice.
    """

    via: Via
    user_id: int | None = None
    role: Role | None = None
    team_id: int | None = None
    body_id: int | None = None
    address: str | None = None
    form_key: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role, or the way where there is no role, includes the permission."""
        granted = GRANTS_WITHOUT_ROLE[self.via] if self.role is None else GRANTS[self.role]
        return permission in granted

    def check(self, permission: Permission) -> None:
        """Raise `NotPermitted` unless the actor may."""
        if not self.may(permission):
            raise NotPermitted(permission.value)

    @property
    def case_scope(self) -> CaseScope:
        if self.role is None:
            return CaseScope.SERVICE if self.via in TRUSTED_WAYS else CaseScope.NONE
        return CASE_VISIBILITY[self.role]

    @property
    def restricted_access(self) -> RestrictedAccess:
        if self.role is None:
            return RestrictedAccess.ALWAYS if self.via in TRUSTED_WAYS else RestrictedAccess.NEVER
        return RESTRICTED_ACCESS[self.role]

    @property
    def figures_scope(self) -> FiguresScope:
        if self.role is None:
            return FiguresScope.ALL if self.via in TRUSTED_WAYS else FiguresScope.NONE
        return FIGURES_VISIBILITY[self.role]


def roles_that_may(permission: Permission) -> tuple[Role, ...]:
    """The roles that include a permission, in the order of the table."""
    return tuple(role for role, granted in GRANTS.items() if permission in granted)


CONSOLE = Actor(via=Via.CONSOLE)
JOB = Actor(via=Via.JOB)
IMPORT = Actor(via=Via.IMPORT)
