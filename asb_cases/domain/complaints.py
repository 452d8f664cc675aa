"""What people tell us: how it reached us, what became of it, and the night an out-of-hours one belongs to."""

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
