"""How pages name what files belong to, and how large they are."""

from flask import url_for

from asb_cases.domain.files import FileOf
from asb_cases.queries.file_records import Belonging
from asb_cases.web.filters import day, words
from asb_cases.web.record_words import power_title, service_method

KILOBYTE, MEGABYTE = 1024, 1024 * 1024


def belonging_title(record: Belonging) -> str:
    """A record in a line: "Complaint CMP-2026-000012 of 2 March 2026"."""
    on = f" on {day(record.day)}" if record.day else ""
    match record.kind:
        case FileOf.COMPLAINT:
            return f"Complaint {record.reference} of {day(record.day)}"
        case FileOf.CONTACT:
            return f"Contact ({words(record.code).lower()}){on}"
        case FileOf.INTERVENTION:
            return f"{power_title(record.power or '')} {record.reference}"
        case FileOf.BREACH:
            return f"Alleged breach of {record.reference}{on}"
        case FileOf.SERVICE:
            how = service_method(record.code)
            return f"Service of {record.reference}{on}{': ' + how[:1].lower() + how[1:] if how else ''}"
        case _:
            return "The case as a whole"


def belonging_address(record: Belonging) -> str | None:
    """The page of a record, where it has one of its own."""
    if record.reference is None:
        return None
    if record.kind is FileOf.COMPLAINT:
        return url_for("complaints.complaint", reference=record.reference)
    return url_for("interventions.intervention", reference=record.reference)


def file_size(count: int) -> str:
    """1.4 MB, 320 KB, 17 bytes."""
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:.1f} MB"
    return f"{count / KILOBYTE:.0f} KB" if count >= KILOBYTE else f"{count} bytes"
