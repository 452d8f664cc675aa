"""What must hold of accounts: who has a partner body, and that somebody can always get in to look after them."""

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.permissions import Role

#: No Act says any of it.
AUTHORITY = ""

EMAIL_TAKEN = Refusal(
    "email_taken",
    "Somebody already has an account with this email address.",
    AUTHORITY,
    "Use another address, or change the account that has it.",
    field="email",
)
EMAIL_UNREADABLE = Refusal(
    "email_unreadable",
    "This is not an email address.",
    AUTHORITY,
    "Write it like name@example.com.",
    field="email",
)
NAME_MISSING = Refusal("name_missing", "The account has no name.", AUTHORITY, "Give the person's name.", field="name")
PARTNER_NEEDS_BODY = Refusal(
    "partner_needs_body",
    "A partner sees what is shared with a body, and no body is given.",
    AUTHORITY,
    "Choose the body that the person works for.",
    field="body",
)
BODY_IS_FOR_PARTNERS = Refusal(
    "body_is_for_partners",
    "Only a partner works for another body.",
    AUTHORITY,
    "Leave the body out, or choose the role of a partner.",
    field="body",
)
LAST_ADMINISTRATOR = Refusal(
    "last_administrator",
    "This is the only administrator who can sign in.",
    AUTHORITY,
    "Make somebody else an administrator first.",
    field="role",
)
OWN_ROLE = Refusal(
    "own_role",
    "Nobody changes their own role.",
    AUTHORITY,
    "Ask another administrator to change it.",
    field="role",
)
WRONG_PASSWORD = Refusal(
    "wrong_password",
    "The current password is not right.",
    AUTHORITY,
    "Type it again. An administrator can give you a link to set a new one.",
    field="current",
)


def judged(*, name: str, role: Role, has_body: bool) -> Findings:
    """What is wrong with an account of this name and role."""
    return gathered(
        (
            NAME_MISSING if not name.strip() else None,
            PARTNER_NEEDS_BODY if role is Role.PARTNER and not has_body else None,
            BODY_IS_FOR_PARTNERS if role is not Role.PARTNER and has_body else None,
        )
    )


def still_looked_after(*, role: Role, active: bool, other_administrators: int, was_administrator: bool) -> Findings:
    """Refuses to take the last administrator who can sign in out of that role, or out of use."""
    stays = role is Role.ADMINISTRATOR and active
    return gathered((LAST_ADMINISTRATOR if was_administrator and not stays and not other_administrators else None,))
