"""Who may be given a case or a task. Parts of acts, not acts."""

from asb_cases.domain.absences import CANNOT_OWN_CASES
from asb_cases.domain.errors import gathered
from asb_cases.domain.permissions import GRANTS, Permission
from asb_cases.extensions import db
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound


def check_works_cases(user_id: int | None, field: str) -> User | None:
    """The colleague, who must work cases and have an account in use; None where nobody is named. Raises `RuleBroken`
    about the answer `field`."""
    if user_id is None:
        return None
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    works = user.active and Permission.WORK_CASES in GRANTS[user.role]
    gathered([None if works else CANNOT_OWN_CASES.of(name=user.name).at(field)]).raise_if_refused()
    return user
