"""Who may be given a case or a task, and who may be named as having done something. Parts of acts, not acts."""

from asb_cases.domain.absences import CANNOT_OWN_CASES
from asb_cases.domain.errors import Refusal, gathered
from asb_cases.domain.permissions import GRANTS, Permission
from asb_cases.domain.record_keeping import CANNOT_HAVE_DONE
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound


def check_works_cases(user_id: int | None, field: str) -> User | None:
    """The colleague, who must work cases and have an account in use; None where nobody is named. Raises `RuleBroken`
    about the answer `field`."""
    return _check(user_id, field, {Permission.WORK_CASES}, CANNOT_OWN_CASES)


def check_may_have_done(user_id: int | None, field: str, *one_of: Permission) -> User | None:
    """The same for somebody named as having done what is recorded, or as being let do it: their role has one of these
    permissions."""
    return _check(user_id, field, set(one_of), CANNOT_HAVE_DONE)


def _check(user_id: int | None, field: str, one_of: set[Permission], refusal: Refusal) -> User | None:
    if user_id is None:
        return None
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    may = user.active and one_of & GRANTS[user.role]
    gathered([None if may else refusal.of(name=user.name).at(field)]).raise_if_refused()
    return user
