"""Forms for incidents."""

from collections.abc import Iterable
from typing import Any

from asb_cases.domain.incidents import SOURCE_TITLES, IncidentSource
from asb_cases.models.incident import Incident
from asb_cases.queries.incidents import ComplaintOfCase
from asb_cases.services.incidents import Happened
from asb_cases.web.filters import short_day
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    Form,
    RadioField,
    TextAreaField,
    TextField,
    TickField,
    TimeField,
    VersionedForm,
)
from asb_cases.web.moments import clock_of, moment_if_known
from asb_cases.web.validators import NotBeforeField, NotInFuture

#: As much of a complaint as tells it from another.
EXCERPT = 90


class IncidentForm(VersionedForm):
    """What happened."""

    happened_on = DateField(
        "Day it happened", [NotInFuture()], required="Enter the day it happened", size="s", noun="Day it happened"
    )
    happened_time = TimeField("Time it began", size="s", hint="If known. For example, 23:40")
    until_on = DateField(
        "Day it ended",
        [NotBeforeField("happened_on")],
        size="s",
        hint="Only if it was another day.",
        noun="Day it ended",
    )
    until_time = TimeField("Time it ended", size="s", hint="If known. For example, 01:30")
    place = TextField("Where", size="s", hint="If it was not where the case is.", autocomplete="off")
    seen = TextAreaField(
        "What happened",
        required="Say what happened",
        rows=6,
        size="s",
        hint="What was seen, heard or found: facts first.",
    )
    source = RadioField(
        "How we know",
        required="Say how we know",
        choices=[(source.value, title) for source, title in SOURCE_TITLES.items()],
        coerce=IncidentSource,
        size="s",
        small=True,
    )
    source_note = TextField("Who or which", size="s", hint="For example, the sheet of the diary, or the officer.")
    complaints = CheckboxesField("Complaints that told of it", coerce=int, size="s", small=True)
    evidence = TickField(
        "It can be relied on as evidence", hint="Somebody would say so: a witness, an officer, a recording.", size="s"
    )

    def offer(self, complaints: Iterable[ComplaintOfCase]) -> None:
        """Fill the list of complaints."""
        self.complaints.choices = [
            (str(each.id), f"{each.reference}, {short_day(each.made_on)}", (each.description or "")[:EXCERPT])
            for each in complaints
        ]

    def happened(self) -> Happened:
        """What was answered."""
        until_on = self.until_on.data or (self.happened_on.data if self.until_time.data else None)
        return Happened(
            on=self.happened_on.data,
            at=moment_if_known(self.happened_on.data, self.happened_time.data),
            until_on=until_on,
            until_at=moment_if_known(until_on, self.until_time.data),
            place=self.place.data,
            seen=self.seen.data,
            source=self.source.data,
            source_note=self.source_note.data,
            evidence=self.evidence.data,
            complaint_ids=self.complaints.data or (),
        )


def as_typed(incident: Incident, complaint_ids: Iterable[int]) -> dict[str, Any]:
    """An incident as the answers to its form."""
    other_day = incident.until_on if incident.until_on != incident.happened_on else None
    return {
        "version": incident.version,
        "happened_on": incident.happened_on,
        "happened_time": clock_of(incident.happened_at) if incident.happened_at else None,
        "until_on": other_day,
        "until_time": clock_of(incident.until_at) if incident.until_at else None,
        "place": incident.address.text if incident.address else None,
        "seen": incident.seen,
        "source": incident.source,
        "source_note": incident.source_note,
        "complaints": list(complaint_ids),
        "evidence": incident.evidence,
    }


class IncidentInErrorForm(Form):
    """Why an incident is a mistake."""

    reason = TextAreaField("Why it is a mistake", required="Say why it is a mistake", rows=3, size="s")
