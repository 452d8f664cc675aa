"""`/notices-tonight`: the notices in force at an address or on a person at this moment, with what they require."""

from flask import Blueprint, render_template

from asb_cases.adapters.time import now, today
from asb_cases.domain.permissions import Permission
from asb_cases.queries.contact_warnings import contact_warnings_for
from asb_cases.queries.notices_tonight import FoundTonight, notices_tonight
from asb_cases.web.access import current_actor, may_open, requires
from asb_cases.web.consultations import shown
from asb_cases.web.out_of_hours.forms import NoticesForm

notices = Blueprint("notices", __name__)

NOTHING = FoundTonight([], more=False)


@notices.get("/notices-tonight")
@requires(Permission.SEE_NOTICES_IN_FORCE)
def tonight() -> str:
    """Ask by address, postcode or name."""
    actor, form = current_actor(), NoticesForm()
    form.validate()
    place, name = (field.data if not field.errors else None for field in (form.place, form.name))
    asked = bool(place or name)
    found = notices_tonight(actor, today(), place=place, name=name) if asked else NOTHING
    if asked:
        shown("intervention", *(notice.id for notice in found.notices))
    return render_template(
        "out_of_hours/notices.html",
        form=form,
        asked=asked,
        found=found,
        warnings=contact_warnings_for(actor, [notice.subject_id for notice in found.notices], today()),
        now=now(),
        records=may_open("out_of_hours.new_request", actor),
        alleges=may_open("interventions_breaches.allege", actor),
    )
