"""What people tell us: how it reached us, what became of it, and the night an out-of-hours one belongs to."""

from collections.abc import Sequence
from enum import StrEnum


class Channel(StrEnum):
    """How a complaint reached us."""

    EMAIL = "email"
    PHONE = "phone"
    WEB = "web"
    IN_PERSON = "in_person"
    OUT_OF_HOURS = "out_of_hours"
    PARTNER = "partner"
    APP = "app"
    LETTER = "letter"


class Reporter(StrEnum):
    """Who told us: a person, somebody who gives no name, or another body that passes on what it was told."""

    PERSON = "person"
    ANONYMOUS = "anonymous"
    PARTNER = "partner"


class OutOfHoursResponse(StrEnum):
    """What the out-of-hours shift did about a request."""

    VISIT = "visit"
    CONTACT = "contact"
    NONE = "none"


class TriageState(StrEnum):
    """What has been decided about a complaint: nothing yet, it belongs to a case, another body's, or not ASB."""

    NEW = "new"
    JOINED = "joined"
    REFERRED = "referred"
    NOT_ASB = "not_asb"


def usual_title(categories: Sequence[str], place: str | None) -> str:
    """What a case is called where nobody gave it a name: the first kind of behaviour, and the first line of the place."""
    what = categories[0] if categories else "Anti-social behaviour"
    where = (place or "").split(",")[0].strip()
    return f"{what}, {where}" if where else what
