"""What must hold of accounts."""

import pytest

from asb_cases.domain.accounts import judged, still_looked_after
from asb_cases.domain.permissions import Role


@pytest.mark.parametrize(
    ("name", "role", "has_body", "codes"),
    [
        ("Ann", Role.OFFICER, False, ()),
        ("Ann", Role.PARTNER, True, ()),
        ("Ann", Role.PARTNER, False, ("partner_needs_body",)),
        ("Ann", Role.MANAGER, True, ("body_is_for_partners",)),
        (" ", Role.MANAGER, False, ("name_missing",)),
    ],
)
def test_name_role_and_body(name: str, role: Role, has_body: bool, codes: tuple[str, ...]) -> None:
    assert judged(name=name, role=role, has_body=has_body).codes == codes


@pytest.mark.parametrize(
    ("role", "active", "others", "was", "allowed"),
    [
        (Role.ADMINISTRATOR, True, 0, True, True),
        (Role.ADMINISTRATOR, False, 0, True, False),
        (Role.MANAGER, True, 0, True, False),
        (Role.MANAGER, True, 1, True, True),
        (Role.ADMINISTRATOR, False, 1, True, True),
        (Role.MANAGER, False, 0, False, True),
    ],
)
def test_somebody_can_always_look_after_accounts(
    role: Role, active: bool, others: int, was: bool, allowed: bool
) -> None:
    findings = still_looked_after(role=role, active=active, other_administrators=others, was_administrator=was)
    assert findings.allowed is allowed
    assert findings.codes == (() if allowed else ("last_administrator",))
