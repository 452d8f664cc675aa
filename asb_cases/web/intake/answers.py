"""What the answers of an intake form come to: what acts are given, and what is looked up while it is filled in."""

from datetime import date, datetime

from asb_cases.adapters.time import LONDON
from asb_cases.domain.complaints import Channel, Reporter
from asb_cases.domain.people import PersonKind, unnamed
from asb_cases.domain.places import tidied_postcode, written_place
from asb_cases.queries.known_asked import Asked
from asb_cases.services.people import Details
from asb_cases.services.told import Complainant, Told, ToldAbout
from asb_cases.web.intake.forms import OTHER_DAY, PREMISES, UNKNOWN, IntakeForm


def told_in(form: IntakeForm) -> Told:
    """What we were told."""
    passed_on, by_person = form.reporter.data is Reporter.PARTNER, form.reporter.data is Reporter.PERSON
    return Told(
        description=form.description.data,
        channel=Channel.PARTNER if passed_on else form.channel.data,
        made=datetime.combine(form.made_on.data, form.made_at.data, tzinfo=LONDON),
        occurred_on=_day_in(form),
        occurred_when=form.occurred_when.data,
        still_going_on=form.still_going_on.data,
        place=form.known_place.data or form.place.data,
        postcode=None if form.known_place.data else _postcode_in(form),
        ward_id=form.ward.data,
        categories=tuple(form.categories.data or ()),
        received_by_body=(form.body.data or form.body_other.data) if passed_on else None,
        their_reference=form.their_reference.data if passed_on else None,
        anonymous=form.reporter.data is Reporter.ANONYMOUS,
        safe_contact=form.safe_contact.data if by_person else None,
        not_by=frozenset(form.not_by.data or ()) if by_person else frozenset(),
    )


def complainant_in(form: IntakeForm) -> Complainant | None:
    """Who reported it, where that is a person."""
    if form.reporter.data is not Reporter.PERSON:
        return None
    said = Details(form.reporter_name.data or "", phone=form.reporter_phone.data, email=form.reporter_email.data)
    return Complainant(person_id=form.known_reporter.data, details=said, address=form.reporter_address.data)


def told_about_in(form: IntakeForm) -> list[ToldAbout]:
    """Who it is about, where anything of that is known."""
    if form.about.data in (None, UNKNOWN):
        return []
    if form.known_subject.data is not None:
        return [ToldAbout(person_id=form.known_subject.data, address=_address_of_subject(form))]
    return [ToldAbout(details=_subject_in(form), address=_address_of_subject(form))]


def asked_in(form: IntakeForm) -> Asked:
    """What is to be looked up, as far as the form is filled in."""
    kind, named = form.about.data, form.reporter.data is Reporter.PERSON
    subject = {PersonKind.INDIVIDUAL: form.person_name.data, PersonKind.BODY: form.body_name.data}
    chosen = form.known_subject.data if kind not in (None, UNKNOWN) else None
    return Asked(
        reporter=form.reporter_name.data if named else None,
        phone=form.reporter_phone.data if named else None,
        reporter_id=form.known_reporter.data if named else None,
        subject=subject.get(kind),
        subject_kinds=(PersonKind(kind),) if kind in subject else tuple(PersonKind),
        subject_ids=(chosen,) if chosen is not None else (),
        place=(form.premises.data if kind == PREMISES else None) or form.place.data,
        postcode=_postcode_in(form),
        case_id=form.join.data,
    )


def _subject_in(form: IntakeForm) -> Details:
    if form.about.data == PREMISES:
        kind = form.premises_as.data or PersonKind.OCCUPIER
        return Details(unnamed(kind, _address_of_subject(form) or ""), kind=kind)
    if form.about.data == PersonKind.BODY:
        return Details(form.body_name.data or "", kind=PersonKind.BODY)
    return Details(form.person_name.data or "")


def _address_of_subject(form: IntakeForm) -> str | None:
    if form.about.data == PREMISES:
        place: str | None = form.known_place.data or written_place(form.place.data, _postcode_in(form))
        address: str | None = form.premises.data or place
        return address
    own: str | None = form.body_address.data if form.about.data == PersonKind.BODY else form.person_address.data
    return own


def _postcode_in(form: IntakeForm) -> str | None:
    return tidied_postcode(form.postcode.data or "")


def _day_in(form: IntakeForm) -> date | None:
    chosen = form.day.data
    if chosen == OTHER_DAY:
        other: date | None = form.occurred_on.data
        return other
    return date.fromisoformat(chosen) if chosen else None
