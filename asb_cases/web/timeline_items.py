"""What each event of a case's timeline is called, and where it leads."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import url_for

from asb_cases.domain.case_content import CaseContent
from asb_cases.domain.references import Prefix
from asb_cases.models.tool import ToolEventKind
from asb_cases.queries.timeline import Event
from asb_cases.web.filters import pounds, words
from asb_cases.web.interventions.court_words import hearing_outcome, hearing_purpose, measure_title
from asb_cases.web.record_words import (
    breach_decision,
    clock_outcome,
    clock_title,
    closure_outcome,
    given_word,
    incident_source,
    power_title,
    service_method,
    step_status,
    tool_event_title,
)


class Item(NamedTuple):
    """One event as the timeline macro draws it."""

    title: str
    at: object
    by: str | None
    text: str | None
    where: str | None
    href: str | None
    link: str | None
    in_error: bool
    before: str | None
    origin: str | None


def timeline_items(
    events: list[Event],
    content: CaseContent,
    case_reference: str,
    origins: Mapping[tuple[str, int], str] | None = None,
) -> list[Item]:
    """The events, titled. Names and texts of what the reader is not shown are left out. `origins`: the merged case that an
    event came from, by its kind and row."""
    return [
        Item(
            title=title_of(event, content),
            at=event.at,
            by=event.by if content.words else None,
            text=_text(event) if content.words else None,
            where=event.address if content.words else None,
            href=_address(event, content, case_reference),
            link=event.reference or OWN_PAGES.get(event.kind),
            in_error=event.in_error,
            before=event.before if content.words else None,
            origin=(origins or {}).get((event.kind, event.row_id)),
        )
        for event in events
    ]


def title_of(event: Event, content: CaseContent) -> str:
    """What happened, in a line."""
    name = f" – {event.person}" if event.person and content.words else ""
    power = power_title(event.code) if event.reference and event.code else ""
    match event.kind:
        case "complaint":
            return f"Complaint{_by_channel(event.code)}{name if content.register else ''}"
        case "contact":
            way = "from" if event.more == "in" else "to"
            who = f" {way} {event.person}" if event.person and content.register else ""
            tried = "" if event.number else ": nobody answered"
            return (f"{_channel(event.code)} contact{who}" if who else f"Contact{_by_channel(event.code)}") + tried
        case "note":
            return _note_title(event)
        case "risk_assessed":
            return f"Risk assessed: {words(event.code).lower()}{name if content.register else ''}"
        case "file":
            return f"{'File withheld' if event.method else 'File added'}: {event.more}"
        case "incident":
            return f"Incident: {incident_source(event.code or '').lower()}{' (evidence)' if event.more else ''}"
        case "plan_agreed":
            return f"Action plan agreed{f' with {event.person}' if event.person and content.register else ''}"
        case "plan_step_closed":
            return f"Step of the action plan {'done' if event.code == 'done' else 'dropped'}: {event.more}"
        case "task_added":
            return f"Task added: {event.more}"
        case "task_done":
            return f"Task done: {event.more}"
        case "deadline_over":
            return f"{clock_outcome(event.code or '', event.more or '')}: {clock_title(event.code or '')}"
        case "intervention_given":
            issuer = f" by {event.more}" if event.more else ""
            return f"{power} {given_word(event.code or '')}{issuer}{_how(event)}{name}"
        case "intervention_ended":
            return f"{power}: {step_status(event.more or '', event.code or '').lower()}{name}"
        case "service":
            return f"{power} served{_how(event)}{name}"
        case "appeal_lodged":
            return f"Appeal lodged against the {power.lower()}{name}"
        case "appeal_determined":
            return f"Appeal {words(event.more).lower() or 'determined'}{name}"
        case "breach_alleged":
            return f"Breach of the {power.lower()} alleged{name}"
        case "breach_decided":
            return f"Alleged breach decided: {breach_decision(event.more)}{name}"
        case "measure":
            amount = f": {pounds(event.number)}" if event.number else ""
            return f"{measure_title(event.more or '')}{amount}{name}"
        case "hearing":
            what, came = hearing_purpose(event.method or ""), hearing_outcome(event.more).lower()
            return f"{what}: {came.removeprefix('it was ')}{name}"
        case "representation_received":
            by = f" by {event.more}" if event.more and content.words else ""
            return f"Representation about the {power.lower()} received{by}{name}"
        case "representation_answered":
            return f"Representation about the {power.lower()} answered{name}"
        case "tool_event":
            return f"{power}: {tool_event_title(ToolEventKind(event.more or '')).lower()}{name}"
        case "payment":
            return f"Payment received{': ' + pounds(event.number) if event.number else ''}{name}"
        case "court_outcome":
            return f"Court: {words(event.more).lower()}{name}"
        case "case_review_decided":
            return f"Case review: threshold {words(event.more).lower()}"
        case "case_closed":
            return f"Case closed{'. ' + closure_outcome(event.code) if event.code and content.words else ''}"
        case _:
            return FIXED_TITLES[event.kind]


FIXED_TITLES = {
    "case_opened": "Case opened",
    "complaint_updated": "What happened later about a complaint",
    "plan_reviewed": "Action plan reviewed",
    "response_paused": "Response clock paused: waiting for the person who reported it",
    "response_resumed": "Response clock runs again",
    "case_review_applied": "Case review (Community Trigger) applied for",
    "case_review_held": "Case review held",
    "case_review_outcome_sent": "Outcome of the case review sent",
}


#: Events that have a page of their own without a reference, and the words of the link there.
OWN_PAGES = {
    "file": "Open the file",
    "note": "Open the note",
    "incident": "Open the incident",
    "plan_agreed": "Open the action plan",
}


def _how(event: Event) -> str:
    """How a document reached its recipient, where that is known."""
    how = service_method(event.method)
    return f": {how[:1].lower()}{how[1:]}" if how else ""


def _note_title(event: Event) -> str:
    if event.more:
        return "Note withheld"
    kind = "Internal note" if event.code == "internal" else "Note for the record"
    return f"{kind}, correcting an earlier one" if event.number else kind


def _channel(code: str | None) -> str:
    return words(code) if code else "Unrecorded"


def _by_channel(code: str | None) -> str:
    return f" ({words(code).lower()})" if code else ""


def _text(event: Event) -> str | None:
    if event.kind == "task_added":
        return None
    return event.text


def _address(event: Event, content: CaseContent, case_reference: str) -> str | None:
    if event.kind == "file":
        return url_for("files.file", file_id=event.row_id)
    if event.kind == "note":
        return url_for("notes.note", note_id=event.row_id)
    if event.kind == "incident":
        return url_for("incidents.incident", incident_id=event.row_id)
    if event.kind == "plan_agreed":
        return url_for("plans.list_plans", reference=case_reference)
    if not event.reference or event.kind == "case_opened":
        return None
    if event.reference.startswith(Prefix.CASE_REVIEW):
        return url_for("case_reviews.case_review", reference=event.reference) if content.case_reviews else None
    if event.reference.startswith(Prefix.COMPLAINT):
        return url_for("complaints.complaint", reference=event.reference) if content.complaints else None
    return url_for("interventions.intervention", reference=event.reference) if content.interventions else None
